"""The published weights, `knowledge/ontologies/index_weights.yaml`, as types. No number of them stands in code."""

from __future__ import annotations

from hashlib import sha256

from msgspec import Struct

from detente.knowledge.loading import read_text, read_yaml
from detente.relating.status import Status

TABLE = "ontologies/index_weights.yaml"


class TypeWeight(Struct, frozen=True, forbid_unknown_fields=True):
    """`score` from -10 to 10; `weight` from 0 to 1. `mode` is PLOVER's; `code` a CAMEO code, for STATEMENT."""

    type: str
    score: float
    weight: float
    mode: str | None = None
    code: str | None = None


class Spread(Struct, frozen=True, forbid_unknown_fields=True):
    """A log-normal prior of a standard deviation: its median, and the standard deviation of its logarithm."""

    median: float
    spread: float


class Prior(Struct, frozen=True, forbid_unknown_fields=True):
    """What is held of any dyad before its rows speak, the same for all. The table says what each number means."""

    level: float
    year: Spread
    day: Spread
    act: Spread
    years_between_breaks: float


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    licence: str
    statuses: dict[Status, float]
    prior: Prior
    types: tuple[TypeWeight, ...]


class Weights:
    """Scores and weights by type, factors by status, and the prior. `digest` names this state of the table."""

    def __init__(self, table: _Table, digest: str) -> None:
        self.types = table.types
        self.statuses = table.statuses
        self.prior = table.prior
        self.digest = digest
        self._by_key = {(row.type, row.mode, row.code): row for row in table.types}

    @classmethod
    def load(cls) -> Weights:
        """Raises KnowledgeError where the file breaks its form."""
        return cls(read_yaml(TABLE, _Table), sha256(read_text(TABLE).encode()).hexdigest()[:16])

    def of(self, kind: str, mode: str | None = None, code: str | None = None) -> TypeWeight:
        """The row for an event: by type and mode, by type and CAMEO code or one above it, else by type alone."""
        found = self._by_key.get((kind, mode, None)) if mode is not None else None
        while found is None and code:
            found = self._by_key.get((kind, None, code))
            code = code[:-1]
        return found or self._by_key[kind, None, None]
