"""What stops a run: a full disk, a place that may not be written, Ctrl-C, a killed process. Always one word of what
happened and what to do, no process left behind, and everything recorded before is kept."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from detente.errors import DetenteError, EvidenceError, ExportFailed
from detente.reading.sources.raw import RawDocument
from detente.recording.store import Store, opening
from detente.recording.store.failures import StoreFull, StoreReadOnly
from detente.serving.intake import lost
from running_detente import ARTICLE, articles, detente, in_process


def test_a_full_disk_keeps_what_was_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite is told that its file may not grow further, and then fails as on a full disk."""
    db = tmp_path / "r.db"
    first, *others = articles(tmp_path, 12)
    assert in_process("read", first, "--db", str(db), "-q").return_value == 0
    with closing(sqlite3.connect(db)) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    real = opening.connect

    def small(path: Path, **given: Any) -> sqlite3.Connection:
        connection = real(path, **given)
        connection.execute(f"PRAGMA max_page_count = {pages + 30}")
        return connection

    monkeypatch.setattr(opening, "connect", small)
    done = in_process("read", *others, "--db", str(db))
    assert isinstance(done.exception, StoreFull)
    assert "free some space" in str(done.exception)
    monkeypatch.setattr(opening, "connect", real)
    with Store.open(db, read_only=True) as store:
        kept = store.counts().documents
        assert 1 <= kept < 12
        assert store.events()
    assert in_process("read", *others, "--db", str(db), "-q").return_value == 0
    with Store.open(db, read_only=True) as store:
        assert store.counts().documents == 12


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here to stand for a full disk")
def test_output_to_a_full_disk_fails_with_a_word_and_the_record_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    done = detente("read", "a.txt", "--db", "r.db", "-o", "/dev/full", cwd=tmp_path)
    assert done.returncode == 1
    assert "[D600]" in done.stderr
    assert "Traceback" not in done.stderr
    assert not Path("/dev/full").is_file(), "a device is written to, never replaced"
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "detente", "events", "--json", "--db", "r.db"]
        printed = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=tmp_path, check=False)
    assert printed.returncode == 1
    assert b"disk is full" in printed.stderr
    assert b"Traceback" not in printed.stderr


def test_a_place_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system says so; whoever runs the tests may be allowed to write everywhere."""
    monkeypatch.setattr("os.access", lambda place, mode, **given: not (mode & os.W_OK))
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    done = in_process("read", str(tmp_path / "a.txt"), "--db", str(tmp_path / "r.db"))
    assert isinstance(done.exception, StoreReadOnly)
    assert "--db" in str(done.exception)
    done = in_process("read", str(tmp_path / "a.txt"), "--db", str(tmp_path / "r.db"), "-o", str(tmp_path / "o.jsonl"))
    assert isinstance(done.exception, ExportFailed)


@pytest.mark.parametrize("name", ["folder", "notes.db", "other.db"])
def test_a_record_that_is_none_is_left_as_it_is(tmp_path: Path, name: str) -> None:
    place = tmp_path / name
    if name == "folder":
        place.mkdir()
    elif name == "notes.db":
        place.write_text("these are my notes, and no record\n" * 50)
    else:
        with closing(sqlite3.connect(place)) as connection:
            connection.execute("CREATE TABLE mine (a)")
    before = None if place.is_dir() else place.read_bytes()
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    for words in (("read", str(tmp_path / "a.txt")), ("events",)):
        done = in_process(*words, "--db", str(place))
        assert isinstance(done.exception, DetenteError)
        assert done.exception.code == "D302"
    assert before is None or place.read_bytes() == before


def start(*words: str, cwd: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "detente", *words]
    return subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def wait_for_documents(process: subprocess.Popen[str], db: Path, count: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if db.exists():
            with closing(sqlite3.connect(db)) as connection, suppress(sqlite3.Error):
                if connection.execute("SELECT count(*) FROM record_document").fetchone()[0] >= count:
                    return
        time.sleep(0.05)
    process.kill()
    raise AssertionError(f"too little was read: {process.communicate()}")


def alive_in_session(session: int) -> list[int]:
    """Processes of a session that are not done."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(folder.name))
    return found


def assert_all_end(session: int) -> None:
    """Python's own tracker of resources ends a moment after the process it served."""
    deadline = time.monotonic() + 5
    while alive_in_session(session) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert alive_in_session(session) == []


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")


