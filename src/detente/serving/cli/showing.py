"""`detente show`: one row whole, or one document with everything read from it."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from detente.errors import LookupFailed
from detente.model import AnyRecord, Document, Evidence
from detente.serving.cli import display
from detente.serving.cli.options import database, opened

CONTEXT = 160  # characters of the article shown on either side of a row's words


@click.command(epilog="\b\nExamples:\n  detente show evt-0123456789abcdef\n  detente show doc-0123456789abcdef --json")
@click.argument("row_id", metavar="ID")
@database
@click.option("--json", "as_json", is_flag=True, help="The record as JSON.")
def show(row_id: str, db: Path, as_json: bool) -> None:
    """Show one row with its words in the article, or a document with all its rows.

    ID is any id of the record; its first digits are enough where they are unique.
    """
    with opened(db) as store:
        row = store.get(row_id)
        if row is None:
            raise LookupFailed(
                "no row has this id", value=row_id, todo="list ids with `detente events`, `claims` or `documents`"
            )
        if as_json:
            click.echo(msgspec.json.format(msgspec.json.encode(row)).decode())
            return
        _fields(row)
        if isinstance(row, Document):
            lines = [_line(one) for one in store.rows_of(row.document_id) if not isinstance(one, Document)]
            display.table(["kind", "id", "words"], lines)
        elif (words := getattr(row, "evidence", None)) is not None:
            doc = store.get(row.document_id)  # type: ignore[union-attr]
            if isinstance(doc, Document):
                click.echo(f"\n{doc.title or doc.uri}")
                click.echo(_in_context(doc.text, words))


def _fields(row: AnyRecord) -> None:
    lines = [
        [name, value if isinstance(value, str) else msgspec.json.encode(value).decode()]
        for name, value in msgspec.structs.asdict(row).items()
        if name != "text" and value not in (None, ())
    ]
    display.table(["field", "value"], lines)


def _line(row: AnyRecord) -> list[str]:
    kind = type(row).__name__.lower()
    words = getattr(row, "evidence", None)
    return [kind, getattr(row, f"{kind}_id"), words.quote if words else getattr(row, "name", "")]


def _in_context(text: str, words: Evidence) -> str:
    before = text[max(0, words.start - CONTEXT) : words.start]
    after = text[words.end : words.end + CONTEXT]
    return f"…{before}" + click.style(words.quote, bold=True, underline=True) + f"{after}…"
