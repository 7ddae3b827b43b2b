"""JSON Lines, one article a line, and JSON files that hold one article or a list of them.

The exports of Détente are read back: rows that are no documents are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, ClassVar

from detente.errors import InputError
from detente.reading.sources.decoding import decoded, decoded_line, is_binary, wide_encoding
from detente.reading.sources.errors import BinaryInput, BrokenLine, EmptyInput
from detente.reading.sources.file_kind import FileKind
from detente.reading.sources.parcel import Parcel, too_large
from detente.reading.sources.raw import Found, SetAside, SourceOptions
from detente.reading.sources.table import columns_of, row_document


class JsonLines(FileKind):
    """Objects with the fields of the document record, or others by `--column`. Each keeps its own date."""

    name: ClassVar[str] = "jsonl"
    suffixes: ClassVar[tuple[str, ...]] = (".jsonl", ".ndjson", ".json")
    media_types: ClassVar[tuple[str, ...]] = ("application/json", "application/x-ndjson", "application/jsonl")

    def is_likely(self, head: bytes) -> bool:
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200]
        return start.startswith((b'{"', b"[{")) or (start[:1] == b"{" and start[1:].lstrip().startswith(b'"'))

    def unpack(self, parcel: Parcel, options: SourceOptions) -> Iterator[Found]:
        if wide_encoding(parcel.head) is None and is_binary(parcel.head):
            raise BinaryInput(
                f"{parcel.uri} is not JSON",
                value=f"first bytes {parcel.head[:8].hex(' ')}",
                expected="one JSON object a line, in UTF-8",
                todo="export it as JSON Lines from the program it came from",
            )
        items = _items(parcel, options) if _is_one_value(parcel.head) else _lines(parcel, options)
        found = False
        for uri, item in items:
            found = True
            if isinstance(item, InputError):
                yield SetAside(uri, item)
                continue
            try:
                if not (isinstance(item, dict) and item.get("record", "document") != "document"):
                    yield row_document(_values(item, options.columns, uri), uri)
            except InputError as error:
                yield SetAside(uri, error)
        if not found:
            raise EmptyInput(
                f"{parcel.uri} is empty",
                value="no line with anything in it",
                expected="one JSON object a line",
                todo="check that the file was exported whole",
            )


Item = tuple[str, Any]


def _is_one_value(head: bytes) -> bool:
    """A list, or an object laid out over several lines."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"[") or start.split(b"\n", 1)[0].strip() == b"{"


def _lines(parcel: Parcel, options: SourceOptions) -> Iterator[Item]:
    for number, line in parcel.lines(options.largest_text_bytes):
        uri = f"{parcel.uri}#line={number}"
        if line is None:
            yield uri, too_large(uri, options.largest_text_bytes)
        elif line.strip():
            yield uri, _parsed(decoded_line(line), uri)


def _items(parcel: Parcel, options: SourceOptions) -> Iterator[Item]:
    value = _parsed(decoded(parcel.whole(options.largest_file_bytes), parcel.uri), parcel.uri)
    if isinstance(value, list):
        yield from ((f"{parcel.uri}#item={number}", item) for number, item in enumerate(value, start=1))
    else:
        yield parcel.uri, value


def _parsed(text: str, uri: str) -> Any:
    """The value, or the BrokenLine that says where it breaks off."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        value = "nested too deep" if isinstance(error, RecursionError) else str(error)
        return _broken(uri, f"{value}: {text.strip()[:40]}…")


def _values(item: Any, columns: dict[str, str], uri: str) -> dict[str, str | None]:
    if not isinstance(item, dict):
        raise _broken(uri, f"a {type(item).__name__}, not an object")
    asked = {field: name for field, name in columns.items() if field == "text" or name in item}
    return {field: _stated(field, item[name], uri) for field, name in columns_of(item, asked, uri).items()}


def _stated(field: str, value: Any, uri: str) -> str | None:
    """A value as text. A date of an exported document is its first day, unless it was inferred."""
    if value is None or isinstance(value, str):
        return value
    if field == "published" and isinstance(value, dict):
        start, end = value.get("start"), value.get("end")
        if value.get("basis") not in ("given", "metadata") or not isinstance(start, str):
            return None
        return start if start == end or not isinstance(end, str) else f"{start}/{end}"
    if field == "author" and isinstance(value, list) and all(isinstance(name, str) for name in value):
        return "; ".join(value)
    if isinstance(value, int | float) and field != "text":
        return str(value)
    raise _broken(uri, f"{field} is a {type(value).__name__}, not text")


def _broken(uri: str, value: str) -> BrokenLine:
    return BrokenLine(
        f"{uri} is no article in JSON",
        value=value,
        expected='one whole JSON object, such as {"title": "…", "published": "2024-07-01", "text": "…"}',
        todo="mend or drop it; the others were read",
    )
