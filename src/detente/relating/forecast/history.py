"""What happened between whom and when, as columns: one row a happening and directed pair. Reading it out of the record
is `evidence_rows`; counting is `counts`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple, get_args

import numpy as np
from msgspec import Struct

from detente.model.vocabulary import EventType

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

TYPES: Final[tuple[EventType, ...]] = get_args(EventType)


class Happened(NamedTuple):
    """`source` did something of `type` to `target` on `day`, and the record could know it on `known` (proleptic
    ordinals of days). `happening` is the number of the happening, which may be told for several pairs."""

    source: str
    target: str
    type: EventType
    day: int
    known: int
    happening: int


class History(Struct, frozen=True):
    """Rows in the order of `known`, `day`, parties, type, happening. `source` and `target` are places in `parties`,
    which are sorted; `kind` is the place in `TYPES`."""

    parties: tuple[str, ...]
    source: Ints
    target: Ints
    kind: Ints
    day: Ints
    known: Ints
    happening: Ints

    def __len__(self) -> int:
        return len(self.day)

    def known_by(self, day: int) -> History:
        """What the record could know at the end of that day."""
        return self._rows(slice(0, int(np.searchsorted(self.known, day, side="right"))))

    def since(self, day: int) -> History:
        """What happened on that day or later."""
        return self._rows(self.day >= day)

    def party(self, name: str) -> int | None:
        at = int(np.searchsorted(np.array(self.parties), name)) if self.parties else 0
        return at if at < len(self.parties) and self.parties[at] == name else None

    def _rows(self, kept: slice | NDArray[np.bool_]) -> History:
        return History(
            self.parties, self.source[kept], self.target[kept], self.kind[kept], self.day[kept], self.known[kept],
            self.happening[kept],
        )  # fmt: skip


def history_of(rows: Iterable[Happened]) -> History:
    """The rows as columns, in any order given; each row once. A day later than it was known is the day it was known."""
    told = list(set(rows))
    parties = tuple(sorted({row.source for row in told} | {row.target for row in told}))
    number = {name: place for place, name in enumerate(parties)}
    kinds = {name: place for place, name in enumerate(TYPES)}
    table = np.array(
        [
            (number[row.source], number[row.target], kinds[row.type], min(row.day, row.known), row.known, row.happening)
            for row in told
        ],
        dtype=np.int64,
    ).reshape(-1, 6)
    return sorted_history(parties, *table.T)


def sorted_history(
    parties: tuple[str, ...], source: Ints, target: Ints, kind: Ints, day: Ints, known: Ints, happening: Ints
) -> History:
    """Columns in any order as a history; `parties` must be sorted."""
    order = np.lexsort((happening, kind, target, source, day, known))
    return History(parties, source[order], target[order], kind[order], day[order], known[order], happening[order])
