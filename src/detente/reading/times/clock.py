"""Rules for times of day: 10:35 a.m. GMT, 5 o'clock, noon, Friday morning."""

from __future__ import annotations

from detente.reading.times.rule import Match, Rules
from detente.reading.times.sense import Sense

CLOCK = Rules()


def _clock_value(hours: int, minutes: str, half: str, zone: str) -> str | None:
    if half and half[0] in "pP" and hours < 12:
        hours += 12
    elif half and half[0] in "aA" and hours == 12:
        hours = 0
    if hours > 24 or (half and hours > 23):
        return None
    return f"T{hours:02d}:{minutes}{zone}"


@CLOCK.rule("time of day", r"(?P<c>\#)(?P<z>%)?(?P<G>G)?")
def clock(found: Match) -> Sense | None:
    hours, minutes = found.code("c").replace(".", ":").split(":", 1)
    value = _clock_value(int(hours), minutes, found.code("z"), found.code("G"))
    return Sense("time", "T", slot=value) if value else None


@CLOCK.rule("time of day", r"(?P<n>[DC])-?(?P<z>%)(?P<G>G)?")
def whole_hour(found: Match) -> Sense | None:
    if int(found.code("n")) > 12:
        return None
    value = _clock_value(int(found.code("n")), "00", found.code("z"), found.code("G"))
    return Sense("time", "T", slot=value) if value else None


@CLOCK.rule("time of day", r"(?P<n>[DC])=(?:2w(?P<P>P))?")
@CLOCK.rule("time of day", r"(?P<n>[DC])2w(?P<P>P)")
def oclock(found: Match) -> Sense | None:
    hours = int(found.code("n"))
    if hours > 12:
        return None
    half = {"MO": "a", "AF": "p", "EV": "p", "NI": "p" if hours > 5 else "a"}.get(found.code("P"), "")
    value = _clock_value(hours, "00", half, "")
    return Sense("time", "T", slot=value) if value else None


@CLOCK.rule("part of the day", r"(?P<P>P)(?P<G>G)?")
def daypart(found: Match) -> Sense | None:
    code = found.code("P")
    return Sense("time", "T", slot=f"T{code}{found.code('G')}", weak=True)


@CLOCK.rule("part of the day", r"w(?P<P>P)(?!-)")
def the_daypart(found: Match) -> Sense | None:
    return Sense("time", "T", slot=f"T{found.code('P')}", weak=True)


@CLOCK.rule("overnight", "v")
def overnight(found: Match) -> Sense | None:
    return Sense("time", "T", slot="TNI")
