"""How rows look: tables with colour for people, plain lines with tabs when piped."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from detente.model import ActorRef, Date

if TYPE_CHECKING:
    from rich.console import Console


def is_for_people() -> bool:
    """True where standard output is a terminal."""
    return sys.stdout.isatty()


def console() -> Console:
    from rich.console import Console

    return Console(highlight=False)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, title: str | None = None) -> int:
    """Prints the rows and returns how many there were. The last column takes the room that is left."""
    lines = list(rows)
    if not is_for_people():
        for line in lines:
            click.echo("\t".join(" ".join(cell.split()) for cell in line))
        return len(lines)
    from rich.markup import escape
    from rich.table import Table

    grid = Table(*columns[:-1], title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    grid.add_column(columns[-1], ratio=1)
    for line in lines:
        grid.add_row(*(escape(" ".join(cell.split())) for cell in line))
    console().print(grid)
    return len(lines)


def actors(refs: Sequence[ActorRef]) -> str:
    """`Baku (AZE), Yerevan (ARM)`; a dash for nobody."""
    return ", ".join(actor(ref) for ref in refs) or "-"


def actor(ref: ActorRef | None) -> str:
    if ref is None:
        return "-"
    return f"{ref.name} ({ref.territory})" if ref.territory and ref.territory != ref.name else ref.name


def chain(refs: Sequence[ActorRef]) -> str:
    """The voices, outermost first: `author > CSSC > the report`."""
    return " > ".join(ref.name for ref in refs)


def date(when: Date | None) -> str:
    """`2024-01-07`, `2024-01-07..2024-01-31`, or the words where nothing is known."""
    if when is None:
        return "-"
    if when.start is None:
        return f"({when.raw})"
    return when.start if when.start == when.end or when.end is None else f"{when.start}..{when.end}"


def number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"
