"""Reading records back: by filter, by id, by document, and all of them in export order."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator

import msgspec
from msgspec import Struct

from detente.errors import DetenteError, LookupFailed
from detente.model import Actor, AnyRecord, Document
from detente.recording.order import export_key, merged_actors
from detente.recording.store.filtering import Filter, Kind, conditions, document_alias
from detente.recording.store.rows import TABLES, decoded

SHORTEST_ID = 6
"""From how many characters on the beginning of an id is looked for."""


class Counts(Struct, frozen=True):
    """How much a record holds. Rows of superseded documents are counted in `superseded_documents` only."""

    documents: int
    actors: int
    mentions: int
    events: int
    claims: int
    figures: int
    moments: int
    places: int
    happenings: int
    disputes: int
    superseded_documents: int
    set_aside: int

    def items(self) -> Iterator[tuple[str, int]]:
        """Names in plain words, with their numbers: `superseded documents`, 0."""
        for name in self.__struct_fields__:
            yield name.replace("_", " "), getattr(self, name)


class SetAside(Struct, frozen=True):
    """A document that could not be read: its address, and the parts of the error."""

    uri: str
    code: str
    what: str
    value: str | None
    expected: str | None
    todo: str | None

    @property
    def message(self) -> str:
        """The reason in one line, without the code."""
        return str(DetenteError(self.what, value=self.value, expected=self.expected, todo=self.todo)).partition("] ")[2]


class Standing(Struct, frozen=True):
    """What the record knows of a document beside the document: every address it was read under, those where another
    document has taken its place, and that other document's id where it has none left."""

    document_id: str
    uris: tuple[str, ...]
    former_uris: tuple[str, ...]
    superseded_by: str | None


class Statement(Struct, frozen=True):
    sql: str
    values: tuple[str | int, ...]


def statement(kind: Kind, asked: Filter) -> Statement:
    """The SQL of a query, and its values. Raises UsageError for a filter that cannot be meant."""
    parts = conditions(kind, asked)
    where = " AND ".join(f"({part.sql})" for part in parts) or "1"
    values = tuple(value for part in parts for value in part.values)
    page = ""
    if asked.limit is not None or asked.offset:
        page = f" LIMIT {-1 if asked.limit is None else asked.limit} OFFSET {asked.offset}"
    if kind == "actor":
        return Statement(f"SELECT r.json FROM record_actor r WHERE {where} ORDER BY r.actor_id{page}", values)
    doc = document_alias(kind)
    when = f"{doc}.published_start_date IS NULL, {doc}.published_start_date, {doc}.uri"
    if kind == "document":
        columns, tables, order = "r.json, r.text, r.uri", "record_document r", "r.document_id"
    else:
        columns, order = "r.json", f"r.evidence_start, r.{kind}_id"
        tables = f"record_{kind} r JOIN record_document d ON d.document_id = r.document_id"
    return Statement(f"SELECT {columns} FROM {tables} WHERE {where} ORDER BY {when}, {order}{page}", values)


def select(connection: sqlite3.Connection, asked: Statement) -> Iterator[AnyRecord]:
    """The records a query lets through, in the stable order; read as they are asked for."""
    for row in connection.execute(asked.sql, asked.values):
        yield _document(*row) if len(row) > 1 else decoded(row[0])


RELATED_KINDS = ("happening", "dispute")
"""The kinds that are found across documents, in tables `relate_...` of the layer above, in export order."""

_KEYS = (
    *((table.name, table.key) for table in TABLES),
    ("record_actor", "actor_id"),
    *((f"relate_{kind}", f"{kind}_id") for kind in RELATED_KINDS),
)


def get(connection: sqlite3.Connection, any_id: str) -> AnyRecord | None:
    """The record with this id, of whatever kind, superseded or not; else the one whose id alone begins so."""
    found = _exactly(connection, any_id)
    if found is not None or len(any_id) < SHORTEST_ID:
        return found
    sql = " UNION ALL ".join(
        f"SELECT {key} FROM {name} WHERE {key} BETWEEN ?1 AND ?2"
        for name, key in (("record_document", "document_id"), *_KEYS)
    )
    ids = [row[0] for row in connection.execute(f"{sql} ORDER BY 1 LIMIT 5", (any_id, any_id + "\U0010ffff"))]
    if len(ids) > 1:
        raise LookupFailed("several ids begin so", value=any_id, expected="one of " + ", ".join(ids), todo="add digits")
    return _exactly(connection, ids[0]) if ids else None


def _exactly(connection: sqlite3.Connection, any_id: str) -> AnyRecord | None:
    document = _document_of(connection, any_id)
    if document is not None:
        return document
    for name, key in _KEYS:
        row = connection.execute(f"SELECT json FROM {name} WHERE {key} = ?", (any_id,)).fetchone()
        if row is not None:
            return decoded(row[0])
    return None


