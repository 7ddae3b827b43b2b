"""The forecast on simulated histories whose truth is known: it beats recurrence, knows nothing of the future, and does
not care who the parties are."""

from __future__ import annotations

import numpy as np
import pytest

from detente.knowledge import Knowledge
from detente.relating.forecast import driving
from detente.relating.forecast.counts import Classes
from detente.relating.forecast.forecasting import Chance, Forecast, foreseen
from detente.relating.forecast.gathering import Gathered
from detente.relating.forecast.history import TYPES, Happened, History, history_of
from detente.relating.forecast.pooling import pool
from detente.relating.forecast.rolling import Roller
from detente.relating.forecast.simulating import LAWS, Law, simulate

KNOWLEDGE = Knowledge()
DAYS = 900
BY_NAME = {law.name: law for law in LAWS}
CLASSES = Classes(
    ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"),
    tuple({"CONSULT": 0, "AID": 1, "ACCUSE": 2, "ASSAULT": 3}.get(name, -1) for name in TYPES),
    (False, False, True, True),
)


def told(law: str, *, pairs: int = 12, days: int = DAYS, seed: int = 4) -> tuple[History, int]:
    made = simulate(BY_NAME[law], pairs=pairs, days=days, seed=seed)
    return made.history, made.first_day + days - 1


def rows_of(history: History) -> list[Happened]:
    columns = (history.source, history.target, history.kind, history.day, history.known, history.happening)
    return [
        Happened(history.parties[source], history.parties[target], TYPES[kind], day, known, number)
        for source, target, kind, day, known, number in zip(*(column.tolist() for column in columns), strict=True)
    ]


def ask(history: History, day: int, source: str = "P000", target: str = "P001", horizon: int = 30) -> Forecast:
    return foreseen(None, Gathered(history, 0, 0), source, target, (horizon,), day, KNOWLEDGE)


def numbers(found: Forecast) -> list[float | None]:
    return [chance.probability for chance in found.chances]


def busiest(history: History) -> tuple[str, str]:
    codes, counts = np.unique(history.source * len(history.parties) + history.target, return_counts=True)
    source, target = divmod(int(codes[np.argmax(counts)]), len(history.parties))
    return history.parties[source], history.parties[target]


@pytest.mark.parametrize("law", ["regimes", "exciting", "mixed"])
def test_forecasts_made_on_past_days_are_better_than_recurrence(law: str) -> None:
    history, day = told(law, pairs=20)
    source, target = busiest(history)
    cards = [chance.card for chance in ask(history, day, source, target).chances if chance.kind == "quad"]
    assert len(cards) == 4
    for card in cards:
        assert card is not None
        assert card.forecast.brier < card.recurrence.brier
        assert card.forecast.log < card.recurrence.log


def test_chances_come_nearer_to_the_truth_than_either_rival_where_acts_beget_acts() -> None:
    days = tuple(range(800, 1200, 80))
    made = simulate(BY_NAME["exciting"], pairs=24, days=1200, seed=9, truth_on=days, horizons=(30,), paths=150)
    parties = np.arange(len(made.history.parties))
    pairs = np.stack([parties, parties ^ 1], axis=1)
    misses: list[np.ndarray] = []
    for day, truth in made.truth.items():
        roller = Roller(made.history, CLASSES, pairs, day, made.first_day)
        told_of = roller.is_told[-1]
        for place in range(4):
            rolled = roller.roll(place, 30, 0)
            assert rolled.chances is not None
            right = truth[0].reshape(len(pairs), 4)[told_of, place]
            said = (rolled.chances, rolled.base_rate, rolled.recurrence)
            misses.append(np.stack([(one[told_of] - right) ** 2 for one in said]))
    ours, base_rate, recurrence = np.concatenate(misses, axis=1).mean(axis=1)
    assert ours < base_rate
    assert ours < 0.25 * recurrence
    assert ours < 0.012


def test_what_comes_later_changes_nothing() -> None:
    history, day = told("mixed")
    source, target = busiest(history)
    as_of = day - 200
    early = [row for row in rows_of(history) if row.known <= as_of]
    assert numbers(ask(history, as_of, source, target)) == numbers(ask(history_of(early), as_of, source, target))
    assert (
        ask(history, as_of, source, target).chances[0].card
        == ask(history_of(early), as_of, source, target).chances[0].card
    )


def test_past_forecasts_do_not_know_what_became_known_later() -> None:
    """Told late, the same history gives worse forecasts on past days, never the same."""
    history, day = told("exciting")
    late = history_of([row._replace(known=row.known + 25) for row in rows_of(history)])
    source, target = busiest(history)
    prompt_card = ask(history, day, source, target, 7).chances[2].card
    late_card = ask(late, day, source, target, 7).chances[2].card
    assert prompt_card is not None and late_card is not None
    assert late_card.forecast.brier > prompt_card.forecast.brier


def test_the_order_of_arrival_does_not_matter() -> None:
    history, day = told("mixed")
    source, target = busiest(history)
    rows = rows_of(history)
    assert ask(history_of(rows[::-1]), day, source, target) == ask(history_of(rows), day, source, target)


