"""Days to places across a picture, and which days and numbers bear a label."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Scale(Struct, frozen=True):
    """A straight line from the numbers `low` to `high` to the places `first` to `last`."""

    low: float
    high: float
    first: float
    last: float

    def __call__(self, value: float) -> float:
        return self.first + (value - self.low) / ((self.high - self.low) or 1.0) * (self.last - self.first)


class Tick(Struct, frozen=True):
    """A day that bears a label; `is_year` where a year begins."""

    day: int
    words: str
    is_year: bool


def ticks(first: int, last: int, room: float) -> list[Tick]:
    """Years, quarters, months or days between two ordinals, as close as labels have room: `room` is units wide."""
    most = max(2, int(room / 52))
    days = last - first + 1
    for months in (1, 3, 6, 12, 24, 60, 120, 240):
        if days / 30.4 / months <= most:
            break
    found = list(_days(first, last, most) if days < 75 else _months(first, last, months, is_long=months >= 12))
    if found and not found[0].is_year:
        year = date.fromordinal(found[0].day).year
        found[0] = Tick(found[0].day, f"{found[0].words} {year}", False)
    return found


def _months(first: int, last: int, months: int, *, is_long: bool) -> Iterator[Tick]:
    start = date.fromordinal(first)
    for year in range(start.year, date.fromordinal(last).year + 1):
        if months > 12 and year % (months // 12):
            continue
        for month in range(1, 13, months):
            day = date(year, month, 1).toordinal()
            if first <= day <= last:
                is_year = month == 1
                words = f"{year}" if is_long or is_year else MONTHS[month - 1]
                yield Tick(day, words, is_year)


def _days(first: int, last: int, most: int) -> Iterator[Tick]:
    step = next(step for step in (1, 2, 7, 14, 28, 75) if (last - first) / step < most)
    for day in range(first, last + 1, step):
        when = date.fromordinal(day)
        yield Tick(day, f"{when.day} {MONTHS[when.month - 1]}", False)


def day_words(day: int) -> str:
    """`5 Mar 2024`."""
    when = date.fromordinal(day)
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def levels_shown(low: float, high: float) -> tuple[float, float, list[int]]:
    """Ends of the scale of levels, zero always inside, and the levels that bear a label: from -10 to 10 at most."""
    step = 5 if high - low > 7 or max(high, -low) > 5 else 2
    bottom = max(-10, -step * -(-int(-min(low, -0.5) * 1000) // (1000 * step)))
    top = min(10, step * -(-int(max(high, 0.5) * 1000) // (1000 * step)))
    return float(bottom), float(top), list(range(bottom, top + 1, step))
