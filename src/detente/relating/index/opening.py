"""A point opened to the happenings that make it: how much of the level each one carries. They add up to the point.

The smoothed level is a weighted sum of scores, with weights that the rows' days and precisions give; what is missing
from one is the weight of the start, where nothing was known and the level was held to be zero.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from detente.relating.index.levels import IndexSeries, Line, is_enough
from detente.relating.index.observations import Observation
from detente.relating.index.periods import Period
from detente.relating.index.state import covariances, precision


class Share(Struct, frozen=True, kw_only=True):
    """`share` is the weight of a happening in the point, from 0 to 1; `points` what it adds to the level: share times
    score. `day` is the one it counts on."""

    happening_id: str
    type: str
    day: str
    score: float
    weight: float
    witnesses: int
    share: float
    points: float


class Opening(Struct, frozen=True, kw_only=True):
    """One period's level and all that it rests on: `shares` by how much they add, largest first. `start_share` is the
    weight of knowing nothing, which adds zero. Where `is_said` is false there is not enough to say, as in a Point."""

    period: str
    level: float
    is_said: bool
    start_share: float
    shares: tuple[Share, ...]


def opened(series: IndexSeries, period: Period) -> Opening | None:
    """The shares of one period, shown or not; None where it lies before the first happening or there is none."""
    if series.fitted is None or period.end < series.fitted.first_day:
        return None
    line = Line(series.fitted, (period,), series.step)
    weights, _ = line.mean_of(period)
    pulls = dict(zip(line.chain.days, covariances(line.chain, weights), strict=True))
    shares: list[Share] = []
    for seen in series.fitted.seen:
        reach = pulls[seen.day] * precision(seen, series.fitted.variances) / seen.weight
        shares += [
            _share(row, reach * row.weight) for row in series.observations[seen.first : seen.last] if row.weight > 0
        ]
    shares.sort(key=lambda one: (-abs(one.points), -one.share, one.happening_id))
    level, variance = line.level_of(period)
    return Opening(
        period=period.name, level=level, is_said=is_enough(series.counted, variance, series.fitted),
        start_share=1.0 - sum(one.share for one in shares),
        shares=tuple(shares),
    )  # fmt: skip


def _share(row: Observation, share: float) -> Share:
    return Share(
        happening_id=row.happening_id, type=row.type, day=date.fromordinal(row.day).isoformat(), score=row.score,
        weight=row.weight, witnesses=row.witnesses, share=share, points=share * row.score,
    )  # fmt: skip
