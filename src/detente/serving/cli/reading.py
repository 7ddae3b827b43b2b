"""`detente read`: articles into the record, with a bar while it works and a summary at the end."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory

import click

from detente.errors import DetenteError, ExportFailed, UsageError
from detente.reading.sources import open_inputs
from detente.reading.sources.arrival import check_overrides
from detente.reading.sources.raw import SourceOptions
from detente.recording.store import Store
from detente.relating.refresh import Refreshed
from detente.serving.cli import display
from detente.serving.cli.options import database
from detente.serving.cli.progress import bar, spinner
from detente.serving.cli.writing import write
from detente.serving.intake import Taken, take_in
from detente.settings import Settings, default_database

EPILOG = """\b
Examples:
  detente read article.txt --published 2024-07-01
  detente read articles/ --outlet "The Daily" --workers 2
  detente read https://example.org/news/1 feed.xml archive.warc.gz
  detente read rows.csv --column text=body --column published=day
  cat article.txt | detente read - --no-store -o -

Exit status: 0 all was read; 3 some documents were set aside, each with its reason (see `detente documents
--set-aside`); 2 wrong use, nothing was read; 1 failed or stopped, and what was recorded until then is kept.
"""


@click.command(epilog=EPILOG)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@database
@click.option("-o", "--output", metavar="FILE", help="Also write the records as JSON Lines; - for standard output.")
@click.option("--no-store", is_flag=True, help="Keep nothing; only write the records (with -o) and the summary.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Reading processes.")
@click.option("--published", metavar="DATE", help="Date of publication of these articles, over what they state.")
@click.option("--outlet", help="Who published them, over what they state.")
@click.option("--outlet-territory", metavar="CODE", help="Where the outlet sits: ISO alpha-3 code or name.")
@click.option("--column", "columns", multiple=True, metavar="FIELD=NAME", help="For CSV and JSONL: which column is it.")
@click.option("-q", "--quiet", is_flag=True, help="No bar and no summary.")
def read(
    inputs: tuple[str, ...],
    db: Path,
    output: str | None,
    no_store: bool,
    workers: int,
    published: str | None,
    outlet: str | None,
    outlet_territory: str | None,
    columns: tuple[str, ...],
    quiet: bool,
) -> int:
    """Read articles into the record.

    INPUT is a file (text, HTML, PDF, DOCX, e-mail, JSONL, CSV, WARC, feed), a folder, a pattern, a URL, or - for
    standard input. The same article twice changes nothing; a corrected one supersedes and keeps the old.
    """
    settings = Settings(
        database=db, workers=workers, published=published, outlet=outlet, outlet_territory=outlet_territory
    )
    _check_overrides(settings)
    _check_output(output)
    options = SourceOptions.from_settings(settings, columns=_pairs(columns))
    found = open_inputs(list(inputs), options)
    tally = Tally()
    with _stopping_politely(), _record(db, no_store=no_store) as store:
        ended_by = _take_in(inputs, take_in(found, store, settings), tally, quiet=quiet)
        if ended_by is None and not no_store:
            tally.found = _hold_together(store, quiet=quiet)
        if output is not None and not isinstance(ended_by, DetenteError):
            _write(store, tally.document_ids, output)
        if not quiet:
            tally.tell(None if no_store else db, to_error=output == "-" or not display.is_for_people())
    if isinstance(ended_by, DetenteError):
        raise ended_by
    if ended_by is not None:
        display.note(f"detente: stopped. {_left(no_store, output)}")
        return 1
    return 3 if tally.outcomes["set_aside"] else 0


def _take_in(
    inputs: Sequence[str], taken: Generator[Taken, None, None], tally: Tally, *, quiet: bool
) -> DetenteError | KeyboardInterrupt | None:
    """Go through the articles, tell what is to be told of each, and return what ended the run before its end."""
    try:
        with closing(taken), bar(inputs, quiet=quiet) as progress:
            for one in taken:
                tally.add(one)
                for doubt in one.warnings:
                    progress.tell(f"read with a doubt: {doubt}")
                if one.error is not None:
                    progress.tell(f"set aside: {one.error}")
                progress.step(one.uri)
    except (DetenteError, KeyboardInterrupt) as error:
        return error
    return None


def _hold_together(store: Store, *, quiet: bool) -> Refreshed:
    """Hold what was read against the rest of the record: happenings, disputes, what the index reads."""
    from detente.knowledge import Knowledge
    from detente.relating.refresh import bring_up_to_date

    with spinner("holding the articles against each other", quiet=quiet):
        return bring_up_to_date(store, Knowledge())


@contextmanager
def _record(db: Path, *, no_store: bool) -> Iterator[Store]:
    """The record to write into; one for this run alone where nothing is to be kept."""
    with ExitStack() as stack:
        if no_store:
            db = Path(stack.enter_context(TemporaryDirectory(prefix="detente-"))) / "once.db"
        yield stack.enter_context(Store.open(db))


def _check_overrides(settings: Settings) -> None:
    from detente.knowledge import Knowledge

    check_overrides(settings, Knowledge().territories if settings.outlet_territory is not None else None)


def _check_output(output: str | None) -> None:
    """Refuse now what could not be written at the end."""
    if output is None or output == "-":
        return
    path = Path(output)
    if path.is_dir():
        raise UsageError(
            "-o names a folder", value=output, expected="a file", todo=f"name one: -o {path / 'out.jsonl'}"
        )
    if not path.parent.is_dir():
        raise UsageError(
            "the folder of -o does not exist", value=str(path.parent), expected="a folder that is there", todo="make it"
        )
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise ExportFailed("-o may not be written there", value=output, todo="name a place that you may write to")


def _pairs(columns: Iterable[str]) -> dict[str, str]:
    pairs = dict(column.partition("=")[::2] for column in columns)
    if bad := [name for name, column in pairs.items() if not column]:
        raise UsageError("--column is not a pair", value=bad[0], expected="FIELD=NAME", todo="write --column text=body")
    return pairs


@contextmanager
def _stopping_politely() -> Iterator[None]:
    """Being told to end (SIGTERM) is answered as Ctrl-C is: what is open is closed, what was read is kept."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _left(no_store: bool, output: str | None) -> str:
    if not no_store:
        return "Everything already recorded is kept."
    if output is None:
        return "Nothing is kept, as --no-store asks."
    return "What was read until then " + ("was written." if output == "-" else f"is in {output}.")


