"""Articles drafted by hand for tests of disputes: a text, and rows that stand on its words, voices included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import count

from msgspec.structs import replace

from detente.knowledge import Knowledge
from detente.model import Actor, ActorRef, AnyRecord, Claim, Date, Dispute, Document, Event, Evidence, Figure, Happening
from detente.model.identity import make_id
from detente.model.vocabulary import Act, ActorKind, Bound, EventType, Modality, Polarity
from detente.relating.disputes import Article, DisputeLexicon, Settlement, disputes_in

Party = tuple[str | None, str]
"""A territory's code (null for who acts for none) and the words that name the party."""

LEXICON = DisputeLexicon.load("en")
ONTOLOGY = Knowledge().ontology


def ref(party: Party, text: str = "", kind: ActorKind = "government") -> ActorRef:
    code, name = party
    start = text.find(name)
    evidence = Evidence(start, start + len(name), name) if start >= 0 and text else None
    return ActorRef(
        actor_id=make_id("act", name, code), name=name, territory=code, kind=kind, sector="GOV", evidence=evidence
    )


class Draft:
    """One article; rows are added in any order. A claim's contents make its speaker a voice of what stands in them."""

    def __init__(
        self, text: str, *, outlet: str = "Third Wire", outlet_territory: str | None = None,
        published: str | None = "2024-05-06", uri: str | None = None,
    ) -> None:  # fmt: skip
        self.text = text
        own = make_id("doc", text, outlet, published)
        self.document = Document(
            document_id=own, uri=uri or f"https://one.example/{own}", text=text,
            text_sha256=sha256(text.encode()).hexdigest(), language="en", reader_version="1", outlet=outlet,
            outlet_territory=outlet_territory, published=day(published),
        )  # fmt: skip
        self.author = ActorRef(actor_id=None, name=outlet, kind="author", territory=outlet_territory)
        self.claims: list[Claim] = []
        self.figures: list[Figure] = []
        self.events: list[Event] = []
        self._numbers = count()

    def words(self, quote: str, nth: int = 0) -> Evidence:
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(quote, start + 1)
        return Evidence(start, start + len(quote), quote)

    def claim(
        self, speaker: Party | None, contents: str, *, act: Act = "state", cue: str | None = None,
        about: Sequence[Party] = (), parent: Claim | None = None, kind: ActorKind = "government",
    ) -> Claim:  # fmt: skip
        part = self.words(contents)
        said = None if cue is None else self._last(cue, part.start) or self.words(cue)
        who = ActorRef(actor_id=None, name="unnamed")
        if speaker is not None:
            named = self._last(speaker[1], part.start if said is None else said.start) or self.words(speaker[1])
            who = replace(ref(speaker, kind=kind), evidence=named)
        start = min([part.start, *([said.start] if said else []), *([who.evidence.start] if who.evidence else [])])
        end = max(part.end, said.end if said else 0)
        above = (self.author,) if parent is None else parent.voices
        claim = Claim(
            claim_id=make_id("clm", self.document.document_id, next(self._numbers)),
            document_id=self.document.document_id, evidence=Evidence(start, end, self.text[start:end]),
            contents=(part,), speaker=who, cue=said, form="indirect", act=act,
            cue_polarity="negated" if act == "omit" else "affirmed",
            parent_claim_id=None if parent is None else parent.claim_id,
            about=tuple(ref(one, self.text) for one in about), voices=(*above, who), confidence=1.0,
        )  # fmt: skip
        self.claims.append(claim)
        return claim

    def _last(self, quote: str, before: int) -> Evidence | None:
        start = self.text.rfind(quote, 0, before)
        return None if start < 0 else Evidence(start, start + len(quote), quote)

    def _voices(self, at: Evidence) -> tuple[ActorRef, ...]:
        held = [
            claim for claim in self.claims
            if claim.act != "omit" and any(part.start <= at.start and at.end <= part.end for part in claim.contents)
        ]  # fmt: skip
        return max((claim.voices for claim in held), key=len, default=(self.author,))

    def event(
        self, trigger: str, sources: Sequence[Party], targets: Sequence[Party], kind: EventType = "ASSAULT", *,
        polarity: Polarity = "affirmed", modality: Modality = "actual", date: str | None = None, nth: int = 0,
        actor: ActorKind = "government",
    ) -> Event:  # fmt: skip
        at = self.words(trigger, nth)
        start = max(self.text.rfind(".", 0, at.start) + 1, 0)
        start += len(self.text[start:]) - len(self.text[start:].lstrip())
        end = self.text.find(".", at.end)
        code = next(code for code in ONTOLOGY.codes.values() if code.type == kind)
        event = Event(
            event_id=make_id("evt", self.document.document_id, next(self._numbers)),
            document_id=self.document.document_id, evidence=Evidence(start, end, self.text[start:end]), trigger=at,
            type=kind, quad=ONTOLOGY.type(kind).quad, cameo=code.code, goldstein=code.goldstein,
            sources=tuple(ref(one, self.text, actor) for one in sources),
            targets=tuple(ref(one, self.text) for one in targets), date=day(date, "text"), polarity=polarity,
            modality=modality, voices=self._voices(at), confidence=1.0,
        )  # fmt: skip
        self.events.append(event)
        return event

    def figure(
        self, words: str, value: float | None, measure: str, of: str | None = None, *, unit: str = "person",
        bound: Bound = "exact", low: float | None = None, high: float | None = None, date: str | None = None,
        territory: str | None = None,
    ) -> Figure:  # fmt: skip
        at = self.words(words)
        figure = Figure(
            figure_id=make_id("fig", self.document.document_id, next(self._numbers)),
            document_id=self.document.document_id, evidence=at, value=value, low=low, high=high, bound=bound,
            unit=unit, measure=measure, of=of, territory=territory, date=day(date, "text"), voices=self._voices(at),
            confidence=1.0,
        )  # fmt: skip
        self.figures.append(figure)
        return figure

    @property
    def article(self) -> Article:
        return Article(self.document, tuple(self.events), tuple(self.claims), tuple(self.figures))

    def records(self) -> list[AnyRecord]:
        """As the store takes them."""
        refs = [one for event in self.events for one in (*event.sources, *event.targets, *event.voices)]
        refs += [one for claim in self.claims for one in (*claim.voices, *claim.about)]
        known = {one.actor_id: one for one in refs if one.actor_id is not None}
        actors = [
            Actor(actor_id=actor_id, name=one.name, kind=one.kind, territory=one.territory)
            for actor_id, one in sorted(known.items())
        ]
        return [self.document, *self.claims, *self.events, *self.figures, *actors]


def day(iso: str | None, basis: str = "given") -> Date | None:
    if iso is None:
        return None
    return Date(start=iso, end=iso, precision="day", basis=basis, raw=iso)  # type: ignore[arg-type]


def one_happening(*events: Event) -> Happening:
    """These events as one happening."""
    ids = tuple(sorted(event.event_id for event in events))
    return Happening(
        happening_id=make_id("hap", *ids), event_ids=ids, document_ids=(), witnesses=1, type=events[0].type
    )


def settled(
    *drafts: Draft, happenings: Sequence[Happening] = (), witnesses: Mapping[str, str] | None = None
) -> Settlement:
    return disputes_in([draft.article for draft in drafts], LEXICON, happenings=happenings, witnesses=witnesses)


def kinds(settlement: Settlement) -> list[str]:
    return sorted(dispute.kind for dispute in settlement.disputes)


def told(dispute: Dispute) -> list[tuple[str, str, str | None]]:
    """Stance, words and side of every version."""
    return [(version.stance, version.evidence.quote, version.voices[-1].territory) for version in dispute.versions]
