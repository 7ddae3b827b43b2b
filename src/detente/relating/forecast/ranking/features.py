"""What is known of a question and one candidate on a day: fading counts of what the two did, and of their likes.

No number of an entity is a feature, so that entities are exchangeable; the relation asked is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from detente.relating.forecast.ranking.candidates import Candidates
from detente.relating.forecast.ranking.decay import FOREVER, FadingCounts
from detente.relating.forecast.ranking.facts import Facts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]

LONG: Final = (2.0, 7.0, 30.0, 120.0, FOREVER)
SHORT: Final = (7.0, 30.0, FOREVER)
SLOW: Final = (30.0, FOREVER)
_LIFT_CAP: Final = 50.0

_KINDS: Final = ("triple", "tie", "back", "object of relation", "object", "subject")
_TIMED: Final = frozenset(_KINDS)
"""Of these also the days since the last time count."""
_HALF_LIVES: Final = {
    "triple": LONG,
    "tie": LONG,
    "object of relation": LONG,
    "object": LONG,
    "asked": SHORT,
    "asker": SHORT,
    "roles": SLOW,
    "place does to": SHORT,
    "place with": SHORT,
    "place does to place": SHORT,
    "with place": SHORT,
    "does to place": SLOW,
    "does to role": SLOW,
}


class FeatureMaker:
    """Days are taken in order: `features` for a day, then `add` it."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        keys = self._keys(facts.subject, facts.relation, facts.object)
        self._counts = {name: FadingCounts(keys[name], half_lives) for name, half_lives in _HALF_LIVES.items()}
        self._affinity = Affinity(facts)

    def add(self, facts: slice, day: int) -> None:
        self._affinity.add(facts, day)
        for counts in self._counts.values():
            counts.add(facts, day)

    def features(self, asked: Candidates, day: int) -> Floats:
        """One row a candidate."""
        keys = self._keys(asked.subject, asked.relation, asked.entity)
        columns: list[Floats] = []
        for name, kept in (
            *((name, name) for name in _HALF_LIVES),
            ("back", "tie"),
            ("subject", "object"),
        ):
            counts, since = self._counts[kept].at(keys[name], day)
            columns.append(counts)
            if name in _TIMED:
                columns.append(_column(since))
        place = self._facts.place
        same = place[asked.subject] == place[asked.entity]
        columns += [_column(same), _column(asked.relation), self._affinity.of(asked, day)]
        columns += [_column(asked.near), _column(asked.first)]
        return np.concatenate(columns, axis=1)

    def _keys(self, subject: Ints, relation: Ints, entity: Ints) -> dict[str, Ints]:
        """The key of each kind of count; `back` and `subject` read the tables of `tie` and `object` the other way."""
        facts = self._facts
        entities, relations = facts.entities, facts.turned_relations
        places, roles = int(facts.place.max()) + 1, int(facts.role.max()) + 1
        turned = (relation >= facts.relations).astype(np.int64)
        own, other = facts.place[subject], facts.place[entity]
        pair = subject * entities + entity
        roles_of_both = facts.role[subject] * roles + facts.role[entity]
        at_home = (own == other).astype(np.int64)
        return {
            "triple": pair * relations + relation,
            "tie": pair * 2 + turned,
            "back": pair * 2 + 1 - turned,
            "object of relation": relation * entities + entity,
            "object": turned * entities + entity,
            "subject": (1 - turned) * entities + entity,
            "asked": subject * relations + relation,
            "asker": subject * 2 + turned,
            "roles": (roles_of_both * 2 + at_home) * relations + relation,
            "place does to": (own * relations + relation) * entities + entity,
            "place with": own * entities + entity,
            "place does to place": (own * places + other) * relations + relation,
            "with place": subject * places + other,
            "does to place": (subject * relations + relation) * places + other,
            "does to role": (subject * relations + relation) * roles + facts.role[entity],
        }


def _column(values: NDArray[np.generic]) -> Floats:
    return values.astype(np.float32)[:, None]


class Affinity:
    """Which relations follow which between the same two, learnt from the days taken in so far (half-life 30 days)."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        relations = facts.turned_relations
        self._pair = facts.subject * facts.entities + facts.object
        self._counts = FadingCounts(self._pair * relations + facts.relation, (30.0,))
        self._before = self._counts.keys % relations
        self._followed = np.zeros((relations, relations))
        self._came = np.zeros(relations)

    def add(self, facts: slice, day: int) -> None:
        row, fact, weight = self._history(self._pair[facts], day)
        after = self._facts.relation[facts][fact]
        np.add.at(self._followed, (self._before[row], after), weight)
        np.add.at(self._came, self._before[row], weight)
        self._counts.add(facts, day)

    def of(self, asked: Candidates, day: int) -> Floats:
        """For each candidate how much what the two did lately leads to the relation asked, in shares and in lifts."""
        row, question, weight = self._history(asked.subject * self._facts.entities + asked.entity, day)
        share = self._followed / np.maximum(self._came, 1.0)[:, None]
        lift = np.minimum(share / np.maximum(share.mean(axis=0), 1e-9), _LIFT_CAP)
        cell = (self._before[row], asked.relation[question])
        sums = [np.bincount(question, weight * table[cell], len(asked.entity)) for table in (share, lift)]
        return np.stack(sums, axis=1).astype(np.float32)

    def _history(self, pair: Ints, day: int) -> tuple[Ints, Ints, Floats]:
        """All relations there were between each pair: row of the counts, place in `pair`, faded count."""
        relations = self._facts.turned_relations
        begin = np.searchsorted(self._counts.keys, pair * relations)
        length = np.searchsorted(self._counts.keys, (pair + 1) * relations) - begin
        row = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length) + np.repeat(begin, length)
        return row, np.repeat(np.arange(len(pair)), length), self._counts.rows_at(row, day)[:, 0]
