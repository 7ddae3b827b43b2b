"""The event ontologies: CAMEO codes with Goldstein score and quad class, and their PLOVER types."""

from __future__ import annotations

from typing import cast

from msgspec import Struct

from detente.errors import LookupFailed
from detente.knowledge.loading import read_table
from detente.model.vocabulary import EventType, Quad


class CameoCode(Struct, frozen=True, kw_only=True):
    """`code` is text ("010" is not 10); `goldstein` from -10 to 10; `type` is PLOVER's, or STATEMENT."""

    code: str
    label: str
    goldstein: float
    quad: Quad
    type: EventType
    mode: str | None
    context: str | None


class Ontology:
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
