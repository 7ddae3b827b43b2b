"""`detente show`: one row whole, or one document with everything read from it."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from detente.errors import LookupFailed
from detente.model import AnyRecord, Dispute, Document, Evidence, Happening
from detente.recording.order import id_of, kind_of
from detente.recording.store import Store
from detente.serving.cli import display, wording
from detente.serving.cli.display import Card, Line
from detente.serving.cli.options import as_json, database, opened

CONTEXT = 200  # characters of the article shown on either side of a row's words


@click.command(epilog="\b\nExamples:\n  detente show evt-01234567\n  detente show doc-0123456789abcdef --json")
@click.argument("row_id", metavar="ID")
@database
@as_json
def show(row_id: str, db: Path, as_json: bool) -> None:
    """Show one row with its words in the article, or a document with all its rows.

    ID is any id of the record; its beginning is enough where only one begins so.
    """
    with opened(db) as store:
        row = found(store, row_id)
        if as_json:
            click.echo(msgspec.json.format(msgspec.json.encode(row)).decode())
            return
        display.table(["field", "value"], _fields(row))
        if isinstance(row, Document):
            _rows_of(store, row)
        elif isinstance(row, Happening | Dispute):
            _accounts(store, row)
        elif (words := getattr(row, "evidence", None)) is not None:
            doc = store.get(row.document_id)  # type: ignore[union-attr]
            if isinstance(doc, Document):
                click.echo()
                display.heading(_source(doc))
                click.echo(_in_context(doc.text, words))


def found(store: Store, row_id: str) -> AnyRecord:
    """The row whose id is, or alone begins with, `row_id`. Raises LookupFailed where there is none."""
    row = store.get(row_id.strip())
    if row is None:
        raise LookupFailed(
            "no row has this id",
            value=row_id,
            expected="an id such as evt-01234567, six characters of it at least",
            todo="list ids with `detente events`, `claims`, `figures` or `documents`",
        )
    return row


def _fields(row: AnyRecord) -> list[list[str]]:
    """Name and value of each field that holds something; the text of a document is left to its rows."""
    lines = [["record", kind_of(row)]]
    for name in row.__struct_fields__:
        value = getattr(row, name)
        if name == "text" or value is None or value == ():
            continue
        words = wording.chain(value) if name == "voices" else wording.worded(value)
        lines.append([name, words if display.is_for_people() else words.replace("\n", "; ")])
    return lines


def _rows_of(store: Store, doc: Document) -> None:
    """Everything read from the document, in the order of its text."""
    rows = [row for row in store.rows_of(doc.document_id) if getattr(row, "evidence", None) is not None]
    rows.sort(key=lambda row: (row.evidence.start, -row.evidence.end))  # type: ignore[union-attr]
    click.echo()
    display.cards(["id", "kind", "words"], (_card(row) for row in rows))


def _card(row: AnyRecord) -> Card:
    words: Evidence = row.evidence  # type: ignore[union-attr]
    return Card(
        cells=(id_of(row), kind_of(row), words.quote),
        lead=(display.short(id_of(row)), kind_of(row)),
        body=(Line(words.quote, is_quote=True),),
    )


def _accounts(store: Store, row: Happening | Dispute) -> None:
    """The rows that a happening or a dispute is made of, each in its article."""
    ids = row.event_ids if isinstance(row, Happening) else [one for version in row.versions for one in version.row_ids]
    for one in dict.fromkeys(ids):
        told = store.get(one)
        doc = None if told is None else store.get(getattr(told, "document_id", ""))
        if isinstance(doc, Document):
            click.echo()
            display.heading(f"{one}: {_source(doc)}")
            click.echo(_in_context(doc.text, told.evidence))  # type: ignore[union-attr]


def _source(doc: Document) -> str:
    parts = (doc.title or doc.uri, doc.outlet, wording.date(doc.published) if doc.published else None)
    return ", ".join(part for part in parts if part)


def _in_context(text: str, words: Evidence) -> str:
    start, end = max(0, words.start - CONTEXT), min(len(text), words.end + CONTEXT)
    before, after = text[start : words.start], text[words.end : end]
    marked = click.style(words.quote, bold=True, underline=True) if display.is_for_people() else f"[{words.quote}]"
    return ("…" if start else "") + before + marked + after + ("…" if end < len(text) else "")
