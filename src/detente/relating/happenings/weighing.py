"""The published weights of the evidence, and the score they come to: log-odds that two tellings are of one happening.

Scores are whole numbers, thousandths of a unit of log-odds, so that sums come out the same in any order.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from detente.errors import KnowledgeError
from detente.knowledge.loading import read_yaml
from detente.model.vocabulary import EventType

UNIT = 1000
FLOOR = -3 * UNIT
"""The least a score can be; what two tellings that are never compared are taken to score."""


class WeightFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The file `knowledge/relating/happenings.yaml`."""

    trained: dict[str, float]
    reasoned: dict[str, float]
    threshold: float
    story_threshold: float
    near_types: dict[EventType, list[EventType]]
    words_are_acts: list[str]
    joint: list[str]


class Weights(Struct, frozen=True):
    """`near` lists for each type those it is compared with, itself among them."""

    trained: dict[str, float]
    reasoned: dict[str, float]
    threshold: int
    story_threshold: int
    near: dict[EventType, tuple[EventType, ...]]
    words_are_acts: frozenset[str]
    joint: frozenset[str]

    def word_score(self, evidence: Iterable[tuple[str, float]]) -> float:
        return _weighed(self.trained, evidence, 0.0)

    def fact_score(self, evidence: Iterable[tuple[str, float]]) -> float:
        return _weighed(self.reasoned, evidence, self.reasoned["bias"])

    @property
    def most_by_words(self) -> float:
        """What words can speak for two tellings at the most."""
        return self.trained["bias"] + sum(weight for weight in self.trained.values() if weight > 0)


def _weighed(weights: dict[str, float], evidence: Iterable[tuple[str, float]], total: float) -> float:
    for name, value in evidence:
        total += weights[name] * value
    return total


@lru_cache(maxsize=1)
def weights() -> Weights:
    file = read_yaml("relating/happenings.yaml", WeightFile)
    near: dict[EventType, set[EventType]] = {}
    for first, others in file.near_types.items():
        for other in others:
            if other == first:
                raise KnowledgeError("a type is near itself anyway", value=first)
            near.setdefault(first, set()).add(other)
            near.setdefault(other, set()).add(first)
    return Weights(
        file.trained,
        file.reasoned,
        round(file.threshold * UNIT),
        round(file.story_threshold * UNIT),
        {kind: tuple(sorted({kind, *near[kind]})) for kind in sorted(near)},
        frozenset(file.words_are_acts),
        frozenset(file.joint),
    )
