"""Which quotation marks of one paragraph belong together. Quotations over several paragraphs are `running`'s.

Each mark is judged by its glyph and its neighbours: a mark that touches a word on its right can open, one that
touches something on its left can close. Straight marks have only their neighbours; curly and angled ones keep
their own direction unless the neighbours rule it out (as in German „…“, Swedish ”…” or a slip of the keyboard).
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from detente.knowledge.wordlist import WordList
from detente.reading.marks import Span

Role = Literal["open", "close", "neither"]

_MARK = re.compile(r"``|''|[\"“”„‟«»‹›‘’‚‛'`＂「」『』]")
_FAMILY = {
    **dict.fromkeys(("``", "''", '"', "“", "”", "„", "‟", "＂"), "double"),
    **dict.fromkeys(("‘", "’", "‚", "‛", "'", "`"), "single"),
    **dict.fromkeys(("«", "»"), "angle"),
    **dict.fromkeys(("‹", "›"), "small angle"),
    **dict.fromkeys(("「", "」"), "corner"),
    **dict.fromkeys(("『", "』"), "white corner"),
}
_OPENING = frozenset(("``", "“", "„", "‟", "«", "‹", "「", "『", "‘", "‚", "‛"))
_CLOSING = frozenset(("”", "»", "›", "」", "』"))
_STRAIGHT = frozenset(('"', "''", "＂"))
_BEFORE_OPENER = frozenset("([{<-–—―/=>¿¡“\"„«‹‘'*_")
_AFTER_CLOSER = frozenset(")]}>-–—―/.,;:!?…”\"»›’'*_<")
_ELIDED = re.compile(r"(?:\d0s|[A-Za-z]{1,6})")


class Mark(NamedTuple):
    """One quotation mark: `text[start:end]`."""

    start: int
    end: int
    family: str


class Pair(NamedTuple):
    """An opening mark and the closing mark that answers it; `depth` counts the pairs around it."""

    opening: Mark
    closing: Mark
    depth: int


class Paired(NamedTuple):
    """The marks of one paragraph. `unclosed` are openers of double or angled marks that nothing answers, outermost
    first, and a curly single opener at the paragraph's start; `stray` are closers without an opener. Other single
    marks that do not pair are apostrophes."""

    pairs: tuple[Pair, ...]
    unclosed: tuple[Mark, ...]
    stray: tuple[Mark, ...]


_NONE = Paired((), (), ())


class Pairing:
    """Pairs marks in one pass with a stack; linear in the number of marks."""

    def __init__(self, words: WordList) -> None:
        self.elisions = words.forms("elision")

    def pair(self, text: str, span: Span) -> Paired:
        marks = [
            Mark(found.start(), found.end(), _FAMILY[found.group()])
            for found in _MARK.finditer(text, span.start, span.end)
        ]
        if not marks:
            return _NONE
        closers_left = _later_single_closers(text, marks, span.end)
        stack: list[Mark] = []
        standing: dict[str, int] = {}
        pairs: list[Pair] = []
        stray: list[Mark] = []
        for index, mark in enumerate(marks):
            role = self._role(text, span, mark, stack, standing, closers_left[index])
            if role == "open":
                stack.append(mark)
                standing[mark.family] = standing.get(mark.family, 0) + 1
            elif role == "close":
                if not standing.get(mark.family):
                    stray.append(mark)
                    continue
                while True:
                    opening = stack.pop()
                    standing[opening.family] -= 1
                    if opening.family == mark.family:
                        break
                pairs.append(Pair(opening, mark, len(stack)))
        pairs.sort()
        unclosed = tuple(
            mark for mark in stack if mark.family != "single" or (mark.start == span.start and text[mark.start] == "‘")
        )
        return Paired(tuple(pairs), unclosed, tuple(stray))

    def _role(
        self, text: str, span: Span, mark: Mark, stack: list[Mark], standing: dict[str, int], closer_follows: bool
    ) -> Role:
        before = text[mark.start - 1] if mark.start > span.start else " "
        after = text[mark.end] if mark.end < span.end else " "
        can_open = not after.isspace() and after not in _AFTER_CLOSER
        can_close = not before.isspace() and before not in _BEFORE_OPENER
        glyph = text[mark.start : mark.end]
        is_open = bool(standing.get(mark.family))
        if mark.family == "single":
            return self._single_role(text, mark, glyph, before, after, stack, closer_follows)
        if glyph in _STRAIGHT:
            if before.isdigit() and not is_open and not (can_open and not after.isdigit()):
                return "neither"  # inches and seconds
            if can_open != can_close:
                return "open" if can_open else "close"
            return "close" if is_open else "open"
        if glyph in _OPENING:
            return "close" if can_close and not can_open and is_open else "open"
        if can_open and not can_close:
            return "open"
        return "close"

    def _single_role(
        self, text: str, mark: Mark, glyph: str, before: str, after: str, stack: list[Mark], closer_follows: bool
    ) -> Role:
        """Single marks are quotation marks only where the evidence is plain; all others are apostrophes."""
        if before.isalnum() and after.isalnum():
            return "neither"
        is_top = bool(stack) and stack[-1].family == "single"
        touches_right = after.isalnum() or after in '([$€£#@“"«…'
        starts = before.isspace() or before in _BEFORE_OPENER
        if starts and touches_right and glyph != "’":
            elided = _ELIDED.match(text, mark.end)
            following = text[elided.end() : elided.end() + 1] if elided else ""
            if elided and not following.isalpha():
                word = elided.group()
                if word[0].isdigit() or (word.lower() in self.elisions and glyph != "‘"):
                    return "neither"
            return "open"
        if is_top and glyph in ("'", "’", "‛", "`") and not before.isspace():
            if before in "sSzx" and after == " " and closer_follows:
                return "neither"  # the ministers’ meeting’
            return "close"
        return "neither"


def _later_single_closers(text: str, marks: list[Mark], end: int) -> list[bool]:
    """For each mark, whether a single closing mark follows it before the next single opening mark."""
    follows = [False] * len(marks)
    found = False
    for index in range(len(marks) - 1, -1, -1):
        follows[index] = found
        mark = marks[index]
        if mark.family != "single":
            continue
        before = text[mark.start - 1] if mark.start else " "
        after = text[mark.end] if mark.end < end else " "
        if not before.isspace() and not after.isalnum():
            found = True
        elif before.isspace() and after.isalnum() and text[mark.start] != "’":
            found = False
    return follows
