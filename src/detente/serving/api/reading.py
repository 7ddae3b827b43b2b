"""`detente.read`: one article in, typed records out, nothing kept. A record that is kept is `serving.api.record`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from detente.errors import InputError, UsageError
from detente.model import Actor, AnyRecord, Claim, Document, Event, Figure, Mention, Moment, Place
from detente.model.record import Record
from detente.reading.marks import Rejected
from detente.reading.sources import open_inputs
from detente.reading.sources.errors import MissingInput
from detente.reading.sources.raw import RawDocument, SetAside, SourceOptions
from detente.recording.reader import Reader
from detente.settings import Settings

Kind = TypeVar("Kind", bound=Record)
_URL = re.compile(r"https?://\S+")
_FILE_NAME = re.compile(r"[^\s]+\.[A-Za-z]{2,5}|[^\s]*/[^\s]+")
_LONGEST_NAME = 1000


class Reading(tuple[AnyRecord, ...]):
    """The records of one article: a tuple of all, the document first, with each kind at hand by name.

        reading = detente.read("Norway recalled its ambassador to Chad.", published="2024-07-01")
        for event in reading.events:
            print(event.type, event.sources[0].territory, event.evidence.quote)

    `warnings` are what the article states of itself that is not clear; `rejected` is what was considered and set
    aside, each with its span, step and reason.
    """

    warnings: tuple[InputError, ...]
    rejected: tuple[Rejected, ...]

    def __new__(
        cls,
        records: Iterable[AnyRecord],
        warnings: tuple[InputError, ...] = (),
        rejected: tuple[Rejected, ...] = (),
    ) -> Reading:
        reading = super().__new__(cls, records)
        reading.warnings = warnings
        reading.rejected = rejected
        return reading

    @property
    def document(self) -> Document:
        """The article as it was read; offsets count in its `text`."""
        return self._of(Document)[0]

    @property
    def actors(self) -> tuple[Actor, ...]:
        return self._of(Actor)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        return self._of(Mention)

    @property
    def events(self) -> tuple[Event, ...]:
        return self._of(Event)

    @property
    def claims(self) -> tuple[Claim, ...]:
        return self._of(Claim)

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self._of(Figure)

    @property
    def moments(self) -> tuple[Moment, ...]:
        return self._of(Moment)

    @property
    def places(self) -> tuple[Place, ...]:
        return self._of(Place)

    def _of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        return tuple(row for row in self if isinstance(row, kind))

    def __repr__(self) -> str:
        doc = self.document
        counts = ", ".join(f"{kind}: {len(getattr(self, kind))}" for kind in ("events", "claims", "figures"))
        return f"<Reading of {doc.title or doc.uri.rstrip(':')}; {counts}>"


def read(
    text_or_path: str | Path,
    *,
    published: str | None = None,
    outlet: str | None = None,
    outlet_territory: str | None = None,
    title: str | None = None,
    author: str | None = None,
) -> Reading:
    """Reads one article.

    A `Path`, a URL, or a string that is the name of a file is opened; any other string is the article itself.
    `published` is an ISO date; without it the date comes from the file's own metadata or is inferred as an interval.
    Raises InputError where the article cannot be read, UsageError where a date is no date or a territory is none.

    >>> [event.type for event in read("Norway recalled its ambassador to Chad.").events]
    ['SANCTION']
    """
    settings = Settings(database=Path(), published=published, outlet=outlet, outlet_territory=outlet_territory)
    raw = _raw(text_or_path)
    if title or author:
        raw = replace(raw, title=title or raw.title, author=author or raw.author)
    recording = _reader().read_with(raw, settings)
    return Reading(recording.records, recording.warnings, recording.rejected)


@cache
def _reader() -> Reader:
    """One reader a process: the weights load once."""
    return Reader(Settings(database=Path()))


def _raw(text_or_path: str | Path) -> RawDocument:
    if isinstance(text_or_path, str) and not _is_place(text_or_path):
        return RawDocument(uri="text:", text=text_or_path)
    found = list(open_inputs([str(text_or_path)], SourceOptions()))
    if len(found) != 1:
        raise UsageError(
            "this holds more than one article",
            value=f"{text_or_path} ({len(found)})",
            expected="one article",
            todo="keep them with `detente read` and open them with detente.Record",
        )
    if isinstance(found[0], SetAside):
        raise found[0].error
    return found[0]


def _is_place(text: str) -> bool:
    """Whether a string names a file or a page; MissingInput where it looks like a file's name and is none."""
    if len(text) > _LONGEST_NAME or "\n" in text or "\0" in text:
        return False
    if _URL.fullmatch(text) or Path(text).is_file():
        return True
    if _FILE_NAME.fullmatch(text):
        raise MissingInput(
            f"there is no file {text}",
            value=text,
            expected="an article, or the name of a file that is there",
            todo="check the name and the folder",
        )
    return False
