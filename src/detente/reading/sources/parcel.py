"""Bytes that arrived, with where they came from: what every kind of file is read from.

A parcel can be a file, standard input, an answer from the network or a member of an archive. How its bytes become
text is the business of the kind of file.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from detente.reading.sources.errors import EmptyInput, InflatesTooFar, TooLarge

HEAD_BYTES = 16_384


class Parcel:
    """One stream of bytes, read once. `head` holds its first bytes, which are still in the stream.

    `name` is what the kind is told by (a file name, the path of a URL); `charset` and `media_type` what the server or
    the message said; `fetched` whether it came over the network, so that its links may be followed; `budget` what may
    still be unpacked, shared by all that one input holds.
    """

    def __init__(
        self,
        uri: str,
        stream: BinaryIO,
        *,
        name: str | None = None,
        media_type: str | None = None,
        charset: str | None = None,
        fetched: bool = False,
        budget: Budget | None = None,
    ) -> None:
        self.uri = uri
        self.name = uri if name is None else name
        self.media_type = media_type
        self.charset = charset
        self.fetched = fetched
        self.budget = budget
        self.head = _first_bytes(stream)
        self.stream: BinaryIO = io.BufferedReader(_Rejoined(self.head, stream), 1 << 16)

    @classmethod
    def of_bytes(
        cls,
        uri: str,
        data: bytes,
        *,
        name: str | None = None,
        media_type: str | None = None,
        charset: str | None = None,
        fetched: bool = False,
        budget: Budget | None = None,
    ) -> Parcel:
        return cls(
            uri, io.BytesIO(data), name=name, media_type=media_type, charset=charset, fetched=fetched, budget=budget
        )

    def whole(self, limit: int) -> bytes:
        """All bytes. Raises TooLarge past `limit`, without reading further, and EmptyInput where there are none."""
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise too_large(self.uri, limit)
        if not data.strip():
            raise EmptyInput(
                f"{self.uri} is empty",
                value=f"{len(data)} bytes",
                expected="an article",
                todo="check that the file was saved or downloaded whole",
            )
        return data

    def lines(self, limit: int) -> Iterator[tuple[int, bytes | None]]:
        """Lines with their numbers, from 1, split at \\n alone and always in UTF-8 or a single-byte encoding.

        A line over `limit` is None; it is passed over piece by piece and never held.
        """
        stream = self._narrow()
        number = 0
        while line := stream.readline(limit + 1):
            number += 1
            if len(line) <= limit:
                yield number, line
                continue
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit + 1)
            yield number, None

    def _narrow(self) -> BinaryIO:
        """The stream, turned into UTF-8 where its head says UTF-16, and without a byte order mark."""
        from detente.reading.sources.decoding import wide_encoding

        if (encoding := wide_encoding(self.head)) is not None:
            text = io.TextIOWrapper(self.stream, encoding, errors="replace", newline="\n")
            return io.BufferedReader(_Encoded(text), 1 << 16)
        if self.head.startswith(codecs.BOM_UTF8):
            self.stream.read(len(codecs.BOM_UTF8))
        return self.stream


def media_type(content_type: str | None) -> tuple[str | None, str | None]:
    """Media type and charset of a Content-Type header."""
    kind, _, rest = (content_type or "").partition(";")
    charset = next((p.partition("=")[2] for p in rest.split(";") if p.strip().lower().startswith("charset")), "")
    return kind.strip().lower() or None, charset.strip().strip("\"'") or None


class Budget:
    """How many bytes one input may still unpack to (one store for all archives in it), and how deep they may lie."""

    def __init__(self, size: int, depth: int = 3) -> None:
        self._store = [size]
        self.depth = depth

    @property
    def left(self) -> int:
        return self._store[0]

    def deeper(self) -> Budget:
        """The same store, one level down."""
        inner = Budget(0, self.depth - 1)
        inner._store = self._store
        return inner

    def spend(self, size: int, uri: str) -> None:
        """Takes `size` bytes off. Raises InflatesTooFar where they are not there."""
        self.check(size, uri)
        self._store[0] -= size

    def check(self, size: int, uri: str) -> None:
        """Raises InflatesTooFar where `size` bytes are not there."""
        if size > self.left:
            raise InflatesTooFar(
                f"{uri} unpacks to too much",
                value=f"{size:,} bytes where {self.left:,} are left",
                expected="a packed file that stays within its budget",
                todo="unpack it yourself, look at what it holds, and give the folder",
            )


class _Encoded(io.RawIOBase):
    """Text as a stream of UTF-8."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.text = text
        self.waiting = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self.waiting:
            self.waiting = self.text.read(16_384).lstrip("\ufeff").encode("utf-8", "replace")
        taken, self.waiting = self.waiting[: len(buffer)], self.waiting[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


class _Rejoined(io.RawIOBase):
    """The head put back before the rest of a stream that cannot be wound back."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head = memoryview(head)
        self.rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self.head:
            taken = self.head[: len(buffer)]
            self.head = self.head[len(taken) :]
        else:
            taken = memoryview(self.rest.read(len(buffer)) or b"")
        buffer[: len(taken)] = taken
        return len(taken)


def _first_bytes(stream: BinaryIO) -> bytes:
    """Up to HEAD_BYTES; a pipe may give them in pieces."""
    pieces: list[bytes] = []
    missing = HEAD_BYTES
    while missing and (piece := stream.read(missing)):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)


def too_large(uri: str, limit: int) -> TooLarge:
    return TooLarge(
        f"{uri} is too large",
        value=f"more than {limit:,} bytes",
        expected=f"at most {limit:,} bytes in one article",
        todo="cut it into its articles, one file or one line of JSON each",
    )
