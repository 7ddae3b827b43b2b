"""`detente search`: full text over articles and rows."""

from __future__ import annotations

from pathlib import Path

import click

from detente.recording.store import Hit
from detente.serving.cli import display
from detente.serving.cli.display import Card, Line
from detente.serving.cli.options import as_json, database, opened


@click.command(
    epilog='\b\nExamples:\n  detente search "peace treaty"\n  detente search sanction* --limit 5\n\n'
    "Piped: one line a hit, with tabs: id, kind, title, words."
)
@click.argument("words", nargs=-1, required=True)
@database
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many.")
@as_json
def search(words: tuple[str, ...], db: Path, limit: int, as_json: bool) -> None:
    """Search the words of articles and rows: all words must stand there, those in quotation marks together."""
    asked = " ".join(f'"{word}"' if " " in word else word for word in words)
    with opened(db) as store:
        hits = store.search(asked, limit=limit)
        if as_json:
            import msgspec

            for hit in hits:
                click.echo(msgspec.json.encode(hit).decode())
            return
        if display.cards(["id", "kind", "words"], (_card(hit) for hit in hits)):
            return
        documents = store.counts().documents
    display.note(f"nothing found in {documents} documents. Try fewer words, or the beginning of one: sanction*")


def _card(hit: Hit) -> Card:
    title = hit.title or hit.uri
    return Card(
        cells=(hit.row_id, hit.kind, title, hit.snippet),
        lead=(display.short(hit.row_id), hit.kind),
        body=(Line(hit.snippet, marks=hit.marks), Line(title, "dim")),
    )
