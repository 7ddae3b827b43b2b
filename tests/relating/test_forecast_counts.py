"""Histories and their fading counts, against the same worked out by hand."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.relating.forecast.counts import HALF_LIVES, Classes, calendars, panel, reach
from detente.relating.forecast.history import TYPES, Happened, History, history_of
from detente.relating.forecast.terms import PROMPT, YEAR, terms

FIRST = 738_000
CLASSES = Classes(("good", "bad"), tuple(int(name == "ASSAULT") for name in TYPES), (False, True))

rows = st.builds(
    Happened,
    source=st.sampled_from("AB"),
    target=st.sampled_from("CD"),
    type=st.sampled_from(["CONSULT", "ASSAULT"]),
    day=st.integers(FIRST, FIRST + 400),
    known=st.integers(FIRST, FIRST + 500),
    happening=st.integers(1, 50),
)
histories = st.lists(rows, min_size=1, max_size=40)


def pairs_of(history: History) -> np.ndarray:
    every = [(one, other) for one in range(len(history.parties)) for other in range(one)]
    return np.array([pair for one, other in every for pair in ((one, other), (other, one))], dtype=np.int64)


@given(histories, st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_a_history_does_not_depend_on_the_order_of_its_rows(told: list[Happened], shuffler: random.Random) -> None:
    shuffled = list(told) + told[:3]
    shuffler.shuffle(shuffled)
    one, other = history_of(told), history_of(shuffled)
    assert one.parties == other.parties
    for column in ("source", "target", "kind", "day", "known", "happening"):
        assert getattr(one, column).tolist() == getattr(other, column).tolist()


def test_what_happened_after_it_was_known_happened_when_it_was_known() -> None:
    history = history_of([Happened("A", "C", "AID", FIRST + 9, FIRST + 4, 1)])
    assert history.day.tolist() == [FIRST + 4]


def test_a_history_known_by_a_day_ends_with_that_day() -> None:
    told = [Happened("A", "C", "AID", FIRST + day, FIRST + day + 2, day) for day in range(5)]
    history = history_of(told).known_by(FIRST + 4)
    assert history.happening.tolist() == [0, 1, 2]
    assert history.party("C") == 1
    assert history.party("B") is None


@given(histories)
@settings(max_examples=40, deadline=None)
def test_rates_are_the_sums_of_what_was_known_each_halved_by_its_age(told: list[Happened]) -> None:
    history = history_of(told)
    pairs = pairs_of(history)
    origins = np.array([FIRST + 50, FIRST + 57, FIRST + 300])
    made = panel(history, CLASSES, pairs, origins, FIRST)
    for at, origin in enumerate(origins):
        for place, (source, target) in enumerate(pairs):
            for number in range(2):
                ages = [
                    int(origin - history.day[row])
                    for row in range(len(history))
                    if (history.source[row], history.target[row]) == (source, target)
                    and CLASSES.of_type[history.kind[row]] == number
                    and history.known[row] <= origin
                ]
                for half, life in enumerate(HALF_LIVES):
                    expected = sum(2 ** (-age / life) for age in ages) / reach(int(origin) - FIRST + 1)[half]
                    assert np.isclose(made.own[at, place, number, half], expected)
                    turned = int(made.turned[place])
                    assert np.isclose(made.back[at, turned, number, half], expected)


@given(histories, st.integers(1, 90))
@settings(max_examples=40, deadline=None)
def test_calendars_count_days_on_which_it_was_known_to_have_happened(told: list[Happened], width: int) -> None:
    history = history_of(told)
    pairs = pairs_of(history)
    made = calendars(history, CLASSES, pairs, FIRST, FIRST + 600)
    after, by = FIRST + 30, FIRST + 350
    for number, calendar in enumerate(made):
        found = calendar.known_by(by).count(np.arange(len(pairs)), np.full(len(pairs), after), width)
        for place, (source, target) in enumerate(pairs):
            days = {
                int(history.day[row])
                for row in range(len(history))
                if (history.source[row], history.target[row]) == (source, target)
                and CLASSES.of_type[history.kind[row]] == number
                and history.known[row] <= by
                and after < history.day[row] <= after + width
            }
            assert found[place] == len(days)


def test_a_year_ago_does_not_know_what_was_told_late() -> None:
    day = FIRST + 100
    prompt = [Happened("A", "C", "AID", day, day + PROMPT, 1)]
    late = [Happened("A", "C", "AID", day, day + PROMPT + 1, 1)]
    for told, expected in ((prompt, True), (late, False)):
        history = history_of([*told, Happened("A", "C", "ASSAULT", FIRST, FIRST, 9)])
        pairs = pairs_of(history)
        origins = np.array([day + YEAR - 5])
        made = panel(history, CLASSES, pairs, origins, FIRST)
        calendar = calendars(history, CLASSES, pairs, FIRST - 50, int(origins[0]))[0]
        place = np.flatnonzero((pairs == [0, 1]).all(axis=1))
        found = terms(made, calendar, 0, 30, np.zeros(1, np.int64), place)
        year = [term.group == "year" and term.span == 0 for term in found.names].index(True)
        assert bool(found.expected[0, year] > 0) is expected
