"""Acts in a document: what its voices say was done, what they say was not, and whom they name as the doer.

An act is held by whoever tells of it, and denied where an event is negated, where a claim denies what it covers or what
was said before ("denies this"), and where a claim's words negate the word that names it ("did not ram anyone"). How acts
are held against each other is told by `denying`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from detente.model import ActorRef, Claim, Event, Evidence
from detente.model.vocabulary import VersionStance
from detente.relating.disputes.page import Page, is_known, territories, told
from detente.relating.disputes.statement import Act, Statement

_TELLING = frozenset(("state", "accuse", "criticise", "deny", "praise"))
_DONE = frozenset(("actual", "habitual"))
_SIDES = frozenset(("state", "government", "ministry", "office", "person", "author", "document", "media"))
_HOSTILE = frozenset(("ASSAULT", "COERCE", "SANCTION", "THREATEN", "MOBILIZE", "PROTEST"))
_SUPPOSED_WITHIN = 12
"""Words of a claim among which a modal or an "if" says that it tells of no fact."""
_POINTING_WORDS = 6
_POINTS_WITHIN = 3


def acts(page: Page, renamed: frozenset[str] = frozenset()) -> list[Statement]:
    """The acts of a document as its voices hold or deny them, each denial with the rows it answers.

    `renamed` are rows that reject a name and give another: there the act itself stands.
    """
    found: list[Statement] = []
    covered: set[str] = set()
    for claim in page.claims:
        if claim.act == "deny" and claim.cue_polarity == "affirmed" and claim.speaker is not None:
            found.extend(_denials(page, claim, covered))
    for event in page.events:
        if event.event_id not in covered and event.modality in _DONE:
            found.append(_event_act(page, event, event.voices))
            found.extend(_blame(page, event))
    for claim in page.claims:
        found.extend(_claim_acts(page, claim))
    return _pointed_back([one for one in found if one.stance != "denies" or renamed.isdisjoint(one.row_ids)])


# -- denials ------------------------------------------------------------------------------------------------


def _denials(page: Page, claim: Claim, covered: set[str]) -> Iterator[Statement]:
    """What a claim denies, by the events it covers or else by its words; what those said whom it contradicts."""
    if _is_of_motive(page, claim):
        return
    inner = [child for child in page.children.get(claim.claim_id, ()) if _is_other(child, claim)]
    events = [event for event in page.events_in(claim.contents) if event.modality in _DONE]
    for event in events:
        if (holder := next((child for child in inner if event in page.events_in(child.contents)), None)) is not None:
            covered.add(event.event_id)
            yield _claimed(page, holder, [event], "holds")
        elif event.polarity == "affirmed" and not (
            _says_no(page, claim) and _is_same(event.voices[-1], claim.voices[-1])
        ):
            continue
        covered.add(event.event_id)
        yield _event_act(page, event, claim.voices, claim=claim, stance="denies")
    if not events and (inner or _is_pointing(page, claim) or _tells(page, claim)):
        for child in inner:
            yield _claimed(page, child, [], "holds")
        yield _claimed(page, claim, [], "denies", answers=[child.claim_id for child in inner])


def _tells(page: Page, claim: Claim) -> bool:
    """Whether the contents have a verb: "Parliament's right to tax" tells of nothing that could have happened."""
    words = page.tokens_in(claim.contents[0].start, claim.contents[-1].end)
    return any(token.word in page.lexicon.finite or token.word.endswith(("ed", "ing")) for token in words)


def _says_no(page: Page, claim: Claim) -> bool:
    """Whether the cue itself denies, so that the contents are told as what is denied."""
    return claim.cue is not None and page.lexicon.denying.search(claim.cue.quote) is not None


def _is_other(child: Claim, claim: Claim) -> bool:
    if child.speaker is None or claim.speaker is None or child.act == "omit" or not is_known(child.speaker):
        return False
    return not _is_same(child.speaker, claim.speaker)


def _is_same(a: ActorRef, b: ActorRef) -> bool:
    if a.actor_id is not None or b.actor_id is not None:
        return a.actor_id == b.actor_id
    return (a.name.casefold(), a.territory) == (b.name.casefold(), b.territory)


# -- statements ---------------------------------------------------------------------------------------------


def _event_act(
    page: Page, event: Event, voices: Sequence[ActorRef], *, claim: Claim | None = None,
    stance: VersionStance | None = None,
) -> Statement:  # fmt: skip
    start, end = event.evidence.start, event.evidence.end
    first, last = page.sentences.span(event.trigger.start)
    clause = page.text[min(start, first) : max(end, min(last, end + 60))]
    parties = (*event.sources, *event.targets)
    content = Act(
        type=event.type,
        sources=doers(event.sources),
        targets=doers(event.targets),
        source_sides=territories(event.sources),
        target_sides=territories(event.targets),
        trigger=page.content_stems(event.trigger.start, event.trigger.end),
        stems=_without_names(page, page.content_stems(min(start, event.trigger.start), max(end, event.trigger.end)), parties),
        words=" ".join(event.trigger.quote.split()),
        names_doer=page.lexicon.clears.search(clause) is not None if (stance or event.polarity) in ("denies", "negated")
        else page.lexicon.doer.search(page.text, max(first, start - 12), event.trigger.start) is not None,
        is_event=True,
        points_back=False,
        is_first=page.lexicon.first.search(clause) is not None,
    )  # fmt: skip
    rows = [event.event_id, *([claim.claim_id] if claim is not None else [])]
    return page.statement(
        content, row_ids=rows, evidence=event.evidence if claim is None else claim.evidence, voices=voices, at=event.trigger.start,
        scene=page.scene(event.trigger.start, event.trigger.end, [event]),
        stance=stance or ("denies" if event.polarity == "negated" else "holds"),
    )  # fmt: skip


def _claimed(
    page: Page, claim: Claim, events: Sequence[Event], stance: VersionStance, *, answers: Sequence[str] = (),
    sources: tuple[str, ...] = (), trigger: tuple[str, ...] | None = None, names_doer: bool = False,
) -> Statement:  # fmt: skip
    """What a claim's contents say was done, in its own words."""
    start, end = claim.contents[0].start, claim.contents[-1].end
    event = events[0] if events else None
    named = (*claim.about, *((claim.speaker,) if claim.speaker else ()))
    stems = _without_names(page, page.content_stems(start, end), named)
    words = " ".join(part.quote for part in claim.contents)
    content = Act(
        type=None if event is None else event.type,
        sources=sources or (() if event is None else doers(event.sources)),
        targets=() if event is None else doers(event.targets),
        source_sides=() if event is None else territories(event.sources),
        target_sides=() if event is None else territories(event.targets),
        trigger=trigger if trigger is not None else (() if event is None else page.content_stems(event.trigger.start, event.trigger.end)),
        stems=stems,
        words=" ".join(words.split()) if event is None else event.trigger.quote,
        names_doer=names_doer or (stance == "denies" and page.lexicon.clears.search(page.text, claim.evidence.start, claim.evidence.end) is not None),
        is_event=event is not None,
        points_back=stance == "denies" and not answers and _is_pointing(page, claim),
        is_first=page.lexicon.first.search(page.text, start, end) is not None,
        is_worded=stance == "denies" and claim.act != "deny",
        is_accusing=claim.act == "accuse",
    )  # fmt: skip
    held = told(claim)
    return page.statement(
        content, row_ids=[claim.claim_id], evidence=_shown(claim), voices=held.voices, stance=stance, answers=answers, at=start,
        scene=page.scene(start, end, events, parties=() if events else _sides(claim)),
    )  # fmt: skip


