"""The relation index: how warm or cold two parties stand, with a band, and which happenings make it so.

`levels` is the pure core; `docs/index_method.md` derives it. No number here knows which parties it is about.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from detente.recording.store import Store
from detente.relating.index.leaving import LeftOut, in_record, left_out
from detente.relating.index.levels import Change, IndexSeries, Point, Spreads, levels
from detente.relating.index.observations import Account, Observation, observe
from detente.relating.index.opening import Opening, Share, opened
from detente.relating.index.periods import Period, Step, bounds, named
from detente.relating.index.rows import gather, refresh
from detente.relating.index.weights import Weights
from detente.relating.sides import two_sides

__all__ = [
    "Account", "Change", "IndexSeries", "LeftOut", "Observation", "Opening", "Period", "Point", "Share", "Spreads",
    "Step", "Weights", "bounds", "index_of", "left_out", "levels", "named", "observe", "opened", "refresh",
]  # fmt: skip


def index_of(
    store: Store,
    a: str,
    b: str,
    *,
    step: Step = "month",
    directed: bool = False,
    since: str | None = None,
    until: str | None = None,
    without: Sequence[LeftOut | str] = (),
) -> IndexSeries:
    """The index of two parties of a record, each the code of a territory or the id of an actor that acts for none.

    With `directed`, what `a` does to `b` alone; else the two are exchangeable. `since` and `until` name days, months or
    years; both bound what is shown, not what it rests on. `without` recomputes all without these rows,
    given as LeftOut or in words, `outlet=The Harbour Post`. Raises UsageError where the parties are one or not known,
    where the time is none, and where the record holds nothing of what is to be left out.
    """
    two_sides(store, a, b)
    first, last = bounds(since, until)
    weights = Weights.load()
    leaving = in_record(store, [left_out(one) if isinstance(one, str) else one for one in without])
    found = gather(store, a, b, weights, directed=directed, leaving=leaving)
    series = levels(
        found.observations,
        step,
        prior=weights.prior,
        since=first,
        until=last,
        undated=found.undated,
    )
    parties = (a, b) if directed else (min(a, b), max(a, b))
    return replace(
        series, parties=parties, directed=directed, without=tuple(f"{one.kind}={one.value}" for one in leaving)
    )
