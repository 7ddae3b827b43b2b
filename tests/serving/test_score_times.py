"""The score of times, on files written here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.errors import InputError
from detente.knowledge import Knowledge
from detente.serving.scores.report import ScoreReport
from detente.serving.scores.times import TimeScore

DATA = Path(__file__).parents[3] / "shared" / "data" / "time"
TEXT = "The envoys met on Friday. They will sign the pact in 2026, after three days of talks."
GOLD = (("Friday", "DATE", "2024-06-28"), ("2026", "DATE", "2026"), ("three days", "DURATION", "P3D"))


def row(text: str, timexes: tuple[tuple[str, str, str], ...], dct: str = "2024-07-01") -> str:
    return json.dumps(
        {
            "docid": "own-1",
            "dct": dct,
            "text": text,
            "timexes": [
                {"start": text.index(words), "end": text.index(words) + len(words), "type": kind, "value": value}
                for words, kind, value in timexes
            ],
        }
    )


def scored(tmp_path: Path, *lines: str, limit: int | None = None) -> ScoreReport:
    path = tmp_path / "times.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return TimeScore().score(path, Knowledge(), limit=limit)


def figures(report: ScoreReport) -> dict[str, float]:
    return {figure.name: round(figure.value, 3) for figure in report.figures}


def test_all_right_is_one_everywhere(tmp_path: Path) -> None:
    report = scored(tmp_path, row(TEXT, GOLD))
    assert set(figures(report).values()) == {1.0}
    assert {figure.count for figure in report.figures} == {3}
    assert report.errors == ()


def test_a_wrong_value_counts_for_the_span_alone(tmp_path: Path) -> None:
    report = scored(tmp_path, row(TEXT, (("Friday", "DATE", "2024-07-05"), *GOLD[1:])))
    found = figures(report)
    assert (found["strict F1"], found["span F1"], found["value F1"]) == (1.0, 1.0, 0.667)
    assert report.errors == ("own-1 value: “Friday” DATE 2024-07-05 read as “Friday” DATE 2024-06-28",)


def test_a_longer_span_is_relaxed_and_not_strict(tmp_path: Path) -> None:
    found = figures(scored(tmp_path, row(TEXT, (("on Friday", "DATE", "2024-06-28"), *GOLD[1:]))))
    assert (found["strict F1"], found["span F1"], found["value F1"]) == (0.667, 1.0, 1.0)


def test_missed_and_surplus_times_are_named(tmp_path: Path) -> None:
    report = scored(tmp_path, row(TEXT, (("envoys", "DATE", "2024"), *GOLD[1:])))
    found = figures(report)
    assert (found["span precision"], found["span recall"]) == (0.667, 0.667)
    assert report.errors == (
        "own-1 missed: “envoys” DATE 2024",
        "own-1 not in the gold: “Friday” DATE 2024-06-28",
    )


def test_the_type_is_scored_apart(tmp_path: Path) -> None:
    found = figures(scored(tmp_path, row(TEXT, (("Friday", "TIME", "2024-06-28"), *GOLD[1:]))))
    assert (found["type F1"], found["value F1"]) == (0.667, 1.0)


def test_the_limit_is_kept(tmp_path: Path) -> None:
    assert scored(tmp_path, row(TEXT, GOLD), row(TEXT, GOLD), limit=1).rows == 1


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        scored(tmp_path, row(TEXT, GOLD), '{"docid": "x"')
    assert "line 2" in str(caught.value)


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason="the time sets are not beside this checkout (../shared/data/time)")
@pytest.mark.parametrize(("name", "floor"), [("timebank_train", 0.80), ("aquaint_train", 0.75)])
def test_the_sets_are_read_as_well_as_before(name: str, floor: float) -> None:
    assert figures(TimeScore().score(DATA / f"{name}.jsonl", Knowledge()))["value F1"] >= floor
