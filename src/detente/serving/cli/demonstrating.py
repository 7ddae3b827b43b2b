"""`detente demo`: the sample articles read, one story out of their record, and what to try next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from shlex import quote

import click

from detente.errors import StoreError
from detente.knowledge import Knowledge
from detente.knowledge.territory import Territories
from detente.model import Claim, Dispute, Document
from detente.reading.sources import open_inputs
from detente.reading.sources.raw import SourceOptions
from detente.recording.store import Filter, Store
from detente.relating.disputes import disputes_of
from detente.relating.happenings import happenings_of
from detente.relating.refresh import bring_up_to_date
from detente.serving.cli import display, wording
from detente.serving.cli.display import Card, Line
from detente.serving.cli.progress import bar, spinner
from detente.serving.cli.telling import dispute_card, happening_card, version_cells
from detente.serving.intake import take_in
from detente.settings import Settings

CLAIMS_SHOWN = 3  # of each side
DISPUTES_SHOWN = 3
TELLING_ACTS = ("accuse", "deny", "refuse", "demand", "threaten", "promise")  # shown before what is merely stated

Dyad = tuple[str, str]


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
        dyad = _most_disputed(disputes_of(store))
        if dyad is not None:
            _story(store, dyad)
            for speaker in dyad:
                _said_by(store, docs, speaker, dyad)
            _disputed(list(disputes_of(store, dyad=dyad)))
        _next(store, db, dyad)


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
    with spinner("holding the articles against each other", quiet=False):
        bring_up_to_date(store, Knowledge())


def _most_disputed(disputes: Iterable[Dispute]) -> Dyad | None:
    """The two territories with most versions between them, where both give some."""
    count: Counter[Dyad] = Counter()
    for dispute in disputes:
        sides = [side for side in dispute.territories if side not in dispute.silent]
        for index, one in enumerate(sides):
            for other in sides[index + 1 :]:
                count[one, other] += len(dispute.versions)
    return max(sorted(count), key=lambda dyad: count[dyad]) if count else None


def _story(store: Store, dyad: Dyad) -> None:
    """What happened between the two, in the order of the days on which it did, or else was told."""
    _heading(f"{_name(dyad[0])} and {_name(dyad[1])}: what happened, as it was told")
    told = [happening_card(store, row) for row in happenings_of(store, dyad=dyad)]
    display.cards(["id", "date", "type", "who > whom, and who tells it"], told)


def _said_by(store: Store, docs: dict[str, Document], speaker: str, dyad: Dyad) -> None:
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


def _disputed(disputes: Sequence[Dispute]) -> None:
    """Where the accounts part, those with most versions first."""
    disputes = sorted(disputes, key=lambda row: (-len(row.versions), row.dispute_id))[:DISPUTES_SHOWN]
    _heading("Where the accounts part")
    if display.is_for_people():
        display.cards(["id", "kind", "who says what"], map(dispute_card, disputes))
        return
    for row in disputes:
        for cells in version_cells(row):
            display.plain(cells)


@cache
def _territories() -> Territories:
    return Territories.load()


def _name(code: str) -> str:
    return f"{_territories().get(code).name} ({code})"


def _heading(words: str) -> None:
    click.echo()
    display.heading(words)


def _next(store: Store, db: Path, dyad: Dyad | None) -> None:
    counts = ", ".join(f"{count} {kind}" for kind, count in store.counts().items() if count)
    _heading("The record")
    click.echo(f"{counts}\nin {db.resolve()}")
    _heading("Try next")
    row = next(iter(disputes_of(store, dyad=dyad)), None)
    shown = display.short(row.dispute_id if row else next(store.events()).event_id)
    event = display.short(next(store.events(Filter(dyad=dyad))).event_id)
    two = " ".join(dyad or ("AZE", "USA"))
    for command, what in (
        (f"detente dyad {two}", "the page on the two: direction, disputes, who speaks"),
        (f"detente show {shown}", "one dispute with its words in the articles"),
        (f"detente explain {event}", "why an event was read so, and what was not"),
        ("detente happenings", "one event told by several articles, once"),
        ("detente claims --type deny", "who denies what"),
        ("detente search ambassador", "the words themselves"),
        ("detente export -o record.jsonl", "the whole record, to take away"),
    ):
        click.echo(f"  {command + f' --db {quote(str(db))}':<58} {what}")
    click.echo("  detente read ARTICLE --published 2024-07-01                your own, into detente.db")
