"""Who is next: fading counts by hand, ties, the filter by time, and no knowledge of the day itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.relating.forecast.ranking.candidates import Candidates
from detente.relating.forecast.ranking.decay import NEVER, FadingCounts
from detente.relating.forecast.ranking.facts import Fact, facts_of
from detente.relating.forecast.ranking.ranker import Rank, Settings, _Questions, ranks

QUICK = Settings(fitted_days=25, trees=12, leaves=7, candidates=30, fitted_candidates=20)


def habits(days: int = 60, seed: int = 1) -> list[Fact]:
    """Twelve entities that mostly turn to a partner of their own, with one relation on even and one on odd days."""
    random = np.random.default_rng(seed)
    found = []
    for day in range(days):
        for subject in range(12):
            partner = (subject + 1 + day % 2) % 12 if random.random() < 0.8 else int(random.integers(12))
            found.append(Fact(subject, day % 2, partner, day, f"E{subject}", f"E{partner}"))
    return found


def mean(found: list[Rank]) -> float:
    return sum(1 / rank.rank for rank in found) / len(found)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 30)), min_size=1, max_size=30), st.integers(31, 40))
@settings(max_examples=40, deadline=None)
def test_counts_fade_by_half_lives(told: list[tuple[int, int]], now: int) -> None:
    told = sorted(told, key=lambda one: one[1])
    key = np.array([one[0] for one in told], dtype=np.int64)
    counts = FadingCounts(key, (2.0, 9.0))
    days = np.array([one[1] for one in told])
    for day in np.unique(days):
        rows = np.flatnonzero(days == day)
        counts.add(slice(int(rows[0]), int(rows[-1]) + 1), int(day))
    found, since = counts.at(np.array([0, 1, 2, 3, 4, 99]), now)
    for number in range(5):
        ages = [now - day for one, day in told if one == number]
        assert np.allclose(found[number], [sum(2 ** (-age / life) for age in ages) for life in (2, 9)], rtol=1e-4)
        assert since[number] == (min(ages) if ages else NEVER)
    assert found[5].tolist() == [0, 0]


def test_every_fact_is_told_both_ways_and_a_name_gives_place_and_role() -> None:
    facts = facts_of([Fact(0, 1, 2, 5, "Police_(Peru)", "Peru"), Fact(0, 1, 2, 5, "Police_(Peru)", "Peru")])
    told = sorted(zip(facts.subject.tolist(), facts.relation.tolist(), facts.object.tolist(), strict=True))
    assert told == [(0, 1, 2), (2, 1 + facts.relations, 0)]
    assert facts.place[0] == facts.place[2] != facts.place[1]
    assert facts.role[0] != facts.role[2]
    bare = facts_of([Fact(0, 1, 2, 5, "Police_(Peru)", "Peru")], names=False)
    assert len(set(bare.place.tolist())) == 3


def test_ties_are_averaged_and_other_right_answers_do_not_count() -> None:
    facts = facts_of([Fact(0, 0, 1, 0, "", ""), Fact(0, 0, 2, 0, "", ""), Fact(5, 0, 9, 0, "", "")])
    questions = _Questions(facts, slice(0, len(facts.day)))
    size = np.array([5, *([0] * (len(questions.subject) - 1))])
    asked = Candidates(
        np.zeros(5, np.int64), np.zeros(5, np.int64), np.array([1, 2, 3, 4, 6]), np.zeros(5), np.zeros(5), size
    )
    score = np.array([1.0, 9.0, 1.0, 1.0, 2.0])
    found = {rank.answer: rank for rank in questions.ranked(asked, score, 0, facts) if rank.subject == 0}
    assert found[2].rank == 1
    assert found[1].rank == 1 + 1 + 2 / 2, "one is better, two tie, the other right answer is left out"
    outside = {rank.answer: rank for rank in questions.ranked(asked, score, 0, facts) if rank.subject == 5}
    (missed,) = outside.values()
    assert not missed.was_candidate
    assert missed.rank == 1 + (facts.entities - 1) / 2


def test_habits_are_learnt_and_the_same_run_gives_the_same_ranks() -> None:
    facts = facts_of(habits())
    found = list(ranks(facts, 50, QUICK))
    assert len(found) == int((facts.day >= 50).sum())
    assert mean(found) > 0.6
    assert found == list(ranks(facts, 50, QUICK))


def test_numbers_and_names_of_entities_do_not_matter() -> None:
    order = np.random.default_rng(2).permutation(12).tolist()
    told = habits()
    moved = [
        fact._replace(
            subject=order[fact.subject], object=order[fact.object], subject_name=f"Z{order[fact.subject]}",
            object_name=f"Z{order[fact.object]}",
        )
        for fact in told
    ]  # fmt: skip
    one, other = (list(ranks(facts_of(rows), 50, QUICK)) for rows in (told, moved))
    assert mean(other) == pytest.approx(mean(one), abs=0.03)


def test_the_facts_of_a_day_and_of_later_days_are_not_known_on_it() -> None:
    told = habits()
    first = [rank for rank in ranks(facts_of(told), 50, QUICK) if rank.day == 50]
    cut = [fact for fact in told if fact.day <= 50]
    assert [(rank.answer, rank.rank) for rank in ranks(facts_of(cut), 50, QUICK)] == [
        (rank.answer, rank.rank) for rank in first
    ]


def test_a_history_without_repeats_is_refused() -> None:
    with pytest.raises(UsageError, match="too short"):
        list(ranks(facts_of([Fact(0, 0, 1, 3, "", "")]), 3, QUICK))
