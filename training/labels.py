"""What the encoder is to learn of one passage: gold rows as labels on the words of its sheet.

An event stands at the first word of its trigger, a claim at the first word of its cue; arcs run from there to every
word of the parties, sources and contents. Claims without a cue are left to the rules of running quotations.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import get_args

from msgspec import Struct

from detente.model.vocabulary import Act, ActorKind, Modality, Use
from detente.reading.encoder.sheet import Sheet
from detente.reading.encoder.windows import TYPES
from detente.serving.scores.corpus_rows import PassageRow, Stretch

ACTS: tuple[Act, ...] = get_args(Act)
KINDS: tuple[ActorKind, ...] = get_args(ActorKind)
MODALITIES: tuple[Modality, ...] = get_args(Modality)
USES: tuple[Use, ...] = get_args(Use)


class Event(Struct, frozen=True):
    at: int
    trigger: frozenset[int]
    type: int
    mode: str
    negated: bool
    modality: int
    sources: frozenset[int]
    targets: frozenset[int]


class Claim(Struct, frozen=True):
    at: int
    cue: frozenset[int]
    act: int
    negated: bool
    sources: frozenset[int]
    contents: frozenset[int]


class Actor(Struct, frozen=True):
    words: tuple[int, ...]
    kind: int
    use: int
    territories: tuple[str, ...]


class Labels(Struct, frozen=True):
    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    actors: tuple[Actor, ...]


def labels(row: PassageRow, sheet: Sheet) -> Labels:
    """Words are numbered as in the sheet; a gold span that meets no word is passed over."""
    ends = [word.span.end for word in sheet.words]

    def words(stretch: Stretch) -> range:
        first = bisect_left(ends, stretch.start + 1)
        last = first
        while last < len(ends) and sheet.words[last].span.start < stretch.end:
            last += 1
        return range(first, last)

    def all_words(stretches: tuple[Stretch, ...]) -> frozenset[int]:
        return frozenset(at for stretch in stretches for at in words(stretch))

    def parties(indices: tuple[int, ...]) -> frozenset[int]:
        return frozenset(at for index in indices for at in words(row.actors[index].span))

    events = [
        Event(
            at=words(event.trigger[0])[0],
            trigger=frozenset(words(event.trigger[0])),
            type=TYPES.index(event.type),
            mode=f"{event.type}/{event.mode}" if event.mode else "",
            negated=event.polarity == "negated",
            modality=MODALITIES.index(event.modality),
            sources=parties(event.sources),
            targets=parties(event.targets),
        )
        for event in row.events
        if words(event.trigger[0])
    ]
    claims = [
        Claim(
            at=words(claim.cues[0])[0],
            cue=all_words(claim.cues),
            act=ACTS.index(claim.act),
            negated=claim.cue_polarity == "negated",
            sources=parties(claim.sources),
            contents=all_words(claim.contents),
        )
        for claim in row.claims
        if claim.cues and words(claim.cues[0])
    ]
    actors = [
        Actor(tuple(words(actor.span)), KINDS.index(actor.kind), USES.index(actor.use), actor.territories)
        for actor in row.actors
        if words(actor.span)
    ]
    return Labels(tuple(events), tuple(claims), tuple(actors))
