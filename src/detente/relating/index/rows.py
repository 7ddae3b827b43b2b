"""Observations out of the record, and the table `relate_index` that keeps them at hand.

A row is made for every happening and every ordered pair of its source and target. Triggers of the store note which
happenings changed; `refresh` weighs those anew, and until it is called they are weighed when they are asked for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from msgspec import Struct

from detente.recording.store import Store
from detente.relating.index.leaving import STATUS_SQL, LeftOut, condition
from detente.relating.index.observations import Account, Observation, observe, ordinal
from detente.relating.index.weights import Weights
from detente.relating.status import Status

MANY = 20_000
"""From so many happenings of a dyad, the articles of an outlet are fewer to look through than the happenings."""
_AT_ONCE = 500  # happenings whose events are read together


class Gathered(Struct, frozen=True):
    """The observations of a dyad, and how many happenings between the two bear no date, nor do their articles."""

    observations: list[Observation]
    undated: int


def refresh(connection: sqlite3.Connection, document_ids: Iterable[str] = ()) -> int:
    """Weigh anew the happenings that changed since the last time, and those of `document_ids`; how many they were.

    To be called with a writing connection inside a transaction, whenever documents have been related.
    """
    weights = Weights.load()
    if _basis(connection) != weights.digest:
        connection.execute("DELETE FROM relate_index_basis")
        connection.execute("INSERT INTO relate_index_basis VALUES (?)", (weights.digest,))
        connection.execute("INSERT OR IGNORE INTO relate_index_pending SELECT happening_number FROM relate_happening")
    connection.executemany(
        "INSERT OR IGNORE INTO relate_index_pending SELECT h.happening_number FROM record_event e "
        "JOIN relate_happening_event h ON h.event_number = e.event_number WHERE e.document_id = ?",
        ((document_id,) for document_id in document_ids),
    )
    numbers = [row[0] for row in connection.execute("SELECT happening_number FROM relate_index_pending ORDER BY 1")]
    for some in _chunks(numbers):
        connection.execute(f"DELETE FROM relate_index WHERE happening_number IN ({_marks(some)})", some)
        parties = _parties(connection, some)
        connection.executemany(
            f"INSERT INTO relate_index VALUES ({_marks(range(11))})",
            [
                (*pair, *_cells(number, happening_id, kind, one))
                for number, happening_id, kind, one in _weighed(connection, some, weights, ())
                for pair in parties.get(number, ())
            ],
        )
    connection.execute("DELETE FROM relate_index_pending")
    return len(numbers)


def gather(
    store: Store, a: str, b: str, weights: Weights, *, directed: bool = False, leaving: Sequence[LeftOut] = ()
) -> Gathered:
    """What happened between two parties, each happening once; with `directed`, only what `a` did to `b`."""
    connection = store.reader
    pairs = [(a, b)] if directed else [(a, b), (b, a)]
    kept: dict[int, Sequence[Any]] = {}
    if _basis(connection) == weights.digest:
        for pair in pairs:
            kept.update([(row[-1], row) for row in connection.execute(_KEPT, pair)])
        anew = {row[0] for pair in pairs for row in connection.execute(_BEHIND, pair)}
        anew.update(row[0] for pair in pairs for one in leaving for row in _touched(connection, pair, one, len(kept)))
    else:
        anew = {row[0] for pair in pairs for row in connection.execute(_BETWEEN, pair)}
    for number in anew:
        kept.pop(number, None)
    dated = [Observation(*row[:-1]) for row in kept.values() if row[0]]
    undated = len(kept) - len(dated)
    for some in _chunks(sorted(anew)):
        for _, _, _, one in _weighed(connection, some, weights, leaving):
            if one is None:
                undated += 1
            else:
                dated.append(one)
    return Gathered(dated, undated)


def _touched(
    connection: sqlite3.Connection, pair: tuple[str, str], one: LeftOut, count: int
) -> Iterator[Sequence[Any]]:
    """The happenings of a pair with an event that does not count; found from the end that has fewer rows."""
    sql, values = condition((one,))
    is_from_documents = one.kind == "document" or (one.kind == "outlet" and count > MANY)
    tables = _FROM_DOCUMENTS if is_from_documents else _FROM_INDEX
    return connection.execute(
        f"SELECT DISTINCT i.happening_number FROM {tables} WHERE i.source = ? AND i.target = ? AND ({sql})",
        (*pair, *values),
    )


_KEPT = """SELECT day, span, happening_id, type, score, type_weight, standing, witnesses, type_weight * standing,
happening_number FROM relate_index WHERE source = ? AND target = ?"""
_PAIRS = """FROM relate_happening_party s JOIN relate_happening_party t ON t.happening_number = s.happening_number
WHERE s.role = 'source' AND t.role = 'target'
AND (s.territory = ?1 OR s.territory IS NULL AND s.actor_id = ?1)
AND (t.territory = ?2 OR t.territory IS NULL AND t.actor_id = ?2)"""
_BETWEEN = f"SELECT DISTINCT s.happening_number {_PAIRS}"
_BEHIND = f"{_BETWEEN} AND s.happening_number IN (SELECT happening_number FROM relate_index_pending)"
_FROM_DOCUMENTS = """record_document d CROSS JOIN record_event e ON e.document_id = d.document_id
CROSS JOIN relate_happening_event h ON h.event_number = e.event_number
CROSS JOIN relate_index i ON i.happening_number = h.happening_number"""
_FROM_INDEX = """relate_index i CROSS JOIN relate_happening_event h ON h.happening_number = i.happening_number
CROSS JOIN record_event e ON e.event_number = h.event_number
CROSS JOIN record_document d ON d.document_id = e.document_id"""
_ACCOUNTS = f"""SELECT h.happening_number, e.event_id, e.document_id, coalesce(w.witness_id, e.document_id), e.type,
e.mode, e.cameo, {STATUS_SQL}, e.confidence, d.published_start_date, d.published_end_date
FROM relate_happening_event h JOIN record_event e ON e.event_number = h.event_number
JOIN record_document d ON d.document_id = e.document_id LEFT JOIN relate_witness w ON w.document_id = e.document_id
WHERE h.happening_number IN ({{}}) AND NOT ({{}}) ORDER BY h.happening_number"""

Weighed = tuple[int, str, str, Observation | None]


def _weighed(
    connection: sqlite3.Connection, numbers: Sequence[int], weights: Weights, leaving: Sequence[LeftOut]
) -> Iterator[Weighed]:
    """Each happening that has events left, with its id, its type, and what it comes to; None where it has no day."""
    sql, values = condition(leaving)
    heads = {
        row[0]: row[1:]
        for row in connection.execute(
            "SELECT happening_number, happening_id, type, start_date, end_date FROM relate_happening "
            f"WHERE happening_number IN ({_marks(numbers)})",
            numbers,
        )
    }
    rows = connection.execute(_ACCOUNTS.format(_marks(numbers), sql), (*numbers, *values))
    for number, group in groupby(rows, key=lambda row: row[0]):
        told = list(group)
        happening_id, kind, start, end = heads[number]
        if start is None:  # what bears no date goes by its first article
            start, end = min(((row[9], row[10]) for row in told if row[9] is not None), default=(None, None))
        one = None
        if start is not None:
            days = ordinal(start), ordinal(end or start)
            one = observe(happening_id, kind, days, [_account(*row[1:9]) for row in told], weights)
        yield number, happening_id, kind, one


def _account(
    event_id: str, document_id: str, witness_id: str, kind: str, mode: str | None, code: str, status: Status,
    confidence: float,
) -> Account:  # fmt: skip
    return Account(
        event_id=event_id, document_id=document_id, witness_id=witness_id, type=kind, mode=mode, code=code,
        status=status, confidence=confidence,
    )  # fmt: skip


def _cells(number: int, happening_id: str, kind: str, one: Observation | None) -> tuple[str | int | float, ...]:
    if one is None:
        return 0, 0, happening_id, number, kind, 0.0, 0.0, 0.0, 0
    return (
        one.day, one.span, happening_id, number, kind, one.score, one.type_weight, one.standing, one.witnesses,
    )  # fmt: skip


def _parties(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """The ordered pairs of different parties of each happening, sorted."""
    sides: dict[int, tuple[set[str], set[str]]] = {}
    for number, role, party in connection.execute(
        "SELECT happening_number, role, coalesce(territory, actor_id) FROM relate_happening_party "
        f"WHERE happening_number IN ({_marks(numbers)})",
        numbers,
    ):
        if party is not None:
            sides.setdefault(number, (set(), set()))[role == "target"].add(party)
    return {
        number: sorted((a, b) for a in sources for b in targets if a != b)
        for number, (sources, targets) in sides.items()
    }


def _basis(connection: sqlite3.Connection) -> str | None:
    """The state of the table of weights that the kept rows follow."""
    found = connection.execute("SELECT digest FROM relate_index_basis").fetchone()
    return None if found is None else str(found[0])


def _chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), _AT_ONCE):
        yield numbers[start : start + _AT_ONCE]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
