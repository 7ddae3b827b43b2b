"""The three layers of the fit, and the products in blocks under them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.relating.forecast.blocks import Tall
from detente.relating.forecast.fitting import LEAST, MOST, Calibration, calibrate, fit


@given(st.integers(1, 400), st.integers(1, 60), st.integers(0, 9))
@settings(max_examples=30, deadline=None)
def test_products_in_blocks_are_the_products(height: int, width: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    rows, weight = random.normal(size=(height, width)), random.random(height)
    table, vector = Tall(rows), random.normal(size=width)
    assert np.allclose(table.times(vector), rows @ vector)
    assert np.allclose(table.turned_times(weight), rows.T @ weight)
    assert np.allclose(table.gram(weight), (rows * weight[:, None]).T @ rows)


def made(rows: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Terms, outcomes and true chances: the first term tells the rate, the second is noise."""
    random = np.random.default_rng(seed)
    expected = random.gamma(0.7, 0.8, size=(rows, 2))
    chance = -np.expm1(-(0.8 * expected[:, 0] + 0.02))
    return expected, random.random(rows) < chance, chance


def test_the_fit_finds_the_term_that_tells_and_the_chances() -> None:
    expected, outcome, chance = made(6000, 1)
    fitted = fit(expected, np.log(expected + 0.1), outcome)
    assert fitted.weights[0] == pytest.approx(0.8, abs=0.08)
    assert fitted.weights[1] < 0.05
    assert np.abs(fitted.chances(expected, np.log(expected + 0.1)) - chance).mean() < 0.02


def test_weights_are_never_negative_and_more_of_a_telling_term_never_lowers_the_number() -> None:
    expected, outcome, _ = made(300, 2)
    fitted = fit(expected, np.log(expected + 0.1), outcome)
    assert (fitted.weights >= 0).all()
    more = expected + np.array([1.0, 0.0])
    assert (fitted.expects(more) > fitted.expects(expected)).all()


def test_overlapping_windows_move_the_correction_less() -> None:
    expected, outcome, _ = made(400, 3)
    logs = np.log(expected + 0.1)
    loose, firm = fit(expected, logs, outcome), fit(expected, logs, outcome, overlap=10.0)
    assert np.abs(firm.correction.coefficients[2:]).sum() < np.abs(loose.correction.coefficients[2:]).sum()


def test_calibration_draws_back_what_was_said_too_boldly_and_leaves_alone_what_was_right() -> None:
    random = np.random.default_rng(4)
    truth = random.uniform(0.05, 0.95, 5000)
    came = random.random(5000) < truth
    logit = np.log(truth) - np.log1p(-truth)
    bold = 1 / (1 + np.exp(-2 * logit))
    bold = np.clip(bold, LEAST, MOST)
    drawn = calibrate(bold, came).of(bold)
    assert np.abs(drawn - truth).mean() < 0.4 * np.abs(bold - truth).mean()
    assert np.abs(calibrate(truth, came).of(truth) - truth).max() < 0.05


def test_without_past_forecasts_calibration_changes_nothing() -> None:
    chances = np.array([0.1, 0.5, 0.9])
    assert calibrate(np.zeros(0), np.zeros(0, dtype=bool)) == Calibration()
    assert np.allclose(Calibration().of(chances), chances)


def test_few_past_forecasts_change_little() -> None:
    chances = np.full(8, 0.5)
    moved = calibrate(chances, np.ones(8, dtype=bool)).of(np.array([0.5]))
    assert 0.5 < moved[0] < 0.56
