"""Opening: what is no record, what is too new or too old, and what others may do meanwhile."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from detente.errors import StoreError
from detente.recording.store import Store, opening
from detente.recording.store.failures import (
    NotARecord,
    StoreCorrupt,
    StoreExists,
    StoreFull,
    StoreLocked,
    StoreMissing,
    StoreReadOnly,
    StoreTooNew,
    StoreTooOld,
    explain,
)
from records import article, long_article


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.db"


def kept(path: Path) -> Path:
    with Store.open(path) as store:
        store.add(article())
    return path


def test_a_new_record_is_an_sqlite_file_in_wal_mode_with_its_migrations_listed(path: Path) -> None:
    kept(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA application_id").fetchone() == (opening.APPLICATION_ID,)
        rows = connection.execute("SELECT number, name FROM record_migration ORDER BY number").fetchall()
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert rows == [(migration.number, migration.name) for migration in opening.migrations()]
    assert all(table.startswith(("record_", "read_", "relate_")) for table in tables), tables


def test_migrations_are_numbered_without_gaps_and_end_their_statements() -> None:
    numbers = [migration.number for migration in opening.migrations()]
    assert numbers == list(range(1, len(numbers) + 1))
    for migration in opening.migrations():
        assert list(opening.statements(migration.script))
    with pytest.raises(ValueError, match="middle of a statement"):
        list(opening.statements("CREATE TABLE x (y);\nCREATE TABLE z ("))


def test_a_folder_is_not_a_record(tmp_path: Path) -> None:
    with pytest.raises(NotARecord, match="folder"):
        Store.open(tmp_path)


def test_a_text_file_is_not_a_record_and_stays_as_it_is(path: Path) -> None:
    path.write_text("An article, not a database. " * 100)
    with pytest.raises(NotARecord, match="not a record"):
        Store.open(path)
    assert path.read_text() == "An article, not a database. " * 100


def test_somebody_elses_database_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipe (name)")
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(NotARecord, match="not a record"):
            Store.open(path, read_only=read_only)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_record(path: Path) -> None:
    path.touch()
    kept(path)


def test_no_record_where_none_may_be_made(path: Path) -> None:
    with pytest.raises(StoreMissing, match="detente read"):
        Store.open(path, read_only=True)
    with pytest.raises(StoreMissing):
        Store.open(path, create=False)
    with pytest.raises(StoreMissing, match="folder"):
        Store.open(path.parent / "nowhere" / "record.db")
    assert not path.exists()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_record_of_a_later_program_says_so(path: Path, read_only: bool) -> None:
    kept(path)
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO record_migration VALUES (9999, 'from_the_future', '')")
    with pytest.raises(StoreTooNew, match="later version of Détente") as refused:
        Store.open(path, read_only=read_only)
    assert "upgrade" in str(refused.value)


def test_an_older_record_is_brought_up_to_date_by_writing_and_not_by_reading(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(path)
    next_one = opening.Migration(
        len(opening.migrations()) + 1, "note", "-- why\nCREATE TABLE record_note (\n  words TEXT\n);\n"
    )
    known = (*opening.migrations(), next_one)
    monkeypatch.setattr(opening, "migrations", lambda: known)
    with pytest.raises(StoreTooOld, match="earlier version"):
        Store.open(path, read_only=True)
    with Store.open(path) as store:
        assert store.counts().events == 1
    with Store.open(path, read_only=True), sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM record_note").fetchone() == (0,)


def test_a_migration_that_fails_leaves_the_record_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(path)
    broken = opening.Migration(
        len(opening.migrations()) + 1,
        "broken",
        "CREATE TABLE record_note (words TEXT);\nCREATE TABLE record_event (x);\n",
    )
    known = (*opening.migrations(), broken)
    with monkeypatch.context() as patch:
        patch.setattr(opening, "migrations", lambda: known)
        with pytest.raises(StoreError):
            Store.open(path)
    with Store.open(path) as store:
        assert store.counts().events == 1


def test_a_damaged_record_says_what_to_do(path: Path) -> None:
    with Store.open(path) as store:
        for number in range(5):
            store.add(long_article(60, number=number))
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(StoreCorrupt, match="recover"), Store.open(path, read_only=True) as store:
        list(store.records())


def test_a_locked_record_says_who_waits_for_whom(path: Path) -> None:
    kept(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with Store.open(path, busy_seconds=0.05) as store:
            assert store.counts().events == 1
            with pytest.raises(StoreLocked, match="another program"):
                store.add(article(more=" Two."))
            other.execute("ROLLBACK")
            assert store.add(article(more=" Two.")) == "superseded"
    finally:
        other.close()


def test_a_full_disk_keeps_what_was_written(path: Path) -> None:
    with Store.open(path) as store:
        store.add(article())
        pages = store._writable().execute("PRAGMA page_count").fetchone()[0]
        store._writable().execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StoreFull, match="disk is full"):
            store.add(long_article(200))
        assert store.counts().documents == 1
    with Store.open(path) as store:
        assert store.add(long_article(200)) == "new"


def test_a_file_that_may_not_be_written_says_so(path: Path) -> None:
    kept(path)
    with Store.open(path) as store:
        store._writable().execute("PRAGMA query_only = ON")
        with pytest.raises(StoreReadOnly, match="may not be written"):
            store.add(article(more=" Two."))


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_read_only_folder_can_be_read_and_not_written(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    kept(folder / "record.db")
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with Store.open(folder / "record.db", read_only=True) as store:
            assert store.counts().events == 1
        with pytest.raises(StoreReadOnly):
            Store.open(folder / "new.db")
    finally:
        folder.chmod(stat.S_IRWXU)


def test_a_record_in_a_folder_nobody_can_write_is_opened_as_it_stands(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(path)
    monkeypatch.setattr(opening.os, "access", lambda *_: False)
    with Store.open(path, read_only=True) as store:
        assert store.counts().events == 1
    assert sorted(file.name for file in path.parent.iterdir()) == ["record.db"]
    with pytest.raises(StoreReadOnly, match="may not be written here"):
        Store.open(path)
    with pytest.raises(StoreReadOnly, match="may not be written here"):
        Store.open(path.parent / "new.db")


def test_every_sqlite_failure_is_told_with_what_to_do(path: Path) -> None:
    for code in (5, 8, 10, 11, 13, 14, 26, 1):
        error = sqlite3.OperationalError("x")
        error.sqlite_errorcode = code
        told = explain(error, path, "writing")
        assert told.todo and told.value == str(path), code


def test_odd_characters_in_a_path_are_no_trouble(tmp_path: Path) -> None:
    odd = tmp_path / "what? 100% #1 é"
    odd.mkdir()
    kept(odd / "a b.db")
    assert (odd / "a b.db").exists()


def test_a_backup_holds_the_record_and_overwrites_nothing(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as store:
        store.add(article())
        store.backup(tmp_path / "copy.db")
        store.add(article(uri="u2", more=" Two."))
        with pytest.raises(StoreExists, match="overwrites nothing"):
            store.backup(tmp_path / "copy.db")
        with pytest.raises(StoreExists):
            store.backup(path)
        with pytest.raises(StoreMissing):
            store.backup(tmp_path / "nowhere" / "copy.db")
    with Store.open(tmp_path / "copy.db", read_only=True) as copy:
        assert sorted(map(repr, copy.records())) == sorted(map(repr, article()))


def test_closing_twice_and_leaving_a_query_unread_are_fine(path: Path) -> None:
    store = Store.open(kept(path))
    next(store.events())
    store.close()
    store.close()
