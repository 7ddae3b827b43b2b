"""Rolling origin: the forecast made again on past days by what was known then, and held against what came.

Windows do not overlap: from one origin to the next lies at least the horizon. At an origin nothing is used that came or
came to be known later, neither for the counts nor for fitting, nor for the forecasts it is held against.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import Struct

from detente.relating.forecast.counts import Classes, Panel, calendars, panel
from detente.relating.forecast.fitting import LEAST, MOST, Calibration, Fitted, calibrate, fit
from detente.relating.forecast.history import History
from detente.relating.forecast.scorecard import ScoreCard, gain_error, method, reliability
from detente.relating.forecast.terms import MARGINS, YEAR, Terms, terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Outcomes = NDArray[np.bool_]

PAIR_LEAST: Final = 10
"""A pair takes part from so many happenings between the two on, either way."""
WEEK: Final = 7
LOOK_BACK: Final = 4 * 52
"""Weeks of past origins that are fitted and scored on; counts look back over the whole record."""
SCORED_MOST: Final = 16
WARM_UP: Final = 120
"""Days of the record before the first origin."""
_ROWS_MOST: Final = 6000
_ROWS_LEAST: Final = 60
_OUTCOMES_LEAST: Final = 5
_REFIT: Final = 2  # scored origins that share a fit


class Rolled(Struct, frozen=True):
    """`chances` are those of all pairs at the last origin, `expected` the numbers they rest on, before correction;
    `terms` are of the last origin. `base_rate` and `recurrence` are what these two say then. `card` is None where no
    past origin could be scored; `fitted`, `chances` and `expected` where there was too little to fit on."""

    fitted: Fitted | None
    calibration: Calibration
    terms: Terms
    chances: Floats | None
    expected: Floats | None
    base_rate: Floats
    recurrence: Floats
    card: ScoreCard | None


class Roller:
    """Rolls the forecast of some classes of one record up to a day. What classes and horizons share is kept."""

    def __init__(self, history: History, classes: Classes, pairs: Ints, as_of: int, first_day: int) -> None:
        known = history.known_by(as_of)
        self.classes = classes
        self.pairs = pairs
        self.as_of = as_of
        weeks = min(LOOK_BACK, max(0, as_of - first_day - WARM_UP) // WEEK)
        self.origins = as_of - WEEK * np.arange(weeks, -1, -1, dtype=np.int64)
        self.panel: Panel = panel(known, classes, pairs, self.origins, first_day)
        self.is_told: Outcomes = self.panel.told >= PAIR_LEAST
        self._calendars = calendars(known, classes, pairs, int(self.origins[0]) - YEAR - MARGINS[-1], as_of)

    def roll(self, place: int, horizon: int, asked: int) -> Rolled:
        """The class at `place` over `horizon` days; `asked` is the place of the pair that is asked about."""
        spacing = max(2, -(-horizon // WEEK))
        last = len(self.origins) - 1
        sample = _Sample(self, place, horizon)
        fitted: Fitted | None = None
        scored = _Scored(asked)
        fits = 0
        for at in list(range(last - spacing, -1, -spacing))[:SCORED_MOST][::-1]:
            now = int(self.origins[at])
            came = self.came(place, horizon, now)
            if fits % _REFIT == 0 or fitted is None:
                fitted = sample.fit(came, self.over(now, horizon), fitted)
            told = np.flatnonzero(self.is_told[at])
            if fitted is None or not len(told):
                continue
            fits += 1
            made = self.terms(place, horizon, np.full(len(told), at), told)
            raw = fitted.chances(made.expected, made.logs)
            base_rate, recurrence = self._rivals(at, place, horizon, came)
            scored.add(
                now, told, raw, calibrate(*scored.forecasts()).of(raw), base_rate[told], recurrence[told],
                self.came(place, horizon, self.as_of)[at, told],
            )  # fmt: skip
        came = self.came(place, horizon, self.as_of)
        final = sample.fit(came, self.over(self.as_of, horizon), fitted)
        calibration = calibrate(*scored.forecasts())
        made = self.terms(place, horizon, np.full(len(self.pairs), last), np.arange(len(self.pairs)))
        rivals = self._rivals(last, place, horizon, came)
        if final is None:
            return Rolled(None, calibration, made, None, None, *rivals, scored.card())
        chances = calibration.of(final.chances(made.expected, made.logs))
        return Rolled(final, calibration, made, chances, final.expects(made.expected), *rivals, scored.card())

    def terms(self, place: int, horizon: int, origin: Ints, pair: Ints) -> Terms:
        return terms(self.panel, self._calendars[place], place, horizon, origin, pair)

    def came(self, place: int, horizon: int, known_by: int) -> Outcomes:
        """Whether the class came within the horizon after each origin, by origin and pair, as far as it was known."""
        sums = self._calendars[place].known_by(known_by)
        return sums.count(np.arange(len(self.pairs))[None, :], self.origins[:, None], horizon) > 0

    def over(self, now: int, horizon: int) -> int:
        """How many origins have windows that are over by `now`."""
        return int(np.searchsorted(self.origins, now - horizon, side="right"))

    def _rivals(self, at: int, place: int, horizon: int, came: Outcomes) -> tuple[Floats, Floats]:
        """Base rate and recurrence of all pairs at an origin, from windows that are over by then."""
        over = slice(0, self.over(int(self.origins[at]), horizon))
        lately = self.panel.since[:, :, place] < horizon
        told, again = self.is_told[over], came[over]
        chances = []
        for state in (False, True):
            here = told & (lately[over] == state)
            chances.append((again[here].sum() + 0.5) / (here.sum() + 1.0))
        recurrence: Floats = np.where(lately[at], chances[1], chances[0])
        return _base_rate(again, horizon), recurrence


class _Sample:
    """The rows that a class is fitted on: so many of all origins and pairs, evenly, that fitting stays quick."""

    def __init__(self, roller: Roller, place: int, horizon: int) -> None:
        self._overlap = max(1.0, horizon / WEEK)
        over = roller.over(roller.as_of, horizon)
        told = np.flatnonzero(roller.is_told[:over])
        kept = told[::-1][:: max(1, -(-len(told) // _ROWS_MOST))][::-1]
        self._origin, self._pair = np.divmod(kept, len(roller.pairs))
        self._terms = roller.terms(place, horizon, self._origin, self._pair)

    def fit(self, came: Outcomes, over: int, before: Fitted | None) -> Fitted | None:
        """Fitted on the first `over` origins; None where too few windows are over, or all went the same way."""
        rows = slice(0, int(np.searchsorted(self._origin, over)))
        outcome = came[self._origin[rows], self._pair[rows]]
        if len(outcome) < _ROWS_LEAST or min(outcome.sum(), (~outcome).sum()) < _OUTCOMES_LEAST:
            return None
        return fit(self._terms.expected[rows], self._terms.logs[rows], outcome, overlap=self._overlap, before=before)


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
