"""Fits the ranking model on the history and ranks the right answers of later days, one day after the other.

LightGBM's LambdaRank (Burges 2010; Ke et al. 2017) over fading counts. It is fitted on the last days of the history
only; of the days asked it never sees more than what lies before each.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from msgspec import Struct

from detente.errors import UsageError
from detente.relating.forecast.ranking.candidates import Candidates, Chooser
from detente.relating.forecast.ranking.facts import Facts
from detente.relating.forecast.ranking.features import FeatureMaker

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]


class Settings(Struct, frozen=True, kw_only=True):
    """`fitted_days`: so many last days of the history are fitted on, those before only fill the counts; `candidates`:
    how many are ranked for a question, and `fitted_candidates` how many in fitting."""

    fitted_days: int = 80
    candidates: int = 150
    fitted_candidates: int = 60
    trees: int = 200
    leaves: int = 31
    rate: float = 0.08
    threads: int = 1
    seed: int = 7


DEFAULT: Final = Settings()


class Rank(Struct, frozen=True):
    """Where a right answer came. `rank` is 1 for the first, ties averaged, other right answers of the same day left
    out. `is_turned` where the subject was asked for; `was_candidate` is false where it came with all the rest."""

    subject: int
    relation: int
    answer: int
    day: int
    rank: float
    is_turned: bool
    was_candidate: bool


def ranks(facts: Facts, first_day: int, settings: Settings = DEFAULT) -> Iterator[Rank]:
    """The rank of each fact from `first_day` on, in both directions, by what lies before its day.

    UsageError where the days before `first_day` hold too little to fit on.
    """
    chooser, maker = Chooser(facts), FeatureMaker(facts)
    fitted_from = first_day - settings.fitted_days
    rows: list[Floats] = []
    labels: list[NDArray[np.bool_]] = []
    sizes: list[Ints] = []
    model = None
    for day, today in _days(facts):
        if day >= first_day and model is None:
            model = _fitted(rows, labels, sizes, settings)
            rows.clear()
        if day >= fitted_from:
            questions = _Questions(facts, today)
            most = settings.fitted_candidates if model is None else settings.candidates
            asked = chooser.choose(questions.subject, questions.relation, day, most)
            right = questions.is_right(asked)
            if model is None:
                telling = _telling(asked, right)
                asked, right = _only(asked, telling), right[np.repeat(telling, asked.size)]
                rows.append(maker.features(asked, day))
                labels.append(right)
                sizes.append(asked.size)
            else:
                score = model.predict(maker.features(asked, day), num_threads=settings.threads)
                yield from questions.ranked(asked, np.asarray(score), day, facts)
        chooser.add(today, day)
        maker.add(today, day)


def _days(facts: Facts) -> Iterator[tuple[int, slice]]:
    days, begin = np.unique(facts.day, return_index=True)
    ends = [*begin[1:].tolist(), len(facts.day)]
    for day, start, end in zip(days.tolist(), begin.tolist(), ends, strict=True):
        yield day, slice(start, end)


class _Questions:
    """The questions of one day, each asked once, with all its right answers."""

    def __init__(self, facts: Facts, today: slice) -> None:
        self._entities = facts.entities
        key = facts.subject[today] * facts.turned_relations + facts.relation[today]
        asked, of_fact = np.unique(key, return_inverse=True)
        self.subject, self.relation = asked // facts.turned_relations, asked % facts.turned_relations
        self._right = np.unique(of_fact * facts.entities + facts.object[today])

    def is_right(self, asked: Candidates) -> NDArray[np.bool_]:
        question = np.repeat(np.arange(len(asked.size)), asked.size)
        return np.isin(question * self._entities + asked.entity, self._right)

    def ranked(self, asked: Candidates, score: NDArray[np.float64], day: int, facts: Facts) -> Iterator[Rank]:
        """All right answers; one that was no candidate shares the places behind with everyone who was none."""
        end = np.cumsum(asked.size)
        right_of, right = self._right // self._entities, self._right % self._entities
        bounds = np.searchsorted(right_of, np.arange(len(asked.size) + 1))
        for number, (start, stop) in enumerate(zip(end - asked.size, end, strict=True)):
            answers = right[bounds[number] : bounds[number + 1]]
            entity, mine = asked.entity[start:stop], score[start:stop]
            wrong = np.sort(mine[~np.isin(entity, answers)])
            outside = self._entities - len(entity) - int((~np.isin(answers, entity)).sum())
            for answer in answers.tolist():
                at = np.flatnonzero(entity == answer)
                if len(at):
                    below, upto = (int(np.searchsorted(wrong, mine[at[0]], side)) for side in ("left", "right"))
                    rank = 1 + len(wrong) - upto + (upto - below) / 2
                else:
                    rank = 1 + len(wrong) + outside / 2
                relation = int(self.relation[number])
                yield Rank(
                    int(self.subject[number]), relation % facts.relations, answer, day, rank,
                    relation >= facts.relations, bool(len(at)),
                )  # fmt: skip


def _telling(asked: Candidates, right: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which questions have a right and a wrong candidate: the others teach nothing."""
    question = np.repeat(np.arange(len(asked.size)), asked.size)
    found = np.bincount(question, right, len(asked.size))
    return (found > 0) & (found < asked.size)


def _only(asked: Candidates, questions: NDArray[np.bool_]) -> Candidates:
    kept = np.repeat(questions, asked.size)
    return Candidates(
        asked.subject[kept], asked.relation[kept], asked.entity[kept], asked.near[kept], asked.first[kept],
        asked.size[questions],
    )  # fmt: skip


def _fitted(rows: list[Floats], labels: list[NDArray[np.bool_]], sizes: list[Ints], settings: Settings) -> Any:
    """The model, the same on every run: one seed, one order, LightGBM's deterministic mode."""
    if not rows or not any(len(part) for part in rows):
        raise UsageError("the history is too short to fit a ranking on", expected="several days with repeated facts")
    import lightgbm

    options = {
        "objective": "lambdarank", "num_leaves": settings.leaves, "learning_rate": settings.rate,
        "min_data_in_leaf": 100, "lambdarank_truncation_level": 20, "feature_fraction": 0.5, "bagging_fraction": 0.6,
        "bagging_freq": 1, "max_bin": 127, "num_threads": settings.threads, "seed": settings.seed,
        "deterministic": True, "force_col_wise": True, "verbose": -1,
    }  # fmt: skip
    data = lightgbm.Dataset(
        np.concatenate(rows), np.concatenate(labels).astype(np.int32), group=np.concatenate(sizes), params=options
    )
    return lightgbm.train(options, data, settings.trees)
