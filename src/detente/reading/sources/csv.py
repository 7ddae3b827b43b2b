"""Tables in CSV and TSV, one article a row. The first line names the columns; each row keeps its own date."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from itertools import chain
from typing import ClassVar

from detente.errors import InputError
from detente.reading.sources.decoding import decoded_line, is_binary, wide_encoding
from detente.reading.sources.errors import BinaryInput, BrokenLine, EmptyFolder, EmptyInput
from detente.reading.sources.file_kind import FileKind
from detente.reading.sources.parcel import Parcel, too_large
from detente.reading.sources.raw import Found, SetAside, SourceOptions
from detente.reading.sources.table import columns_of, row_document

_DELIMITERS = ",;\t|"


class Csv(FileKind):
    """Cells between commas, semicolons, tabs or bars, whichever parts the first line most."""

    name: ClassVar[str] = "csv"
    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".tsv", ".tab")
    media_types: ClassVar[tuple[str, ...]] = ("text/csv", "text/tab-separated-values")

    def is_likely(self, head: bytes) -> bool:
        """A first line that names columns, one of them `text`, as the field is called."""
        line = head.split(b"\n", 1)[0][:2000].decode("utf-8", "replace").lower().lstrip("\ufeff").strip()
        return any(
            "text" in (cells := [cell.strip(' "') for cell in line.split(mark)]) and len(cells) > 1
            for mark in _DELIMITERS
        )

    def unpack(self, parcel: Parcel, options: SourceOptions) -> Iterator[Found]:
        if wide_encoding(parcel.head) is None and is_binary(parcel.head):
            raise BinaryInput(
                f"{parcel.uri} is not a table",
                value=f"first bytes {parcel.head[:8].hex(' ')}",
                expected="CSV text, its first line naming the columns",
                todo="export it as CSV from the program it came from",
            )
        csv.field_size_limit(options.largest_text_bytes)  # the module's own bound is shorter than a long article
        lines = _Lines(parcel, options.largest_text_bytes)
        names_line = next(lines, "")
        if not names_line.strip():
            raise _empty(parcel.uri)
        delimiter = max(_DELIMITERS, key=names_line.count)
        rows = csv.reader(chain([names_line], lines), delimiter=delimiter)
        try:
            names = next(rows, [])
        except csv.Error as error:
            raise _broken(f"{parcel.uri}#line=1", str(error)) from error
        columns = columns_of(names, options.columns, parcel.uri)
        places = {field: names.index(name) for field, name in columns.items()}
        yield from _rows(rows, places, len(names), lines)


class _Lines(Iterator[str]):
    """The lines of a parcel as text, counted, those left out that are over the size."""

    def __init__(self, parcel: Parcel, limit: int) -> None:
        self.uri = parcel.uri
        self.limit = limit
        self.number = 0
        self.is_over = False
        self.over: list[int] = []
        self.lines = parcel.lines(limit)
        self.waiting: deque[str] = deque()

    def __next__(self) -> str:
        while not self.waiting:
            _, line = next(self.lines, (0, b""))
            if line == b"":
                self.is_over = True
                raise StopIteration
            if line is None:
                self.number += 1
                self.over.append(self.number)
                continue
            text = decoded_line(line).replace("\0", "").replace("\r\n", "\n").removesuffix("\n")
            self.waiting.extend(f"{piece}\n" for piece in text.split("\r"))
        self.number += 1
        return self.waiting.popleft()


def _rows(rows: Iterator[list[str]], places: dict[str, int], width: int, lines: _Lines) -> Iterator[Found]:
    found = 0
    while True:
        uri = f"{lines.uri}#line={lines.number + 1}"
        try:
            cells = next(rows, None)
            for number in lines.over:
                yield SetAside(f"{lines.uri}#line={number}", too_large(f"{lines.uri}#line={number}", lines.limit))
            lines.over.clear()
            if cells is None:
                break
            if not any(cells):
                continue
            found += 1
            if lines.is_over:  # every whole row ends with its line
                raise _broken(uri, "a quotation mark opens here that is never closed; what follows it was not read")
            if len(cells) > width:
                raise _broken(uri, f"{len(cells)} cells where the first line names {width}")
            values = {field: cells[at] if at < len(cells) else None for field, at in places.items()}
            yield row_document(values, uri)
        except csv.Error as error:
            found += 1
            yield SetAside(uri, _broken(uri, str(error)))
        except InputError as error:
            yield SetAside(uri, error)
    if not found:
        raise EmptyFolder(
            f"{lines.uri} names its columns and has no rows",
            value="0 rows",
            expected="one article a row",
            todo="check that the table was exported whole",
        )


def _broken(uri: str, value: str) -> BrokenLine:
    return BrokenLine(
        f"{uri} is no row of this table",
        value=value,
        expected="as many cells as there are columns, a cell with line breaks between quotation marks",
        todo="mend the row; the others were read",
    )


def _empty(uri: str) -> EmptyInput:
    return EmptyInput(
        f"{uri} is empty",
        value="no first line",
        expected="a first line that names the columns",
        todo="check that the table was exported whole",
    )
