"""The reporting clause right beside a quotation, read from the words alone: “…,” recalled X. / X barked, “…”. / X: “…”

This is for where the parse went wrong, which it often does beside quotation marks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import Final, NamedTuple

from detente.reading.claims.drafts import Clauses
from detente.reading.claims.lexicon import CueLexicon
from detente.reading.claims.speakers import Speakers
from detente.reading.marks import Party, Span

_NAME: Final = frozenset({"NNP", "NNPS", "NN", "NNS", "PRP", "DT", "JJ", "POS", "PRP$", "CD", "HYPH"})
_NOUN: Final = frozenset({"NNP", "NNPS", "NN", "NNS", "PRP"})
_LINK: Final = frozenset({"of", "for", "in", "at", "and"})
_AFTER_VERB: Final = frozenset({"RB", ",", ":", "IN", "NNP", "NN", "NNS", "DT", "TO", "PRP", "CD", "JJ"})
_LONGEST: Final = 12


class Reported(NamedTuple):
    """Who and by which cue, as tokens and parties."""

    sources: tuple[Party, ...]
    tokens: tuple[int, ...]
    reason: str


class BesideRules:
    """Reads the words before and behind a quotation."""

    def __init__(
        self, clauses: Clauses, speakers: Speakers, lexicon: CueLexicon, groups: Mapping[str, frozenset[str]]
    ) -> None:
        self.clauses, self.speakers, self.lexicon, self.groups = clauses, speakers, lexicon, groups
        self.tree = clauses.tree

    def read(self, span: Span) -> Reported | None:
        """The reporting clause beside `span`, the one behind it first."""
        return self._behind(span) or self._ahead(span) or self._colon(span)

    def _is_saying(self, i: int) -> bool:
        if self.tree.tags[i] not in ("VBD", "VBZ", "VBN", "VBP", "NNS"):
            return False
        cues = self.lexicon.verbs(self.tree.lemmas[i]) or self.lexicon.verbs(self.tree.words[i].removesuffix("s"))
        return any(len(cue.words) == 1 and cue.frames & {"that", "quote"} for cue in cues)

    def _behind(self, span: Span) -> Reported | None:
        """“…,” said X / “…,” X said."""
        tree, first = self.tree, bisect_left(self.tree.starts, span.end)
        while first < len(tree) and tree.words[first] in (",", "-", "—", "–", "”", "''", '"'):
            first += 1
        end = min(first + _LONGEST, len(tree))
        if first >= end or "\n" in self.clauses.text[span.end : tree.starts[first]]:
            return None
        if self._is_saying(first) and tree.tags[first] != "NNS":
            name = self._name(range(first + 1, end))
            return Reported(self._party(name), (first,), "the verb of saying behind it") if name else None
        name = self._name(range(first, end))
        after = name[-1] + 1 if name else end
        while after < end and tree.tags[after] == "RB":
            after += 1
        if name and after < end and self._is_saying(after):
            return Reported(self._party(name), (after,), "the verb of saying behind it")
        return None

    def _ahead(self, span: Span) -> Reported | None:
        """X said, “…” / X said to reporters: “…”"""
        tree, last = self.tree, bisect_left(self.tree.starts, span.start) - 1
        if last < 1 or "\n" in self.clauses.text[tree.ends[last] : span.start]:
            return None
        sentence = tree.sents[last]
        for verb in range(last, max(last - 8, 0), -1):
            if tree.sents[verb] != sentence or tree.tags[verb] not in (*_AFTER_VERB, "VBD", "VBZ", "VBP", "VBN"):
                return None
            if self._is_saying(verb) and tree.tags[verb] != "NNS":
                at = verb - 1
                while at > 0 and tree.tags[at] in ("RB", "VBZ", "VBP", "VBD") and not self._is_saying(at):
                    at -= 1
                name = self._name_before(at)
                return Reported(self._party(name), (verb,), "the verb of saying before it") if name else None
        return None

    def _colon(self, span: Span) -> Reported | None:
        """From the report: “…” / A. Smith: “…”"""
        tree, last = self.tree, bisect_left(self.tree.starts, span.start) - 1
        if last < 1 or tree.words[last] != ":" or self.clauses.text[tree.ends[last] : span.start].strip():
            return None
        name = self._name_before(last - 1)
        if not name:
            return None
        head = name[-1]
        if name[0] and tree.words[name[0] - 1] in ("on", "in", "at", "to", "via"):
            return None
        if tree.tags[head] in ("NNP", "NNPS") or tree.lemmas[head] in self.groups["document"]:
            return Reported(self._party(name), (last,), "the name before the colon")
        return None

    # -- names ------------------------------------------------------------------------------------------

    def _name(self, places: range) -> list[int]:
        """The noun phrase that opens at the first of `places`."""
        tree = self.tree
        found: list[int] = []
        for i in places:
            if self._is_saying(i) and found and tree.tags[i] != "NNS":
                break
            if tree.tags[i] in _NAME or (found and tree.words[i] in _LINK and i + 1 in places):
                found.append(i)
            else:
                break
        while found and tree.tags[found[-1]] not in _NOUN:
            found.pop()
        return found

    def _name_before(self, last: int) -> list[int]:
        """The noun phrase that closes at `last`."""
        tree = self.tree
        if last < 0 or tree.tags[last] not in _NOUN:
            return []
        found = [last]
        for i in range(last - 1, max(last - 7, -1), -1):
            if tree.sents[i] != tree.sents[last] or tree.tags[i] not in _NAME:
                break
            found.append(i)
        return found[::-1]

    def _party(self, name: list[int]) -> tuple[Party, ...]:
        """The head is the last noun before a preposition."""
        tree = self.tree
        head = name[0]
        for i in name:
            if tree.words[i] in _LINK:
                break
            if tree.tags[i] in _NOUN:
                head = i
        return (Party(self.clauses.span(name), tree.starts[head]),)
