"""`detente events`, `claims`, `figures`, `documents`: one row after the other, filtered, in a stable order."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from detente.model import AnyRecord, Claim, Document, Event, Figure
from detente.recording.order import id_of
from detente.recording.store import Filter, Store
from detente.serving.cli import display, wording
from detente.serving.cli.display import Card, Line
from detente.serving.cli.options import PARTIES, as_json, chosen, database, near_territories, opened, row_filter
from detente.serving.cli.showing import found

TITLE_SHOWN = 60  # characters of a text that stand in for a title


@click.command(
    epilog="\b\nExamples:\n  detente events --dyad aze usa --since 2024\n  detente events --type ACCUSE --json\n\n"
    "Piped: one line a row, with tabs: id, date, type, sources, targets, status, voices, words."
)
@database
@row_filter("event")
@as_json
def events(db: Path, as_json: bool, **options: Any) -> None:
    """List events: who did what to whom, who says so, and the words."""
    _list("event", db, _event, ["id", "date", "type", "who > whom"], as_json=as_json, options=options)


def _event(event: Event) -> Card:
    date, status, voices = wording.date(event.date), wording.status(event), wording.chain(event.voices)
    sources, targets = wording.actors(event.sources), wording.actors(event.targets)
    return Card(
        cells=(event.event_id, date, event.type, sources, targets, status, voices, event.evidence.quote),
        lead=(display.short(event.event_id), date, event.type),
        body=(
            Line(wording.parties(event), "bold"),
            Line(event.evidence.quote, is_quote=True),
            Line(f"{status}: {voices}", "dim"),
        ),
    )


@click.command(
    epilog="\b\nExamples:\n  detente claims --speaker AZE\n  detente claims --type deny\n\n"
    "Piped: one line a row, with tabs: id, speaker, act, form, voices, words."
)
@database
@row_filter("claim")
@as_json
def claims(db: Path, as_json: bool, **options: Any) -> None:
    """List claims: who says what, in which words."""
    _list("claim", db, _claim, ["id", "act", "who says what"], as_json=as_json, options=options)


def _claim(claim: Claim) -> Card:
    speaker, act, said = wording.actor(claim.speaker), wording.act(claim), wording.said(claim)
    voices = wording.chain(claim.voices)
    cue = f", “{claim.cue.quote}”" if claim.cue else ""
    return Card(
        cells=(claim.claim_id, speaker, act, claim.form, voices, said),
        lead=(display.short(claim.claim_id), act),
        body=(
            Line(speaker if claim.speaker else "nobody named", "bold"),
            Line(said, is_quote=True),
            Line(f"{claim.form}{cue}: {voices}", "dim"),
        ),
    )


@click.command(
    epilog="\b\nExamples:\n  detente figures --type killed\n  detente figures --speaker AZE\n\n"
    "Piped: one line a row, with tabs: id, value, unit, measure, of, voices, words."
)
@database
@row_filter("figure")
@as_json
def figures(db: Path, as_json: bool, **options: Any) -> None:
    """List figures: which number, of what, and who vouches for it."""
    _list("figure", db, _figure, ["id", "value", "of what, and who says so"], as_json=as_json, options=options)


def _figure(figure: Figure) -> Card:
    value, voices = wording.amount(figure), wording.chain(figure.voices)
    unit, measure, of = figure.unit or "-", figure.measure or "-", figure.of or "-"
    return Card(
        cells=(figure.figure_id, value, unit, measure, of, voices, figure.evidence.quote),
        lead=(display.short(figure.figure_id), value),
        body=(Line(wording.counted(figure), "bold"), Line(f"“{figure.evidence.quote}”: {voices}", "dim")),
    )


@click.command(
    epilog='\b\nExamples:\n  detente documents --outlet "Continental Wire"\n  detente documents --set-aside\n\n'
    "Piped: one line a row, with tabs: id, published, basis, outlet, title, address; set aside: address, code, reason."
)
@database
@row_filter("document")
@as_json
@click.option("--set-aside", is_flag=True, help="The documents that could not be read, with the reason.")
def documents(db: Path, as_json: bool, set_aside: bool, **options: Any) -> None:
    """List the documents of the record, or those set aside."""
    if set_aside:
        _list_set_aside(db, as_json=as_json)
    else:
        _list("document", db, _document, ["id", "published", "article"], as_json=as_json, options=options)


def _document(doc: Document) -> Card:
    basis = doc.published.basis if doc.published else "-"
    published = wording.date(doc.published)
    outlet = ", ".join(part for part in (doc.outlet, doc.outlet_territory, doc.author) if part)
    return Card(
        cells=(doc.document_id, published, basis, doc.outlet or "-", doc.title or "-", doc.uri),
        lead=(display.short(doc.document_id), published),
        body=(
            Line(doc.title or wording.cut(doc.text, TITLE_SHOWN), "bold"),
            Line(outlet),
            Line(f"{doc.uri} (date: {basis})", "dim"),
        ),
    )


def _list_set_aside(db: Path, *, as_json: bool) -> None:
    with opened(db) as store:
        rows = store.set_aside_rows()
    if as_json:
        import msgspec

        for row in rows:
            click.echo(msgspec.json.encode(row).decode())
    elif not display.table(["document", "code", "reason"], [[row.uri, row.code, row.message] for row in rows]):
        display.note("nothing is set aside: every document was read.")


def _list(
    kind: str, db: Path, card: Callable[[Any], Card], columns: list[str], *, as_json: bool, options: dict[str, Any]
) -> None:
    asked = chosen(kind, whole=as_json, **options)
    with opened(db) as store:
        if asked.document_id is not None:
            asked = replace(asked, document_id=id_of(found(store, asked.document_id)))
        rows: Iterator[AnyRecord] = getattr(store, f"{kind}s")(asked)
        limit = None if asked.limit is None else asked.limit - 1
        if as_json:
            from detente import registry

            registry.find("exports", "jsonl")(as_given=True).write(islice(rows, limit), sys.stdout.buffer)
            return
        shown = display.cards(columns, (card(row) for row in islice(rows, limit)))
        if not shown:
            display.note(_nothing(store, f"{kind}s", asked, options))
        elif next(rows, None) is not None:
            display.note(f"the first {shown}; more with --limit or --offset {asked.offset + shown}")
        elif display.is_for_people():
            display.note(f"{shown} {kind}{'s' * (shown != 1)}. One in its article: detente show ID")


def _nothing(store: Store, what: str, asked: Filter, options: dict[str, Any]) -> str:
    """Why there is nothing to see, and what may help."""
    held = dict(store.counts().items())[what]
    if not held:
        return f"the record holds no {what} yet; add articles with `detente read`."
    if asked.offset >= held:
        return f"the record holds {held} {what}, fewer than the {asked.offset} left out."
    lines = [f"none of the {held} {what} fits. Leave out a filter, or see all with `detente {what}`."]
    for name in PARTIES:
        values = options.get(name) or ()
        for value in (values,) if isinstance(values, str) else values:
            if near := near_territories(value):
                lines.append(f"--{name} {value}: no territory is called so; perhaps {', '.join(near)}.")
    if asked.type is not None and what == "figures":
        measures = sorted({row.measure for row in store.figures() if row.measure})
        lines.append(f"measures in this record: {', '.join(measures)}.")
    if asked.outlet is not None:
        outlets = sorted({doc.outlet for doc in store.documents() if doc.outlet})
        lines.append(f"outlets in this record: {', '.join(outlets[:20])}.")
    return "\n".join(lines)
