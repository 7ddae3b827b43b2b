"""`detente score`: the reader against an annotated set, in that set's own format."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from detente import registry
from detente.errors import UsageError
from detente.knowledge import Knowledge
from detente.serving.cli import display


@click.command(
    epilog="\b\nExamples:\n  detente score times timebank_train.jsonl\n"
    "  detente score attribution polnear_dev.jsonl --json\n\nTasks: " + ", ".join(registry.names("scores")) + "."
)
@click.argument("task", type=click.Choice(registry.names("scores")), metavar="TASK")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="The whole report as JSON.")
@click.option("--limit", type=click.IntRange(1), help="Only the first so many rows of the file.")
@click.option("--errors", type=click.IntRange(0), default=0, show_default=True, help="Show so many errors in words.")
@click.option(
    "--history",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="For the task forecast: a file of what lies before FILE; may be given again.",
)
@click.option("--gold-rows", is_flag=True, help="For the task stories: only on rows made from the annotation.")
def score(
    task: str, file: Path, as_json: bool, limit: int | None, errors: int, history: tuple[Path, ...], gold_rows: bool
) -> None:
    """Score the reader on TASK against FILE, a set annotated for that task."""
    if history and task != "forecast":
        raise UsageError("--history belongs to the task forecast", value=task, todo="leave it out")
    if gold_rows and task != "stories":
        raise UsageError("--gold-rows belongs to the task stories", value=task, todo="leave it out")
    part = registry.find("scores", task)
    scorer = part(history) if history else part(gold_rows=True) if gold_rows else part()
    try:
        report = scorer.score(file, Knowledge(), limit=limit)
    except (msgspec.MsgspecError, UnicodeDecodeError, KeyError) as error:
        raise UsageError(
            f"the file is not in the format of the task {task}",
            value=f"{file}: {error}",
            expected="JSON Lines, one annotated text a line",
            todo="give the set that belongs to this task, or another task",
        ) from error
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(report)).decode())
        return
    display.table(["figure", "value", "gold items"], ([f.name, f"{f.value:.3f}", str(f.count)] for f in report.figures))
    for line in (*report.notes, *report.errors[:errors]):
        click.echo(line)
