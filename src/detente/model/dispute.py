"""Versions of one matter that cannot all hold."""

from __future__ import annotations

from msgspec import Struct

from detente.model.actor import ActorRef
from detente.model.evidence import Evidence
from detente.model.record import Record
from detente.model.vocabulary import DisputeKind


class Version(Struct, frozen=True, kw_only=True):
    """`row_id` points at the claim, event or figure that holds this version."""

    row_id: str
    voices: tuple[ActorRef, ...]
    evidence: Evidence


class Dispute(Record, frozen=True, kw_only=True):
    dispute_id: str
    kind: DisputeKind
    about: str
    versions: tuple[Version, ...]
