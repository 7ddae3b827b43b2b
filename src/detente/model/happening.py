"""The same event, told by several articles, or several times in one."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from detente.model.actor import ActorRef
from detente.model.date import Date
from detente.model.event import PlaceRef
from detente.model.record import Record
from detente.model.vocabulary import EventType

LinkKind = Literal["fulfils", "part_of", "about"]
Granularity = Literal["single", "series"]
Realm = Literal["actual", "planned", "hypothetical", "habitual"]


class Link(Struct, frozen=True, kw_only=True):
    """From a happening to another: it carries out what was planned (`fulfils`), is one act of a series (`part_of`), or
    its words speak of the other (`about`)."""

    kind: LinkKind
    happening_id: str


class Happening(Record, frozen=True, kw_only=True):
    """`witnesses` counts independent tellers: near-copies of one text are one. `date` has the basis `inferred` where no
    telling is dated and it rests on the earliest publication. `asserted`, `claimed`, `denied` and `planned` count the
    witnesses that tell it so; one witness may do several."""

    happening_id: str
    event_ids: tuple[str, ...]
    document_ids: tuple[str, ...]
    witnesses: int
    type: EventType
    sources: tuple[ActorRef, ...] = ()
    targets: tuple[ActorRef, ...] = ()
    date: Date | None = None
    place: PlaceRef | None = None
    realm: Realm = "actual"
    granularity: Granularity = "single"
    asserted: int = 0
    claimed: int = 0
    denied: int = 0
    planned: int = 0
    links: tuple[Link, ...] = ()
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()
