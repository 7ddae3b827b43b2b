"""One document's rows laid over its text: which claim holds a stretch, who holds a row, what scene it is of."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from detente.model import ActorRef, Claim, Document, Event, Evidence, Figure
from detente.model.vocabulary import VersionStance
from detente.reading.claims.enclosing import Enclosures
from detente.reading.marks import Span
from detente.relating.disputes.lexicon import DisputeLexicon
from detente.relating.disputes.parties import is_named, pairs, territories
from detente.relating.disputes.statement import Content, Deed, Dyad, Holder, Scene, Statement
from detente.relating.disputes.wording import SentenceMap, Token, tokens

_DEED_WITHIN = 3
"""Sentences back to the act that a pointing word means."""
_MOST_DEEDS = 12
_REACH = 6
"""Words after a negator that it denies."""
_LONG_WORD, _MOST = 3, 0.9
"""Letters of a long word; share of long words with a capital from which they are a title."""
_DYADS = 3
_SPEAKERS_BEFORE = 12


class Page:
    """A document being searched for statements. Rows are kept in the order of the text."""

    def __init__(
        self, doc: Document, events: Iterable[Event], claims: Iterable[Claim], figures: Iterable[Figure],
        lexicon: DisputeLexicon, happenings: Mapping[str, str], witness_id: str,
    ) -> None:  # fmt: skip
        self.doc = doc
        self.text = doc.text
        self.lexicon = lexicon
        self.happenings = happenings
        self.witness_id = witness_id
        self.events = sorted(events, key=lambda row: (row.trigger.start, row.trigger.end, row.event_id))
        self.claims = sorted(claims, key=lambda row: (row.evidence.start, -row.evidence.end, row.claim_id))
        self.figures = sorted(figures, key=lambda row: (row.evidence.start, row.evidence.end, row.figure_id))
        self.sentences = SentenceMap(self.text)
        self.words = tokens(self.text, 0, len(self.text))
        self.stems = [lexicon.stems.of(token.word) for token in self.words]
        self._starts = [token.start for token in self.words]
        self._figure_starts = [figure.evidence.start for figure in self.figures]
        self._event_starts = [event.trigger.start for event in self.events]
        self.published = None if doc.published is None else doc.published.start
        parts = ((Span(part.start, part.end), number) for number, c in enumerate(self.claims) for part in c.contents)
        self._enclosures = Enclosures(parts)

    # -- words ------------------------------------------------------------------------------------------

    def between(self, start: int, end: int) -> range:
        """The numbers of the words that begin between two offsets."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    def tokens_in(self, start: int, end: int) -> Sequence[Token]:
        found = self.between(start, end)
        return self.words[found.start : found.stop]

    def content_stems(self, start: int, end: int) -> tuple[str, ...]:
        return self.lexicon.content_stems(self.tokens_in(start, end))

    def trigger_stems(self, start: int, end: int) -> tuple[str, ...]:
        """The stems of the words that name an act; plain words ("taken") count where there are no others."""
        found = self.content_stems(start, end)
        return found or tuple(sorted({self.lexicon.stems.of(token.word) for token in self.tokens_in(start, end)}))

    def negated(self, start: int, end: int) -> tuple[str, ...]:
        """The stems that words of a stretch deny: "without firing a single shot", "did not ram anyone"."""
        lexicon = self.lexicon
        found: set[str] = set()
        numbers = self.between(start, end)
        for number in numbers:
            if self.words[number].word not in lexicon.negators:
                continue
            before = self.words[number - 1].word if number > numbers.start else ""
            after = self.words[number + 1].word if number + 1 < numbers.stop else ""
            if before not in lexicon.modals and after not in lexicon.unsaid:
                found.update(lexicon.content_stems(self.words[number + 1 : min(number + 1 + _REACH, numbers.stop)]))
        return tuple(sorted(found))

    def is_capitalised(self, start: int, end: int) -> bool:
        """Whether most long words begin with a capital, as in a title, where capitals tell nothing."""
        words = self.tokens_in(start, end)
        long = [token for token in words if len(token.word) >= _LONG_WORD and token.word not in self.lexicon.plain]
        return sum(self.text[token.start].isupper() for token in long) > _MOST * len(long)

    def evidence(self, start: int, end: int) -> Evidence:
        return Evidence(start, end, self.text[start:end])

    # -- rows by place ----------------------------------------------------------------------------------

    def holding(self, start: int, end: int) -> list[Claim]:
        """The claims one of whose parts holds the stretch, the narrowest first."""
        found = {
            number: sum(part.end - part.start for part in self.claims[number].contents)
            for number in self._enclosures.holding(Span(start, end))
        }
        return [self.claims[number] for number in sorted(found, key=lambda number: (found[number], number))]

    def events_in(self, parts: Iterable[Evidence]) -> list[Event]:
        """The events whose trigger stands in one of the parts."""
        found: list[Event] = []
        for part in parts:
            index = bisect_left(self._event_starts, part.start)
            while index < len(self.events) and self.events[index].trigger.start < part.end:
                if self.events[index].trigger.end <= part.end:
                    found.append(self.events[index])
                index += 1
        return found

    def is_within(self, event: Event, claim: Claim) -> bool:
        """Whether the claim's contents hold the event's trigger."""
        at = event.trigger
        return any(part.start <= at.start and at.end <= part.end for part in claim.contents)

    def deeds_within(self, start: int, sentences: int) -> list[Event]:
        """The material acts, done or being done, told in so many sentences before an offset, the last of them."""
        number = self.sentences.number(start)
        index = bisect_left(self._event_starts, start) - 1
        found: list[Event] = []
        while index >= 0 and len(found) < _MOST_DEEDS:
            event = self.events[index]
            if number - self.sentences.number(event.trigger.start) > sentences:
                break
            if event.quad.startswith("material") and event.modality in ("actual", "habitual"):
                found.append(event)
            index -= 1
        return found[::-1]

    def deeds_before(self, start: int) -> list[Event]:
        """Those of the nearest sentence that has any."""
        found = self.deeds_within(start, _DEED_WITHIN)
        nearest = self.sentences.number(found[-1].trigger.start) if found else 0
        return [event for event in found if self.sentences.number(event.trigger.start) == nearest]

    def figure_before(self, start: int) -> Figure | None:
        """The last figure that ends before an offset."""
        index = bisect_left(self._figure_starts, start) - 1
        return self.figures[index] if index >= 0 and self.figures[index].evidence.end <= start else None

    def figures_in(self, start: int, end: int) -> list[Figure]:
        """The figures that begin between two offsets."""
        return self.figures[bisect_left(self._figure_starts, start) : bisect_left(self._figure_starts, end)]

    def says_no(self, claim: Claim) -> bool:
        """Whether the cue itself denies, so that the contents are told as what is denied."""
        return claim.act == "deny" and claim.cue is not None and bool(self.lexicon.denying.search(claim.cue.quote))

    @cached_property
    def children(self) -> dict[str, list[Claim]]:
        """Claims by the claim they stand in."""
        found: dict[str, list[Claim]] = {}
        for claim in self.claims:
            if claim.parent_claim_id is not None:
                found.setdefault(claim.parent_claim_id, []).append(claim)
        return found

    @cached_property
    def by_id(self) -> dict[str, Claim]:
        return {claim.claim_id: claim for claim in self.claims}

    # -- who --------------------------------------------------------------------------------------------

    def holder(self, voices: Sequence[ActorRef], at: int, *, unnamed: bool = False) -> Holder:
        """Who holds what stands at an offset, by its chain of voices; with `unnamed` also one who is not named."""
        is_left_open = unnamed and bool(voices) and not is_named(voices[-1])
        speaker = voices[-1] if is_left_open else self.speaker(voices, at)
        if speaker is None or speaker.kind == "author":
            outlet = self.doc.outlet or self.doc.document_id
            return Holder(f"author {outlet.casefold()}", self.doc.outlet_territory, True, True)
        named = self.is_known(speaker)
        key = speaker.actor_id or f"{speaker.name.casefold()} {speaker.territory or ''}"
        if not named:
            key = f"{self.doc.document_id} {key}"
        return Holder(key, speaker.territory, False, named)

    def is_known(self, ref: ActorRef) -> bool:
        """Whether it is told who speaks: neither unnamed nor a pronoun that nobody resolved."""
        return is_named(ref) and not (ref.actor_id is None and ref.name.casefold() in self.lexicon.nobody)

    def speaker(self, voices: Sequence[ActorRef], at: int) -> ActorRef | None:
        """The last named link; where the last is a pronoun nobody resolved, the person who spoke before it."""
        links = list(voices)
        while len(links) > 1 and not is_named(links[-1]) and links[-2].kind != "author":
            links.pop()
        if not links:
            return None
        last = links[-1]
        if last.territory is None and last.actor_id is None and last.name.casefold() in self.lexicon.personal:
            return self._spoken_before(at) or last
        return last

    def _spoken_before(self, at: int) -> ActorRef | None:
        index = bisect_left(self._claim_starts, at) - 1
        for number in range(index, max(index - _SPEAKERS_BEFORE, -1), -1):
            speaker = self.claims[number].speaker
            if speaker is not None and speaker.kind in ("person", "office") and is_named(speaker):
                return speaker
        return None

    @cached_property
    def _claim_starts(self) -> list[int]:
        return [claim.evidence.start for claim in self.claims]

    # -- scene ------------------------------------------------------------------------------------------

    @cached_property
    def dyads(self) -> tuple[Dyad, ...]:
        """The pairs of territories the document is about, by how often its rows hold them together."""
        found: Counter[Dyad] = Counter()
        for event in self.events:
            found.update(pairs(territories(event.sources), territories(event.targets)))
        for claim in self.claims:
            if claim.speaker is not None and claim.speaker.territory is not None:
                found.update(pairs((claim.speaker.territory,), territories(claim.about)))
        named = Counter(code for event in self.events for code in territories((*event.sources, *event.targets)))
        for claim in self.claims:
            speaker = () if claim.speaker is None else (claim.speaker,)
            named.update(territories((*speaker, *claim.about)))
        most = sorted(named, key=lambda code: (-named[code], code))[:2]
        if len(most) == 2:
            found[min(most), max(most)] += 1
        ranked = sorted(found, key=lambda dyad: (-found[dyad], -named[dyad[0]] - named[dyad[1]], dyad))
        return tuple(ranked[:_DYADS])

    def scene(self, start: int, end: int, events: Sequence[Event], *, parties: Iterable[str] = ()) -> Scene:
        """The scene of a stretch, by the events it tells of; what they leave open, by the events of its sentence."""
        first, last = self.sentences.span(start)
        near = list(events) or self.events_in([Evidence(first, max(last, end), "")])
        dated = [event for event in near if event.date is not None and event.date.start is not None]
        placed = [event.place for event in near if event.place is not None]
        codes = {code for event in near for code in territories((*event.sources, *event.targets))} | set(parties)
        date = dated[0].date if dated else None
        place = placed[0] if placed else None
        own = tuple(dict.fromkeys(
            dyad for event in near for dyad in pairs(territories(event.sources), territories(event.targets))
        ))  # fmt: skip
        told_of = tuple(event.event_id for event in near if event.modality in ("actual", "habitual"))
        return Scene(
            event_ids=told_of,
            happenings=tuple(sorted({self.happenings.get(event_id, event_id) for event_id in told_of})),
            deeds=_deeds(near),
            parties=tuple(sorted(codes)),
            dyads=tuple(dict.fromkeys((*own[:_DYADS], *self.dyads))),
            start=None if date is None else date.start,
            end=None if date is None else date.end,
            published=self.published,
            place=None if place is None else str(place.geonameid or place.name.casefold()),
            place_name=None if place is None else place.name,
        )

    # -- statements -------------------------------------------------------------------------------------

    def statement(
        self,
        content: Content,
        *,
        row_ids: Sequence[str],
        evidence: Evidence,
        voices: Sequence[ActorRef],
        scene: Scene,
        stance: VersionStance = "holds",
        answers: Sequence[str] = (),
        at: int | None = None,
        unnamed: bool = False,
    ) -> Statement:
        at = evidence.start if at is None else at
        return Statement(
            content=content,
            row_ids=tuple(dict.fromkeys(row_ids)),
            document_id=self.doc.document_id,
            witness_id=self.witness_id,
            evidence=evidence,
            sentence=self.sentences.number(at),
            voices=tuple(voices),
            holder=self.holder(voices, at, unnamed=unnamed),
            stance=stance,
            answers=tuple(answers),
            scene=scene,
            outlet=self.doc.outlet,
            outlet_territory=self.doc.outlet_territory,
            published=self.doc.published,
        )


def _deeds(events: Sequence[Event]) -> tuple[Deed, ...]:
    found = [
        Deed(event.type, territories(event.sources), territories(event.targets))
        for event in events
        if event.quad.startswith("material") and event.modality in ("actual", "habitual")
    ]
    return tuple(dict.fromkeys(found))
