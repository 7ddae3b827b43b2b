"""A date of publication as it is written, read as an interval of days.

Read: ISO 8601 (day, month, year, with or without a time; an interval with a slash), RFC 2822, what PDFs and web servers
write, and the common English forms. The day is that of the place the writer names: 2024-07-01T23:30-04:00 is 1 July.
Not read: 3/4/2024, which is one day in London and another in Washington, and anything relative such as "yesterday".
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Literal

from detente.model.date import Date
from detente.model.vocabulary import DatePrecision

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sep sept", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_CLOCK = r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,9})?)?\s?(?:[ap]\.?m\.?)?"
_ZONE = r"(?:[zZ]|[A-Za-z]{2,5}|(?:GMT|UTC)?\s?[+-]\d{1,2}:?(?:\d{2})?)"
_TIME = rf"(?:\s*(?:,|-|–|\||at|t)?\s*{_CLOCK}(?:\s?\(?{_ZONE}\)?)?(?:\s?\([^()]{{1,20}}\))?)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_YEAR = r"(?P<year>\d{4})"
_FORMS = tuple(
    re.compile(form + "$", re.IGNORECASE)
    for form in (
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?:[t\s]\d\d(?::?\d\d(?::?\d\d(?:[.,]\d{{1,9}})?)?)?\s?(?:{_ZONE})?)?",
        rf"{_YEAR}-(?P<month>\d\d)",
        _YEAR,
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?:t?\d{{4,6}}(?:{_ZONE})?)?",
        rf"d:{_YEAR}(?:(?P<month>\d\d)(?:(?P<day>\d\d)(?:\d\d){{0,3}}(?:[zZ]|[+-]\d\d'?(?:\d\d)?'?)?)?)?(?:00'00'?)?",
        rf"{_YEAR}[/.](?P<month>\d\d?)[/.](?P<day>\d\d?){_TIME}",
        rf"{_WEEKDAY}{_DAY}[\s-](?:of\s)?{_MONTH},?[\s-]{_YEAR}{_TIME}",
        rf"{_WEEKDAY}{_MONTH}\s{_DAY},?\s{_YEAR}{_TIME}",
        rf"{_WEEKDAY}{_MONTH}\s{_DAY}\s{_CLOCK}\s(?:[a-z]{{2,5}}\s)?{_YEAR}",
        rf"{_MONTH},?\s{_YEAR}",
        rf"(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.\s?{_YEAR}{_TIME}",
    )
)
_SLASHED = re.compile(rf"(?P<first>\d\d?)[/-](?P<second>\d\d?)[/-]{_YEAR}{_TIME}$", re.IGNORECASE)
_EARLIEST, _LATEST = 1500, 2199
_LONGEST = 80

EXPECTED = "a date such as 2024-07-01, 1 July 2024, July 2024 or 2024-01-01/2024-03-31"


def read_published(raw: str, basis: Literal["given", "metadata"]) -> Date | None:
    """The days that `raw` names, or None where it is no date or could be two."""
    text = " ".join(raw.split())
    if not text or len(text) > _LONGEST:
        return None
    days = _interval(text) if text.count("/") == 1 else _days(text)
    if days is None:
        return None
    start, end, precision = days
    return Date(start=start.isoformat(), end=end.isoformat(), precision=precision, basis=basis, raw=raw.strip())


def is_ambiguous(raw: str) -> bool:
    """Whether `raw` is a date in numbers that names one day where days come first and another where months do."""
    return (found := _SLASHED.match(" ".join(raw.split())[:_LONGEST])) is not None and _slashed(found) is None


_Days = tuple[date, date, DatePrecision]


def _interval(text: str) -> _Days | None:
    first, _, last = text.partition("/")
    start, end = _days(first.strip()), _days(last.strip())
    if start is None or end is None or start[0] > end[1]:
        return None
    return start[0], end[1], start[2] if start[:2] == end[:2] else "interval"


def _days(text: str) -> _Days | None:
    if (slashed := _SLASHED.match(text)) is not None:
        return _slashed(slashed)
    for form in _FORMS:
        if (found := form.match(text)) is None:
            continue
        parts = found.groupdict()
        year, month, day = int(parts["year"]), parts.get("month"), parts.get("day")
        number = None if month is None else int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
        return _named(year, number, None if day is None else int(day))
    return None


def _slashed(found: re.Match[str]) -> _Days | None:
    first, second, year = int(found["first"]), int(found["second"]), int(found["year"])
    if first > 12 or first == second:
        return _named(year, second, first)
    return _named(year, first, second) if second > 12 else None


def _named(year: int, month: int | None, day: int | None) -> _Days | None:
    if not _EARLIEST <= year <= _LATEST:
        return None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31), "year"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"
    if not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day), date(year, month, day), "day"