def test_two_exchanged_countries_exchange_their_forecasts() -> None:
    history, day = told("mixed")
    source, target = busiest(history)
    names = {source: target, target: source}
    exchanged = history_of(
        [
            row._replace(source=names.get(row.source, row.source), target=names.get(row.target, row.target))
            for row in rows_of(history)
        ]
    )
    one, other = numbers(ask(history, day, source, target)), numbers(ask(exchanged, day, target, source))
    assert any(chance is not None for chance in one)
    assert other == pytest.approx(one, abs=1e-9)


def test_renaming_everybody_changes_no_number() -> None:
    history, day = told("mixed")
    source, target = busiest(history)
    order = sorted(history.parties, key=lambda name: name[::-1], reverse=True)
    names = {name: f"Z{place:04d}" for place, name in enumerate(order)}
    renamed = history_of([row._replace(source=names[row.source], target=names[row.target]) for row in rows_of(history)])
    found = numbers(ask(renamed, day, names[source], names[target]))
    assert found == pytest.approx(numbers(ask(history, day, source, target)), abs=1e-9)


def test_chances_grow_with_the_horizon() -> None:
    history, day = told("mixed", days=1300)
    source, target = busiest(history)
    by_horizon = [numbers(ask(history, day, source, target, horizon)) for horizon in (7, 30, 90)]
    for week, month, quarter in zip(*by_horizon, strict=True):
        if week is not None and month is not None and quarter is not None:
            assert week < month + 0.02 < quarter + 0.04


def test_parts_make_up_the_whole_and_drivers_are_part_of_it() -> None:
    history, day = told("exciting")
    source, target = busiest(history)
    given = [chance for chance in ask(history, day, source, target).chances if chance.probability is not None]
    assert given
    for chance in given:
        assert 0.85 < sum(part.share for part in chance.parts) <= 1.0 + 1e-9
        between = sum(part.share for part in chance.parts if part.group not in ("out", "into", "world"))
        assert 0 < sum(driver.share for driver in chance.drivers) <= between + 0.15


def test_drivers_add_up_exactly_to_the_share_of_what_the_two_did(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driving, "SHOWN", 10**6)
    monkeypatch.setattr(driving, "_LEAST_SHARE", 0.0)
    history, day = told("seasonal")
    source, target = busiest(history)
    given = [chance for chance in ask(history, day, source, target).chances if chance.probability is not None]
    assert given
    for chance in given:
        assert sum(part.share for part in chance.parts) == pytest.approx(1.0)
        between = sum(part.share for part in chance.parts if part.group not in ("out", "into", "world"))
        assert sum(driver.share for driver in chance.drivers) == pytest.approx(between, abs=1e-6)


def test_a_thin_pair_gets_words_and_no_number() -> None:
    history, day = told("mixed")
    rows = [row for row in rows_of(history) if {row.source, row.target} != {"P000", "P001"}]
    few = [Happened("P000", "P001", "ACCUSE", day - 50 * step, day - 50 * step, 10**6 + step) for step in range(4)]
    found = ask(history_of([*rows, *few]), day)
    assert numbers(found) == [None] * 4
    assert all("4 happenings between P000 and P001" in chance.abstains[0] for chance in found.chances)


def test_strangers_get_words_and_no_number() -> None:
    history, day = told("mixed")
    found = ask(history, day, "XXX", "P001")
    assert numbers(found) == [None] * 4
    assert "no happening between XXX and P001" in found.chances[0].abstains[0]


def test_a_short_record_gets_words_and_no_number() -> None:
    history, day = told("mixed", days=150)
    source, target = busiest(history)
    found = ask(history, day, source, target)
    assert numbers(found) == [None] * len(found.chances)
    assert any("too short" in why for why in found.chances[0].abstains)


def test_types_have_a_forecast_where_they_have_enough_to_tell() -> None:
    history, day = told("mixed")
    source, target = busiest(history)
    rows = [
        row._replace(type="REJECT") if row.type == "ACCUSE" and row.happening % 2 else row for row in rows_of(history)
    ]
    kinds: dict[str, Chance] = {chance.what: chance for chance in ask(history_of(rows), day, source, target).chances}
    assert {"REJECT", "ACCUSE"} & set(kinds)
    assert "ASSAULT" not in kinds, "it is all there is of its class"


def test_the_pool_holds_the_asked_pair_first_and_each_pair_both_ways() -> None:
    history, _ = told("mixed")
    pairs = pool(history, 3, 2)
    assert pairs[:2].tolist() == [[3, 2], [2, 3]]
    every = {tuple(pair) for pair in pairs.tolist()}
    assert len(every) == len(pairs)
    assert all(pair[::-1] in every for pair in every)


def test_simulated_histories_are_the_same_for_the_same_seed_and_true_chances_are_chances() -> None:
    law = Law(name="own", crises=True, echo=0.3)
    one, other = (simulate(law, pairs=3, days=200, seed=5, truth_on=(100,), paths=50) for _ in range(2))
    assert one.history.day.tolist() == other.history.day.tolist()
    chances = one.truth[one.first_day + 100]
    assert chances.shape == (3, 3, 2, 4)
    assert ((chances[0] <= chances[1]) & (chances[1] <= chances[2])).all()
    assert simulate(law, pairs=3, days=200, seed=6).history.day.tolist() != one.history.day.tolist()
