"""The variances and the breaks that fit a dyad's own rows best, under the published prior that all dyads share."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from math import log
from operator import attrgetter
from typing import Any

import numpy as np
from msgspec import Struct

from detente.relating.index.observations import Observation
from detente.relating.index.state import Seen, Variances, nodes_of, smooth
from detente.relating.index.weights import Prior

DAYS_A_YEAR = 365.25
MOST_BINS = 400
"""Where more days have happenings, the search for variances takes several days as one, nine of ten years, so that there
are at most so many. The level hardly moves in them; how the days scatter among themselves counts all the same."""
NEAR = 30
"""How many days to either side a break may lie from the day it is put on."""
WORTH = -6.0
"""From which log odds, for given variances, a break is looked at with variances of its own."""
_POINTS = (9, 7, 7)  # of the lattice: values for year, day, act
_PASSES = 3
_WIDTH = 2.5  # of the first lattice, in spreads on either side of the median

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
    squares = np.add.reduceat(weight**2, first)
    scatter = np.add.reduceat(weight * (score - np.repeat(tone, ends - first)) ** 2, first)
    columns = (
        day[first], tone, total, squares, scatter, ends - first, pace * span[first] / 4, place[first],
        place[ends - 1] + 1,
    )  # fmt: skip
    return [Seen(*cells) for cells in zip(*(values.tolist() for values in columns), strict=True)]


def column(observations: Sequence[Observation], name: str, kind: type) -> Array:
    """One field of the observations as an array of int or float."""
    return np.fromiter(map(attrgetter(name), observations), kind, len(observations))


def fit(observations: Sequence[Observation], prior: Prior) -> Fit:
    """The variances, and the breaks that the rows ask for. `observations` are in order.

    Breaks are added one at a time, the likeliest first, as long as the odds are better than even that the level started
    anew within `NEAR` days of it: likelihoods with and without it, each summed over the variances, times how common
    breaks are. The variances are found again for each, as a break left out makes the level look restless.
    """
    seen = see(observations, prior)
    breaks: frozenset[int] = frozenset()
    variances, evidence = search(seen, breaks, prior)
    while (found := likeliest_break(seen, variances, breaks, prior)) is not None:
        with_it, evidence_with_it = search(seen, breaks | {found.day}, prior)
        if evidence_with_it + found.odds <= evidence:
            break
        breaks, variances, evidence = breaks | {found.day}, with_it, evidence_with_it
    return Fit(variances, breaks, tuple(seen))


class Candidate(Struct, frozen=True):
    """A day on which the level may have started anew. `odds` is the logarithm of how common breaks are in the days
    about it, each day counted by how likely it is beside this one."""

    day: int
    odds: float


def likeliest_break(
    seen: Sequence[Seen], variances: Variances, breaks: frozenset[int], prior: Prior
) -> Candidate | None:
    """The break that would help most; None where none is worth a closer look.

    How much likelier a break on a day makes the rows is exact for given variances: with `pull` r and precision N, a
    step of variance V multiplies the likelihood by (1 + VN)^(-1/2) exp(r^2 V / (1 + VN) / 2).
    """
    nodes = nodes_of(seen, (), variances)
    chain = smooth(nodes, variances, breaks)
    days = np.array(chain.days)
    more = 1.0 + variances.level * np.array(chain.pull_precision)
    gain = 0.5 * (np.array(chain.pull) ** 2 * variances.level / more - np.log(more))
    gain[[0, *(i for i, day in enumerate(chain.days) if day in breaks)]] = -np.inf
    top = float(gain.max())
    if not top > 0.0:
        return None
    common = np.diff(days, prepend=days[0]) / (prior.years_between_breaks * DAYS_A_YEAR)
    sums = np.r_[0.0, np.cumsum(np.exp(gain - top) * common)]
    starts, ends = np.searchsorted(days, days - NEAR, "left"), np.searchsorted(days, days + NEAR, "right")
    near = sums[ends] - sums[starts]
    centre = int(np.argmax(near))
    best = int(starts[centre]) + int(np.argmax(gain[starts[centre] : ends[centre]]))
    odds = log(float(near[centre])) + top - float(gain[best])
    return Candidate(int(days[best]), odds) if odds + float(gain[best]) > WORTH else None


def search(seen: Sequence[Seen], breaks: frozenset[int], prior: Prior) -> tuple[Variances, float]:
    """The mean of each variance over what the rows and the prior leave open: likelihood times prior, summed over a
    lattice of standard deviations, which is then laid closer about its centre of gravity. Beside them the logarithm of
    that sum, but for a constant, by which models of the same rows are compared.

    The mean and not the top, so that what is not known of the variances widens the band, as it should.
    """
    gathered = _Gathered(seen, breaks)
    spreads = (prior.year, prior.day, prior.act)
    centres, widths = [0.0] * 3, [_WIDTH] * 3
    means, evidence = [0.0] * 3, 0.0
    for _ in range(_PASSES):
        axes = [np.linspace(c - w, c + w, n) for c, w, n in zip(centres, widths, _POINTS, strict=True)]
        values = [
            (spread.median * np.exp(spread.spread * axis)) ** 2 for spread, axis in zip(spreads, axes, strict=True)
        ]
        found = gathered.likelihood(values[0] / DAYS_A_YEAR, values[1], values[2], prior.level**2)
        found -= 0.5 * (axes[0][:, None, None] ** 2 + axes[1][None, :, None] ** 2 + axes[2][None, None, :] ** 2)
        top = float(found.max())
        share = np.exp(found - top)
        evidence = top + log(float(share.sum())) + sum(log(float(axis[1] - axis[0])) for axis in axes)
        share /= share.sum()
        sides = [share.sum(axis=others) for others in ((1, 2), (0, 2), (0, 1))]
        centres = [float(side @ axis) for side, axis in zip(sides, axes, strict=True)]
        spans = [float(side @ (axis - c) ** 2) ** 0.5 for side, axis, c in zip(sides, axes, centres, strict=True)]
        steps = [float(axis[1] - axis[0]) for axis in axes]
        widths = [min(_WIDTH, 3 * max(span, step / 3)) for span, step in zip(spans, steps, strict=True)]
        means = [float(side @ value) for side, value in zip(sides, values, strict=True)]
    usual = sum(one.squares for one in seen) / sum(one.weight for one in seen)
    return Variances(means[0] / DAYS_A_YEAR, means[1], means[2], prior.level**2, usual), evidence


class _Gathered:
    """What the likelihood needs of the rows: bins of days, and the scatter of happenings within their day."""

    def __init__(self, seen: Sequence[Seen], breaks: frozenset[int]) -> None:
        self.tone = np.array([one.tone for one in seen])[:, None, None]
        self.spread = np.array([one.squares / one.weight**2 for one in seen])[:, None, None]
        self.blur = np.array([one.blur for one in seen])[:, None, None]
        self.count_within = sum(one.count - 1 for one in seen)
        expected = sum(one.weight - one.squares / one.weight for one in seen)
        scatter = sum(one.scatter for one in seen)
        self.scatter_within = scatter / expected * self.count_within if self.count_within else 0.0
        many = len({one.day for one in seen}) > MOST_BINS
        width = -(-(seen[-1].day - seen[0].day + 1) // MOST_BINS) if many else 1
        marks = sorted(breaks)
        bins = [(bisect_right(marks, one.day), (one.day - seen[0].day) // width) for one in seen]
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
        variance = day[None, :, None] + act[None, None, :] * self.spread + self.blur
        known = 1.0 / variance
        binned = np.add.reduceat(known, self.first, axis=0)
        tone = np.add.reduceat(known * self.tone, self.first, axis=0) / binned
        spread = 1.0 / binned
        scatter = (known * self.tone**2).sum(axis=0) - (binned * tone**2).sum(axis=0)
        result -= 0.5 * (np.log(variance).sum(axis=0) + np.log(binned).sum(axis=0) + scatter)[None]
        result -= 0.5 * (self.count_within * np.log(act) + self.scatter_within / act)[None, None, :]
        count = len(self.first)
        totals, misses = np.empty((count, *shape)), np.empty((count, *shape))
        mean, known_to, share, work = np.zeros(shape), np.full(shape, level), np.empty(shape), np.empty(shape)
        steps = np.multiply.outer(np.array(self.gap, float), move)[:, :, None, None]
        steps[self.starts_anew] += level
        for i in range(count):
            known_to += steps[i]
            np.add(known_to, spread[i], out=totals[i])
            np.subtract(tone[i], mean, out=misses[i])
            np.divide(known_to, totals[i], out=share)
            mean += np.multiply(share, misses[i], out=work)
            known_to -= np.multiply(share, known_to, out=work)
        result -= 0.5 * (np.log(totals).sum(axis=0) + (misses**2 / totals).sum(axis=0))
        return result
