"""The command line as a person uses it: reads, lists, shows, explains, refuses with a word of help."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from detente.errors import DetenteError, LookupFailed, UsageError
from detente.serving.cli.main import COMMANDS, commands

ROOT = Path(__file__).parents[2]
ARTICLE = """Title: Envoy sent home
Outlet: Harbour Gazette
Published: 2024-03-05

Chile expelled the Bolivian consul on Monday. Bolivia rejected the accusation of spying, and its foreign minister said
that 40 Bolivian workers had been detained in Arica.
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of one article, made by `detente read`."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    db = folder / "record.db"
    done = _run("read", str(folder / "article.txt"), "--db", str(db))
    assert done.exit_code == 0, done.output
    return db


def _run(*words: str, standard_input: str | None = None) -> Result:
    return CliRunner().invoke(commands, list(words), input=standard_input, standalone_mode=False)


def _status(*words: str, cwd: Path = ROOT, standard_input: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "detente", *words]
    return subprocess.run(command, input=standard_input, capture_output=True, cwd=cwd, check=False)


def test_help_names_every_command() -> None:
    shown = _run("--help").output
    assert [name for name in COMMANDS if f"\n  {name} " not in shown] == []


def test_events_are_listed_with_their_words(kept: Path) -> None:
    shown = _run("events", "--db", str(kept)).output
    assert "SANCTION" in shown
    assert "Chile expelled the Bolivian consul" in shown


def test_a_dyad_filter_keeps_only_its_dyad(kept: Path) -> None:
    assert "CHL" in _run("events", "--db", str(kept), "--dyad", "BOL", "CHL").output
    assert "CHL" not in _run("events", "--db", str(kept), "--dyad", "PER", "CHL").output


def test_json_lines_are_whole_records(kept: Path) -> None:
    lines = _run("events", "--db", str(kept), "--json").output.splitlines()
    assert {json.loads(line)["record"] for line in lines} == {"event"}


def test_documents_show_where_their_date_comes_from(kept: Path) -> None:
    assert "2024-03-05\tgiven" in _run("documents", "--db", str(kept)).output


def test_show_prints_a_row_in_its_article(kept: Path) -> None:
    event = _run("events", "--db", str(kept)).output.split("\t")[0]
    shown = _run("show", event, "--db", str(kept)).output
    assert "Envoy sent home" in shown
    assert "rejected the accusation" in shown


def test_search_finds_words_and_says_when_there_are_none(kept: Path) -> None:
    assert "consul" in _run("search", "consul", "--db", str(kept)).output
    assert "nothing found" in _run("search", "zeppelin", "--db", str(kept)).output


def test_explain_shows_marks_reasons_and_what_was_set_aside() -> None:
    shown = _run("explain", "Chile did not expel the Bolivian consul, and the war on inflation goes on.").output
    assert "SANCTION" in shown
    assert "negated" in shown
    assert "Considered and set aside" in shown


def test_explain_takes_the_id_of_a_row(kept: Path) -> None:
    event = _run("events", "--db", str(kept)).output.split("\t")[0]
    assert "Chile expelled the Bolivian consul" in _run("explain", event, "--db", str(kept)).output


def test_where_prints_file_and_line_and_teaches_when_there_is_none() -> None:
    assert "knowledge/ontologies/cameo.csv:" in _run("where", "0311").output
    failed = _run("where", "polarityy")
    assert isinstance(failed.exception, LookupFailed)
    assert "polarity" in str(failed.exception)


def test_schema_prints_json() -> None:
    assert "event_id" in json.dumps(json.loads(_run("schema").output))


def test_doctor_finds_all_parts(tmp_path: Path) -> None:
    done = _run("doctor", "--db", str(tmp_path / "none.db"))
    assert (done.return_value, "failed" in done.output) == (0, False)


def test_backup_copies_and_never_overwrites(kept: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert _run("backup", str(copy), "--db", str(kept)).exit_code == 0
    assert "Chile" in _run("events", "--db", str(copy)).output
    assert isinstance(_run("backup", str(copy), "--db", str(kept)).exception, DetenteError)


@pytest.mark.parametrize(
    ("words", "taught"),
    [
        (("events", "--db", "nowhere.db"), "detente read"),
        (("events", "--since", "soon", "--db", "nowhere.db"), "2024-01-31"),
        (("read", "x.csv", "--column", "text"), "text=body"),
    ],
)
def test_wrong_use_is_told_with_what_to_do(words: tuple[str, ...], taught: str) -> None:
    failed = _run(*words).exception
    assert isinstance(failed, UsageError)
    assert taught in str(failed)


def test_a_misspelt_command_is_answered_with_the_near_one() -> None:
    done = _status("evnts")
    assert done.returncode == 2
    assert b"Did you mean events" in done.stderr


def test_exit_status_says_whether_all_was_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    mixed = _status("read", "good.txt", "empty.txt", "--db", "r.db", cwd=tmp_path)
    assert mixed.returncode == 3
    assert b"empty.txt" in mixed.stderr
    assert b"Chile" in _status("events", "--db", "r.db", cwd=tmp_path).stdout
    assert b"empty.txt" in _status("documents", "--set-aside", "--db", "r.db", cwd=tmp_path).stdout
    assert _status("read", "good.txt", "--db", "r.db", cwd=tmp_path).returncode == 0


def test_standard_input_goes_in_and_json_lines_come_out(tmp_path: Path) -> None:
    done = _status("read", "-", "--no-store", "-q", "-o", "-", cwd=tmp_path, standard_input=ARTICLE.encode())
    kinds = [json.loads(line)["record"] for line in done.stdout.splitlines()]
    assert kinds[0] == "document"
    assert "event" in kinds
    assert list(tmp_path.iterdir()) == []


def test_a_record_that_cannot_be_written_fails_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    done = _status("read", "a.txt", "--db", "missing/folder/r.db", cwd=tmp_path)
    assert done.returncode == 1
    assert b"D3" in done.stderr
