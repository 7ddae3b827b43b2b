"""Days, weeks, months, quarters and years as periods with names; ordinals of days in, ordinals out."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, get_args

from msgspec import Struct

from detente.errors import UsageError

Step = Literal["day", "week", "month", "quarter", "year"]
STEPS: tuple[Step, ...] = get_args(Step)


class Period(Struct, frozen=True):
    """`name` is `2024-03-05`, `2024-W10`, `2024-03`, `2024-Q1` or `2024`; `end` is its last day."""

    name: str
    start: int
    end: int


def period_of(day: int, step: Step) -> Period:
    """The period of this step that holds the day."""
    when = date.fromordinal(day)
    if step == "day":
        return Period(when.isoformat(), day, day)
    if step == "week":
        year, week, weekday = when.isocalendar()
        return Period(f"{year:04}-W{week:02}", day - weekday + 1, day - weekday + 7)
    months = {"month": 1, "quarter": 3, "year": 12}[step]
    first = (when.month - 1) // months * months + 1
    start = date(when.year, first, 1).toordinal()
    name = {
        "month": f"{when.year:04}-{first:02}",
        "quarter": f"{when.year:04}-Q{(first + 2) // 3}",
        "year": f"{when.year:04}",
    }[step]
    return Period(name, start, _month_after(when.year, first + months - 1) - 1)


MOST = 40_000
"""Of more periods than these, over a hundred years of days, nobody makes anything."""
_DAYS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}


def periods(first: int, last: int, step: Step) -> list[Period]:
    """All periods that hold a day from `first` to `last`, in order. Raises UsageError where they exceed `MOST`."""
    if last - first > MOST * _DAYS[step]:
        raise UsageError(
            f"the time holds more than {MOST:,} {step}s", value=f"{_iso(first)} to {_iso(last)}",
            expected="a shorter time or longer periods", todo="narrow it by --since and --until, or take another step",
        )  # fmt: skip
    found = []
    while first <= last:
        found.append(period_of(first, step))
        first = found[-1].end + 1
    return found


_DATE = re.compile(r"(\d{4})(?:-(?:W(\d{2})|Q([1-4])|(\d{2})(?:-(\d{2}))?))?", re.ASCII)


def named(name: str) -> Period:
    """The period that a name stands for. Raises UsageError where it is none."""
    found = _DATE.fullmatch(name.strip().upper())
    try:
        if found is None:
            raise ValueError
        year, week, quarter, month, day = (None if part is None else int(part) for part in found.groups())
        assert year is not None
        if week is not None:
            return period_of(date.fromisocalendar(year, week, 1).toordinal(), "week")
        if quarter is not None:
            return period_of(date(year, 3 * quarter, 1).toordinal(), "quarter")
        if month is None:
            return period_of(date(year, 1, 1).toordinal(), "year")
        return period_of(date(year, month, day or 1).toordinal(), "day" if day else "month")
    except ValueError:
        raise UsageError(
            "this names no period", value=name, expected="a year, quarter, month, week or day",
            todo="write it as 2024, 2024-Q1, 2024-03, 2024-W10 or 2024-03-05",
        ) from None  # fmt: skip


def bounds(since: str | None, until: str | None) -> tuple[int | None, int | None]:
    """The first and the last day of a time given by the names of periods, both included; None where it is open. Raises
    UsageError where one is no name, or where the time ends before it begins."""
    first = None if since is None else named(since).start
    last = None if until is None else named(until).end
    if first is not None and last is not None and last < first:
        raise UsageError(
            "this time ends before it begins", value=f"{since} to {until}", expected="--since no later than --until"
        )
    return first, last


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _month_after(year: int, month: int) -> int:
    return (
        (date(year, month + 1, 1) if month < 12 else date(year + 1, 1, 1)).toordinal()
        if year < 9999
        else (date(9999, 12, 31).toordinal())
    )
