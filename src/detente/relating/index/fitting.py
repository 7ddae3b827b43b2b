"""The variances and the breaks that fit a dyad's own rows best, under the published prior that all dyads share."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from math import exp, log, log1p
from operator import attrgetter
from typing import Any

import numpy as np
from msgspec import Struct

from detente.relating.index.observations import Observation
from detente.relating.index.state import Seen, Variances, nodes_of, smooth
from detente.relating.index.weights import Prior

DAYS_A_YEAR = 365.25
MOST_DAYS = 800
"""Above so many days with happenings the search for variances takes seven as one: the level hardly moves in them."""
ROUNDS = 2
"""How often variances and breaks are found in turn."""
_POINTS = ((9, 6, 6), (5, 5, 5), (5, 5, 5))  # per search: values for year, day, act
_WIDTH = 2.5  # of the first search, in spreads on either side of the median

Array = Any


class Fit(Struct, frozen=True):
    variances: Variances
    breaks: frozenset[int]
    seen: tuple[Seen, ...]

    @property
    def first_day(self) -> int:
        """The first day with a happening that has weight; the level starts there."""
        return self.seen[0].day


def see(observations: Sequence[Observation], prior: Prior) -> list[Seen]:
    """Gather observations, in order, by day and length of interval; those without weight are not seen.

    A happening that is only known to lie within a span counts in its middle; the level moves by a quarter of the span
    on average between there and the day it was, which is its `blur`.
    """
    pace = prior.year.median**2 / DAYS_A_YEAR
    day, span = column(observations, "day", int), column(observations, "span", int)
    weight, score = column(observations, "weight", float), column(observations, "score", float)
    place = np.flatnonzero(weight > 0)
    if not len(place):
        return []
    day, span, weight, score = day[place], span[place], weight[place], score[place]
    first = np.flatnonzero(np.r_[True, (np.diff(day) != 0) | (np.diff(span) != 0)])
    total = np.add.reduceat(weight, first)
    tone = np.add.reduceat(weight * score, first) / total
    ends = np.r_[first[1:], len(place)]
    scatter = np.add.reduceat(weight * (score - np.repeat(tone, ends - first)) ** 2, first)
    columns = (
        day[first],
        tone,
        total,
        pace * span[first] / 4,
        scatter,
        ends - first,
        place[first],
        place[ends - 1] + 1,
    )
    return [Seen(*cells) for cells in zip(*(column.tolist() for column in columns), strict=True)]


def column(observations: Sequence[Observation], name: str, kind: type) -> Array:
    """One field of the observations as an array of int or float."""
    return np.fromiter(map(attrgetter(name), observations), kind, len(observations))


def fit(observations: Sequence[Observation], prior: Prior) -> Fit:
    """Variances of the highest posterior, and the breaks that the rows ask for. `observations` are in order."""
    seen = see(observations, prior)
    breaks: frozenset[int] = frozenset()
    variances = search(seen, breaks, prior)
    for _ in range(ROUNDS):
        found = find_breaks(seen, variances, breaks, prior)
        if found == breaks:
            break
        breaks = found
        variances = search(seen, breaks, prior)
    return Fit(variances, breaks, tuple(seen))


def find_breaks(seen: Sequence[Seen], variances: Variances, breaks: frozenset[int], prior: Prior) -> frozenset[int]:
    """Add breaks, the strongest first, as long as one makes the rows likelier by more than breaks are rare.

    How much likelier is exact: with `pull` r and precision N, a step of variance V multiplies the likelihood by
    (1 + VN)^(-1/2) exp(r^2 V / (1 + VN) / 2).
    """
    days = prior.years_between_breaks * DAYS_A_YEAR
    nodes = nodes_of(seen, (), variances)
    while True:
        chain = smooth(nodes, variances, breaks)
        best, where = 0.0, None
        for i in range(1, len(nodes)):
            day = nodes[i].day
            if day in breaks:
                continue
            known = chain.pull_precision[i]
            more = 1.0 + variances.level * known
            gain = 0.5 * (chain.pull[i] ** 2 * variances.level / more - log(more))
            gain -= log1p(days / (day - nodes[i - 1].day))
            if gain > best:
                best, where = gain, day
        if where is None:
            return breaks
        breaks |= {where}


def search(seen: Sequence[Seen], breaks: frozenset[int], prior: Prior) -> Variances:
    """The highest posterior over a lattice of standard deviations, made finer twice about the best point."""
    gathered = _Gathered(seen, breaks)
    spreads = (prior.year, prior.day, prior.act)
    centre, width = (0.0, 0.0, 0.0), (_WIDTH,) * 3
    for points in _POINTS:
        axes = [np.linspace(c - w, c + w, n) for c, w, n in zip(centre, width, points, strict=True)]
        sds = [spread.median * np.exp(spread.spread * axis) for spread, axis in zip(spreads, axes, strict=True)]
        found = gathered.likelihood(sds[0] ** 2 / DAYS_A_YEAR, sds[1] ** 2, sds[2] ** 2, prior.level**2)
        found -= 0.5 * (axes[0][:, None, None] ** 2 + axes[1][None, :, None] ** 2 + axes[2][None, None, :] ** 2)
        best = np.unravel_index(int(np.argmax(found)), found.shape)
        centre = (float(axes[0][best[0]]), float(axes[1][best[1]]), float(axes[2][best[2]]))
        width = tuple(2 * w / (n - 1) for w, n in zip(width, points, strict=True))  # type: ignore[assignment]
    year, day, act = (spread.median * exp(spread.spread * at) for spread, at in zip(spreads, centre, strict=True))
    return Variances(year**2 / DAYS_A_YEAR, day**2, act**2, prior.level**2)


class _Gathered:
    """What the likelihood needs of the rows: bins of days, and the scatter of happenings within their day."""

    def __init__(self, seen: Sequence[Seen], breaks: frozenset[int]) -> None:
        self.tone = np.array([one.tone for one in seen])[:, None, None]
        self.weight = np.array([one.weight for one in seen])[:, None, None]
        self.blur = np.array([one.blur for one in seen])[:, None, None]
        self.count_within = sum(one.count - 1 for one in seen)
        self.scatter_within = sum(one.scatter for one in seen)
        width = 1 if len({one.day for one in seen}) <= MOST_DAYS else 7
        marks = sorted(breaks)
        bins = [(bisect_right(marks, one.day), one.day // width) for one in seen]
        self.first = [i for i in range(len(bins)) if i == 0 or bins[i] != bins[i - 1]]
        days = [seen[i].day for i in self.first]
        self.gap = [0, *(later - earlier for earlier, later in pairwise(days))]
        self.starts_anew = [False, *(bins[j][0] != bins[j - 1][0] for j in self.first[1:])]

    def likelihood(self, move: Array, day: Array, act: Array, level: float) -> Array:
        """The log likelihood of all combinations of variances, but for a constant: an array by move, day, act."""
        shape = (len(move), len(day), len(act))
        result = np.zeros(shape)
        if not self.first:
            return result
        variance = day[None, :, None] + act[None, None, :] / self.weight + self.blur
        known = 1.0 / variance
        binned = np.add.reduceat(known, self.first, axis=0)
        tone = np.add.reduceat(known * self.tone, self.first, axis=0) / binned
        spread = 1.0 / binned
        scatter = (known * self.tone**2).sum(axis=0) - (binned * tone**2).sum(axis=0)
        result -= 0.5 * (np.log(variance).sum(axis=0) + np.log(binned).sum(axis=0) + scatter)[None]
        result -= 0.5 * (self.count_within * np.log(act) + self.scatter_within / act)[None, None, :]
        count = len(self.first)
        totals, misses = np.empty((count, *shape)), np.empty((count, *shape))
        mean, known_to = np.zeros(shape), np.full(shape, level)
        step = move[:, None, None]
        for i in range(count):
            if self.gap[i]:
                known_to = known_to + step * self.gap[i]
            if self.starts_anew[i]:
                known_to = known_to + level
            total, miss = totals[i], misses[i]
            np.add(known_to, spread[i], out=total)
            np.subtract(tone[i], mean, out=miss)
            share = known_to / total
            mean = mean + share * miss
            known_to = known_to * (1.0 - share)
        result -= 0.5 * (np.log(totals).sum(axis=0) + (misses**2 / totals).sum(axis=0))
        return result
