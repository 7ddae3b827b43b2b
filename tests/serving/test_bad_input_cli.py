"""What bad input gets on the command line: one clear message each, the others go on, nothing recorded is lost.

The inputs that are set aside are given in one run, beside two good articles. What stops a run (wrong use, a full disk,
Ctrl-C, a killed process) has runs of its own. How each cause is found is tested in `tests/reading/sources`.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

import specimens
from detente.errors import UsageError
from detente.recording.store import Store
from running_detente import ARTICLE, detente, in_process


def wrong_encoding() -> bytes:
    stray = b"".join(bytes([0x81 + (7 * i) % 0x70]) + b"x" for i in range(4000))
    return b"The talks " + "Зал заседаний".encode() * 3 + stray


def stub() -> bytes:
    return specimens.page(specimens.PARAGRAPHS[:2], foot="<div><p>Subscribe to continue reading.</p></div>")


BAD: dict[str, tuple[str, Callable[[], bytes] | None]] = {
    # name: code, bytes
    "nowhere.txt": ("D201", None),
    "empty.txt": ("D203", lambda: b""),
    "binary.txt": ("D204", lambda: bytes(range(256)) * 20),
    "mixed.txt": ("D205", wrong_encoding),
    "nul.txt": ("D204", lambda: b"\0" * 5000 + ARTICLE.encode()),
    "huge.txt": ("D206", lambda: b"Norway said no. " * 3_200_000),
    "list.html": ("D210", lambda: b"<html><body><nav><a href='/a'>One</a><a href='/b'>Two</a></nav></body></html>"),
    "stub.html": ("D211", stub),
    "broken.pdf": ("D212", lambda: b"%PDF-1.7\nand no more"),
    "locked.pdf": ("D213", lambda: specimens.locked_pdf("secret")),
    "bomb.zip": ("D215", lambda: specimens.archive({"a.txt": b"a " * 101_000_000})),
    "broken.zip": ("D216", lambda: specimens.archive()[:-30]),
    "rows.csv": ("D217", lambda: b"headline,body\nA,Norway said no.\n"),
    "half.jsonl": ("D218", lambda: b'{"text": "Norway said no to Chad."}\n{"text": "Chad sa\n'),
    "feed.rss": ("D219", specimens.page),
    "spanish.txt": (
        "D225",
        lambda: ("El gobierno de Chile expulsó al cónsul de Bolivia el lunes por la mañana. " * 9).encode(),
    ),
    "mail.eml": ("D229", lambda: b"There was no message here, only words.\n"),
}
READ_ALL_THE_SAME = {
    "some_nul.txt": lambda: ARTICLE.replace("consul", "con\0sul").replace("home", "away").encode(),
    "no_date.jsonl": lambda: b'{"text": "Peru recalled its envoy from Fiji.", "published": "someday"}\n',
    "one_line.txt": lambda: b"Kenya rejected the claim of Peru. " * 400,
    "latin.txt": lambda: "Norway’s café owners told Peru’s consul “no” on Monday.".encode("cp1252"),
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.CompletedProcess[str], Path]]:
    """One run over all that is bad, between two good articles, with the first of these given twice."""
    folder = tmp_path_factory.mktemp("bad")
    for name, make in [*((name, make) for name, (_, make) in BAD.items()), *READ_ALL_THE_SAME.items()]:
        if make is not None:
            (folder / name).write_bytes(make())
    (folder / "bare").mkdir()
    (folder / "first.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "last.txt").write_text(ARTICLE.replace("Chile", "Peru"), encoding="utf-8")
    url = "http://127.0.0.1:9/private"
    inputs = ["first.txt", "first.txt", *BAD, "bare", url, *READ_ALL_THE_SAME, "last.txt"]
    done = detente("read", *inputs, "--db", "r.db", cwd=folder)
    (folder / "huge.txt").unlink()
    yield done, folder


Run = tuple[subprocess.CompletedProcess[str], Path]


def test_a_run_with_bad_inputs_ends_with_status_3_and_a_count(run: Run) -> None:
    done, _ = run
    assert done.returncode == 3
    assert f"{len(BAD) + 2} set aside" in done.stderr
    assert "1 already there, unchanged" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("name", "code"), [(name, code) for name, (code, _) in BAD.items()] + [("bare", "D202")])
def test_each_bad_input_gets_one_message_that_names_it(run: Run, name: str, code: str) -> None:
    lines = [line for line in run[0].stderr.splitlines() if name in line]
    assert len(lines) == 1, lines
    assert lines[0].startswith(f"set aside: [{code}]")
    assert "expected" in lines[0]
    assert lines[0].count("; ") >= 2, "what to do comes last"


def test_a_private_address_is_refused(run: Run) -> None:
    (line,) = [line for line in run[0].stderr.splitlines() if "127.0.0.1" in line]
    assert "[D221]" in line


def test_a_date_in_a_row_that_is_none_is_a_doubt_and_the_article_is_read(run: Run) -> None:
    done, folder = run
    (line,) = [line for line in done.stderr.splitlines() if "no_date.jsonl" in line]
    assert line.startswith("read with a doubt: [D224]")
    assert "someday" in line
    assert "Fiji" in detente("search", "envoy", "--db", "r.db", cwd=folder).stdout


def test_what_is_good_beside_the_bad_is_kept(run: Run) -> None:
    _, folder = run
    listed = detente("documents", "--db", "r.db", cwd=folder).stdout
    for name in ("first.txt", "last.txt", "half.jsonl#line=1", *READ_ALL_THE_SAME):
        assert name in listed
    assert len(listed.splitlines()) == 3 + len(READ_ALL_THE_SAME)


def test_what_was_set_aside_can_be_listed_with_its_reason(run: Run) -> None:
    _, folder = run
    listed = detente("documents", "--set-aside", "--db", "r.db", cwd=folder).stdout.splitlines()
    assert len(listed) == len(BAD) + 2
    rows = detente("documents", "--set-aside", "--json", "--db", "r.db", cwd=folder).stdout.splitlines()
    assert {json.loads(row)["code"] for row in rows} >= {code for code, _ in BAD.values()}


class Redirecting(BaseHTTPRequestHandler):
    """Sends everybody on into a private network."""

    def do_GET(self) -> None:
        self.send_response(302)
        self.send_header("Location", "http://10.0.0.8/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def redirecting() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Redirecting)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/news"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_redirect_to_a_private_address(redirecting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server of the test stands in for one on the public network."""
    from detente.reading.sources.addresses import is_public
    from detente.reading.sources.fetching import Fetcher

    real = Fetcher.__init__

    def stands_in(self: Fetcher, options: Any, **given: Any) -> None:
        here = ip_address("127.0.0.1")
        real(self, options, **{**given, "may_call": lambda address: address == here or is_public(address)})

    monkeypatch.setattr(Fetcher, "__init__", stands_in)
    done = in_process("read", redirecting, "--db", str(tmp_path / "r.db"))
    assert done.return_value == 3
    assert "[D221]" in done.stderr
    assert redirecting in done.stderr
    assert "10.0.0.8" in done.stderr


