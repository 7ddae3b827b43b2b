"""The demo: one story out of the record of the samples, with the place where two accounts part."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from detente.recording.store import Store
from detente.serving.cli.main import commands
from detente.serving.cli.progress import count


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
