"""The state-space model against the same posterior worked out with whole matrices, and shares that add up."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.relating.index.fitting import see
from detente.relating.index.levels import Line, levels
from detente.relating.index.observations import Observation, observation
from detente.relating.index.opening import opened
from detente.relating.index.periods import named, period_of
from detente.relating.index.state import Variances, covariances, nodes_of, precision, smooth
from detente.relating.index.weights import Weights

PRIOR = Weights.load().prior
FIRST = 738000
VARIANCES = Variances(move=0.02, day=2.0, act=9.0, level=33.0, usual=0.7)

happening = st.tuples(
    st.integers(0, 400), st.integers(0, 40), st.floats(-10, 10), st.floats(0.05, 1.0), st.integers(1, 5)
)  # fmt: skip


def made(rows: list[tuple[int, int, float, float, int]]) -> list[Observation]:
    return [
        observation(f"hap-{number}", "ACCUSE", FIRST + day, FIRST + day + span, score, 1.0, standing, witnesses)
        for number, (day, span, score, standing, witnesses) in enumerate(rows)
    ]


def dense(days: list[int], variances: Variances, breaks: frozenset[int]) -> np.ndarray:
    """The covariance of the levels of some days before anything is seen, the first of them being the start."""
    early = np.minimum.outer(days, days)
    anew = np.searchsorted(sorted(breaks), early, "right") if breaks else 0
    return variances.level * (1 + anew) + variances.move * (early - days[0])


@settings(max_examples=50, deadline=None)
@given(st.lists(happening, min_size=1, max_size=25), st.sets(st.integers(1, 400), max_size=3))
def test_filter_and_smoother_give_the_posterior_of_whole_matrices(
    rows: list[tuple[int, int, float, float, int]], when: set[int]
) -> None:
    seen = see(sorted(made(rows), key=lambda one: (one.day, one.span)), PRIOR)
    nodes = nodes_of(seen, (), VARIANCES)
    days = [node.day for node in nodes]
    breaks = frozenset(day for day in days[1:] if day - FIRST in when)
    chain = smooth(nodes, VARIANCES, breaks)
    before = dense(days, VARIANCES, breaks)
    noise = np.diag([1 / node.precision for node in nodes])
    gain = before @ np.linalg.inv(before + noise)
    after = before - gain @ before
    assert np.allclose(chain.mean, gain @ [node.tone for node in nodes], atol=1e-8)
    assert np.allclose(chain.variance, np.diag(after), atol=1e-8)
    weights = [(place, 0.1 + place % 3) for place in range(len(nodes))]
    assert np.allclose(covariances(chain, weights), after @ [weight for _, weight in weights], atol=1e-8)


@settings(max_examples=50, deadline=None)
@given(st.lists(happening, min_size=1, max_size=25), st.integers(0, 460))
def test_shares_add_up_to_the_point_and_none_is_negative(
    rows: list[tuple[int, int, float, float, int]], day: int
) -> None:
    series = levels(made(rows), "week", prior=PRIOR)
    found = opened(series, period_of(FIRST + day, "month"))
    if found is None:
        assert period_of(FIRST + day, "month").end < series.observations[0].day
        return
    assert abs(sum(share.points for share in found.shares) - found.level) < 1e-9
    assert abs(found.start_share + sum(share.share for share in found.shares) - 1.0) < 1e-9
    assert all(share.share >= 0 for share in found.shares)
    assert found.start_share >= -1e-12
    assert -10 <= found.level <= 10


def test_a_point_that_is_shown_is_the_point_that_opens() -> None:
    series = levels(made([(day * 9, 0, (-1) ** day * 4.0, 0.8, 1) for day in range(40)]), "month", prior=PRIOR)
    for point in series.points:
        found = opened(series, named(point.period))
        assert found is not None
        assert abs(found.level - point.level) < 1e-9


def test_the_band_of_a_mean_and_of_a_difference_are_those_of_whole_matrices() -> None:
    rows = made([(3, 0, -4.0, 0.9, 1), (40, 0, 2.0, 0.5, 1), (41, 0, 6.0, 0.9, 2), (95, 0, 1.0, 0.7, 1)])
    series = levels(rows, "month", prior=PRIOR)
    assert series.fitted is not None
    variances = series.fitted.variances
    shown = [named(point.period) for point in series.points]
    line = Line(series.fitted, shown, "month")
    days = list(range(series.fitted.first_day, shown[-1].end + 1))
    before = dense(days, variances, series.fitted.breaks)
    at = [days.index(one.day) for one in series.fitted.seen]
    noise = np.diag([1 / precision(one, variances) for one in series.fitted.seen])
    after = before - before[:, at] @ np.linalg.inv(before[np.ix_(at, at)] + noise) @ before[at]
    means = [np.array([period.start <= day <= period.end for day in days], float) for period in shown]
    means = [mean / mean.sum() for mean in means]
    for period, mean in zip(shown, means, strict=True):
        assert abs(line.level_of(period)[1] - mean @ after @ mean) < 1e-9
    for (one, first), (other, second) in pairwise(zip(shown, means, strict=True)):
        apart = second - first
        assert abs(line.variance_of_difference(one, other) - apart @ after @ apart) < 1e-9


def test_one_loud_day_counts_as_one_day() -> None:
    quiet = [(day * 7, 0, 4.0, 0.7, 1) for day in range(52)]
    loud = [(180, 0, -9.0, 0.95, 9)] * 500
    calm, shaken = (levels(made(rows), "year", prior=PRIOR).points[-1].level for rows in (quiet, quiet + loud))
    mean = sum(score for _, _, score, _, _ in quiet + loud) / 552
    assert mean < -7
    assert calm - shaken < 1.5
    assert shaken > 0