@pytest.mark.parametrize(
    ("words", "taught"),
    [
        (("--published", "the day before"), "2024-07-01"),
        (("--published", "3/4/2024"), "two days"),
        (("--outlet-territory", "Atlantis"), "alpha-3"),
        (("-o", "missing/out.jsonl"), "missing"),
        (("-o", "."), "out.jsonl"),
        (("--column", "body=text"), "text=body"),
    ],
)
def test_wrong_use_stops_before_anything_is_read(tmp_path: Path, words: tuple[str, ...], taught: str) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    done = detente("read", "a.txt", "--db", "r.db", *words, cwd=tmp_path)
    assert done.returncode == 2
    assert taught in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "r.db").exists()


def test_an_outlet_territory_may_be_a_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    db = tmp_path / "r.db"
    assert (
        in_process("read", str(tmp_path / "a.txt"), "--db", str(db), "--outlet-territory", "bolivia").return_value == 0
    )
    with Store.open(db, read_only=True) as store:
        assert [doc.outlet_territory for doc in store.documents()] == ["BOL"]


def test_wrong_use_in_the_other_commands_is_told(run: Run) -> None:
    db = ("--db", str(run[1] / "r.db"))
    for words, taught in (
        (("events", "--type", "ACUSE"), "ACCUSE"),
        (("claims", "--type", "denies"), "deny"),
        (("events", "--since", "2024-02-31"), "2024-01-31"),
        (("show", "evt-ffffffffffff"), "detente events"),
        (("explain", "evt-ffffffffffff"), "detente events"),
        (("export", "--format", "csv"), "--kind event"),
    ):
        failed = in_process(*words, *db).exception
        assert isinstance(failed, UsageError), words
        assert taught in str(failed)
