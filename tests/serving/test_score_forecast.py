"""`detente score forecast`: the protocol on a made-up set, and the target on the real one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from detente.errors import InputError, UsageError
from detente.knowledge import Knowledge
from detente.relating.forecast.ranking.ranker import Settings
from detente.serving.scores.forecast import ForecastScore, rows
from detente.serving.scores.report import ScoreReport
from running_detente import in_process

REAL = Path(__file__).parents[3] / "shared/data/forecast/icews14_valid.jsonl"
QUICK = Settings(fitted_days=20, trees=10, leaves=7, candidates=30, fitted_candidates=20)


def write(path: Path, days: Sequence[int]) -> Path:
    """Ten states, each of which meets the next one on even days and threatens the one after on odd days."""
    lines = []
    for day in days:
        for one in range(10):
            other = (one + 1 + day % 2) % 10 if (day + one) % 7 else (one + 5) % 10
            row = {"s": f"State_{one}", "r": ("Meet", "Threaten")[day % 2], "o": f"State_{other}", "t": 24 * day}
            lines.append(json.dumps({**row, "sid": one, "rid": day % 2, "oid": other}))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "set_train.jsonl", range(40))
    write(tmp_path / "set_valid.jsonl", range(40, 46))
    write(tmp_path / "set_test.jsonl", range(46, 50))
    return tmp_path


def score(path: Path, history: Sequence[Path] = ()) -> ScoreReport:
    return ForecastScore(history, settings=QUICK).score(path, Knowledge())


def figures(report: ScoreReport) -> dict[str, float]:
    return {figure.name: figure.value for figure in report.figures}


def test_both_directions_of_every_fact_are_ranked(folder: Path) -> None:
    report = score(folder / "set_valid.jsonl")
    assert report.rows == 60
    assert {figure.name: figure.count for figure in report.figures} == {
        **{f"{part}{name}": 60 for part in ("object ", "subject ") for name in ("MRR", "Hits@1", "Hits@3", "Hits@10")},
        **dict.fromkeys(("MRR", "Hits@1", "Hits@3", "Hits@10"), 120),
    }
    found = figures(report)
    assert found["MRR"] == pytest.approx((found["object MRR"] + found["subject MRR"]) / 2)
    assert found["Hits@1"] <= found["MRR"] <= found["Hits@10"] == 1
    assert found["MRR"] > 0.6


def test_the_history_is_what_lies_beside_and_before(folder: Path) -> None:
    assert "400 facts of set_train.jsonl" in score(folder / "set_valid.jsonl").notes[1]
    assert "460 facts of set_train.jsonl, set_valid.jsonl" in score(folder / "set_test.jsonl").notes[1]


def test_the_history_may_be_named(folder: Path, tmp_path: Path) -> None:
    alone = write(tmp_path / "alone.jsonl", range(46, 50))
    named = score(alone, [folder / "set_train.jsonl", folder / "set_valid.jsonl"])
    assert figures(named) == figures(score(folder / "set_test.jsonl"))


def test_a_set_without_history_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no history"):
        score(write(tmp_path / "alone.jsonl", range(4)))


def test_a_line_that_is_no_fact_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(
        '{"s": "A", "r": "B", "o": "C", "t": 0, "sid": 0, "rid": 0, "oid": 1}\n{"s": 1}\n', encoding="utf-8"
    )
    with pytest.raises(InputError, match="line 2"):
        rows(path)
    assert len(rows(path, limit=1)) == 1


def test_the_option_for_history_belongs_to_this_task_alone(folder: Path) -> None:
    valid, train = str(folder / "set_valid.jsonl"), str(folder / "set_train.jsonl")
    done = in_process("score", "places", valid, "--history", train)
    assert isinstance(done.exception, UsageError)
    done = in_process("score", "forecast", valid, "--history", train, "--json")
    assert json.loads(done.stdout)["task"] == "forecast"


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="the shared set of forecasts is not here")
def test_a_short_fit_on_the_real_set_is_better_than_recurrence() -> None:
    quick = Settings(fitted_days=12, trees=40)
    found = figures(ForecastScore(settings=quick).score(REAL, Knowledge(), limit=1000))
    assert found["MRR"] > 0.43
