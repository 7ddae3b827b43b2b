"""The score of inferred dates of publication, on a file written here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.knowledge import Knowledge
from detente.serving.scores.publication import PublicationScore


def row(text: str) -> str:
    return json.dumps({"docid": "own-1", "dct": "2024-07-01", "text": text, "timexes": []})


def test_publication_counts_answers_and_hits(tmp_path: Path) -> None:
    path = tmp_path / "times.jsonl"
    stated = row("ACCRA, July 1, 2024 — The envoys met.")
    wrong = row("ACCRA, July 1, 2019 — The envoys met.")
    silent = row("The envoys met last week.")
    path.write_text("\n".join((stated, wrong, silent)) + "\n", encoding="utf-8")
    report = PublicationScore().score(path, Knowledge())
    found = {figure.name: figure.value for figure in report.figures}
    assert report.rows == 3
    assert (found["answered"], found["inside"]) == (pytest.approx(2 / 3), 0.5)
    assert found["median days"] <= 3
    assert any("not in 2019-0" in error for error in report.errors)
