"""Plain text and Markdown, with or without a header."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from detente.reading.sources.cleaning import cleaned
from detente.reading.sources.decoding import decoded
from detente.reading.sources.file_kind import FileKind
from detente.reading.sources.header import header
from detente.reading.sources.parcel import Parcel
from detente.reading.sources.raw import Found, RawDocument, SourceOptions
from detente.reading.sources.unwrapping import unwrapped


class Text(FileKind):
    """One article a file. Also what a file is taken for that is of no other kind."""

    name: ClassVar[str] = "text"
    suffixes: ClassVar[tuple[str, ...]] = (".txt", ".text", ".md", ".markdown")
    media_types: ClassVar[tuple[str, ...]] = ("text/plain", "text/markdown")

    def unpack(self, parcel: Parcel, options: SourceOptions) -> Iterator[Found]:
        text = decoded(parcel.whole(options.largest_text_bytes), parcel.uri, parcel.charset)
        top = header(cleaned(text, parcel.uri))
        fields = top.fields
        yield RawDocument(
            uri=fields.get("uri", parcel.uri),
            text=cleaned(unwrapped(top.text), parcel.uri),
            title=fields.get("title"),
            outlet=fields.get("outlet"),
            outlet_territory=fields.get("outlet_territory"),
            author=fields.get("author"),
            published=fields.get("published"),
            language=fields.get("language"),
        )
