"""The step that turns acts into event marks: which acts stand, their evidence, time, place and score."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar, Final

from msgspec.structs import replace

from detente.knowledge import Knowledge
from detente.reading.events.company import Company
from detente.reading.events.lexicon import Acts
from detente.reading.events.matching import Act, Matcher
from detente.reading.events.mending import mend
from detente.reading.events.moments import Moments
from detente.reading.events.sides import Side, Sides
from detente.reading.events.standing import is_outward, why_not
from detente.reading.factuality import Factuality
from detente.reading.marks import ClaimMark, EventMark, Party, Rejected, Span
from detente.reading.paper import Paper
from detente.reading.syntax import Tree, tree

_TENSELESS: Final = frozenset({"NN", "NNS", "NNP", "VBG"})


class EventStep:
    """Events between political actors, from the parse, the mentions and the lexicon of acts."""

    name: ClassVar[str] = "events"
    needs: ClassVar[frozenset[str]] = frozenset({"parse", "mentions"})
    gives: ClassVar[frozenset[str]] = frozenset({"events"})

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    @cached_property
    def acts(self) -> Acts:
        return Acts.load(self.knowledge.language, self.knowledge.ontology)

    @cached_property
    def factuality(self) -> Factuality:
        return Factuality.load(self.knowledge.language)

    def read(self, paper: Paper) -> Paper:
        if paper.parse is None:
            return paper.adding(events=())
        view = tree(paper.parse)
        sides = Sides(view, paper.mentions or (), self.acts.calendar)
        mend(view, sides, self.acts)
        company = Company(view, sides, self.acts, paper.claims or ())
        found = company.fill(Matcher(view, sides, self.acts, self.factuality).read())
        standing, rejected = _sift(view, [_as_promised(view, act, paper.claims or ()) for act in found], company)
        moments = Moments(
            view,
            tuple(mark.span for mark in paper.times or ()),
            tuple(mark.span for mark in paper.places or ()),
            frozenset(act.trigger for act in found),
        )
        marks = [self._mark(view, act, moments, is_outward(act, company)) for act in standing]
        return paper.adding(events=tuple(sorted(marks, key=lambda e: (e.trigger, e.type))), rejected=tuple(rejected))

    def _mark(self, view: Tree, act: Act, moments: Moments, outward: bool) -> EventMark:
        code = self.knowledge.ontology.code(act.cameo)
        same = code.type == act.type
        evidence = _evidence(view, act)
        return EventMark(
            evidence=evidence,
            trigger=_trigger(view, act),
            type=act.type,
            cameo=act.cameo,
            mode=code.mode if same else None,
            contexts=tuple(c.strip() for c in (code.context or "").split(";") if c.strip()),
            sources=_parties(act.sources),
            targets=_parties(act.targets),
            polarity=act.status.polarity,
            modality=act.status.modality,
            vouchers=_parties(act.vouchers),
            moment=moments.time_of(act),
            place=moments.place_of(act),
            outward=outward,
            score=_score(act),
            reasons=act.reasons + act.status.reasons,
        )


def _as_promised(view: Tree, act: Act, claims: Sequence[ClaimMark]) -> Act:
    """ "The signing of a treaty, as promised by Chad": an act without a tense of its own, inside what somebody
    promises, is yet to come."""
    if act.status.modality != "actual" or view.tags[act.trigger] not in _TENSELESS:
        return act
    at = Span(view.starts[act.trigger], view.ends[act.trigger])
    holding = [claim for claim in claims if any(content.holds(at) for content in claim.contents)]
    innermost = min(holding, key=lambda claim: claim.evidence.end - claim.evidence.start, default=None)
    if innermost is None or innermost.act != "promise" or innermost.form == "direct":
        return act
    return replace(act, status=replace(act.status, modality="future", reasons=(*act.status.reasons, "promised")))


def _sift(view: Tree, acts: list[Act], company: Company) -> tuple[list[Act], list[Rejected]]:
    """The acts that stand, one for each trigger, type and pair of sides; the others with their reasons."""
    standing: list[Act] = []
    rejected: list[Rejected] = []
    seen: set[tuple[object, ...]] = set()
    for act in acts:
        reason = why_not(act, company)
        key = (act.type, _spans(act.sources), _spans(act.targets))
        words = {(part, *key) for part in act.parts} | {(act.trigger, *key)}
        if not reason and words & seen:
            reason = "the same act was read twice here"
        if not reason:
            seen |= words
        if not reason:
            standing.append(act)
        else:
            rejected.append(Rejected(_trigger(view, act), "events", f"{act.type} {act.cameo}", reason))
    return standing, rejected


def _spans(sides: tuple[Side, ...]) -> tuple[Span, ...]:
    return tuple(side.mention.span for side in sides)


def _parties(sides: tuple[Side, ...]) -> tuple[Party, ...]:
    return tuple(side.party for side in sides)


def _trigger(view: Tree, act: Act) -> Span:
    """The head word with its particle or light-verb noun, where these stand close together."""
    parts = [p for p in act.parts if abs(p - act.trigger) <= 4]
    return Span(view.starts[min(parts)], view.ends[max(parts)])


def _evidence(view: Tree, act: Act) -> Span:
    """The stretch from the first to the last word of trigger and sides, inside the trigger's sentence."""
    start, end = _trigger(view, act)
    for side in act.sources + act.targets:
        if view.sents[side.token] == view.sents[act.trigger]:
            start = min(start, side.mention.span.start, view.starts[side.filler])
            end = max(end, side.mention.span.end, view.ends[side.filler])
    return Span(start, end)


def _score(act: Act) -> float:
    """Entry strength, fit of the fillers, and whether both sides are named."""
    score = 0.9 if act.base.strong else 0.7
    for sides in (act.sources, act.targets):
        score *= min((side.fit for side in sides), default=0.7)
        score *= min((side.mention.score for side in sides), default=1.0)
        if any(side.mention.form == "pronoun" for side in sides):
            score *= 0.9
    return round(score, 3)
