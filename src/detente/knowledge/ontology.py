"""The event ontologies: CAMEO codes with Goldstein score and quad class, and PLOVER types with modes and contexts.

The codes are a table and are read at once; what types, modes, contexts and roots mean is longer and is read when first
asked for. Which words name a type is no knowledge of this module: see the lexicons.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal, cast

from msgspec import Struct

from detente.errors import LookupFailed
from detente.knowledge.loading import read_table, read_yaml
from detente.model.vocabulary import EventType, Quad

Listing = Literal["manual", "crosswalk"]
"""manual: PLOVER's own score table or manual has it; crosswalk: only the CAMEO crosswalk uses it."""


class CameoCode(Struct, frozen=True, kw_only=True):
    """`code` is text ("010" is not 10); `goldstein` from -10 to 10; `type` is PLOVER's, or STATEMENT.
    `mode` and `context` follow the published crosswalk; several contexts stand with "; " between them."""

    code: str
    label: str
    goldstein: float
    quad: Quad
    type: EventType
    mode: str | None
    context: str | None

    @property
    def root(self) -> str:
        """The code of its CAMEO root, two digits."""
        return self.code[:2]


class CounterExample(Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence that is not of this kind. `instead` names the type, "TYPE mode" or code it is of, or "none"."""

    text: str
    instead: str


class PloverMode(Struct, frozen=True, forbid_unknown_fields=True):
    """How an act of one type is done or, for THREATEN, what is threatened. `score` from -10 to 10, None where the
    score table has none; `now` is the mode of the score table that holds the same cases."""

    name: str
    label: str
    definition: str
    example: str
    counter_example: CounterExample
    score: float | None = None
    listed: Listing = "manual"
    now: str | None = None


class PloverType(Struct, frozen=True, forbid_unknown_fields=True):
    """One type of event. `quad` is the manual's class for the type; the class of a code is the code table's, and the
    two differ for CONCEDE."""

    name: EventType
    label: str
    definition: str
    quad: Quad
    examples: tuple[str, str]
    counter_example: CounterExample
    modes: tuple[PloverMode, ...]
    score: float | None = None

    def mode(self, name: str) -> PloverMode:
        """LookupFailed lists the modes that exist."""
        for mode in self.modes:
            if mode.name == name:
                return mode
        names = ", ".join(mode.name for mode in self.modes) or "no mode: this type has none"
        raise LookupFailed(f"{self.name} has no such mode", value=name, expected=names)


class PloverContext(Struct, frozen=True, forbid_unknown_fields=True):
    """A field of life in which an event of any type may stand."""

    name: str
    definition: str
    listed: Listing = "manual"


class Reading(Struct, frozen=True, forbid_unknown_fields=True):
    """A code, with all below it, that this project's events bear under another type than the crosswalk's."""

    code: str
    type: EventType
    why: str


class CameoRoot(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the twenty CAMEO roots: `code` is two digits, as text."""

    code: str
    label: str
    definition: str
    example: str
    counter_example: CounterExample


class _Plover(Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    licence: str
    types: tuple[PloverType, ...]
    contexts: tuple[PloverContext, ...]
    readings: tuple[Reading, ...]


class _Roots(Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    licence: str
    roots: tuple[CameoRoot, ...]


class Ontology:
    """`codes` by code, in the order of the codes."""

    def __init__(self, codes: dict[str, CameoCode]) -> None:
        self.codes = codes

    @classmethod
    def load(cls) -> Ontology:
        return cls({row["code"]: _cameo(row) for row in read_table("ontologies/cameo.csv")})

    def code(self, code: str) -> CameoCode:
        try:
            return self.codes[code]
        except KeyError:
            raise LookupFailed("no such CAMEO code", value=code, todo="see `detente where cameo`") from None

    @cached_property
    def types(self) -> tuple[PloverType, ...]:
        """The sixteen PLOVER types in the manual's order, and STATEMENT."""
        return self._plover.types

    @cached_property
    def contexts(self) -> tuple[PloverContext, ...]:
        return self._plover.contexts

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Where events of this project depart from the crosswalk, as its annotation guide says."""
        return self._plover.readings

    def may_bear(self, code: str, kind: str) -> bool:
        """True where an event with this code may be of this type: the crosswalk's, or one of `readings`."""
        return self.code(code).type == kind or any(
            code.startswith(reading.code) and reading.type == kind for reading in self.readings
        )

    @cached_property
    def roots(self) -> tuple[CameoRoot, ...]:
        """The twenty CAMEO roots, by code."""
        return read_yaml("ontologies/cameo_roots.yaml", _Roots).roots

    def type(self, name: str) -> PloverType:
        """LookupFailed lists the types that exist."""
        for kind in self.types:
            if kind.name == name:
                return kind
        names = ", ".join(kind.name for kind in self.types)
        raise LookupFailed("no such event type", value=name, expected=names)

    def mode_score(self, kind: str, mode: str | None = None) -> float | None:
        """PLOVER's conflict and cooperation score, from -10 to 10, of a type in a mode: the mode's own, else that of
        the mode that holds it now, else the type's. None for STATEMENT, which PLOVER does not have."""
        found = self.type(kind)
        while mode is not None:
            entry = found.mode(mode)
            if entry.score is not None:
                return entry.score
            mode = entry.now
        return found.score

    @cached_property
    def _plover(self) -> _Plover:
        return read_yaml("ontologies/plover.yaml", _Plover)


def _cameo(row: dict[str, str]) -> CameoCode:
    return CameoCode(
        code=row["code"],
        label=row["label"],
        goldstein=float(row["goldstein"]),
        quad=cast(Quad, row["quad"]),
        type=cast(EventType, row["type"]),
        mode=row["mode"] or None,
        context=row["context"] or None,
    )
