"""How rows are laid out: for people a table or cards that fit their window, for pipes one plain line a row, with tabs.

What a value looks like in words is `wording`. Colours are few: ids, and what is secondary; no judgement is coloured.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from detente.serving.cli.wording import cut

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

ID_SHOWN = 12  # `evt-` and eight digits: short enough for a table, long enough to be found again
QUOTE_LINES = 3
NARROWEST = 30  # the body of a card is never cut to less


class Line(NamedTuple):
    """One line of a card's body. `marks` are ranges in `text` to make bold. A `quote` may be cut."""

    text: str
    style: str = ""
    is_quote: bool = False
    marks: tuple[tuple[int, int], ...] = ()


class Card(NamedTuple):
    """One row: `cells` for a pipe; for people the narrow cells of `lead`, the first an id, and beside them `body`."""

    cells: tuple[str, ...]
    lead: tuple[str, ...]
    body: tuple[Line, ...]


def is_for_people() -> bool:
    """True where standard output is a terminal."""
    return sys.stdout.isatty()


def console() -> Console:
    from rich.console import Console

    return Console(highlight=False, emoji=False)


def plain(cells: Iterable[str]) -> int:
    """One line with tabs; returns how many lines that was."""
    click.echo("\t".join(" ".join(cell.split()) for cell in cells))
    return 1


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Prints the rows and returns how many there were. The last column takes the room that is left."""
    lines = list(rows)
    if not is_for_people():
        for line in lines:
            plain(line)
        return len(lines)
    if not lines:
        return 0
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for column in columns[:-1]:
        grid.add_column(column, no_wrap=all(len(line[columns.index(column)]) < 28 for line in lines))
    grid.add_column(columns[-1], ratio=1, overflow="fold")
    for line in lines:
        grid.add_row(*(Text(cell) for cell in line))
    console().print(grid)
    return len(lines)


def cards(columns: Sequence[str], rows: Iterable[Card]) -> int:
    """Prints the cards, with `columns` over the narrow cells, and returns how many there were."""
    if not is_for_people():
        return sum(plain(card.cells) for card in rows)
    shown = list(rows)
    if not shown:
        return 0
    from rich.table import Table
    from rich.text import Text

    out = console()
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name in columns[:-1]:
        grid.add_column(name, no_wrap=name == columns[0], max_width=ID_SHOWN)
    grid.add_column(columns[-1], ratio=1, overflow="fold")
    room = QUOTE_LINES * max(NARROWEST, out.width - (ID_SHOWN + 2) * (len(columns) - 1))
    for card in shown:
        first, *others = card.lead
        body = Text("\n").join(_text(line, room) for line in card.body if line.text)
        grid.add_row(Text(first, style="cyan"), *(Text(cell) for cell in others), body)
    out.print(grid)
    return len(shown)


def _text(line: Line, room: int) -> Text:
    from rich.text import Text

    if line.is_quote:
        return Text(f"“{cut(line.text, room)}”", style=line.style)
    text = Text(" ".join(line.text.split()) if not line.marks else line.text.replace("\n", " "), style=line.style)
    for start, end in line.marks:
        text.stylize("bold", start, end)
    return text


def short(row_id: str) -> str:
    """The beginning of an id, which `detente show` and `explain` take for the whole."""
    return row_id[:ID_SHOWN]


def heading(words: str) -> None:
    """A line that opens a part."""
    click.echo(click.style(words, bold=True))


def note(words: str) -> None:
    """A word to the person, beside the output."""
    click.echo(words, err=True)
