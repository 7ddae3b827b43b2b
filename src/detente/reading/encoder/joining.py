"""The events of rules and encoder put together: which acts stand, with which parties.

An act of the rules keeps its words and gains the sides that only the encoder sees; an act that only the encoder sees is
added where it is sure enough. Whom the parties act for is settled in `mentions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from detente.knowledge import Knowledge
from detente.model.vocabulary import EventType
from detente.reading.encoder.confidence import Clues, confidence
from detente.reading.encoder.decoding import Seen, Spot, View
from detente.reading.encoder.mentions import READS, Limits, MentionJoiner
from detente.reading.encoder.sheet import Sheet
from detente.reading.encoder.windows import TYPES
from detente.reading.events.moments import Moments
from detente.reading.marks import EventMark, MentionMark, Party, Span

CODES: Final = {
    "AGREE": "030", "CONSULT": "040", "SUPPORT": "050", "CONCEDE": "080", "COOPERATE": "060", "AID": "070",
    "RETREAT": "084", "REQUEST": "100", "ACCUSE": "110", "REJECT": "120", "THREATEN": "130", "PROTEST": "140",
    "SANCTION": "160", "MOBILIZE": "150", "COERCE": "170", "ASSAULT": "190", "STATEMENT": "010",
}  # fmt: skip
"""The code of a type where nothing says more."""
FILLED: Final = 0.8


class Draft(Struct, frozen=True):
    """An act that may become a mark, and what speaks for it."""

    event: EventMark
    clues: Clues


class Seat(Struct, frozen=True):
    mention: MentionMark


class Anchor(Struct, frozen=True):
    """An act of the encoder as `Moments` takes it."""

    trigger: int
    parts: tuple[int, ...]
    sources: tuple[Seat, ...]
    targets: tuple[Seat, ...]


class EventJoiner:
    """Joins the events of one document; `mentions` tells how sure the territories of parties are."""

    def __init__(self, knowledge: Knowledge, sheet: Sheet, mentions: MentionJoiner) -> None:
        self.knowledge = knowledge
        self.sheet = sheet
        self.mentions = mentions

    def drafts(
        self, views: Sequence[View], events: Sequence[EventMark], mentions: Sequence[MentionMark], moments: Moments
    ) -> list[Draft]:
        """Every act of either, those of the encoder that meet one of the rules' of the same type once only. `mentions`
        are those of both."""
        found: list[Draft] = []
        taken: set[tuple[int, EventType]] = set()
        spots = {spot.span: spot for view in views for spot in view.spots}
        acts = [act for view in views for act in view.acts]
        marks = {mark.span: mark for mark in mentions}
        for event in events:
            act = _nearest(event, acts)
            if act is not None and act.type == event.type:
                taken.add((act.at, act.type))
                event = self._filled(event, act, marks)
            found.append(Draft(event, self._clues(event, act, spots, marks, rule=True)))
        for act in acts:
            if (act.at, act.type) not in taken and (event_ := self._mark(act, marks, moments)) is not None:
                found.append(Draft(event_, self._clues(event_, act, spots, marks, rule=False)))
        return found

    def _clues(
        self,
        event: EventMark,
        act: Seen | None,
        spots: dict[Span, Spot],
        marks: dict[Span, MentionMark],
        *,
        rule: bool,
    ) -> Clues:
        sides = [
            [spots[party.span] for party in parties if party.span in spots]
            for parties in (event.sources, event.targets)
        ]
        support = [1.0, 1.0]
        for k in (0, 1):
            if act is None:
                support[k] = 0.5
            elif sides[k]:
                support[k] = min(act.support.get(spot.words, (0.5, 0.5))[k] for spot in sides[k])
            else:
                support[k] = 1 - max((both[k] for both in act.support.values()), default=0.0)
        territory = min((self.mentions.sureness(spot) for side in sides for spot in side), default=0.5)
        return Clues(
            rule=event.score if rule else 0.0,
            type=act.kinds[TYPES.index(event.type)] if act is not None else 0.02,
            source=support[0],
            target=support[1],
            territory=territory,
            whole=_is_known(event.sources, marks) and _is_known(event.targets, marks),
        )

    def _filled(self, event: EventMark, act: Seen, marks: dict[Span, MentionMark]) -> EventMark:
        """A side that the rules leave open, as the encoder fills it where it is surer of that than of most."""
        sides = [
            _parties([spot for spot in side if act.support[spot.words][k] > FILLED], marks)
            for k, side in enumerate((act.sources, act.targets))
        ]
        sources = event.sources or _without(sides[0], event.targets)
        targets = event.targets or _without(sides[1], event.sources)
        return replace(event, sources=sources, targets=targets)

    def _mark(self, act: Seen, marks: dict[Span, MentionMark], moments: Moments) -> EventMark | None:
        sources, targets = _parties(act.sources, marks), _parties(act.targets, marks)
        if not (sources or targets) or (act.type == "STATEMENT" and not (sources and targets)):
            return None
        cameo = self._code(act)
        code = self.knowledge.ontology.code(cameo)
        anchor = self._anchor(act, marks)
        return EventMark(
            evidence=self._evidence(act, (*sources, *targets)),
            trigger=act.trigger,
            type=act.type,
            cameo=cameo,
            mode=act.mode,
            contexts=tuple(c.strip() for c in (code.context or "").split(";") if c.strip()),
            sources=sources,
            targets=targets,
            polarity=act.polarity,
            modality=act.modality,
            moment=moments.time_of(anchor) if anchor else None,
            place=moments.place_of(anchor) if anchor else None,
            outward=self._is_outward(act),
            score=round(act.p, 2),
            reasons=(READS,),
        )

    def _is_outward(self, act: Seen) -> bool:
        """True where the sentence names two territories: an act with one side open then crosses states."""
        here = self.sheet.words[act.at].sentence
        return len({code for word in self.sheet.words if word.sentence == here for code in word.sides}) > 1

    def _anchor(self, act: Seen, marks: dict[Span, MentionMark]) -> Anchor | None:
        """What times and places hang on; None where the parse has no token for the trigger."""
        tokens = [word.tree for word in self.sheet.words[act.at : act.at + 4] if act.trigger.meets(word.span)]
        seats = [
            tuple(Seat(marks[spot.span]) for spot in side if spot.span in marks) for side in (act.sources, act.targets)
        ]
        return Anchor(tokens[0], tuple(tokens), *seats) if tokens and min(tokens) >= 0 else None

    def _code(self, act: Seen) -> str:
        if act.mode is not None:
            for code in self.knowledge.ontology.codes.values():
                if code.type == act.type and code.mode == act.mode:
                    return code.code
        return CODES[act.type]

    def _evidence(self, act: Seen, parties: Iterable[Party]) -> Span:
        here = self.sheet.sentences[self.sheet.words[act.at].sentence]
        inside = [act.trigger, *(party.span for party in parties if here.holds(party.span))]
        return Span(min(span.start for span in inside), max(span.end for span in inside))


def chosen(
    drafts: Sequence[Draft], calibration: Mapping[str, Sequence[float]], limits: Limits
) -> tuple[EventMark, ...]:
    """The drafts that are sure enough, with their confidence; of several on one trigger the surest."""
    kept: list[EventMark] = []
    scored = [(confidence(draft.clues, calibration), draft) for draft in drafts]
    for sure, draft in sorted(scored, key=lambda one: (-one[0], one[1].event.trigger, one[1].event.type)):
        least = limits.kept if draft.clues.rule else limits.added
        event = draft.event
        others = [one for one in kept if one.trigger.meets(event.trigger)]
        if sure >= least and (draft.clues.rule or not others):
            kept.append(replace(event, score=sure))
    return tuple(sorted(kept, key=lambda e: (e.trigger, e.type)))


def _is_known(parties: Iterable[Party], marks: dict[Span, MentionMark]) -> bool:
    """True where one of them acts for a known territory, organisation or group."""
    return any(
        one.actor_id is not None for party in parties if party.span in marks for one in marks[party.span].candidates
    )


def _nearest(event: EventMark, acts: Sequence[Seen]) -> Seen | None:
    near = [act for act in acts if act.trigger.meets(event.trigger)]
    return max(near, key=lambda act: (act.kinds[TYPES.index(event.type)], -act.at), default=None)


def _parties(seen: Iterable[Spot], marks: dict[Span, MentionMark]) -> tuple[Party, ...]:
    return tuple(Party(spot.span, marks[spot.span].head) for spot in seen if spot.span in marks)


def _without(parties: tuple[Party, ...], others: tuple[Party, ...]) -> tuple[Party, ...]:
    return tuple(party for party in parties if all(party.span != other.span for other in others))
