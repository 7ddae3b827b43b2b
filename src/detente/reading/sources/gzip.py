"""Files packed with gzip, of any kind inside: articles.jsonl.gz. A packed web archive is a kind of its own."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from typing import BinaryIO, ClassVar, cast

from detente.reading.sources.choosing import unpacked
from detente.reading.sources.errors import InflatesTooFar
from detente.reading.sources.file_kind import FileKind
from detente.reading.sources.parcel import Budget, Parcel
from detente.reading.sources.raw import Found, SourceOptions
from detente.reading.sources.warc import is_packed_warc
from detente.reading.sources.zip import broken


class Gzip(FileKind):
    """One file, unpacked as it is read and never past its budget."""

    name: ClassVar[str] = "gzip"
    suffixes: ClassVar[tuple[str, ...]] = (".gz",)
    media_types: ClassVar[tuple[str, ...]] = ("application/gzip", "application/x-gzip")

    def is_signed(self, head: bytes) -> bool:
        return head.startswith(b"\x1f\x8b") and not is_packed_warc(head)

    def unpack(self, parcel: Parcel, options: SourceOptions) -> Iterator[Found]:
        budget = (parcel.budget or Budget(options.largest_inflated_bytes)).deeper()
        if budget.depth < 0:
            raise InflatesTooFar(
                f"{parcel.uri} lies too deep",
                value="a packed file in packed files",
                expected="at most three, one in the other",
                todo="unpack it yourself",
            )
        with gzip.GzipFile(fileobj=parcel.stream) as packed:
            counted = cast(BinaryIO, _Counted(packed, budget, parcel.uri))
            name = parcel.name[:-3] if parcel.name.lower().endswith(".gz") else parcel.name
            yield from unpacked(Parcel(parcel.uri, counted, name=name, budget=budget), options)


class _Counted:
    """A stream that pays for every byte it gives."""

    def __init__(self, stream: gzip.GzipFile, budget: Budget, uri: str) -> None:
        self.stream = stream
        self.budget = budget
        self.uri = uri

    def read(self, size: int) -> bytes:
        try:
            data = self.stream.read(size)
        except (OSError, EOFError, zlib.error) as error:
            raise broken(self.uri, str(error)) from error
        self.budget.spend(len(data), self.uri)
        return data
