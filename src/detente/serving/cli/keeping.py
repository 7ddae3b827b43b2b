"""`detente backup`: a whole copy of the record, taken while others read and write it."""

from __future__ import annotations

from pathlib import Path

import click

from detente.serving.cli.options import database, opened


@click.command(epilog="\b\nExample:\n  detente backup detente-2024-07-01.db")
@click.argument("copy", type=click.Path(path_type=Path))
@database
def backup(copy: Path, db: Path) -> None:
    """Copy the record to COPY while it is in use. Never writes over a file."""
    with opened(db) as store:
        store.backup(copy)
    click.echo(f"copied to {copy}", err=True)
