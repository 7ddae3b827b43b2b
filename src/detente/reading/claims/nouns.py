"""Claims whose cue is a noun or an adjective: the accusation that, its demand for, confident that, critical of."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from detente.reading.claims.drafts import Clauses, Draft
from detente.reading.claims.frames import Frames
from detente.reading.claims.lexicon import Cue, CueLexicon
from detente.reading.claims.speakers import Speakers
from detente.reading.marks import Party

_PREPOSITIONS: Final = frozenset(
    {"of", "for", "about", "against", "on", "over", "to", "at", "with", "toward", "towards", "from"}
)
_LINKING: Final = frozenset(
    {"be", "feel", "sound", "remain", "seem", "become", "grow", "stay", "get", "look", "appear", "’", "'s", "’s"}
)


class NounRules:
    """One document's noun and adjective cues."""

    def __init__(self, clauses: Clauses, speakers: Speakers, frames: Frames, lexicon: CueLexicon) -> None:
        self.clauses, self.speakers, self.frames, self.lexicon = clauses, speakers, frames, lexicon
        self.tree = clauses.tree
        self.groups = lexicon.groups

    def read(self) -> list[Draft]:
        drafts: list[Draft] = []
        adjectives = self.lexicon.by_part["adj"]
        for i, kind in enumerate(self.tree.kinds):
            if kind == "n":
                for cue in self.lexicon.nouns(self.tree.lemmas[i]):
                    if (draft := self._noun(i, cue)) is not None:
                        drafts.append(draft)
                        break
            elif (kind == "a" or self.tree.tags[i] == "VBN") and self.tree.words[i] in adjectives:
                for cue in adjectives[self.tree.words[i]]:
                    if (draft := self._adjective(i, cue)) is not None:
                        drafts.append(draft)
                        break
        return drafts

    # -- nouns ------------------------------------------------------------------------------------------

    def _noun(self, noun: int, cue: Cue) -> Draft | None:
        if noun and self.tree.words[noun - 1 : noun + 1] == ["in", "order"]:
            return None
        frame, contents = self._noun_contents(noun, cue)
        if not contents:
            return None
        sources, light = self.speakers.of_noun(noun)
        if not sources:
            sources = self._from_document(noun)
        if not sources and frame == "that" and not cue.strong:
            return None
        if (
            not sources
            and frame not in ("that", "is that")
            and cue.act not in ("accuse", "deny")
            and (cue.act, frame) != ("threaten", "inf")
        ):
            return None
        contents.discard(noun)
        taken = {k for party in sources for k in self._tokens(party)}
        spans = self.clauses.runs(contents - (taken if not frame.endswith("that") else set()))
        if not spans:
            return None
        negated, vouches = self._is_negated(noun, light), True
        if negated or cue.omits:
            vouches = False
        first = any(
            self.tree.words[k] in self.groups["first-person"] and self.tree.tags[k] in ("PRP", "PRP$")
            for p in sources
            for k in self._tokens(p)
        )
        tokens = (*light, noun)
        return Draft(
            cue_tokens=tokens,
            cues=self.clauses.cue_spans(tokens),
            sources=sources,
            contents=spans,
            act=cue.act,
            reason=f"noun cue “{self.tree.lemmas[noun]}”, frame {frame}",
            score=0.75 if cue.strong else 0.5,
            polarity="negated" if negated or cue.omits else "affirmed",
            unnamed=not sources,
            vouches=(vouches and frame != "inf") or cue.act == "promise",
            stance=cue.stance,
            first_person=first,
            of_noun=True,
        )

    def _tokens(self, party: Party) -> range:
        """Token indices inside a party; parties are short, so a scan from its head is enough."""
        starts = self.tree.starts
        return range(bisect_left(starts, party.span.start), bisect_left(starts, party.span.end))

    def _noun_contents(self, noun: int, cue: Cue) -> tuple[str, set[int]]:
        tree = self.tree
        if "that" in cue.frames:
            for kid in tree.kids[noun]:
                if tree.deps[kid] in ("acl", "ccomp", "relcl") and kid > noun and self._is_that_clause(kid):
                    return "that", self.frames.without_marker(kid)
            head = tree.heads[noun]
            if tree.deps[noun] == "nsubj" and tree.lemmas[head] in ("be", "’s", "'s"):
                for kid in tree.kids[head]:
                    if tree.deps[kid] == "ccomp" and kid > head and self._is_that_clause(kid):
                        return "is that", self.frames.without_marker(kid)
            if tree.deps[noun] == "dobj" and tree.is_verb(head) and tree.lemmas[head] in self.groups["light"]:
                for kid in tree.kids[head]:
                    if tree.deps[kid] == "ccomp" and kid > noun and self._is_that_clause(kid):
                        return "that", self.frames.without_marker(kid)
        if "inf" in cue.frames:
            for kid in tree.kids[noun]:
                if tree.deps[kid] in ("acl", "relcl", "xcomp") and kid > noun and self.frames.is_infinitive(kid):
                    return "inf", set(tree.subtree(kid))
        words = cue.frames & _PREPOSITIONS
        if cue.act == "accuse":
            return "prep", self._charge(noun, words)
        found = self.frames.preposition(noun, frozenset(words)) if words else set()
        if not found and words:
            for kid in tree.kids[noun]:
                if tree.deps[kid] == "prep" and tree.words[kid] in _PREPOSITIONS:
                    held = tree.kid(kid, "pobj")
                    if held is not None and (deep := self.frames.preposition(held, frozenset(words))):
                        return "prep", deep
        return "prep", found

    def _charge(self, noun: int, words: frozenset[str]) -> set[int]:
        """All that an accusation names: "against X of Y"."""
        tree = self.tree
        found: set[int] = set()
        for kid in tree.kids[noun]:
            if tree.deps[kid] == "prep" and tree.words[kid] in words and kid > noun:
                found |= set(tree.subtree(kid))
        first = min(found, default=noun)
        return found - {first} if len(found) > 1 else set()

    def _is_that_clause(self, verb: int) -> bool:
        """A clause opened by "that" as a marker, not as its subject or object."""
        tree = self.tree
        return any(tree.words[k] == "that" and tree.deps[k] == "mark" for k in tree.kids[verb])

    def _from_document(self, noun: int) -> tuple[Party, ...]:
        """As in "The worst thing in the report is the accusation that": the report speaks."""
        tree = self.tree
        head = tree.heads[noun]
        if tree.deps[noun] not in ("attr", "nsubj"):
            return ()
        for kid in tree.kids[head]:
            if tree.deps[kid] in ("nsubj", "attr", "prep") and kid != noun:
                for k in tree.subtree(kid, limit=40):
                    above = tree.heads[k]
                    if (
                        tree.deps[k] == "pobj"
                        and tree.words[above] == "in"
                        and tree.lemmas[k] in self.groups["document"]
                    ):
                        return self.speakers.parties(k)
        return ()

    def _is_negated(self, noun: int, light: tuple[int, ...]) -> bool:
        tree = self.tree
        if any(tree.deps[k] == "det" and tree.words[k] == "no" for k in tree.kids[noun]):
            return True
        return any(tree.deps[k] == "neg" for verb in light for k in tree.kids[verb])

    # -- adjectives -------------------------------------------------------------------------------------

    def _adjective(self, word: int, cue: Cue) -> Draft | None:
        tree = self.tree
        head, dep = tree.heads[word], tree.deps[word]
        if dep in ("acomp", "oprd", "attr", "xcomp") and tree.lemmas[head] in _LINKING:
            verb = head
        elif self._stands_alone(word):
            verb = word
        elif dep == "conj" and tree.kinds[head] == "a" and tree.lemmas[tree.heads[head]] in _LINKING:
            verb = tree.heads[head]
        else:
            return None
        frame, contents = self._adjective_contents(word, verb, cue)
        if not contents:
            return None
        sources, noun = self._adjective_source(word, verb)
        if noun is None or tree.words[noun] in ("it", "there", "this", "that", "what"):
            return None
        first = tree.words[noun] in self.groups["first-person"] and tree.tags[noun] == "PRP"
        if tree.words[noun] in self.groups["addressed"]:
            return None
        negation = tuple(k for k in (*tree.kids[verb], *tree.kids[word]) if tree.deps[k] == "neg")
        linking = tree.with_dep(word, "auxpass") if verb == word else [verb]
        tokens = tuple(sorted({*linking, word, *negation}))
        spans = self.clauses.runs(contents - set(tokens))
        if not spans:
            return None
        return Draft(
            cue_tokens=tokens,
            cues=self.clauses.cue_spans(tokens),
            sources=sources,
            contents=spans,
            act=cue.act,
            reason=f"adjective cue “{tree.words[word]}”, frame {frame}",
            score=0.7,
            polarity="negated" if bool(negation) != cue.omits else "affirmed",
            vouches=not negation and frame == "that" and not cue.omits,
            stance=cue.stance if not negation else 0.0,
            first_person=first,
        )

    def _stands_alone(self, word: int) -> bool:
        """A participle with a clause of its own, or an adjective behind its noun ("X, wary of Y, …")."""
        dep = self.tree.deps[word]
        if self.tree.tags[word] == "VBN" and dep in ("ROOT", "ccomp", "relcl", "conj", "advcl"):
            return True
        return dep in ("advcl", "amod", "acl") and word > self.tree.heads[word]

    def _adjective_contents(self, word: int, verb: int, cue: Cue) -> tuple[str, set[int]]:
        if "that" in cue.frames:
            found = self.frames.clause(word) or (self.frames.clause(verb) if verb != word else set())
            if found:
                return "that", found
        if "inf" in cue.frames and (found := self.frames.infinitive(word)):
            return "inf", found
        return "prep", self.frames.preposition(word, cue.frames & _PREPOSITIONS)

    def _adjective_source(self, word: int, verb: int) -> tuple[tuple[Party, ...], int | None]:
        tree = self.tree
        if verb == word and tree.tags[word] != "VBN":
            head = tree.heads[word]
            if tree.kinds[head] == "n":
                return self.speakers.parties(head, elided=True), head
            return self.speakers.of_verb(head)
        if verb == word:
            return self.speakers.of_subject(word)
        return self.speakers.of_verb(verb)
