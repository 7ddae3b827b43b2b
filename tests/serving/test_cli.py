"""The command line as a person uses it: reads, lists, shows, explains, refuses with a word of help."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from detente.errors import DetenteError, LookupFailed, UsageError
from detente.serving.cli import display
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


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> int:
    """A terminal of so many columns."""
    monkeypatch.setattr(display, "is_for_people", lambda: True)
    monkeypatch.setenv("COLUMNS", str(request.param))
    monkeypatch.setenv("TERM", "dumb")
    return int(request.param)


LISTINGS = ("events", "claims", "figures", "documents", "search Bolivia")


@pytest.mark.parametrize("window", [80, 120], indirect=True)
@pytest.mark.parametrize("listing", LISTINGS)
def test_a_listing_fits_the_window_and_its_ids_are_taken(kept: Path, window: int, listing: str) -> None:
    lines = _run(*listing.split(), "--db", str(kept)).stdout.splitlines()
    assert max(map(len, lines)) <= window
    short = lines[1].split()[0]
    assert len(short) == 12
    assert _run("show", short, "--db", str(kept), "--json").exception is None
    assert _run("explain", short, "--db", str(kept)).exception is None


@pytest.mark.parametrize("window", [80], indirect=True)
def test_a_long_quote_is_cut_in_a_listing_and_whole_in_show(tmp_path: Path, window: int) -> None:
    long = "that its neighbour " + "had moved the border stones again and again, and " * 12 + "would not stop"
    (tmp_path / "a.txt").write_text(f"Bolivia said {long}.", encoding="utf-8")
    db = ("--db", str(tmp_path / "r.db"))
    _run("read", str(tmp_path / "a.txt"), "-q", *db)
    shown = _run("claims", *db).stdout
    assert " …”" in shown
    assert len(shown.splitlines()) < 9
    assert "would not stop" in _run("show", shown.splitlines()[1].split()[0], *db).stdout


@pytest.mark.parametrize("window", [80], indirect=True)
def test_a_listing_that_is_not_whole_says_so(kept: Path, window: int) -> None:
    shown = _run("claims", "--limit", "1", "--db", str(kept))
    assert "the first 1; more with --limit or --offset 1" in shown.stderr


def test_a_pipe_gets_all_rows_and_a_limit_is_told(kept: Path) -> None:
    one = _run("claims", "--limit", "1", "--db", str(kept))
    assert len(one.stdout.splitlines()) == 1
    assert "more with" in one.stderr
    assert _run("claims", "--db", str(kept)).stderr == ""


@pytest.mark.parametrize("dyad", [("chl", "bol"), ("Chile", "Bolivia"), ("bolivia", "CHL")])
def test_territories_are_named_as_people_name_them(kept: Path, dyad: tuple[str, str]) -> None:
    assert "consul" in _run("events", "--dyad", *dyad, "--db", str(kept)).stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("events", "--dyad", "chlie", "bolivia"), "perhaps Chile (CHL)"),
        (("events", "--offset", "9999"), "fewer than"),
        (("events", "--type", "aid", "--speaker", "PER"), "fits"),
        (("figures", "--type", "sunk"), "measures in this record: detained"),
        (("documents", "--outlet", "Nobody"), "Harbour Gazette"),
        (("documents", "--set-aside"), "every document was read"),
    ],
)
def test_nothing_to_see_comes_with_a_reason(kept: Path, words: tuple[str, ...], told: str) -> None:
    done = _run(*words, "--db", str(kept))
    assert done.stdout == ""
    assert told in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("events",), ("claims",), ("figures",), ("documents",), ("search", "consul"), ("where", "0311"), ("doctor",),
    ],
)  # fmt: skip
def test_every_table_can_be_had_as_json_lines(kept: Path, words: tuple[str, ...]) -> None:
    db = () if words[0] == "where" else ("--db", str(kept))
    lines = _run(*words, "--json", *db).stdout.splitlines()
    assert lines
    assert all(isinstance(json.loads(line), dict) for line in lines)


def test_explain_gives_json_with_what_was_set_aside() -> None:
    told = json.loads(_run("explain", "Chile did not expel the consul; the war on inflation goes on.", "--json").stdout)
    assert told["text"].startswith("Chile did not")
    assert {row["record"] for row in told["records"]} >= {"mention"}
    assert all(mark["reason"] for mark in told["set_aside"])


def test_ids_may_be_cut_short_where_they_are_unique(kept: Path) -> None:
    event, *_ = _run("events", "--db", str(kept)).stdout.split("\t")
    doc = json.loads(_run("show", event[:9], "--db", str(kept), "--json").stdout)["document_id"]
    assert "consul" in _run("events", "--document", doc[:10], "--db", str(kept)).stdout
    assert isinstance(_run("show", "evt-", "--db", str(kept)).exception, LookupFailed)


def test_what_goes_wrong_in_the_program_is_one_line_with_what_to_do(tmp_path: Path) -> None:
    code = "import sys; from detente.serving.cli import main;main.commands.main = lambda **_: 1 / 0; main.main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "DETENTE_DEBUG=1" in done.stderr


def test_whoever_reads_only_the_first_line_gets_it_without_a_word_more(kept: Path) -> None:
    command = f"{sys.executable} -m detente schema | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_set_of_another_format_is_told(tmp_path: Path) -> None:
    place = tmp_path / "rows.jsonl"
    place.write_text('{"a": 1}\n', encoding="utf-8")
    for task in ("relations", "times", "places"):
        failed = _run("score", task, str(place)).exception
        assert isinstance(failed, DetenteError)
        assert "rows.jsonl" in str(failed)


def test_an_old_terminal_gets_what_it_can_show(kept: Path) -> None:
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "detente", "search", "consul", "--db", str(kept)]
    done = subprocess.run(command, capture_output=True, env=env, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


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
