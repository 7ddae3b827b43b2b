"""The factuality score on rows of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.knowledge import Knowledge
from detente.serving.scores.factuality import FactualityScore, pearson


def test_plain_and_negated_events_score_in_full(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    rows = [
        {"id": "a", "text": "Peru attacked Chile.", "events": [{"start": 5, "end": 13, "factuality": 3.0}]},
        {"id": "b", "text": "Peru did not attack Chile.", "events": [{"start": 13, "end": 19, "factuality": -3.0}]},
        {"id": "c", "text": "Peru.", "events": [{"start": 0, "end": 4, "factuality": 1.0, "ok": False}]},
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    report = FactualityScore().score(path, Knowledge())
    assert {f.name: f.value for f in report.figures} == {
        "Pearson": pytest.approx(1.0),
        "MAE": 0.0,
        "sign accuracy": 1.0,
    }
    assert [f.count for f in report.figures] == [2, 2, 2]


def test_far_misses_are_listed_with_their_words(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    row = {"id": "a", "text": "Peru attacked Chile.", "events": [{"start": 5, "end": 13, "factuality": -3.0}]}
    path.write_text(json.dumps(row), encoding="utf-8")
    report = FactualityScore().score(path, Knowledge(), limit=1)
    assert report.errors == ("a: “attacked” -3.0 read as 3.0 (): Peru attacked Chile.",)


def test_pearson_of_constant_data_is_zero() -> None:
    assert pearson([1.0, 1.0], [0.0, 3.0]) == 0.0
    assert pearson([], []) == 0.0
    assert pearson([1.0, 2.0, 3.0], [2.0, 4.0, 6.0]) == pytest.approx(1.0)
