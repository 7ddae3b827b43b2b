"""Word files: headings, paragraphs and tables in their order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any, ClassVar

from detente.reading.sources.cleaning import cleaned, cleaned_line
from detente.reading.sources.errors import NoArticle
from detente.reading.sources.file_kind import FileKind
from detente.reading.sources.parcel import Budget, Parcel
from detente.reading.sources.raw import Found, RawDocument, SourceOptions
from detente.reading.sources.zip import broken, member_bytes, opened_zip

_TEMPLATE_DATE = datetime(2013, 12, 23, 23, 15)  # what python-docx leaves in files it makes, whenever it makes them


class Docx(FileKind):
    """One article a file. Title, author and date are the file's core properties, the date that of its making."""

    name: ClassVar[str] = "docx"
    suffixes: ClassVar[tuple[str, ...]] = (".docx", ".docm")
    media_types: ClassVar[tuple[str, ...]] = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )

    def unpack(self, parcel: Parcel, options: SourceOptions) -> Iterator[Found]:
        data = parcel.whole(options.largest_file_bytes)
        budget = parcel.budget or Budget(options.largest_inflated_bytes)
        with opened_zip(data, parcel.uri, options.most_packed_files) as archive:
            budget.spend(sum(member.file_size for member in archive.infolist()), parcel.uri)
            for member in archive.infolist():  # a member that declares less than it holds is found out here
                if member.filename.endswith((".xml", ".rels")):
                    member_bytes(archive, member, parcel.uri)
        try:
            from docx import Document

            word = Document(BytesIO(data))
            text = "\n\n".join(_blocks(word))
            properties = word.core_properties
            made = properties.created
            title, author, language = properties.title, properties.author, properties.language
        except Exception as error:  # python-docx raises errors of many kinds for what is no Word file
            raise broken(parcel.uri, f"{type(error).__name__}: {error}") from error
        if not text.strip():
            raise NoArticle(
                f"{parcel.uri} holds no text",
                value="no paragraph with words in it",
                expected="a Word file with an article in its body",
                todo="look whether the text is a picture; text boxes are not read",
            )
        yield RawDocument(
            uri=parcel.uri,
            text=cleaned(text, parcel.uri),
            title=cleaned_line(title),
            author=None if author == "python-docx" else cleaned_line(author),
            published=None if made is None or made.replace(tzinfo=None) == _TEMPLATE_DATE else made.isoformat(),
            published_basis="metadata",
            language=language or None,
        )


def _blocks(word: Any) -> Iterator[str]:
    from docx.table import Table

    for block in word.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = [cell.text.strip() for cell in row.cells]
                if any(cells):
                    yield "\n".join(dict.fromkeys(cell for cell in cells if cell))  # merged cells come once each column
        elif block.text.strip():
            yield block.text
