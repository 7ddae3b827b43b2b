"""Scores against the same by hand, and when a forecast abstains."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace

from detente.relating.forecast.abstention import CLASS_LEAST, ORIGINS_LEAST, OUTCOMES_LEAST, reasons
from detente.relating.forecast.rolling import PAIR_LEAST
from detente.relating.forecast.scorecard import Method, ScoreCard, gain_error, method, reliability

ZERO = Method(brier=0.1, log=0.3)
CARD = ScoreCard(
    origins=ORIGINS_LEAST, first_origin="2020-01-01", last_origin="2021-01-01", forecasts=100, came=40, forecast=ZERO,
    base_rate=Method(brier=0.12, log=0.4), recurrence=Method(brier=0.15, log=0.5), gain=0.05, gain_error=0.01,
    reliability=(), pair=None, pair_recurrence=None, pair_forecasts=0,
)  # fmt: skip


def said(**changes: object) -> list[str]:
    asked: dict[str, object] = {
        "source": "KEN", "target": "PER", "between": PAIR_LEAST, "of_class": CLASS_LEAST, "what": "verbal conflict",
        "horizon": 30, "card": CARD,
    }  # fmt: skip
    return list(reasons(**{**asked, **changes}))  # type: ignore[arg-type]


def test_brier_and_log_score_by_hand() -> None:
    scores = method(np.array([0.8, 0.3]), np.array([True, False]))
    assert scores.brier == pytest.approx((0.2**2 + 0.3**2) / 2)
    assert scores.log == pytest.approx(-(np.log(0.8) + np.log(0.7)) / 2)


def test_reliability_counts_every_forecast_once_in_its_bin() -> None:
    chances = np.array([0.0, 0.049, 0.05, 0.55, 1.0])
    table = reliability(chances, np.array([False, True, False, True, True]))
    assert [(one.low, one.count) for one in table] == [(0.0, 2), (0.05, 1), (0.5, 1), (0.9, 1)]
    assert table[0].came == 0.5
    assert table[0].forecast == pytest.approx(0.0245)


def test_the_error_of_a_gain_is_by_days_not_by_forecasts() -> None:
    gains = np.array([0.1, 0.1, 0.1, -0.1, -0.1, -0.1])
    days = np.array([1, 1, 1, 2, 2, 2])
    assert gain_error(gains, days) == pytest.approx(0.1)
    assert gain_error(gains, np.ones(6, dtype=np.int64)) == float("inf")


def test_where_there_is_enough_and_skill_nothing_is_withheld() -> None:
    assert said() == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"between": PAIR_LEAST - 1}, "between KEN and PER"),
        ({"between": 0}, "holds no happening between"),
        ({"of_class": CLASS_LEAST - 1}, "of verbal conflict from KEN to PER"),
        ({"card": None}, "on 0 past days"),
        ({"card": replace(CARD, origins=ORIGINS_LEAST - 1)}, f"on {ORIGINS_LEAST - 1} past days"),
        ({"card": replace(CARD, came=OUTCOMES_LEAST - 1)}, f"{OUTCOMES_LEAST - 1} came true"),
        ({"card": replace(CARD, came=100 - OUTCOMES_LEAST + 1)}, "came true"),
        ({"card": replace(CARD, gain=0.012, gain_error=0.01)}, "no skill over recurrence"),
        ({"card": replace(CARD, gain=-0.01)}, "no skill over recurrence"),
    ],
)
def test_it_says_why_it_abstains(changes: dict[str, object], words: str) -> None:
    assert any(words in why for why in said(**changes))
