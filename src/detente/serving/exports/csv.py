"""CSV for people with spreadsheets: one flat table a kind of record. The columns are made in `flat`."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, ClassVar

from detente.model import AnyRecord
from detente.serving.exports.contract import KINDS
from detente.serving.exports.flat import Cell, Column, columns
from detente.serving.exports.sorting import in_export_order
from detente.serving.exports.tables import write_tables

LIST_MARK = "; "
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


class Csv:
    """RFC 4180, UTF-8, a head line; lists are joined with `; `, nothing is an empty cell.

    Text that a spreadsheet would take for a formula gets an apostrophe before it; `raw` leaves it as it is, for
    programs. `kind` writes one kind into one file; `as_given` keeps the order the records come in.
    """

    name: ClassVar[str] = "csv"
    extension: ClassVar[str] = "csv"

    def __init__(self, *, kind: str | None = None, as_given: bool = False, raw: bool = False) -> None:
        self.kind = kind
        self.as_given = as_given
        self.raw = raw

    def write(self, records: Iterable[AnyRecord], out: Path | BinaryIO) -> None:
        """Write to a folder, one file a kind; or to one `.csv` file or stream, if all records are of one kind."""
        ordered = records if self.as_given else in_export_order(records)
        write_tables(ordered, out, self._begin, extension=self.extension, kind=self.kind)

    def _begin(self, kind: str, handle: BinaryIO) -> _Sheet:
        return _Sheet(columns(KINDS[kind]), handle, raw=self.raw)


class _Sheet:
    def __init__(self, head: tuple[Column, ...], handle: BinaryIO, *, raw: bool) -> None:
        self.head = head
        self.raw = raw
        self.rows = csv.writer(_Encoded(handle))
        self.rows.writerow([column.name for column in head])

    def add(self, record: AnyRecord) -> None:
        self.rows.writerow([written(column.cell(record), raw=self.raw) for column in self.head])

    def end(self) -> None:
        """Nothing is held back."""


class _Encoded:
    """What the writer of the standard library writes to; a text file of its own would close the stream it was lent."""

    def __init__(self, handle: BinaryIO) -> None:
        self.handle = handle

    def write(self, text: str) -> int:
        return self.handle.write(text.encode("utf-8"))


def written(cell: Cell, *, raw: bool = False) -> str | int | float | None:
    """A cell as it stands in the file."""
    is_text = isinstance(cell, str)
    if isinstance(cell, tuple):
        is_text = any(isinstance(item, str) for item in cell)
        cell = LIST_MARK.join("" if item is None else str(item) for item in cell)
    if is_text and isinstance(cell, str) and not raw and cell.startswith(_FORMULA_STARTS):
        return "'" + cell
    return cell
