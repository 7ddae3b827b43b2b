"""The index on invented histories whose true level is known: is the band honest, does coverage move it?"""

from __future__ import annotations

from statistics import fmean

import pytest

from detente.relating.index import IndexSeries, Weights, levels
from detente.relating.index.observations import ordinal
from detente.relating.index.simulating import FIRST_DAY, History, World, draw_world, simulate

PRIOR = Weights.load().prior
CALM = World(days=3 * 365, rate=0.5, year=0.3, day=1.5, start=2.0)


def hits(history: History, series: IndexSeries) -> list[bool]:
    """Of each month that is said, whether its band holds the true mean of its days."""
    assert series.fitted is not None
    found = []
    for point in series.points:
        first = max(ordinal(point.start), series.fitted.first_day) - FIRST_DAY
        last = min(ordinal(point.end) - FIRST_DAY + 1, len(history.truth))
        if point.is_said and last > first:
            found.append(point.low <= fmean(history.truth[first:last]) <= point.high)
    return found


@pytest.mark.slow
def test_the_band_holds_the_truth_four_times_in_five() -> None:
    found: list[bool] = []
    for seed in range(120):
        history = simulate(draw_world(seed), seed)
        found += hits(history, levels(history.observations, prior=PRIOR))
    assert 0.77 < fmean(found) < 0.83


def test_a_history_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    assert simulate(CALM, 3) == simulate(CALM, 3)
    assert simulate(CALM, 3).truth != simulate(CALM, 4).truth


def test_doubled_coverage_leaves_the_level_and_narrows_the_band() -> None:
    moves, widths = [], []
    for seed in range(12):
        once, twice = (simulate(CALM, seed, coverage=lambda day, c=c: c) for c in (1.0, 2.0))
        assert once.truth == twice.truth
        assert len(twice.observations) > 1.1 * len(once.observations)
        one, other = (levels(history.observations, prior=PRIOR).points[6:-6] for history in (once, twice))
        moves.append(fmean(b.level - a.level for a, b in zip(one, other, strict=True)))
        widths.append(fmean(b.high - b.low for b in other) / fmean(a.high - a.low for a in one))
    assert abs(fmean(moves)) < 0.1
    assert fmean(widths) < 0.97


def test_coverage_that_doubles_half_way_does_not_bend_the_level() -> None:
    half = CALM.days // 2
    turns = []
    for seed in range(12):
        history = simulate(CALM, seed, coverage=lambda day: 1.0 if day < half else 2.0)
        points = levels(history.observations, prior=PRIOR).points
        true = fmean(history.truth[half:]) - fmean(history.truth[:half])
        middle = len(points) // 2
        found = fmean(p.level for p in points[middle:]) - fmean(p.level for p in points[:middle])
        turns.append(found - true)
    assert abs(fmean(turns)) < 0.3


def test_large_steps_are_found_near_their_day_and_none_where_there_is_none() -> None:
    world = World(days=4 * 365, rate=1.0, year=0.5, day=1.5, start=3.0, breaks=((700, -4.0),))
    for seed in range(8):
        steps = [c for c in levels(simulate(world, seed).observations, prior=PRIOR).changes if c.kind == "step"]
        assert any(abs(ordinal(change.start) - FIRST_DAY - 700) <= 20 for change in steps)
    still = World(days=4 * 365, rate=1.0, year=0.5, day=1.5, start=3.0)
    quiet = [levels(simulate(still, seed).observations, prior=PRIOR).changes for seed in range(8)]
    assert sum(change.kind == "step" for changes in quiet for change in changes) <= 1


def test_an_exchange_of_friend_and_foe_turns_the_level_over() -> None:
    from msgspec.structs import replace

    history = simulate(draw_world(2), 2)
    upright = levels(history.observations, prior=PRIOR)
    turned = levels([replace(one, score=-one.score) for one in history.observations], prior=PRIOR)
    for one, other in zip(upright.points, turned.points, strict=True):
        assert one.level == pytest.approx(-other.level, abs=1e-9)
        assert one.high == pytest.approx(-other.low, abs=1e-9)
