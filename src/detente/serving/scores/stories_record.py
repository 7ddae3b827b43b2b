"""The record that a perfect reader would make of a story's articles: typed rows from the annotation itself.

What lives here: documents, events, claims and figures of one article, with voices and dates. What does not: what is
found across articles, and the counting (`stories`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from hashlib import sha256

from detente.knowledge import Knowledge
from detente.knowledge.ontology import CameoCode
from detente.model import Actor, ActorRef, AnyRecord, Claim, Date, Document, Event, Evidence, Figure
from detente.model.identity import make_id
from detente.reading.times.calendar import stretch_of
from detente.recording.dating import PRECISIONS
from detente.serving.scores.corpus_rows import ClaimRow, EventRow, FigureRow, Link, PassageRow, Stretch, TimeRow

_VERSION = "annotation"


def document(row: PassageRow) -> Document:
    """The article as the record keeps it, the same for both ways of reading it."""
    title = next((row.text[s.start : s.end] for s in row.sentences if s.kind == "title"), None)
    return Document(
        document_id=make_id("doc", row.id, row.text),
        uri=f"https://stories.example/{row.id}",
        text=row.text,
        text_sha256=sha256(row.text.encode()).hexdigest(),
        language="en",
        reader_version=_VERSION,
        outlet=f"Outlet {row.outlet}" if row.outlet else None,
        outlet_territory=row.outlet,
        title=title,
        published=_day(row.published),
    )


class AnnotatedArticle:
    """The rows of one article as annotated. `days` are the days of events, by index, that the annotation sets; an
    event whose sentence names no time that is its own has no date, as in the reader's rows."""

    def __init__(self, row: PassageRow, knowledge: Knowledge, days: Mapping[int, str | None]) -> None:
        self.row = row
        self.knowledge = knowledge
        self.days = days
        self.document = document(row)

    def records(self) -> list[AnyRecord]:
        """The document first, then its rows and their actors."""
        rows: list[AnyRecord] = [*self.claims, *self.events, *self._figures()]
        refs = [ref for event in self.events for ref in (*event.sources, *event.targets, *event.voices)]
        refs += [ref for claim in self.claims for ref in (*claim.voices, *claim.about)]
        refs += [ref for row in rows if isinstance(row, Figure) for ref in row.voices]
        known = {ref.actor_id: ref for ref in reversed(refs) if ref.actor_id is not None}
        actors = [
            Actor(actor_id=actor_id, name=ref.name, kind=ref.kind, territory=ref.territory, sector=ref.sector)
            for actor_id, ref in sorted(known.items())
        ]
        return [self.document, *rows, *actors]

    # -- rows --------------------------------------------------------------------------------------------

    @cached_property
    def events(self) -> list[Event]:
        """One for each annotated event, in that order."""
        return [self._event(index, event) for index, event in enumerate(self.row.events)]

    @cached_property
    def claims(self) -> list[Claim]:
        """One for each annotated claim, in that order."""
        return [self._claim(index, claim) for index, claim in enumerate(self.row.claims)]

    def _event(self, index: int, event: EventRow) -> Event:
        code = self._code(event.type, event.mode)
        date = self._event_date(index, event)
        return Event(
            event_id=make_id("evt", self.document.document_id, index),
            document_id=self.document.document_id,
            evidence=self._evidence(event.evidence),
            trigger=self._evidence(event.trigger[0]),
            type=event.type,
            quad=self.knowledge.ontology.type(event.type).quad,
            cameo=code.code,
            goldstein=code.goldstein,
            mode=event.mode,
            sources=self._refs(event.sources),
            targets=self._refs(event.targets),
            date=date,
            polarity=event.polarity,
            modality=event.modality,
            voices=self._chain(event.voices),
            confidence=1.0,
        )

    def _claim(self, index: int, claim: ClaimRow) -> Claim:
        sources = [self.row.actors[i].span for i in claim.sources if self.row.actors[i].sentence == claim.sentence]
        spans = [*sources, *claim.cues, *claim.contents]
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        speakers = self._refs(claim.sources)
        return Claim(
            claim_id=self._claim_id(index),
            document_id=self.document.document_id,
            evidence=Evidence(start, end, self.row.text[start:end]),
            contents=tuple(self._evidence(part) for part in claim.contents),
            speaker=speakers[0] if speakers else None,
            cue=self._evidence(claim.cues[0]) if claim.cues else None,
            form=claim.form,
            act=claim.act,
            cue_polarity=claim.cue_polarity,
            parent_claim_id=None if claim.parent is None else self._claim_id(claim.parent),
            about=self._about(claim),
            loaded=tuple(self._evidence(part) for part in self.row.loaded if _holds(claim.contents, part)),
            voices=self._chain(claim.voices),
            confidence=1.0,
        )

    def _claim_id(self, index: int) -> str:
        return make_id("clm", self.document.document_id, index)

    def _about(self, claim: ClaimRow) -> tuple[ActorRef, ...]:
        """The actors named in the contents, with the speaker's stance where the annotation has one."""
        stances = {s.actor: s.value for s in self.row.stances if s.speaker in claim.sources}
        found: dict[str | None, ActorRef] = {}
        for index, actor in enumerate(self.row.actors):
            if actor.sentence == claim.sentence and actor.use == "actor" and _holds(claim.contents, actor.span):
                for ref in self._refs((index,), stances.get(index)):
                    found.setdefault(ref.actor_id, ref)
        return tuple(found.values())

    def _figures(self) -> list[Figure]:
        return [self._figure(index, figure) for index, figure in enumerate(self.row.figures)]

    def _figure(self, index: int, figure: FigureRow) -> Figure:
        around = [figure.of, figure.span] if figure.of else [figure.span]
        counted = [a for part in around for a in self.row.actors if a.sentence == figure.sentence and a.territories
                   and a.span.start < part.end and part.start < a.span.end]  # fmt: skip
        return Figure(
            figure_id=make_id("fig", self.document.document_id, index),
            document_id=self.document.document_id,
            evidence=self._evidence(figure.span),
            value=figure.value,
            low=figure.low,
            high=figure.high,
            bound=figure.bound,
            unit=figure.unit,
            measure=figure.measure,
            of=figure.of.quote if figure.of else None,
            territory=counted[0].territories[0] if counted else None,
            date=self._date_near(figure.sentence, figure.span),
            voices=self._chain(figure.voices),
            confidence=1.0,
        )

    # -- actors and voices -------------------------------------------------------------------------------

    def _refs(self, actors: Iterable[int], stance: float | None = None) -> tuple[ActorRef, ...]:
        return tuple(ref for index in actors for ref in self._actor(index, stance))

    def _actor(self, index: int, stance: float | None) -> list[ActorRef]:
        """One for each territory of a joint mention; who acts for none is known by the words of the first mention."""
        actor = self.row.actors[index]
        first = actor
        while first.refers is not None:
            first = self.row.actors[first.refers]
        name = first.span.quote.removeprefix("the ").removeprefix("The ")
        found = []
        for code in actor.territories or (None,):
            called = self.knowledge.territories.get(code).name if code and actor.kind == "state" else name
            found.append(
                ActorRef(
                    actor_id=make_id("act", called.casefold(), actor.kind, code),
                    name=called,
                    territory=code,
                    sector=actor.sector,
                    kind=actor.kind,
                    evidence=self._evidence(actor.span),
                    stance=stance,
                )
            )
        return found

    def _chain(self, voices: Sequence[Link]) -> tuple[ActorRef, ...]:
        name = self.document.outlet or "the author"
        chain = [
            ActorRef(
                actor_id=make_id("act", name, "author", self.row.outlet or self.document.document_id),
                name=name, kind="author", territory=self.row.outlet,
            )
        ]  # fmt: skip
        for link in voices:
            if link.voiced == "unnamed":
                chain.append(ActorRef(actor_id=None, name="unnamed", unresolved="the text names no source"))
            for ref in self._refs(link.actors):
                if ref.actor_id != chain[-1].actor_id:
                    chain.append(ref)
        return tuple(chain)

    # -- dates -------------------------------------------------------------------------------------------

    def _event_date(self, index: int, event: EventRow) -> Date | None:
        if index in self.days:
            value = self.days[index]
            return None if value is None else _day(value, "text")
        return self._date_near(event.sentence, event.trigger[0])

    def _date_near(self, sentence: int, place: Stretch) -> Date | None:
        """The nearest time of the sentence that stands in the same claim as `place`, or like it in none."""
        own = self._claim_around(sentence, place)
        times = [
            (_gap(place, time.span), time.span.start, date)
            for time in self.row.times
            if time.sentence == sentence and self._claim_around(sentence, time.span) == own
            for date in [self._date(time)]
            if date is not None
        ]
        return min(times, key=lambda one: one[:2])[2] if times else None

    def _claim_around(self, sentence: int, place: Stretch) -> int | None:
        """The smallest claim that holds `place`."""
        holding = [
            (sum(part.end - part.start for part in claim.contents), index)
            for index, claim in enumerate(self.row.claims)
            if claim.sentence == sentence and _holds(claim.contents, place)
        ]
        return min(holding)[1] if holding else None

    def _date(self, time: TimeRow) -> Date | None:
        """None for a length and for what names no interval."""
        if time.value == "PRESENT_REF":
            return _day(self.row.published, "text")
        found = stretch_of(time.value)
        if found is None:
            return None
        return Date(
            start=found.start.isoformat(), end=found.end.isoformat(),
            precision=PRECISIONS.get(found.size, "interval"), basis="text", raw=time.span.quote, value=time.value,
        )  # fmt: skip

    # -- words and codes ---------------------------------------------------------------------------------

    def _evidence(self, stretch: Stretch) -> Evidence:
        return Evidence(stretch.start, stretch.end, stretch.quote)

    def _code(self, kind: str, mode: str | None) -> CameoCode:
        """The first code of the type and mode, else of the type."""
        of_type = [code for code in self.knowledge.ontology.codes.values() if code.type == kind]
        if not of_type:
            of_type = [code for code in self.knowledge.ontology.codes.values() if code.code == "010"]
        return next((code for code in of_type if code.mode == mode), of_type[0])


def _day(iso: str, basis: str = "given") -> Date:
    return Date(start=iso, end=iso, precision="day", basis=basis, raw=iso)  # type: ignore[arg-type]


def _holds(parts: Sequence[Stretch], place: Stretch) -> bool:
    return any(part.start <= place.start and place.end <= part.end for part in parts)


def _gap(one: Stretch, other: Stretch) -> int:
    return max(other.start - one.end, one.start - other.end, 0)
