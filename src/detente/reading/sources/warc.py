"""Web archives (WARC, packed or not): every page that was fetched whole, in the order of the archive."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from typing import Any, ClassVar

from detente.errors import InputError
from detente.reading.sources.choosing import unpacked
from detente.reading.sources.errors import BrokenWarc, EmptyFolder, stumbled
from detente.reading.sources.file_kind import FileKind
from detente.reading.sources.parcel import Parcel, media_type, too_large
from detente.reading.sources.raw import Found, SetAside, SourceOptions

_READ_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")


class Warc(FileKind):
    """Pages, texts and PDFs; pictures, scripts, redirects and error pages are passed over.

    The date of a record is when it was fetched; it is not taken for the date of publication.
    """

    name: ClassVar[str] = "warc"
    suffixes: ClassVar[tuple[str, ...]] = (".warc", ".warc.gz", ".wet", ".wet.gz")
    media_types: ClassVar[tuple[str, ...]] = ("application/warc",)

    def is_signed(self, head: bytes) -> bool:
        return head.startswith(b"WARC/") or is_packed_warc(head)

    def unpack(self, parcel: Parcel, options: SourceOptions) -> Iterator[Found]:
        logging.getLogger("warcio").setLevel(logging.CRITICAL)  # what it warns of is told here as an error of ours
        from warcio.archiveiterator import ArchiveIterator

        found = False
        number = 0
        try:
            for number, record in enumerate(ArchiveIterator(parcel.stream, no_record_parse=False), start=1):
                if not _is_page(record):
                    continue
                found = True
                uri = record.rec_headers.get_header("WARC-Target-URI") or f"{parcel.uri}#record={number}"
                uri = uri.strip("<>")
                try:
                    kind, charset = _media_type(record)
                    data = _content(record, uri, options.largest_file_bytes)
                    inner = Parcel.of_bytes(uri, data, name="-", media_type=kind, charset=charset)  # links not followed
                    yield from unpacked(inner, options)
                except InputError as error:
                    yield SetAside(uri, error)
        except Exception as error:  # noqa: BLE001  warcio raises errors of many kinds for what is no archive
            yield SetAside(parcel.uri, _broken(parcel.uri, number, error))
            return
        if not found:
            raise EmptyFolder(
                f"there are no pages in the web archive {parcel.uri}",
                value=f"{number} records",
                expected="pages that were fetched whole (status 200)",
                todo="check that the crawl kept its responses",
            )


def is_packed_warc(head: bytes) -> bool:
    """Whether bytes packed with gzip begin as a web archive does."""
    if not head.startswith(b"\x1f\x8b"):
        return False
    try:
        return zlib.decompressobj(31).decompress(head, 16).startswith(b"WARC/")
    except zlib.error:
        return False


def _is_page(record: Any) -> bool:
    if record.rec_type == "conversion":
        return True
    if record.rec_type == "resource":
        return _media_type(record)[0] in _READ_TYPES
    if record.rec_type != "response" or record.http_headers is None:
        return False
    return bool(record.http_headers.get_statuscode() == "200" and _media_type(record)[0] in _READ_TYPES)


def _media_type(record: Any) -> tuple[str | None, str | None]:
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    return media_type(headers.get_header("Content-Type") if headers is not None else None)


def _content(record: Any, uri: str, limit: int) -> bytes:
    stream = record.content_stream()
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(65_536):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise too_large(uri, limit)
    return b"".join(pieces)


def _broken(uri: str, number: int, error: Exception) -> InputError:
    if isinstance(error, InputError):
        return error
    if isinstance(error, AssertionError | NameError):
        return stumbled(uri, error)
    return BrokenWarc(
        f"the web archive {uri} breaks off",
        value=f"after record {number}: {type(error).__name__}: {error}"[:200],
        expected="records in the WARC format",
        todo="download it again; the records before were read",
    )
