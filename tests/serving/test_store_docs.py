"""The code on the pages about the store and the exports runs as it stands there."""

from __future__ import annotations

import io
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from detente.recording.store import Store
from detente.recording.store import failures as failures_of_the_store
from records import KENYA, LAOS, NORWAY, PERU, article

DOCS = Path(__file__).parents[2] / "docs"


def block(page: str, language: str) -> str:
    """The first code block of a language on a page."""
    found = re.search(rf"```{language}\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def test_the_python_of_the_store_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    exec(block("store.md", "python"), {"records": article()})
    assert capsys.readouterr().out == "ACCUSE Kenya accused Peru of closing the strait on Monday.\n"


def test_the_sql_of_the_store_page_counts_accusations(tmp_path: Path) -> None:
    with Store.open(tmp_path / "r.db") as store:
        store.add(article(KENYA, PERU))
        store.add(article(KENYA, PERU, more=" Corrected."))
        store.add(article(KENYA, PERU, uri="u/2", more=" Again."))
        store.add(article(LAOS, NORWAY, uri="u/3"))
        store.add(article(LAOS, NORWAY, uri="u/4", event_type="AID", more=" Later."))
    with sqlite3.connect(tmp_path / "r.db") as connection:
        rows = connection.execute(block("store.md", "sql")).fetchall()
    assert rows == [("KEN", "PER", 2), ("LAO", "NOR", 1)]


def test_the_store_page_lists_every_table_and_every_code(tmp_path: Path) -> None:
    page = (DOCS / "store.md").read_text(encoding="utf-8")
    Store.open(tmp_path / "r.db").close()
    with sqlite3.connect(tmp_path / "r.db") as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    tables = {re.sub(r"record_\w+_search.*", "record_…_search", name) for name in names}
    assert [name for name in sorted(tables) if f"`{name}`" not in page] == []
    kinds = [kind for kind in vars(failures_of_the_store).values() if isinstance(kind, type)]
    codes = {kind.code for kind in kinds if hasattr(kind, "code")} - {"D300"}
    assert [code for code in sorted(codes) if f"| {code} |" not in page] == []


def test_the_export_of_the_page_on_exports_keeps_the_contract() -> None:
    names: dict[str, Any] = {}
    exec(block("adding_an_export.md", "python"), names)
    stream = io.BytesIO()
    names["Quotes"]().write(article(), stream)
    assert stream.getvalue() == b"Kenya accused Peru of closing the strait on Monday.\n"
