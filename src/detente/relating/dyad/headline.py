"""The one line on top of the page: which way things go between the two, since when, and what moved them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import hypot
from typing import Literal

from msgspec import Struct

from detente.model import Happening
from detente.relating.index.levels import IndexSeries, Point
from detente.relating.index.observations import Observation

Direction = Literal["warmer", "colder", "no clear change", "not enough to say"]
MONTHS_BACK = 3
MOVERS = 3
_SCALE = "on a scale from -10 (hostile) to +10 (friendly)"


class Headline(Struct, frozen=True, kw_only=True):
    """`now` and `before` are points of the monthly index three months apart, where both are said; where one month alone
    is said it is `now`. `happening_ids` are those that weigh most in the direction told, the heaviest first."""

    direction: Direction
    words: str
    now: Point | None = None
    before: Point | None = None
    happening_ids: tuple[str, ...] = ()


def headline(series: IndexSeries, read: Callable[[Sequence[str]], Sequence[Happening]]) -> Headline:
    """The direction between the last month that can be said and the last one that can three months or more before it,
    or the first there is.

    It is told as warmer or colder only where the difference is larger than both 80 % bands, taken as independent, allow
    by chance; which holds back rather than overstates, as neighbouring months share most of what they rest on. `read`
    gives happenings by their ids.
    """
    said = [point for point in series.points if point.is_said]
    if not said:
        return Headline(direction="not enough to say", words=_too_few(series))
    if len(said) == 1:
        only = said[0]
        words = (
            f"Only of {only.period} there is enough to say: {only.level:+.1f}, {_SCALE}. Which way things go is open."
        )
        return Headline(direction="not enough to say", words=words, now=only)
    now, before = said[-1], _earlier(series.points, said)
    moved = now.level - before.level
    room = hypot(now.high - now.low, before.high - before.low) / 2
    direction: Direction = "no clear change"
    if abs(moved) > room:
        direction = "warmer" if moved > 0 else "colder"
    movers = _movers(series.observations, before, now, moved if direction != "no clear change" else None)
    because = "; ".join(told(row) for row in read([one.happening_id for one in movers]))
    span = f"{before.level:+.1f} in {before.period} to {now.level:+.1f} in {now.period}"
    if direction == "no clear change":
        words = f"No clear change: {span}, {_SCALE}."
    else:
        words = f"{direction.capitalize()}: from {span}, {_SCALE}."
    return Headline(
        direction=direction,
        words=words + (f" What weighs most: {because}." if because else ""),
        now=now,
        before=before,
        happening_ids=tuple(one.happening_id for one in movers),
    )


def _too_few(series: IndexSeries) -> str:
    count = series.counted
    return (
        f"Not enough to say which way things go: {count} dated happening{'s' * (count != 1)} with weight between the "
        "two in this record."
    )


def _earlier(points: Sequence[Point], said: Sequence[Point]) -> Point:
    """Of the points that are said, the last that lies three months or more before the last; else the first."""
    place = next(place for place, point in enumerate(points) if point.period == said[-1].period)
    periods = {point.period for point in points[: max(0, place - MONTHS_BACK + 1)]}
    return next((point for point in reversed(said) if point.period in periods), said[0])


def _movers(
    observations: Sequence[Observation], before: Point, now: Point, moved: float | None
) -> tuple[Observation, ...]:
    """The happenings after the earlier point's period that pull furthest from its level, to the side of the move."""
    inside = [one for one in observations if one.weight > 0 and _is_after(one, before) and not _is_after(one, now)]
    if moved is not None:
        inside = [one for one in inside if (one.score - before.level) * moved > 0]
    inside.sort(key=lambda one: (-one.weight * abs(one.score - before.level), -one.day, one.happening_id))
    return tuple(inside[:MOVERS])


def _is_after(one: Observation, point: Point) -> bool:
    from datetime import date

    return one.day > date.fromisoformat(point.end).toordinal()


def told(happening: Happening) -> str:
    """`COERCE, Chile > Peru, 2024-03-12, 3 witnesses`."""
    who = f"{_names(happening.sources)} > {_names(happening.targets)}"
    if happening.sources and happening.sources == happening.targets:
        who = f"{_names(happening.sources)} together"
    day = happening.date.start if happening.date is not None and happening.date.start else "no day known"
    plural = "es" * (happening.witnesses != 1)
    return f"{happening.type}, {who}, {day}, {happening.witnesses} witness{plural}"


def _names(refs: Sequence[object]) -> str:
    return ", ".join(getattr(ref, "name", "-") for ref in refs) or "-"
