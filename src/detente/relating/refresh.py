"""Bringing what is found across documents up to date: the one order in which the parts are made anew."""

from __future__ import annotations

from msgspec import Struct

from detente.errors import StoreError
from detente.knowledge import Knowledge
from detente.recording.store import Store


class NotRelated(StoreError):
    """Documents came since happenings and disputes were last looked for, and the record may not be written."""

    code = "D311"


class Refreshed(Struct, frozen=True, kw_only=True):
    """What a refresh came to: documents taken in, and what the record now holds."""

    documents: int
    happenings: int
    disputes: int


def pending(store: Store) -> int:
    """How many documents came, changed or went out of view since the last refresh."""
    found: int = store.reader.execute("SELECT count(*) FROM relate_pending").fetchone()[0]
    return found


def is_related(store: Store) -> bool:
    """Whether happenings, disputes and the rows of the index are those of the documents as they now are."""
    waiting = store.reader.execute("SELECT EXISTS (SELECT 1 FROM relate_index_pending)").fetchone()[0]
    return not waiting and not pending(store)


def require_related(store: Store) -> None:
    """Raises NotRelated where something is pending: what is shown would not be what the documents say."""
    if is_related(store):
        return
    count = pending(store)
    raise NotRelated(
        f"{count} article{'s' * (count != 1)} of this record are not yet held against the others",
        value=str(store.path),
        expected="a record that is up to date",
        todo="open it for writing once: `detente happenings`, or detente.relate(path)",
    )


def bring_up_to_date(store: Store, knowledge: Knowledge) -> Refreshed:
    """Take pending documents into happenings, settle the disputes they touch, and weigh what the index reads.

    Nothing to do costs nothing. Raises StoreError where the record cannot be written; what is done by then stays, and
    the next call goes on from there.
    """
    from detente.relating.disputes import settle_disputes
    from detente.relating.happenings import relate
    from detente.relating.index import refresh

    waiting = [row[0] for row in store.reader.execute("SELECT document_id FROM relate_pending ORDER BY document_id")]
    if not is_related(store):
        relate(store, knowledge)
        settle_disputes(store, knowledge, waiting)
        with store.transaction("weighing happenings for the index") as connection:
            refresh(connection)
    counts = store.counts()
    return Refreshed(documents=len(waiting), happenings=counts.happenings, disputes=counts.disputes)
