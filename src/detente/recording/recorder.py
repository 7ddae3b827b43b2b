"""One document's marks become its rows: actors, mentions, moments, places, figures, claims, events.

What the marks leave open is settled here through the resolver, the calendar, the placer and the voices; what is
not worth a row is set aside with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from detente.errors import InputError
from detente.knowledge import Knowledge
from detente.model import (
    Actor,
    ActorRef,
    AnyRecord,
    Claim,
    Date,
    Document,
    Event,
    Figure,
    Mention,
    Moment,
    Place,
    PlaceRef,
)
from detente.model.identity import make_id
from detente.reading.marks import ClaimMark, EventMark, FigureMark, Party, Rejected, Span
from detente.reading.paper import Paper
from detente.recording.dating import Calendar
from detente.recording.placing import Placer
from detente.recording.quoting import evidence
from detente.recording.resolution import Resolver
from detente.recording.selection import reason_to_leave_out, standing
from detente.recording.voices import Voices


@dataclass(frozen=True, slots=True)
class Recording:
    """The rows of one document, what was considered and set aside, and what the document states that is not clear."""

    records: tuple[AnyRecord, ...]
    rejected: tuple[Rejected, ...]
    warnings: tuple[InputError, ...] = ()


class Recorder:
    """Turns papers into rows. Holds knowledge only; every paper is recorded on its own."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def record(self, paper: Paper) -> Recording:
        """The rows of `paper`, document first, in the order of the text within each kind."""
        return _Page(self.knowledge, paper).recording()


