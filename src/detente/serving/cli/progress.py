"""The bar of a long run, on standard error, where somebody looks; messages go above it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Protocol

import click

ONE_ARTICLE = frozenset(
    {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".docm", ".eml"}
)
MOST_COUNTED = 100_000  # files looked at to know how long a run will be


class Bar(Protocol):
    def step(self, uri: str) -> None:
        """One more article is done."""

    def tell(self, words: str) -> None:
        """A message, above the bar."""


@contextmanager
def bar(inputs: Sequence[str], *, quiet: bool) -> Iterator[Bar]:
    """A bar over the articles of `inputs`; without a terminal, or `quiet`, messages only."""
    if quiet or not sys.stderr.isatty():
        yield _NoBar()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.table import Column
    from rich.theme import Theme

    columns = (
        TextColumn("reading"),
        BarColumn(bar_width=20, complete_style="cyan", finished_style="cyan"),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}", style="dim", table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis")),
    )
    theme = Theme({"progress.download": "default", "progress.elapsed": "dim"})
    console = Console(stderr=True, highlight=False, theme=theme)
    with Progress(*columns, console=console, transient=True, expand=True) as progress:
        yield _RichBar(progress, count(inputs))


@contextmanager
def spinner(words: str, *, quiet: bool) -> Iterator[None]:
    """Says what is being done while it lasts, where somebody looks."""
    if quiet or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True, highlight=False).status(words):
        yield


class _NoBar:
    def step(self, uri: str) -> None: ...

    def tell(self, words: str) -> None:
        click.echo(words, err=True)


class _RichBar:
    def __init__(self, progress: object, total: int | None) -> None:
        from rich.progress import Progress

        assert isinstance(progress, Progress)
        self._progress = progress
        self._task = progress.add_task("", total=total)
        self._done = 0
        self._total = total

    def step(self, uri: str) -> None:
        self._done += 1
        if self._total is not None and self._done > self._total:
            self._total = self._done
        self._progress.update(self._task, completed=self._done, total=self._total, description=_ending(uri))

    def tell(self, words: str) -> None:
        self._progress.console.print(words, markup=False, soft_wrap=False)


def _ending(uri: str) -> str:
    return uri if len(uri) <= 40 else "…" + uri[-39:]


def count(inputs: Sequence[str]) -> int | None:
    """How many articles the inputs will be, where that shows from their names; None where it does not."""
    try:
        files = [file for place in inputs for file in _files(Path(place))]
    except (OSError, ValueError):  # names too long or not to be looked at: the sources will say so
        return None
    if len(files) > MOST_COUNTED or any(file.suffix.lower() not in ONE_ARTICLE for file in files):
        return None
    return len(files) or None


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for file in islice(path.rglob("*"), MOST_COUNTED + 1):
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(path).parts):
            yield file
