"""Whoever has the rows has the number: the CSV reads back, and the script of the page, which shares no code with the
index, comes to the same."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from detente.errors import UsageError
from detente.relating.index import IndexSeries, Weights, levels
from detente.relating.index.audit import recompute, write_rows
from detente.relating.index.simulating import World, simulate

PAGE = Path(__file__).parents[2] / "docs" / "index_method.md"
WORLD = World(days=500, rate=0.2, year=2.0, day=1.5, start=3.0, breaks=((250, -5.0),))


@pytest.fixture(scope="module")
def series() -> IndexSeries:
    return levels(simulate(WORLD, 4).observations, prior=Weights.load().prior)


@pytest.fixture
def table(series: IndexSeries, tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        write_rows(series.observations, stream)
    return path


def test_the_rows_give_the_very_same_index(series: IndexSeries, table: Path) -> None:
    assert recompute(table) == series
    assert recompute(table, "week", since="2017-03").points[0].period == "2017-W09"


def test_rows_taken_out_of_the_file_are_left_out(series: IndexSeries, table: Path) -> None:
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join(lines[:-10]), encoding="utf-8")
    assert recompute(table).observations == series.observations[:-10]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "happening_id,type,start\nhap-1,ACCUSE,soon\n"])
def test_another_table_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "other.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError):
        recompute(tmp_path / "other.csv")


def test_the_script_of_the_page_comes_to_the_same_without_our_code(
    series: IndexSeries, table: Path, tmp_path: Path
) -> None:
    (script,) = re.findall(r"```python\n(import csv.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert "detente" not in script
    shown = {"spreads": series.spreads, "breaks": series.breaks, "points": series.points}
    (tmp_path / "index.json").write_bytes(msgspec.json.encode(shown))
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60
    )
    lines = [line.split() for line in done.stdout.splitlines()]
    assert [line[0] for line in lines] == [point.period for point in series.points]
    assert all(abs(float(line[2])) < 1e-6 for line in lines)
