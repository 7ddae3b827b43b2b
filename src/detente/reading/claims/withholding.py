"""Claims of what is left unsaid by a noun: "makes no reference to", "gives no figures for", "says not a word about".

Verbs that leave something out, and verbs of saying that are negated, are `verbs`'.
"""

from __future__ import annotations

from typing import Final

from detente.reading.claims.drafts import Clauses, Draft
from detente.reading.claims.lexicon import CueLexicon
from detente.reading.claims.speakers import Speakers

_REACH: Final = 6
"""Tokens from the verb to the noun that is withheld."""
_TO: Final = frozenset({"of", "to", "about", "on", "for", "as", "regarding", "concerning"})


class WithholdingRules:
    """One document's nouns of saying that somebody does not say."""

    def __init__(self, clauses: Clauses, speakers: Speakers, lexicon: CueLexicon) -> None:
        self.clauses, self.speakers = clauses, speakers
        self.tree = clauses.tree
        self.nouns = lexicon.groups["withheld"]
        self.figures = lexicon.groups["withheld-itself"]
        self.verbs = lexicon.groups["withholding"]

    def read(self) -> list[Draft]:
        tree = self.tree
        found = []
        for i in range(len(tree)):
            if tree.lemmas[i] in self.verbs and (tree.is_verb(i) or tree.tags[i].startswith("VB")):
                draft = self._at(i)
                if draft is not None:
                    found.append(draft)
        return found

    def _at(self, verb: int) -> Draft | None:
        tree = self.tree
        negated = [
            k for k in tree.kids[verb] if tree.deps[k] == "neg" or (tree.words[k] in ("never", "nor") and k < verb)
        ]
        subject_negates = self.speakers.negating_subject(verb)
        for noun in range(verb + 1, min(verb + 1 + _REACH, len(tree))):
            if tree.sents[noun] != tree.sents[verb] or tree.tags[noun] in (".", ":"):
                return None
            lemma = tree.lemmas[noun]
            if not tree.tags[noun].startswith("NN") or lemma not in self.nouns | self.figures:
                continue
            between = range(verb + 1, noun)
            none = [k for k in between if tree.words[k] in ("no", "not", "nothing", "any", "neither")]
            says_none = any(tree.words[k] in ("no", "not") for k in none)
            if not (says_none or negated or subject_negates):
                return None
            return self._draft(verb, noun, (*negated, *none))
        return None

    def _draft(self, verb: int, noun: int, none: tuple[int, ...]) -> Draft | None:
        tree = self.tree
        prep, contents = self._contents(verb, noun)
        if not contents and tree.lemmas[noun] in self.figures:
            contents = {k for k in tree.subtree(noun) if k not in none and tree.words[k] not in ("no", "not", "any")}
        sources, _ = self.speakers.of_verb(verb)
        spans = self.clauses.runs(contents)
        if not spans:
            return None
        cue = {verb, *none}
        if noun not in contents:
            cue |= {noun, *((prep,) if prep is not None else ())}
        return Draft(
            cue_tokens=tuple(sorted(cue)),
            cues=self.clauses.cue_spans(tuple(sorted(cue))),
            sources=sources,
            contents=spans,
            act="omit",
            reason=f"“{tree.words[noun]}” withheld",
            score=0.85,
            polarity="negated",
            unnamed=not sources,
            vouches=False,
        )

    def _contents(self, verb: int, noun: int) -> tuple[int | None, set[int]]:
        """What a preposition or a clause after the noun holds."""
        tree = self.tree
        for place in (noun, verb):
            for kid in tree.kids[place]:
                if kid > noun and tree.deps[kid] == "prep" and tree.words[kid] in _TO:
                    tokens = set(tree.subtree(kid)) - {kid}
                    inner = next((k for k in tree.kids[kid] if tree.deps[k] == "prep"), None)
                    if inner is not None and tree.words[kid] == "as":
                        tokens.discard(inner)
                    if tokens:
                        return kid, tokens
        for kid in tree.kids[noun]:
            if kid > noun and tree.deps[kid] in ("acl", "ccomp", "relcl") and tree.is_verb(kid):
                return None, {k for k in tree.subtree(kid) if not (tree.words[k] == "that" and tree.heads[k] == kid)}
        return None, set()