@pytest.mark.slow
@needs_proc
@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_stopped_in_the_middle(tmp_path: Path, workers: str, told: signal.Signals) -> None:
    """As a terminal does it: the signal goes to all processes of the run."""
    names = articles(tmp_path, 80)
    process = start("read", *names, "--db", "r.db", "--workers", workers, cwd=tmp_path)
    wait_for_documents(process, tmp_path / "r.db", 2)
    if told is signal.SIGINT:
        os.killpg(process.pid, told)
    else:
        os.kill(process.pid, told)
    _, words = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "Traceback" not in words
    assert "stopped. Everything already recorded is kept." in words
    assert_all_end(process.pid)
    with Store.open(tmp_path / "r.db", read_only=True) as store:
        assert 2 <= store.counts().documents < 80


def worker_pids(session: int) -> list[int]:
    found = []
    for pid in alive_in_session(session):
        with suppress(OSError):
            if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                found.append(pid)
    return found


@needs_proc
def test_stopped_while_its_processes_start(tmp_path: Path) -> None:
    process = start("read", *articles(tmp_path, 20), "--db", "r.db", "--workers", "2", cwd=tmp_path)
    deadline = time.monotonic() + 60
    while len(worker_pids(process.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    before = time.monotonic()
    _, words = process.communicate(timeout=30)
    assert time.monotonic() - before < 5
    assert "Traceback" not in words
    assert process.returncode == 1
    assert_all_end(process.pid)


@pytest.mark.slow
@needs_proc
def test_a_reading_process_that_is_killed_costs_nothing(tmp_path: Path) -> None:
    names = articles(tmp_path, 16)
    process = start("read", *names, "--db", "r.db", "--workers", "2", cwd=tmp_path)
    wait_for_documents(process, tmp_path / "r.db", 2)
    os.kill(worker_pids(process.pid)[0], signal.SIGKILL)
    _, words = process.communicate(timeout=120)
    assert process.returncode == 0, words
    assert "16 articles: 16 new" in words


def test_stopped_without_a_store_writes_what_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from detente.serving.cli import reading

    real = reading.take_in

    def stopped(*given: Any) -> Iterator[Any]:
        taken = real(*given)
        yield next(taken)
        raise KeyboardInterrupt

    monkeypatch.setattr(reading, "take_in", stopped)
    out = tmp_path / "out.jsonl"
    done = in_process("read", *articles(tmp_path, 2), "--no-store", "-o", str(out))
    assert done.return_value == 1
    assert f"What was read until then is in {out}" in done.stderr
    assert sum(json.loads(line)["record"] == "document" for line in out.read_text().splitlines()) == 1


def test_two_runs_into_one_record_at_once(tmp_path: Path) -> None:
    names = articles(tmp_path, 8)
    runs = [start("read", *part, "--db", "r.db", cwd=tmp_path) for part in (names[:5], names[3:])]
    for process in runs:
        _, words = process.communicate(timeout=120)
        assert process.returncode == 0, words
    with Store.open(tmp_path / "r.db", read_only=True) as store:
        assert store.counts().documents == 8


def test_a_bug_over_one_article_costs_only_that_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from detente.recording.reader import Reader

    real = Reader.read

    def stumbles(self: Reader, raw: Any) -> Any:
        if "01.txt" in raw.uri:
            raise RuntimeError("out of order")
        return real(self, raw)

    monkeypatch.setattr(Reader, "read", stumbles)
    done = in_process("read", *articles(tmp_path, 3), "--db", str(tmp_path / "r.db"))
    assert done.return_value == 3
    assert "[D290]" in done.stderr
    assert "out of order" in done.stderr
    assert "2 new, 1 set aside" in done.stderr


def test_a_row_the_store_refuses_costs_only_its_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Store.add

    def refuses(self: Store, records: Any) -> Any:
        if "01.txt" in records[0].uri:
            raise EvidenceError("the words are not there", value=records[0].uri)
        return real(self, records)

    monkeypatch.setattr(Store, "add", refuses)
    done = in_process("read", *articles(tmp_path, 3), "--db", str(tmp_path / "r.db"))
    assert done.return_value == 3
    assert "2 new, 1 set aside" in done.stderr


def test_an_article_that_kills_its_process_is_set_aside_with_a_reason() -> None:
    uri, error = lost(RawDocument(uri="long.txt", text="word " * 100))
    assert uri == "long.txt"
    assert error.code == "D291"
    assert "long.txt" in str(error)
    assert "--workers 1" in str(error)
