"""Motives: why one act was done, as different voices have it.

Method: a motive is the stretch that a connective opens ("in order to", "in retaliation for"), a verb of purpose after "to",
or a noun that says what an act is for. It belongs to the act before it in its sentence, else to the act told last. Two are
held against each other where different sides give different reasons for one act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.model import ActorRef, Event, Evidence
from detente.relating.disputes.matters import are_sides, bond, opposition
from detente.relating.disputes.page import Page, told
from detente.relating.disputes.statement import Link, Motive, Statement

_CLAUSE_END = re.compile(r"[;:.!?…”\"]|, (?:but|and|while|said|says|which|who)\b")
_BEFORE_NEGATED = 3
_ACT_WITHIN = 3


def motives(page: Page) -> Iterator[Statement]:
    """The reasons that a document's voices give for acts. A reason in words that no row stands on is left out."""
    for start, end, is_strong in _openings(page):
        if (statement := _motive(page, start, end, is_strong)) is not None:
            yield statement


def _openings(page: Page) -> list[tuple[int, int, bool]]:
    """Where reasons stand: from the connective to the end of the clause; of two that overlap the first."""
    found: list[tuple[int, int, bool]] = []
    for pattern, is_strong in ((page.lexicon.motive, True), (page.lexicon.weak_motive, False)):
        found += [(match.start(), match.end(), is_strong) for match in pattern.finditer(page.text)]
    for number in range(1, len(page.words)):
        token = page.words[number]
        if token.word in page.lexicon.purposes and page.words[number - 1].word == "to":
            found.append((page.words[number - 1].start, token.end, False))
    for match in page.lexicon.reason.finditer(page.text):
        found.append((match.start(), match.end(), False))
    kept: list[tuple[int, int, bool]] = []
    for start, end, is_strong in sorted(found):
        if kept and start < kept[-1][1]:
            continue
        _, last = page.sentences.span(start)
        stop = _CLAUSE_END.search(page.text, end, last)
        kept.append((start, stop.start() if stop else last, is_strong))
    for match in page.lexicon.motive_after.finditer(page.text):
        first, _ = page.sentences.span(match.start())
        kept.append((first, match.start(), True))
    return kept


def _motive(page: Page, start: int, end: int, is_strong: bool) -> Statement | None:
    end = start + len(page.text[start:end].rstrip())
    first, last = page.sentences.span(start)
    claims = page.holding(start, min(end, start + 1))
    event = _act(page, start, first, last)
    if claims:
        row_ids, voices = [claims[0].claim_id], told(claims[0]).voices
    elif event is not None:
        row_ids, voices = [event.event_id], _author(event)
    else:
        return None
    own = event is not None and first <= event.trigger.start < last
    content = Motive(
        type=None if event is None else event.type,
        sources=() if event is None else tuple(sorted({ref.territory for ref in event.sources if ref.territory})),
        why=page.content_stems(start, end),
        act=page.content_stems(first, start) or (() if event is None else page.content_stems(event.trigger.start, event.trigger.end)),
        words=" ".join(page.text[start:end].split()),
        act_words="" if event is None else " ".join(event.trigger.quote.split()),
        is_strong=is_strong,
        is_near=own,
    )  # fmt: skip
    if not content.why:
        return None
    return page.statement(
        content, row_ids=row_ids, evidence=page.evidence(start, end), voices=voices, at=start,
        scene=page.scene(start, end, [] if event is None else [event]),
        stance="denies" if _is_negated(page, start, first) else "holds",
    )  # fmt: skip


def _author(event: Event) -> tuple[ActorRef, ...]:
    return event.voices[:1]


def _act(page: Page, start: int, first: int, last: int) -> Event | None:
    """The event whose reason it is: before it in the sentence, in the sentence, or told last."""
    inside = [
        event
        for event in page.events_in([Evidence(first, last, "")])
        if event.trigger.end <= start or event.trigger.start < start
    ]
    if inside:
        return inside[-1]
    number = page.sentences.number(start)
    before = [
        event for event in page.events
        if event.trigger.start < first and number - page.sentences.number(event.trigger.start) <= _ACT_WITHIN
        and event.modality in ("actual", "habitual")
    ]  # fmt: skip
    hard = [event for event in before if event.quad.startswith("material")]
    return (hard or before)[-1] if before else None


def _is_negated(page: Page, start: int, first: int) -> bool:
    before = page.between(max(first, start - 40), start)
    words = page.words[max(before.start, before.stop - _BEFORE_NEGATED) : before.stop]
    return any(token.word in page.lexicon.negators for token in words)


def oppose_motives(a: Statement, b: Statement) -> Link | str | None:
    """A link, the reason why it is none, or None where the two have nothing to do with each other."""
    ours, theirs = a.content, b.content
    if not (isinstance(ours, Motive) and isinstance(theirs, Motive)):
        return None
    kept = bond(a, b)
    apart = opposition(a, b)
    if kept is None or a.stance == b.stance == "denies":
        return None
    shared = set(ours.why) & set(theirs.why)
    alike = len(shared) / max(min(len(ours.why), len(theirs.why)), 1)
    if (a.stance == b.stance) == (alike >= 0.5):
        return None
    if apart is None:
        return "one voice gives both reasons"
    if not are_sides(a, b):
        return "not between two sides: the reasons may both hold"
    if not {a.holder.territory, b.holder.territory} & set(a.scene.parties) & set(b.scene.parties):
        return "neither of the two had a part in the act"
    if ours.sources and theirs.sources and set(ours.sources).isdisjoint(theirs.sources):
        return None
    acts_shared = not set(ours.act).isdisjoint(theirs.act)
    if kept.same_happening:
        same_act = 0.85 if ours.is_near or theirs.is_near or acts_shared else 0.65
    elif acts_shared:
        same_act = 0.75
    else:
        return None
    strength = {2: 1.0, 1: 0.95, 0: 0.85}[ours.is_strong + theirs.is_strong]
    return Link(
        "motive", kept.score * same_act * strength * apart[0], (f"another reason for an act {kept.reason}", apart[1])
    )


def same_motive(a: Statement, b: Statement) -> float | None:
    """How surely two statements give the same reason for one act."""
    ours, theirs = a.content, b.content
    if not (isinstance(ours, Motive) and isinstance(theirs, Motive)):
        return None
    kept = bond(a, b)
    shared = len(set(ours.why) & set(theirs.why)) / max(min(len(ours.why), len(theirs.why)), 1)
    return None if kept is None or shared < 0.5 else kept.score
