"""Where the words stand that tell who speaks: one pass over the text, then look-ups by position."""

from __future__ import annotations

import re
from bisect import bisect_left

from detente.knowledge.wordlist import WordList

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
KINDS = ("speech", "naming", "publication", "distancing", "self")


class CueWords:
    """The cue words of a language: `speech` verbs of saying, `naming` verbs that call a thing something,
    `publication` words, `distancing` words, and words a speaker has for himself (`self`)."""

    def __init__(self, words: WordList) -> None:
        by_kind = {
            "speech": words.forms("speech", "strong"),
            "naming": words.forms("speech", "weak"),
            "publication": words.forms("publication"),
            "distancing": words.forms("distancing"),
            "self": words.forms("self"),
        }
        self.kinds_of: dict[str, tuple[str, ...]] = {}
        for kind in KINDS:
            for form in sorted(by_kind[kind]):
                self.kinds_of[form] = (*self.kinds_of.get(form, ()), kind)

    def index(self, text: str) -> CueIndex:
        positions: dict[str, list[int]] = {kind: [] for kind in KINDS}
        kinds_of = self.kinds_of
        for found in _WORD.finditer(text):
            word = found.group()
            kinds = kinds_of.get(word) or (kinds_of.get(word.lower()) if _may_be_verb(word) else None)
            for kind in kinds or ():
                positions[kind].append(found.start())
        return CueIndex(positions)


def _may_be_verb(word: str) -> bool:
    """Capitals are kept by "Said", "Asked", "Speaking" and by pronouns, not by the "States" of a country's name."""
    return word.endswith(("d", "ing")) or len(word) < 5


class CueIndex:
    """Positions of the cue words of one text, by kind, in order."""

    def __init__(self, positions: dict[str, list[int]]) -> None:
        self.positions = positions

    def has(self, kind: str, start: int, end: int) -> bool:
        """True where a cue word of this kind begins in `text[start:end]`."""
        return self.first(kind, start, end) is not None

    def first(self, kind: str, start: int, end: int) -> int | None:
        positions = self.positions[kind]
        at = bisect_left(positions, start)
        return positions[at] if at < len(positions) and positions[at] < end else None

    def last(self, kind: str, start: int, end: int) -> int | None:
        positions = self.positions[kind]
        at = bisect_left(positions, end) - 1
        return positions[at] if at >= 0 and positions[at] >= start else None