def _shown(claim: Claim) -> Evidence:
    """The contents where they are one stretch, else the whole claim."""
    return claim.contents[0] if len(claim.contents) == 1 and claim.act != "deny" else claim.evidence


def _sides(claim: Claim) -> tuple[str, ...]:
    refs = (*claim.about, *((claim.speaker,) if claim.speaker else ()))
    return tuple(sorted({ref.territory for ref in refs if ref.territory is not None}))


def _claim_acts(page: Page, claim: Claim) -> Iterator[Statement]:
    """What claims without events say was done or not done, and whom they name as the doer."""
    if claim.act not in _TELLING or claim.cue_polarity == "negated" or not claim.contents:
        return
    if page.children.get(claim.claim_id):
        return
    start, end = claim.contents[0].start, claim.contents[-1].end
    events = [event for event in page.events_in(claim.contents) if event.modality in _DONE]
    if any(
        token.word in page.lexicon.modals
        for token in page.tokens_in(start, end)[:_SUPPOSED_WITHIN]
        if token.word != "to"
    ):
        return
    if claim.act != "deny":
        denied = page.negated(start, end)
        if denied and not any(event.polarity == "negated" for event in events):
            yield _claimed(page, claim, [], "denies", trigger=denied)
        if not events and not denied:
            yield _claimed(
                page, claim, [], "holds", sources=_named_doers(page, claim), names_doer=bool(_named_doers(page, claim))
            )


def _named_doers(page: Page, claim: Claim) -> tuple[str, ...]:
    """ "It was the Thais": whom a short claim names as the doer."""
    part = claim.contents[0]
    found = page.lexicon.doer.search(page.text, part.start, part.end)
    if found is None:
        return ()
    return doers(
        [ref for ref in claim.about if ref.evidence is not None and 0 <= ref.evidence.start - found.end() < 30]
    )


