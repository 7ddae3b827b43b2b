"""Scores pairs of tellings: the evidence of words and facts, weighed; and which links two happenings may have."""

from __future__ import annotations

from collections.abc import Mapping

from detente.model import Event
from detente.model.happening import LinkKind
from detente.relating.happenings.blocking import may_meet
from detente.relating.happenings.likeness import fact_evidence, gap_of, word_evidence
from detente.relating.happenings.telling import Telling
from detente.relating.happenings.weighing import FLOOR, UNIT, Weights
from detente.relating.happenings.words import Weighted, WordTable

_CEILING = 12 * UNIT
_NOTHING: Weighted = {}


class Scorer:
    """Weighs pairs. `articles` gives the weighted words of a document by its id."""

    def __init__(self, words: WordTable, weights: Weights, articles: Mapping[str, Weighted]) -> None:
        self.words = words
        self.weights = weights
        self.articles = articles
        self.most_by_words = weights.most_by_words

    def score(self, one: Telling, other: Telling) -> int:
        """Log-odds in thousandths that the two are one happening, whatever their realms; `FLOOR` at the least."""
        first, second = (one, other) if one.key <= other.key else (other, one)
        facts = 0.0 if first.type is None else self.weights.fact_score(fact_evidence(first, second, self.weights))
        if (facts + self.most_by_words) * UNIT <= FLOOR:
            return FLOOR
        words = self.weights.word_score(
            word_evidence(
                first,
                second,
                self.articles.get(first.document_id, _NOTHING),
                self.articles.get(second.document_id, _NOTHING),
                self.words,
            )
        )
        return max(FLOOR, min(_CEILING, round((facts + words) * UNIT)))

    def same(self, one: Telling, other: Telling) -> int:
        """The score of two tellings that may be one happening; the floor for those that never are.

        Those are what was done beside what was planned, supposed or usual, and one act beside a series.
        """
        if one.realm != other.realm or one.is_series != other.is_series:
            return FLOOR
        if not self._may_be_one_act(one, other) or not may_meet(one, other, self.weights):
            return FLOOR
        return self.score(one, other)

    def _may_be_one_act(self, one: Telling, other: Telling) -> bool:
        """Whether their types may tell one act, or their words name it alike; a type not known rules nothing out.

        Deeds that two accounts call by words of near types may be one; within one article, and of acts of words,
        another type without a word in common is another act.
        """
        if one.type is None or other.type is None or one.type == other.type:
            return True
        if not set(one.act).isdisjoint(other.act):
            return True
        of_words = self.weights.words_are_acts
        is_of_words = one.type in of_words and other.type in of_words
        return one.document_id != other.document_id and not is_of_words and other.type in self.weights.near[one.type]

    def link(self, one: Telling, other: Telling) -> tuple[LinkKind, int] | None:
        """How `one` may hang together with `other`, seen from `one`, with its score."""
        if not self._may_link(one, other) or not may_meet(one, other, self.weights):
            return None
        if one.realm == "actual" and other.realm == "planned" and _is_after(one, other):
            return self._found("fulfils", self.score(one, other))
        if one.realm == other.realm and other.is_series and not one.is_series and _is_within(one, other):
            return self._found("part_of", self.score(one, other))
        return None

    def _found(self, kind: LinkKind, score: int) -> tuple[LinkKind, int] | None:
        return (kind, score) if score > self.weights.threshold else None

    @staticmethod
    def _may_link(one: Telling, other: Telling) -> bool:
        """What no link can be between is not looked at further."""
        if one.realm == other.realm:
            return other.is_series and not one.is_series
        return one.realm == "actual" and other.realm == "planned"


def _is_after(done: Telling, plan: Telling) -> bool:
    """Whether an act lies where a plan put it, and not before the plan was told."""
    if done.days is None or plan.days is None:
        return True
    if plan.published is not None and done.days[1] < plan.published[0] - 1:
        return False
    return gap_of(done.days, plan.days) <= 1


def _is_within(one: Telling, series: Telling) -> bool:
    return one.days is None or series.days is None or gap_of(one.days, series.days) == 0


def spoken_of(saying: Event, other: Event, weights: Weights) -> bool:
    """Whether `other` is an act that the words of `saying`, an act of words of the same article, hold."""
    if saying.type not in weights.words_are_acts or saying.document_id != other.document_id:
        return False
    if other.trigger == saying.trigger or (other.evidence == saying.evidence and other.type in weights.words_are_acts):
        return False
    return saying.evidence.start <= other.trigger.start and other.trigger.end <= saying.evidence.end
