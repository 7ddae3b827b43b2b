"""Single numbers, in digits and in words, as the text gives them. Ranges and bounds are `scanning`'s."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from detente.knowledge.loading import read_table

_TOKEN = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3}){1,6}(?:\.\d+)?(?![\d,]\d)"
    r"|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3}){1,6}(?!\d)"
    r"|\d{1,3}(?: \d{3}){2,6}(?!\d)"
    r"|\d+(?:\.\d+)?)"
    r"|(?P<word>[A-Za-z]+)"
)
_GAP = re.compile(r"[ \u00a0\u202f\u2009-]|[ \t]*\n[ \t]*")
_MONEY_BEFORE = re.compile(r"[$€£¥₹₽₺₴₪] ?(?:[\d.]{1,5}(?:[mb]n?)? ?[-–] ?)?$")
_LONGEST = 18
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


class Cardinal(NamedTuple):
    """One number from a token on, up to the token `following`. `value` is None for "hundreds", whose `low` is
    known; `magnitude` is the factor that stands in a word of its own."""

    start: int
    end: int
    following: int
    value: float | None
    low: float | None
    is_about: bool
    is_plain: bool
    is_word: bool
    magnitude: float


def tokens_of(text: str) -> list[Token]:
    """All runs of digits and all words."""
    return [
        Token(found.start(), found.end(), found.group().lower(), found.lastgroup == "digits")
        for found in _TOKEN.finditer(text)
    ]


class Cardinals:
    """Reads one number from a place among the tokens."""

    def __init__(self, language: str) -> None:
        self.roles: dict[str, tuple[str, float]] = {
            row["word"]: (row["role"], float(row["value"]))
            for row in read_table(f"lexicons/{language}/figure_numbers.csv")
        }

    def read(self, text: str, tokens: Sequence[Token], at: int) -> Cardinal | None:
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

    def _digits(self, text: str, tokens: Sequence[Token], at: int) -> Cardinal | None:
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
        return Cardinal(
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

    def _words(self, text: str, tokens: Sequence[Token], at: int) -> Cardinal | None:
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
        return Cardinal(
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

    def _after_article(self, text: str, tokens: Sequence[Token], at: int) -> Cardinal | None:
        role, value = self._role(text, tokens, at + 1)
        start = tokens[at].start
        if role in ("hundred", "magnitude"):
            magnitude, following = value, at + 2
            further, factor = self._role(text, tokens, following)
            if further == "magnitude":
                magnitude, following = magnitude * factor, following + 1
            return Cardinal(start, tokens[following - 1].end, following, magnitude, None, False, False, True, magnitude)
        if role == "dozen":
            return Cardinal(start, tokens[at + 1].end, at + 2, 12.0, None, True, False, True, 1.0)
        if role == "some":
            return self._some(text, tokens, at, at + 2)
        of_follows = at + 2 < len(tokens) and tokens[at + 2].word == "of"
        if role == "handful" and of_follows:
            return Cardinal(start, tokens[at + 1].end, at + 2, None, 3.0, True, False, True, 1.0)
        if role == "couple":
            further, factor = self._role(text, tokens, at + (3 if of_follows else 2))
            if further in ("hundred", "magnitude", "dozen"):
                end = at + (4 if of_follows else 3)
                return Cardinal(start, tokens[end - 1].end, end, 2 * factor, None, True, False, True, factor)
            if of_follows:
                return Cardinal(start, tokens[at + 1].end, at + 2, 2.0, None, True, False, True, 1.0)
        if role == "quarter" and [token.word for token in tokens[at + 2 : at + 4]] == ["of", "a"]:
            further, factor = self._role(text, tokens, at + 4)
            if further == "magnitude":
                return Cardinal(start, tokens[at + 4].end, at + 5, factor / 4, None, False, False, True, factor)
        if role == "half":
            further, factor = self._role(text, tokens, at + 2)
            if further in ("magnitude", "dozen"):
                return Cardinal(
                    start, tokens[at + 2].end, at + 3, factor / 2, None, further == "dozen", False, True, factor
                )
        return None

    def _some(self, text: str, tokens: Sequence[Token], at: int, place: int) -> Cardinal | None:
        """ "several hundred", "a few million": at least two of them."""
        role, factor = self._role(text, tokens, place)
        if role not in ("hundred", "magnitude", "dozen"):
            return None
        low, place = 2 * factor, place + 1
        role, factor = self._role(text, tokens, place)
        if role == "magnitude":
            low, place = low * factor, place + 1
        return Cardinal(tokens[at].start, tokens[place - 1].end, place, None, low, True, False, True, low)

    def _half(self, text: str, tokens: Sequence[Token], at: int) -> Cardinal | None:
        """ "half a million", "half a dozen"."""
        if at + 2 >= len(tokens) or tokens[at + 1].word != "a":
            return None
        role, factor = self._role(text, tokens, at + 2)
        if role not in ("magnitude", "dozen"):
            return None
        return Cardinal(
            tokens[at].start, tokens[at + 2].end, at + 3, factor / 2, None, role == "dozen", False, True, factor
        )

    def _vague(self, text: str, tokens: Sequence[Token], at: int, role: str, value: float) -> Cardinal | None:
        """ "hundreds", "scores of", "tens of thousands": a lower limit and no value."""
        low, place = value, at + 1
        of_follows = place < len(tokens) and tokens[place].word == "of"
        if of_follows and place + 1 < len(tokens):
            further, factor = self.roles.get(tokens[place + 1].word, ("", 0.0))
            if further == "vague" and tokens[place + 1].start - tokens[at].end <= 5:
                return Cardinal(
                    tokens[at].start, tokens[place + 1].end, place + 2, None, low * factor, False, False, True, low
                )
        if role == "vague_tens" or (role == "vague_of" and not of_follows):
            return None
        return Cardinal(tokens[at].start, tokens[at].end, place, None, low, False, False, True, low)
