"""Fits what `confidence` says to how often such rows are right, on passages that the encoder was not trained on.

Logistic regression by Newton's method, with a small ridge; no randomness.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from msgspec import Struct

from detente.reading.encoder.confidence import Clues, confidence
from training.judging import Judged

RIDGE = 0.5
FOLDS = 5


class Bin(Struct, frozen=True):
    """Rows whose confidence lies in one tenth: how sure they are on average, and how many are right."""

    low: float
    rows: int
    sure: float
    right: float


def fit(drafts: Sequence[Judged]) -> dict[str, list[float]]:
    """The calibration for `confidence`: weights in the order of `Clues.numbers` for whole acts and for open ones."""
    parts = {
        "whole": [one for one in drafts if one.clues.whole],
        "open": [one for one in drafts if not one.clues.whole],
    }
    return {name: _fit([one.clues for one in part], [one.right for one in part]) for name, part in parts.items()}


def _fit(clues: Sequence[Clues], right: Sequence[bool]) -> list[float]:
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


def crossed(drafts: Sequence[Judged]) -> list[float]:
    """For each draft what it is given by weights fitted without its passage's fold."""
    folds = [int.from_bytes(sha256(one.passage.encode()).digest()[4:8]) % FOLDS for one in drafts]
    sure = [0.0] * len(drafts)
    for fold in range(FOLDS):
        others = [one for one, at in zip(drafts, folds, strict=True) if at != fold]
        weights = fit(others)
        for k, one in enumerate(drafts):
            if folds[k] == fold:
                sure[k] = confidence(one.clues, weights)
    return sure


def reliability(sure: Sequence[float], right: Sequence[bool]) -> tuple[list[Bin], float]:
    """The ten bins of the reliability diagram, and the expected calibration error."""
    found: list[Bin] = []
    error = 0.0
    for k in range(10):
        here = [(s, r) for s, r in zip(sure, right, strict=True) if min(int(s * 10), 9) == k]
        if here:
            mean, share = sum(s for s, _ in here) / len(here), sum(r for _, r in here) / len(here)
            found.append(Bin(k / 10, len(here), round(mean, 3), round(share, 3)))
            error += abs(mean - share) * len(here) / max(len(sure), 1)
    return found, round(error, 4)
