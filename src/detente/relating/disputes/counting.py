"""Figures: numbers of one thing whose bounds exclude each other.

Method: a number is the interval its words allow; two are held against each other where measure and unit agree, what
is counted may be the same, and the scene is one. Parts and totals, ranges that overlap and a toll that one side
brings up to date are no dispute. What an earlier figure leaves over ("the remaining were armed") answers that figure.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from msgspec.structs import replace

from detente.model import Claim, Event, Evidence, Figure
from detente.relating.disputes.matters import Bond, bond, days_apart, is_bystander, opposition
from detente.relating.disputes.page import Page
from detente.relating.disputes.parties import told
from detente.relating.disputes.statement import Count, Link, Statement
from detente.relating.disputes.wording import tokens

ABOUT = 0.1
"""How far a number given as about may be off, as a share."""
ANOTHER_ORDER = 10
"""How many times another a number may be before it needs a happening, or the next sentence, to be of one matter."""
_VERBAL = frozenset(("ACCUSE", "REJECT", "STATEMENT", "REQUEST", "SUPPORT", "THREATEN", "AGREE"))
_BEFORE, _AFTER = 24, 12
"""Characters around a number in which words say that it counts a part."""
_REST_WITHIN = 3
_UNCOUNTED = frozenset(
    ("age", "duration", "sentences", "rounds", "days", "years", "hours", "minutes", "weeks", "months")
)


def counts(page: Page) -> Iterator[Statement]:
    """The figures of a document that another could contradict, and what is said of those whom a figure leaves over."""
    for figure in page.figures:
        if (statement := _count(page, figure)) is not None:
            yield statement
    for claim in page.claims:
        yield from _rest(page, claim)


def _count(page: Page, figure: Figure) -> Statement | None:
    low, high = _bounds(figure)
    if (low is None and high is None) or figure.unit is None or figure.measure in _UNCOUNTED or _is_part(page, figure):
        return None
    lexicon = page.lexicon
    measure = (figure.measure or "").lower()
    known = lexicon.measures.get(measure)
    of = lexicon.content_stems(tokens(figure.of, 0, len(figure.of))) if figure.of else ()
    first, last = page.sentences.span(figure.evidence.start)
    content = Count(
        low=low,
        high=high,
        is_about=figure.bound == "about",
        value=figure.value,
        bound=figure.bound,
        unit=figure.unit,
        measure=known or figure.measure,
        of=of,
        words=" ".join((figure.of or "").split()),
        territory=figure.territory,
        is_loose=not measure or (known is None and lexicon.stems.of(measure) in of),
        contrast=lexicon.contrast.search(page.text, first, last) is not None,
    )
    scene = page.scene(figure.evidence.start, figure.evidence.end, _events_near(page, first, last))
    if scene.start is None and figure.date is not None and figure.date.start is not None:
        scene = replace(scene, start=figure.date.start, end=figure.date.end)
    return page.statement(
        content, row_ids=(figure.figure_id,), evidence=figure.evidence, voices=figure.voices, scene=scene
    )


def _bounds(figure: Figure) -> tuple[float | None, float | None]:
    """What the words allow, both ends included; null is without end."""
    value = figure.value
    match figure.bound:
        case "at_least":
            return (figure.low if figure.low is not None else value), figure.high
        case "at_most":
            return figure.low, (figure.high if figure.high is not None else value)
        case "range":
            return figure.low, figure.high
        case "about" if value is not None:
            return value * (1 - ABOUT), value * (1 + ABOUT)
        case _:
            return value, value


def _is_part(page: Page, figure: Figure) -> bool:
    """Whether the words around the number say that it is a part of another, or comes on top of it."""
    text, lexicon = page.text, page.lexicon
    start, end = figure.evidence.start, figure.evidence.end
    before = tokens(text, max(start - _BEFORE, 0), start)
    if before and before[-1].word in lexicon.part_before:
        return True
    known = lexicon.measure(figure.measure)
    if known in lexicon.measures.values():
        counted = tokens(figure.of or "", 0, len(figure.of or ""))
        if not any(lexicon.measures.get(token.word) == known for token in counted):
            return False
    return lexicon.part_after.match(text[end : end + _AFTER].lstrip()) is not None


def _events_near(page: Page, first: int, last: int) -> list[Event]:
    """The events of a sentence that could be what is counted; words about them only where there is nothing else."""
    near = page.events_in([Evidence(first, last, "")])
    deeds = [event for event in near if event.type not in _VERBAL]
    return deeds or near


def _rest(page: Page, claim: Claim) -> Iterator[Statement]:
    """ "However, it fails to acknowledge that the remaining dead were armed": who says so, who leaves it out."""
    part = claim.contents[0] if claim.contents else None
    if part is None or page.children.get(claim.claim_id) or not page.lexicon.remainder.match(part.quote):
        return
    number = page.sentences.number(part.start)
    last = page.figure_before(part.start)
    if last is None or number - page.sentences.number(last.evidence.start) > _REST_WITHIN:
        return
    held = told(claim)
    content = Count(
        low=None, high=None, is_about=False, value=None, bound="exact", unit=last.unit, measure=last.measure, of=(),
        words="", territory=last.territory, is_rest=True,
    )  # fmt: skip
    scene = page.scene(part.start, part.end, page.events_in(claim.contents))
    answers = [figure.figure_id for figure in page.figures_in(*page.sentences.span(last.evidence.start))]
    rows, at = (claim.claim_id,), part.start
    yield page.statement(content, row_ids=rows, evidence=part, voices=held.voices, scene=scene, answers=answers, at=at)
    if held.omitter:
        yield page.statement(
            content, row_ids=rows, evidence=claim.evidence, voices=held.omitter, scene=scene, stance="omits",
            answers=(*rows, *answers), at=at,
        )  # fmt: skip


# -- held against each other --------------------------------------------------------------------------------


def oppose_counts(a: Statement, b: Statement) -> Link | str | None:
    """A link, the reason why it is none, or None where the two have nothing to do with each other."""
    ours, theirs = a.content, b.content
    if not (isinstance(ours, Count) and isinstance(theirs, Count)):
        return None
    if ours.is_rest or theirs.is_rest:
        return _oppose_rest(a, b)
    if ours.unit != theirs.unit and {ours.unit, theirs.unit} != {"person", "1"}:
        return None
    kept = bond(a, b)
    if kept is None:
        return None
    likeness = _likeness(ours, theirs, kept)
    if likeness is None:
        return None
    if not _exclude(ours, theirs):
        return "the numbers allow each other" if ours.value != theirs.value else None
    apart = opposition(a, b)
    if apart is None:
        return "one voice gives both numbers: an update or a slip"
    if (reason := _is_update(a, b)) is not None:
        return reason
    if not (a.holder.is_named and b.holder.is_named) and not (ours.contrast or theirs.contrast):
        return "one of the voices is not named, and nothing sets the two numbers side by side"
    if not (kept.same_happening or kept.near) and _ratio(ours, theirs) > ANOTHER_ORDER:
        return "numbers of another order, and nothing joins them: of different things as far as can be told"
    is_joined = ours.contrast or theirs.contrast or kept.same_happening
    if not is_joined and (is_bystander(a) or is_bystander(b)):
        return "the number of a bystander, and nothing sets the two side by side"
    score = kept.score * likeness * apart[0] * _joined(a, b, kept)
    if ours.contrast or theirs.contrast:
        score = min(score * 1.3, 0.95)
    return Link("figure", score, (f"{ours.measure or 'numbers'} {kept.reason}", apart[1]))


def _oppose_rest(a: Statement, b: Statement) -> Link | None:
    rest, figure = (a, b) if isinstance(a.content, Count) and a.content.is_rest else (b, a)
    if a.document_id != b.document_id or (rest.holder.key == figure.holder.key and rest.stance == "holds"):
        return None
    if rest.stance == "omits" or figure.stance == "omits":
        other = figure if rest.stance == "omits" else rest
        return Link("figure", 0.8, ("leaves out what another says",)) if other.row_ids[0] in rest.answers else None
    if figure.row_ids[0] not in rest.answers or is_bystander(figure) or is_bystander(rest):
        return None
    return Link("figure", 0.8, ("speaks of those whom the figure leaves over", "held by different voices"))


def _exclude(a: Count, b: Count) -> bool:
    """Whether no number fits both."""
    a_low, a_high = _ends(a)
    b_low, b_high = _ends(b)
    return a_high < b_low or b_high < a_low


def _ends(count: Count) -> tuple[float, float]:
    return (
        -math.inf if count.low is None else count.low,
        math.inf if count.high is None else count.high,
    )


def _ratio(a: Count, b: Count) -> float:
    ours, theirs = (abs(one.value or one.low or one.high or 0.0) for one in (a, b))
    return max(ours, theirs) / max(min(ours, theirs), 1.0)


def _likeness(a: Count, b: Count, kept: Bond) -> float | None:
    """How surely the two count the same thing; None where they count different things."""
    if a.territory is not None and b.territory is not None and a.territory != b.territory and not kept.near:
        return None
    same_of = not set(a.of).isdisjoint(b.of)
    if a.measure == b.measure and a.measure is not None:
        if same_of:
            return 1.0
        if not a.of or not b.of or a.is_loose or b.is_loose:
            return 0.9 if not a.is_loose else 0.7
        return 0.85 if a.unit == b.unit == "person" else 0.6
    if same_of and (a.is_loose or b.is_loose):
        return 0.8
    if (a.is_loose or b.is_loose) and (kept.near or kept.same_happening) and a.unit == b.unit == "person":
        return 0.65
    return None


def _joined(a: Statement, b: Statement, kept: Bond) -> float:
    """Numbers far apart in one article, which no happening and no day joins, are often of different things."""
    if kept.same_happening or kept.near or not kept.same_text:
        return 1.0
    return 0.95 if days_apart(a.scene, b.scene) == 0 else 0.8


def _is_update(a: Statement, b: Statement) -> str | None:
    """A later number of the same side, or of nobody's side, brings an earlier one up to date."""
    if a.scene.published is None or b.scene.published is None or a.scene.published == b.scene.published:
        return None
    sides = {a.holder.territory, b.holder.territory}
    if len(sides) == 1 and (None not in sides or (a.holder.is_author and b.holder.is_author)):
        return "a later number of the same side: an update"
    return None


def same_count(a: Statement, b: Statement) -> float | None:
    """How surely two figures give the same number of the same thing."""
    ours, theirs = a.content, b.content
    if not (isinstance(ours, Count) and isinstance(theirs, Count)) or ours.is_rest or theirs.is_rest:
        return None
    if (ours.low, ours.high, ours.unit) != (theirs.low, theirs.high, theirs.unit):
        return None
    kept = bond(a, b)
    likeness = None if kept is None else _likeness(ours, theirs, kept)
    return None if kept is None or likeness is None else kept.score * likeness
