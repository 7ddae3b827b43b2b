"""What can go wrong with a database file, said so that a person knows what to do. One subclass a cause."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detente.errors import StoreError


class StoreMissing(StoreError):
    code = "D301"


class NotARecord(StoreError):
    """A folder, another kind of file, or an SQLite database of somebody else."""

    code = "D302"


class StoreTooNew(StoreError):
    code = "D303"


class StoreTooOld(StoreError):
    code = "D304"


class StoreReadOnly(StoreError):
    code = "D305"


class StoreFull(StoreError):
    code = "D306"


class StoreLocked(StoreError):
    code = "D307"


class StoreCorrupt(StoreError):
    code = "D308"


class StoreExists(StoreError):
    """A backup would overwrite a file."""

    code = "D309"


class RowRefused(StoreError):
    """A document's rows do not fit together, or one cannot be written so that it reads back the same."""

    code = "D310"


@contextmanager
def explained(path: Path, doing: str) -> Iterator[None]:
    """Turn SQLite's errors into ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path, doing) from error


def explain(error: sqlite3.Error, path: Path, doing: str) -> StoreError:
    """The StoreError for an SQLite error met while `doing` something with the record at `path`."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    where = str(path)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL):
        return StoreLocked(
            f"another program kept the record locked while {doing}",
            value=where,
            todo="wait until it has finished, or end it, and start again",
        )
    if code == sqlite3.SQLITE_FULL:
        return StoreFull(
            f"the disk is full: stopped while {doing}",
            value=where,
            todo="the record is whole up to the last document; free some space and start again",
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return StoreReadOnly(
            f"the record may not be written: stopped while {doing}",
            value=where,
            todo="give yourself the right to write to the file and its folder, or name another file with --db",
        )
    if code == sqlite3.SQLITE_NOTADB:
        return NotARecord(
            "this file is not a record",
            value=where,
            expected="an SQLite database made by Détente",
            todo="name another file with --db",
        )
    if code == sqlite3.SQLITE_CORRUPT:
        return StoreCorrupt(
            f"the record is damaged: stopped while {doing}",
            value=where,
            todo="restore a backup, or save what can be read with: sqlite3 FILE .recover",
        )
    if code == sqlite3.SQLITE_CANTOPEN:
        return StoreReadOnly(
            "the record cannot be opened",
            value=where,
            todo="check that you may read the file and write to its folder, or name another file with --db",
        )
    if code == sqlite3.SQLITE_CONSTRAINT:
        return RowRefused(
            f"a row stands in the record already, for another document: stopped while {doing}",
            value=str(error),
            todo="this is an error in the step that gave the row its id; nothing of this document was written",
        )
    if code == sqlite3.SQLITE_IOERR:
        return StoreError(
            f"the disk failed while {doing} ({error})",
            value=where,
            todo="check the disk and its free space; the record is whole up to the last document",
        )
    return StoreError(f"the record failed while {doing} ({error})", value=where, todo="this is an error in Détente")
