"""Reading disputes back from the store, and what was set aside on the way to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, get_args

from detente.errors import UsageError
from detente.model import Dispute
from detente.model.vocabulary import DisputeKind
from detente.recording.store import Store
from detente.recording.store.rows import decoded
from detente.relating.disputes.keeping import StorePool
from detente.relating.disputes.settling import settle
from detente.relating.disputes.statement import Aside
from detente.relating.index.periods import bounds
from detente.relating.sides import two_sides

_KINDS: Final = get_args(DisputeKind)
_SIDE = (
    "EXISTS (SELECT 1 FROM relate_dispute_territory t WHERE t.dispute_number = r.dispute_number AND t.territory = ?)"
)
_DOCUMENT = (
    "EXISTS (SELECT 1 FROM relate_dispute_version v WHERE v.dispute_number = r.dispute_number AND v.document_id = ?)"
)


def disputes_of(
    store: Store,
    *,
    dyad: tuple[str, str] | None = None,
    kind: str | None = None,
    since: str | None = None,
    until: str | None = None,
    document_id: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[Dispute]:
    """Disputes by date (those without one last), then by id.

    `dyad`: both territories are sides to the matter. `since`, `until`: days, months or years, both included.
    `document_id`: one of its rows is part of it. Raises UsageError for a kind or a time that is none, and for two sides
    that are one or not known.
    """
    conditions: list[str] = []
    values: list[str | int] = []
    if dyad is not None:
        two_sides(store, *dyad)
    for code in dyad or ():
        conditions.append(_SIDE)
        values.append(code)
    if kind is not None:
        _check_kind(kind)
        conditions.append("r.kind = ?")
        values.append(kind)
    first, last = bounds(since, until)
    if first is not None:
        conditions.append("r.end_date >= ?")
        values.append(date.fromordinal(first).isoformat())
    if last is not None:
        conditions.append("r.start_date <= ?")
        values.append(date.fromordinal(last).isoformat())
    if document_id is not None:
        conditions.append(_DOCUMENT)
        values.append(document_id)
    where = " AND ".join(conditions) or "1"
    page = "" if limit is None and not offset else f" LIMIT {-1 if limit is None else limit} OFFSET {offset}"
    order = "r.start_date IS NULL, r.start_date, r.dispute_id"
    sql = f"SELECT r.json FROM relate_dispute r WHERE {where} ORDER BY {order}{page}"
    for row in store.reader.execute(sql, values):
        dispute = decoded(row[0])
        assert isinstance(dispute, Dispute)
        yield dispute


def _check_kind(kind: str) -> None:
    if kind not in _KINDS:
        raise UsageError("no such kind of dispute", value=kind, expected="one of " + ", ".join(_KINDS))


def considered(store: Store, document_id: str) -> tuple[Aside, ...]:
    """What the rows of a document were held against and set aside, each with the reason; nothing is written.

    Empty where the document is unknown or superseded.
    """
    pool = StorePool(store.reader)
    own = pool.of_documents([document_id])
    found = settle(own, pool).aside
    return tuple(aside for aside in found if document_id in aside.document_ids)
