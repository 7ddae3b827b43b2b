"""Arithmetic on the calendar: what a TIMEX3 value covers, and what an offset comes to on a given day.

Knows nothing of words or documents. The grammar of offsets stands at the head of `reading.times`. Weeks are those of
ISO 8601. Seasons are those of the northern half of the earth: spring is March to May, and a winter bears the
number of the year in which it ends. A number left open (X) is read as 2 to 9.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

SEASONS = {"SP": (3, 0), "SU": (6, 0), "FA": (9, 0), "WI": (12, -1)}
OPEN = (2, 9)
FAR = 274
"""Days: a date without a year is not looked for further away than nine months if there is a nearer one."""


class Stretch(NamedTuple):
    """The days from `start` to `end`, both included; `size` is the unit named (R where it is none); `value` TIMEX3."""

    start: date
    end: date
    size: str
    value: str


Context = Callable[[str], Stretch | None]


def plus(day: date, count: int, unit: str) -> date:
    """`day` moved by so many units; the last day of the month where the month is shorter. OverflowError past 9999."""
    if unit in "DW":
        return day + timedelta(days=count * (7 if unit == "W" else 1))
    months = count * {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "L": 12000}[unit]
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def around(day: date, unit: str) -> Stretch:
    """The whole unit that holds `day`."""
    if unit == "W":
        start = day - timedelta(days=day.weekday())
        year, week, _ = day.isocalendar()
        return Stretch(start, start + timedelta(days=6), "W", f"{year:04d}-W{week:02d}")
    if unit == "M":
        return _months(
            day.year, day.month, 1, "M", f"{day:%Y-%m}" if day.year > 999 else f"{day.year:04d}-{day.month:02d}"
        )
    if unit == "Q":
        quarter = (day.month - 1) // 3
        return _months(day.year, quarter * 3 + 1, 3, "Q", f"{day.year:04d}-Q{quarter + 1}")
    if unit in ("Y", "E", "C", "L"):
        return _years(day.year, unit)
    return Stretch(day, day, "D", day.isoformat())


def _months(year: int, month: int, count: int, size: str, value: str) -> Stretch:
    last = month + count - 1
    return Stretch(date(year, month, 1), date(year, last, monthrange(year, last)[1]), size, value)


def _years(year: int, size: str) -> Stretch:
    length = {"Y": 1, "E": 10, "C": 100, "L": 1000}[size]
    first = year - year % length
    digits = {"Y": 4, "E": 3, "C": 2, "L": 1}[size]
    return Stretch(date(max(first, 1), 1, 1), date(first + length - 1, 12, 31), size, f"{first:04d}"[:digits])


# -- slots -----------------------------------------------------------------------------------------------

_SLOT = r"EASTER[+-]\d+|M\d\dWD\d#-?\d|M\d\d(?:D\d\d(?:W\d)?)?|WD\d|WE|Q\d|H\d|SP|SU|FA|WI"
_NTH = re.compile(r"M(\d\d)WD(\d)#(-?\d)")


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous Gregorian computus)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    n = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * n) // 451
    month, day = divmod(h + n - 7 * m + 114, 31)
    return date(year, month, day + 1)


def occurrence(slot: str, year: int) -> Stretch:
    """Where a slot that comes once a year falls in `year`. ValueError where it does not (29 February)."""
    if slot.startswith("EASTER"):
        return around(easter(year) + timedelta(days=int(slot[6:])), "D")
    if nth := _NTH.fullmatch(slot):
        month, weekday, order = (int(part) for part in nth.groups())
        if order > 0:
            first = date(year, month, 1)
            return around(first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (order - 1)), "D")
        last = date(year, month, monthrange(year, month)[1])
        return around(last - timedelta(days=(last.isoweekday() - weekday) % 7), "D")
    if slot[0] == "M":
        day = date(year, int(slot[1:3]), int(slot[4:6] or 1))
        if "W" in slot and day.isoweekday() != int(slot[-1]):
            raise ValueError(slot)
        return around(day, "D" if "D" in slot else "M")
    if slot in SEASONS:
        month, back = SEASONS[slot]
        start = date(year + back, month, 1)
        return Stretch(start, plus(start, 3, "M") - timedelta(days=1), "S", f"{year:04d}-{slot}")
    if slot[0] == "Q":
        return around(date(year, int(slot[1]) * 3 - 2, 1), "Q")
    return _months(year, 1 if slot == "H1" else 7, 6, "H", f"{year:04d}-{slot}")


def _weekly(slot: str, day: date) -> Stretch:
    """Where a slot that comes once a week falls in the week of `day`."""
    monday = day - timedelta(days=day.weekday())
    if slot == "WE":
        year, week, _ = day.isocalendar()
        return Stretch(monday + timedelta(days=5), monday + timedelta(days=6), "WE", f"{year:04d}-W{week:02d}-WE")
    return around(monday + timedelta(days=int(slot[2]) - 1), "D")


def within(slot: str, whole: Stretch) -> Stretch | None:
    """The slot inside a stretch: November of last year, Monday of last week."""
    if slot[0] == "W" and slot != "WI":
        return _weekly(slot, whole.start)
    for year in range(whole.start.year, min(whole.end.year, whole.start.year + 1) + 1):
        found = _occurrence(slot, year)
        if found is not None and found.start <= whole.end and whole.start <= found.end:
            return found
    return None


def _occurrence(slot: str, year: int) -> Stretch | None:
    try:
        return occurrence(slot, year)
    except (ValueError, OverflowError):
        return None


def nearest(slot: str, relation: str, when: Stretch) -> Stretch | None:
    """The slot's place next to `when`: < wholly before, <= begun by then, >= not over by then, > wholly after,
    ~ nearest, <~ and >~ like <= and >=, but the other side where that lies over nine months away and the other
    does not."""
    if slot[0] == "W" and slot != "WI":
        found = [_weekly(slot, when.start + timedelta(days=7 * week)) for week in (-2, -1, 0, 1, 2)]
    else:
        years = range(when.start.year - 8, when.end.year + 9)
        found = [place for year in years if (place := _occurrence(slot, year)) is not None]
    before = [place for place in found if place.start <= when.end][-1:]
    behind = [place for place in found if place.end >= when.start][:1]
    if relation in ("<~", ">~"):
        likely, other = (before, behind) if relation == "<~" else (behind, before)
        if likely and other and _apart(likely[0], when) > FAR >= _apart(other[0], when):
            likely = other
        found = likely or other
        return found[0] if found else None
    keep = {
        "<": [place for place in found if place.end < when.start][-1:],
        "<=": before,
        ">=": behind,
        ">": [place for place in found if place.start > when.end][:1],
        "~": sorted(found, key=lambda place: (_apart(place, when), place.start))[:1],
    }[relation]
    return keep[0] if keep else None


def _apart(one: Stretch, other: Stretch) -> int:
    return max((one.start - other.end).days, (other.start - one.end).days, 0)


# -- values ----------------------------------------------------------------------------------------------

_VALUE = re.compile(
    rf"(?P<year>\d{{4}})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d)(?P<time>T\S+)?)?|W(?P<week>\d\d)(?P<we>-WE)?|(?P<slot>{_SLOT})))?"
    r"|(?P<decade>\d{3})|(?P<century>\d\d)"
)


def stretch_of(value: str) -> Stretch | None:
    """The days that a TIMEX3 value covers; None for a length, a set, a reference or a value with open digits."""
    first, _, last = value.partition("/")
    if last:
        begin, end = stretch_of(first), stretch_of(last)
        return Stretch(begin.start, end.end, "R", value) if begin and end and begin.start <= end.end else None
    found = _VALUE.fullmatch(value)
    if found is None:
        return None
    try:
        return _stretch(found, value)
    except (ValueError, OverflowError):
        return None


def _stretch(found: re.Match[str], value: str) -> Stretch:
    if century := found["century"]:
        return _years(int(century) * 100, "C")
    if decade := found["decade"]:
        return _years(int(decade) * 10, "E")
    year = int(found["year"])
    if found["week"]:
        day = date.fromisocalendar(year, int(found["week"]), 1)
        return _weekly("WE", day) if found["we"] else around(day, "W")
    if found["slot"]:
        return occurrence(found["slot"], year)
    if found["day"]:
        stretch = around(date(year, int(found["month"]), int(found["day"])), "D")
        return stretch._replace(size="T", value=value) if found["time"] else stretch
    if found["month"]:
        return around(date(year, int(found["month"]), 1), "M")
    return _years(year, "Y")


# -- offsets ---------------------------------------------------------------------------------------------

_STEP = re.compile(
    rf"(?P<sign>[+-])(?P<count>\d+(?:\.\d+)?|X)(?P<unit>[DWMQYECLHNS])(?P<same>=?)|@(?P<whole>[DWMQYECL])"
    rf"|(?P<relation><=|>=|<~|>~|<|>|~)(?P<slot>{_SLOT})|/(?P<part>{_SLOT}|T[\w:+-]+)"
)
_CLOCK_DAYS = {"H": 24, "N": 24 * 60, "S": 24 * 3600}


def resolve(offset: str, published: Stretch | None, context: Context) -> Stretch | None:
    """What an offset comes to; None where its anchor is not known or the words leave it open.

    `context` gives the last mentioned stretch that is at least as fine as a unit.
    """
    first, _, last = offset.partition("..")
    try:
        begin = _point(first, published, context)
        if not last or begin is None:
            return begin
        if last[:3] not in ("pub", "ctx"):
            end = within(last, around(begin.start, "Y"))
        else:
            end = _point(last, published, context)
    except (OverflowError, ValueError):
        return None
    return None if end is None else _range(begin, end)


def _range(begin: Stretch, end: Stretch) -> Stretch | None:
    if begin.start > end.end:
        return None
    if begin.start <= end.start and end.end <= begin.end:
        return Stretch(begin.start, end.end, "R", begin.value)
    if end.start <= begin.start and begin.end <= end.end:
        return Stretch(begin.start, end.end, "R", end.value)
    return Stretch(begin.start, end.end, "R", f"{begin.value}/{end.value}")


def _point(text: str, published: Stretch | None, context: Context) -> Stretch | None:
    steps = list(_STEP.finditer(text, 3))
    here = published
    if text.startswith("ctx"):
        here = context(_fineness(steps)) or published
        if here is published and steps and steps[0]["whole"] == "Q" and published is not None:
            here = around(plus(published.start, -1, "Q"), "Q")
    for found in steps:
        if here is None:
            return None
        here = _stepped(here, found)
    return here


def _fineness(steps: list[re.Match[str]]) -> str:
    if not steps:
        return "D"
    first = steps[0]
    unit = first["unit"] or first["whole"]
    if unit:
        return "Q=" if unit == "Q" and first["whole"] else unit
    slot = first["slot"] or "D"
    return "M" if re.fullmatch(r"M\d\d", slot) else "D"


def _stepped(here: Stretch, found: re.Match[str]) -> Stretch | None:
    if unit := found["whole"]:
        return around(here.start, unit)
    if relation := found["relation"]:
        return nearest(found["slot"], relation, here)
    if part := found["part"]:
        if part[0] == "T":
            return here._replace(size="T", value=here.value + part) if here.size in ("D", "T") else here
        return within(part, here)
    return _moved(here, found["sign"], found["count"], found["unit"], same=bool(found["same"]))


def _moved(here: Stretch, sign: str, count: str, unit: str, *, same: bool) -> Stretch:
    ways = -1 if sign == "-" else 1
    if unit in _CLOCK_DAYS:
        days = 1 if count == "X" else int(float(count) // _CLOCK_DAYS[unit])
        return around(plus(here.start, ways * days, "D"), "D")
    if count == "X":
        near, far = (plus(here.start, ways * number, unit) for number in OPEN)
        if same:
            return around(far, "D")
        return Stretch(min(near, far), max(near, far), "R", "PAST_REF" if ways < 0 else "FUTURE_REF")
    whole = int(float(count))
    if whole != float(count):
        months = {"Y": 12, "E": 120, "C": 1200}.get(unit)
        if months is None:
            return around(plus(here.start, ways * round(float(count)), unit), unit)
        return around(plus(here.start, ways * round(float(count) * months), "M"), "M")
    moved = plus(here.start, ways * whole, unit)
    if same:
        return around(moved, here.size if here.size in "DWMQYEC" else "D")
    return around(moved, unit)
