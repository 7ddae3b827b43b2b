"""The same event, told by several articles or several times in one."""

from __future__ import annotations

from detente.model.actor import ActorRef
from detente.model.date import Date
from detente.model.record import Record
from detente.model.vocabulary import EventType


class Happening(Record, frozen=True, kw_only=True):
    happening_id: str
    event_ids: tuple[str, ...]
    document_ids: tuple[str, ...]
    witnesses: int
    type: EventType
    sources: tuple[ActorRef, ...] = ()
    targets: tuple[ActorRef, ...] = ()
    date: Date | None = None
