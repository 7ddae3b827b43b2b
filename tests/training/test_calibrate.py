"""Calibration: what is fitted says how often such rows are right."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from training.calibrate import crossed, fit, reliability
from training.judging import Judged

from detente.reading.encoder.confidence import Clues, confidence


@pytest.fixture(scope="module")
def drafts() -> list[Judged]:
    """Rows that are right as often as their type is likely, whole ones and open ones."""
    rng = random.Random(5)
    found = []
    for number in range(1500):
        p = rng.uniform(0.02, 0.98)
        clues = Clues(0.0, p, rng.random(), rng.random(), rng.random(), whole=number % 3 > 0)
        found.append(Judged(f"passage-{number % 60}", clues, rng.random() < p))
    return found


def test_the_error_is_small_on_passages_left_out(drafts: list[Judged]) -> None:
    bins, error = reliability(crossed(drafts), [one.right for one in drafts])
    assert error < 0.05
    assert sum(part.rows for part in bins) == len(drafts)


def test_what_tells_has_weight_and_what_does_not_has_little(drafts: list[Judged]) -> None:
    weights = fit(drafts)["whole"]
    assert weights[3] > 0.7
    assert max(abs(weight) for weight in weights[4:]) < 0.25


def test_fitting_has_no_chance_in_it(drafts: list[Judged]) -> None:
    assert fit(drafts) == fit(list(drafts))


def test_rows_that_are_always_right_come_out_sure(drafts: list[Judged]) -> None:
    sure = [Judged(one.passage, one.clues, True) for one in drafts]
    assert confidence(Clues(0.0, 0.9, 0.9, 0.9, 0.9), fit(sure)) > 0.95
    assert reliability([0.95] * 4, [True, True, True, False])[1] == pytest.approx(0.2)
