"""The record of a happening from its tellings: its id, parties, date, place, witnesses, and how it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from detente.model import ActorRef, Date, Event, Happening, PlaceRef
from detente.model.happening import Link, Realm
from detente.model.identity import make_id
from detente.model.vocabulary import EventType
from detente.relating.status import STATUSES, Status

_PRECISE = ("time", "day", "week", "month", "season", "quarter", "interval", "year", "decade", "century", "unknown")
_SURE = ("given", "metadata", "text", "inferred", "unanchored")
MOST_PARTIES = 8


class Member(Struct, frozen=True):
    """One event of a happening: who tells it, and in what sense. `order` sorts by publication, then event."""

    order: str
    event_id: str
    document_id: str
    telling_key: str
    status: Status


class Told(Struct, frozen=True):
    """One telling in full: the event that stands for it, and the date its article was published."""

    order: str
    event: Event
    published: Date | None
    realm: Realm
    is_series: bool


def happening_id(members: Iterable[Member]) -> str:
    """Named after the event of the earliest article: it changes only when an earlier one joins, or that one leaves."""
    return make_id("hap", min(members, key=lambda member: member.order).event_id)


def build(
    members: Sequence[Member],
    tellings: Sequence[Told],
    witness_of: Callable[[str], str],
    links: Sequence[Link],
    cohesion: float,
) -> Happening:
    """`witness_of` gives the witness a document counts as; `cohesion`, from 0 to 1, how sure it is that all is one."""
    members = sorted(members, key=lambda member: member.order)
    tellings = sorted(tellings, key=lambda telling: telling.order)
    events = [telling.event for telling in tellings]
    witness = _witnesses(members, witness_of)
    by_status = {
        status: len({witness[member.document_id] for member in members if member.status == status})
        for status in STATUSES
    }
    return Happening(
        happening_id=happening_id(members),
        event_ids=tuple(sorted(member.event_id for member in members)),
        document_ids=tuple(sorted({member.document_id for member in members})),
        witnesses=len(set(witness.values())),
        type=_type(events),
        sources=_parties([event.sources for event in events]),
        targets=_parties([event.targets for event in events]),
        date=_date(tellings),
        place=_place(events),
        realm=tellings[0].realm,
        granularity="series" if 2 * sum(telling.is_series for telling in tellings) > len(tellings) else "single",
        links=tuple(links),
        confidence=round(cohesion * max(event.confidence for event in events), 3),
        asserted=by_status["asserted"],
        claimed=by_status["claimed"],
        denied=by_status["denied"],
        planned=by_status["planned"],
    )


def _witnesses(members: Sequence[Member], witness_of: Callable[[str], str]) -> dict[str, str]:
    """The witness of each document. Documents that tell it in the very same words are one, copies or not."""
    root = {member.document_id: witness_of(member.document_id) for member in members}
    by_telling: dict[str, list[str]] = {}
    for member in members:
        by_telling.setdefault(member.telling_key, []).append(member.document_id)
    joined = {witness: witness for witness in root.values()}

    def top(witness: str) -> str:
        while joined[witness] != witness:
            witness = joined[witness]
        return witness

    for documents in by_telling.values():
        first = top(root[documents[0]])
        for other in documents[1:]:
            second = top(root[other])
            joined[max(first, second)] = first = min(first, second)
    return {document_id: top(witness) for document_id, witness in root.items()}


def _type(events: Sequence[Event]) -> EventType:
    """The type most tellings give; of equals the earliest."""
    counts = Counter(event.type for event in events)
    return max(events, key=lambda event: counts[event.type]).type


def _place(events: Sequence[Event]) -> PlaceRef | None:
    """The place most tellings give; of equals the earliest."""
    places = [event.place for event in events if event.place is not None]
    counts = Counter((place.geonameid, place.name) for place in places)
    return max(places, key=lambda place: counts[place.geonameid, place.name], default=None)


def _parties(found: Sequence[tuple[ActorRef, ...]]) -> tuple[ActorRef, ...]:
    """Each party once, as the most tellings name it; those named by most tellings first."""
    counts: Counter[str] = Counter()
    shown: dict[str, ActorRef] = {}
    for refs in found:
        for ref in refs:
            key = ref.territory or ref.actor_id or ref.name.lower()
            counts[key] += 1
            known = shown.get(key)
            if known is None or _clearness(ref) > _clearness(known):
                shown[key] = ref
    places = list(shown)
    return tuple(shown[key] for key in sorted(shown, key=lambda key: (-counts[key], places.index(key)))[:MOST_PARTIES])


def _clearness(ref: ActorRef) -> int:
    return (ref.actor_id is not None) + (ref.territory is not None)


def _date(tellings: Sequence[Told]) -> Date | None:
    """The date most tellings give, of equals the more exact; without any, when it was first published."""
    stated = [telling.event.date for telling in tellings if telling.event.date and telling.event.date.start]
    if stated:
        counts = Counter((day.start, day.end) for day in stated)
        return min(
            stated,
            key=lambda day: (
                _SURE.index(day.basis), _PRECISE.index(day.precision), -counts[day.start, day.end], day.start or "",
                day.raw,
            ),
        )  # fmt: skip
    told = [telling.published for telling in tellings if telling.published and telling.published.start]
    if told:
        first = min(told, key=lambda day: (day.start or "", day.end or ""))
        return Date(start=first.start, end=first.end, precision=first.precision, basis="inferred", raw="")
    unanchored = [telling.event.date for telling in tellings if telling.event.date is not None]
    return unanchored[0] if unanchored else None
