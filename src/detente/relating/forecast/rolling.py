"""Rolling origin: the forecast made again on past days by what was known then, and held against what came.

Windows do not overlap: from one origin to the next lies at least the horizon. At an origin nothing is used that came or
came to be known later, neither for the counts nor for fitting, nor for the forecasts it is held against.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import Struct

from detente.relating.forecast.counts import Classes, Days, Panel, days_of, panel
from detente.relating.forecast.fitting import LEAST, MOST, Calibration, Fitted, calibrate, fit
from detente.relating.forecast.history import History
from detente.relating.forecast.scorecard import ScoreCard, gain_error, method, reliability
from detente.relating.forecast.terms import PROMPT, Terms, terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Outcomes = NDArray[np.bool_]

PAIR_LEAST: Final = 10
"""A pair takes part from so many happenings between the two on, either way."""
WEEK: Final = 7
LOOK_BACK: Final = 5 * 52
"""Weeks of past origins that are fitted and scored on; counts look back over the whole record."""
SCORED_MOST: Final = 16
WARM_UP: Final = 120
"""Days of the record before the first origin."""
_ROWS_MOST: Final = 8000
_ROWS_LEAST: Final = 60
_OUTCOMES_LEAST: Final = 5
_REFIT: Final = 4  # scored origins that share a fit


class Rolled(Struct, frozen=True):
    """`chances` are those of all pairs at the last origin, `expected` the numbers they rest on, before correction.
    `card` is None where no past origin could be scored; `fitted` where there was too little to fit on."""

    fitted: Fitted | None
    calibration: Calibration
    terms: Terms
    chances: Floats | None
    expected: Floats | None
    card: ScoreCard | None


class Roller:
    """Rolls the forecast of some classes of one record up to a day. What several horizons share is kept."""

    def __init__(self, history: History, classes: Classes, pairs: Ints, as_of: int, first_day: int) -> None:
        self._history = history.known_by(as_of)
        self.classes = classes
        self.pairs = pairs
        self.as_of = as_of
        weeks = min(LOOK_BACK, max(0, as_of - first_day - WARM_UP) // WEEK)
        self.origins = as_of - WEEK * np.arange(weeks, -1, -1, dtype=np.int64)
        self.panel: Panel = panel(self._history, classes, pairs, self.origins, first_day)
        self.is_told: Outcomes = self.panel.told >= PAIR_LEAST
        self._prompt = days_of(self._history, classes, prompt=PROMPT)
        self._days: dict[int, Days] = {}
        self._came: dict[tuple[int, int], Outcomes] = {}

    def roll(self, place: int, horizon: int, asked: int) -> Rolled:
        """The class at `place` over `horizon` days; `asked` is the place of the pair that is asked about."""
        made = terms(self.panel, self._prompt, place, horizon)
        spacing = max(2, -(-horizon // WEEK))
        last = len(self.origins) - 1
        places = list(range(last - spacing, -1, -spacing))[:SCORED_MOST][::-1]
        fitted: Fitted | None = None
        scored = _Scored(asked)
        fits = 0
        for at in places:
            now = int(self.origins[at])
            came = self.came(now, horizon)[:, :, place]
            rows = self._over(now, horizon)
            if fits % _REFIT == 0 or fitted is None:
                fitted = self._fit(made, came, rows, fitted)
            if fitted is None:
                continue
            fits += 1
            told = self.is_told[at]
            if not told.any():
                continue
            raw = fitted.chances(made.expected[at, told], made.logs[at, told])
            scored.add(
                now,
                np.flatnonzero(told),
                raw,
                calibrate(*scored.forecasts()).of(raw),
                _base_rate(came[rows], horizon)[told],
                self._recurrence(at, place, horizon, came, rows)[told],
                self.came(self.as_of, horizon)[at, told, place],
            )
        final = self._fit(made, self.came(self.as_of, horizon)[:, :, place], self._over(self.as_of, horizon), fitted)
        calibration = calibrate(*scored.forecasts())
        if final is None:
            return Rolled(None, calibration, made, None, None, scored.card())
        chances = calibration.of(final.chances(made.expected[-1], made.logs[-1]))
        return Rolled(final, calibration, made, chances, final.expects(made.expected[-1]), scored.card())

    def came(self, known_by: int, horizon: int) -> Outcomes:
        """Whether each class came within the horizon after each origin, as far as was known by a day."""
        key = (known_by, horizon)
        if key not in self._came:
            if known_by not in self._days:
                self._days[known_by] = days_of(self._history.known_by(known_by), self.classes)
            self._came[key] = self._days[known_by].count(self.pairs, self.origins, horizon) > 0
        return self._came[key]

    def _over(self, now: int, horizon: int) -> slice:
        """The origins whose windows are over by `now`."""
        return slice(0, int(np.searchsorted(self.origins, now - horizon, side="right")))

    def _fit(self, made: Terms, came: Outcomes, rows: slice, before: Fitted | None) -> Fitted | None:
        """None where too few windows are over, or where all went the same way."""
        told = self.is_told[rows]
        step = max(1, -(-int(told.sum()) // _ROWS_MOST))
        kept = np.zeros_like(told)
        kept[::-1][::step] = True
        kept &= told
        outcome = came[rows][kept]
        if len(outcome) < _ROWS_LEAST or min(outcome.sum(), (~outcome).sum()) < _OUTCOMES_LEAST:
            return None
        return fit(made.expected[rows][kept], made.logs[rows][kept], outcome, before)

    def _recurrence(self, at: int, place: int, horizon: int, came: Outcomes, rows: slice) -> Floats:
        """The chance that it comes, where it came in the last `horizon` days and where not, learnt from all pairs."""
        lately = self.panel.since[:, :, place] < horizon
        told = self.is_told[rows]
        again = came[rows]
        chances = []
        for state in (False, True):
            here = told & (lately[rows] == state)
            chances.append((again[here].sum() + 0.5) / (here.sum() + 1.0))
        found: Floats = np.where(lately[at], chances[1], chances[0])
        return found


def _base_rate(came: Outcomes, horizon: int) -> Floats:
    """Each pair's share of windows with it, with one window of the mean of all pairs added."""
    mean = came.mean() if came.size else 0.5
    windows = max(len(came) * WEEK / horizon, 1e-9)
    share = came.mean(axis=0) if len(came) else np.zeros(came.shape[1])
    rate: Floats = (share * windows + mean) / (windows + 1.0)
    return np.clip(rate, LEAST, MOST)


