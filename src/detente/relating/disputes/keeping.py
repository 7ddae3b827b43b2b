"""Disputes in the store: what pending documents touch is settled anew, and disputes are read back.

Triggers fill `relate_dispute_pending` with documents whose rows, happenings or copies changed. Their statements are
made again; every dispute that these, or the ones they replace, were or are part of is settled from the statements
that lie under the same keys. What is kept depends on the record alone, not on the order in which it came.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec
from msgspec import Struct

from detente.knowledge import Knowledge
from detente.model import Claim, Dispute, Document, Event, Figure
from detente.model.identity import make_id
from detente.recording.store import Store
from detente.recording.store.rows import decoded, encoded
from detente.relating.disputes.blocks import lies_under
from detente.relating.disputes.finding import Article, statements_of
from detente.relating.disputes.lexicon import DisputeLexicon
from detente.relating.disputes.settling import Settlement, settle
from detente.relating.disputes.statement import Statement

_AT_ONCE = 400
"""Documents settled together, and values in one query."""
Value = TypeVar("Value", str, int)
_RULES = 8
"""Counts up with every change of the rules or of the words by which statements are made."""
RULES_ID = make_id("rul", _RULES, msgspec.json.schema(Statement))
"""Also changes where a statement has other fields, as it could then no longer be read."""


class Settled(Struct, frozen=True, kw_only=True):
    """What settling came to: documents taken in, disputes that went, came, and that the record now holds."""

    documents: int
    removed: int
    added: int
    disputes: int


def settle_disputes(store: Store, knowledge: Knowledge, document_ids: Collection[str] | None = None) -> Settled:
    """Bring disputes up to date with all documents pending, and with `document_ids` where given.

    Raises StoreError where the record cannot be written; then it is as it was before.
    """
    lexicon = DisputeLexicon.load(knowledge.language)
    removed = added = 0
    with store.transaction("settling disputes") as connection:
        waiting = {row[0] for row in connection.execute("SELECT document_id FROM relate_dispute_pending")}
        waiting |= set(document_ids or ())
        waiting |= _made_by_other_rules(connection)
        touched = sorted(waiting | _documents_beside(connection, sorted(waiting)))
        stale = _disputes_touching(connection, sorted(waiting))
        for part in _parts(sorted(waiting)):
            _renew_statements(connection, part, lexicon)
        for part in _parts(touched):
            pool = StorePool(connection)
            settlement = settle(pool.of_documents(part), pool, keep_aside=False)
            gone, come = _replace(connection, settlement, stale)
            removed, added = removed + gone, added + come
        removed += _remove(connection, stale)
        connection.execute("DELETE FROM relate_dispute_pending")
        total = connection.execute("SELECT count(*) FROM relate_dispute").fetchone()[0]
    return Settled(documents=len(waiting), removed=removed, added=added, disputes=total)


def _made_by_other_rules(connection: sqlite3.Connection) -> set[str]:
    """All documents, where the statements were made by rules that the program no longer has; notes the rules it has."""
    known = [row[0] for row in connection.execute("SELECT rules FROM relate_statement_rules")]
    if known == [RULES_ID]:
        return set()
    connection.execute("DELETE FROM relate_statement_rules")
    connection.execute("INSERT INTO relate_statement_rules VALUES (?)", (RULES_ID,))
    found = {row[0] for row in connection.execute("SELECT document_id FROM record_document")}
    connection.execute("DELETE FROM relate_statement")
    return found


class StorePool:
    """Statements of the record by their keys, each read once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._by_number: dict[int, Statement] = {}
        self._by_key: dict[str, tuple[int, ...]] = {}

    def fetch(self, keys: Iterable[str]) -> None:
        missing = sorted({key for key in keys if key not in self._by_key})
        if missing:
            self._look_up(missing)

    def under(self, keys: Sequence[str]) -> Iterable[Statement]:
        self.fetch(keys)
        numbers = dict.fromkeys(number for key in keys for number in self._by_key[key])
        return [self._by_number[number] for number in numbers]

    def of_documents(self, document_ids: Sequence[str]) -> list[Statement]:
        found = dict(self._read("s.document_id", document_ids))
        self._by_number |= found
        return list(found.values())

    def _look_up(self, keys: Sequence[str]) -> None:
        found: dict[str, list[int]] = {key: [] for key in keys}
        for part in _parts(keys):
            marks = ", ".join("?" * len(part))
            sql = f"SELECT key, statement_number FROM relate_statement_key WHERE key IN ({marks})"
            for key, number in self.connection.execute(sql, part):
                found[key].append(number)
        numbers = {number for numbers in found.values() for number in numbers}
        self._by_number |= dict(self._read("s.statement_number", sorted(numbers.difference(self._by_number))))
        self._by_key |= {key: tuple(numbers) for key, numbers in found.items()}

    def _read(self, column: str, values: Sequence[Value]) -> Iterator[tuple[int, Statement]]:
        for part in _parts(values):
            marks = ", ".join("?" * len(part))
            sql = f"SELECT s.statement_number, s.json FROM relate_statement s WHERE {column} IN ({marks}) ORDER BY 1"
            for number, json in self.connection.execute(sql, part):
                known = self._by_number.get(number)
                yield number, known if known is not None else _STATEMENT.decode(json)


