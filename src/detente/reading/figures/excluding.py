"""Numbers that are no figures: years, dates, times, ordinals, names with numbers, scores, telephone numbers."""

from __future__ import annotations

import re

from detente.knowledge.wordlist import WordList
from detente.reading.figures.scanning import Number

_GLUED_AFTER = re.compile(r"(?:st|nd|rd|th|s|er)\b|[A-Za-z]*\d")
_WORD_BEFORE = re.compile(r"([A-Za-z][A-Za-z.’'-]*)[\s#(]*$")
_COMPOUND_AFTER = re.compile(r"[-‑](?!strong\b|plus\b)[a-z]")
_WORD_AFTER = re.compile(r"[\s-]*([A-Za-z][A-Za-z.'’]*)")
_GROUP_BEFORE = re.compile(r"\bgroup of $", re.IGNORECASE)
_CLOCK_AFTER = re.compile(r"[:.h]\d\d\b|\s?(?:a\.?m|p\.?m|o['’]clock|GMT|UTC)\b", re.IGNORECASE)
_DOTTED = re.compile(r"\.\d")
_ORDINAL_AFTER = re.compile(r"-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b|(?:th|st|nd|rd)\b")


class Exclusions:
    """Says why a number is no figure; None where it may be one."""

    def __init__(self, words: WordList) -> None:
        self.named = words.forms("before_name_number")
        self.times = words.forms("time_noun")
        self.months = words.forms("month")

    def why(self, text: str, number: Number, has_unit: bool) -> str | None:
        start, end = number.start, number.end
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        lead, rest = text[max(0, start - 24) : start], text[end : end + 24]
        if number.is_word:
            return self._why_word(number, has_unit, lead, rest)
        if before.isalnum() or before == "_" or (before in "-–‑" and lead[-2:-1].isalnum()):
            return "part of a name or a code"
        if not has_unit and after.isalnum():
            return "an ordinal, a decade or a code"
        if _ORDINAL_AFTER.match(rest) or (after.isalpha() and _GLUED_AFTER.match(rest)):
            return "an ordinal, a decade or a code"
        if before in "/:#@=&+\\" or (before == "." and lead[-2:-1].isdigit()) or after in "/\\@_":
            return "part of a date, a score, an address or a link"
        if _CLOCK_AFTER.match(rest) or _DOTTED.match(rest):
            return "a time of day or a version"
        if rest[:4].lower() == "-to-":
            return "a score"
        if after in "-–‑" and rest[1:2].isdigit():
            return "a telephone number or a date"
        return self._why_words(number, has_unit, lead, rest)

    def _why_word(self, number: Number, has_unit: bool, lead: str, rest: str) -> str | None:
        if lead[-1:] in ("-", "‑") or lead[-1:].isalpha():
            return "part of a compound"
        if _ORDINAL_AFTER.match(rest):
            return "an ordinal"
        if (why := self._why_words(number, True, lead, rest)) is not None:
            return why
        if rest[:2] in ("'s", "’s"):
            return "a possessor or a subject of its own"
        if not has_unit and _COMPOUND_AFTER.match(rest):
            return "part of a compound: six-party talks, one-on-one"
        return None

    def _why_words(self, number: Number, has_unit: bool, lead: str, rest: str) -> str | None:
        following = _WORD_AFTER.match(rest)
        word = following.group(1).lower().rstrip(".'’") if following else ""
        if word in self.times or word.removesuffix("’s") in self.times or word.split("’")[0] in self.times:
            return "a stretch of time or an age"
        if word in ("times", "fold"):
            return "a multiple"
        previous = _WORD_BEFORE.search(lead)
        earlier = previous.group(1) if previous else ""
        named = earlier.lower().rstrip(".")
        if earlier and named in self.named and not (earlier.islower() and number.value and number.value > 300):
            return "a number in a name or a reference"
        if _GROUP_BEFORE.search(lead) and not has_unit:
            return "a number in a name or a reference"
        if number.is_plain and not has_unit:
            if (
                word in self.months
                and (number.high or number.first) <= 31
                and following
                and following.group(1)[0].isupper()
            ):
                return "a day of the month"
            if named in self.months and earlier[0].isupper() and (number.high or number.first) <= 31:
                return "a day of the month"
            low, high = (number.low, number.high) if number.bound == "range" else (number.value, number.value)
            if low is not None and high is not None and 1500 <= low <= high <= 2100:
                if number.bound in ("exact", "range") and number.bound_start == number.start:
                    return "a year"
                if number.bound == "range" or named in self.months:
                    return "a year"
            if low is not None and 1500 <= low <= 2100 and number.bound == "range":
                return "a year"
        return None
