"""A place named in the text."""

from __future__ import annotations

from detente.model.evidence import Evidence
from detente.model.record import Record
from detente.model.vocabulary import PlacePrecision


class Place(Record, frozen=True, kw_only=True):
    """`latitude` and `longitude` are degrees, WGS 84; null where the name could not be placed."""

    place_id: str
    document_id: str
    evidence: Evidence
    name: str
    geonameid: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: PlacePrecision = "unknown"
    territory: str | None = None
    confidence: float = 0.0