_STATEMENT = msgspec.json.Decoder(Statement)
_ENCODER = msgspec.json.Encoder()


def _renew_statements(connection: sqlite3.Connection, document_ids: Sequence[str], lexicon: DisputeLexicon) -> None:
    """Statements of these documents made again; none where a document is no longer shown."""
    marks = ", ".join("?" * len(document_ids))
    connection.execute(f"DELETE FROM relate_statement WHERE document_id IN ({marks})", document_ids)
    for document_id in document_ids:
        article = _article(connection, document_id)
        if article is not None:
            _write(connection, article, lexicon)


def _documents_beside(connection: sqlite3.Connection, document_ids: Sequence[str]) -> set[str]:
    """Documents that share a dispute with one of these: what is left of it is settled anew."""
    return _documents_in(connection, _disputes_touching(connection, document_ids))


def _disputes_touching(connection: sqlite3.Connection, document_ids: Sequence[str]) -> set[int]:
    found: set[int] = set()
    for part in _parts(document_ids):
        marks = ", ".join("?" * len(part))
        sql = f"SELECT DISTINCT dispute_number FROM relate_dispute_version WHERE document_id IN ({marks})"
        found.update(row[0] for row in connection.execute(sql, part))
    return found


def _documents_in(connection: sqlite3.Connection, disputes: Collection[int]) -> set[str]:
    found: set[str] = set()
    for part in _parts(sorted(disputes)):
        marks = ", ".join("?" * len(part))
        sql = f"SELECT DISTINCT document_id FROM relate_dispute_version WHERE dispute_number IN ({marks})"
        found.update(row[0] for row in connection.execute(sql, part))
    return found


def _article(connection: sqlite3.Connection, document_id: str) -> Article | None:
    """A document with its rows; None where it is no longer shown."""
    row = connection.execute(
        "SELECT json, text, uri FROM record_document WHERE document_id = ? AND superseded_by IS NULL", (document_id,)
    ).fetchone()
    if row is None:
        return None
    document = decoded(row[0])
    assert isinstance(document, Document)
    rows = {
        kind: tuple(
            decoded(line[0])
            for line in connection.execute(f"SELECT json FROM record_{kind} WHERE document_id = ?", (document_id,))
        )
        for kind in ("event", "claim", "figure")
    }
    return Article(
        msgspec.structs.replace(document, text=row[1], uri=row[2]),
        tuple(row for row in rows["event"] if isinstance(row, Event)),
        tuple(row for row in rows["claim"] if isinstance(row, Claim)),
        tuple(row for row in rows["figure"] if isinstance(row, Figure)),
    )


