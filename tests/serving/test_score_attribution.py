"""The attribution score, on articles and spans of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.errors import InputError
from detente.knowledge import Knowledge
from detente.serving.scores.attribution import AttributionScore
from detente.serving.scores.report import ScoreReport

TEXT = "Lima said the port was closed. Quito did not mention the strike. It rained in Bern."


def stretch(words: str) -> dict[str, object]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def gold(source: str | None, cue: str, content: str) -> dict[str, object]:
    sources = [stretch(source)] if source else []
    return {"id": "E1", "source": sources, "cue": [stretch(cue)], "content": [stretch(content)]}


LIMA, QUITO = gold("Lima", "said", "the port was closed"), gold("Quito", "did not mention", "the strike")


def write(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    return path


def row(*attributions: dict[str, object], doc_id: str = "a", annotator: str = "x") -> dict[str, object]:
    return {"doc_id": doc_id, "annotator": annotator, "text": TEXT, "attributions": list(attributions)}


def score(path: Path, limit: int | None = None) -> ScoreReport:
    return AttributionScore().score(path, Knowledge(), limit=limit)


def figure(report: ScoreReport, name: str) -> float:
    return next(figure.value for figure in report.figures if figure.name == name)


def test_right_claims_score_one(tmp_path: Path) -> None:
    report = score(write(tmp_path / "a.jsonl", row(LIMA, QUITO)))
    assert [figure(report, f"{part} F1") for part in ("content", "source", "pair")] == [1.0, 1.0, 1.0]
    assert figure(report, "negated cues found") == 1.0
    assert report.errors == ()


def test_a_wrong_source_costs_the_pair_and_not_the_content(tmp_path: Path) -> None:
    report = score(write(tmp_path / "a.jsonl", row(gold("Bern", "said", "the port was closed"), QUITO)))
    assert figure(report, "content F1") == 1.0
    assert figure(report, "pair recall") == 0.5


def test_misses_and_surplus_are_told_in_words(tmp_path: Path) -> None:
    report = score(write(tmp_path / "a.jsonl", row(LIMA, gold("Bern", "rained", "It rained"))))
    assert any(line.startswith("missed: a: Bern | rained") for line in report.errors)
    assert any(line.startswith("surplus: a: Quito | did not mention") for line in report.errors)


def test_an_attribution_without_source_counts_for_contents(tmp_path: Path) -> None:
    report = score(write(tmp_path / "a.jsonl", row(gold(None, "said", "the port was closed"), QUITO)))
    assert figure(report, "content F1") == 1.0
    assert figure(report, "source recall") == 1.0
    assert figure(report, "pair recall") == 0.5


def test_the_first_annotator_counts_and_limit_counts_articles(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", row(LIMA, QUITO), row(annotator="y"), row(LIMA, QUITO, doc_id="b"))
    assert score(path).rows == 2
    assert score(path, limit=1).rows == 1
    assert figure(score(path), "pair F1") == 1.0


def test_claims_inside_claims_are_left_out_and_counted(tmp_path: Path) -> None:
    text = "Lima said that Quito had promised to pay."
    attribution = {
        "source": [{"start": 0, "end": 4}],
        "cue": [{"start": 5, "end": 9}],
        "content": [{"start": 10, "end": 40}],
    }
    path = write(tmp_path / "a.jsonl", {"doc_id": "a", "text": text, "attributions": [attribution]})
    report = score(path)
    assert figure(report, "pair precision") == 1.0
    assert figure(report, "pair with nested precision") < 1.0 or "1 claims inside" in " ".join(report.notes)
    assert any(note.startswith("1 claims inside another") for note in report.notes)


def test_another_format_is_an_input_error_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", {"sentence": "no article"})
    with pytest.raises(InputError, match="line 1"):
        score(path)


@pytest.mark.slow
def test_goal_on_the_development_set() -> None:
    path = Path("../shared/data/attribution/polnear_dev.jsonl")
    if not path.exists():
        pytest.skip("the measuring sets are not here: ../shared/data")
    report = score(path)
    assert figure(report, "pair F1") >= 0.68
