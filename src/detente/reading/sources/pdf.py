"""PDF files: the text of their pages as paragraphs, without running heads and page numbers."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any, ClassVar

from detente.errors import InputError
from detente.reading.sources.cleaning import cleaned, cleaned_line
from detente.reading.sources.errors import BrokenPdf, EncryptedPdf, ScannedPdf, TooLarge
from detente.reading.sources.file_kind import FileKind
from detente.reading.sources.parcel import Parcel, too_large
from detente.reading.sources.raw import Found, RawDocument, SourceOptions
from detente.reading.sources.unwrapping import joined

_PAGE_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: (?:of|/) \d{1,4})?", re.IGNORECASE)
_FILE_NAME = re.compile(r"^(?:microsoft word - |untitled)|\.(?:docx?|pdf|indd|qxd|rtf|odt|html?)$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_FEWEST_LETTERS = 40
_MOST_PAGES = 2_000
_MOST_SHOWN = 30_000


class Pdf(FileKind):
    """One article a file. Its dates are those of the file: the one stated for publication, else that of its making."""

    name: ClassVar[str] = "pdf"
    suffixes: ClassVar[tuple[str, ...]] = (".pdf",)
    media_types: ClassVar[tuple[str, ...]] = ("application/pdf",)

    def is_signed(self, head: bytes) -> bool:
        return b"%PDF-" in head[:1024] and not head.lstrip()[:1].isalpha()

    def unpack(self, parcel: Parcel, options: SourceOptions) -> Iterator[Found]:
        data = parcel.whole(options.largest_file_bytes)
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it warns of is told here as an error of ours
        from pypdf import PdfReader

        try:
            reader = PdfReader(BytesIO(data), strict=False)
            if reader.is_encrypted:
                _unlock(reader, parcel.uri)
            pages = _pages(reader, parcel.uri, options.largest_text_bytes)
            metadata = reader.metadata or {}
        except InputError:
            raise
        except Exception as error:  # pypdf raises errors of many kinds for what is no PDF
            raise _broken(parcel.uri, f"{type(error).__name__}: {error}"[:200]) from error
        yield RawDocument(
            uri=parcel.uri,
            text=cleaned(paragraphs(pages), parcel.uri),
            title=_title(metadata.get("/Title")),
            author=_text(metadata.get("/Author")),
            published=_text(metadata.get("/CreationDate")),
            published_basis="metadata",
        )


def paragraphs(pages: list[str]) -> str:
    """Pages as one text: running heads and page numbers taken off, lines joined, a paragraph that runs over a page's
    end made whole."""
    split = [[line.strip() for line in page.replace("\r", "").split("\n") if line.strip()] for page in pages]
    split = _without_running_heads([lines for lines in split if lines])
    lines = [line for page in split for line in page]
    if not lines:
        return ""
    lengths = sorted(len(line) for line in lines)
    width = lengths[int(len(lengths) * 0.9)]
    words = frozenset(word.strip(".,;:!?”’\"')(“") for line in lines for word in line.split(" "))
    return "\n\n".join(joined(lines, 0.85 * width, words=words))


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Lines that stand first or last on most pages, their digits aside, and lone page numbers there."""
    edges = Counter(_shape(line) for page in pages for line in {page[0], page[-1]})
    running = {shape for shape, times in edges.items() if len(pages) > 2 and times > len(pages) / 2}
    kept = []
    for page in pages:
        page = page[_is_running(page[0], running, len(pages)) :]
        page = page[: len(page) - _is_running(page[-1], running, len(pages))] if page else page
        kept.append(page)
    return kept


def _is_running(line: str, running: set[str], pages: int) -> bool:
    return _shape(line) in running or (pages > 1 and _PAGE_NUMBER.fullmatch(line) is not None)


def _shape(line: str) -> str:
    return _DIGITS.sub("0", line)


def _pages(reader: Any, uri: str, limit: int) -> list[str]:
    pages: list[str] = []
    size = 0
    has_pictures = False
    for number, page in enumerate(reader.pages[:_MOST_PAGES], start=1):
        _check_page(page, number, uri)
        pages.append(page.extract_text() or "")
        size += len(pages[-1])
        if size > limit:
            raise too_large(uri, limit)
        has_pictures = has_pictures or _has_pictures(page)
    letters = sum(map(str.isalpha, "".join(pages)[:10_000]))
    if letters < _FEWEST_LETTERS:
        raise ScannedPdf(
            f"{uri} holds no text",
            value=f"{len(pages)} pages{' of pictures' if has_pictures else ''}, {letters} letters",
            expected="a PDF whose words can be selected",
            todo="run it through OCR first, for instance with ocrmypdf",
        )
    return pages


def _check_page(page: Any, number: int, uri: str) -> None:
    """Raises TooLarge for a page that shows text more often than any printed page does; time grows with its square."""
    contents = page.get_contents()
    shown = contents.get_data().count(b"T") if contents is not None else 0
    if shown > _MOST_SHOWN:
        raise TooLarge(
            f"{uri} is too large a PDF",
            value=f"page {number} shows text {shown:,} times",
            expected=f"at most {_MOST_SHOWN:,} times a page",
            todo="save its text as .txt",
        )


def _has_pictures(page: Any) -> bool:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    return bool(objects)


def _unlock(reader: Any, uri: str) -> None:
    """Opens what is encrypted with an empty password, as readers do. Raises EncryptedPdf for all else."""
    try:
        is_open = bool(reader.decrypt(""))
    except Exception:  # noqa: BLE001  a cipher that is not installed, or a broken key
        is_open = False
    if not is_open:
        raise EncryptedPdf(
            f"{uri} is encrypted",
            value="it asks for a password",
            expected="a PDF that opens without one",
            todo="open it with its password and save or print it as a PDF without one",
        )


def _title(value: Any) -> str | None:
    """The title, unless a program put the name of a file there."""
    title = _text(value)
    return None if title is None or _FILE_NAME.search(title) else title


def _text(value: Any) -> str | None:
    return cleaned_line(str(value)) if value is not None else None


def _broken(uri: str, value: str) -> BrokenPdf:
    return BrokenPdf(
        f"{uri} cannot be taken apart",
        value=value,
        expected="a whole PDF",
        todo="download it again, or open it and print it as a PDF",
    )
