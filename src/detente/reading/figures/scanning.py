"""Numbers with their ranges and bounds. Single numbers are `cardinals`'s, units `units`'s."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from detente.knowledge.wordlist import WordList
from detente.model.vocabulary import Bound
from detente.reading.figures.cardinals import Cardinal, Cardinals, Token, tokens_of

_RANGE = re.compile(r"[ \u00a0]?[-–—][ \u00a0]?[$€£¥]?|[\s]+(?P<word>to|and|or)[\s]+(?:[A-Z]{0,3}[$€£¥])?")
_FRACTION = re.compile(r"[ -](?:thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)\b")
_ONE_IN = re.compile(r" in (?:\d{1,2}\b(?![.,/]\d)|every|two|three|four|five|six|seven|eight|ten)\b")
_BOUNDS: tuple[Literal["at_least", "at_most", "about"], ...] = ("at_least", "at_most", "about")


class Number(NamedTuple):
    """A number as the text gives it. `start` to `end` is the number itself, `bound_start` to `bound_end` includes
    the words that bound it. Its unit's words stand at `unit_at`: after the second number in "from 3 to 5 million".
    `is_plain` is true for digits without separator, fraction or magnitude."""

    start: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    bound: Bound
    bound_start: int
    bound_end: int
    is_plain: bool
    is_word: bool
    first: float
    unit_at: int


class Numbers:
    """Reads all numbers of a text in one pass over its words."""

    def __init__(self, words: WordList) -> None:
        self.cardinals = Cardinals(words.language)
        self.change_verbs = words.forms("change_verb")
        self.before = {kind: _ending(words.forms(kind)) for kind in _BOUNDS}
        self.after = {kind: _beginning(words.forms(f"{kind}_after")) for kind in _BOUNDS}

    def scan(self, text: str) -> Iterator[Number]:
        tokens = tokens_of(text)
        at = 0
        while at < len(tokens):
            read = self.cardinals.read(text, tokens, at)
            if read is None:
                at += 1
                continue
            number, at = self._ranged(text, tokens, at, read)
            if number is not None:
                yield number

    def _ranged(self, text: str, tokens: Sequence[Token], at: int, first: Cardinal) -> tuple[Number | None, int]:
        if _FRACTION.match(text, first.end, first.end + 12):
            return None, first.following + 1
        if first.value is not None and first.value < 20 and _ONE_IN.match(text, first.end, first.end + 12):
            return None, first.following + 2
        second = self._second(text, tokens, at, first)
        if second is None or first.value is None or second.value is None:
            return self._bounded(text, first), first.following
        if self._is_change(tokens, at, first, second):
            magnitude = second.magnitude if first.magnitude == 1 and first.value < 1000 else 1
            shared = first._replace(value=first.value * magnitude, is_plain=first.is_plain and magnitude == 1)
            return self._bounded(text, shared)._replace(unit_at=second.end), first.following
        low, high = first.value, second.value
        if first.magnitude == 1 and second.magnitude > 1 and low < 1000:
            low *= second.magnitude
        if not low < high:
            if text[first.end : second.start].strip()[:1] in "-–—":
                return None, second.following  # a score, a telephone number
            return self._bounded(text, first), first.following
        start = first.start
        lead = re.search(
            r"(?:between|from|anywhere from)\s+(?:[A-Z]{0,3}[$€£¥])?$", text[max(0, start - 24) : start], re.IGNORECASE
        )
        bound_start = max(0, start - 24) + lead.start() if lead else start
        is_plain = first.is_plain and second.is_plain
        number = Number(
            start,
            second.end,
            None,
            low,
            high,
            "range",
            bound_start,
            second.end,
            is_plain,
            first.is_word,
            first.value,
            second.end,
        )
        return number, second.following

    def _second(self, text: str, tokens: Sequence[Token], at: int, first: Cardinal) -> Cardinal | None:
        """The upper end of a range that begins with `first`."""
        if first.following >= len(tokens):
            return None
        found = _RANGE.match(text, first.end)
        if found is None:
            return None
        place = first.following + (1 if found.group("word") else 0)
        if place >= len(tokens) or tokens[place].start < found.end() or tokens[place].start - found.end() > 3:
            return None
        if text[found.end() : tokens[place].start].strip("$€£¥US "):
            return None
        second = self.cardinals.read(text, tokens, place)
        if second is None:
            return None
        word = found.group("word")
        before = tokens[at - 1].word if at else ""
        if word == "and" and before != "between":
            return None
        if word == "or" and not (first.value and second.value and second.value - first.value <= first.value):
            return None
        return second

    def _is_change(self, tokens: Sequence[Token], at: int, first: Cardinal, second: Cardinal) -> bool:
        """ "rose from 3 to 5 million": two figures, not a range."""
        joined = second.following > first.following and tokens[first.following].word == "to"
        if not joined or not at or tokens[at - 1].word not in ("from", "by"):
            return False
        return any(token.word in self.change_verbs for token in tokens[max(0, at - 9) : at])

    def _bounded(self, text: str, read: Cardinal) -> Number:
        bound: Bound = "about" if read.is_about else "exact"
        start, end = read.start, read.end
        window = max(0, start - 40)
        low, high, value = read.low, None, read.value
        if value is None:
            bound = "about" if read.is_about else "at_least"
        lead = text[window:start]
        for kind in _BOUNDS:
            if found := self.before[kind].search(lead):
                start, bound = window + found.start(1), kind
                break
        else:
            for kind in _BOUNDS:
                if found := self.after[kind].match(text, end):
                    end, bound = found.end(), kind
                    break
        if value is not None and bound == "at_least":
            low = value
        elif value is not None and bound == "at_most":
            high = value
        elif value is None and bound == "at_most":
            bound = "about"
        return Number(
            read.start,
            read.end,
            value,
            low,
            high,
            bound,
            start,
            end,
            read.is_plain,
            read.is_word,
            value or low or 0.0,
            read.end,
        )


def _alternatives(forms: frozenset[str]) -> str:
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return "|".join(r"\s+".join(map(re.escape, form.split())) for form in ordered)


def _ending(forms: frozenset[str]) -> re.Pattern[str]:
    """A bound right before a number, perhaps with a sign of money between."""
    return re.compile(
        rf"(?<![\w-])((?:{_alternatives(forms)})\s*(?:a\s+total\s+of\s+|the\s+)?(?:[A-Z]{{0,3}}[$€£¥]\s?)?)$",
        re.IGNORECASE,
    )


def _beginning(forms: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"[\s-]{{0,2}}(?:{_alternatives(forms)})(?!\w)", re.IGNORECASE)
