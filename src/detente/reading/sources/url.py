"""A web address: the page, feed, PDF or table behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from detente.errors import InputError
from detente.reading.sources.choosing import unpacked
from detente.reading.sources.fetching import Fetcher
from detente.reading.sources.parcel import Budget, Parcel
from detente.reading.sources.raw import Found, SetAside, SourceOptions


class Url:
    """http and https. What comes is told by its media type and its first bytes."""

    name: ClassVar[str] = "url"

    def accepts(self, place: str) -> bool:
        return "://" in place[:12] and not place.startswith("/")

    def read(self, place: str, options: SourceOptions) -> Iterator[Found]:
        yield from fetched(place, options)


def fetched(url: str, options: SourceOptions, *, budget: Budget | None = None) -> Iterator[Found]:
    """The articles behind `url`, which is what they are called in the record, wherever it redirected to."""
    try:
        answer = Fetcher(options).fetch(url)
    except InputError as error:
        yield SetAside(url, error)
        return
    parcel = Parcel.of_bytes(
        url,
        answer.data,
        name=answer.path,
        media_type=answer.media_type,
        charset=answer.charset,
        fetched=True,
        budget=budget,
    )
    yield from unpacked(parcel, options)
