"""The record on disk: one SQLite file, written a document at a time, read by any number of others meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from detente.errors import DetenteError
from detente.model import Actor, AnyRecord, Claim, Document, Event, Figure, Mention, Moment, Place
from detente.recording.store import opening, queries, searching, writing
from detente.recording.store.batch import batch_of
from detente.recording.store.failures import RowRefused, StoreExists, StoreMissing, StoreReadOnly, explained
from detente.recording.store.filtering import Filter, Kind
from detente.recording.store.queries import Counts, SetAside, Standing
from detente.recording.store.searching import Hit
from detente.recording.store.writing import Outcome

_EVERYTHING = Filter()


class Store:
    """A record, open. Made by `Store.open`; close it, or use it in a `with` block.

    Reading goes through a connection of its own, so that a query may be read to its end while documents are added.
    """

    def __init__(self, path: Path, reader: sqlite3.Connection, writer: sqlite3.Connection | None) -> None:
        self.path = path
        self._reader = reader
        self._writer = writer

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        read_only: bool = False,
        create: bool = True,
        busy_seconds: float = opening.BUSY_SECONDS,
    ) -> Self:
        """Open the record at `path`, making it where there is none and bringing an older one up to date.

        With `read_only` nothing is made, renewed or written. `busy_seconds` is how long to wait for another
        program that is writing. Raises StoreError, in its own subclass for each cause.
        """
        path = Path(path)
        opening.check_path(path, read_only=read_only, create=create)
        writer = None
        with explained(path, "opening it"):
            if not read_only:
                writer = opening.connect(path, read_only=False, busy_seconds=busy_seconds)
            try:
                if writer is not None:
                    opening.prepare(writer, path)
                reader = opening.connect(path, read_only=True, busy_seconds=busy_seconds)
                try:
                    opening.require_current(reader, path)
                except BaseException:
                    reader.close()
                    raise
            except BaseException:
                if writer is not None:
                    writer.close()
                raise
        return cls(path, reader, writer)

    def close(self) -> None:
        """Close the record; a second time does nothing."""
        self._reader.close()
        if self._writer is not None:
            self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # -- writing ----------------------------------------------------------------------------------------

    def add(self, document_records: Sequence[AnyRecord]) -> Outcome:
        """Write a document and all its rows in one transaction.

        Returns what that came to: `new`; `same`, where the record had these very rows and nothing changed;
        `superseded`, where another document stood at this address until now, which is kept but no longer shown;
        `reread`, where the rows of a known document were replaced, because another version of the reader or other
        settings made them.
        Raises EvidenceError where a row's words are not at its offsets and RowRefused where the rows do not fit
        together; then nothing is written.
        """
        batch = batch_of(document_records)
        writer = self._writable()
        try:
            with explained(self.path, f"writing {batch.document.uri}"), opening.transaction(writer):
                return writing.write(writer, batch)
        except OverflowError as error:
            raise RowRefused("a number is too large to keep", value=batch.document.uri) from error

    def set_aside(self, uri: str, error: DetenteError) -> None:
        """Remember that the document at `uri` could not be read, and why. The latest reason stays."""
        writer = self._writable()
        with explained(self.path, f"setting {uri} aside"), opening.transaction(writer):
            writer.execute(
                "INSERT OR REPLACE INTO read_set_aside VALUES (?, ?, ?, ?, ?, ?)",
                (uri, error.code, error.what, error.value, error.expected, error.todo),
            )

    @contextmanager
    def transaction(self, doing: str) -> Iterator[sqlite3.Connection]:
        """A connection for what the layers above keep in tables of their own (`relate_...`): all of it or nothing.

        `doing` says in an error what was being done. Raises StoreReadOnly where the record is open for reading only.
        """
        writer = self._writable()
        with explained(self.path, doing), opening.transaction(writer):
            yield writer

    @property
    def reader(self) -> sqlite3.Connection:
        """The connection that queries go through; nothing can be written by it."""
        return self._reader

    @property
    def is_read_only(self) -> bool:
        return self._writer is None

    def _writable(self) -> sqlite3.Connection:
        if self._writer is None:
            raise StoreReadOnly(
                "the record is open for reading only", value=str(self.path), todo="open it with Store.open(path)"
            )
        return self._writer

    # -- reading ----------------------------------------------------------------------------------------

    def documents(self, asked: Filter = _EVERYTHING) -> Iterator[Document]:
        return cast("Iterator[Document]", self._select("document", asked))

    def actors(self, asked: Filter = _EVERYTHING) -> Iterator[Actor]:
        """Actors of the whole record, by id, each with the union of its roles."""
        return cast("Iterator[Actor]", self._select("actor", asked))

    def mentions(self, asked: Filter = _EVERYTHING) -> Iterator[Mention]:
        return cast("Iterator[Mention]", self._select("mention", asked))

    def events(self, asked: Filter = _EVERYTHING) -> Iterator[Event]:
        return cast("Iterator[Event]", self._select("event", asked))

    def claims(self, asked: Filter = _EVERYTHING) -> Iterator[Claim]:
        return cast("Iterator[Claim]", self._select("claim", asked))

    def figures(self, asked: Filter = _EVERYTHING) -> Iterator[Figure]:
        return cast("Iterator[Figure]", self._select("figure", asked))

    def moments(self, asked: Filter = _EVERYTHING) -> Iterator[Moment]:
        return cast("Iterator[Moment]", self._select("moment", asked))

    def places(self, asked: Filter = _EVERYTHING) -> Iterator[Place]:
        return cast("Iterator[Place]", self._select("place", asked))

    def _select(self, kind: Kind, asked: Filter) -> Iterator[AnyRecord]:
        """By date of publication (those without one last), address, place in the text and id."""
        return self._explained(queries.select(self._reader, queries.statement(kind, asked)))

    def _explained(self, found: Iterator[AnyRecord]) -> Iterator[AnyRecord]:
        with explained(self.path, "reading it"):
            yield from found

    def get(self, any_id: str) -> AnyRecord | None:
        """The record with this id, or whose id alone begins so, of whatever kind, also of a superseded document.

        None where there is none; LookupFailed, with the ids, where several begin so.
        """
        with explained(self.path, "reading it"):
            return queries.get(self._reader, any_id)

    def rows_of(self, document_id: str) -> list[AnyRecord]:
        """A document, its rows in order, and the actors as it names them; empty where it is unknown."""
        with explained(self.path, "reading it"):
            return queries.rows_of(self._reader, document_id)

    def records(self, document_ids: Collection[str] | None = None, *, superseded: bool = False) -> Iterator[AnyRecord]:
        """All records in export order: documents by id, each with its rows, then actors, happenings and disputes.

        With `document_ids`, rows of these documents only, superseded or not, and their actors with the roles that
        these documents give them: so the result does not depend on what else the record holds.
        """
        return self._explained(self._one_state(document_ids, superseded=superseded))

    def _one_state(self, document_ids: Collection[str] | None, *, superseded: bool) -> Iterator[AnyRecord]:
        with closing(opening.connect(self.path, read_only=True)) as connection:
            yield from queries.records(connection, document_ids, superseded=superseded)

    def search(self, query: str, limit: int = 20, *, kinds: Collection[str] = searching.SEARCHED_KINDS) -> list[Hit]:
        """Documents and rows that hold all words of the query, best first; any query is safe."""
        with explained(self.path, "searching it"):
            return searching.search(self._reader, query, limit, kinds)

    def counts(self) -> Counts:
        """How many rows of each kind the record shows."""
        with explained(self.path, "reading it"):
            return queries.counts(self._reader)

    def standing(self, document_id: str) -> Standing | None:
        """A document's addresses and what superseded it; None where it is unknown."""
        with explained(self.path, "reading it"):
            return queries.standing(self._reader, document_id)

    def set_aside_rows(self) -> list[SetAside]:
        """Documents that could not be read, by address."""
        with explained(self.path, "reading it"):
            return queries.set_aside_rows(self._reader)

    # -- keeping ----------------------------------------------------------------------------------------

    def backup(self, path: Path | str) -> None:
        """Copy the whole record, as it is now, to a file that does not exist yet, while others may go on writing."""
        path = Path(path)
        if path.exists():
            raise StoreExists("a backup overwrites nothing", value=str(path), todo="name a file that does not exist")
        if not path.parent.is_dir():
            raise StoreMissing(
                "the folder of the backup does not exist", value=str(path.parent), todo="create it first"
            )
        try:
            with explained(path, "writing the backup"):
                copy = sqlite3.connect(path)
                try:
                    self._reader.backup(copy)
                finally:
                    copy.close()
        except BaseException:
            path.unlink(missing_ok=True)
            raise
