"""Versions of one matter that cannot all hold."""

from __future__ import annotations

from msgspec import Struct

from detente.model.actor import ActorRef
from detente.model.date import Date
from detente.model.evidence import Evidence
from detente.model.record import Record
from detente.model.vocabulary import Bound, DisputeKind, VersionStance


class Version(Struct, frozen=True, kw_only=True):
    """What one side says of the matter. `row_id` points at the claim, event or figure that holds this version.

    The same version told again, by the same side, is the same version: all rows that hold it stand in `row_ids`, their
    documents in `document_ids`, and `witnesses` counts those that are no copies of one another. The other fields are
    those of the row at `row_id`, the first by document and place in the text.

    `stance`: the voice holds this version, denies what another holds, or leaves it out; then `answers` names the rows
    that it denies or leaves out. `date` is the day of publication. `value`, `low`, `high`, `bound` and `unit` repeat a
    figure's; where the version is no figure they are null.
    """

    row_id: str
    voices: tuple[ActorRef, ...]
    evidence: Evidence
    document_id: str = ""
    outlet: str | None = None
    outlet_territory: str | None = None
    date: Date | None = None
    stance: VersionStance = "holds"
    answers: tuple[str, ...] = ()
    value: float | None = None
    low: float | None = None
    high: float | None = None
    bound: Bound | None = None
    unit: str | None = None
    row_ids: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()
    witnesses: int = 1


class Dispute(Record, frozen=True, kw_only=True):
    """`about` says in plain words what the versions are of, never which holds. `territories` are the sides to the
    matter; `silent` those among them from whom the record has no version. `date` is when the matter took place, or else
    when it was told of. `reasons` say why the versions are taken to be of one matter and to exclude each other."""

    dispute_id: str
    kind: DisputeKind
    about: str
    versions: tuple[Version, ...]
    happening_id: str | None = None
    territories: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    date: Date | None = None
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()
