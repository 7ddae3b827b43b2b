"""From observations to the series that is shown: a level with its band for each period, and where it moved.

    levels(observations, "month", prior=Weights.load().prior) -> IndexSeries

All steps are read off one daily level, so that a quarter is the mean of its days, as its months are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from math import sqrt
from typing import Literal

import numpy as np
from msgspec import Struct

from detente.relating.index.fitting import DAYS_A_YEAR, Array, Fit, column, fit
from detente.relating.index.observations import Observation, in_order, ordinal
from detente.relating.index.periods import Period, Step, period_of, periods
from detente.relating.index.state import Chain, Variances, nodes_of, smooth
from detente.relating.index.weights import Prior

BAND = 1.2815515655446004
"""Half the width of an 80 % band, in standard deviations."""
LEAST = 3
"""From how many happenings with weight on a level is said at all."""
TOP = 10.0


class Point(Struct, frozen=True, kw_only=True):
    """The level of one period. Where `is_said` is false there is not enough to say: `level` and the band stand for
    completeness only. `happenings` counts those with weight whose middle lies in the period; `conflict` and
    `cooperation` those of them below and above zero; `witnesses` sums their independent witnesses."""

    period: str
    start: str
    end: str
    level: float
    low: float
    high: float
    is_said: bool
    happenings: int
    conflict: int
    cooperation: int
    witnesses: int


class Change(Struct, frozen=True, kw_only=True):
    """A move beyond the band: `step` where the level started anew on the day `start`, `drift` where it went one way
    from the period `start` to the period `end`. `low` and `high` bound the difference, with 80 %."""

    kind: Literal["step", "drift"]
    start: str
    end: str
    before: float
    after: float
    low: float
    high: float


class Spreads(Struct, frozen=True, kw_only=True):
    """The fitted standard deviations, on the scale from -10 to 10; what they are of is in the table of weights."""

    year: float
    day: float
    act: float


class IndexSeries(Struct, frozen=True, kw_only=True):
    """`observations` are all that the level rests on, in order; `points` only those of the time asked for. `parties`,
    codes of territories or ids of actors, and what was left out are filled in where a record is known."""

    step: Step
    points: tuple[Point, ...]
    changes: tuple[Change, ...]
    spreads: Spreads | None
    observations: tuple[Observation, ...]
    undated: int
    fitted: Fit | None
    parties: tuple[str, str] | None = None
    directed: bool = False
    without: tuple[str, ...] = ()

    @property
    def counted(self) -> int:
        """How many of the happenings have weight."""
        return sum(row.weight > 0 for row in self.observations)

    @property
    def breaks(self) -> tuple[str, ...]:
        """The days on which the level started anew."""
        return () if self.fitted is None else tuple(_iso(day) for day in sorted(self.fitted.breaks))


def levels(
    observations: Iterable[Observation],
    step: Step = "month",
    *,
    prior: Prior,
    since: int | None = None,
    until: int | None = None,
    undated: int = 0,
) -> IndexSeries:
    """The index of one dyad. `since` and `until` are ordinals that bound the periods shown, not what they rest on.
    `undated` is handed through: happenings that could not be placed in time."""
    rows = in_order(observations)
    if not any(row.weight > 0 for row in rows):
        return IndexSeries(
            step=step, points=(), changes=(), spreads=None, observations=tuple(rows), undated=undated, fitted=None
        )
    fitted = fit(rows, prior)
    first, last = fitted.first_day, rows[-1].day if until is None else until
    shown = periods(first if since is None else max(first, since), last, step)
    line = Line(fitted, shown, step)
    points = _points(line, shown, rows, fitted)
    return IndexSeries(
        step=step,
        points=tuple(points),
        changes=tuple(changes(line, points, fitted)),
        spreads=_spreads(fitted.variances),
        observations=tuple(rows),
        undated=undated,
        fitted=fitted,
    )


def _spreads(variances: Variances) -> Spreads:
    return Spreads(year=sqrt(variances.move * DAYS_A_YEAR), day=sqrt(variances.day), act=sqrt(variances.act))


class Line:
    """The smoothed level on every day that matters: those with happenings, the first of each period, and the day before
    each break. Between two of these the level is expected on the straight line."""

    def __init__(self, fitted: Fit, shown: Sequence[Period], step: Step) -> None:
        self.step = step
        extra = {max(period.start, fitted.first_day) for period in shown} | {period.end + 1 for period in shown}
        extra |= {day - 1 for day in fitted.breaks}
        self.first_day = fitted.first_day
        self.variances = fitted.variances
        self.nodes = nodes_of(fitted.seen, sorted(extra), fitted.variances)
        self.chain: Chain = smooth(self.nodes, fitted.variances, fitted.breaks)

    def mean_of(self, period: Period) -> tuple[list[tuple[int, float]], float]:
        """The mean over the days of a period as a weighted sum of nodes, and the variance that the days between the
        nodes add to it, which wander about the straight line as a bridge. Days before the first happening do not count.
        """
        days, start = self.chain.days, max(period.start, self.first_day)
        first, last = bisect_left(days, start), bisect_left(days, period.end + 1)
        length = period.end + 1 - start
        weights = [0.0] * (last - first + 1)
        bridge = 0.0
        for i in range(first, last):
            gap = days[i + 1] - days[i]
            weights[i - first] += (gap + 1) / (2 * length)
            weights[i + 1 - first] += (gap - 1) / (2 * length)
            bridge += self.variances.move * gap * (gap * gap - 1) / (12 * length * length)
        return [(first + i, weight) for i, weight in enumerate(weights)], bridge

    def level_of(self, period: Period) -> tuple[float, float]:
        """Mean and variance of the period's level."""
        weights, variance = self.mean_of(period)
        mean = carried = 0.0
        for place, weight in weights:
            mean += weight * self.chain.mean[place]
            variance += weight * (weight + 2 * carried) * self.chain.variance[place]
            carried = self.chain.gain[place] * (carried + weight)
        return mean, variance

    def variance_of_difference(self, one: Period, other: Period) -> float:
        """Of the level of a later period less that of an earlier one."""
        ahead, bridge = self.mean_of(other)
        behind, more = self.mean_of(one)
        signed = dict(ahead)
        for place, weight in behind:
            signed[place] = signed.get(place, 0.0) - weight
        variance, carried = bridge + more, 0.0
        for place in range(behind[0][0], ahead[-1][0] + 1):
            weight = signed.get(place, 0.0)
            variance += weight * (weight + 2 * carried) * self.chain.variance[place]
            carried = self.chain.gain[place] * (carried + weight)
        return max(variance, 0.0)


