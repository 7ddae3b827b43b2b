"""Motives: why one act was done, as different voices have it.

Method: a motive is the stretch that a connective opens ("in order to", "in retaliation for"), a verb of purpose after
"to", a noun that says what an act is for, or what stands before "was the target". It belongs to the acts of its
sentence, else to those told last. Two are held against each other where two sides give different reasons for one act
in which one of them had a part, or where one rejects the other's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from detente.model import Event, Evidence
from detente.model.vocabulary import VersionStance
from detente.relating.disputes.lexicon import phrases_in
from detente.relating.disputes.matters import are_sides, bond, opposition
from detente.relating.disputes.page import Page
from detente.relating.disputes.parties import told
from detente.relating.disputes.statement import Link, Motive, Statement
from detente.relating.disputes.wording import Token

_CLAUSE_END = re.compile(r"[;:.!?…”\"]|, (?:but|and|while|said|says|which|who)\b")
_TELLING = frozenset(("state", "accuse", "criticise", "deny", "praise", "omit"))
_BEFORE_NEGATED = 3
_ACT_WITHIN = 4
"""Sentences back to the act whose reason is told."""
_ALIKE = 0.5
"""Share of the shorter reason's stems from which two reasons are one."""


class Reason(NamedTuple):
    """Where a reason stands; at `anchor` it is asked in whose words."""

    start: int
    end: int
    anchor: int
    is_strong: bool


def motives(page: Page) -> Iterator[Statement]:
    """The reasons that a document's voices give for acts, and those they reject. A reason in words that no row stands
    on is left out."""
    for reason in _reasons(page):
        if (statement := _motive(page, reason)) is not None:
            yield statement
    yield from _rejected(page)


def _reasons(page: Page) -> list[Reason]:
    """From the connective to the end of the clause; of two that overlap the first."""
    lexicon, text, words = page.lexicon, page.text, page.words
    found: list[Reason] = []
    for phrases, is_strong in ((lexicon.motive, True), (lexicon.weak_motive, False)):
        for one, last in phrases_in(phrases, words):
            found.append(Reason(words[one].start, words[last].end, words[last].end + 1, is_strong))
    for one, last in phrases_in(lexicon.reason, words):
        found.append(Reason(words[one].start, words[last].end, words[one].start, False))
    for head, before, token in zip(words, words[1:], words[2:], strict=False):
        if before.word == "to" and head.word not in lexicon.complements and _is_bare_verb(page, token):
            found.append(Reason(before.start, token.end, token.start, False))
    kept: list[Reason] = []
    for reason in sorted(found):
        if kept and reason.start < kept[-1].end:
            continue
        _, end = page.sentences.span(reason.start)
        stop = _CLAUSE_END.search(text, reason.end, end)
        kept.append(reason._replace(end=stop.start() if stop else end))
    for one, _ in phrases_in(lexicon.motive_after, words):
        at = words[one].start
        start, _ = page.sentences.span(at)
        holders = page.holding(at, at + 1)
        parts = [part for part in holders[0].contents if part.start <= at < part.end] if holders else []
        kept.append(Reason(max([start, *(part.start for part in parts)]), at, at, True))
    return kept


def _is_bare_verb(page: Page, token: Token) -> bool:
    """Whether the word after "to" may be a verb: one that is known to tell a purpose, or any that is no plain word or
    name behind an act of its sentence."""
    if token.word in page.lexicon.purposes:
        return True
    if token.word in page.lexicon.plain or not token.word.isalpha() or page.text[token.start].isupper():
        return False
    first, _ = page.sentences.span(token.start)
    return bool(page.events_in([Evidence(first, token.start, "")]))


def _motive(page: Page, reason: Reason) -> Statement | None:
    start, end = reason.start, reason.start + len(page.text[reason.start : reason.end].rstrip(" ,"))
    why = page.content_stems(start, end)
    return _stated(page, start, end, why, reason, "denies" if _is_negated(page, start) else "holds")


