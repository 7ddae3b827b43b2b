"""What a source hands over: an article as it arrived, or the reason why there is none.

Dates, languages and overrides are not looked at here; `arrival` does that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal, Protocol

from msgspec import Struct

from detente.errors import InputError
from detente.settings import Settings

FIELDS = ("uri", "title", "outlet", "outlet_territory", "author", "published", "language", "text")


class RawDocument(Struct, frozen=True, kw_only=True):
    """One article as it arrived.

    `published` is the date as written. `published_basis` says who stated it: `given` by whoever prepared the input
    (a column, a header line), or `metadata` that the file carries about itself.
    """

    uri: str
    text: str
    title: str | None = None
    outlet: str | None = None
    outlet_territory: str | None = None
    author: str | None = None
    published: str | None = None
    published_basis: Literal["given", "metadata"] = "given"
    language: str | None = None


class SetAside(Struct, frozen=True):
    """An input, or one document in it, that cannot be read, and why."""

    uri: str
    error: InputError


Found = RawDocument | SetAside


class SourceOptions(Struct, frozen=True, kw_only=True):
    """What sources can be told. Sizes are in bytes, times in seconds.

    `columns` maps a field of the document record to the name it has in a table. `largest_text_bytes` bounds one
    article, `largest_file_bytes` one file that must be held whole (PDF, page, archive), `largest_inflated_bytes` all
    that one packed file may unpack to, `largest_fetch_bytes` one answer from the network. `allow_private` lets
    addresses inside the own network be fetched; it is for trying things out on the own machine.
    """

    columns: dict[str, str] = {}
    largest_text_bytes: int = 50_000_000
    largest_file_bytes: int = 200_000_000
    largest_inflated_bytes: int = 200_000_000
    largest_fetch_bytes: int = 20_000_000
    most_packed_files: int = 20_000
    fetch_timeout_seconds: float = 20.0
    allow_private: bool = False

    @classmethod
    def from_settings(cls, settings: Settings, *, columns: dict[str, str] | None = None) -> SourceOptions:
        """The options that agree with the settings of a run."""
        return cls(
            columns=columns or {},
            largest_text_bytes=settings.largest_text_bytes,
            fetch_timeout_seconds=settings.fetch_timeout_seconds,
        )


class Source(Protocol):
    """A kind of place that articles come from. Registered by `name` in the registry's `sources`."""

    name: ClassVar[str]

    def accepts(self, place: str) -> bool:
        """Whether `place`, as written on the command line, is for this source. Looks at the name, opens nothing."""
        ...

    def read(self, place: str, options: SourceOptions) -> Iterator[Found]:
        """The articles at `place`, always in the same order. What cannot be read is a SetAside, never an exception."""
        ...
