"""Names in a document: contested terms by who uses them, and what claims call a thing.

Method: the terms of `disputes_naming.csv` are looked for in all words; a term is held by the voice in whose words it
stands, and denied where it is negated ("there was no kidnapping") by one who calls the thing something else. A claim
that calls something by hostile words ("called it a hostile act") gives a name that no list need know. How names are
held against each other is told by `renaming`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.model import ActorRef, Claim, Event, Evidence
from detente.relating.disputes.lexicon import Found
from detente.relating.disputes.page import Page
from detente.relating.disputes.parties import told
from detente.relating.disputes.statement import Name, Role, Statement

CALLED = "what claims call it"
"""The matter of names that stand in no list."""
PERSONS = "those who fight"
"""The matter whose terms name people, not acts."""
_BESIDE = 8
_BEFORE_NEGATED = 4
_CALLED_WORDS = 7
_ACT_WITHIN = 3
"""Sentences back to the acts that what a claim calls "it" may mean."""
_VERBAL = frozenset(("ACCUSE", "REJECT", "STATEMENT", "REQUEST", "CONSULT", "SUPPORT", "THREATEN", "AGREE"))
_HARM = frozenset(("ASSAULT", "COERCE"))
_HARMED = frozenset(("killed", "wounded", "detained", "expelled", "displaced"))
_COUNTED_WITHIN = 40
"""Characters from a number to the word for those it counts."""
_BLAMING = frozenset(("accuse", "criticise"))


def names(page: Page) -> list[Statement]:
    """The contested names of a document by who uses them. A name in words that no row stands on is left out."""
    found = [
        statement for at in page.lexicon.names_in(page.words, page.stems)
        if (statement := _name(page, at)) is not None
    ]  # fmt: skip
    given = {
        (one.content.matter, one.content.view, who)
        for one in found
        if isinstance(one.content, Name) and one.stance == "holds"
        for who in _sides(one)
    }
    kept = [one for one in found if one.stance == "holds" or _counters(one, given)]
    taken = {one.evidence for one in kept}
    return [*kept, *(one for one in _called(page) if one.evidence not in taken)]


def _counters(denial: Statement, given: set[tuple[str, str, str]]) -> bool:
    """Whether who rejects a name gives another: else it is the act that is denied."""
    name = denial.content
    assert isinstance(name, Name)
    other = "defends" if name.view == "condemns" else "condemns"
    return any((name.matter, other, who) in given for who in _sides(denial))


def _sides(statement: Statement) -> tuple[str, ...]:
    territory = statement.holder.territory
    return (statement.holder.key, *(() if territory is None else (territory,)))


# -- terms of the list --------------------------------------------------------------------------------------


def _name(page: Page, at: Found) -> Statement | None:
    start, end = page.words[at.first].start, page.words[at.last].end
    if _is_proper(page, at):
        return None
    first, last = page.sentences.span(start)
    events = page.events_in([Evidence(first, last, "")])
    own = [event for event in events if event.trigger.start < end and start < event.trigger.end]
    claims = page.holding(start, end)
    role, part = _role(events, start, end)
    if role is None and _is_counted(page, start, end):
        role, part = "target", [event for event in events if event.type in _HARM]
    before = [] if events or not _points(page, first, start) else page.deeds_before(first)
    is_denied = _is_denied(page, at, own, claims)
    if is_denied and at.term.matter == PERSONS:
        return None
    standing = _row(own or part, claims, events or before, start, end)
    if standing is None:
        return None
    row_ids, voices = standing
    words = page.between(first, last)
    beside = page.words[max(words.start, at.first - _BESIDE) : min(words.stop, at.last + 1 + _BESIDE)]
    content = Name(
        matter=at.term.matter,
        view=at.term.view,
        term=" ".join(page.text[start:end].split()),
        is_strong=at.term.is_strong,
        beside=tuple(stem for stem in page.lexicon.content_stems(beside) if stem not in at.term.stems),
        is_equation=page.lexicon.equation.search(page.text, first, last) is not None,
        is_trigger=bool(own) or (bool(claims) and claims[0].act == "accuse" and at.term.matter != PERSONS),
        role=role,
    )
    near = own or part or [event for event in events if event.type not in _VERBAL] or events or before
    if claims and not own and claims[0].cue is not None and page.lexicon.calling.search(claims[0].cue.quote):
        near = [*near, *page.deeds_within(first, _ACT_WITHIN)]
    return page.statement(
        content, row_ids=row_ids, evidence=page.evidence(start, end), voices=voices, at=start,
        scene=page.scene(start, end, near), stance="denies" if is_denied else "holds",
        unnamed=content.is_equation,
    )  # fmt: skip


def _is_proper(page: Page, at: Found) -> bool:
    """Part of a proper name, which calls nothing anything: the Liberation Front, the War Office."""
    start = page.words[at.first].start
    if not page.text[start].isupper() or page.is_capitalised(*page.sentences.span(start)):
        return False
    around = [page.words[number] for number in (at.first - 1, at.last + 1) if 0 <= number < len(page.words)]
    return any(page.text[token.start].isupper() for token in around)


def _role(events: Sequence[Event], start: int, end: int) -> tuple[Role | None, list[Event]]:
    """Whether the words name who did an act or who underwent it, and the events in which they do."""
    for role, refs_of in (("target", "targets"), ("source", "sources")):
        found = [
            event for event in events
            if any(
                ref.evidence is not None and ref.evidence.start <= start and end <= ref.evidence.end
                for ref in getattr(event, refs_of)
            )
        ]  # fmt: skip
        if found:
            return ("target" if role == "target" else "source"), found
    return None, []


def _is_counted(page: Page, start: int, end: int) -> bool:
    """Whether the words name those whom a figure counts as killed, hurt or taken."""
    figure = page.figure_before(start)
    if figure is None or start - figure.evidence.end > _COUNTED_WITHIN:
        return False
    return page.lexicon.measure(figure.measure) in _HARMED and page.text[start:end] in (figure.of or "")


def _points(page: Page, first: int, start: int) -> bool:
    """ "It was a sanitary measure": the sentence begins with what points at the act told before."""
    words = page.tokens_in(first, start)
    return bool(words) and words[0].word in page.lexicon.pronouns


def _row(
    own: Sequence[Event], claims: Sequence[Claim], events: Sequence[Event], start: int, end: int
) -> tuple[list[str], tuple[ActorRef, ...]] | None:
    """The rows a name stands on, and the voices in whose words it stands."""
    holder = claims[0] if claims else None
    rows = [event.event_id for event in own]
    if holder is not None:
        return [*rows, holder.claim_id], told(holder).voices
    within = [event for event in events if event.evidence.start <= start and end <= event.evidence.end]
    around = list(own) or within or list(events)
    if not around:
        return None
    return rows or [around[0].event_id], around[0].voices[:1]


def _is_denied(page: Page, at: Found, own: Sequence[Event], claims: Sequence[Claim]) -> bool:
    if any(event.polarity == "negated" for event in own) or (claims and page.says_no(claims[0])):
        return True
    start = page.words[at.first].start
    first, _ = page.sentences.span(start)
    before = page.words[max(at.first - _BEFORE_NEGATED, 0) : at.first]
    words = [token.word for token in before if token.start >= first]
    return not page.lexicon.negators.isdisjoint(words) and page.lexicon.modals.isdisjoint(words)


# -- what claims call it ------------------------------------------------------------------------------------


def _called(page: Page) -> Iterator[Statement]:
    """ "She called it a hostile act", "spoke of economic cruelty": the words, said of the acts told there or before."""
    for claim in page.claims:
        if claim.cue is None or claim.cue_polarity == "negated" or not claim.contents:
            continue
        part = claim.contents[-1]
        words = page.tokens_in(part.start, part.end)
        if len(words) > _CALLED_WORDS or not page.lexicon.calling.search(claim.cue.quote):
            continue
        if claim.act not in _BLAMING and not claim.loaded and "“" not in part.quote and '"' not in part.quote:
            continue
        first, last = page.sentences.span(part.start)
        inside = [event for event in page.events_in([Evidence(first, last, "")]) if event.type not in _VERBAL]
        near = [*inside, *page.deeds_within(first, _ACT_WITHIN)]
        stems = page.content_stems(part.start, part.end)
        if not near or not stems:
            continue
        content = Name(
            matter=CALLED,
            view="condemns",
            term=" ".join(part.quote.strip("“”\"'").split()),
            is_strong=True,
            beside=stems,
            is_equation=True,
            is_trigger=False,
            role=None,
        )
        yield page.statement(
            content, row_ids=[claim.claim_id], evidence=part, voices=told(claim).voices, at=part.start,
            scene=page.scene(part.start, part.end, near),
        )  # fmt: skip
