"""Acts in a document: what its voices say was done, what they say was not, and whom they name as the doer.

An act is held by whoever tells of it, and denied where an event is negated, where a claim denies what it covers or
what was said before ("denies this"), and where a claim's words negate the word that names it ("did not ram anyone").
How acts are held against each other is told by `denying`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from detente.model import ActorRef, Claim, Event, Evidence
from detente.model.vocabulary import VersionStance
from detente.relating.disputes.answering import HOSTILE, is_of_motive, is_pointing, with_answers, with_renaming
from detente.relating.disputes.page import Page
from detente.relating.disputes.parties import doers, is_same, territories, told
from detente.relating.disputes.statement import Act, Name, Statement

_TELLING = frozenset(("state", "accuse", "criticise", "deny", "praise"))
_DONE = frozenset(("actual", "habitual"))
_SUPPOSED_WITHIN = 12
"""Words of a claim among which a modal or an "if" says that it tells of no fact."""
_NOT_BUT = re.compile(
    r"\b(?:not|no|never)(?: (?:a|an|the))? [\w-]+(?: [\w-]+)? but (?:a|an|the|only|merely|rather) ", re.IGNORECASE
)
_AROUND = 60
"""Characters behind an event's words in which its sentence may name another doer."""


def acts(page: Page, named: Sequence[Statement] = ()) -> list[Statement]:
    """The acts of a document as its voices hold or deny them, each denial with the rows it answers.

    `named` are the names of the document: where one rejects a name and gives another, the act itself stands.
    """
    renamed = frozenset(row for one in named if one.stance == "denies" for row in one.row_ids)
    views = _views(named)
    found: list[Statement] = []
    covered: set[str] = set()
    for claim in page.claims:
        if claim.act == "deny" and claim.cue_polarity == "affirmed" and claim.speaker is not None and claim.contents:
            found.extend(_denials(page, claim, covered))
    for event in page.events:
        if event.event_id not in covered and event.modality in _DONE:
            found.append(_event_act(page, event, event.voices))
            found.extend(_blame(page, event))
    for claim in page.claims:
        found.extend(_claim_acts(page, claim))
        found.extend(_left_out(page, claim))
    kept = [one for one in found if one.stance != "denies" or renamed.isdisjoint(one.row_ids)]
    return with_answers(with_renaming([_with_views(one, views) for one in kept]))


def _views(named: Sequence[Statement]) -> dict[str, set[str]]:
    """The views of the contested names that an event's words give it, by the event's id."""
    found: dict[str, set[str]] = {}
    for one in named:
        name = one.content
        if isinstance(name, Name) and one.stance == "holds" and (name.is_trigger or name.role is not None):
            for event_id in one.scene.event_ids:
                found.setdefault(event_id, set()).add(f"{name.matter} {name.view}")
    return found


def _with_views(statement: Statement, views: dict[str, set[str]]) -> Statement:
    own = sorted({view for row in statement.row_ids for view in views.get(row, ())})
    content = statement.content
    assert isinstance(content, Act)
    return replace(statement, content=replace(content, views=tuple(own))) if own else statement


# -- denials ------------------------------------------------------------------------------------------------


def _denials(page: Page, claim: Claim, covered: set[str]) -> Iterator[Statement]:
    """What a claim denies, by the events it covers or else by its words; what those said whom it contradicts."""
    if is_of_motive(page, claim):
        return
    inner = [
        child for child in page.children.get(claim.claim_id, ())
        if _is_other(page, child, claim) and (_tells(page, child) or page.events_in(child.contents))
    ]  # fmt: skip
    events = [event for event in page.events_in(claim.contents) if event.modality in _DONE]
    for event in events:
        holder = next((child for child in inner if page.is_within(event, child)), None)
        if holder is not None:
            yield _claim_act(page, holder, event, "holds")
        elif event.polarity == "affirmed" and not (page.says_no(claim) and _is_last_voice(event, claim)):
            continue
        covered.add(event.event_id)
        yield _event_act(page, event, claim.voices, claim=claim, stance="denies")
    is_told = bool(events) and (page.says_no(claim) or any(_settles(page, event, claim) for event in events))
    if not is_told and (inner or is_pointing(page, claim) or _tells(page, claim)):
        for child in inner:
            yield _claim_act(page, child, None, "holds")
        yield _claim_act(page, claim, None, "denies", answers=[child.claim_id for child in inner])


def _settles(page: Page, event: Event, claim: Claim) -> bool:
    """Whether the event says all that its claim denies: it is negated, or the speaker's side owns up to an act."""
    if event.polarity == "negated":
        return True
    side = None if claim.speaker is None else claim.speaker.territory
    if side is None or side not in territories(event.sources) or event.type not in HOSTILE:
        return False
    return not any(token.word == "only" for token in page.tokens_in(claim.contents[0].start, claim.contents[-1].end))


