"""What the index says of hand-made happenings: periods, counts, silence, changes, and what must not matter."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from random import Random

import pytest
from msgspec.structs import replace

from detente.errors import UsageError
from detente.relating.index import IndexSeries, Weights, levels, named
from detente.relating.index.observations import Account, Observation, observation, observe, ordinal
from detente.relating.index.periods import STEPS, period_of, periods
from detente.relating.status import Status

WEIGHTS = Weights.load()
PRIOR = WEIGHTS.prior


def happening(day: str, score: float, *, name: str = "", standing: float = 0.8, witnesses: int = 1) -> Observation:
    at = ordinal(day)
    return observation(name or f"hap-{day}-{score}", "ACCUSE", at, at, score, 1.0, standing, witnesses)


def monthly(scores: list[float], *, each: int = 4) -> list[Observation]:
    """So many happenings in each month from January 2020 on."""
    return [
        happening(
            date(2020 + month // 12, month % 12 + 1, 3 + 6 * k).isoformat(), score + (-1) ** k, name=f"h{month}-{k}"
        )
        for month, score in enumerate(scores)
        for k in range(each)
    ]


def account(event: str, *, witness: str = "", status: Status = "asserted", confidence: float = 0.8) -> Account:
    return Account(
        event_id=event, document_id=f"doc-{event}", witness_id=witness or f"doc-{event}", type="ACCUSE", mode=None,
        code="112", status=status, confidence=confidence,
    )  # fmt: skip


def standing(*accounts: Account) -> float:
    found = observe("hap-1", "ACCUSE", (738000, 738000), accounts, WEIGHTS)
    assert found is not None
    return found.standing


def test_independent_witnesses_add_up_and_copies_of_one_text_do_not() -> None:
    alone = standing(account("a"))
    assert alone == pytest.approx(0.8)
    assert standing(account("a"), account("b")) == pytest.approx(1 - 0.2 * 0.2)
    copies = [account(name, witness="doc-a") for name in "abcdef"]
    assert standing(*copies) == alone


def test_what_is_claimed_or_planned_stands_lower_and_what_is_denied_not_at_all() -> None:
    asserted, claimed, planned, denied = (standing(account("a", status=status)) for status in WEIGHTS.statuses)
    assert asserted > claimed > planned > denied == 0.0


def test_the_order_of_accounts_does_not_matter() -> None:
    accounts = [account(f"e{n}", witness=f"doc-{n % 4}", confidence=0.3 + n / 20) for n in range(10)]
    shuffled = accounts[:]
    Random(3).shuffle(shuffled)
    assert observe("hap-1", "ACCUSE", (1, 1), accounts, WEIGHTS) == observe(
        "hap-1", "ACCUSE", (1, 1), shuffled, WEIGHTS
    )


@pytest.mark.parametrize("step", STEPS)
def test_periods_follow_on_one_another_and_bear_names_that_lead_back(step: str) -> None:
    found = periods(ordinal("2019-12-25"), ordinal("2024-03-02"), step)  # type: ignore[arg-type]
    assert found[0].start <= ordinal("2019-12-25") <= found[0].end
    assert all(one.end + 1 == other.start for one, other in pairwise(found))
    assert all(named(period.name) == period for period in found)


@pytest.mark.parametrize("name", ["2024-13", "2024-W54", "2024-Q5", "March", "2024-02-30", "", "24"])
def test_a_name_that_stands_for_no_period_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        named(name)


def test_the_order_of_observations_does_not_matter() -> None:
    rows = monthly([2, 3, 1, 4, 2, 5] * 4)
    shuffled = rows[:]
    Random(1).shuffle(shuffled)
    assert levels(rows, prior=PRIOR) == levels(shuffled, prior=PRIOR)


def test_a_quarter_is_the_mean_of_its_months_by_their_days() -> None:
    rows = monthly([2, 3, 1, 4, 2, 5] * 3)
    months = {point.period: point for point in levels(rows, "month", prior=PRIOR).points}
    quarter = next(point for point in levels(rows, "quarter", prior=PRIOR).points if point.period == "2020-Q3")
    parts = [(months[f"2020-{month:02}"], days) for month, days in ((7, 31), (8, 31), (9, 30))]
    assert quarter.level == pytest.approx(sum(point.level * days for point, days in parts) / 92, abs=1e-9)
    assert quarter.happenings == sum(point.happenings for point, _ in parts)


def test_friendly_acts_warm_hostile_ones_cool_and_both_are_counted() -> None:
    friendly = monthly([5.0] * 12)
    hostile = [replace(one, score=-one.score) for one in friendly]
    warm, cold = (levels(rows, prior=PRIOR).points[-1] for rows in (friendly, hostile))
    assert warm.low > 0 > cold.high
    assert warm.level == pytest.approx(-cold.level, abs=1e-9)
    assert (warm.happenings, warm.cooperation, warm.conflict) == (4, 4, 0)
    assert (cold.happenings, cold.cooperation, cold.conflict) == (4, 0, 4)


def test_with_too_little_there_is_nothing_to_say() -> None:
    assert levels([], prior=PRIOR).points == ()
    two = levels([happening("2024-01-03", -4), happening("2024-01-20", -3)], prior=PRIOR)
    assert [point.is_said for point in two.points] == [False]
    weak = [happening(f"2024-01-{day:02}", -4, standing=0.01) for day in range(1, 8)]
    none = [happening(f"2024-01-{day:02}", -4, standing=0.0) for day in range(1, 8)]
    assert levels(none, prior=PRIOR).points == ()
    assert all(point.happenings == 7 for point in levels(weak, prior=PRIOR).points)


def test_a_long_silence_ends_in_nothing_to_say_and_never_in_a_number_without_a_band() -> None:
    series = levels(monthly([3] * 6), "year", prior=PRIOR, until=ordinal("2060-12-31"))
    assert series.points[0].is_said
    assert not series.points[-1].is_said
    widths = [point.high - point.low for point in series.points[1:]]
    assert widths == sorted(widths)


def test_the_time_that_is_shown_does_not_change_what_is_shown_in_it() -> None:
    rows = monthly([2, 3, 1, 4, 2, 5] * 4)
    whole = {point.period: point for point in levels(rows, prior=PRIOR).points}
    part = levels(rows, prior=PRIOR, since=ordinal("2020-06-01"), until=ordinal("2020-09-30")).points
    assert [point.period for point in part] == ["2020-06", "2020-07", "2020-08", "2020-09"]
    for point in part:
        assert point.level == pytest.approx(whole[point.period].level, abs=1e-9)
        assert point.high - point.low == pytest.approx(whole[point.period].high - whole[point.period].low, abs=1e-9)


def test_a_step_is_found_on_its_day_and_told_once() -> None:
    series = levels(monthly([4.0] * 18 + [-5.0] * 18), prior=PRIOR)
    (change,) = series.changes
    assert (change.kind, change.start) == ("step", "2021-07-03")
    assert change.before > 3
    assert change.after < -4
    assert change.high < -5


def test_a_slow_turn_is_a_drift_and_not_a_step() -> None:
    series = levels(monthly([5 - month * 0.35 for month in range(30)], each=9 // 2), "quarter", prior=PRIOR)
    assert {change.kind for change in series.changes} == {"drift"}
    assert all(change.after < change.before for change in series.changes)


def test_where_nothing_changes_no_change_is_told() -> None:
    assert levels(monthly([2.0] * 48), prior=PRIOR).changes == ()


def test_a_happening_of_unknown_day_within_a_year_says_less_than_one_of_a_known_day() -> None:
    base = monthly([2.0] * 12)
    start, end = ordinal("2020-01-01"), ordinal("2020-12-31")
    middle = (start + end) // 2
    vague = observation("hap-x", "ACCUSE", start, end, -9.0, 1.0, 0.8, 1)
    exact = observation("hap-x", "ACCUSE", middle, middle, -9.0, 1.0, 0.8, 1)
    drop = [june(levels(base, prior=PRIOR)) - june(levels([*base, one], prior=PRIOR)) for one in (vague, exact)]
    assert 0 < drop[0] < drop[1]


def june(series: IndexSeries) -> float:
    return next(point.level for point in series.points if point.period == "2020-06")


def test_weeks_of_the_turn_of_the_year_bear_the_year_of_their_thursday() -> None:
    assert period_of(ordinal("2021-01-02"), "week").name == "2020-W53"
