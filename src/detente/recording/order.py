"""The one order in which records leave the house, and how actor rows from several documents become one.

Both make the bytes of an export independent of the order in which documents arrived.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from detente.model import Actor, AnyRecord, Dispute, Document, Happening

ROW_KINDS = ("document", "mention", "event", "claim", "figure", "moment", "place")
"""The kinds that belong to one document, in the order of its rows."""

_RANK = {kind: rank for rank, kind in enumerate(ROW_KINDS)}

OrderKey = tuple[int, str, int, int, int, str]


def kind_of(record: AnyRecord) -> str:
    """The value of the field `record`: `event` for an Event."""
    return type(record).__name__.lower()


def id_of(record: AnyRecord) -> str:
    identity: str = getattr(record, f"{kind_of(record)}_id")
    return identity


def export_key(record: AnyRecord) -> OrderKey:
    """Documents by id, each with its rows by kind, place in the text and id; then actors, happenings, disputes."""
    if isinstance(record, Document):
        return 0, record.document_id, 0, 0, 0, record.uri
    if isinstance(record, Actor | Happening | Dispute):
        return {Actor: 1, Happening: 2, Dispute: 3}[type(record)], "", 0, 0, 0, id_of(record)
    evidence = record.evidence
    return 0, record.document_id, _RANK[kind_of(record)], evidence.start, evidence.end, id_of(record)


def merged_actor(variants: Sequence[Actor]) -> Actor:
    """One row from what several documents say of an actor: all roles, and of differing names the fullest.

    The result does not depend on the order of `variants`, which hold one `actor_id`.
    """
    return Actor(
        actor_id=variants[0].actor_id,
        name=min((variant.name for variant in variants), key=lambda name: (-len(name), name)),
        kind=min((variant.kind for variant in variants), key=lambda kind: (kind == "other", kind)),
        territory=min((variant.territory for variant in variants if variant.territory is not None), default=None),
        sector=min((variant.sector for variant in variants if variant.sector is not None), default=None),
        roles=tuple(sorted({role for variant in variants for role in variant.roles})),
    )


def merged_actors(actors: Iterable[Actor]) -> list[Actor]:
    """Actors with one row for each id, sorted by id."""
    variants: dict[str, dict[bytes, Actor]] = {}
    for actor in actors:
        variants.setdefault(actor.actor_id, {})[msgspec.json.encode(actor)] = actor
    return [merged_actor(tuple(variants[actor_id].values())) for actor_id in sorted(variants)]
