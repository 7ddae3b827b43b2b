"""From the record to a history: happenings that some telling says took place, each once, however many tell it.

A happening counts where an event of it is affirmed and actual, asserted or claimed; what is only denied, planned or
said of habits does not. It counts on the day it happened, and is known from the earliest publication of its articles
on.
A party is a territory, or, where an actor acts for none, the actor.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from msgspec import Struct

from detente.relating.forecast.history import TYPES, History, sorted_history

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.recording.store import Store

    Ints = NDArray[np.int64]

_NO_DAY: Final = 10**8
_UNTOLD: Final = 10**9
VAGUE_DAYS: Final = 31
"""A happening known only to lie within more days than this has no day, and does not count."""

# one table at a time, and joined here: ten times as quick as joined there, where a record holds a million events
_HAPPENINGS = """SELECT happening_number, type, coalesce(start_date, ''), coalesce(end_date, start_date, '')
FROM relate_happening WHERE realm = 'actual' ORDER BY happening_number"""
_EVENTS = """SELECT event_number, document_id FROM record_event
WHERE polarity = 'affirmed' AND modality = 'actual' ORDER BY event_number"""
_TOLD = "SELECT event_number, happening_number FROM relate_happening_event ORDER BY event_number"
_DOCUMENTS = "SELECT document_id, coalesce(published_end_date, '') FROM record_document WHERE superseded_by IS NULL"
_PARTIES = """SELECT territory, role, group_concat(happening_number) FROM relate_happening_party
WHERE territory IS NOT NULL GROUP BY territory, role"""
_ACTORS = """SELECT actor_id, role, group_concat(happening_number) FROM relate_happening_party
WHERE territory IS NULL AND actor_id IS NOT NULL GROUP BY actor_id, role"""
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
    was_collecting = gc.isenabled()
    gc.disable()  # millions of rows that hold no cycles: looking for some among them takes longer than reading them
    try:
        return _gathered(store)
    finally:
        if was_collecting:
            gc.enable()


def _gathered(store: Store) -> Gathered:
    ordinals = _Ordinals()
    number, kind, first, last = _happenings(store, ordinals)
    published = _published(store, number, ordinals)
    is_told = published != _UNTOLD
    is_dated = first != _NO_DAY
    is_vague = is_dated & (last - first >= VAGUE_DAYS)
    is_undated = ~is_dated & (published == _NO_DAY)
    day = np.where(is_dated, (first + last) // 2, published)
    known = np.where(published == _NO_DAY, day, published)
    kept = is_told & ~is_vague & ~is_undated
    parties, told_of, role, who = _parties(store)
    source, target = _pairs(told_of, role, who)
    place = np.searchsorted(number, told_of[source])
    place = np.minimum(place, max(len(number) - 1, 0))
    is_known = number[place] == told_of[source] if len(number) else np.zeros(len(source), dtype=np.bool_)
    place, source, target = place[is_known], source[is_known], target[is_known]
    rows = kept[place]
    at = place[rows]
    history = sorted_history(
        parties, who[source[rows]], who[target[rows]], kind[at], np.minimum(day[at], known[at]), known[at], number[at]
    )
    between = np.unique(place)
    return Gathered(history, int((is_vague & is_told)[between].sum()), int((is_undated & is_told)[between].sum()))


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
    """Days by their ISO dates, each worked out once; `_NO_DAY` for no date."""

    def __missing__(self, day: str) -> int:
        self[day] = found = date.fromisoformat(day).toordinal() if day else _NO_DAY
        return found


def _happenings(store: Store, ordinals: _Ordinals) -> tuple[Ints, Ints, Ints, Ints]:
    """Number, type, first and last day of all that are told as having taken place, by number."""
    kinds: dict[str, int] = {name: place for place, name in enumerate(TYPES)}
    number, kind, start, end = _columns(store.reader.execute(_HAPPENINGS).fetchall(), 4)
    return (
        np.array(number, dtype=np.int64),
        _looked_up(kind, kinds),
        _looked_up(start, ordinals),
        _looked_up(end, ordinals),
    )


def _published(store: Store, number: Ints, ordinals: _Ordinals) -> Ints:
    """For each happening the earliest publication among its articles with an event of it that counts: `_NO_DAY` where
    none of these bears a date, `_UNTOLD` where there is none."""
    documents = {name: ordinals[day] for name, day in store.reader.execute(_DOCUMENTS)}
    event, document = _columns(store.reader.execute(_EVENTS).fetchall(), 2)
    day = np.fromiter((documents.get(name, _UNTOLD) for name in document), dtype=np.int64, count=len(document))
    told_event, told = (
        np.array(column, dtype=np.int64) for column in _columns(store.reader.execute(_TOLD).fetchall(), 2)
    )
    found = np.full(len(number), _UNTOLD, dtype=np.int64)
    if not len(event) or not len(told) or not len(number):
        return found
    row = np.minimum(np.searchsorted(told_event, np.array(event, dtype=np.int64)), len(told) - 1)
    place = np.minimum(np.searchsorted(number, told[row]), len(number) - 1)
    fits = (told_event[row] == np.array(event, dtype=np.int64)) & (number[place] == told[row]) & (day != _UNTOLD)
    np.minimum.at(found, place[fits], day[fits])
    return found


def _parties(store: Store) -> tuple[tuple[str, ...], Ints, Ints, Ints]:
    """All parties in order, and columns by happening: the happening, whether it is its target, and which party."""
    found = [*store.reader.execute(_PARTIES), *store.reader.execute(_ACTORS)]
    parties = tuple(sorted({row[0] for row in found}))
    place = {name: at for at, name in enumerate(parties)}
    numbers = [np.fromstring(row[2], dtype=np.int64, sep=",") for row in found]
    size = [len(part) for part in numbers]
    table = np.stack(
        [
            np.concatenate([*numbers, np.zeros(0, np.int64)]),
            np.repeat(np.array([row[1] == "target" for row in found], dtype=np.int64), size),
            np.repeat(np.array([place[row[0]] for row in found], dtype=np.int64), size),
        ]
    )
    table = table[:, np.lexsort(table[::-1])]
    is_new = np.ones(table.shape[1], dtype=np.bool_)
    is_new[1:] = (table[:, 1:] != table[:, :-1]).any(axis=0)
    return parties, *table[:, is_new]


def _columns(rows: Sequence[tuple[Any, ...]], count: int) -> Sequence[Sequence[Any]]:
    return list(zip(*rows, strict=True)) if rows else [()] * count


def _looked_up(names: Sequence[str], numbers: dict[str, int]) -> Ints:
    return np.fromiter(map(numbers.__getitem__, names), dtype=np.int64, count=len(names))


def _pairs(numbers: Ints, roles: Ints, who: Ints) -> tuple[Ints, Ints]:
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