def _rejected(page: Page) -> Iterator[Statement]:
    """What a claim says was not there or not so: "there is no depot in Surin"."""
    for claim in page.claims:
        if claim.cue_polarity == "negated" or not claim.contents or page.children.get(claim.claim_id):
            continue
        start, end = claim.contents[0].start, claim.contents[-1].end
        why = page.negated(start, end)
        if why:
            statement = _stated(page, start, end, why, Reason(start, end, start, False), "denies")
            if statement is not None:
                yield statement


def _stated(
    page: Page, start: int, end: int, why: tuple[str, ...], reason: Reason, stance: VersionStance
) -> Statement | None:
    if not why or end <= start:
        return None
    first, last = page.sentences.span(start)
    inside, before = _acts(page, start, first, last)
    near = inside or before
    claims = page.holding(reason.anchor, reason.anchor + 1)
    if claims and claims[0].act not in _TELLING:
        return None
    if claims:
        row_ids, voices = [claims[0].claim_id], told(claims[0]).voices
    elif near:
        row_ids, voices = [near[-1].event_id], near[-1].voices[:1]
    else:
        return None
    act = near[-1] if near else None
    named = () if act is None or not inside else page.content_stems(act.trigger.start, act.trigger.end)
    content = Motive(
        type=None if act is None else act.type,
        sources=tuple(sorted({ref.territory for event in near for ref in event.sources if ref.territory})),
        why=why,
        act=tuple(sorted({*page.content_stems(first, start), *named})),
        words=" ".join(page.text[start:end].split()),
        act_words="" if act is None else " ".join(act.trigger.quote.split()),
        is_strong=reason.is_strong,
        is_near=bool(inside),
    )
    return page.statement(
        content, row_ids=row_ids, evidence=page.evidence(start, end), voices=voices, at=start, stance=stance,
        scene=page.scene(start, end, near),
    )  # fmt: skip


def _acts(page: Page, start: int, first: int, last: int) -> tuple[Sequence[Event], Sequence[Event]]:
    """The deeds of the sentence, else its other events; and the deeds told before it, each in the order of the text."""
    inside = page.events_in([Evidence(first, last, "")])
    deeds = [event for event in inside if event.quad.startswith("material")] or [
        event for event in inside if event.trigger.start < start
    ]
    return deeds, [] if deeds else page.deeds_within(first, _ACT_WITHIN)


def _is_negated(page: Page, start: int) -> bool:
    first, _ = page.sentences.span(start)
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
    if (a.stance == b.stance) == (_alike(ours, theirs) >= _ALIKE):
        return None
    if apart is None:
        return "one voice gives both reasons"
    if not are_sides(a, b):
        return "not between two sides: the reasons may both hold"
    if not {a.holder.territory, b.holder.territory} & (set(a.scene.parties) | set(b.scene.parties)):
        return "neither of the two had a part in the act"
    if ours.sources and theirs.sources and set(ours.sources).isdisjoint(theirs.sources):
        return None
    acts_shared = not set(ours.act).isdisjoint(theirs.act)
    if kept.same_act:
        same_act = 0.9 if ours.is_near and theirs.is_near else 0.8 if ours.is_near or theirs.is_near else 0.65
    elif acts_shared and ours.is_near and theirs.is_near:
        same_act = 0.7
    else:
        return None
    strength = {2: 1.0, 1: 0.95, 0: 0.85}[ours.is_strong + theirs.is_strong]
    score = kept.score * same_act * strength * apart[0]
    return Link("motive", score, (f"another reason for an act {kept.reason}", apart[1]))


def _alike(a: Motive, b: Motive) -> float:
    return len(set(a.why) & set(b.why)) / max(min(len(a.why), len(b.why)), 1)


def same_motive(a: Statement, b: Statement) -> float | None:
    """How surely two statements give the same reason for one act."""
    ours, theirs = a.content, b.content
    if not (isinstance(ours, Motive) and isinstance(theirs, Motive)):
        return None
    kept = bond(a, b)
    return None if kept is None or _alike(ours, theirs) < _ALIKE else kept.score
