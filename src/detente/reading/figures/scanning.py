"""Numbers in the text, in digits and in words, with their ranges and bounds. Units are `units`'s."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from detente.knowledge.loading import read_table
from detente.knowledge.wordlist import WordList
from detente.model.vocabulary import Bound

_TOKEN = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]\d)"
    r"|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?![\d])"
    r"|\d{1,3}(?: \d{3}){2,}(?![\d])"
    r"|\d+(?:\.\d+)?)"
    r"|(?P<word>[A-Za-z]+)"
)
_GAP = re.compile(r"[ \u00a0\u202f\u2009-]|[ \t]*\n[ \t]*")
_AND = re.compile(r"[ \u00a0\n]+and[ \u00a0\n]+", re.IGNORECASE)
_RANGE = re.compile(r"[ \u00a0]?[-–—][ \u00a0]?[$€£¥]?|[\s]+(?P<word>to|and|or)[\s]+(?:[A-Z]{0,3}[$€£¥])?")
_FRACTION = re.compile(r"[ -](?:thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)\b")
_MONEY_BEFORE = re.compile(r"[$€£¥₹₽₺₴₪] ?(?:[\d.]{1,5}(?:[mb]n?)? ?[-–] ?)?$")
_LONGEST = 18
_ONE_IN = re.compile(r" in (?:\d{1,2}\b(?![.,/]\d)|every|two|three|four|five|six|seven|eight|ten)\b")
_BOUNDS: tuple[Literal["at_least", "at_most", "about"], ...] = ("at_least", "at_most", "about")
_BEFORE_ROLE = {
    "unit": ("", "ten", "hundred", "magnitude", "and"),
    "teen": ("", "hundred", "magnitude", "and"),
    "ten": ("", "hundred", "magnitude", "and"),
}


class Token(NamedTuple):
    """A run of digits with its separators, or a word."""

    start: int
    end: int
    word: str
    is_digits: bool


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


class _Read(NamedTuple):
    """One number at a token: `value` is None for "hundreds", whose `low` is known."""

    start: int
    end: int
    following: int
    value: float | None
    low: float | None
    is_about: bool
    is_plain: bool
    is_word: bool
    magnitude: float


class Numbers:
    """Reads all numbers of a text in one pass over its words."""

    def __init__(self, words: WordList) -> None:
        self.roles: dict[str, tuple[str, float]] = {
            row["word"]: (row["role"], float(row["value"]))
            for row in read_table(f"lexicons/{words.language}/figure_numbers.csv")
        }
        self.change_verbs = words.forms("change_verb")
        self.before = {kind: _ending(words.forms(kind)) for kind in _BOUNDS}
        self.after = {kind: _beginning(words.forms(f"{kind}_after")) for kind in _BOUNDS}

    def scan(self, text: str) -> Iterator[Number]:
        tokens = [
            Token(found.start(), found.end(), found.group().lower(), found.lastgroup == "digits")
            for found in _TOKEN.finditer(text)
        ]
        at = 0
        while at < len(tokens):
            read = self._read(text, tokens, at)
            if read is None:
                at += 1
                continue
            number, at = self._ranged(text, tokens, at, read)
            if number is not None:
                yield number

    # -- one number -------------------------------------------------------------------------------------

    def _read(self, text: str, tokens: Sequence[Token], at: int) -> _Read | None:
        token = tokens[at]
        if token.is_digits:
            return self._digits(text, tokens, at)
        if token.word in ("a", "an"):
            return self._after_article(text, tokens, at)
        role, value = self.roles.get(token.word, ("", 0.0))
        if role in ("unit", "teen", "ten"):
            return self._words(text, tokens, at)
        if role in ("vague", "vague_of", "vague_tens"):
            return self._vague(text, tokens, at, role, value)
        if role == "half":
            return self._half(text, tokens, at)
        if role == "some" and token.word == "several":
            return self._some(text, tokens, at, at + 1)
        return None

    def _role(self, text: str, tokens: Sequence[Token], at: int) -> tuple[str, float]:
        """The role of the word at `at` where it joins the token before it by a space or a hyphen."""
        if (
            not 0 < at < len(tokens)
            or tokens[at].is_digits
            or not _GAP.fullmatch(text, tokens[at - 1].end, tokens[at].start)
        ):
            return "", 0.0
        return self.roles.get(tokens[at].word, ("", 0.0))

    def _digits(self, text: str, tokens: Sequence[Token], at: int) -> _Read | None:
        token = tokens[at]
        bare = re.sub(r"[,\s]", "", token.word)
        if len(bare) > _LONGEST:
            return None
        following, end, magnitude = at + 1, token.end, 1.0
        is_plain = bare == token.word and "." not in bare
        if following < len(tokens) and tokens[following].start == end and not tokens[following].is_digits:
            role, factor = self.roles.get(tokens[following].word, ("", 0.0))
            is_money = _MONEY_BEFORE.search(text[max(0, token.start - 9) : token.start]) is not None
            if role == "short" or (role == "money_short" and is_money):
                magnitude, end, following = factor, tokens[following].end, following + 1
        while True:
            role, factor = self._role(text, tokens, following)
            if role in ("hundred", "magnitude", "short") or (role == "dozen" and magnitude == 1):
                magnitude, end, following = magnitude * factor, tokens[following].end, following + 1
            else:
                break
        return _Read(
            token.start,
            end,
            following,
            float(Decimal(bare) * Decimal(magnitude)),
            None,
            False,
            is_plain and magnitude == 1,
            False,
            magnitude,
        )

    def _words(self, text: str, tokens: Sequence[Token], at: int) -> _Read | None:
        """A cardinal in words, or digits' words mixed: "two hundred and five thousand", "one and a half million"."""
        total = current = 0.0
        magnitude = 1.0
        previous = ""
        is_about = False
        place = at
        while place < len(tokens) and not tokens[place].is_digits:
            role, value = self.roles.get(tokens[place].word, ("", 0.0))
            if place > at:
                joined = _GAP.fullmatch(text, tokens[place - 1].end, tokens[place].start)
                if not joined:
                    break
                if tokens[place].word == "and" and previous in ("hundred", "magnitude", "unit", "teen", "ten"):
                    step = self._and(text, tokens, place, previous)
                    if step is None:
                        break
                    place, extra = step
                    current += extra
                    previous = "half" if extra else "and"
                    continue
            if role in ("unit", "teen", "ten") and previous in _BEFORE_ROLE[role]:
                current += value
            elif role == "hundred" and previous in ("unit", "teen", "ten", "half"):
                current *= 100
            elif role == "dozen" and previous in ("unit", "teen", "ten"):
                current, is_about = current * 12, True
            elif role == "magnitude" and previous not in ("", "and", "dozen"):
                total, current, magnitude = total + current * value, 0.0, value
            else:
                break
            previous = role
            place += 1
        if previous == "and":
            place -= 1
        if place == at:
            return None
        return _Read(
            tokens[at].start, tokens[place - 1].end, place, total + current, None, is_about, False, True, magnitude
        )

    def _and(self, text: str, tokens: Sequence[Token], place: int, previous: str) -> tuple[int, float] | None:
        """What follows "and" within a number: the next place and, after "a half", what it adds."""
        words = [token.word for token in tokens[place + 1 : place + 4]]
        if words[:2] == ["a", "half"] and previous in ("unit", "teen", "ten"):
            return place + 3, 0.5
        role = self.roles.get(words[0], ("", 0.0))[0] if words else ""
        if previous in ("hundred", "magnitude") and role in ("unit", "teen", "ten"):
            return place + 1, 0.0
        return None

    def _after_article(self, text: str, tokens: Sequence[Token], at: int) -> _Read | None:
        role, value = self._role(text, tokens, at + 1)
        start = tokens[at].start
        if role in ("hundred", "magnitude"):
            magnitude, following = value, at + 2
            further, factor = self._role(text, tokens, following)
            if further == "magnitude":
                magnitude, following = magnitude * factor, following + 1
            return _Read(start, tokens[following - 1].end, following, magnitude, None, False, False, True, magnitude)
        if role == "dozen":
            return _Read(start, tokens[at + 1].end, at + 2, 12.0, None, True, False, True, 1.0)
        if role == "some":
            return self._some(text, tokens, at, at + 2)
        of_follows = at + 2 < len(tokens) and tokens[at + 2].word == "of"
        if role == "handful" and of_follows:
            return _Read(start, tokens[at + 1].end, at + 2, None, 3.0, True, False, True, 1.0)
        if role == "couple":
            further, factor = self._role(text, tokens, at + (3 if of_follows else 2))
            if further in ("hundred", "magnitude", "dozen"):
                end = at + (4 if of_follows else 3)
                return _Read(start, tokens[end - 1].end, end, 2 * factor, None, True, False, True, factor)
            if of_follows:
                return _Read(start, tokens[at + 1].end, at + 2, 2.0, None, True, False, True, 1.0)
        if role == "quarter" and [token.word for token in tokens[at + 2 : at + 4]] == ["of", "a"]:
            further, factor = self._role(text, tokens, at + 4)
            if further == "magnitude":
                return _Read(start, tokens[at + 4].end, at + 5, factor / 4, None, False, False, True, factor)
        if role == "half":
            further, factor = self._role(text, tokens, at + 2)
            if further in ("magnitude", "dozen"):
                return _Read(
                    start, tokens[at + 2].end, at + 3, factor / 2, None, further == "dozen", False, True, factor
                )
        return None

    def _some(self, text: str, tokens: Sequence[Token], at: int, place: int) -> _Read | None:
        """ "several hundred", "a few million": at least two of them."""
        role, factor = self._role(text, tokens, place)
        if role not in ("hundred", "magnitude", "dozen"):
            return None
        low, place = 2 * factor, place + 1
        role, factor = self._role(text, tokens, place)
        if role == "magnitude":
            low, place = low * factor, place + 1
        return _Read(tokens[at].start, tokens[place - 1].end, place, None, low, True, False, True, low)

    def _half(self, text: str, tokens: Sequence[Token], at: int) -> _Read | None:
        """ "half a million", "half a dozen"."""
        if at + 2 >= len(tokens) or tokens[at + 1].word != "a":
            return None
        role, factor = self._role(text, tokens, at + 2)
        if role not in ("magnitude", "dozen"):
            return None
        return _Read(
            tokens[at].start, tokens[at + 2].end, at + 3, factor / 2, None, role == "dozen", False, True, factor
        )

    def _vague(self, text: str, tokens: Sequence[Token], at: int, role: str, value: float) -> _Read | None:
        """ "hundreds", "scores of", "tens of thousands": a lower limit and no value."""
        low, place = value, at + 1
        of_follows = place < len(tokens) and tokens[place].word == "of"
        if of_follows and place + 1 < len(tokens):
            further, factor = self.roles.get(tokens[place + 1].word, ("", 0.0))
            if further == "vague" and tokens[place + 1].start - tokens[at].end <= 5:
                return _Read(
                    tokens[at].start, tokens[place + 1].end, place + 2, None, low * factor, False, False, True, low
                )
        if role == "vague_tens" or (role == "vague_of" and not of_follows):
            return None
        return _Read(tokens[at].start, tokens[at].end, place, None, low, False, False, True, low)

    # -- ranges and bounds ------------------------------------------------------------------------------

    def _ranged(self, text: str, tokens: Sequence[Token], at: int, first: _Read) -> tuple[Number | None, int]:
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

    def _second(self, text: str, tokens: Sequence[Token], at: int, first: _Read) -> _Read | None:
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
        second = self._read(text, tokens, place)
        if second is None:
            return None
        word = found.group("word")
        before = tokens[at - 1].word if at else ""
        if word == "and" and before != "between":
            return None
        if word == "or" and not (first.value and second.value and second.value - first.value <= first.value):
            return None
        return second

    def _is_change(self, tokens: Sequence[Token], at: int, first: _Read, second: _Read) -> bool:
        """ "rose from 3 to 5 million": two figures, not a range."""
        joined = second.following > first.following and tokens[first.following].word == "to"
        if not joined or not at or tokens[at - 1].word not in ("from", "by"):
            return False
        return any(token.word in self.change_verbs for token in tokens[max(0, at - 9) : at])

    def _bounded(self, text: str, read: _Read) -> Number:
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
