"""`detente.read`: one article in, typed records out, nothing kept."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from detente.errors import UsageError
from detente.model import AnyRecord
from detente.reading.sources import open_inputs
from detente.reading.sources.raw import RawDocument, SetAside, SourceOptions
from detente.recording.reader import Reader
from detente.settings import Settings


def read(
    text_or_path: str | Path,
    *,
    published: str | None = None,
    outlet: str | None = None,
    outlet_territory: str | None = None,
    title: str | None = None,
    author: str | None = None,
) -> tuple[AnyRecord, ...]:
    """Reads one article and returns its records, the document first.

    A `Path`, or a one-line string that names an existing file, is opened; any other string is the article itself.
    `published` is an ISO date; without it the date comes from the file's own metadata or is inferred as an interval.
    Raises InputError where the article cannot be read, UsageError where a date is no date.

    >>> events = [row for row in read("Norway recalled its ambassador to Chad.") if type(row).__name__ == "Event"]
    """
    settings = Settings(database=Path(), published=published, outlet=outlet, outlet_territory=outlet_territory)
    raw = _raw(text_or_path)
    if title or author:
        raw = RawDocument(
            uri=raw.uri,
            text=raw.text,
            title=title or raw.title,
            outlet=raw.outlet,
            outlet_territory=raw.outlet_territory,
            author=author or raw.author,
            published=raw.published,
            published_basis=raw.published_basis,
            language=raw.language,
        )
    return _reader().read_with(raw, settings).records


@cache
def _reader() -> Reader:
    """One reader a process: the weights load once."""
    return Reader(Settings(database=Path()))


def _raw(text_or_path: str | Path) -> RawDocument:
    if isinstance(text_or_path, str) and not _is_file(text_or_path):
        return RawDocument(uri="text:", text=text_or_path)
    found = list(open_inputs([str(text_or_path)], SourceOptions()))
    if len(found) != 1:
        raise UsageError(
            "this holds more than one article",
            value=f"{text_or_path} ({len(found)})",
            todo="keep them with `detente read` and open them with detente.Record",
        )
    if isinstance(found[0], SetAside):
        raise found[0].error
    return found[0]


def _is_file(text: str) -> bool:
    return len(text) < 1000 and "\n" not in text and Path(text).is_file()
