"""`detente doctor`: is everything here that reading needs?"""

from __future__ import annotations

import platform
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import click

from detente import __version__
from detente.errors import DetenteError
from detente.knowledge import Knowledge
from detente.serving.cli import display
from detente.serving.cli.options import as_json, database


@click.command()
@database
@as_json
def doctor(db: Path, as_json: bool) -> int:
    """Check that everything Détente needs is here: Python, SQLite, weights, knowledge, a place to write, the record.

    Nothing is fetched: Détente reads without a network.
    """
    checks: list[tuple[str, Callable[[], str]]] = [
        ("detente", lambda: __version__),
        ("python", _python),
        ("sqlite", _sqlite),
        ("weights", _weights),
        ("knowledge", _knowledge),
        ("record", lambda: _record(db)),
    ]
    lines = [[name, *_outcome(check)] for name, check in checks]
    if as_json:
        import msgspec

        for name, state, found in lines:
            click.echo(msgspec.json.encode({"part": name, "state": state, "found": found}).decode())
    else:
        display.table(["part", "state", "what was found"], lines)
    return 0 if all(state == "ok" for _, state, _ in lines) else 1


def _outcome(check: Callable[[], str]) -> list[str]:
    try:
        return ["ok", check()]
    except (DetenteError, OSError, sqlite3.Error, ImportError) as error:
        return ["failed", str(error)]


def _python() -> str:
    if sys.version_info < (3, 11):  # noqa: UP036  the doctor tells, where pip was told to ignore it
        raise OSError(f"Python {platform.python_version()}; 3.11 or later is needed")
    return platform.python_version()


def _sqlite() -> str:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("create virtual table words using fts5(word)")
    return f"{sqlite3.sqlite_version}, with full-text search"


def _weights() -> str:
    from detente.reading.parse import ParseStep

    language = ParseStep(Knowledge()).language
    return f"{language.meta['name']} {language.meta['version']} ({language.meta['license']})"


def _knowledge() -> str:
    known = Knowledge()
    return (
        f"{len(known.territories.by_code)} territories, {len(known.roster.organisations)} organisations, "
        f"{len(known.roster.officials)} terms of office, {len(known.ontology.codes)} event codes"
    )


def _record(db: Path) -> str:
    if not db.exists():
        folder = db.resolve().parent
        if not folder.is_dir():
            raise OSError(f"the folder {folder} does not exist; name another with --db")
        return f"none yet at {db}; `detente read` makes it"
    from detente.recording.store import Store

    with Store.open(db, read_only=True) as store:
        return ", ".join(f"{count} {kind}" for kind, count in store.counts().items())
