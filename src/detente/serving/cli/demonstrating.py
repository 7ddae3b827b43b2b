"""`detente demo`: the sample articles read, one story out of their record, and what to try next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from shlex import quote

import click

from detente.errors import StoreError
from detente.knowledge.territory import Territories
from detente.model import Claim, Document, Event, Figure
from detente.reading.sources import open_inputs
from detente.reading.sources.raw import SourceOptions
from detente.recording.store import Filter, Store
from detente.serving.cli import display, wording
from detente.serving.cli.display import Card, Line
from detente.serving.cli.parting import Parting, partings, side
from detente.serving.cli.progress import bar
from detente.serving.intake import take_in
from detente.settings import Settings

CLAIMS_SHOWN = 3  # of each side
CONTEXT = 60  # characters on either side of a figure
TELLING_ACTS = ("accuse", "deny", "refuse", "demand", "threaten", "promise")  # shown before what is merely stated


@click.command(epilog="\b\nExample:\n  detente demo --db sample.db")
@click.option("--db", type=click.Path(path_type=Path), default=Path("detente-demo.db"), show_default=True)
def demo(db: Path) -> None:
    """Read the sample articles that come with Détente, and tell one story out of their record.

    Run it as often as you like: an article that is there already changes nothing.
    """
    with Store.open(db) as store:
        _read(store, db)
        docs = {doc.document_id: doc for doc in store.documents()}
        click.echo(f"{len(docs)} sample articles, written for Détente: invented happenings between real states.")
        parted = _parting(store, docs)
        dyad = parted.dyad if parted else _busiest(store.events())
        if dyad is not None:
            _story(store, docs, dyad)
            for speaker in dyad:
                _said_by(store, docs, speaker, dyad)
        if parted:
            _parted(docs, parted)
        _next(store, db, dyad, parted)


def sample_articles() -> Path:
    """The folder of sample articles: inside the installed package, or in the checkout."""
    inside = Path(str(files("detente"))) / "serving" / "examples"
    return inside if inside.is_dir() else Path(str(files("detente"))).parents[1] / "examples"


def _read(store: Store, db: Path) -> None:
    place = str(sample_articles())
    with bar([place], quiet=False) as progress:
        for taken in take_in(open_inputs([place], SourceOptions()), store, Settings(database=db)):
            if taken.error is not None:
                raise StoreError("a sample article was not read", value=str(taken.error), todo="install Détente anew")
            progress.step(taken.uri)


def _parting(store: Store, docs: dict[str, Document]) -> Parting | None:
    days = {key: doc.published.start for key, doc in docs.items() if doc.published and doc.published.start}
    return next(iter(partings(store.figures(), days)), None)


def _busiest(events: Iterable[Event]) -> tuple[str, str] | None:
    """The two territories with most events between them."""
    count: dict[tuple[str, str], int] = {}
    for event in events:
        ends = {ref.territory for ref in (*event.sources, *event.targets) if ref.territory}
        if len(ends) == 2:
            first, second = sorted(ends)
            count[first, second] = count.get((first, second), 0) + 1
    return max(sorted(count), key=lambda dyad: count[dyad]) if count else None


def _story(store: Store, docs: dict[str, Document], dyad: tuple[str, str]) -> None:
    """The events between the two, in the order of the days on which they happened, or else were told."""
    _heading(f"{_name(dyad[0])} and {_name(dyad[1])}: what happened, as it was told")
    told = [(event, docs[event.document_id]) for event in store.events(Filter(dyad=dyad))]
    told.sort(key=lambda pair: _day(*pair))
    display.cards(["id", "date", "type", "who > whom, and who says so"], (_event(*pair) for pair in told))


def _day(event: Event, doc: Document) -> str:
    for when in (event.date, doc.published):
        if when is not None and when.start is not None:
            return when.start
    return "9999"


def _event(event: Event, doc: Document) -> Card:
    date = wording.date(event.date) if event.date and event.date.start else f"by {wording.date(doc.published)}"
    outlet, status = doc.outlet or doc.uri, wording.status(event)
    voices = wording.chain(event.voices[1:])
    who = f"{status} by {voices}, in {outlet}" if voices else f"{status} by {outlet}"
    return Card(
        cells=(event.event_id, date, event.type, wording.parties(event), who, event.evidence.quote),
        lead=(display.short(event.event_id), date, event.type),
        body=(Line(wording.parties(event), "bold"), Line(event.evidence.quote, is_quote=True), Line(who, "dim")),
    )


def _said_by(store: Store, docs: dict[str, Document], speaker: str, dyad: tuple[str, str]) -> None:
    """What one side says of the other."""
    (other,) = (code for code in dyad if code != speaker)
    rows = list(store.claims(Filter(source=speaker, target=other)))
    rows.sort(key=lambda claim: claim.act not in TELLING_ACTS)  # a stable order: as told, within each
    if rows:
        _heading(f"What {_name(speaker)} says of the other")
        display.cards(["id", "act", "who, and in which words"], (_claim(row, docs) for row in rows[:CLAIMS_SHOWN]))


def _claim(claim: Claim, docs: dict[str, Document]) -> Card:
    doc = docs[claim.document_id]
    act, said, who = wording.act(claim), wording.said(claim), wording.actor(claim.speaker)
    outlet = doc.outlet or doc.uri
    return Card(
        cells=(claim.claim_id, act, who, outlet, said),
        lead=(display.short(claim.claim_id), act),
        body=(Line(who, "bold"), Line(said, is_quote=True), Line(f"in {outlet}", "dim")),
    )


def _parted(docs: dict[str, Document], parted: Parting) -> None:
    _heading(f"Where the accounts part: {parted.measure}")
    for code in parted.dyad:
        amounts = dict.fromkeys(wording.amount(figure) for figure in parted.figures if side(figure) == code)
        click.echo(f"  {_name(code)}: {', '.join(amounts)}")
    display.cards(["id", "number", "who says so"], (_figure(one, docs[one.document_id]) for one in parted.figures))


def _figure(figure: Figure, doc: Document) -> Card:
    start, end = max(0, figure.evidence.start - CONTEXT), figure.evidence.end + CONTEXT
    words = doc.text[start:end]
    words = "… " + words.split(" ", 1)[-1].rsplit(" ", 1)[0] + " …"
    amount, voices, outlet = wording.amount(figure), wording.chain(figure.voices[1:]), doc.outlet or doc.uri
    return Card(
        cells=(figure.figure_id, amount, voices, outlet, words),
        lead=(display.short(figure.figure_id), amount),
        body=(Line(f"{voices}, in {outlet}", "bold"), Line(words, is_quote=True)),
    )


@cache
def _territories() -> Territories:
    return Territories.load()


def _name(code: str) -> str:
    return f"{_territories().get(code).name} ({code})"


def _heading(words: str) -> None:
    click.echo()
    display.heading(words)


def _next(store: Store, db: Path, dyad: Sequence[str] | None, parted: Parting | None) -> None:
    counts = ", ".join(f"{count} {kind}" for kind, count in store.counts().items() if count)
    _heading("The record")
    click.echo(f"{counts}\nin {db.resolve()}")
    _heading("Try next")
    row = parted.figures[0].figure_id if parted else next(store.events()).event_id
    two = " ".join(dyad or ("AZE", "USA"))
    for command, what in (
        (f"detente show {display.short(row)}", "one row in its article"),
        (f"detente explain {display.short(row)}", "why it was read so, and what was not"),
        (f"detente claims --dyad {two}", "what the two say of each other"),
        ("detente claims --type deny", "who denies what"),
        ("detente search ambassador", "the words themselves"),
        ("detente export -o record.jsonl", "the whole record, to take away"),
    ):
        click.echo(f"  {command + f' --db {quote(str(db))}':<58} {what}")
    click.echo("  detente read ARTICLE --published 2024-07-01                your own, into detente.db")
