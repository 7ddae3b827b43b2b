"""The entities worth ranking for a question: known partners, frequent objects of the relation, partners' partners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import Struct

from detente.relating.forecast.ranking.decay import FOREVER, FadingCounts
from detente.relating.forecast.ranking.facts import Facts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]

FREQUENT: Final = 40
"""So many of the relation's most frequent objects are candidates for every question."""
NEAR: Final = 60
"""So many of the subject's nearest partners of partners."""


class Candidates(Struct, frozen=True):
    """Questions and candidates as flat columns: `size[i]` candidates belong to question i, in order. `near` is how
    close a candidate stands to the subject over partners in common, `first` the score by which they were chosen."""

    subject: Ints
    relation: Ints
    entity: Ints
    near: Floats
    first: Floats
    size: Ints


class Chooser:
    """Keeps the few counts that the choice needs. Days are taken in order: `choose` for a day, then `add` it."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        entities, relations = facts.entities, facts.turned_relations
        pair = facts.subject * entities + facts.object
        self._pairs = FadingCounts(pair, (60.0,))
        self._pair_subject, self._pair_object = self._pairs.keys // entities, self._pairs.keys % entities
        self._objects = FadingCounts(facts.relation * entities + facts.object, (30.0,))
        self._object_start = np.searchsorted(self._objects.keys // entities, np.arange(relations + 1))
        self._triples = FadingCounts(pair * relations + facts.relation, (30.0,))
        self._start = np.searchsorted(self._pair_subject, np.arange(entities + 1))

    def add(self, facts: slice, day: int) -> None:
        for counts in (self._pairs, self._objects, self._triples):
            counts.add(facts, day)

    def choose(self, subject: Ints, relation: Ints, day: int, most: int) -> Candidates:
        """At most `most` candidates for each question, those with the highest first score."""
        weight = self._pairs.all_at(day)[:, 0]
        strength = np.sqrt(np.maximum(np.bincount(self._pair_subject, weight, self._facts.entities), 1e-6))
        tie = weight / (strength[self._pair_subject] * strength[self._pair_object])
        frequent = self._objects.all_at(day)[:, 0]
        nearness: dict[int, Floats] = {}
        entities, near, sizes = [], [], []
        for one, asked in zip(subject.tolist(), relation.tolist(), strict=True):
            if one not in nearness:
                nearness[one] = self._nearness(one, tie)
            partners = self._pair_object[self._start[one] : self._start[one + 1]]
            begin, end = self._object_start[asked], self._object_start[asked + 1]
            top = begin + np.argsort(-frequent[begin:end], kind="stable")[:FREQUENT]
            close = np.argsort(-nearness[one], kind="stable")[:NEAR]
            found = np.unique(
                np.concatenate(
                    [
                        partners[tie[self._start[one] : self._start[one + 1]] > 0],
                        self._objects.keys[top] % self._facts.entities,
                        close,
                    ]
                )
            )
            entities.append(found)
            near.append(nearness[one][found])
            sizes.append(len(found))
        size = np.array(sizes, dtype=np.int64)
        every = Candidates(
            np.repeat(subject, size), np.repeat(relation, size), np.concatenate(entities),
            np.concatenate(near).astype(np.float32), np.zeros(0, np.float32), size,
        )  # fmt: skip
        return _best(every, self._first_score(every, day), most)

    def _nearness(self, subject: int, tie: Floats) -> Floats:
        """How close every entity stands to the subject over partners in common: the subject's row of the square of the
        normalised matrix of ties."""
        own = slice(self._start[subject], self._start[subject + 1])
        partners = self._pair_object[own]
        begin, length = self._start[partners], self._start[partners + 1] - self._start[partners]
        at = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length) + np.repeat(begin, length)
        weights = np.repeat(tie[own], length) * tie[at]
        return np.bincount(self._pair_object[at], weights, self._facts.entities).astype(np.float32)

    def _first_score(self, every: Candidates, day: int) -> Floats:
        entities, relations = self._facts.entities, self._facts.turned_relations
        pair = every.subject * entities + every.entity
        triple = self._triples.at(pair * relations + every.relation, day)[0][:, 0]
        tie = self._pairs.at(pair, day)[0][:, 0]
        frequent = self._objects.at(every.relation * entities + every.entity, day)[0][:, 0]
        score: Floats = (
            np.log1p(20 * triple) + np.log1p(5 * tie) + 0.5 * np.log1p(3 * frequent) + 3 * np.sqrt(every.near)
        )
        return score


def _best(every: Candidates, first: Floats, most: int) -> Candidates:
    question = np.repeat(np.arange(len(every.size)), every.size)
    order = np.lexsort((every.entity, -first, question))
    place = np.arange(len(order)) - np.repeat(np.cumsum(every.size) - every.size, every.size)
    kept = np.sort(order[place < most])
    return Candidates(
        every.subject[kept], every.relation[kept], every.entity[kept], every.near[kept], first[kept],
        np.minimum(every.size, most),
    )  # fmt: skip


__all__ = ["FOREVER", "Candidates", "Chooser"]
