"""Who: actors, the references rows make to them, and their mentions."""

from __future__ import annotations

from msgspec import Struct

from detente.model.evidence import Evidence
from detente.model.record import Record
from detente.model.vocabulary import ActorKind, Use


class ActorRef(Struct, frozen=True, kw_only=True):
    """A row's pointer to an actor, with the words that name it there.

    `territory` is an ISO 3166 alpha-3 code or a listed code of a disputed or former territory: the one the
    actor acts for. Not knowing is null, and `unresolved` says why. `stance`, from -1 to 1, is set only in
    a claim's `about`.
    """

    actor_id: str | None
    name: str
    territory: str | None = None
    sector: str | None = None
    kind: ActorKind = "other"
    evidence: Evidence | None = None
    stance: float | None = None
    unresolved: str | None = None


class Actor(Record, frozen=True, kw_only=True):
    actor_id: str
    name: str
    kind: ActorKind
    territory: str | None = None
    sector: str | None = None
    roles: tuple[str, ...] = ()


class Mention(Record, frozen=True, kw_only=True):
    """`use`: Baku said (actor), in Baku (place), the Baku-Ceyhan pipeline (modifier, which is neither)."""

    mention_id: str
    document_id: str
    evidence: Evidence
    actor: ActorRef
    use: Use
