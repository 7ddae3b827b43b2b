"""What one political actor did to or with another."""

from __future__ import annotations

from msgspec import Struct

from detente.model.actor import ActorRef
from detente.model.date import Date
from detente.model.evidence import Evidence
from detente.model.record import Record
from detente.model.vocabulary import EventType, Modality, PlacePrecision, Polarity, Quad


class PlaceRef(Struct, frozen=True, kw_only=True):
    """A row's pointer to a place."""

    place_id: str
    name: str
    geonameid: int | None
    territory: str | None
    precision: PlacePrecision
    evidence: Evidence


class Event(Record, frozen=True, kw_only=True):
    """`type` is a PLOVER type or STATEMENT; `cameo` is text, as deep as the words allow; `voices` is the
    chain of those who vouch, outermost first, the article's author always first."""

    event_id: str
    document_id: str
    evidence: Evidence
    trigger: Evidence
    type: EventType
    quad: Quad
    cameo: str
    goldstein: float
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    sources: tuple[ActorRef, ...] = ()
    targets: tuple[ActorRef, ...] = ()
    date: Date | None = None
    place: PlaceRef | None = None
    polarity: Polarity = "affirmed"
    modality: Modality = "actual"
    voices: tuple[ActorRef, ...] = ()
    confidence: float
    reasons: tuple[str, ...] = ()
