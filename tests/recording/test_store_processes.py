"""Several processes on one record: readers go on while one writes, and a writer that is killed leaves it whole."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from detente.recording.store import Filter, Store
from records import article, long_article

TESTS = Path(__file__).parents[1]
WRITER = f"""
import sys
sys.path.insert(0, {str(TESTS)!r})
from records import long_article
from detente.recording.store import Store
first, last = int(sys.argv[2]), int(sys.argv[3])
with Store.open(sys.argv[1]) as store:
    print("open", flush=True)
    for number in range(first, last):
        store.add(long_article(60, number=number))
"""


def writer(path: Path, first: int, last: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), str(first), str(last)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def wait_for_first_rows(path: Path, process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None and process.stdout.readline() == "open\n"
    with Store.open(path, read_only=True) as store:
        for _ in range(1000):
            if store.counts().documents >= 3:
                return
            time.sleep(0.01)
    raise AssertionError("the writer wrote nothing in ten seconds")


def assert_whole(path: Path) -> int:
    """Every document has all its rows, and SQLite finds no fault; how many documents there are."""
    with Store.open(path, read_only=True) as store:
        documents = list(store.documents())
        for doc in documents:
            number = int(doc.uri.rsplit("/", 1)[1])
            expected = long_article(60, number=number)
            assert len(store.rows_of(doc.document_id)) == len(expected)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return len(documents)


def test_readers_go_on_and_see_whole_documents_while_another_process_writes(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with writer(path, 0, 40) as process:
        wait_for_first_rows(path, process)
        with Store.open(path, read_only=True, busy_seconds=0.0) as store:
            seen = []
            while process.poll() is None:
                documents = [doc.document_id for doc in store.documents(Filter(limit=5))]
                for document_id in documents:
                    assert len(list(store.events(Filter(document_id=document_id)))) == 30
                seen.append(store.counts().documents)
    assert process.returncode == 0
    assert seen == sorted(seen) and len(set(seen)) > 1
    assert assert_whole(path) == 40


@pytest.mark.parametrize("delay", [0.0, 0.013, 0.031])
def test_a_writer_killed_in_the_middle_leaves_the_record_whole(tmp_path: Path, delay: float) -> None:
    path = tmp_path / "record.db"
    with writer(path, 0, 10_000) as process:
        wait_for_first_rows(path, process)
        time.sleep(delay)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    before = assert_whole(path)
    assert before >= 3
    with Store.open(path) as store:
        assert store.add(long_article(60, number=0)) == "same"
        assert store.add(long_article(60, number=20_000)) == "new"
    assert assert_whole(path) == before + 1


def test_a_writer_interrupted_like_ctrl_c_leaves_the_record_whole(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with writer(path, 0, 10_000) as process:
        wait_for_first_rows(path, process)
        process.send_signal(signal.SIGINT)
    assert process.returncode != 0
    assert assert_whole(path) >= 3


def test_ctrl_c_inside_a_transaction_takes_it_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from detente.recording.store import writing

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with Store.open(tmp_path / "record.db") as store:
        with monkeypatch.context() as patch:
            patch.setattr(writing, "_take_address", interrupted)
            with pytest.raises(KeyboardInterrupt):
                store.add(article())
        assert store.counts().documents == store.counts().events == 0
        assert store.add(article()) == "new"


def test_two_processes_may_write_the_same_documents_at_once(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    one, other = writer(path, 0, 25), writer(path, 10, 35)
    for process in (one, other):
        process.communicate(timeout=60)
    assert one.returncode == other.returncode == 0
    assert assert_whole(path) == 35


def test_a_store_opened_by_several_processes_at_once_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    processes = [writer(path, number, number + 1) for number in range(4)]
    for process in processes:
        process.communicate(timeout=60)
    assert [process.returncode for process in processes] == [0] * 4
    assert assert_whole(path) == 4


def test_the_content_of_a_record_does_not_depend_on_hash_seed_or_time_zone(tmp_path: Path) -> None:
    outputs = []
    script = WRITER + "\nfrom detente.recording.store.rows import encoded\n"
    script += "for row in Store.open(sys.argv[1], read_only=True).records(): print(encoded(row))\n"
    for number, (seed, zone) in enumerate((("1", "UTC"), ("2", "Pacific/Auckland"))):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, "-c", script, str(tmp_path / f"{number}.db"), "0", "3"]
        outputs.append(subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout)
    assert outputs[0] == outputs[1] and outputs[0].count("\n") > 180
