"""From the record to a history: happenings that some telling says took place, each once, however many tell it.

A happening counts where an event of it is affirmed and actual, asserted or claimed; what is only denied, planned or
said of habits does not. It counts on the day it happened, and is known from the earliest publication of its articles
on.
A party is a territory, or, where an actor acts for none, the actor.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import Struct

from detente.relating.forecast.history import TYPES, History, sorted_history

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.recording.store import Store

VAGUE_DAYS: Final = 31
"""A happening known only to lie within more days than this has no day, and does not count."""

_HAPPENED = """SELECT h.happening_number, h.type, h.start_date, h.end_date, min(d.published_end_date)
FROM relate_happening h
CROSS JOIN relate_happening_event l ON l.happening_number = h.happening_number
CROSS JOIN record_event e ON e.event_number = l.event_number
CROSS JOIN record_document d ON d.document_id = e.document_id
WHERE h.realm = 'actual' AND e.polarity = 'affirmed' AND e.modality = 'actual' AND d.superseded_by IS NULL
GROUP BY h.happening_number"""
_PARTIES = """SELECT happening_number, role = 'target', coalesce(territory, actor_id) FROM relate_happening_party
WHERE coalesce(territory, actor_id) IS NOT NULL"""
_BEHIND = """SELECT h.happening_number, h.happening_id, e.event_id FROM relate_happening h
JOIN relate_happening_event l ON l.happening_number = h.happening_number
JOIN record_event e ON e.event_number = l.event_number
WHERE h.happening_number IN ({}) ORDER BY h.happening_number, e.event_id"""


class Gathered(Struct, frozen=True):
    """`vague` happenings between two parties are known too vaguely to have a day, `undated` have none at all."""

    history: History
    vague: int
    undated: int


class Behind(Struct, frozen=True):
    """The rows that a happening is."""

    happening_id: str
    event_ids: tuple[str, ...]


def gather(store: Store) -> Gathered:
    """The history of all pairs of a record, as far as happenings are settled."""
    kinds = {name: place for place, name in enumerate(TYPES)}
    ordinals = _Ordinals()
    dated: list[tuple[int, int, int, int]] = []
    vague: list[int] = []
    undated: list[int] = []
    for number, type_name, start, end, published in store.reader.execute(_HAPPENED):
        known = None if published is None else ordinals[published]
        if start is None:
            if known is None:
                undated.append(number)
                continue
            day = known
        else:
            first, last = ordinals[start], ordinals[end or start]
            if last - first >= VAGUE_DAYS:
                vague.append(number)
                continue
            day = (first + last) // 2
        known = day if known is None else known
        dated.append((number, kinds[type_name], min(day, known), known))
    parties, numbers, roles, who = _parties(store)
    table = np.array(sorted(dated), dtype=np.int64).reshape(-1, 4)
    source_row, target_row = _pairs(numbers, roles, who)
    at = np.searchsorted(table[:, 0], numbers[source_row])
    at = np.minimum(at, max(len(table) - 1, 0))
    kept = table[at, 0] == numbers[source_row] if len(table) else np.zeros(len(source_row), dtype=np.bool_)
    rows = table[at[kept]] if len(table) else np.zeros((0, 4), dtype=np.int64)
    history = sorted_history(
        parties, who[source_row[kept]], who[target_row[kept]], rows[:, 1], rows[:, 2], rows[:, 3], rows[:, 0]
    )
    paired = set(numbers[source_row].tolist())
    return Gathered(history, sum(n in paired for n in vague), sum(n in paired for n in undated))


def behind(store: Store, happenings: Iterable[int]) -> dict[int, Behind]:
    """Ids of happenings, by number, with the events they are told by."""
    found: dict[int, tuple[str, list[str]]] = {}
    numbers = sorted(set(happenings))
    for start in range(0, len(numbers), 500):
        some = numbers[start : start + 500]
        for number, happening_id, event_id in store.reader.execute(_BEHIND.format(", ".join("?" * len(some))), some):
            found.setdefault(number, (happening_id, []))[1].append(event_id)
    return {number: Behind(name, tuple(events)) for number, (name, events) in found.items()}


def last_day(store: Store) -> int | None:
    """The last day the record tells of: of a publication or, where none bears a date, of a happening."""
    for sql in (
        "SELECT max(published_end_date) FROM record_document WHERE superseded_by IS NULL",
        "SELECT max(end_date) FROM relate_happening WHERE realm = 'actual'",
    ):
        (found,) = store.reader.execute(sql).fetchone()
        if found is not None:
            return _Ordinals()[found]
    return None


class _Ordinals(dict[str, int]):
    """Days by their ISO dates; each is worked out once."""

    def __missing__(self, day: str) -> int:
        self[day] = found = date.fromisoformat(day).toordinal()
        return found


def _parties(store: Store) -> tuple[tuple[str, ...], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """All parties in order, and columns: the happening, whether it is its target, and which party."""
    told: Sequence[tuple[int, int, str]] = store.reader.execute(_PARTIES).fetchall()
    parties = tuple(sorted({row[2] for row in told}))
    place = {name: at for at, name in enumerate(parties)}
    table = np.array(sorted({(row[0], row[1], place[row[2]]) for row in told}), dtype=np.int64).reshape(-1, 3)
    return parties, table[:, 0], table[:, 1], table[:, 2]


def _pairs(
    numbers: NDArray[np.int64], roles: NDArray[np.int64], who: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each source with each other target of the same happening, as rows of the columns, which are in order."""
    sources = np.flatnonzero(roles == 0)
    targets = np.flatnonzero(roles == 1)
    begin = np.searchsorted(numbers[targets], numbers[sources], side="left")
    length = np.searchsorted(numbers[targets], numbers[sources], side="right") - begin
    source_row = np.repeat(sources, length)
    step = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    target_row = targets[np.repeat(begin, length) + step]
    other = who[source_row] != who[target_row]
    return source_row[other], target_row[other]