def _write(connection: sqlite3.Connection, article: Article, lexicon: DisputeLexicon) -> None:
    document_id = article.document.document_id
    happenings = dict(
        connection.execute(
            "SELECT e.event_id, h.happening_id FROM record_event e JOIN relate_happening_event USING (event_number) "
            "JOIN relate_happening h USING (happening_number) WHERE e.document_id = ? AND EXISTS ("
            "SELECT 1 FROM relate_happening_event o WHERE o.happening_number = h.happening_number "
            "AND o.event_number <> e.event_number)",
            (document_id,),
        )
    )
    copied = connection.execute(
        "SELECT witness_id FROM relate_witness WHERE document_id = ?", (document_id,)
    ).fetchone()
    found = statements_of(article, lexicon, happenings=happenings, witness_id=None if copied is None else copied[0])
    for statement in found:
        number = connection.execute(
            "INSERT INTO relate_statement (document_id, json) VALUES (?, ?)",
            (document_id, _ENCODER.encode(statement).decode()),
        ).lastrowid
        connection.executemany(
            "INSERT INTO relate_statement_key VALUES (?, ?)", [(key, number) for key in lies_under(statement)]
        )


def _replace(connection: sqlite3.Connection, settlement: Settlement, stale: set[int]) -> tuple[int, int]:
    """Put in the disputes that were found, take out others that hold one of their statements; what is unchanged stays.

    Of `stale`, the disputes that may be no more, those are left that this settlement does not tell of.
    """
    kept = {dispute.dispute_id: dispute for dispute in settlement.disputes}
    removed: set[int] = set()
    for number, dispute_id, json in _disputes_of(connection, settlement.seen):
        stale.discard(number)
        if dispute_id in kept and encoded(kept[dispute_id]) == json:
            del kept[dispute_id]
        else:
            removed.add(number)
    _remove(connection, removed)
    for dispute in kept.values():
        _insert(connection, dispute, settlement.members[dispute.dispute_id])
    return len(removed), len(kept)


def _remove(connection: sqlite3.Connection, numbers: Collection[int]) -> int:
    done = 0
    for number in sorted(numbers):
        done += connection.execute("DELETE FROM relate_dispute WHERE dispute_number = ?", (number,)).rowcount
    return done


def _disputes_of(connection: sqlite3.Connection, statement_ids: Sequence[str]) -> list[tuple[int, str, str]]:
    """Number, id and JSON of the disputes that hold one of the statements, each once."""
    found: dict[int, tuple[int, str, str]] = {}
    for part in _parts(statement_ids):
        marks = ", ".join("?" * len(part))
        sql = (
            "SELECT d.dispute_number, d.dispute_id, d.json FROM relate_dispute d JOIN relate_dispute_statement s "
            f"USING (dispute_number) WHERE s.statement_id IN ({marks})"
        )
        found |= {row[0]: row for row in connection.execute(sql, part)}
    return [found[number] for number in sorted(found)]


def _insert(connection: sqlite3.Connection, dispute: Dispute, statement_ids: Sequence[str]) -> None:
    date = dispute.date
    number = connection.execute(
        "INSERT INTO relate_dispute (dispute_id, kind, about, start_date, end_date, confidence, json) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            dispute.dispute_id, dispute.kind, dispute.about, date and date.start, date and date.end,
            dispute.confidence, encoded(dispute),
        ),
    ).lastrowid  # fmt: skip
    row_ids = [row_id for version in dispute.versions for row_id in version.row_ids]
    of_row = dict(_documents_of(connection, row_ids))
    connection.executemany(
        "INSERT OR IGNORE INTO relate_dispute_version VALUES (?, ?, ?, ?)",
        [
            (number, position, row_id, of_row[row_id])
            for position, version in enumerate(dispute.versions)
            for row_id in version.row_ids
        ],
    )
    connection.executemany(
        "INSERT INTO relate_dispute_statement VALUES (?, ?)", [(one, number) for one in statement_ids]
    )
    connection.executemany(
        "INSERT INTO relate_dispute_territory VALUES (?, ?)", [(number, code) for code in dispute.territories]
    )


def _documents_of(connection: sqlite3.Connection, row_ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    table = {"evt": "event", "clm": "claim", "fig": "figure"}
    for row_id in row_ids:
        kind = table[row_id[:3]]
        sql = f"SELECT document_id FROM record_{kind} WHERE {kind}_id = ?"
        yield row_id, connection.execute(sql, (row_id,)).fetchone()[0]


def _parts(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
