"""The relations score on rows of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.knowledge import Knowledge
from detente.reading.marks import Span
from detente.serving.scores.relations import Relations, RelationsScore, macro_f1, unmarked

ROWS = [
    ("<s>Peru</s> attacked <t>Chile</t>.", "ASSAULT", 4, "CONFLICT"),
    ("<s>Kenya</s> promised to give aid to <t>Sudan</t>.", "AGREE", 1, "COOPERATION"),
    ("<s>Cuba</s> released <t>two Spanish tourists</t>.", "YIELD", 2, "COOPERATION"),
    ("<s>India</s> criticised <t>Nepal's plan</t>.", "ACCUSE", 3, "CONFLICT"),
]


@pytest.fixture(scope="module")
def relations() -> Relations:
    return Relations(Knowledge())


def test_all_right_answers_score_one(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    rows = [
        {"id": str(i), "text": "", "marked": marked, "root": root, "quad": quad, "binary": binary}
        for i, (marked, root, quad, binary) in enumerate(ROWS)
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    report = RelationsScore().score(path, Knowledge())
    assert {figure.name: figure.value for figure in report.figures} == {
        "root macro F1": 1.0, "quad macro F1": 1.0, "binary macro F1": 1.0, "root accuracy": 1.0,
    }  # fmt: skip
    assert report.rows == 4
    assert report.errors == ()


def test_a_wrong_gold_label_is_listed_as_an_error(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    row = {"id": "one", "text": "", "marked": ROWS[0][0], "root": "AID", "quad": 2, "binary": "COOPERATION"}
    path.write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    report = RelationsScore().score(path, Knowledge())
    assert "AID read as ASSAULT" in report.errors[0]
    assert report.figures[0].value == 0.0


def test_limit_reads_only_the_first_rows(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    row = {"id": "one", "text": "", "marked": ROWS[0][0], "root": "ASSAULT", "quad": 4, "binary": "CONFLICT"}
    path.write_text("\n".join([json.dumps(row)] * 3), encoding="utf-8")
    assert RelationsScore().score(path, Knowledge(), limit=2).rows == 2


@pytest.mark.parametrize(
    ("marked", "root"),
    [
        ("<s>Peru</s> will attack <t>Chile</t>.", "THREATEN"),
        ("<s>Peru</s> did not help <t>Chile</t>.", "REJECT"),
        ("<s>Peru</s> imposed sanctions on <t>Chile</t>.", "COERCE"),
        ("<s>Peru</s> signed a treaty with <t>Chile</t>.", "SUPPORT"),
        ("<s>Peru</s> blockaded <t>Chile</t>.", "ASSAULT"),
        ("The rain fell on <s>Peru</s> and on <t>Chile</t>.", "ACCUSE"),
    ],
)
def test_labels_follow_the_habit_of_the_set_and_there_is_always_one(
    relations: Relations, marked: str, root: str
) -> None:
    assert relations.between(marked)[0] == root


def test_marks_are_taken_off_and_their_spans_kept() -> None:
    text, source, target = unmarked("The <s>king of Oz</s> met <t>a witch</t> and <t>a cat</t>.")
    assert text == "The king of Oz met a witch and a cat."
    assert text[slice(*source)] == "king of Oz"
    assert text[slice(*target)] == "a witch"
    assert isinstance(source, Span)


def test_macro_f1_counts_each_class_alike() -> None:
    assert macro_f1([("a", "a")] * 9 + [("b", "a")]) == pytest.approx((18 / 19 + 0) / 2)
