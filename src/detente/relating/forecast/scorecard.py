"""How good forecasts were: Brier and log score beside base rate and recurrence, and if chances mean what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import Struct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Outcomes = NDArray[np.bool_]

BINS: Final = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


class Method(Struct, frozen=True, kw_only=True):
    """Mean Brier score (0 is perfect, and saying 0.5 always is 0.25) and mean log score in nats (0 is perfect)."""

    brier: float
    log: float


class Bin(Struct, frozen=True, kw_only=True):
    """Forecasts from `low` to below `high`: how many, their mean, and how often it came."""

    low: float
    high: float
    count: int
    forecast: float
    came: float


class ScoreCard(Struct, frozen=True, kw_only=True):
    """Forecasts made on past days by what was known then, held against what came.

    `origins`: how many days; `forecasts`: on these days for all pairs; `came`: how often it came. `base_rate` is each
    pair's own share of such windows before, `recurrence` the chance after a window with, or without, such a happening.
    `gain` is by how much the Brier score is lower than recurrence's, and `gain_error` the standard error of that over
    origins. `pair` scores the forecasts for the pair asked, None where there were none.
    """

    origins: int
    first_origin: str
    last_origin: str
    forecasts: int
    came: int
    forecast: Method
    base_rate: Method
    recurrence: Method
    gain: float
    gain_error: float
    reliability: tuple[Bin, ...]
    pair: Method | None
    pair_recurrence: Method | None
    pair_forecasts: int

    @property
    def has_skill(self) -> bool:
        """Better than recurrence by more than chance would often give (one-sided, 10 %)."""
        return self.gain > 1.2815515655446004 * self.gain_error

    @property
    def beats_base_rate(self) -> bool:
        return self.forecast.brier < self.base_rate.brier


def method(chances: Floats, outcome: Outcomes) -> Method:
    said = np.where(outcome, chances, 1 - chances)
    return Method(brier=float(np.mean((1 - said) ** 2)), log=float(-np.mean(np.log(np.maximum(said, 1e-12)))))


def reliability(chances: Floats, outcome: Outcomes) -> tuple[Bin, ...]:
    """Bins that hold a forecast."""
    place = np.clip(np.searchsorted(BINS, chances, side="right") - 1, 0, len(BINS) - 2)
    return tuple(
        Bin(
            low=BINS[number],
            high=BINS[number + 1],
            count=int(here.sum()),
            forecast=float(chances[here].mean()),
            came=float(outcome[here].mean()),
        )
        for number in range(len(BINS) - 1)
        if (here := place == number).any()
    )


def gain_error(gains: Floats, origin: NDArray[np.int64]) -> float:
    """The standard error of the mean gain, by origins: forecasts of one day share its weather."""
    days, place = np.unique(origin, return_inverse=True)
    if len(days) < 2:
        return float("inf")
    sums = np.bincount(place, gains - gains.mean())
    return float(np.sqrt((sums**2).sum() * len(days) / (len(days) - 1)) / len(gains))
