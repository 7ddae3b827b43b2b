"""One passage of the corpus beside what the reader made of it, in terms that can be compared.

What lives here: under which keys parties of both are the same, and which triples an event makes. What does not: the
counting (`corpus`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from detente.model.actor import ActorRef
from detente.reading.marks import EventMark, Party, Span
from detente.reading.paper import Paper
from detente.recording.resolution import Resolver
from detente.serving.scores.corpus_rows import EventRow, PassageRow, Stretch

NOBODY = "-"
_OWN_STANDING = frozenset({"igo", "ngo", "armed_group", "people", "company", "media"})


class Triple(NamedTuple):
    sentence: int
    source: str
    type: str
    target: str


class Reading:
    """One passage beside what the reader made of it, with keys under which parties of both can be compared."""

    def __init__(self, row: PassageRow, paper: Paper, resolver: Resolver) -> None:
        self.row = row
        self.paper = paper
        self.resolver = resolver
        self.starts = [sentence.start for sentence in row.sentences]

    def sentence_at(self, place: int) -> int:
        """The gold sentence that holds an offset."""
        return max((i for i, start in enumerate(self.starts) if start <= place), default=0)

    def words(self, sentence: int) -> str:
        row = self.row.sentences[sentence]
        return self.row.text[row.start : row.end]

    def gold_keys(self, actors: Iterable[int]) -> set[str]:
        """What the gold parties are called: their territories, else the first mention they go back to."""
        return {key for index in actors for key in self._gold_key(index)}

    def _gold_key(self, index: int) -> tuple[str, ...]:
        actor = self.row.actors[index]
        if actor.territories:
            return actor.territories
        while actor.refers is not None:
            actor = self.row.actors[actor.refers]
        return ("“" + actor.span.quote.casefold() + "”",)

    def keys(self, parties: Iterable[Party]) -> set[str]:
        """What our parties are called, in the gold's terms where they overlap a mention of the gold."""
        return {key for party in parties for ref in self.resolver.resolve(party) for key in self._key(party, ref)}

    def _key(self, party: Party, ref: ActorRef) -> tuple[str, ...]:
        if ref.territory is not None:
            return (ref.territory,)
        place = Span(ref.evidence.start, ref.evidence.end) if ref.evidence is not None else party.span
        over = [i for i, actor in enumerate(self.row.actors) if meets(actor.span, place)]
        for index in over:
            if not self.row.actors[index].territories:
                return self._gold_key(index)
        return ("“" + ref.name.casefold() + "”",)

    def gold_triples(self, event: EventRow) -> set[Triple]:
        return triples_of(event.sentence, event.type, self.gold_keys(event.sources), self.gold_keys(event.targets))

    def found_triples(self, event: EventMark) -> set[Triple]:
        """Those of an event that the record would keep: between two, or by or to one political actor."""
        sentence = self.sentence_at(event.trigger.start)
        known = [self._political(parties) for parties in (event.sources, event.targets)]
        triples = triples_of(sentence, event.type, *(self.keys(parties) for parties in known))
        if NOBODY in {key for one in triples for key in (one.source, one.target)} and event.type == "STATEMENT":
            return set()
        return triples

    def _political(self, parties: Sequence[Party]) -> list[Party]:
        return [
            party
            for party in parties
            if any(
                ref.territory is not None or (ref.actor_id is not None and ref.kind in _OWN_STANDING)
                for ref in self.resolver.resolve(party)
            )
        ]


def triples_of(sentence: int, kind: str, sources: set[str], targets: set[str]) -> set[Triple]:
    """One for each pair of two; with an empty side one for each of the other."""
    if not sources and not targets:
        return set()
    pairs = {(s, t) for s in sources or {NOBODY} for t in targets or {NOBODY} if s != t}
    return {Triple(sentence, source, kind, target) for source, target in pairs}


def whole(triples: set[Triple]) -> set[Triple]:
    return {triple for triple in triples if NOBODY not in (triple.source, triple.target)}


def matched(links: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Gold to found, each once, the links earlier in the list first, then as many more as fit."""
    of: dict[int, list[int]] = {}
    for gold, found in links:
        of.setdefault(gold, []).append(found)
    holder: dict[int, int] = {}

    def place(gold: int, seen: set[int]) -> bool:
        for found in of[gold]:
            if found not in seen:
                seen.add(found)
                if found not in holder or place(holder[found], seen):
                    holder[found] = gold
                    return True
        return False

    for gold in of:
        place(gold, set())
    return {gold: found for found, gold in holder.items()}


def meets(stretch: Stretch, span: Span) -> bool:
    return stretch.start < span.end and span.start < stretch.end