def _blame(page: Page, event: Event) -> Iterator[Statement]:
    """Whom an accusing event blames for an act of the same sentence; two that blame each other are two."""
    trigger = page.content_stems(event.trigger.start, event.trigger.end)
    first, last = page.sentences.span(event.trigger.start)
    mutual = page.lexicon.reciprocal.search(page.text, first, last) is not None and _is_mutual(event)
    if (
        event.type != "ACCUSE"
        or event.polarity == "negated"
        or not (mutual or not page.lexicon.blame.isdisjoint(trigger))
    ):
        return
    act = page.content_stems(first, last)
    for source in event.sources:
        blamed = [ref for ref in event.targets if not _is_same(ref, source)]
        if not blamed:
            continue
        content = Act(
            type=None, sources=doers(blamed), targets=(), source_sides=territories(blamed), target_sides=(), trigger=(), words=" ".join(event.trigger.quote.split()),
            stems=_without_names(page, act, (*event.sources, *event.targets)), names_doer=True, is_event=False,
            points_back=False, is_first=False,
        )  # fmt: skip
        near = [
            other
            for other in page.events_in([Evidence(first, last, "")])
            if other is not event and other.type != "ACCUSE"
        ]
        yield page.statement(
            content, row_ids=[event.event_id], evidence=event.evidence, at=event.trigger.start,
            voices=(*(voice for voice in event.voices if not _is_same(voice, source)), source),
            scene=page.scene(event.trigger.start, event.trigger.end, near),
        )  # fmt: skip


def _is_mutual(event: Event) -> bool:
    return len({ref.territory for ref in event.sources if ref.territory}) > 1


# -- pointing back ------------------------------------------------------------------------------------------


def _is_of_motive(page: Page, claim: Claim) -> bool:
    """ "Denied any link", "any political motive": what is denied is the reason, not the act."""
    return page.lexicon.untold.search(page.text, claim.contents[0].start, claim.contents[-1].end) is not None


def _is_pointing(page: Page, claim: Claim) -> bool:
    """Whether the contents only point: "this", "any link", "that accusation"."""
    words = page.tokens_in(claim.contents[0].start, claim.contents[-1].end)
    if len(words) > _POINTING_WORDS:
        return False
    said = {token.word.removesuffix("s") for token in words} | {token.word for token in words}
    return not said.isdisjoint(page.lexicon.answer_nouns) or (
        len(words) <= 2 and not said.isdisjoint(page.lexicon.pronouns)
    )


def _pointed_back(found: Sequence[Statement]) -> list[Statement]:
    """Denials that only point are given the rows they point at: what another voice said last before them."""
    held = [statement for statement in found if statement.stance == "holds"]
    done: list[Statement] = []
    for statement in found:
        content = statement.content
        if isinstance(content, Act) and content.points_back and (last := _last_before(statement, held)) is not None:
            statement = replace(statement, answers=last.row_ids)
        done.append(statement)
    return done


def _last_before(denial: Statement, held: Iterable[Statement]) -> Statement | None:
    side = denial.holder.territory

    def rank(statement: Statement) -> tuple[int, bool, bool, int]:
        content = statement.content
        assert isinstance(content, Act)
        length = statement.evidence.end - statement.evidence.start
        return denial.sentence - statement.sentence, side not in content.sources, content.type not in _HOSTILE, -length

    before = [
        statement for statement in held
        if 0 <= denial.sentence - statement.sentence <= _POINTS_WITHIN
        and statement.evidence.start < denial.evidence.start
        and statement.holder.key != denial.holder.key
        and not (side is not None and statement.holder.territory == side)
        and _can_be_denied(statement, side, denial.sentence)
    ]  # fmt: skip
    return min(before, key=rank, default=None)


def _can_be_denied(statement: Statement, side: str | None, sentence: int) -> bool:
    """What somebody says; what the author tells only where it is a deed of the one who denies, told just before."""
    content = statement.content
    assert isinstance(content, Act)
    if not statement.holder.is_author:
        return True
    return side in content.sources and content.type in _HOSTILE and sentence - statement.sentence <= 1


# -- parties ------------------------------------------------------------------------------------------------


def doers(refs: Iterable[ActorRef]) -> tuple[str, ...]:
    """States by their territory, so that Baku and its army are one; groups and peoples by what they are called."""
    found = {
        ref.territory if ref.kind in _SIDES and ref.territory is not None else ref.actor_id or ref.name.casefold()
        for ref in refs
    }
    return tuple(sorted(found))


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
