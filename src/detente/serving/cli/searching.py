"""`detente search`: full text over articles and rows."""

from __future__ import annotations

from pathlib import Path

import click

from detente.serving.cli import display
from detente.serving.cli.options import database, opened


@click.command(epilog='\b\nExamples:\n  detente search "peace treaty"\n  detente search credentials --limit 5')
@click.argument("words", nargs=-1, required=True)
@database
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
def search(words: tuple[str, ...], db: Path, limit: int) -> None:
    """Search the words of articles and rows. Words in quotation marks are searched together."""
    with opened(db) as store:
        hits = store.search(" ".join(f'"{word}"' if " " in word else word for word in words), limit=limit)
        found = display.table(["kind", "id", "words"], ([hit.kind, hit.row_id, hit.snippet] for hit in hits))
    if not found:
        click.echo("nothing found.", err=True)
