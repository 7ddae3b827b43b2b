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


def periods(first: int, last: int, step: Step) -> list[Period]:
    """All periods that hold a day from `first` to `last`, in order."""
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


def _month_after(year: int, month: int) -> int:
    return (
        (date(year, month + 1, 1) if month < 12 else date(year + 1, 1, 1)).toordinal()
        if year < 9999
        else (date(9999, 12, 31).toordinal())
    )
