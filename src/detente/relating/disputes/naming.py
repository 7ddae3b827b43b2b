"""Names: one act or thing called by words that judge it against each other.

Method: the terms of `disputes_naming.csv` are looked for in all words; a term is held by the voice in whose words it stands,
and denied where it is negated ("there was no kidnapping") by one who calls the thing something else. Two names are held
against each other where they are of one matter and opposed views, and the scene, or the words beside them, are one.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.model import ActorRef, Claim, Event, Evidence
from detente.relating.disputes.lexicon import Found
from detente.relating.disputes.matters import Bond, are_sides, bond, is_bystander, opposition
from detente.relating.disputes.page import Page, told
from detente.relating.disputes.statement import Link, Name, Statement

_BESIDE = 8
_BEFORE_NEGATED = 4
_COUNTERED_WITHIN = 4
_VERBAL = frozenset(("ACCUSE", "REJECT", "STATEMENT", "REQUEST", "CONSULT", "SUPPORT", "THREATEN", "AGREE"))


def names(page: Page) -> list[Statement]:
    """The contested names of a document by who uses them. A name in words that no row stands on is left out."""
    found = [
        statement for at in page.lexicon.names_in(page.words, page.stems)
        if (statement := _name(page, at)) is not None
    ]  # fmt: skip
    return [statement for statement in found if statement.stance == "holds" or _counters(statement, found)]


def _counters(denial: Statement, found: Sequence[Statement]) -> bool:
    """Whether who rejects a name gives another: else it is the act that is denied."""
    content = denial.content
    assert isinstance(content, Name)
    for other in found:
        name = other.content
        if (
            isinstance(name, Name) and other.stance == "holds" and name.matter == content.matter
            and name.view != content.view and _is_one_side(denial, other)
        ):  # fmt: skip
            return True
    return False


def _is_one_side(a: Statement, b: Statement) -> bool:
    territory = a.holder.territory
    return a.holder.key == b.holder.key or (territory is not None and territory == b.holder.territory)


def _name(page: Page, at: Found) -> Statement | None:
    start, end = page.words[at.first].start, page.words[at.last].end
    if _is_proper(page, at):
        return None
    first, last = page.sentences.span(start)
    events = page.events_in([Evidence(first, last, "")])
    own = [event for event in events if event.trigger.start < end and start < event.trigger.end]
    claims = page.holding(start, end)
    standing = _row(own, claims, events, start, end)
    if standing is None:
        return None
    row_ids, voices = standing
    words = page.between(max(first, 0), last)
    beside = page.words[max(words.start, at.first - _BESIDE) : min(words.stop, at.last + 1 + _BESIDE)]
    content = Name(
        matter=at.term.matter,
        view=at.term.view,
        term=" ".join(page.text[start:end].split()),
        is_strong=at.term.is_strong,
        beside=tuple(stem for stem in page.lexicon.content_stems(beside) if stem not in at.term.stems),
        is_equation=page.lexicon.equation.search(page.text, first, last) is not None,
        is_trigger=bool(own),
    )
    near = own or [event for event in events if event.type not in _VERBAL]
    return page.statement(
        content, row_ids=row_ids, evidence=page.evidence(start, end), voices=voices, at=start,
        scene=page.scene(start, end, near), stance="denies" if _is_denied(page, at, own, claims) else "holds",
        unnamed=content.is_equation,
    )  # fmt: skip


def _is_proper(page: Page, at: Found) -> bool:
    """Part of a proper name, which calls nothing anything: the Liberation Front, the War Office."""
    start = page.words[at.first].start
    if not page.text[start].isupper() or page.is_capitalised(*page.sentences.span(start)):
        return False
    around = [page.words[number] for number in (at.first - 1, at.last + 1) if 0 <= number < len(page.words)]
    return any(page.text[token.start].isupper() for token in around)


def _row(
    own: Sequence[Event], claims: Sequence[Claim], events: Sequence[Event], start: int, end: int
) -> tuple[list[str], tuple[ActorRef, ...]] | None:
    """The rows a name stands on, and the voices in whose words it stands."""
    holder = claims[0] if claims else None
    rows = [event.event_id for event in own]
    if holder is not None:
        return [*rows, holder.claim_id], told(holder).voices
    around = (
        own
        or [event for event in events if event.evidence.start <= start and end <= event.evidence.end]
        or list(events)
    )
    if not around:
        return None
    return rows or [around[0].event_id], around[0].voices[:1]


def _is_denied(page: Page, at: Found, own: Sequence[Event], claims: Sequence[Claim]) -> bool:
    if any(event.polarity == "negated" for event in own) or (claims and claims[0].act == "deny"):
        return True
    start = page.words[at.first].start
    first, _ = page.sentences.span(start)
    before = page.words[max(at.first - _BEFORE_NEGATED, 0) : at.first]
    words = [token.word for token in before if token.start >= first]
    return not page.lexicon.negators.isdisjoint(words) and page.lexicon.modals.isdisjoint(words)


def oppose_names(a: Statement, b: Statement) -> Link | str | None:
    """A link, the reason why it is none, or None where the two have nothing to do with each other."""
    ours, theirs = a.content, b.content
    if not (isinstance(ours, Name) and isinstance(theirs, Name)) or ours.matter != theirs.matter:
        return None
    if a.stance == b.stance:
        if a.stance != "holds" or ours.view == theirs.view:
            return None
    elif ours.view != theirs.view:
        return None
    kept = bond(a, b)
    if kept is None:
        return None
    apart = opposition(a, b)
    if apart is None:
        return "one voice uses both names"
    set_side_by_side = _is_contrast(a, b)
    if not (_counts(ours) and _counts(theirs)) and not set_side_by_side:
        return "a plain word that nothing sets against the other name"
    if not (ours.is_strong or theirs.is_strong or a.stance != b.stance or set_side_by_side):
        return None
    if not are_sides(a, b) and (reason := _hardly_opposed(a, b, kept)) is not None:
        return reason
    strength = {2: 1.0, 1: 0.85, 0: 0.8}[ours.is_strong + theirs.is_strong]
    if a.stance != b.stance:
        strength = max(strength, 0.9)
    shared = len(set(ours.beside) & set(theirs.beside)) >= (2 if kept.same_text and not kept.near else 1)
    if kept.same_happening and (ours.is_trigger or theirs.is_trigger):
        anchored, reason = 1.0, f"names of one act {kept.reason}"
    elif (ours.is_equation or theirs.is_equation) and kept.near:
        anchored, reason = 0.95, "one is said to be called the other"
    elif kept.same_happening or shared:
        anchored, reason = (
            0.85 if ours.is_strong and theirs.is_strong else 0.75,
            f"names beside the same words, {kept.reason}",
        )
    elif kept.same_text and not kept.near:
        return "names far apart in one article, of different things as far as can be told"
    else:
        anchored, reason = 0.65 if kept.near else 0.5, f"names of one matter {kept.reason}"
    return Link("naming", kept.score * strength * anchored * apart[0], (reason, apart[1]))


def _counts(name: Name) -> bool:
    """A plain word is a name of its own only where it names the act: villagers are not what militants are called."""
    return name.is_strong or name.is_trigger


def _hardly_opposed(a: Statement, b: Statement, kept: Bond) -> str | None:
    """Why voices that do not speak for two sides give names that both may hold."""
    ours, theirs = a.content, b.content
    assert isinstance(ours, Name) and isinstance(theirs, Name)
    if kept.near and (ours.is_equation or theirs.is_equation) and a.sentence == b.sentence:
        return None
    if is_bystander(a) or is_bystander(b) or not (a.holder.is_named and b.holder.is_named):
        return "not between two sides: the word of a bystander, or of nobody who is named"
    if kept.same_happening and (ours.is_trigger or theirs.is_trigger) and a.stance == b.stance:
        return None
    return "not between two sides, and not of one act"


def _is_contrast(a: Statement, b: Statement) -> bool:
    """ "Asmara speaks of a massacre, Addis Ababa of an operation": two plain names that one sentence sets side by side."""
    ours, theirs = a.content, b.content
    assert isinstance(ours, Name) and isinstance(theirs, Name)
    return (
        a.document_id == b.document_id
        and a.sentence == b.sentence
        and ours.is_equation
        and not (a.holder.is_author or b.holder.is_author)
    )


def same_name(a: Statement, b: Statement) -> float | None:
    """How surely two statements give one thing a name of the same view."""
    ours, theirs = a.content, b.content
    if not (isinstance(ours, Name) and isinstance(theirs, Name)) or (ours.matter, ours.view) != (
        theirs.matter,
        theirs.view,
    ):
        return None
    kept = bond(a, b)
    if kept is None:
        return None
    if kept.same_happening or not set(ours.beside).isdisjoint(theirs.beside):
        return kept.score
    return kept.score * (0.9 if ours.is_strong and theirs.is_strong else 0.7)
