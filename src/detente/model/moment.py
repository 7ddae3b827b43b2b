"""A time expression and the interval it names."""

from __future__ import annotations

from detente.model.evidence import Evidence
from detente.model.record import Record
from detente.model.vocabulary import DateBasis, DatePrecision, MomentKind


class Moment(Record, frozen=True, kw_only=True):
    """`value` is the TIMEX3 value; `start` and `end` are ISO dates, null for what names no interval."""

    moment_id: str
    document_id: str
    evidence: Evidence
    kind: MomentKind
    start: str | None
    end: str | None
    precision: DatePrecision
    value: str
    basis: DateBasis
