"""Exports that make one table a kind of record: into a folder, or, for one kind, into one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Protocol

from detente.errors import UsageError
from detente.model import AnyRecord
from detente.recording.order import kind_of
from detente.serving.exports.contract import KINDS, opened

ALWAYS = ("document", "actor", "mention", "event", "claim", "figure", "moment", "place", "happening", "dispute")
"""Kinds that have a table in every folder, if an empty one, so that who reads it need not ask which are there."""


class Sheet(Protocol):
    """One table being written."""

    def add(self, record: AnyRecord) -> None: ...

    def end(self) -> None: ...


Begin = Callable[[str, BinaryIO], Sheet]
"""Starts a sheet for a kind of record in an open file."""


def write_tables(
    records: Iterable[AnyRecord], out: Path | BinaryIO, begin: Begin, *, extension: str, kind: str | None
) -> None:
    """Write each record to the table of its kind.

    `out` is one file where it is a stream, where its name ends in the extension, or where `kind` is given (inside
    `out`, if that is a folder); else it is a folder, made where there is none. Raises UsageError where records of
    several kinds would have to share a file.
    """
    if kind is not None:
        records = (record for record in records if kind_of(record) == kind)
        if isinstance(out, Path) and out.is_dir():
            out = out / file_name(kind, extension)
    if isinstance(out, Path) and kind is None and (out.is_dir() or out.suffix != f".{extension}"):
        _write_folder(records, out, begin, extension)
    else:
        _write_file(records, out, begin, kind)


def file_name(kind: str, extension: str) -> str:
    """`events.csv`."""
    return f"{kind}s.{extension}"


def _write_folder(records: Iterable[AnyRecord], folder: Path, begin: Begin, extension: str) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(
            "several tables need a folder, this is a file",
            value=str(folder),
            todo=f"name a folder, or one kind with --kind and a file that ends in .{extension}",
        )
    if not folder.parent.is_dir():
        raise UsageError("the folder of the export does not exist", value=str(folder.parent), todo="create it first")
    folder.mkdir(exist_ok=True)
    sheets: dict[str, Sheet] = {}
    with ExitStack() as files:

        def sheet(kind: str) -> Sheet:
            if kind not in sheets:
                sheets[kind] = _begun(kind, folder / file_name(kind, extension), begin, files)
            return sheets[kind]

        for kind in ALWAYS:
            sheet(kind)
        for record in records:
            sheet(kind_of(record)).add(record)


def _write_file(records: Iterable[AnyRecord], out: Path | BinaryIO, begin: Begin, kind: str | None) -> None:
    if kind is not None and kind not in KINDS:
        raise UsageError("no kind of record is called so", value=kind, expected="one of " + ", ".join(KINDS))
    with ExitStack() as files:
        sheet = None if kind is None else _begun(kind, out, begin, files)
        for record in records:
            if sheet is None:
                kind = kind_of(record)
                sheet = _begun(kind, out, begin, files)
            elif kind_of(record) != kind:
                raise UsageError(
                    "records of several kinds do not fit into one table",
                    value=f"{kind}, {kind_of(record)}",
                    todo="name a folder with -o, or one kind with --kind",
                )
            sheet.add(record)
        if sheet is None:
            files.enter_context(opened(out))


def _begun(kind: str, out: Path | BinaryIO, begin: Begin, files: ExitStack) -> Sheet:
    """A sheet that `files` ends, also where the export fails on the way, before it closes the file."""
    sheet = begin(kind, files.enter_context(opened(out)))
    files.callback(sheet.end)
    return sheet
