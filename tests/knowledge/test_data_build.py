"""The builds as one: what runs, what a missing source and a failing build leave behind, and that nothing has moved."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared/data"


def module(name: str) -> ModuleType:
    sys.path.insert(0, str(ROOT / "data_build"))
    try:
        return import_module(name)
    finally:
        sys.path.pop(0)


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle))


def test_every_builder_is_there_and_makes_files_that_are_there() -> None:
    for build in module("build").builds(Path("data"), [Path("one"), Path("two"), Path("three")]):
        assert (ROOT / f"data_build/{build.module}.py").exists()
        assert all(path.exists() for path in build.makes), build


def test_places_are_built_only_where_their_packages_are_given() -> None:
    names = [build.module for build in module("build").builds(Path("data"), [])]
    assert "places" not in names
    assert names.index("ontologies") < names.index("ontology_page")


def test_a_missing_source_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    build = module("build")
    made = tmp_path / "made.csv"
    made.write_text("kept\n", encoding="utf-8")
    outcome = build.run(build.Build("territories", (tmp_path / "absent.jsonl",), (made,)))
    assert outcome == f"left as it is: no {tmp_path / 'absent.jsonl'}"
    assert made.read_text(encoding="utf-8") == "kept\n"


@pytest.mark.parametrize(
    ("body", "outcome", "left"),
    [
        ("made.write_text('new\\n')", "changed: data_build/made.csv (1 lines before, 1 now)", "new\n"),
        ("made.write_text('kept\\n')", "unchanged", "kept\n"),
        ("made.write_text('half'); raise ValueError('row 3')", "failed: ValueError: row 3", "kept\n"),
    ],
)
def test_a_build_says_what_it_did_and_a_failed_one_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, outcome: str, left: str
) -> None:
    build = module("build")
    folder = tmp_path / "data_build"
    folder.mkdir()
    made = folder / "made.csv"
    made.write_text("kept\n", encoding="utf-8")
    (folder / "maker.py").write_text(
        f"from pathlib import Path\nmade = Path({str(made)!r})\n{body}\n", encoding="utf-8"
    )
    monkeypatch.setattr(build, "HERE", folder)
    assert build.run(build.Build("maker", (), (made,))) == outcome
    assert made.read_text(encoding="utf-8") == left


def test_wrong_use_prints_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert module("build").main([]) == 2
    assert "PATH_TO_DATA" in capsys.readouterr().out


def test_territories_are_as_built() -> None:
    source = DATA / "actors/country_names_factbook.jsonl"
    if not source.exists():
        pytest.skip("the factbook's names are not beside this checkout")
    territories = module("territories")
    assert table(territories.OUT) == [list(territories.COLUMNS), *territories.build(source)]


def test_officials_are_as_built() -> None:
    source = DATA / "actors/officials_factbook_2014_2026.jsonl"
    if not source.exists():
        pytest.skip("the factbook's officials are not beside this checkout")
    officials = module("officials")
    assert table(officials.OUT) == [list(officials.COLUMNS), *officials.build(source, Counter())]
