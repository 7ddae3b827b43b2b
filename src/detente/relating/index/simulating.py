"""Invented histories of two parties whose true level is known, to try the index on. No index is computed with it.

A course moves as a random walk within bounds and starts anew at breaks; each day has a tone of its own about it. The
true level is the tone to be expected of a day. Happenings come by chance; their types are drawn so that their scores
have the day's tone as their mean. Each is told by as many independent witnesses as the coverage of that day brings;
what none tells is not in the record.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log, sqrt
from typing import Any

import numpy as np
from msgspec import Struct

from detente.relating.index.fitting import DAYS_A_YEAR
from detente.relating.index.observations import Observation, observation
from detente.relating.index.weights import Weights

FIRST_DAY = 736330  # 2017-01-01
BOUND, MOST = 8.0, 9.0
"""The course stays between the first and its negative, a day's tone between the second and its negative."""
CLAIMED = 0.4
"""The share of tellings that rest on a voice beyond the author's."""
SHARES = {
    "CONSULT": 20, "SUPPORT": 10, "AGREE": 10, "COOPERATE": 5, "AID": 4, "CONCEDE": 2, "RETREAT": 3, "REQUEST": 10,
    "ACCUSE": 20, "REJECT": 6, "THREATEN": 4, "PROTEST": 1, "SANCTION": 2, "MOBILIZE": 2, "COERCE": 4, "ASSAULT": 5,
}  # fmt: skip
"""How common the types are between parties that are neither friends nor foes."""

Array = Any


class World(Struct, frozen=True, kw_only=True):
    """What a history is like. `rate` is happenings a day, `witnesses` how many tell one on average at coverage 1;
    `year` and `day` are standard deviations as in the table of weights; `breaks` are days from the first on, each with
    the level that starts there."""

    days: int
    rate: float
    year: float
    day: float
    start: float
    breaks: tuple[tuple[int, float], ...] = ()
    witnesses: float = 1.5


class History(Struct, frozen=True, kw_only=True):
    """`truth` is the true level of each day, `observations` what the record holds."""

    truth: tuple[float, ...]
    observations: tuple[Observation, ...]


def draw_world(seed: int, *, years: int = 8) -> World:
    """A world drawn from the published prior, with one to a hundred happenings a month and breaks once in ten years."""
    draw = np.random.default_rng([seed, 1])
    prior = Weights.load().prior
    days = int(years * DAYS_A_YEAR)
    count = draw.poisson(years / prior.years_between_breaks)
    return World(
        days=days,
        rate=exp(draw.uniform(log(1 / 30), log(100 / 30))),
        year=prior.year.median * exp(prior.year.spread * draw.normal()),
        day=prior.day.median * exp(prior.day.spread * draw.normal()),
        start=draw.uniform(-BOUND, BOUND),
        breaks=tuple(sorted((int(draw.integers(60, days - 60)), draw.uniform(-BOUND, BOUND)) for _ in range(count))),
    )


def simulate(world: World, seed: int, *, coverage: Callable[[int], float] = lambda day: 1.0) -> History:
    """A history of the world. The world's own course does not depend on `coverage`, a factor by day from the first."""
    course = _course(world, np.random.default_rng([seed, 2]))
    points, chances = np.polynomial.hermite_e.hermegauss(15)
    truth = np.clip(course[:, None] + world.day * points, -MOST, MOST) @ (chances / chances.sum())
    return History(truth=tuple(truth.tolist()), observations=tuple(_told(world, course, seed, coverage)))


def _course(world: World, draw: Array) -> Array:
    steps = draw.normal(0.0, world.year / sqrt(DAYS_A_YEAR), world.days)
    breaks = dict(world.breaks)
    course = np.empty(world.days)
    level = world.start
    for day in range(world.days):
        level = breaks.get(day, level + steps[day])
        if abs(level) > BOUND:
            level = (2 * BOUND - abs(level)) * (1 if level > 0 else -1)
        course[day] = level
    return course


def _told(world: World, course: Array, seed: int, coverage: Callable[[int], float]) -> list[Observation]:
    draw, telling = np.random.default_rng([seed, 3]), np.random.default_rng([seed, 4])
    kinds = _Kinds()
    counts = draw.poisson(world.rate, world.days)
    moods = np.clip(course + draw.normal(0.0, world.day, world.days), -MOST, MOST)
    statuses = Weights.load().statuses
    found = []
    for day in np.flatnonzero(counts).tolist():
        for number, chance in enumerate(draw.random(counts[day])):
            kind = kinds.drawn(moods[day], chance)
            tellers = int(telling.poisson(world.witnesses * coverage(day)))
            given = telling.uniform(0.6, 1.0, tellers)
            factor = np.where(telling.random(tellers) < CLAIMED, statuses["claimed"], statuses["asserted"])
            if tellers:
                standing = 1.0 - float(np.prod(1.0 - given * factor))
                score, weight = kinds.scores[kind], kinds.weights[kind]
                found.append(
                    observation(f"hap-{day:05}-{number:03}", kinds.names[kind], FIRST_DAY + day, FIRST_DAY + day,
                                score, weight, standing, tellers)
                )  # fmt: skip
    return found


class _Kinds:
    """Types by how common they are at a given tone: the common shares, tilted until the weighted mean score is it."""

    def __init__(self) -> None:
        weights = Weights.load()
        rows = [weights.of(name) for name in SHARES]
        self.names = [row.type for row in rows]
        self.scores, self.weights = [row.score for row in rows], [row.weight for row in rows]
        score, weight = np.array(self.scores), np.array(self.weights)
        tilts = np.linspace(-3.0, 3.0, 1201)
        shares = np.array(list(SHARES.values())) * np.exp(tilts[:, None] * score[None])
        self._tones = (shares * weight * score).sum(axis=1) / (shares * weight).sum(axis=1)
        self._sums = np.cumsum(shares / shares.sum(axis=1, keepdims=True), axis=1)

    def drawn(self, tone: float, chance: float) -> int:
        """The number of a type, for a chance between 0 and 1."""
        at = min(int(np.searchsorted(self._tones, tone)), len(self._tones) - 1)
        return min(int(np.searchsorted(self._sums[at], chance, "right")), len(self.names) - 1)