def _tells(page: Page, claim: Claim) -> bool:
    """Whether the contents have a verb: "Parliament's right to tax" tells of nothing that could have happened."""
    words = page.tokens_in(claim.contents[0].start, claim.contents[-1].end)
    return any(token.word in page.lexicon.finite or token.word.endswith(("ed", "ing")) for token in words)


def _is_other(page: Page, child: Claim, claim: Claim) -> bool:
    if child.speaker is None or claim.speaker is None or child.act == "omit" or not child.contents:
        return False
    return page.is_known(child.speaker) and not is_same(child.speaker, claim.speaker)


def _is_last_voice(event: Event, claim: Claim) -> bool:
    return bool(event.voices and claim.voices) and is_same(event.voices[-1], claim.voices[-1])


# -- statements ---------------------------------------------------------------------------------------------


def _event_act(
    page: Page, event: Event, voices: Sequence[ActorRef], *, claim: Claim | None = None,
    stance: VersionStance | None = None,
) -> Statement:  # fmt: skip
    """What an event tells; with `claim`, what that claim denies of it."""
    stance = stance or ("denies" if event.polarity == "negated" else "holds")
    lexicon, at = page.lexicon, event.trigger.start
    start, end = min(event.evidence.start, at), max(event.evidence.end, event.trigger.end)
    first, last = page.sentences.span(at)
    clause = page.text[min(start, first) : max(end, min(last, end + _AROUND))]
    pattern, words = (
        (lexicon.clears, clause) if stance == "denies" else (lexicon.doer, page.text[max(first, start - 12) : at])
    )
    content = Act(
        type=event.type,
        sources=doers(event.sources),
        targets=doers(event.targets),
        source_sides=territories(event.sources),
        target_sides=territories(event.targets),
        trigger=page.trigger_stems(at, event.trigger.end),
        stems=_without_names(page, page.content_stems(start, end), (*event.sources, *event.targets)),
        words=" ".join(event.trigger.quote.split()),
        names_doer=pattern.search(words) is not None or (stance == "denies" and _is_not_them(page, event)),
        is_event=True,
        points_back=False,
        is_first=lexicon.first.search(clause) is not None,
        is_renaming=_NOT_BUT.search(page.text, first, last) is not None,
        is_loaded=_is_loaded(page, event),
    )
    return page.statement(
        content,
        row_ids=[event.event_id, *([] if claim is None else [claim.claim_id])],
        evidence=event.evidence if claim is None else claim.evidence,
        voices=voices,
        at=at,
        scene=page.scene(at, event.trigger.end, [event]),
        stance=stance,
    )


def _is_loaded(page: Page, event: Event) -> bool:
    """Whether the word that names the act is a name that condemns it."""
    numbers = page.between(event.trigger.start, event.trigger.end)
    words, stems = page.words[numbers.start : numbers.stop], page.stems[numbers.start : numbers.stop]
    return any(at.term.is_strong and at.term.view == "condemns" for at in page.lexicon.names_in(words, stems))


def _is_not_them(page: Page, event: Event) -> bool:
    """ "A storm, not Minsk, silenced it": the words deny the doer, not the deed."""
    starts = [ref.evidence.start for ref in event.sources if ref.evidence is not None]
    return any(page.text[max(start - 8, 0) : start].lower().split()[-1:] == ["not"] for start in starts)


def _claim_act(
    page: Page, claim: Claim, event: Event | None, stance: VersionStance, *, answers: Sequence[str] = (),
    sources: tuple[str, ...] = (), trigger: tuple[str, ...] = (),
) -> Statement:  # fmt: skip
    """What a claim's contents say was done, in its own words. `trigger` are stems that name it where no event does."""
    start, end = claim.contents[0].start, claim.contents[-1].end
    clears = page.lexicon.clears.search(page.text, claim.evidence.start, claim.evidence.end) is not None
    said = " ".join(" ".join(part.quote for part in claim.contents).split())
    content = Act(
        type=None if event is None else event.type,
        sources=sources or (() if event is None else doers(event.sources)),
        targets=() if event is None else doers(event.targets),
        source_sides=() if event is None else territories(event.sources),
        target_sides=() if event is None else territories(event.targets),
        trigger=trigger if event is None else page.trigger_stems(event.trigger.start, event.trigger.end),
        stems=_without_names(page, page.content_stems(start, end), _named(claim)),
        words=said if event is None else event.trigger.quote,
        names_doer=bool(sources) or (stance == "denies" and clears),
        is_event=event is not None,
        points_back=stance == "denies" and not answers and is_pointing(page, claim),
        is_first=page.lexicon.first.search(page.text, start, end) is not None,
        is_worded=stance == "denies" and claim.act != "deny",
        is_accusing=claim.act == "accuse",
    )
    events = [] if event is None else [event]
    return page.statement(
        content,
        row_ids=[claim.claim_id],
        evidence=_shown(claim),
        voices=told(claim).voices,
        stance=stance,
        answers=answers,
        at=start,
        scene=page.scene(start, end, events, parties=() if events else territories(_named(claim))),
    )


