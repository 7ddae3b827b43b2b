"""Histories made up by known laws, to hold the forecast against the truth: steady, seasonal, in regimes, self-exciting.

A day at a time, for every directed pair and quad class, the number of happenings is Poisson with a rate made of the
pair's own level, the season, the regime between the two, and the echo of what happened before (a Hawkes process on a
daily grid: own acts, answers in kind, and words that turn into deeds). Everything follows from one seed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import Struct

from detente.model.vocabulary import EventType
from detente.relating.forecast.history import TYPES, History, sorted_history

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_TYPE_OF_QUAD: Final[tuple[EventType, ...]] = ("CONSULT", "AID", "ACCUSE", "ASSAULT")
"""The type that stands for each quad class, in the order of the vocabulary."""
_LEVEL: Final = np.array([0.03, 0.008, 0.02, 0.007])
"""Mean happenings a day by quad class."""
_IN_CRISIS: Final = np.array([0.5, 0.3, 6.0, 10.0])
_TURNS: Final = np.array([[0.5, 0.1, 0, 0], [0.1, 0.5, 0, 0], [0, 0, 0.5, 0.12], [0, 0, 0.25, 0.5]])
"""Which class an act of each class (row) begets, as shares of its echo (column)."""
_YEAR: Final = 365.25


class Law(Struct, frozen=True, kw_only=True):
    """`season` from 0 to 1: how far rates swing over a year, each pair at its own time; `crises`: whether pairs fall
    into crises (one in 300 days, lasting 60); `echo`: acts that an act begets by itself, `answer`: those it begets
    the other way round, over `fading` days; `growth`: by how much more the press tells at the end than at the start."""

    name: str
    season: float = 0.0
    crises: bool = False
    echo: float = 0.0
    answer: float = 0.0
    fading: float = 12.0
    growth: float = 1.0


LAWS: Final = (
    Law(name="steady"),
    Law(name="seasonal", season=0.9),
    Law(name="regimes", crises=True),
    Law(name="exciting", echo=0.45, answer=0.25),
    Law(name="mixed", season=0.4, crises=True, echo=0.3, answer=0.15, growth=2.0),
)


class _State(Struct):
    """Of any number of parallel worlds (first axis): the regime of each undirected pair, and the echo, per pair,
    direction and class."""

    in_crisis: NDArray[np.bool_]
    echo: Floats


class World:
    """Goes on day by day. `level` is what each pair, direction and class would do by itself."""

    def __init__(self, law: Law, pairs: int, days: int, seed: int) -> None:
        self.law, self.days = law, days
        self._random = np.random.default_rng(seed)
        ease = self._random.gamma(0.7, 1 / 0.7, (pairs, 1, 1))
        lean = self._random.gamma(3.0, 1 / 3.0, (pairs, 2, 4))
        self.level = ease * lean * _LEVEL
        self._phase = self._random.uniform(0, 1, (pairs, 1, 1))
        self.state = _State(np.zeros((1, pairs), dtype=bool), np.zeros((1, pairs, 2, 4)))
        self.day = 0

    def step(self) -> NDArray[np.int64]:
        """One day for all pairs: happenings by pair, direction (0: from the first party) and class."""
        happened = self._step(self.state, self.day, self._random)
        self.day += 1
        first: NDArray[np.int64] = happened[0]
        return first

    def chances(self, horizons: tuple[int, ...], paths: int, seed: int) -> Floats:
        """The true chance, from today on, of at least one happening within each horizon (first axis), by pair,
        direction and class, as the share of `paths` futures."""
        state = _State(np.repeat(self.state.in_crisis, paths, axis=0), np.repeat(self.state.echo, paths, axis=0))
        random = np.random.default_rng(seed)
        seen = np.zeros((paths, *self.level.shape), dtype=bool)
        found = []
        for ahead in range(max(horizons)):
            seen |= self._step(state, self.day + ahead, random) > 0
            if ahead + 1 in horizons:
                found.append(seen.mean(axis=0))
        return np.stack(found)

    def _step(self, state: _State, day: int, random: np.random.Generator) -> NDArray[np.int64]:
        law = self.law
        rate = self.level * (1 + law.season * np.sin(2 * np.pi * (day / _YEAR + self._phase)))
        if law.crises:
            chance = np.where(state.in_crisis, 1 / 60, 1 / 300)
            state.in_crisis ^= random.random(state.in_crisis.shape) < chance
            rate = rate * np.where(state.in_crisis[:, :, None, None], _IN_CRISIS, 1.0)
        told = law.growth ** (day / self.days)
        happened: NDArray[np.int64] = random.poisson((rate + state.echo) * told)
        keep = np.exp(-1 / law.fading)
        begets = (law.echo * happened + law.answer * happened[:, :, ::-1, :]) / told
        state.echo = keep * state.echo + (1 - keep) / keep * begets @ _TURNS
        return happened


class Simulated(Struct, frozen=True):
    """`pairs` of party names; the history; and, if asked for, true chances on some days: origin, horizon, pair,
    direction and class."""

    law: Law
    pairs: tuple[tuple[str, str], ...]
    history: History
    first_day: int
    truth: dict[int, Floats]


def simulate(
    law: Law,
    *,
    pairs: int = 40,
    days: int = 1460,
    seed: int = 1,
    truth_on: tuple[int, ...] = (),
    horizons: tuple[int, ...] = (7, 30, 90),
    paths: int = 200,
    first_day: int = 737_000,
) -> Simulated:
    """`days` days of `pairs` pairs under a law; what happens is known up to three days later. `truth_on` counts days
    from the beginning: the chances are those at the end of that day."""
    world = World(law, pairs, days, seed)
    names = tuple((f"P{2 * number:03d}", f"P{2 * number + 1:03d}") for number in range(pairs))
    late = np.random.default_rng(seed + 1)
    rows: list[NDArray[np.int64]] = []
    truth: dict[int, Floats] = {}
    for day in range(days):
        happened = world.step()
        pair, direction, quad = (np.repeat(axis, happened[happened > 0]) for axis in np.nonzero(happened))
        known = day + late.integers(0, 4, len(pair))
        rows.append(np.stack([pair, direction, quad, np.full(len(pair), day), known], axis=1))
        if day in truth_on:
            truth[first_day + day] = world.chances(horizons, paths, seed + day)
    table = np.concatenate(rows)
    pair, direction, quad, day_of, known = table.T
    kind = np.array([TYPES.index(name) for name in _TYPE_OF_QUAD])[quad]
    history = sorted_history(
        tuple(name for both in names for name in both), 2 * pair + direction, 2 * pair + 1 - direction, kind,
        first_day + day_of, first_day + known, np.arange(len(pair)),
    )  # fmt: skip
    return Simulated(law, names, history, first_day, truth)


__all__ = ["LAWS", "Law", "Simulated", "World", "simulate"]
