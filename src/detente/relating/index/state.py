"""The state-space model of one dyad's level: a local level on days, filtered and smoothed. No data frames, no rows.

The level moves as a random walk from day to day. A day's tone lies about the level, a happening's score about its
day's tone; so the mean of a day's happenings is an observation of the level whose variance is
`day + act * usual / weight`: it falls as more is told, but never under `day`, and one loud day counts as one day. At a
break the level starts anew.
`fitting` finds the variances, `levels` makes periods of the days.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct


class Variances(Struct, frozen=True, gc=False):
    """Of the level's move in one day, of a day's tone about the level, of a happening's score about its day's tone,
    and of the level where nothing is known. `usual` is the usual weight of the dyad's happenings, against which each
    weighs."""

    move: float
    day: float
    act: float
    level: float
    usual: float


class Seen(Struct, frozen=True, gc=False):
    """The happenings of one day known to equal precision.

    `tone` is their mean score by weight, `weight` the sum of their weights, `squares` that of the squares, `scatter`
    the weighted sum of squares about the tone, `blur` the variance that their interval adds. They stand among the
    observations from `first` to before `last`, with others that have no weight.
    """

    day: int
    tone: float
    weight: float
    squares: float
    scatter: float
    count: int
    blur: float
    first: int
    last: int


class Node(Struct, frozen=True, gc=False):
    """A day of the chain, with the tone seen on it and its precision, one over variance; 0 where nothing is seen."""

    day: int
    tone: float
    precision: float


class Chain(Struct, frozen=True):
    """The smoothed level on each node: mean, variance, and `gain[i]`, the regression of node i on node i + 1, so that
    the covariance of node i with node j > i is gain[i] * ... * gain[j - 1] * variance[j].

    `pull` and `pull_precision` tell how strongly later rows ask the level to differ at a node from what earlier ones
    led to expect (de Jong's r and N); `moves` is the variance of the step that leads to each node.
    """

    days: list[int]
    mean: list[float]
    variance: list[float]
    gain: list[float]
    moves: list[float]
    pull: list[float]
    pull_precision: list[float]


def precision(seen: Seen, variances: Variances) -> float:
    """One over the variance of what is seen, given the level."""
    return 1.0 / (variances.day + variances.act * variances.usual / seen.weight + seen.blur)


def nodes_of(seen: Sequence[Seen], extra_days: Sequence[int], variances: Variances) -> list[Node]:
    """The days that carry something, and `extra_days`, in order; each day once."""
    sums: dict[int, tuple[float, float]] = dict.fromkeys(extra_days, (0.0, 0.0))
    for one in seen:
        known, total = sums.get(one.day, (0.0, 0.0))
        weight = precision(one, variances)
        sums[one.day] = (known + weight, total + weight * one.tone)
    return [Node(day, total / known if known > 0 else 0.0, known) for day, (known, total) in sorted(sums.items())]


def smooth(nodes: Sequence[Node], variances: Variances, breaks: frozenset[int]) -> Chain:
    """Kalman filter forward, Rauch-Tung-Striebel smoother backward. `breaks` are days at which the level starts anew.

    Source: Rauch, Tung, Striebel (1965); de Jong and Penzer (1998) for `pull`.
    """
    count = len(nodes)
    moves, predicted_mean, predicted, filtered_mean, filtered = ([0.0] * count for _ in range(5))
    mean, variance, before = 0.0, variances.level, nodes[0].day if nodes else 0
    for i, node in enumerate(nodes):
        move = 0.0 if i == 0 else variances.move * (node.day - before)
        if i > 0 and node.day in breaks:
            move += variances.level
        before = node.day
        moves[i] = move
        variance += move
        predicted_mean[i], predicted[i] = mean, variance
        if node.precision > 0:
            kept = 1.0 / (1.0 + variance * node.precision)
            mean += (1.0 - kept) * (node.tone - mean)
            variance *= kept
        filtered_mean[i], filtered[i] = mean, variance
    gain, pull, pull_precision = [0.0] * count, [0.0] * count, [0.0] * count
    smoothed_mean, smoothed = filtered_mean[:], filtered[:]
    ask = known = 0.0
    for i in range(count - 1, -1, -1):
        if i < count - 1:
            gain[i] = filtered[i] / predicted[i + 1]
            smoothed_mean[i] += gain[i] * (smoothed_mean[i + 1] - predicted_mean[i + 1])
            smoothed[i] += gain[i] * gain[i] * (smoothed[i + 1] - predicted[i + 1])
        node = nodes[i]
        if node.precision > 0:
            spread = predicted[i] + 1.0 / node.precision
            kept = 1.0 - predicted[i] / spread
            ask = (node.tone - predicted_mean[i]) / spread + kept * ask
            known = 1.0 / spread + kept * kept * known
        pull[i], pull_precision[i] = ask, known
    return Chain([node.day for node in nodes], smoothed_mean, smoothed, gain, moves, pull, pull_precision)


def covariances(chain: Chain, weights: Sequence[tuple[int, float]]) -> list[float]:
    """The covariance of every node's level with a weighted sum of nodes, given as pairs of place and weight."""
    count = len(chain.days)
    own = [0.0] * count
    for place, weight in weights:
        own[place] += weight
    earlier = 0.0  # the sum over earlier nodes, as it is carried forward to node i
    result = [0.0] * count
    for i in range(count):
        if i > 0:
            earlier = chain.gain[i - 1] * (earlier + own[i - 1])
        result[i] = earlier * chain.variance[i]
    later = 0.0
    for i in range(count - 1, -1, -1):
        later = own[i] * chain.variance[i] + (chain.gain[i] * later if i < count - 1 else 0.0)
        result[i] += later
    return result
