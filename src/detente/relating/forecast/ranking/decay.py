"""Counts that fade: how often each key came, every time weighing half as much after each half-life."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOREVER: Final = 1e9
"""A half-life in days so long that nothing fades."""
NEVER: Final = 999
"""Days since the last time, for what never came or came longer ago."""


class FadingCounts:
    """Counts of `key`, one for each fact in order; `add` tells which facts have come by a day, `at` reads as of a day.

    All keys are known beforehand, so that a key is a row; a key that is not among them has come 0 times.
    """

    def __init__(self, key: NDArray[np.int64], half_lives: Sequence[float]) -> None:
        self.keys, self._row_of_fact = np.unique(key, return_inverse=True)
        self.half_lives = np.asarray(half_lives, dtype=np.float64)
        self._count = np.zeros((len(self.keys) + 1, len(half_lives)), dtype=np.float32)
        self._last = np.full(len(self.keys) + 1, -10 * NEVER, dtype=np.int64)

    def add(self, facts: slice, day: int) -> None:
        """Take in facts of `day`; days are given in order."""
        rows, times = np.unique(self._row_of_fact[facts], return_counts=True)
        self._count[rows] = self._faded(rows, day) + times[:, None]
        self._last[rows] = day

    def at(self, key: NDArray[np.int64], day: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """For each key its counts by half-life, and the days since it last came."""
        rows = self.rows(key)
        return self._faded(rows, day), np.minimum(day - self._last[rows], NEVER).astype(np.float32)

    def all_at(self, day: int) -> NDArray[np.float32]:
        """The counts of all `keys`."""
        return self._faded(np.arange(len(self.keys)), day)

    def rows_at(self, rows: NDArray[np.int64], day: int) -> NDArray[np.float32]:
        return self._faded(rows, day)

    def rows(self, key: NDArray[np.int64]) -> NDArray[np.int64]:
        found = np.minimum(np.searchsorted(self.keys, key), len(self.keys) - 1)
        return np.where(self.keys[found] == key, found, len(self.keys))

    def _faded(self, rows: NDArray[np.int64], day: int) -> NDArray[np.float32]:
        age = (day - self._last[rows])[:, None]
        faded: NDArray[np.float32] = (self._count[rows] * np.exp2(-age / self.half_lives)).astype(np.float32)
        return faded
