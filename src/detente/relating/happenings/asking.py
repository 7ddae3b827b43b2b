"""Reading happenings back from the record."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from detente.errors import UsageError
from detente.model import Happening
from detente.recording.store import Store

_HAPPENING = msgspec.json.Decoder(Happening)


def happenings_of(
    store: Store,
    *,
    dyad: tuple[str, str] | None = None,
    type: str | None = None,
    since: str | None = None,
    until: str | None = None,
    document_id: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[Happening]:
    """Happenings by date (those without one last) and id; what is None does not narrow.

    `dyad`: one of the two is source and the other target, either way round; each a territory's code, an actor's name or
    id. `since`, `until`: days, months or years, both included: what may have happened in that time. `document_id`:
    told by this document. `limit`, `offset`: a page of that order. Raises UsageError for a page that cannot be meant.
    """
    if offset < 0 or (limit is not None and limit < 0):
        raise UsageError("limit and offset count rows", value=f"{limit}, {offset}", expected="0 or more")
    conditions: list[tuple[str, tuple[str, ...]]] = []
    if dyad is not None:
        one, other = dyad
        conditions.append((_DYAD, (one.upper(), one, one, other.upper(), other, other)))
    if type is not None:
        conditions.append(("h.type = ?", (type.upper(),)))
    if since is not None:
        conditions.append(("h.end_date >= ?", (since,)))
    if until is not None:
        conditions.append(("h.start_date <= ?", (until + "-12-31"[len(until) - 4 :] if len(until) < 10 else until,)))
    if document_id is not None:
        conditions.append((_TOLD_BY, (document_id,)))
    where = " AND ".join(f"({sql})" for sql, _ in conditions) or "1"
    page = f" LIMIT {-1 if limit is None else limit} OFFSET {offset}"
    rows = store.reader.execute(
        f"SELECT h.json FROM relate_happening h WHERE {where} "
        f"ORDER BY h.start_date IS NULL, h.start_date, h.happening_id{page}",
        tuple(value for _, values in conditions for value in values),
    )
    for row in rows:
        yield _HAPPENING.decode(row[0])


def happening_of_event(store: Store, event_id: str) -> Happening | None:
    """The happening an event tells of; None for an event that is not in the record or not related yet."""
    row = store.reader.execute(
        "SELECT h.json FROM record_event e JOIN relate_happening_event USING (event_number) "
        "JOIN relate_happening h USING (happening_number) WHERE e.event_id = ?",
        (event_id,),
    ).fetchone()
    return None if row is None else _HAPPENING.decode(row[0])


_PARTY = "({0}.territory = ? OR {0}.name = ? COLLATE NOCASE OR {0}.actor_id = ?)"
_DYAD = (
    "h.happening_number IN (SELECT a.happening_number FROM relate_happening_party a JOIN relate_happening_party b "
    "ON b.happening_number = a.happening_number AND b.role <> a.role WHERE "
    f"{_PARTY.format('a')} AND {_PARTY.format('b')})"
)
_TOLD_BY = (
    "h.happening_number IN (SELECT he.happening_number FROM record_event e "
    "JOIN relate_happening_event he USING (event_number) WHERE e.document_id = ?)"
)
