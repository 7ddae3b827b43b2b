"""Fits what `confidence` says to how often such rows are right, on passages that the encoder was not trained on.

Logistic regression by Newton's method, with a small ridge; no randomness.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from detente.reading.encoder.confidence import Clues, confidence

RIDGE = 0.5


class Bin(Struct, frozen=True):
    """Rows whose confidence lies in one tenth: how sure they are on average, and how many are right."""

    low: float
    rows: int
    sure: float
    right: float


def fit(clues: Sequence[Clues], right: Sequence[bool]) -> list[float]:
    """Weights for `confidence`, in the order of `Clues.numbers`."""
    x = np.array([one.numbers() for one in clues])
    y = np.array(right, float)
    w = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], RIDGE)
    ridge[0] = 1e-3
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (y - p) - ridge * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        w += step
        if np.abs(step).max() < 1e-8:
            break
    return [round(float(v), 6) for v in w]


def reliability(clues: Sequence[Clues], right: Sequence[bool], weights: Sequence[float]) -> tuple[list[Bin], float]:
    """The ten bins of the reliability diagram, and the expected calibration error."""
    sure = np.array([confidence(one, weights) for one in clues])
    return bins(sure.tolist(), right)


def bins(sure: Sequence[float], right: Sequence[bool]) -> tuple[list[Bin], float]:
    found: list[Bin] = []
    error = 0.0
    for k in range(10):
        here = [(s, r) for s, r in zip(sure, right, strict=True) if min(int(s * 10), 9) == k]
        if here:
            mean, share = sum(s for s, _ in here) / len(here), sum(r for _, r in here) / len(here)
            found.append(Bin(k / 10, len(here), round(mean, 3), round(share, 3)))
            error += abs(mean - share) * len(here) / max(len(sure), 1)
    return found, round(error, 4)
