"""`detente events`, `claims`, `figures`, `documents`: one line a row, filtered, in a stable order."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from detente.model import AnyRecord, Claim, Document, Event, Figure
from detente.serving.cli import display
from detente.serving.cli.options import chosen, database, opened, row_filter


def _as_json(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--json", "as_json", is_flag=True, help="Whole records as JSON Lines.")(command)


def _show(
    columns: list[str], rows: Iterable[AnyRecord], cells: Callable[[Any], list[str]], *, as_json: bool, what: str
) -> None:
    if as_json:
        from detente import registry

        registry.find("exports", "jsonl")(as_given=True).write(rows, sys.stdout.buffer)
        return
    if not display.table(columns, (cells(row) for row in rows)):
        click.echo(f"no {what} match. Loosen the filters, or see all with `detente {what}`.", err=True)


@click.command(
    epilog="\b\nExamples:\n  detente events --dyad AZE USA --since 2024-01-01\n  detente events --type ACCUSE"
)
@database
@row_filter
@_as_json
def events(db: Path, as_json: bool, **options: Any) -> None:
    """List events: who did what to whom, who says so, and the words."""
    columns = ["id", "date", "type", "source", "target", "status", "voices", "words"]
    with opened(db) as store:
        _show(columns, store.events(chosen(**options)), _event, as_json=as_json, what="events")


def _event(event: Event) -> list[str]:
    return [
        event.event_id,
        display.date(event.date),
        event.type,
        display.actors(event.sources),
        display.actors(event.targets),
        _status(event),
        display.chain(event.voices),
        event.evidence.quote,
    ]


def _status(event: Event) -> str:
    """asserted or claimed, and what it is where it is not simply done."""
    words = ["claimed" if len(event.voices) > 1 else "asserted"]
    if event.modality != "actual":
        words.append(event.modality)
    if event.polarity == "negated":
        words.append("negated")
    return " ".join(words)


@click.command(epilog="\b\nExamples:\n  detente claims --speaker AZE\n  detente claims --type deny")
@database
@row_filter
@_as_json
def claims(db: Path, as_json: bool, **options: Any) -> None:
    """List claims: who says what, in which words."""
    columns = ["id", "speaker", "act", "form", "voices", "words"]
    with opened(db) as store:
        _show(columns, store.claims(chosen(**options)), _claim, as_json=as_json, what="claims")


def _claim(claim: Claim) -> list[str]:
    act = claim.act if claim.cue_polarity == "affirmed" else f"not {claim.act}" if claim.act != "omit" else "omit"
    words = " … ".join(content.quote for content in claim.contents)
    return [claim.claim_id, display.actor(claim.speaker), act, claim.form, display.chain(claim.voices), words]


@click.command(epilog="\b\nExamples:\n  detente figures --type killed\n  detente figures --speaker AZE")
@database
@row_filter
@_as_json
def figures(db: Path, as_json: bool, **options: Any) -> None:
    """List figures: which number, of what, and who vouches for it."""
    columns = ["id", "value", "unit", "measure", "of", "voices", "words"]
    with opened(db) as store:
        _show(columns, store.figures(chosen(**options)), _figure, as_json=as_json, what="figures")


_BOUNDS = {"exact": "", "about": "about ", "at_least": "at least ", "at_most": "at most ", "range": ""}


def _figure(figure: Figure) -> list[str]:
    value = display.number(figure.value)
    if figure.bound == "range" or figure.value is None:
        value = "–".join(display.number(end) for end in (figure.low, figure.high) if end is not None) or value
    return [
        figure.figure_id,
        _BOUNDS[figure.bound] + value,
        figure.unit or "-",
        figure.measure or "-",
        figure.of or "-",
        display.chain(figure.voices),
        figure.evidence.quote,
    ]


@click.command(epilog="\b\nExamples:\n  detente documents --outlet Reuters\n  detente documents --set-aside")
@database
@row_filter
@_as_json
@click.option("--set-aside", is_flag=True, help="The documents that could not be read, with the reason.")
def documents(db: Path, as_json: bool, set_aside: bool, **options: Any) -> None:
    """List the documents of the record, or those set aside."""
    with opened(db) as store:
        if set_aside:
            rows = [[row.uri, row.code, row.message] for row in store.set_aside_rows()]
            if not display.table(["document", "code", "reason"], rows):
                click.echo("nothing is set aside.", err=True)
            return
        columns = ["id", "published", "basis", "outlet", "title", "uri"]
        _show(columns, store.documents(chosen(**options)), _document, as_json=as_json, what="documents")


def _document(doc: Document) -> list[str]:
    basis = doc.published.basis if doc.published else "-"
    return [doc.document_id, display.date(doc.published), basis, doc.outlet or "-", doc.title or "-", doc.uri]
