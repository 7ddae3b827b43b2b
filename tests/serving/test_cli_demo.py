"""The demo: one story out of the record of the samples, with the place where two accounts part."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from detente.model import ActorRef, Evidence, Figure
from detente.recording.store import Store
from detente.serving.cli.main import commands
from detente.serving.cli.parting import partings
from detente.serving.cli.progress import count

DAYS = {"doc-a": "2024-05-01", "doc-b": "2024-05-09", "doc-old": "2021-05-01"}


def told(value: float, territory: str | None, document_id: str = "doc-a", measure: str = "killed") -> Figure:
    return Figure(
        figure_id=f"fig-{value:g}-{territory}-{document_id}",
        document_id=document_id,
        evidence=Evidence(0, 1, "x"),
        value=value,
        unit="person",
        measure=measure,
        voices=(ActorRef(actor_id=None, name="author"), ActorRef(actor_id=None, name="x", territory=territory)),
        confidence=1.0,
    )


def test_two_numbers_of_two_sides_for_one_thing_part() -> None:
    (parting,) = partings([told(12, "PER"), told(3, "KEN", "doc-b"), told(7, None)], DAYS)
    assert parting.dyad == ("KEN", "PER")
    assert [figure.value for figure in parting.figures] == [12, 3]


@pytest.mark.parametrize(
    "other",
    [
        told(12, "KEN"),
        told(3, "PER"),
        told(3, "KEN", measure="wounded"),
        told(3, "KEN", "doc-old"),
        told(3, None),
    ],
)
def test_what_agrees_or_is_of_something_else_does_not_part(other: Figure) -> None:
    assert partings([told(12, "PER"), other], DAYS) == []


def test_the_parting_told_most_often_comes_first() -> None:
    figures = [told(1, "PER"), told(2, "KEN"), told(5, "FJI", measure="lost"), told(6, "NOR", measure="lost")]
    assert [one.measure for one in partings([*figures, told(6, "NOR", "doc-b", "lost")], DAYS)] == ["lost", "killed"]


@pytest.mark.slow
def test_the_demo_tells_a_story_and_may_be_run_again(tmp_path: Path) -> None:
    db = tmp_path / "demo record.db"
    first = CliRunner().invoke(commands, ["demo", "--db", str(db)], standalone_mode=False)
    assert first.exception is None
    for part in ("what happened, as it was told", "What ", "Where the accounts part", "Try next", str(db)):
        assert part in first.stdout
    assert "set aside" not in first.output
    with Store.open(db, read_only=True) as store:
        counts = store.counts()
        assert counts.documents >= 16
    again = CliRunner().invoke(commands, ["demo", "--db", str(db)], standalone_mode=False)
    assert again.stdout == first.stdout
    with Store.open(db, read_only=True) as store:
        assert store.counts() == counts


def test_the_length_of_a_run_is_known_where_names_show_it(tmp_path: Path) -> None:
    for name in ("a.txt", "b.html", ".hidden.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert count([str(tmp_path)]) == 2
    assert count([str(tmp_path / "a.txt"), str(tmp_path / "b.html")]) == 2
    assert count([str(tmp_path / "rows.csv")]) is None
    assert count(["-"]) is None
    assert count(["a\0b.txt", "n" * 5000]) is None
