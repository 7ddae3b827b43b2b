"""Writing one document into the tables, inside a transaction that the caller holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Literal

from detente.model import Actor, Claim, Document, Event, Figure
from detente.recording.order import merged_actor
from detente.recording.store.batch import Batch
from detente.recording.store.rows import (
    ABOUT_COLUMNS,
    DOCUMENT_COLUMNS,
    PARTY_COLUMNS,
    TABLES,
    Cells,
    DocumentRow,
    about_cells,
    decoded,
    document_cells,
    encoded,
    insert,
    party_cells,
    voice_cells,
    voice_columns,
)

Outcome = Literal["new", "same", "superseded", "reread"]
"""What `add` did: a document not seen before; nothing; a document put in the place of another at its address;
the rows of a known document replaced."""


def write(connection: sqlite3.Connection, batch: Batch) -> Outcome:
    document = batch.document
    document_id = document.document_id
    known = connection.execute(
        "SELECT rows_sha256, superseded_by FROM record_document WHERE document_id = ?", (document_id,)
    ).fetchone()
    is_reread = known is not None and known[0] != batch.digest
    touched: set[str] = set()
    if known is None:
        _insert_document(connection, batch)
    elif is_reread:
        touched.update(_actors_of(connection, document_id))
        _replace_document(connection, batch)
    replaced = _take_address(connection, document)
    if replaced is not None:
        touched.update(_actors_of(connection, replaced))
    if known is None or is_reread or known[1] is not None:
        touched.update(_actors_of(connection, document_id))
    _renew_actors(connection, touched)
    connection.execute("DELETE FROM read_set_aside WHERE uri = ?", (document.uri,))
    if replaced is not None:
        return "superseded"
    return "new" if known is None else "reread" if is_reread else "same"


def _insert_document(connection: sqlite3.Connection, batch: Batch) -> None:
    cells = document_cells(batch.document, batch.digest)
    number = connection.execute(insert("record_document", DOCUMENT_COLUMNS), cells).lastrowid
    _index_document(connection, number, batch.document.title, batch.document.text)
    _insert_rows(connection, batch)


def _replace_document(connection: sqlite3.Connection, batch: Batch) -> None:
    """Other rows for a known document; its addresses and its standing stay."""
    document_id = batch.document.document_id
    number, title, text, uri = connection.execute(
        "SELECT document_number, title, text, uri FROM record_document WHERE document_id = ?", (document_id,)
    ).fetchone()
    _delete_rows(connection, document_id)
    connection.execute(
        "INSERT INTO record_document_search (record_document_search, rowid, title, text) VALUES ('delete', ?, ?, ?)",
        (number, title, text),
    )
    settings = ", ".join(f"{column} = ?" for column in DOCUMENT_COLUMNS)
    connection.execute(
        f"UPDATE record_document SET {settings} WHERE document_number = ?",
        (*document_cells(batch.document, batch.digest), number),
    )
    connection.execute("UPDATE record_document SET uri = ? WHERE document_number = ?", (uri, number))
    _index_document(connection, number, batch.document.title, batch.document.text)
    _insert_rows(connection, batch)


def _index_document(connection: sqlite3.Connection, number: int | None, title: str | None, text: str) -> None:
    connection.execute(
        "INSERT INTO record_document_search (rowid, title, text) VALUES (?, ?, ?)", (number, title, text)
    )


def _insert_rows(connection: sqlite3.Connection, batch: Batch) -> None:
    for table in TABLES:
        rows = [(row, line) for row, line in batch.rows if type(row) is table.record]
        if not rows:
            continue
        first = connection.execute(f"SELECT coalesce(max({table.number}), 0) + 1 FROM {table.name}").fetchone()[0]
        numbered = [(number, row, line) for number, (row, line) in enumerate(rows, first)]
        connection.executemany(table.insert, [(number, *table.cells(row), line) for number, row, line in numbered])
        _insert_links(connection, table.kind, [(number, row) for number, row, _ in numbered])
        if table.is_searched:
            connection.executemany(
                f"INSERT INTO {table.name}_search (rowid, quote) VALUES (?, ?)",
                [(number, row.evidence.quote) for number, row, _ in numbered],
            )
    _insert_actors(connection, batch.document.document_id, batch.actors)


def _insert_links(connection: sqlite3.Connection, kind: str, numbered: Sequence[tuple[int, DocumentRow]]) -> None:
    """Whom rows point at: their voices, the parties of events, and whom claims are about."""
    voices: list[Cells] = []
    parties: list[Cells] = []
    abouts: list[Cells] = []
    for number, row in numbered:
        if isinstance(row, Event | Claim | Figure):
            voices.extend(voice_cells(number, row))
        if isinstance(row, Event):
            parties.extend(party_cells(number, row))
        elif isinstance(row, Claim):
            abouts.extend(about_cells(number, row))
    if voices:
        connection.executemany(insert(f"record_{kind}_voice", voice_columns(kind)), voices)
    if parties:
        connection.executemany(insert("record_event_party", PARTY_COLUMNS), parties)
    if abouts:
        connection.executemany(insert("record_claim_about", ABOUT_COLUMNS), abouts)


def _insert_actors(connection: sqlite3.Connection, document_id: str, actors: Sequence[tuple[Actor, str]]) -> None:
    pairs = [(actor.actor_id, line) for actor, line in actors]
    connection.executemany("INSERT OR IGNORE INTO record_actor_variant (actor_id, json) VALUES (?, ?)", pairs)
    connection.executemany(
        "INSERT INTO record_document_actor "
        "SELECT ?, variant_number FROM record_actor_variant WHERE actor_id = ? AND json = ?",
        [(document_id, *pair) for pair in pairs],
    )


def _delete_rows(connection: sqlite3.Connection, document_id: str) -> None:
    """What a document's rows say of it; their links go with them."""
    connection.execute("DELETE FROM record_document_actor WHERE document_id = ?", (document_id,))
    for table in TABLES:
        if table.is_searched:
            connection.execute(
                f"INSERT INTO {table.name}_search ({table.name}_search, rowid, quote) "
                f"SELECT 'delete', {table.number}, quote FROM {table.name} WHERE document_id = ?",
                (document_id,),
            )
        connection.execute(f"DELETE FROM {table.name} WHERE document_id = ?", (document_id,))


