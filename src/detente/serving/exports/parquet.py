"""Parquet for programs: one table a kind of record, nested as in the model."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

from detente.model import AnyRecord
from detente.serving.exports.arrow import nested_schema, nested_table
from detente.serving.exports.sorting import in_export_order
from detente.serving.exports.tables import write_tables

GROUP = 10_000
"""Records in a row group, and so in memory at a time for each kind."""


class Parquet:
    """Structs and lists, field for field the model, compressed with zstd.

    `kind` writes one kind into one file; `as_given` keeps the order the records come in.
    """

    name: ClassVar[str] = "parquet"
    extension: ClassVar[str] = "parquet"

    def __init__(self, *, kind: str | None = None, as_given: bool = False) -> None:
        self.kind = kind
        self.as_given = as_given

    def write(self, records: Iterable[AnyRecord], out: Path | BinaryIO) -> None:
        """Write to a folder, one file a kind; or to one `.parquet` file or stream, if all records are of one kind."""
        ordered = records if self.as_given else in_export_order(records)
        write_tables(ordered, out, _Sheet, extension=self.extension, kind=self.kind)


class _Sheet:
    def __init__(self, kind: str, handle: BinaryIO) -> None:
        import pyarrow.parquet

        self.kind = kind
        self.held: list[AnyRecord] = []
        self.writer: Any = pyarrow.parquet.ParquetWriter(handle, nested_schema(kind), compression="zstd")

    def add(self, record: AnyRecord) -> None:
        self.held.append(record)
        if len(self.held) >= GROUP:
            self._flush()

    def end(self) -> None:
        self._flush()
        self.writer.close()

    def _flush(self) -> None:
        if self.held:
            self.writer.write_table(nested_table(self.kind, self.held))
            self.held = []
