"""Which events get a row: those between actors of two states, or of a state and an IGO or armed group."""

from __future__ import annotations

from detente.model import ActorRef, Event

_GROUPS = frozenset({"people", "armed_group", "company"})
# Of one-sided acts on our own passages, those of these types and sides were mostly right and the others mostly not.
_STANDS_BY_SOURCE = frozenset({"MOBILIZE"})
_STANDS_BY_TARGET = frozenset({"ASSAULT", "COERCE", "PROTEST"})
_OWN_STANDING = frozenset({"igo", "armed_group"})  # who acts between states though for no state


def standing(actors: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
    """Those of one side that may stand in a row: the political ones, else people named as a group; whoever is nobody
    known leaves the side empty."""
    political = tuple(actor for actor in actors if _is_political(actor))
    return political or tuple(actor for actor in actors if actor.kind in _GROUPS)


def reason_to_leave_out(event: Event, *, outward: bool = True) -> str | None:
    """Why `event` is no row of this record, or None where it is one. `outward` says that its words make clear that it
    crosses states, which an act with one side unknown needs."""
    sources = [actor for actor in event.sources if _is_political(actor)]
    targets = [actor for actor in event.targets if _is_political(actor)]
    if not sources and not targets:
        return "neither party is a known political actor"
    if sources and targets:
        if any(_differ(source, target) for source in sources for target in targets):
            return None
        return "both parties act for one territory: a domestic event"
    if not outward:
        return "only one party is known, and nothing says that the act crosses states"
    if event.type not in (_STANDS_BY_SOURCE if sources else _STANDS_BY_TARGET):
        return "only one party is known, and acts of this type seldom tell enough without the other"
    return None


def _is_political(actor: ActorRef) -> bool:
    if actor.territory is not None or actor.sector == "IGO":
        return True
    return actor.actor_id is not None and actor.kind in _OWN_STANDING


def _differ(source: ActorRef, target: ActorRef) -> bool:
    if source.territory is not None and source.territory == target.territory:
        return "armed_group" in (source.kind, target.kind) and source.actor_id != target.actor_id
    return source.actor_id != target.actor_id or source.actor_id is None
