"""`detente demo`: the sample articles read, their record shown, and what to try next."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from detente.errors import StoreError
from detente.model import Document, Event
from detente.reading.sources import open_inputs
from detente.reading.sources.raw import SourceOptions
from detente.recording.store import Filter, Store
from detente.serving.cli import display
from detente.serving.intake import take_in
from detente.settings import Settings


@click.command(epilog="\b\nExample:\n  detente demo --db sample.db")
@click.option("--db", type=click.Path(path_type=Path), default=Path("detente-demo.db"), show_default=True)
def demo(db: Path) -> None:
    """Read the sample articles that come with Détente and show their record."""
    articles = sample_articles()
    with Store.open(db) as store:
        for taken in take_in(open_inputs([str(articles)], SourceOptions()), store, Settings(database=db)):
            if taken.error is not None:
                raise StoreError("a sample article was not read", value=str(taken.error), todo="reinstall detente")
        docs = list(store.documents(Filter()))
        click.echo(f"{len(docs)} sample articles, written for Détente, on invented happenings between real states.\n")
        _page(store, _busiest(list(store.events(Filter()))))
        counts = ", ".join(f"{count} {kind}" for kind, count in store.counts().items())
    click.echo(f"\nThe record, {counts}, is in {db}. Try:")
    for line in _NEXT:
        click.echo("  " + line.format(db=db))


_NEXT = (
    "detente events --db {db}                 every event, with its words and its voices",
    "detente claims --db {db} --type deny     who denies what",
    "detente figures --db {db} --type killed  whose figures",
    "detente search --db {db} ceasefire       the words themselves",
    "detente show ID --db {db}                one row in its article",
    "detente explain ID --db {db}             why it was coded, and what was not",
    "detente export --db {db} -o record.jsonl the whole record, to take away",
)


def sample_articles() -> Path:
    """The folder of sample articles: inside the installed package, or in the checkout."""
    inside = Path(str(files("detente"))) / "serving" / "examples"
    return inside if inside.is_dir() else Path(str(files("detente"))).parents[1] / "examples"


def _busiest(events: list[Event]) -> tuple[str, str] | None:
    """The two territories with most events between them."""
    count: dict[tuple[str, str], int] = {}
    for event in events:
        ends = {ref.territory for ref in (*event.sources, *event.targets) if ref.territory}
        if len(ends) == 2:
            first, second = sorted(ends)
            count[first, second] = count.get((first, second), 0) + 1
    return max(sorted(count), key=lambda dyad: count[dyad]) if count else None


def _page(store: Store, dyad: tuple[str, str] | None) -> None:
    """What the record says of one dyad: events in order, with words and voices."""
    if dyad is None:
        return
    click.echo(click.style(f"{dyad[0]} and {dyad[1]}", bold=True))
    lines = []
    for event in store.events(Filter(dyad=dyad, limit=12)):
        doc = store.get(event.document_id)
        outlet = doc.outlet if isinstance(doc, Document) and doc.outlet else "-"
        parties = f"{display.actors(event.sources)} > {display.actors(event.targets)}"
        voices = display.chain(event.voices[1:]) or "asserted"
        lines.append([display.date(event.date), event.type, parties, outlet, voices, event.evidence.quote])
    display.table(["date", "type", "who > whom", "outlet", "says who", "words"], lines)
