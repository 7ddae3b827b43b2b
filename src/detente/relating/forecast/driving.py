"""What drives a forecast: how much of the expected number each kind of act, half-life and single happening makes up.

The expected number is a sum over happenings, so these shares are exact; correction and calibration come after.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import Struct

from detente.model.vocabulary import EventType
from detente.relating.forecast.counts import HALF_LIVES, Classes, reach
from detente.relating.forecast.history import TYPES, History
from detente.relating.forecast.terms import PROMPT, YEAR, Group, Term, Terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

SHOWN: Final = 20
_LEAST_SHARE: Final = 0.005


class Part(Struct, frozen=True, kw_only=True):
    """One term: `rate` happenings a day within the horizon's reach, and `share` of the expected number. `span` is the
    half-life in days, None for the whole record; for a year ago, the margin in days."""

    group: Group
    span: float | None
    rate: float
    share: float


class Driver(Struct, frozen=True, kw_only=True):
    """A happening between the two, with its share of the expected number; `forward` where it goes from the source to
    the target. Ids are empty where no record is open."""

    number: int
    happening_id: str
    event_ids: tuple[str, ...]
    type: EventType
    day: str
    forward: bool
    share: float


def parts(made: Terms, weights: Floats, pair: int, horizon: int) -> tuple[Part, ...]:
    """The terms with a share worth naming, largest first."""
    expected = made.expected[pair]
    number = float((expected * weights).sum())
    found = [
        Part(
            group=term.group,
            span=None if term.span >= HALF_LIVES[-1] else term.span,
            rate=float(expected[place]) / horizon,
            share=float(expected[place] * weights[place]) / number,
        )
        for place, term in enumerate(made.names)
        if number > 0 and expected[place] * weights[place] / number >= _LEAST_SHARE
    ]
    return tuple(sorted(found, key=lambda part: -part.share))


def drivers(
    made: Terms, weights: Floats, pair: tuple[int, int], place: int, history: History, classes: Classes, at: int,
    horizon: int, as_of: int, first_day: int,
) -> tuple[Driver, ...]:  # fmt: skip
    """The happenings between the two with the largest shares, largest first. `at` is the pair's place in the terms."""
    kind = np.array(classes.of_type)[history.kind]
    forward = (history.source == pair[0]) & (history.target == pair[1])
    between = forward | ((history.source == pair[1]) & (history.target == pair[0]))
    rows = np.flatnonzero(between & (kind >= 0))
    if not len(rows):
        return ()
    table = _ByGroup(made.names, weights, horizon)
    age = as_of - history.day[rows]
    lived = as_of - first_day + 1
    worth = np.zeros(len(rows))
    conflict = np.array(classes.is_conflict)
    is_same = kind[rows] == place
    is_kin = ~is_same & (conflict[kind[rows]] == conflict[place])
    for group, here in (
        ("own", forward[rows] & is_same),
        ("back", ~forward[rows] & is_same),
        ("kin", forward[rows] & is_kin),
        ("kin_back", ~forward[rows] & is_kin),
        ("contrary", ~is_same & ~is_kin),
    ):
        worth[here] += table.fading(group, age[here], lived)
    prompt = history.known[rows] - history.day[rows] <= PROMPT
    for group, here in (("year", forward[rows] & is_same & prompt), ("year_back", ~forward[rows] & is_same & prompt)):
        worth[here] += table.year_ago(group, history.day[rows][here], age[here], lived)
    number = float((made.expected[at] * weights).sum())
    order = np.lexsort((history.happening[rows], -worth))[:SHOWN]
    return tuple(
        Driver(
            number=int(history.happening[rows[row]]),
            happening_id="",
            event_ids=(),
            type=TYPES[history.kind[rows[row]]],
            day=date.fromordinal(int(history.day[rows[row]])).isoformat(),
            forward=bool(forward[rows[row]]),
            share=float(worth[row]) / number,
        )
        for row in order
        if number > 0 and worth[row] / number > 0
    )


class _ByGroup:
    """Weights by group, as what a single happening adds to the expected number."""

    def __init__(self, names: tuple[Term, ...], weights: Floats, horizon: int) -> None:
        self._weights = {(term.group, term.span): float(weight) for term, weight in zip(names, weights, strict=True)}
        self._horizon = horizon

    def fading(self, group: str, age: Ints, lived: int) -> Floats:
        found = np.zeros(len(age))
        for half_life, days in zip(HALF_LIVES, reach(lived), strict=True):
            weight = self._weights.get((group, half_life), 0.0)  # type: ignore[arg-type]
            found += weight * self._horizon * np.exp2(-age / half_life) / days
        return found

    def year_ago(self, group: str, day: Ints, age: Ints, lived: int) -> Floats:
        """A day counts once however much happened: those of one day share it."""
        _, same, times = np.unique(day, return_inverse=True, return_counts=True)
        found = np.zeros(len(day))
        for (name, margin), weight in self._weights.items():
            if name != group:
                continue
            if lived > YEAR + margin:
                inside = (age < YEAR + margin) & (age >= YEAR - margin - self._horizon)
                found += np.where(inside, weight * self._horizon / (self._horizon + 2 * margin) / times[same], 0.0)
            else:  # too young: the mean of the record stands in
                found += weight * self._horizon / float(reach(lived)[-1])
        return found
