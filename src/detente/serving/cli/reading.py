"""`detente read`: articles into the record, with a bar while it works and a summary at the end."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from detente.errors import UsageError
from detente.reading.sources import open_inputs
from detente.reading.sources.arrival import check_overrides
from detente.reading.sources.raw import SourceOptions
from detente.recording.store import Store
from detente.serving.cli import display
from detente.serving.cli.options import database
from detente.serving.intake import Taken, take_in
from detente.settings import Settings

EPILOG = """\b
Examples:
  detente read article.txt --published 2024-07-01
  detente read articles/ --outlet "The Daily" --workers 2
  detente read https://example.org/news/1 feed.xml archive.warc.gz
  detente read rows.csv --column text=body --column published=day
  cat article.txt | detente read - --no-store -o -
"""


@click.command(epilog=EPILOG)
@click.argument("inputs", nargs=-1, required=True)
@database
@click.option("-o", "--output", metavar="FILE", help="Also write the records as JSON Lines; - for standard output.")
@click.option("--no-store", is_flag=True, help="Keep nothing; only write the records (with -o) and the summary.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Reading processes.")
@click.option("--published", metavar="DATE", help="Date of publication of these articles, over what they state.")
@click.option("--outlet", help="Who published them, over what they state.")
@click.option("--outlet-territory", metavar="CODE", help="ISO alpha-3 code of where the outlet sits.")
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
    check_overrides(settings)
    options = SourceOptions.from_settings(settings, columns=_pairs(columns))
    with ExitStack() as stack:
        if no_store:
            db = Path(stack.enter_context(TemporaryDirectory(prefix="detente-"))) / "once.db"
        store = stack.enter_context(Store.open(db))
        taken = []
        for one in _with_bar(take_in(open_inputs(list(inputs), options), store, settings), quiet=quiet):
            taken.append(one)
            for told in (*one.warnings, *((one.error,) if one.error else ())):
                click.echo(f"{'set aside' if told is one.error else 'read with a doubt'} {one.uri}\n  {told}", err=True)
        if output is not None:
            _write(store, taken, output)
        if not quiet:
            _summary(taken, None if no_store else db, to_error=output == "-")
    return 3 if any(one.error for one in taken) else 0


def _pairs(columns: Iterable[str]) -> dict[str, str]:
    pairs = dict(column.partition("=")[::2] for column in columns)
    if bad := [name for name, column in pairs.items() if not column]:
        raise UsageError("--column is not a pair", value=bad[0], expected="FIELD=NAME", todo="write --column text=body")
    return pairs


def _with_bar(taken: Iterator[Taken], *, quiet: bool) -> Iterator[Taken]:
    """A bar on standard error, where somebody looks."""
    if quiet or not sys.stderr.isatty():
        yield from taken
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading articles", total=None)
        for one in taken:
            progress.update(task, advance=1, description=f"read {_short(one.uri)}")
            yield one


def _short(uri: str) -> str:
    return uri if len(uri) <= 50 else "…" + uri[-49:]


def _write(store: Store, taken: list[Taken], output: str) -> None:
    from detente import registry

    ids = sorted({one.document.document_id for one in taken if one.document is not None})
    export = registry.find("exports", "jsonl")()
    if output == "-":
        export.write(store.records(ids), sys.stdout.buffer)
        sys.stdout.buffer.flush()
    else:
        export.write(store.records(ids), Path(output))


def _summary(taken: list[Taken], db: Path | None, *, to_error: bool) -> None:
    outcomes: Counter[str] = Counter(one.outcome for one in taken)
    rows: Counter[str] = Counter()
    for one in taken:
        rows.update(one.rows)
    lines = [f"{len(taken)} article{'s' * (len(taken) != 1)}: " + _listed(outcomes, _OUTCOMES)]
    if any(rows[kind] for kind in _KINDS):
        lines.append(_listed(rows, _KINDS))
    if db is not None and len(taken) > outcomes["set_aside"]:
        lines.append(f"kept in {db}. Look at it: detente events --db {db}")
    for line in lines:
        click.echo(line, err=to_error or not display.is_for_people())


_OUTCOMES = {
    "new": "new",
    "same": "already there, unchanged",
    "superseded": "corrected, the old one kept",
    "reread": "read again by a newer reader",
    "set_aside": "set aside",
}
_KINDS = {
    "event": "events",
    "claim": "claims",
    "figure": "figures",
    "moment": "dates",
    "place": "places",
    "mention": "mentions of actors",
}


def _listed(counts: Counter[str], words: dict[str, str]) -> str:
    return ", ".join(f"{counts[name]} {word}" for name, word in words.items() if counts[name]) or "nothing"