def rows_of(connection: sqlite3.Connection, document_id: str) -> list[AnyRecord]:
    """The document and its rows in export order, then the actors as this document names them; empty if unknown."""
    document = _document_of(connection, document_id)
    if document is None:
        return []
    return [document, *_own_rows(connection, document_id), *_own_actors(connection, document_id)]


def records(
    connection: sqlite3.Connection, document_ids: Collection[str] | None, *, superseded: bool
) -> Iterator[AnyRecord]:
    """All records in export order; with `document_ids`, only those of these documents.

    Actors come after them, one row each, with the roles that the documents given say they have; last, where no
    documents are named, what was found across documents. What is read at one call is
    one state of the record, whatever is written meanwhile: the connection is taken up for it.
    """
    connection.execute("BEGIN")
    kept: list[Actor] = []
    for document_id in _listed(connection, document_ids, superseded=superseded):
        for row in rows_of(connection, document_id):
            if isinstance(row, Actor):
                kept.append(row)
            else:
                yield row
    yield from merged_actors(kept)
    if document_ids is None:
        for kind in RELATED_KINDS:
            for found in connection.execute(f"SELECT json FROM relate_{kind} ORDER BY {kind}_id"):
                yield decoded(found[0])


def _listed(connection: sqlite3.Connection, document_ids: Collection[str] | None, *, superseded: bool) -> Iterator[str]:
    if document_ids is not None:
        yield from sorted(set(document_ids))
        return
    condition = "1" if superseded else "superseded_by IS NULL"
    for row in connection.execute(f"SELECT document_id FROM record_document WHERE {condition} ORDER BY document_id"):
        yield row[0]


def counts(connection: sqlite3.Connection) -> Counts:
    tables = ("actor", "mention", "event", "claim", "figure", "moment", "place")
    numbers = {
        f"{kind}s": connection.execute(
            f"SELECT count(*) FROM record_{kind} WHERE is_current = 1"
            if kind == "actor"
            else f"SELECT (SELECT count(*) FROM record_{kind}) - (SELECT count(*) FROM record_document d "
            f"JOIN record_{kind} r ON r.document_id = d.document_id WHERE d.superseded_by IS NOT NULL)"
        ).fetchone()[0]
        for kind in tables
    } | {f"{kind}s": connection.execute(f"SELECT count(*) FROM relate_{kind}").fetchone()[0] for kind in RELATED_KINDS}
    all_documents, superseded = connection.execute(
        "SELECT count(*), (SELECT count(*) FROM record_document WHERE superseded_by IS NOT NULL) FROM record_document"
    ).fetchone()
    set_aside = connection.execute("SELECT count(*) FROM read_set_aside").fetchone()[0]
    return Counts(documents=all_documents - superseded, superseded_documents=superseded, set_aside=set_aside, **numbers)


def set_aside_rows(connection: sqlite3.Connection) -> list[SetAside]:
    sql = "SELECT uri, code, what, value, expected, todo FROM read_set_aside ORDER BY uri"
    return [SetAside(*row) for row in connection.execute(sql)]


def standing(connection: sqlite3.Connection, document_id: str) -> Standing | None:
    found = connection.execute(
        "SELECT superseded_by FROM record_document WHERE document_id = ?", (document_id,)
    ).fetchone()
    if found is None:
        return None
    uris = connection.execute(
        "SELECT uri, is_current FROM record_document_uri WHERE document_id = ? ORDER BY uri", (document_id,)
    ).fetchall()
    return Standing(document_id, tuple(uri for uri, _ in uris), tuple(uri for uri, now in uris if not now), found[0])


def _document_of(connection: sqlite3.Connection, document_id: str) -> Document | None:
    row = connection.execute(
        "SELECT json, text, uri FROM record_document WHERE document_id = ?", (document_id,)
    ).fetchone()
    return None if row is None else _document(*row)


def _document(json: str, text: str, uri: str) -> Document:
    document = decoded(json)
    assert isinstance(document, Document)
    return msgspec.structs.replace(document, text=text, uri=uri)


def _own_rows(connection: sqlite3.Connection, document_id: str) -> list[AnyRecord]:
    rows = []
    for table in TABLES:
        sql = f"SELECT json FROM {table.name} WHERE document_id = ?"
        rows += [decoded(row[0]) for row in connection.execute(sql, (document_id,))]
    return sorted(rows, key=export_key)


def _own_actors(connection: sqlite3.Connection, document_id: str) -> list[AnyRecord]:
    sql = """SELECT v.json FROM record_document_actor JOIN record_actor_variant v USING (variant_number)
             WHERE document_id = ? ORDER BY v.actor_id"""
    return [decoded(row[0]) for row in connection.execute(sql, (document_id,))]