def _take_address(connection: sqlite3.Connection, document: Document) -> str | None:
    """Make the document the current one at its address; the document it replaces there, where there is one."""
    if not is_address(document.uri):
        connection.execute(
            "INSERT OR IGNORE INTO record_document_uri VALUES (?, ?, 0)", (document.uri, document.document_id)
        )
        _settle(connection, document.document_id, None)
        return None
    found = connection.execute(
        "SELECT document_id FROM record_document_uri WHERE uri = ? AND is_current = 1", (document.uri,)
    ).fetchone()
    holder = None if found is None else str(found[0])
    if holder == document.document_id:
        return None
    if holder is not None:
        connection.execute(
            "UPDATE record_document_uri SET is_current = 0 WHERE uri = ? AND document_id = ?", (document.uri, holder)
        )
    connection.execute(
        "INSERT INTO record_document_uri VALUES (?, ?, 1) ON CONFLICT (uri, document_id) DO UPDATE SET is_current = 1",
        (document.uri, document.document_id),
    )
    _settle(connection, document.document_id, None)
    if holder is not None:
        _settle(connection, holder, document.document_id)
    return holder


def is_address(uri: str) -> bool:
    """False for standard input, `-`, and what is inside it: two documents read there are not two states of one."""
    return uri != "-" and not uri.startswith(("-#", "-!"))


def _settle(connection: sqlite3.Connection, document_id: str, successor: str | None) -> None:
    """A document bears the smallest address it is current for; one that is current for none is superseded."""
    current, address = connection.execute(
        "SELECT max(is_current), coalesce(min(CASE WHEN is_current THEN uri END), min(uri)) "
        "FROM record_document_uri WHERE document_id = ?",
        (document_id,),
    ).fetchone()
    connection.execute(
        "UPDATE record_document SET uri = ?, superseded_by = ? WHERE document_id = ?",
        (address, None if current else successor, document_id),
    )


def _actors_of(connection: sqlite3.Connection, document_id: str) -> list[str]:
    return [
        row[0]
        for row in connection.execute(
            "SELECT DISTINCT actor_id FROM record_document_actor JOIN record_actor_variant USING (variant_number) "
            "WHERE document_id = ?",
            (document_id,),
        )
    ]


_VARIANTS = """
SELECT v.variant_number, v.json,
    EXISTS (SELECT 1 FROM record_document_actor da WHERE da.variant_number = v.variant_number),
    EXISTS (SELECT 1 FROM record_document_actor da JOIN record_document d USING (document_id)
            WHERE da.variant_number = v.variant_number AND d.superseded_by IS NULL)
FROM record_actor_variant v WHERE v.actor_id = ?
"""


def _renew_actors(connection: sqlite3.Connection, actor_ids: Iterable[str]) -> None:
    """Bring the rows of these actors up to what the documents now say of them."""
    for actor_id in sorted(actor_ids):
        variants = connection.execute(_VARIANTS, (actor_id,)).fetchall()
        kept = [json for _, json, is_held, _ in variants if is_held]
        current = [json for _, json, _, is_current in variants if is_current]
        connection.executemany(
            "DELETE FROM record_actor_variant WHERE variant_number = ?",
            [(number,) for number, _, is_held, _ in variants if not is_held],
        )
        if not kept:
            connection.execute("DELETE FROM record_actor WHERE actor_id = ?", (actor_id,))
            continue
        actor = merged_actor([_actor(json) for json in current or kept])
        cells = (
            actor_id, actor.name, actor.kind, actor.territory, actor.sector, "; ".join(actor.roles), bool(current),
            encoded(actor),
        )  # fmt: skip
        found = connection.execute("SELECT * FROM record_actor WHERE actor_id = ?", (actor_id,)).fetchone()
        if found != cells:
            connection.execute("INSERT OR REPLACE INTO record_actor VALUES (?, ?, ?, ?, ?, ?, ?, ?)", cells)


def _actor(json: str) -> Actor:
    actor = decoded(json)
    assert isinstance(actor, Actor)
    return actor
