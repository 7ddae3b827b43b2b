"""The triples score on rows of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.knowledge import Knowledge
from detente.serving.scores.report import ScoreReport
from detente.serving.scores.triples import GoldEvent, Triple, TriplesRow, TriplesScore, gold_triples, invented_names


def score(tmp_path: Path, rows: list[dict[str, object]], names: dict[str, str] | None = None) -> ScoreReport:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return TriplesScore(names).score(path, Knowledge())


def row(text: str, *events: tuple[str, str, str]) -> dict[str, object]:
    coded = [{"source": s, "target": t, "code": c} for s, t, c in events]
    return {"id": text[:9], "date": "20200101", "text": text, "events": coded}


def test_right_and_missed_triples_are_counted(tmp_path: Path) -> None:
    report = score(
        tmp_path,
        [
            row("Peru attacked Chile.", ("PERGOV", "CHL", "190")),
            row("Rain fell on Peru.", ("PER", "CHL", "190")),
        ],
    )
    figures = {figure.name: figure.value for figure in report.figures}
    assert figures["triple precision"] == 1.0
    assert figures["triple recall"] == 0.5
    assert len(report.errors) == 1


def test_another_type_between_the_same_two_counts_for_the_pair_only(tmp_path: Path) -> None:
    report = score(tmp_path, [row("Peru attacked Chile.", ("PER", "CHL", "070"))])
    figures = {figure.name: figure.value for figure in report.figures}
    assert (figures["triple F1"], figures["pair F1"]) == (0.0, 1.0)


def test_invented_countries_are_read_by_their_codes(tmp_path: Path) -> None:
    report = score(tmp_path, [row("Zubrowka attacked Qumar.", ("ZUB", "QUM", "190"))])
    assert report.figures[0].value == 1.0
    assert "2" in report.notes[0]


def test_further_names_can_be_given(tmp_path: Path) -> None:
    report = score(tmp_path, [row("Wadiya attacked Peru.", ("SYL", "PER", "190"))], {"Wadiya": "SYL"})
    assert report.figures[0].value == 1.0


def test_gold_without_two_territories_or_a_valid_code_is_left_out() -> None:
    events = [GoldEvent("IGOUNO", "PER", "040"), GoldEvent("PER", "---", "040"), GoldEvent("PER", "CHL", "999")]
    events.append(GoldEvent("PERMIL", "CHLGOV", "040"))
    assert gold_triples(TriplesRow("x", events, "text"), Knowledge()) == {Triple("PER", "CONSULT", "CHL")}


def test_rows_without_text_are_skipped(tmp_path: Path) -> None:
    assert score(tmp_path, [{"id": "x", "events": []}, row("Peru attacked Chile.", ("PER", "CHL", "190"))]).rows == 1


@pytest.mark.parametrize("word", ["Peru", "Chile"])
def test_real_names_are_not_taken_for_invented_ones(word: str) -> None:
    events = [GoldEvent("PER", "CHL", "040")]
    assert word not in invented_names([TriplesRow("x", events, "Peru met Chile.")], Knowledge())
