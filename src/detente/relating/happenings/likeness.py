"""What two tellings have in common and where they part: the evidence for and against their being one happening.

Each piece of evidence has a name under which `weighing` finds its weight. Missing things are no evidence: a telling
without a date or a target speaks neither way.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.relating.happenings.telling import Side, Telling
from detente.relating.happenings.weighing import Weights
from detente.relating.happenings.words import RARE, Weighted, WordTable, likeness

Evidence = tuple[str, float]

BESIDE_DAYS = 1
APART_DAYS = 5
NEAR_PUBLICATION, FAR_PUBLICATION = 2, 9
OUTSIDE_DAYS = 21
UNLIKE = 0.05


def word_evidence(
    one: Telling, other: Telling, one_article: Weighted, other_article: Weighted, words: WordTable
) -> Iterator[Evidence]:
    """How alike the words are: those of the act, its sentence, the whole article."""
    is_one_article = one.document_id == other.document_id
    is_one_sentence = is_one_article and one.sentence == other.sentence
    shared = set(one.act).intersection(other.act)
    yield "bias", 1.0
    if shared:
        weights = {stem: max(words.weight(stem), 0.1) for stem in sorted({*one.act, *other.act})}
        yield "act_same", 1.0
        yield "act_share", sum(weights[stem] for stem in sorted(shared)) / sum(weights.values())
        yield "act_rare", max(weights[stem] for stem in shared) / RARE
        if is_one_article:
            yield "act_and_same_document", 1.0
        else:
            yield "act_and_document", likeness(one_article, other_article)
    else:
        kinship = max((words.kinship(a, b) for a in one.act for b in other.act), default=0.0)
        yield "act_kin", kinship
        yield "act_kin_squared", kinship * kinship
    if not words.saying.isdisjoint(one.act) or not words.saying.isdisjoint(other.act):
        yield "act_says", 1.0
    if is_one_article:
        yield "same_document", 1.0
    if is_one_sentence:
        yield "same_sentence", 1.0
    else:
        yield "sentence", likeness(one.terms, other.terms)


def fact_evidence(one: Telling, other: Telling, weights: Weights) -> Iterator[Evidence]:
    """What is known of the act beside its words: type, parties, time, place, and whether it is one act or many."""
    if one.type is not None and other.type is not None:
        yield ("type_same" if one.type == other.type else "type_near"), 1.0
        if one.type == other.type and one.root == other.root:
            yield "root_same", 1.0
    yield from _sides(one, other, weights)
    yield from _time(one, other)
    yield from _spot(one, other)
    is_of_words = one.type in weights.words_are_acts and other.type in weights.words_are_acts
    if is_of_words and likeness(one.terms, other.terms) < UNLIKE:
        yield "words_unlike", 1.0
    if one.rare and other.rare and (one.document_id, one.sentence) != (other.document_id, other.sentence):
        yield ("names_differ" if set(one.rare).isdisjoint(other.rare) else "names_shared"), 1.0


def _sides(one: Telling, other: Telling, weights: Weights) -> Iterator[Evidence]:
    if one.type is None or other.type is None:
        return
    if one.type in weights.joint and other.type in weights.joint:
        mine, theirs = one.sources + one.targets, other.sources + other.targets
        if not mine or not theirs:
            yield "side_missing", 2.0
            return
        shared = {side.key for side in mine} & {side.key for side in theirs}
        least = min(len({side.key for side in mine}), len({side.key for side in theirs}))
        yield "side_same_territory", 2.0 * min(len(shared), 2) / 2
        if len(shared) < least:
            yield "target_differs", 1.0
        return
    if _are_swapped(one, other):
        yield "sides_swapped", 1.0
        return
    yield from _side(one.sources, other.sources, "source_differs")
    yield from _side(one.targets, other.targets, "target_differs")
    if one.type in weights.words_are_acts and other.type in weights.words_are_acts:
        mine_persons = {side.actor for side in one.sources if side.is_person}
        their_persons = {side.actor for side in other.sources if side.is_person}
        if mine_persons and their_persons and not mine_persons & their_persons:
            yield "speaker_differs", 1.0


def _side(mine: tuple[Side, ...], theirs: tuple[Side, ...], differs: str) -> Iterator[Evidence]:
    if not mine or not theirs:
        yield "side_missing", 1.0
    elif {side.actor for side in mine} & {side.actor for side in theirs}:
        yield "side_same_actor", 1.0
    elif {side.key for side in mine} & {side.key for side in theirs}:
        yield "side_same_territory", 1.0
    else:
        yield differs, 1.0


def _are_swapped(one: Telling, other: Telling) -> bool:
    ends = [{side.key for side in part} for part in (one.sources, one.targets, other.sources, other.targets)]
    return all(ends) and bool(ends[0] & ends[3] and ends[1] & ends[2]) and not (ends[0] & ends[2] or ends[1] & ends[3])


def _time(one: Telling, other: Telling) -> Iterator[Evidence]:
    if one.days is None or other.days is None:
        if one.published is not None and other.published is not None:
            yield from _publication(one, other)
        return
    gap = gap_of(one.days, other.days)
    kinds = {one.timing, other.timing}
    if kinds == {"day"}:
        if gap == 0:
            yield "day_same", 1.0
        elif gap <= BESIDE_DAYS:
            yield "day_beside", 1.0
        else:
            yield ("days_apart" if gap <= APART_DAYS else "weeks_apart"), 1.0
    elif kinds == {"undated"}:
        yield from _publication(one, other)
    elif "undated" in kinds:
        yield ("undated_within" if gap == 0 else "undated_beside" if gap <= OUTSIDE_DAYS else "undated_apart"), 1.0
    else:
        yield ("span_holds" if gap == 0 else "span_beside" if gap <= APART_DAYS else "span_apart"), 1.0


def _publication(one: Telling, other: Telling) -> Iterator[Evidence]:
    if one.published is None or other.published is None or one.document_id == other.document_id:
        return
    gap = gap_of(one.published, other.published)
    if gap <= NEAR_PUBLICATION:
        yield "published_near", 1.0
    else:
        yield ("published_apart" if gap <= FAR_PUBLICATION else "published_far"), 1.0


def gap_of(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Days between two intervals; 0 where they share a day."""
    return max(0, one[0] - other[1], other[0] - one[1])


def _spot(one: Telling, other: Telling) -> Iterator[Evidence]:
    if one.spot is None or other.spot is None:
        return
    if one.spot.name == other.spot.name:
        yield "spot_same", 1.0
    elif one.spot.territory and other.spot.territory and one.spot.territory != other.spot.territory:
        yield "spot_territory_differs", 1.0
    elif one.spot.is_fine and other.spot.is_fine:
        yield "spot_differs", 1.0
