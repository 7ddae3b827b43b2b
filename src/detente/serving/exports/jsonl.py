"""JSON Lines: one record a line, whole, with the field names of the contract."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, ClassVar

import msgspec

from detente.model import AnyRecord
from detente.recording.order import kind_of
from detente.serving.exports.contract import opened
from detente.serving.exports.sorting import in_export_order


class JsonLines:
    """UTF-8, `record` first and then the fields in the order of the model, nulls and empty lists included.

    `kind` lets only records of one kind through; `as_given` keeps the order they come in.
    """

    name: ClassVar[str] = "jsonl"
    extension: ClassVar[str] = "jsonl"

    def __init__(self, *, kind: str | None = None, as_given: bool = False) -> None:
        self.kind = kind
        self.as_given = as_given

    def write(self, records: Iterable[AnyRecord], out: Path | BinaryIO) -> None:
        """Write all records to a file or an open binary stream, which is left open."""
        encoder = msgspec.json.Encoder()
        buffer = bytearray()
        with opened(out) as handle:
            for record in records if self.as_given else in_export_order(records):
                if self.kind is None or kind_of(record) == self.kind:
                    encoder.encode_into(record, buffer)
                    buffer += b"\n"
                    handle.write(buffer)