def _write(store: Store, document_ids: set[str], output: str) -> None:
    from detente import registry

    write(registry.find("exports", "jsonl")(as_given=True), store.records(sorted(document_ids)), output)


class Tally:
    """What a run has come to: outcomes, rows by kind, the documents read, and what the record holds across them."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.rows: Counter[str] = Counter()
        self.document_ids: set[str] = set()
        self.found: Refreshed | None = None

    def add(self, one: Taken) -> None:
        self.outcomes[one.outcome] += 1
        self.rows.update(one.rows)
        if one.document is not None:
            self.document_ids.add(one.document.document_id)

    def tell(self, db: Path | None, *, to_error: bool) -> None:
        """The summary, for a person. Articles that were there already are counted, their rows are told once."""
        total = self.outcomes.total()
        lines = [f"{total} article{'s' * (total != 1)}: {_listed(self.outcomes, _OUTCOMES)}"]
        if any(self.rows[kind] for kind in _KINDS):
            lines.append(_listed(self.rows, _KINDS))
        if self.found is not None and (self.found.happenings or self.found.disputes):
            lines.append(f"in the whole record now: {_listed(Counter(self.found.counts), _ACROSS)}")
        if db is not None and self.document_ids:
            lines.append(f"kept in {db}. Look at it: detente events{_db(db)}")
        if db is not None and self.outcomes["set_aside"]:
            lines.append(f"what was set aside, and why: detente documents --set-aside{_db(db)}")
        for line in lines:
            click.echo(line, err=to_error)


def _db(db: Path) -> str:
    """The option that leads to this record, where one is needed."""
    return "" if db == default_database() else f" --db {quote(str(db))}"


_OUTCOMES = {
    "new": "new",
    "same": "already there, unchanged",
    "superseded": "corrected, the old one kept",
    "reread": "read again by a newer reader",
    "set_aside": "set aside",
}
_ACROSS = {"happenings": ("happening", "happenings"), "disputes": ("dispute", "disputes")}
_KINDS = {
    "event": ("event", "events"),
    "claim": ("claim", "claims"),
    "figure": ("figure", "figures"),
    "moment": ("date", "dates"),
    "place": ("place", "places"),
    "mention": ("mention of an actor", "mentions of actors"),
}


def _listed(counts: Counter[str], words: dict[str, str] | dict[str, tuple[str, str]]) -> str:
    parts = []
    for name, word in words.items():
        if counts[name]:
            parts.append(f"{counts[name]} {word if isinstance(word, str) else word[counts[name] != 1]}")
    return ", ".join(parts) or "nothing"