class _Page:
    """One document being recorded."""

    def __init__(self, knowledge: Knowledge, paper: Paper) -> None:
        self.knowledge = knowledge
        self.paper = paper
        self.calendar = Calendar(paper)
        self.doc: Document = replace(paper.doc, published=self.calendar.published)
        self.resolver = Resolver(knowledge, paper, self.calendar.published)
        self.placer = Placer(knowledge, paper)
        self.voices = Voices(paper, self.resolver)
        self.rejected: list[Rejected] = []
        self.dates = dict(self._dated())

    def recording(self) -> Recording:
        mentions = self._mentions()
        places = self._places()
        self.place_refs = {Span(place.evidence.start, place.evidence.end): _place_ref(place) for place in places}
        rows: list[AnyRecord] = [*mentions, *self._moments(), *places, *self._figures(), *self._claims()]
        rows += self._events()
        rows = list({_row_id(row): row for row in rows}.values())
        return Recording(
            (self.doc, *_actors(mentions, rows), *rows),
            self.paper.rejected + tuple(self.rejected),
        )

    # -- dates, mentions, places ------------------------------------------------------------------------

    def _dated(self) -> list[tuple[Span, Date]]:
        """The times that can date a row: a bare length of time ("for a month") says how long, not when."""
        return [(mark.span, date) for mark, date in self.calendar.moments() if mark.kind != "duration" or date.start]

    def _moments(self) -> list[Moment]:
        return [
            Moment(
                moment_id=make_id("mom", self.doc.document_id, *mark.span),
                document_id=self.doc.document_id,
                evidence=evidence(self.doc.text, mark.span),
                kind=mark.kind,
                start=date.start,
                end=date.end,
                precision=date.precision,
                value=date.value or mark.value or mark.offset or "",
                basis=date.basis,
            )
            for mark, date in self.calendar.moments()
        ]

    def _mentions(self) -> list[Mention]:
        return [
            Mention(
                mention_id=make_id("men", self.doc.document_id, *mark.span, mark.use, actor.actor_id, actor.name),
                document_id=self.doc.document_id,
                evidence=evidence(self.doc.text, mark.span),
                actor=actor,
                use=mark.use,
            )
            for mark, actors in self.resolver.references()
            for actor in actors
        ]

    def _places(self) -> list[Place]:
        rows = []
        for mark in self.paper.places or ():
            placed = self.placer.place(mark)
            rows.append(
                Place(
                    place_id=make_id("plc", self.doc.document_id, *mark.span),
                    document_id=self.doc.document_id,
                    evidence=evidence(self.doc.text, mark.span),
                    name=placed.name,
                    geonameid=placed.geonameid,
                    latitude=placed.latitude,
                    longitude=placed.longitude,
                    precision=placed.precision,
                    territory=placed.territory,
                    confidence=round(placed.confidence, 3),
                )
            )
        return rows

    # -- figures, claims, events ------------------------------------------------------------------------

    def _figures(self) -> list[Figure]:
        return [self._figure(mark) for mark in self.paper.figures or ()]

    def _figure(self, mark: FigureMark) -> Figure:
        held_by = self._actors_of((mark.party,) if mark.party else ())
        return Figure(
            figure_id=make_id("fig", self.doc.document_id, *mark.span, mark.unit, mark.measure),
            document_id=self.doc.document_id,
            evidence=evidence(self.doc.text, mark.span),
            value=mark.value,
            low=mark.low,
            high=mark.high,
            bound=mark.bound,
            unit=mark.unit,
            measure=mark.measure,
            of=self.paper.words(mark.of) if mark.of else None,
            territory=next((actor.territory for actor in held_by if actor.territory), None),
            date=self._date(mark.moment),
            voices=self.voices.chain(mark.span),
            confidence=round(mark.score, 3),
        )

    def _claims(self) -> list[Claim]:
        marks = self.paper.claims or ()
        ids = [self._claim_id(mark) for mark in marks]
        return [self._claim(index, mark, ids) for index, mark in enumerate(marks)]

    def _claim_id(self, mark: ClaimMark) -> str:
        return make_id("clm", self.doc.document_id, *mark.evidence, *mark.contents, *mark.cues, mark.act)

    def _claim(self, index: int, mark: ClaimMark, ids: list[str]) -> Claim:
        speakers = self._actors_of(mark.sources)
        text = self.doc.text
        return Claim(
            claim_id=ids[index],
            document_id=self.doc.document_id,
            evidence=evidence(text, mark.evidence),
            contents=tuple(evidence(text, span) for span in mark.contents),
            speaker=speakers[0] if speakers else None,
            cue=evidence(text, mark.cues[0]) if mark.cues else None,
            form=mark.form,
            act=mark.act,
            cue_polarity=mark.cue_polarity,
            parent_claim_id=None if mark.parent is None else ids[mark.parent],
            about=tuple(
                replace(actor, stance=stance) for party, stance in mark.about for actor in self.resolver.resolve(party)
            ),
            loaded=tuple(evidence(text, span) for span in mark.loaded),
            voices=self.voices.claim_chain(index),
            confidence=round(mark.score, 3),
            reasons=(mark.reason,) if mark.reason else (),
        )

    def _events(self) -> list[Event]:
        rows = []
        for mark in self.paper.events or ():
            event = self._event(mark)
            if reason := reason_to_leave_out(event, outward=mark.outward):
                what = f"{event.type} {_territories(event.sources)} -> {_territories(event.targets)}"
                self.rejected.append(Rejected(mark.trigger, "record", what, reason))
            else:
                rows.append(event)
        return rows

    def _event(self, mark: EventMark) -> Event:
        code = self.knowledge.ontology.code(mark.cameo)
        sources, targets = standing(self._actors_of(mark.sources)), standing(self._actors_of(mark.targets))
        date = self._date(mark.moment)
        return Event(
            event_id=make_id(
                "evt",
                self.doc.document_id,
                *mark.trigger,
                mark.type,
                mark.polarity,
                *(actor.actor_id or actor.name for actor in sources),
                ">",
                *(actor.actor_id or actor.name for actor in targets),
            ),
            document_id=self.doc.document_id,
            evidence=evidence(self.doc.text, mark.evidence),
            trigger=evidence(self.doc.text, mark.trigger),
            type=mark.type,
            quad=self.knowledge.ontology.type(mark.type).quad,
            cameo=mark.cameo,
            goldstein=code.goldstein,
            mode=mark.mode,
            contexts=mark.contexts,
            sources=sources,
            targets=targets,
            date=date,
            place=self.place_refs.get(mark.place) if mark.place else None,
            polarity=mark.polarity,
            modality=mark.modality,
            voices=self.voices.chain(mark.trigger, mark.vouchers),
            confidence=round(mark.score, 3),
            reasons=mark.reasons if date else (*mark.reasons, "no date: the clause states no time"),
        )

    def _actors_of(self, parties: tuple[Party, ...]) -> tuple[ActorRef, ...]:
        """The actors of all parties, each once."""
        refs = [actor for party in parties for actor in self.resolver.resolve(party)]
        return tuple({actor.actor_id or actor.name: actor for actor in reversed(refs)}.values())[::-1]

    def _date(self, span: Span | None) -> Date | None:
        return None if span is None else self.dates.get(span)


def _place_ref(place: Place) -> PlaceRef:
    return PlaceRef(
        place_id=place.place_id,
        name=place.name,
        geonameid=place.geonameid,
        territory=place.territory,
        precision=place.precision,
        evidence=place.evidence,
    )


def _actors(mentions: list[Mention], rows: list[AnyRecord]) -> list[Actor]:
    """One row for every actor that any row points at, sorted by id."""
    refs = [mention.actor for mention in mentions]
    for row in rows:
        if isinstance(row, Event):
            refs += [*row.sources, *row.targets, *row.voices]
        elif isinstance(row, Claim):
            refs += [*row.about, *row.voices, *((row.speaker,) if row.speaker else ())]
        elif isinstance(row, Figure):
            refs += row.voices
    known = {ref.actor_id: ref for ref in refs if ref.actor_id is not None}
    return [
        Actor(actor_id=actor_id, name=ref.name, kind=ref.kind, territory=ref.territory, sector=ref.sector)
        for actor_id, ref in sorted(known.items())
    ]


def _territories(refs: tuple[ActorRef, ...]) -> str:
    return ",".join(ref.territory or ref.name for ref in refs) or "-"


def _row_id(row: AnyRecord) -> str:
    """The row's own id: the field named after its kind."""
    value: str = getattr(row, f"{type(row).__name__.lower()}_id")
    return value
