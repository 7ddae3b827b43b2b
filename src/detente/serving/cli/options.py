"""Options that several commands share: which record, and which rows of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from detente.errors import UsageError
from detente.recording.store import Filter, Store
from detente.settings import default_database

Command = TypeVar("Command", bound=Callable[..., Any])


def database(command: Command) -> Command:
    return click.option(
        "--db",
        type=click.Path(path_type=Path),
        default=default_database,
        show_default="$DETENTE_DB or detente.db",
        help="The record.",
    )(command)


def row_filter(command: Command) -> Command:
    """The filters of a listing; the command gets them as keyword arguments for `chosen`."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


_FILTERS: tuple[Callable[[Any], Any], ...] = (
    click.option("--dyad", nargs=2, metavar="A B", help="Between two territories, either way: --dyad AZE USA."),
    click.option("--source", help="Territory code or name of who acts."),
    click.option("--target", help="Territory code or name of who undergoes."),
    click.option("--speaker", help="Who says it: territory code or name."),
    click.option("--type", help="PLOVER type, claim act or figure measure."),
    click.option("--since", metavar="DATE", help="From this day on (ISO: 2024-01-31)."),
    click.option("--until", metavar="DATE", help="Up to this day."),
    click.option("--outlet", help="Published by this outlet."),
    click.option("--document", "document_id", metavar="ID", help="In this document."),
    click.option("--superseded", is_flag=True, help="Also rows of articles that were corrected since."),
    click.option("--limit", type=click.IntRange(1), default=200, show_default=True, help="At most so many."),
)


def chosen(**options: Any) -> Filter:
    """The options as a Filter; a territory code may be written in lower case."""
    for name in ("since", "until"):
        _check_date(name, options.get(name))
    if not options.get("dyad"):
        options["dyad"] = None
    return Filter(**options)


def _check_date(name: str, value: str | None) -> None:
    from datetime import date

    if value is None:
        return
    try:
        date.fromisoformat(value)
    except ValueError:
        raise UsageError(
            f"--{name} is no date", value=value, expected="an ISO date", todo="write it as 2024-01-31"
        ) from None


def opened(path: Path) -> Store:
    """The record, read only; a plain word where there is none yet."""
    if not path.exists():
        raise UsageError(
            "there is no record here yet", value=str(path), todo="make one with `detente read` or `detente demo`"
        )
    return Store.open(path, read_only=True)
