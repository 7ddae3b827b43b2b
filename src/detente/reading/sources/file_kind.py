"""What all kinds of file have in common: told by suffix, by media type or by their first bytes, and unpacked.

A kind of file is a source of its own (`read` opens a local file), and can be read from any parcel besides.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from detente.errors import InputError
from detente.reading.sources.parcel import Parcel
from detente.reading.sources.raw import Found, SetAside, SourceOptions


class FileKind(ABC):
    """One kind of file. `suffixes` and `media_types` are in lower case."""

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]] = ()
    media_types: ClassVar[tuple[str, ...]] = ()

    def accepts(self, place: str) -> bool:
        return place.lower().endswith(self.suffixes) and not place.lower().startswith(("http://", "https://"))

    def is_signed(self, head: bytes) -> bool:
        """Whether the first bytes can be of no other kind, whatever the file is called."""
        return False

    def is_likely(self, head: bytes) -> bool:
        """Whether the first bytes look like this kind, where the name says nothing."""
        return False

    def read(self, place: str, options: SourceOptions) -> Iterator[Found]:
        from detente.reading.sources.local import local_uri, opened

        try:
            with opened(place) as parcel:
                yield from self.unpack(parcel, options)
        except InputError as error:
            yield SetAside(local_uri(place), error)

    @abstractmethod
    def unpack(self, parcel: Parcel, options: SourceOptions) -> Iterator[Found]:
        """The articles in a parcel. May raise InputError for the parcel as a whole."""
