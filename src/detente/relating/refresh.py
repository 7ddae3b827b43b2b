"""Bringing what is found across documents up to date: the one order in which the parts are made anew."""

from __future__ import annotations

from msgspec import Struct

from detente.errors import StoreError
from detente.knowledge import Knowledge
from detente.recording.store import Store

_WAITING = ("relate_pending", "relate_dispute_pending", "relate_index_pending")


class NotRelated(StoreError):
    """Documents came since happenings and disputes were last looked for, and the record may not be written."""

    code = "D311"


class Refreshed(Struct, frozen=True, kw_only=True):
    """What a refresh came to: documents taken in, and what the record now holds."""

    documents: int
    happenings: int
    disputes: int

    @property
    def counts(self) -> dict[str, int]:
        return {"happenings": self.happenings, "disputes": self.disputes}


def pending(store: Store) -> int:
    """How many documents came, changed or went out of view since the last refresh."""
    found: int = store.reader.execute("SELECT count(*) FROM relate_pending").fetchone()[0]
    return found


def is_related(store: Store) -> bool:
    """Whether happenings, disputes and the rows of the index are those of the documents as they now are."""
    waits = " OR ".join(f"EXISTS (SELECT 1 FROM {table})" for table in _WAITING)
    return not store.reader.execute(f"SELECT {waits}").fetchone()[0]


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

    waiting = pending(store)
    if not is_related(store):
        relate(store, knowledge)
        settle_disputes(store, knowledge)
        with store.transaction("weighing happenings for the index") as connection:
            refresh(connection)
    counts = store.counts()
    return Refreshed(documents=waiting, happenings=counts.happenings, disputes=counts.disputes)