def _shown(claim: Claim) -> Evidence:
    """The contents where they are one stretch, else the whole claim."""
    return claim.contents[0] if len(claim.contents) == 1 and claim.act != "deny" else claim.evidence


def _named(claim: Claim) -> tuple[ActorRef, ...]:
    return (*claim.about, *(() if claim.speaker is None else (claim.speaker,)))


def _claim_acts(page: Page, claim: Claim) -> Iterator[Statement]:
    """What claims without events say was done or not done, and whom they name as the doer."""
    if claim.act not in _TELLING or claim.act == "deny" or claim.cue_polarity == "negated" or not claim.contents:
        return
    start, end = claim.contents[0].start, claim.contents[-1].end
    opening = page.tokens_in(start, end)[:_SUPPOSED_WITHIN]
    if page.children.get(claim.claim_id) or any(token.word in page.lexicon.supposing for token in opening):
        return
    events = [event for event in page.events_in(claim.contents) if event.modality in _DONE]
    denied = page.negated(start, end)
    if denied and not any(event.polarity == "negated" for event in events):
        yield _claim_act(page, claim, None, "denies", trigger=denied)
    elif not events and not denied:
        yield _claim_act(page, claim, None, "holds", sources=_named_doers(page, claim))


def _left_out(page: Page, claim: Claim) -> Iterator[Statement]:
    """The acts that somebody is said to leave out, with the rows that tell of them."""
    held = told(claim)
    if not held.omitter or not claim.contents:
        return
    events = [event for event in page.events_in(claim.contents) if event.modality in _DONE]
    if not events:
        return
    act = _claim_act(page, claim, events[0], "omits", answers=[event.event_id for event in events])
    yield replace(
        act, evidence=claim.evidence, voices=held.omitter, holder=page.holder(held.omitter, claim.evidence.start)
    )


def _named_doers(page: Page, claim: Claim) -> tuple[str, ...]:
    """ "It was the Thais": whom a short claim names as the doer."""
    part = claim.contents[0]
    found = page.lexicon.doer.search(page.text, part.start, part.end)
    if found is None:
        return ()
    return doers(ref for ref in claim.about if ref.evidence is not None and 0 <= ref.evidence.start - found.end() < 30)


def _blame(page: Page, event: Event) -> Iterator[Statement]:
    """Whom an accusing event blames for an act of the same sentence; two that blame each other are two."""
    if event.type != "ACCUSE" or event.polarity == "negated":
        return
    at = event.trigger.start
    first, last = page.sentences.span(at)
    is_mutual = (
        len(territories(event.sources)) > 1 and page.lexicon.reciprocal.search(page.text, first, last) is not None
    )
    if not is_mutual and page.lexicon.blame.isdisjoint(page.content_stems(at, event.trigger.end)):
        return
    near = [other for other in page.events_in([Evidence(first, last, "")]) if other.type != "ACCUSE"]
    for source in event.sources:
        blamed = [ref for ref in event.targets if not is_same(ref, source)]
        if not blamed:
            continue
        content = Act(
            type=None,
            sources=doers(blamed),
            targets=(),
            source_sides=territories(blamed),
            target_sides=(),
            trigger=(),
            stems=_without_names(page, page.content_stems(first, last), (*event.sources, *event.targets)),
            words=" ".join(event.trigger.quote.split()),
            names_doer=True,
            is_event=False,
            points_back=False,
            is_first=False,
        )
        yield page.statement(
            content,
            row_ids=[event.event_id],
            evidence=event.evidence,
            voices=(*(voice for voice in event.voices if not is_same(voice, source)), source),
            at=at,
            scene=page.scene(at, event.trigger.end, near),
        )


# -- parties ------------------------------------------------------------------------------------------------


def _without_names(page: Page, stems: Sequence[str], refs: Iterable[ActorRef]) -> tuple[str, ...]:
    """Leaves out the words that only name the parties: both accounts hold them."""
    named = {
        page.lexicon.stems.of(word.lower())
        for ref in refs
        for words in (ref.name, "" if ref.evidence is None else ref.evidence.quote)
        for word in words.split()
        if word[:1].isupper()
    }
    return tuple(stem for stem in stems if stem not in named)
