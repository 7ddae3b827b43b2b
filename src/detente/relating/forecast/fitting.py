"""From terms to chances, fitted on windows that are over. Three layers, each with few free numbers:

1. Counts. The expected number is a sum of terms with weights of zero or more, L = sum(w * x), and the chance of at
   least one is 1 - exp(-L). It is the intensity of a self- and mutually exciting process (Hawkes 1971) with given
   kernels, and each happening has its exact part in it. Weights have the highest posterior, found by
   expectation-maximisation.
2. Correction. A logistic regression on the logit of that chance, its square, and the logs of the terms, with a strong
   ridge: what is nearly right is moved a little where logs say more (bursts, long silence).
3. Calibration. Beta calibration (Kull, Silva Filho and Flach 2017) on forecasts made before their outcomes were known,
   drawn towards no change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import Struct

from detente.relating.forecast.blocks import Tall

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Outcomes = NDArray[np.bool_]

LEAST, MOST = 0.002, 0.998
"""No chance is said to be nearer to 0 or 1 than this."""
_ROUNDS: Final = 40
_RIDGE: Final = 300.0
_CALIBRATION_RIDGE: Final = 100.0
_PRIOR_EVENTS, _PRIOR_EXPOSURE = 0.1, 5.0
_STEPS: Final = 30
_SMALLEST: Final = 1e-3
_FAR: Final = 4.0  # spreads from the mean beyond which a log counts no more


class Correction(Struct, frozen=True):
    mean: Floats
    spread: Floats
    coefficients: Floats


class Fitted(Struct, frozen=True):
    """`weights` of the terms, and the correction."""

    weights: Floats
    correction: Correction

    def expects(self, expected: Floats) -> Floats:
        """The expected number of happenings: the sum of the terms by weight."""
        number: Floats = (expected * self.weights).sum(axis=-1)
        return number

    def chances(self, expected: Floats, logs: Floats) -> Floats:
        """Chances, before calibration; any shape, terms last."""
        raw = logit_of(self.expects(expected))
        scaled = (logs - self.correction.mean) / self.correction.spread
        rows = _rows(raw, np.clip(scaled, -_FAR, _FAR))
        return np.clip(_sigmoid((rows * self.correction.coefficients).sum(axis=-1)), LEAST, MOST)


class Calibration(Struct, frozen=True):
    """logit(p') = logit(p) + c + a log p - b log(1 - p). Zeros change nothing."""

    shift: float = 0.0
    low: float = 0.0
    high: float = 0.0

    def of(self, chances: Floats) -> Floats:
        moved = _logit(chances) + self.shift + self.low * np.log(chances) - self.high * np.log1p(-chances)
        return np.clip(_sigmoid(moved), LEAST, MOST)


def fit(
    expected: Floats, logs: Floats, outcome: Outcomes, *, overlap: float = 1.0, before: Fitted | None = None
) -> Fitted:
    """Fitted on rows of terms and whether the class happened. `overlap` rows tell as much as one that stands alone,
    so that the priors weigh so much more; `before` is where to start from."""
    weights = _weights(expected, outcome, overlap, None if before is None else before.weights)
    mean, spread = logs.mean(axis=0), logs.std(axis=0) + 1e-3
    scaled = np.clip((logs - mean) / spread, -_FAR, _FAR)
    rows = _rows(logit_of(Tall(expected).times(weights)), scaled)
    start = np.zeros(rows.shape[1])
    start[1] = 0.1
    ridge = np.full(rows.shape[1], _RIDGE * overlap)
    ridge[0] = 1e-6
    centre = start.copy()
    return Fitted(weights, Correction(mean, spread, _logistic(rows, outcome, np.zeros(len(rows)), ridge, centre)))


def calibrate(chances: Floats, outcome: Outcomes) -> Calibration:
    """From forecasts and what came of them; none, no change."""
    if not len(chances):
        return Calibration()
    rows = np.stack([np.ones(len(chances)), np.log(chances), -np.log1p(-chances)], axis=1)
    found = _logistic(rows, outcome, _logit(chances), np.full(3, _CALIBRATION_RIDGE), np.zeros(3))
    return Calibration(*found.tolist())


def logit_of(expected: Floats) -> Floats:
    """The logit of the chance of at least one, where so many are expected."""
    logit: Floats = np.log(np.expm1(np.clip(expected, 1e-4, 20.0)))
    return logit


def _weights(expected: Floats, outcome: Outcomes, overlap: float, start: Floats | None) -> Floats:
    terms = expected.shape[1]
    weights = np.full(terms, 0.5 / terms) if start is None else np.maximum(start, 1e-6)
    exposure = expected.sum(axis=0) + _PRIOR_EXPOSURE * overlap
    happened = Tall(expected[outcome])
    for _ in range(_ROUNDS):
        # an outcome stands for L / (1 - exp(-L)) happenings
        share = 1.0 / -np.expm1(-np.maximum(happened.times(weights), 1e-12))
        weights = (weights * happened.turned_times(share) + _PRIOR_EVENTS * overlap) / exposure
    return weights


def _rows(raw: Floats, scaled: Floats) -> Floats:
    """Columns of the correction: one, the logit tenfold (so that the ridge hardly holds it), its square, the logs."""
    return np.concatenate([np.ones((*raw.shape, 1)), 10 * raw[..., None], raw[..., None] ** 2, scaled], axis=-1)


def _logistic(rows: Floats, outcome: Outcomes, offset: Floats, ridge: Floats, centre: Floats) -> Floats:
    """Coefficients of the highest posterior about `centre`, by Newton's method with halved steps."""
    table = Tall(rows)

    def loss(logit: Floats, found: Floats) -> float:
        misses = np.logaddexp(0.0, np.where(outcome, -logit, logit)).sum()
        return float(misses + 0.5 * (ridge * (found - centre) ** 2).sum())

    found = centre.copy()
    logit = table.times(found) + offset
    value = loss(logit, found)
    for _ in range(_STEPS):
        chance = _sigmoid(logit)
        slope = table.turned_times(chance - outcome) + ridge * (found - centre)
        curve = table.gram(chance * (1 - chance)) + np.diag(ridge)
        step = np.linalg.solve(curve, slope).astype(np.float64)
        moved = table.times(step)
        size = 1.0
        while (tried := loss(logit - size * moved, found - size * step)) > value and size > _SMALLEST:
            size /= 2
        if tried > value:
            break
        found, logit = found - size * step, logit - size * moved
        if value - tried < 1e-7 * len(rows):
            break
        value = tried
    return found


def _logit(chances: Floats) -> Floats:
    logit: Floats = np.log(chances) - np.log1p(-chances)
    return logit


def _sigmoid(logit: Floats) -> Floats:
    chance: Floats = 0.5 * (1.0 + np.tanh(0.5 * logit))
    return chance