class _Scored:
    """Forecasts made on past days, one part a day."""

    def __init__(self, asked: int) -> None:
        self._asked = asked
        self._parts: list[tuple[NDArray[np.generic], ...]] = []
        self._days: list[int] = []

    def add(self, day: int, pair: Ints, *columns: NDArray[np.generic]) -> None:
        """Raw and calibrated chances, base rate, recurrence, and what came."""
        self._days.append(day)
        self._parts.append((pair, np.full(len(pair), day), *columns))

    def forecasts(self) -> tuple[Floats, Outcomes]:
        """Raw chances and what came, of all days so far: their windows are over."""
        if not self._parts:
            return np.zeros(0), np.zeros(0, dtype=np.bool_)
        return self._column(2), self._column(6).astype(np.bool_)

    def _column(self, number: int) -> NDArray[np.float64]:
        return np.concatenate([part[number] for part in self._parts]).astype(np.float64)

    def card(self) -> ScoreCard | None:
        if not self._parts:
            return None
        pair, day, _, chances, base, again, came = (self._column(number) for number in range(7))
        outcome = came.astype(np.bool_)
        gains = (again - came) ** 2 - (chances - came) ** 2
        mine = pair == self._asked
        return ScoreCard(
            origins=len(self._days),
            first_origin=date.fromordinal(self._days[0]).isoformat(),
            last_origin=date.fromordinal(self._days[-1]).isoformat(),
            forecasts=len(chances),
            came=int(outcome.sum()),
            forecast=method(chances, outcome),
            base_rate=method(base, outcome),
            recurrence=method(again, outcome),
            gain=float(gains.mean()),
            gain_error=gain_error(gains, day.astype(np.int64)),
            reliability=reliability(chances, outcome),
            pair=method(chances[mine], outcome[mine]) if mine.any() else None,
            pair_recurrence=method(again[mine], outcome[mine]) if mine.any() else None,
            pair_forecasts=int(mine.sum()),
        )
