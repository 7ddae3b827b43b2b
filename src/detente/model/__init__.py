"""The nouns of the record, version 1: frozen, typed, and the same in the store, the API and every export."""

from __future__ import annotations

from detente.model.actor import Actor, ActorRef, Mention
from detente.model.claim import Claim
from detente.model.date import Date
from detente.model.dispute import Dispute, Version
from detente.model.document import Document
from detente.model.event import Event, PlaceRef
from detente.model.evidence import Evidence
from detente.model.figure import Figure
from detente.model.happening import Happening, Link
from detente.model.moment import Moment
from detente.model.place import Place
from detente.model.record import Record

CONTRACT_VERSION = 1
RECORD_KINDS: tuple[type[Record], ...] = (
    Document, Actor, Mention, Event, Claim, Figure, Moment, Place, Happening, Dispute,
)  # fmt: skip
AnyRecord = Document | Actor | Mention | Event | Claim | Figure | Moment | Place | Happening | Dispute

__all__ = [
    "CONTRACT_VERSION", "RECORD_KINDS", "Actor", "ActorRef", "AnyRecord", "Claim", "Date", "Dispute", "Document",
    "Event", "Evidence", "Figure", "Happening", "Link", "Mention", "Moment", "Place", "PlaceRef", "Record", "Version",
]  # fmt: skip
