"""`detente export` and `detente schema`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from detente import registry
from detente.errors import UsageError
from detente.model import RECORD_KINDS
from detente.serving.cli.options import database, related
from detente.serving.cli.writing import keep_off, write

KINDS = [kind.__name__.lower() for kind in RECORD_KINDS]


@click.command(
    epilog="\b\nExamples:\n  detente export -o records.jsonl\n  detente export --format csv -o tables/\n"
    "  detente export --format parquet --kind event -o events.parquet"
)
@database
@click.option(
    "--format", "form", type=click.Choice(registry.names("exports") or ["jsonl"]), default="jsonl", show_default=True
)
@click.option("-o", "--output", metavar="PLACE", default="-", help="File or folder; - is standard output (jsonl only).")
@click.option("--kind", type=click.Choice(KINDS), help="Only this kind of record, into one file.")
@click.option("--raw", is_flag=True, help="CSV for machines: no guard against spreadsheet formulas.")
def export(db: Path, form: str, output: str, kind: str | None, raw: bool) -> None:
    """Take the record away as JSON Lines, CSV or Parquet."""
    options: dict[str, Any] = {"raw": True} if raw and form == "csv" else {}
    exporter = registry.find("exports", form)(kind=kind, as_given=True, **options)
    if output == "-" and form != "jsonl" and kind is None:
        raise UsageError(f"{form} has one file a kind", expected="-o FOLDER, or one --kind", todo="add --kind event")
    if output != "-":
        keep_off(db, Path(output))
    with related(db) as store:
        write(exporter, store.records(), output)
    if output != "-":
        click.echo(f"written to {output}", err=True)


@click.command()
def schema() -> None:
    """Print the JSON Schema of the record, to which every exported line keeps."""
    import msgspec

    from detente.serving.exports.schema import json_schema

    click.echo(msgspec.json.format(msgspec.json.encode(json_schema())).decode())
