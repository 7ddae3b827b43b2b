"""A number that somebody vouches for."""

from __future__ import annotations

from detente.model.actor import ActorRef
from detente.model.date import Date
from detente.model.evidence import Evidence
from detente.model.record import Record
from detente.model.vocabulary import Bound


class Figure(Record, frozen=True, kw_only=True):
    """`unit` is ISO 4217 for money, UCUM for quantities, `person` for people; `measure` is what is counted
    (killed, displaced, exports, ...); `of` who or what is counted, in the article's words."""

    figure_id: str
    document_id: str
    evidence: Evidence
    value: float | None
    low: float | None = None
    high: float | None = None
    bound: Bound = "exact"
    unit: str | None = None
    measure: str | None = None
    of: str | None = None
    territory: str | None = None
    date: Date | None = None
    voices: tuple[ActorRef, ...] = ()
    confidence: float
