"""Claims whose cue is a phrase around a clause: according to X, in X's view, reportedly, it is no secret that."""

from __future__ import annotations

from typing import Final

from detente.model.vocabulary import Act
from detente.reading.claims.drafts import Clauses, Draft
from detente.reading.claims.frames import Frames
from detente.reading.claims.lexicon import Cue, CueLexicon
from detente.reading.claims.speakers import Speakers
from detente.reading.marks import Party, Span

_IS: Final = frozenset({"’s", "'s", "was", "were", "are", "has", "have", "remains", "became", "seems", "s"})
_SUBORDINATE: Final = frozenset({"ccomp", "advcl", "relcl", "acl", "csubj", "conj", "pcomp"})


class PhraseRules:
    """One document's phrase cues."""

    def __init__(self, clauses: Clauses, speakers: Speakers, frames: Frames, lexicon: CueLexicon) -> None:
        self.clauses, self.speakers, self.frames, self.lexicon = clauses, speakers, frames, lexicon
        self.tree = clauses.tree
        self.groups = lexicon.groups
        formulas = lexicon.by_part["unnamed"].values()
        self.seconds = {cue.words[1] for cues in formulas for cue in cues} | {"is"}

    def read(self) -> list[Draft]:
        drafts: list[Draft] = []
        parts = self.lexicon.by_part
        adverbs, prepositions, formulas = parts["adverb"], parts["prep"], parts["unnamed"]
        possessed = {cue.words[-1]: cue for cues in parts["poss"].values() for cue in cues}
        pairs = {cue.words for cues in parts["poss"].values() for cue in cues}
        for i, word in enumerate(self.tree.words):
            draft = None
            if word in adverbs:
                draft = self._adverb(i)
            elif word in prepositions:
                draft = self._preposition(i, prepositions[word])
            elif word in formulas:
                draft = self._formula(i, formulas[word])
            if draft is None and self.tree.lemmas[i] in possessed:
                draft = self._possessed(i, pairs)
            if draft is not None:
                drafts.append(draft)
        return drafts

    # -- according to -----------------------------------------------------------------------------------

    def _preposition(self, first: int, cues: tuple[Cue, ...]) -> Draft | None:
        tree = self.tree
        for cue in cues:
            last = first + len(cue.words) - 1
            if last >= len(tree) or tuple(tree.words[first : last + 1]) != cue.words:
                continue
            noun = tree.kid(last, "pobj")
            if noun is None and len(cue.words) > 1:
                noun = next(
                    (
                        k
                        for k in range(last + 1, min(last + 8, len(tree)))
                        if tree.kinds[k] == "n" and tree.deps[k] == "pobj"
                    ),
                    None,
                )
            if noun is None or (cue.words == ("per",) and not self._is_source(noun)):
                continue
            phrase = set(range(first, last + 1)) | set(tree.subtree(noun)) | set(tree.subtree(first))
            sources = self.speakers.parties(noun)
            return self._around(first, phrase, tuple(range(first, last + 1)), sources, f"“{' '.join(cue.words)}”")
        return None

    def _is_source(self, noun: int) -> bool:
        return self.tree.tags[noun] in ("NNP", "NNPS") or self.tree.lemmas[noun] in self.groups["document"]

    def _possessed(self, noun: int, pairs: set[tuple[str, ...]]) -> Draft | None:
        """As in "in Baku's view", "by its own account"."""
        tree = self.tree
        prep = tree.heads[noun]
        if tree.deps[noun] != "pobj" or (tree.words[prep], tree.lemmas[noun]) not in pairs:
            return None
        owner = tree.kid(noun, "poss")
        if owner is None or tree.words[owner] in ("my", "our", "your", "one"):
            return None
        phrase = set(tree.subtree(prep))
        tokens = (prep, noun)
        return self._around(
            prep, phrase, tokens, self.speakers.parties(owner), f"“{tree.words[prep]} …’s {tree.words[noun]}”"
        )

    def _around(
        self, first: int, phrase: set[int], tokens: tuple[int, ...], sources: tuple[Party, ...], name: str
    ) -> Draft | None:
        """The clause around a phrase is what its source says."""
        tree = self.tree
        clause = self.frames.around(first)
        contents = set(tree.subtree(clause)) - phrase
        for kid in tree.kids[clause]:
            if tree.deps[kid] in ("mark",) and tree.words[kid] == "that":
                contents.discard(kid)
            if tree.deps[kid] == "cc" and kid == min(contents, default=-1):
                contents.discard(kid)
            if self._is_further_clause(kid) and first < clause < kid and first != min(tree.subtree(clause)):
                contents -= set(tree.subtree(kid))
        if clause in phrase or not contents:
            return None
        spans = self.clauses.runs(contents)
        if not spans or not sources:
            return None
        return Draft(
            cue_tokens=tokens,
            cues=self.clauses.cue_spans(tokens),
            sources=sources,
            contents=spans,
            act="state",
            reason=f"phrase cue {name}",
            score=0.9,
            takes_quotation=True,
        )

    def _is_further_clause(self, verb: int) -> bool:
        """A coordinated clause with a subject of its own."""
        tree = self.tree
        return tree.deps[verb] == "conj" and tree.is_verb(verb) and tree.kid(verb, "nsubj", "nsubjpass") is not None

    # -- nobody named -----------------------------------------------------------------------------------

    def _adverb(self, word: int) -> Draft | None:
        tree = self.tree
        head = tree.heads[word]
        if head == word:
            return None
        clause = head
        if tree.kinds[clause] not in ("v", "a", "n") and not tree.is_verb(clause):
            clause = self.frames.around(word)
        contents = set(tree.subtree(clause)) - set(tree.subtree(word))
        contents -= {k for k in tree.kids[clause] if tree.deps[k] == "mark"}
        spans = self.clauses.runs(contents)
        if not spans:
            return None
        return self._unnamed((word,), spans, "state", f"adverb “{tree.words[word]}”")

    def _formula(self, first: int, cues: tuple[Cue, ...]) -> Draft | None:
        tree = self.tree
        if first + 1 >= len(tree) or (tree.words[first + 1] not in _IS and tree.words[first + 1] not in self.seconds):
            return None
        for cue in cues:
            at, tokens = first, [first]
            for word in cue.words[1:]:
                for k in range(at + 1, min(at + 4, len(tree))):
                    form = "is" if tree.words[k] in _IS else tree.words[k]
                    if form == word or tree.words[k] == word or (form == "is" and word == "has"):
                        at = k
                        tokens.append(k)
                        break
                    if tree.tags[k] not in ("RB", "JJ", "DT"):
                        break
                else:
                    break
                if tokens[-1] != at or at == first:
                    break
            if len(tokens) != len(cue.words) or at + 1 >= len(tree):
                continue
            spans = self.clauses.runs(self._clause_from(at + 1, at))
            if spans:
                return self._unnamed(tuple(tokens[:-1]), spans, cue.act, f"formula “{' '.join(cue.words)}”")
        return None

    def _clause_from(self, start: int, before: int) -> set[int]:
        """The clause that opens at `start`: climb while the head is not before the cue."""
        tree = self.tree
        at = start
        for _ in range(40):
            head = tree.heads[at]
            if head == at or head <= before:
                break
            at = head
        return {k for k in tree.subtree(at) if k > before}

    def _unnamed(self, tokens: tuple[int, ...], spans: tuple[Span, ...], act: Act, name: str) -> Draft:
        return Draft(
            cue_tokens=tokens,
            cues=self.clauses.cue_spans(tokens),
            sources=(),
            contents=spans,
            act=act,
            reason=f"{name}, no source named",
            score=0.8,
            unnamed=True,
        )
