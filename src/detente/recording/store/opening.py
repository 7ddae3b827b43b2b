"""Opening a database: connections, their settings, and the numbered migrations that make and renew its tables."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep

from msgspec import Struct

from detente.recording.store.failures import NotARecord, StoreMissing, StoreReadOnly, StoreTooNew, StoreTooOld

APPLICATION_ID = 0x4454454E
"""`DTEN`: tells a record from other SQLite databases, and `file` from the rest."""

BUSY_SECONDS = 30.0
CHECKPOINT_PAGES = 4000
"""How far the write-ahead log grows, in pages of 4 KiB, before it is moved into the file, which waits for the disk."""
CACHE_KIB = 32_000
_ASK_AGAIN_SECONDS = 0.02
_MIGRATIONS = Path(__file__).parent / "migrations"
_JOURNAL = """CREATE TABLE record_migration (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL
)"""


class Migration(Struct, frozen=True):
    number: int
    name: str
    script: str


def migrations() -> tuple[Migration, ...]:
    """The migrations this program knows, in order: files `NNNN_name.sql`."""
    return tuple(
        Migration(int(file.name[:4]), file.stem[5:], file.read_text(encoding="utf-8"))
        for file in sorted(_MIGRATIONS.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    )


def check_path(path: Path, *, read_only: bool, create: bool) -> None:
    """Refuse what cannot be a database before SQLite says so in its own words."""
    if path.is_dir():
        raise NotARecord(
            "the record is a file, this is a folder", value=str(path), todo=f"name a file in it: {path / 'detente.db'}"
        )
    if not path.exists():
        if read_only or not create:
            raise StoreMissing("no record here", value=str(path), todo="`detente read` makes one; --db names another")
        if not path.parent.is_dir():
            raise StoreMissing(
                "the folder of the record does not exist", value=str(path.parent), todo="create it first"
            )
    if not read_only:
        for place in (path, path.parent):
            if place.exists() and not os.access(place, os.W_OK):
                raise StoreReadOnly(
                    "the record may not be written here",
                    value=str(place),
                    todo="give yourself the right to write to the file and its folder, or name another file with --db",
                )


def connect(path: Path, *, read_only: bool, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """A connection with the settings all have: no implicit transactions, foreign keys, a busy timeout."""
    mode = "mode=ro" if read_only else "mode=rwc"
    if read_only and _stands_still(path):
        mode += "&immutable=1"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        timeout=busy_seconds,
        isolation_level=None,
        cached_statements=512,
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or, on any error, signal or Ctrl-C, nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make a new database, or bring one up to this program's last migration."""
    if _applied(connection, path) == len(migrations()):
        return
    if _write_ahead(connection) != "wal":
        raise StoreReadOnly(
            "the record cannot be kept on this kind of disk",
            value=str(path),
            expected="one that SQLite can share between programs (WAL)",
            todo="name a file on a local disk with --db",
        )
    with transaction(connection):
        applied = _applied(connection, path)
        if applied == 0:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(_JOURNAL)
        for migration in migrations()[applied:]:
            for statement in statements(migration.script):
                connection.execute(statement)
            digest = sha256(migration.script.encode()).hexdigest()
            connection.execute(
                "INSERT INTO record_migration VALUES (?, ?, ?)", (migration.number, migration.name, digest)
            )


def _write_ahead(connection: sqlite3.Connection) -> str:
    """Switch the file to a write-ahead log and say what it has now. Another program may be doing the same, and SQLite
    does not wait for that by itself: ask again until the time is over that one waits for a writer."""
    end = monotonic() + connection.execute("PRAGMA busy_timeout").fetchone()[0] / 1000
    while True:
        try:
            mode: str = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            return mode
        except sqlite3.OperationalError as error:
            if (error.sqlite_errorcode & 0xFF) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or monotonic() > end:
                raise
        sleep(_ASK_AGAIN_SECONDS)


def require_current(connection: sqlite3.Connection, path: Path) -> None:
    """For reading only: the database must be a record of this program's version."""
    applied = _applied(connection, path)
    if applied < len(migrations()):
        raise StoreTooOld(
            "the record was made by an earlier version of Détente",
            value=str(path),
            expected=f"migration {len(migrations())}, found {applied}",
            todo="open it once for writing, which brings it up to date: detente read, or Store.open(path)",
        )


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script, one at a time, so that they run inside a transaction of ours."""
    lines: list[str] = []
    for line in script.splitlines():
        lines.append(line)
        if sqlite3.complete_statement(statement := "\n".join(lines)):
            yield statement
            lines = []
    if any(line.strip() and not line.lstrip().startswith("--") for line in lines):
        raise ValueError(f"a migration ends in the middle of a statement: {lines}")


def _applied(connection: sqlite3.Connection, path: Path) -> int:
    """How many migrations the database has had; refuses what is not a record, and what is newer than this program."""
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    if mark != APPLICATION_ID:
        if tables:
            raise NotARecord(
                "this SQLite database is not a record",
                value=str(path),
                expected="one made by Détente",
                todo="name another file with --db",
            )
        return 0
    applied: int = connection.execute("SELECT coalesce(max(number), 0) FROM record_migration").fetchone()[0]
    if applied > len(migrations()):
        raise StoreTooNew(
            "the record was made by a later version of Détente",
            value=str(path),
            expected=f"at most migration {len(migrations())}, found {applied}",
            todo="upgrade with: pip install --upgrade detente",
        )
    return applied


def _stands_still(path: Path) -> bool:
    """True for a file nobody can be writing, in a folder where SQLite cannot put its shared index."""
    return not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists()
