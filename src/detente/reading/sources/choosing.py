"""Which source reads a place, and which kind of file a parcel is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from detente import registry
from detente.errors import InputError
from detente.reading.sources.errors import stumbled
from detente.reading.sources.file_kind import FileKind
from detente.reading.sources.parcel import Parcel
from detente.reading.sources.raw import Found, SetAside, Source, SourceOptions

PLACES = ("stdin", "url", "folder", "glob")  # asked first, in this order; a file is what is left


def source_for(place: str) -> Source | None:
    """The source for a place that is no plain file: a built-in one, else an installed one that accepts it."""
    return next((source for source in _places() if source.accepts(place)), None)


@cache
def _places() -> tuple[Source, ...]:
    outside = [name for name in registry.names("sources") if name not in registry.BUILT_IN["sources"]]
    parts = [registry.find("sources", name)() for name in (*PLACES, *outside)]
    return tuple(part for part in parts if not isinstance(part, FileKind))


@cache
def kinds() -> tuple[FileKind, ...]:
    """All kinds of file, by name. What is installed is asked for once a process, as asking is slow."""
    parts = (registry.find("sources", name)() for name in registry.names("sources") if name not in PLACES)
    return tuple(part for part in parts if isinstance(part, FileKind))


def kind_of(parcel: Parcel) -> FileKind:
    """The kind whose signature the bytes bear; else plain text.

    In between, a file is judged by suffix and then by looks; an answer from the network by media type, looks, suffix.
    """
    known = kinds()
    for kind in known:
        if kind.is_signed(parcel.head):
            return kind
    by_name = by_suffix(parcel.name, known)
    by_looks = next((kind for kind in known if kind.is_likely(parcel.head)), None)
    by_type = next((kind for kind in known if parcel.media_type in kind.media_types), None)
    if by_type is not None and by_type.name == "text":
        by_type = None  # servers call tables and feeds plain text too
    order = (by_type, by_looks, by_name) if parcel.fetched else (by_name, by_type, by_looks)
    plain = next(kind for kind in known if kind.name == "text")
    return next((kind for kind in order if kind is not None), plain)


def by_suffix(name: str, known: Sequence[FileKind]) -> FileKind | None:
    """The kind with the longest suffix that `name` ends in."""
    lowered = name.lower()
    fits = [(len(suffix), kind) for kind in known for suffix in kind.suffixes if lowered.endswith(suffix)]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def unpacked(parcel: Parcel, options: SourceOptions) -> Iterator[Found]:
    """The articles in a parcel of any kind; what goes wrong is set aside."""
    try:
        yield from kind_of(parcel).unpack(parcel, options)
    except InputError as error:
        yield SetAside(parcel.uri, error)
    except Exception as error:  # noqa: BLE001  libraries for foreign formats may raise anything; one file must not cost the rest
        yield SetAside(parcel.uri, stumbled(parcel.uri, error))
