"""Taking in what a person decided, and reading it back. The log is append-only."""

from __future__ import annotations

import sqlite3

import msgspec
from msgspec.structs import replace

from detente.errors import LookupFailed, UsageError
from detente.model import Event
from detente.recording.store import Store
from detente.relating.happenings.decisions import Anchor, Decision, check

_EVENT = msgspec.json.Decoder(Event)
_DECISION = msgspec.json.Decoder(Decision)


def decide(store: Store, decision: Decision) -> Decision:
    """Write a decision down; it takes effect when the record is related next, which it makes pending.

    Returns the decision as kept, with the events found and, for a split, those it parts them from: the others of their
    happenings as they are now. The same decision again is kept once. Raises UsageError for one that cannot be meant,
    LookupFailed where an event or the decision to undo is not in the record.
    """
    check(decision)
    with store.transaction("deciding about happenings") as connection:
        kept = decision if decision.kind == "undo" else _anchored(connection, decision)
        if decision.kind == "undo":
            _require_decision(connection, decision)
        if _known(connection, decision.decision_id) is not None:
            return kept
        number = connection.execute(
            "INSERT INTO relate_decision (decision_id, kind, json) VALUES (?, ?, ?)",
            (kept.decision_id, kept.kind, msgspec.json.encode(kept).decode()),
        ).lastrowid
        assert number is not None
        texts = _note_texts(connection, number, kept)
        for text in texts:
            connection.execute(
                "INSERT OR IGNORE INTO relate_pending SELECT document_id FROM record_document WHERE text_sha256 = ?",
                (text,),
            )
    return kept


def decisions_of(store: Store) -> list[Decision]:
    """All decisions ever taken, oldest first, those undone included."""
    rows = store.reader.execute("SELECT json FROM relate_decision ORDER BY decision_number")
    return [_DECISION.decode(row[0]) for row in rows]


def _known(connection: sqlite3.Connection, decision_id: str | None) -> Decision | None:
    row = connection.execute("SELECT json FROM relate_decision WHERE decision_id = ?", (decision_id,)).fetchone()
    return None if row is None else _DECISION.decode(row[0])


def _require_decision(connection: sqlite3.Connection, decision: Decision) -> None:
    if _known(connection, decision.undoes) is None:
        raise LookupFailed("no decision of that id", value=decision.undoes, todo="list them with decisions_of(store)")


def _anchored(connection: sqlite3.Connection, decision: Decision) -> Decision:
    events = sorted(set(decision.event_ids))
    anchors = tuple(_anchor(connection, event_id) for event_id in events)
    others: set[str] = set()
    if decision.kind == "split":
        for event_id in events:
            others.update(
                row[0]
                for row in connection.execute(
                    "SELECT o.event_id FROM record_event e JOIN relate_happening_event h USING (event_number) "
                    "JOIN relate_happening_event p USING (happening_number) "
                    "JOIN record_event o ON o.event_number = p.event_number WHERE e.event_id = ?",
                    (event_id,),
                )
            )
        others -= set(events)
        if not others:
            raise UsageError("there is nothing to part these events from", value=", ".join(events))
    parted = tuple(_anchor(connection, event_id) for event_id in sorted(others))
    return replace(decision, event_ids=tuple(events), anchors=anchors, apart_from=parted)


def _anchor(connection: sqlite3.Connection, event_id: str) -> Anchor:
    row = connection.execute(
        "SELECT e.json, d.text_sha256 FROM record_event e JOIN record_document d USING (document_id) "
        "WHERE e.event_id = ?",
        (event_id,),
    ).fetchone()
    if row is None:
        raise LookupFailed("no event of that id", value=event_id, todo="list events with `detente events`")
    event = _EVENT.decode(row[0])
    return Anchor(
        event_id=event_id, text_sha256=row[1], start=event.trigger.start, end=event.trigger.end, type=event.type
    )


def _note_texts(connection: sqlite3.Connection, number: int, decision: Decision) -> list[str]:
    """Under which texts the decision is found; of an undo those of the decision it takes back, and so on."""
    spoken: Decision | None = decision
    while spoken is not None and spoken.kind == "undo":
        spoken = _known(connection, spoken.undoes)
    if spoken is None:
        return []
    sides = (("joined", spoken.anchors), ("parted", spoken.apart_from))
    rows = [
        (number, side, position, anchor.text_sha256)
        for side, anchors in sides
        for position, anchor in enumerate(anchors)
    ]
    connection.executemany("INSERT INTO relate_decision_event VALUES (?, ?, ?, ?)", rows)
    return sorted({row[3] for row in rows})