def band(mean: float, variance: float) -> tuple[float, float]:
    half = BAND * sqrt(max(variance, 0.0))
    return max(-TOP, mean - half), min(TOP, mean + half)


def _points(line: Line, shown: Sequence[Period], rows: Sequence[Observation], fitted: Fit) -> list[Point]:
    weight, score, day = (column(rows, name, float) for name in ("weight", "score", "day"))
    has_weight = weight > 0
    counts = [
        _running(has_weight), _running(has_weight & (score < 0)), _running(has_weight & (score > 0)),
        _running(has_weight * column(rows, "witnesses", int)),
    ]  # fmt: skip
    starts = np.searchsorted(day, [period.start for period in shown], "left").tolist()
    ends = np.searchsorted(day, [period.end for period in shown], "right").tolist()
    points = []
    for period, start, end in zip(shown, starts, ends, strict=True):
        mean, variance = line.level_of(period)
        low, high = band(mean, variance)
        happenings, conflict, cooperation, witnesses = (count[end] - count[start] for count in counts)
        points.append(
            Point(
                period=period.name, start=_iso(period.start), end=_iso(period.end), level=mean, low=low, high=high,
                is_said=is_enough(counts[0][-1], variance, fitted), happenings=happenings,
                conflict=conflict, cooperation=cooperation, witnesses=witnesses,
            )
        )  # fmt: skip
    return points


def is_enough(counted: int, variance: float, fitted: Fit) -> bool:
    """Whether a level with this variance is said: enough happenings count, and they have halved what was not known."""
    return counted >= LEAST and variance <= fitted.variances.level / 4


def _running(values: Array) -> list[int]:
    """Sums up to each place, zero first."""
    return [0, *np.cumsum(values.astype(int)).tolist()]


def changes(line: Line, points: Sequence[Point], fitted: Fit) -> list[Change]:
    """Where the level moved beyond the band, in order of time.

    A step: at a break, where the 80 % interval of the level on that day less that on the day before leaves out zero.
    A drift: where that of two neighbouring periods' levels does, both being said and no step lying in them; drifts
    that follow on one another in one direction are one, from the first period to the last.
    """
    shown = [(point, period_of(ordinal(point.start), line.step)) for point in points]
    steps = list(_steps(line, shown, fitted))
    days = [ordinal(change.start) for change in steps]
    runs: list[tuple[int, int, bool]] = []
    for i in range(len(shown) - 1):
        (one, before), (other, after) = shown[i], shown[i + 1]
        if not (one.is_said and other.is_said) or any(before.start < day <= after.end for day in days):
            continue
        variance = line.variance_of_difference(before, after)
        move = other.level - one.level
        if abs(move) <= BAND * sqrt(variance):
            continue
        if runs and runs[-1][1] == i and runs[-1][2] == (move > 0):
            runs[-1] = (runs[-1][0], i + 1, move > 0)
        else:
            runs.append((i, i + 1, move > 0))
    drifts = [_drift(line, shown[first], shown[last]) for first, last, _ in runs]
    return sorted([*steps, *drifts], key=lambda change: (change.start, change.kind))


def _steps(line: Line, shown: Sequence[tuple[Point, Period]], fitted: Fit) -> Iterable[Change]:
    chain = line.chain
    for day in sorted(fitted.breaks):
        if not shown or not shown[0][1].start <= day <= shown[-1][1].end:
            continue
        after = bisect_left(chain.days, day)
        before = after - 1
        variance = chain.variance[before] + (1 - 2 * chain.gain[before]) * chain.variance[after]
        move, half = chain.mean[after] - chain.mean[before], BAND * sqrt(max(variance, 0.0))
        if abs(move) > half:
            yield Change(
                kind="step", start=_iso(day), end=_iso(day), before=chain.mean[before], after=chain.mean[after],
                low=move - half, high=move + half,
            )  # fmt: skip


def _drift(line: Line, first: tuple[Point, Period], last: tuple[Point, Period]) -> Change:
    half = BAND * sqrt(line.variance_of_difference(first[1], last[1]))
    move = last[0].level - first[0].level
    return Change(
        kind="drift", start=first[0].period, end=last[0].period, before=first[0].level, after=last[0].level,
        low=move - half, high=move + half,
    )  # fmt: skip


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
