"""The relation index some days ahead: its last level, with a band as wide as the level may have wandered by then."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from detente.recording.store import Store


class IndexAhead(Struct, frozen=True, kw_only=True):
    """The level of what one does to the other `horizon` days ahead, on `day`: from -10 to 10, with a band of 80 %."""

    horizon: int
    day: str
    level: float
    low: float
    high: float


class Ahead(Struct, frozen=True, kw_only=True):
    """`levels` by horizon, `now` that of the day asked, horizon 0; where there are none, `note` says why."""

    now: IndexAhead | None = None
    levels: tuple[IndexAhead, ...] = ()
    note: str | None = None


def index_ahead(
    store: Store, source: str, target: str, horizons: Sequence[int], as_of: int, unknown: Collection[str] = ()
) -> Ahead:
    """What `source` does to `target`, as a level. In the index's model a level is expected to stay where it is, and its
    variance grows by the same amount each day. `unknown` are happenings that were told of only after `as_of`."""
    from detente.relating.index import Weights, levels
    from detente.relating.index.rows import gather

    weights = Weights.load()
    found = gather(store, source, target, weights, directed=True)
    left_out = frozenset(unknown)
    rows = [row for row in found.observations if row.end <= as_of and row.happening_id not in left_out]
    series = levels(rows, "day", prior=weights.prior, since=as_of, until=as_of + max(horizons))
    by_day = {point.start: point for point in series.points if point.is_said}
    said = []
    for horizon in (0, *horizons):
        day = date.fromordinal(as_of + horizon).isoformat()
        if (point := by_day.get(day)) is not None:
            said.append(IndexAhead(horizon=horizon, day=day, level=point.level, low=point.low, high=point.high))
    if not said:
        count = f"{series.counted} happening{'s' * (series.counted != 1)}"
        note = f"the index says nothing here: it rests on {count} from {source} to {target}, what is planned included"
        return Ahead(note=note)
    return Ahead(now=said[0], levels=tuple(said[1:]))
