"""Claims whose cue is a verb: said that, accused of, promised to, called it a …, was described as, as X put it."""

from __future__ import annotations

from typing import Final

from detente.model.vocabulary import Polarity
from detente.reading.claims.drafts import Clauses, Draft
from detente.reading.claims.frames import ORDER, Frames
from detente.reading.claims.lexicon import Cue, CueLexicon
from detente.reading.claims.speakers import Speakers
from detente.reading.marks import Party, Rejected, Span
from detente.reading.syntax import Tree

_GAP: Final = 4
"""Words that may stand between two words of one cue ("made it very clear")."""
_BETWEEN: Final = frozenset(
    {"RB", "RBR", "DT", "PRP$", "PRP", "JJ", "RP", "NN", "NNS", "NNP", "CC", "POS", "JJR", "VBN", "IN", "CD"}
)
_PREPOSITIONS: Final = frozenset({"of", "about", "on", "to", "at", "for", "over", "in", "with", "against"})
_NEGATING_HEADS: Final = frozenset({"fail", "neglect", "forget", "omit", "refuse", "decline"})


class VerbRules:
    """One document's verb cues."""

    def __init__(
        self,
        clauses: Clauses,
        speakers: Speakers,
        frames: Frames,
        lexicon: CueLexicon,
        actors: frozenset[int] | None = None,
    ) -> None:
        """`actors` are the offsets of the head words of all mentions that act; None where they are not known."""
        self.clauses, self.speakers, self.frames, self.lexicon = clauses, speakers, frames, lexicon
        self.actors = actors
        self.tree: Tree = clauses.tree
        self.groups = lexicon.groups
        self.drafts: list[Draft] = []
        self.rejected: list[Rejected] = []

    def read(self) -> list[Draft]:
        for i, kind in enumerate(self.tree.kinds):
            if (kind == "v" and self.tree.deps[i] != "amod") or self.tree.words[i] in self.groups["misread"]:
                cues = self.lexicon.verbs(self.tree.lemmas[i]) or self._by_form(i)
                if not cues and self.tree.words[i] in self.groups["misread"]:
                    cues = self.lexicon.verbs("say")
                if cues:
                    self._read_verb(i, cues)
        return self.drafts

    def _read_verb(self, verb: int, cues: tuple[Cue, ...]) -> None:
        if self._is_swallowed(verb):
            return
        fit = self._fit(verb, cues)
        if fit is None:
            self._add_parenthesis(verb, cues)
        else:
            self._add(verb, *fit)

    def _fit(self, verb: int, cues: tuple[Cue, ...]) -> tuple[Cue, str, tuple[int, ...], set[int]] | None:
        """The first cue and frame that find contents, the more telling frame first."""
        for frame in ORDER:
            for cue in cues:
                if frame not in cue.frames:
                    continue
                tokens = self._match(verb, cue)
                if tokens is None:
                    continue
                contents = self.frames.find(frame, verb, tokens[-1])
                if contents and self._is_fit(cue, frame, verb, contents):
                    return cue, frame, tokens, contents
        return None

    def _by_form(self, i: int) -> tuple[Cue, ...]:
        """Where the lemma is wrong ("hopes" read as "hop"): the form without its ending."""
        word = self.tree.words[i]
        if word.endswith("ing"):
            return self.lexicon.verbs(word[:-3] + "e") or self.lexicon.verbs(word[:-3])
        return self.lexicon.verbs(word[:-1]) if word.endswith(("s", "ed")) else ()

    # -- the cue ----------------------------------------------------------------------------------------

    def _match(self, verb: int, cue: Cue) -> tuple[int, ...] | None:
        """The tokens of `cue` from `verb` on, or None."""
        found, at = [verb], verb
        for word in cue.words[1:]:
            for k in range(at + 1, min(at + 2 + _GAP, len(self.tree))):
                if self.tree.words[k] == word or (word in self.groups["light-noun"] and self.tree.lemmas[k] == word):
                    found.append(k)
                    at = k
                    break
                if self.tree.tags[k] not in _BETWEEN or (len(found) > 1 and self.tree.tags[k] in ("NN", "NNS")):
                    return None
            else:
                return None
        if len(found) > 1 and not self._is_joined(found):
            return None
        return tuple(found)

    def _is_joined(self, found: list[int]) -> bool:
        """The words of a cue hang on each other, not on something between them."""
        heads, deps = self.tree.heads, self.tree.deps
        return all(heads[k] in found or (deps[k] == "mark" and heads[heads[k]] in found) for k in found[1:])

    def _is_swallowed(self, verb: int) -> bool:
        """As in "X was quoted as saying": the inner verb is the cue."""
        tree = self.tree
        if tree.lemmas[verb] in ("quote", "cite") and self.speakers.is_passive(verb):
            for kid in tree.kids[verb]:
                if tree.words[kid] == "as" and any(tree.tags[k] == "VBG" for k in tree.kids[kid]):
                    return True
        if self.speakers.is_passive(verb) and (inner := tree.kid(verb, "xcomp")) is not None:
            return tree.lemmas[inner] in self.groups["plain-saying"] and not self.frames.clause(inner)
        if tree.lemmas[verb] in _NEGATING_HEADS:
            for kid in tree.kids[verb]:
                if tree.deps[kid] == "xcomp" and tree.lemmas[kid] in self.groups["mention"]:
                    return self._fit(kid, self.lexicon.verbs(tree.lemmas[kid])) is not None
        if tree.lemmas[verb] == "stop":
            inner = next((k for k in range(verb + 1, min(verb + 5, len(tree))) if tree.tags[k] == "VBG"), None)
            if inner is not None and self._withheld_by(inner) is not None:
                return self._fit(inner, self.lexicon.verbs(tree.lemmas[inner])) is not None
        return bool(tree.lemmas[verb] in ("go", "continue", "begin", "start") and tree.kid(verb, "xcomp") is not None)

    def _is_fit(self, cue: Cue, frame: str, verb: int, contents: set[int]) -> bool:
        if passive_adjective(self.tree, verb, self.lexicon) and self.speakers.is_passive(verb):
            return False
        if frame == "that" and max(contents) < verb and self._does_something(verb):
            return False
        if frame == "obj":
            held = self.frames.object_head(verb)
            if held is not None and (
                self.tree.tags[held] == "PRP"
                and self.tree.words[held]
                in ("it", "itself", "himself", "herself", "themselves", "that", "this", "me", "us")
            ):
                return False
            if self.speakers.is_passive(verb) and not self.speakers.of_agent(verb)[0] and not cue.strong:
                return False
            if self._is_courtesy(held) or (cue.words[0] == "threaten" and not self._is_threat(held)):
                return False
            if cue.act == "refuse" and self.speakers.is_passive(verb) and not self.speakers.of_agent(verb)[0]:
                return False
        if cue.omits and frame == "obj" and self._is_person(self.frames.object_head(verb)):
            return False
        if cue.omits and self.speakers.is_passive(verb) and not self.speakers.of_agent(verb)[0]:
            return False
        if cue.words == ("deny",) and frame == "obj" and self._is_withheld(verb):
            return False
        if (
            frame == "pobj"
            and any(self.tree.words[k] in self.groups["calendar"] for k in contents)
            and len(contents) < 4
        ):
            return False
        if cue.omits and frame == "obj" and cue.words[0] in self.groups["slighting"] and not self._is_fact(verb):
            return False
        if frame == "obj" and len(contents) < 3 and self._light_object(verb, frame) is not None:
            held = self.frames.object_head(verb)
            if held is not None and self.lexicon.nouns(self.tree.lemmas[held]):
                return False
        if all(self.tree.tags[k] in ("WP", "WDT", "WRB") for k in contents):
            return False
        return not (frame == "ger" and cue.strong is False)

    def _is_fact(self, verb: int) -> bool:
        """As in "ignores the massacre" leaves a fact out; "ignored the radio call" does not."""
        held = self.frames.object_head(verb)
        return held is not None and self.tree.lemmas[held] in self.groups["fact"]

    def _does_something(self, verb: int) -> bool:
        """A verb with an object of its own, behind a clause that is no quotation: "…, but they concluded the talks"."""
        if self.tree.lemmas[verb] in self.groups["plain-saying"] or self.tree.kid(verb, "dobj") is None:
            return False
        return not any(self.tree.tags[k] in ("``", "''") for k in range(max(verb - 12, 0), verb))

    def _is_courtesy(self, held: int | None) -> bool:
        """The object of "thank you"."""
        return held is not None and self.tree.words[held] in ("you", "everyone")

    def _is_threat(self, held: int | None) -> bool:
        """As in "threatens sanctions" is said; "threatens the harvest" is not."""
        return held is not None and self.tree.lemmas[held] in self.groups["threat"]

    def _is_withheld(self, verb: int) -> bool:
        """As in "was denied a visa", "denied them entry": something is withheld, nothing is said."""
        objects = self.tree.with_dep(verb, "dobj", "dative", "oprd")
        passive = self.speakers.is_passive(verb)
        return len(objects) > 1 or (passive and (bool(objects) or not self._holds_allegation(verb)))

    def _is_person(self, noun: int | None) -> bool:
        """As in "ignores the envoy, X": somebody is slighted, no fact is left out."""
        if noun is None:
            return False
        return any(self.tree.tags[k] == "NNP" for k in (noun, *self.tree.with_dep(noun, "appos")))

    # -- drafts -----------------------------------------------------------------------------------------

    def _add(self, verb: int, cue: Cue, frame: str, tokens: tuple[int, ...], contents: set[int]) -> None:
        contents -= set(tokens)
        passive = self.speakers.is_passive(verb)
        sources, noun = self.speakers.of_verb(verb)
        if noun is not None and frame.startswith("that"):
            contents -= set(self.tree.subtree(noun)) if noun > verb and self.tree.heads[noun] == verb else set()
        self._finish(verb, cue, frame, tokens, self.clauses.runs(contents), sources, noun, passive)

    def _finish(
        self,
        verb: int,
        cue: Cue,
        frame: str,
        tokens: tuple[int, ...],
        contents: tuple[Span, ...],
        sources: tuple[Party, ...],
        noun: int | None,
        passive: bool,
    ) -> None:
        tree = self.tree
        negated, negation = self._negation(verb)
        if self._is_duty(verb):
            self._reject(verb, "a duty or a possibility, not an act of saying")
            return
        if not contents and frame != "bare":
            return
        if not passive and noun is None and not (frame == "bare" or self._is_finite_saying(verb)):
            self._reject(verb, "nobody is said to say it: an order, or the author's own words")
            return
        if noun is not None and self._is_evidence(cue, noun, verb):
            self._reject(verb, "a fact that shows something to the author, not a speaker")
            return
        first = noun is not None and tree.words[noun] in self.groups["first-person"] and tree.tags[noun] == "PRP"
        if noun is not None and tree.words[noun] in self.groups["addressed"]:
            self._reject(verb, "an address to the reader")
            return
        act, polarity = cue.act, "affirmed"
        vouches = True
        if cue.omits or negated:
            polarity = "negated"
            vouches = False
        if negated and cue.act in ("state", "predict", "praise", "promise"):
            if tree.lemmas[verb] in self.groups["mention"]:
                act = "omit"
            elif tree.lemmas[verb] in ("expect", "think", "suppose", "claim", "imagine", "reckon"):
                act = cue.act
            elif cue.act in ("state", "predict") and frame != "inf":
                act = "deny"
        head = tree.heads[verb]
        if negated and tree.deps[verb] == "xcomp" and tree.lemmas[head] in ("refuse", "decline"):
            act = "refuse"
        if act in ("criticise", "refuse", "question") and frame == "obj" and self._holds_allegation(verb):
            act = "deny"
        if frame in ("inf", "obj-inf") and not cue.strong:
            vouches = False
        self.drafts.append(
            Draft(
                cue_tokens=tuple(sorted({*tokens, *negation})),
                cues=self.clauses.cue_spans((*tokens, *negation)),
                sources=sources,
                contents=contents,
                act=act,
                reason=f"verb cue “{' '.join(cue.words)}”, frame {frame}",
                score=0.9 if cue.strong else 0.6,
                polarity=_polarity(polarity),
                unnamed=not sources and not first,
                vouches=vouches,
                stance=cue.stance if not negated else 0.0,
                takes_quotation="that" in cue.frames or "quote" in cue.frames or frame == "bare",
                first_person=first,
                object_noun=self._light_object(verb, frame),
            )
        )

    def _light_object(self, verb: int, frame: str) -> int | None:
        if frame != "obj" or self.tree.lemmas[verb] not in self.groups["light"]:
            return None
        return self.frames.object_head(verb)

    def _is_finite_saying(self, verb: int) -> bool:
        return self.tree.lemmas[verb] in self.groups["plain-saying"] and self.tree.tags[verb] in ("VBD", "VBZ", "VBP")

    def _is_evidence(self, cue: Cue, noun: int, verb: int) -> bool:
        """As in "the behaviour proves that": only documents and named actors show things in words."""
        if cue.words[0] not in self.groups["evidential"]:
            return False
        tree = self.tree
        if tree.tags[verb] == "VBG" and tree.deps[verb] == "advcl" and tree.tags[noun] in ("NNS", "NN"):
            return tree.lemmas[noun] not in self.groups["document"]
        if tree.lemmas[noun] in self.groups["document"] or tree.tags[noun] in ("NNP", "NNPS", "PRP"):
            return tree.words[noun] in ("it", "that", "this", "these")
        if (
            tree.tags[noun] in ("DT", "VBG")
            or tree.lemmas[noun] in self.groups["event-noun"]
            or tree.kinds[noun] == "v"
        ):
            return True
        return self.actors is not None and tree.starts[noun] not in self.actors

    def _reject(self, verb: int, reason: str) -> None:
        span = Span(self.tree.starts[verb], self.tree.ends[verb])
        self.rejected.append(Rejected(span, "claims", "claim", reason))

    def _holds_allegation(self, verb: int) -> bool:
        held = self.frames.object_head(verb)
        if held is None:
            return False
        return (
            any(cue.act in ("accuse",) for cue in self.lexicon.nouns(self.tree.lemmas[held]))
            or self.tree.lemmas[held] in self.groups["allegation"]
        )

    # -- negation and duty ------------------------------------------------------------------------------

    def _negation(self, verb: int) -> tuple[bool, tuple[int, ...]]:
        """Whether the act of saying is negated, and the tokens that say so."""
        tree = self.tree
        for kid in tree.kids[verb]:
            if tree.deps[kid] == "neg" or (tree.words[kid] in self.groups["negation"] and kid < verb):
                return True, (kid, *(k for k in tree.kids[verb] if tree.deps[k] in ("aux", "auxpass") and k < verb))
        if self.speakers.negating_subject(verb):
            return True, ()
        head = tree.heads[verb]
        if (found := self._withheld_by(verb)) is not None:
            return True, found
        if tree.deps[verb] == "xcomp" and tree.is_verb(head):
            if tree.lemmas[head] in _NEGATING_HEADS and tree.tags[verb] != "VBG":
                below, extra = self._negation(head) if tree.lemmas[head] != tree.lemmas[verb] else (False, ())
                return not below, (head, *extra, *(k for k in tree.kids[verb] if tree.tags[k] == "TO"))
            if tree.lemmas[head] in self.groups["carrier"]:
                return self._negation(head)
        if tree.deps[verb] == "pcomp" and tree.words[head] == "without":
            return True, (head,)
        if tree.deps[verb] == "acl" and tree.lemmas[head] in ("failure", "refusal", "unwillingness"):
            return True, (head, *(k for k in tree.kids[verb] if tree.tags[k] == "TO"))
        return False, ()

    def _withheld_by(self, verb: int) -> tuple[int, ...] | None:
        """As in "has yet to say", "stopped short of saying", "stopped mentioning", "neither confirm nor deny"."""
        tree, head = self.tree, self.tree.heads[verb]
        if tree.deps[verb] in ("xcomp", "ccomp", "advcl") and tree.lemmas[head] in ("have", "be"):
            yet = next((k for k in range(head + 1, verb) if tree.words[k] == "yet"), None)
            if yet is not None and any(tree.tags[k] == "TO" for k in tree.kids[verb]):
                return (head, yet, *(k for k in tree.kids[verb] if tree.tags[k] == "TO"))
        if tree.deps[verb] == "xcomp" and tree.tags[verb] == "VBG" and tree.lemmas[head] in ("stop", "avoid", "cease"):
            return (head,)
        if tree.deps[verb] == "pcomp" and tree.words[head] == "of":
            above = [k for k in range(max(head - 4, 0), head) if tree.words[k] == "short" or tree.lemmas[k] == "stop"]
            if len(above) == 2:
                return (*above, head)
        if tree.deps[verb] == "conj" and tree.is_verb(head):
            nor = [k for k in range(head + 1, verb) if tree.words[k] == "nor"]
            first = [k for k in range(max(head - 2, 0), head) if tree.words[k] == "neither"]
            if nor and first:
                return (*first, *nor)
        return None

    def _is_duty(self, verb: int) -> bool:
        """Duties and orders ("must understand that", "urged X to say"): the contents are nobody's words yet."""
        tree = self.tree
        auxiliaries = {tree.words[k] for k in tree.kids[verb] if tree.deps[k] == "aux"}
        if auxiliaries & self.groups["duty"] or self._is_supposed(verb):
            return True
        head = tree.heads[verb]
        if self._withheld_by(verb) is not None:
            return False
        if tree.deps[verb] in ("xcomp", "ccomp", "advcl") and self.frames.is_infinitive(verb) and tree.is_verb(head):
            return tree.lemmas[head] in self.groups["ordering"]
        if tree.deps[verb] == "conj" and tree.is_verb(head) and tree.tags[verb] == "VB" and not auxiliaries:
            return tree.kid(verb, "nsubj") is None and self._is_duty(head)
        return False

    def _is_supposed(self, verb: int) -> bool:
        """An act of saying inside an "if": nobody has said it."""
        tree = self.tree
        return tree.deps[verb] == "advcl" and any(
            tree.deps[k] == "mark" and tree.words[k] in ("if", "unless") for k in tree.kids[verb]
        )

    # -- parentheses ------------------------------------------------------------------------------------

    def _add_parenthesis(self, verb: int, cues: tuple[Cue, ...]) -> None:
        """As in "The attack, X said, was …", "as X put it", and verbs of saying that wait for a quotation."""
        tree = self.tree
        for cue in cues:
            if cue.words[-1] in _PREPOSITIONS and len(cue.words) > 1:
                continue
            speech = bool(cue.frames & {"that", "quote", "obj-that"})
            if not speech and not (self._is_as_clause(verb) and self.speakers.is_passive(verb)):
                continue
            tokens = self._match(verb, cue)
            if tokens is None:
                continue
            sources, noun = self.speakers.of_verb(verb)
            passive = self.speakers.is_passive(verb)
            if noun is not None and tree.words[noun] in ("it", "that", "this") and self._is_as_clause(verb):
                return
            as_clause = self._is_as_clause(verb) and not self._opens_quotation(verb)
            if as_clause or (noun is not None and "that" in cue.frames and self._is_parenthesis(verb)):
                head = tree.heads[verb]
                if tree.kinds[head] == "p":
                    head = tree.heads[head]
                around = head if as_clause else self.frames.around(verb)
                if tree.kinds[around] != "v" and as_clause:
                    around = self.frames.around(verb)
                contents = set(tree.subtree(around)) - set(tree.subtree(verb))
                contents = {k for k in contents if not (tree.words[k] == "as" and tree.heads[k] == verb)}
                if tree.kinds[tree.heads[verb]] == "p":
                    contents.discard(tree.heads[verb])
                if tree.heads[verb] in contents or tree.kinds[tree.heads[verb]] == "p":
                    self._finish(
                        verb,
                        cue,
                        "as" if as_clause else "parenthesis",
                        tokens,
                        self.clauses.runs(contents),
                        sources,
                        noun,
                        passive,
                    )
                    return
            if (
                not cue.frames & {"that", "quote"}
                or "obj-as" in cue.frames
                or not (cue.strong or "quote" in cue.frames)
            ):
                return
            self._finish(verb, cue, "bare", tokens, (), sources, noun, passive)
            return

    def _is_parenthesis(self, verb: int) -> bool:
        if self.tree.deps[verb] != "parataxis" or self.tree.heads[verb] == verb:
            return False
        first = min(self.tree.subtree(verb))
        if first and self.tree.words[first - 1] in (";", ":", "."):
            return False
        return self.tree.kid(verb, "xcomp", "ccomp", "dobj", "dative") is None or self.tree.lemmas[verb] == "tell"

    def _opens_quotation(self, verb: int) -> bool:
        after = [k for k in range(verb + 1, min(verb + 4, len(self.tree))) if self.tree.words[k] not in (",", ":")]
        return bool(after) and self.tree.words[after[0]] in ("“", "''", "``", '"', "‘", "'")

    def _is_as_clause(self, verb: int) -> bool:
        tree = self.tree
        if tree.deps[verb] == "advcl":
            if tree.kid(verb, "dobj", "ccomp") is not None and tree.lemmas[verb] != "put":
                return False
            return any(tree.words[k] == "as" and tree.deps[k] in ("mark", "advmod") for k in tree.kids[verb])
        return tree.deps[verb] == "pcomp" and tree.words[tree.heads[verb]] == "as" and tree.tags[verb] == "VBN"


def passive_adjective(tree: Tree, verb: int, lexicon: CueLexicon) -> bool:
    """As in "was opposed to", "is worried": an adjective, which has rules of its own."""
    return tree.tags[verb] == "VBN" and tree.words[verb] in lexicon.by_part["adj"] and tree.kid(verb, "agent") is None


def _polarity(word: str) -> Polarity:
    return "negated" if word == "negated" else "affirmed"
