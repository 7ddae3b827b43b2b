"""Reading in: inputs to documents to rows to the store, one document at a time, on one core or many.

A document that fails is set aside with its reason and the run goes on; what happened to each is told as it happens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable
from contextlib import closing
from typing import Literal

from msgspec import Struct

from detente.errors import DetenteError, EvidenceError, InputError
from detente.model import Document
from detente.reading.sources.raw import RawDocument, SetAside
from detente.recording.reader import Reader
from detente.recording.recorder import Recording
from detente.recording.store import Store
from detente.recording.store.failures import RowRefused
from detente.running.pool import run
from detente.settings import Settings


class Taken(Struct, frozen=True, kw_only=True):
    """What became of one document: `outcome`, and its rows by kind or the error that set it aside."""

    uri: str
    outcome: Literal["new", "same", "superseded", "reread", "set_aside"]
    document: Document | None = None
    rows: dict[str, int] = {}
    warnings: tuple[InputError, ...] = ()
    error: DetenteError | None = None


class UnexpectedFailure(InputError):
    """The reader itself stumbled over a document. A bug: the message asks for a report."""

    code = "D290"


class ReadingKilled(InputError):
    """The process that read a document was ended from outside, twice: as a rule for want of memory."""

    code = "D291"


class ReadOne:
    """Reads one raw document; built once in each process."""

    def __init__(self, settings: Settings) -> None:
        self.reader = Reader(settings)

    def __call__(self, item: RawDocument | SetAside) -> tuple[str, Recording | DetenteError]:
        if isinstance(item, SetAside):
            return item.uri, item.error
        try:
            return item.uri, self.reader.read(item)
        except DetenteError as error:
            return item.uri, error
        except Exception as error:  # noqa: BLE001  one document's bug must not cost the others
            return item.uri, UnexpectedFailure(
                f"the reader failed on {item.uri}",
                value=f"{type(error).__name__}: {error}",
                expected="any text to be read",
                todo="report this with the article; the others were read",
            )


class MakeReadOne:
    """Builds a ReadOne from settings alone, so that it can be sent to another process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __call__(self) -> ReadOne:
        return ReadOne(self.settings)


def lost(item: RawDocument | SetAside) -> tuple[str, DetenteError]:
    """What becomes of an article whose reading process was killed at every attempt."""
    error = ReadingKilled(
        f"the process that read {item.uri} was killed, twice",
        value=f"{len(item.text):,} characters" if isinstance(item, RawDocument) else None,
        expected="about 1 GB of memory for each reading process",
        todo="read it alone with --workers 1, or cut it; the others were read",
    )
    return item.uri, error


def take_in(items: Iterable[RawDocument | SetAside], store: Store, settings: Settings) -> Generator[Taken, None, None]:
    """Reads every item and keeps it in `store`, each in a transaction of its own.

    What cannot be read, and what the store refuses for its rows' sake, is set aside and told; a store that cannot be
    written ends the run with StoreError, and all before is kept.
    """
    with closing(run(items, MakeReadOne(settings), workers=settings.workers, lost=lost)) as results:
        for uri, result in results:
            yield _kept(store, uri, result) if isinstance(result, Recording) else _set_aside(store, uri, result)


def _kept(store: Store, uri: str, recording: Recording) -> Taken:
    try:
        outcome = store.add(recording.records)
    except (EvidenceError, RowRefused) as error:
        return _set_aside(store, uri, error)
    doc = next(row for row in recording.records if isinstance(row, Document))
    rows = Counter(type(row).__name__.lower() for row in recording.records)
    return Taken(uri=uri, outcome=outcome, document=doc, rows=dict(rows), warnings=recording.warnings)


def _set_aside(store: Store, uri: str, error: DetenteError) -> Taken:
    store.set_aside(uri, error)
    return Taken(uri=uri, outcome="set_aside", error=error)
