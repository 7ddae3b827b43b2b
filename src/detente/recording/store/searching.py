"""Full-text search over titles, texts and quotes. What a person types is words, never FTS syntax."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection

from msgspec import Struct

_OPEN, _CLOSE = "\ue000", "\ue001"
_PIECE = re.compile(r'"([^"]*)"?|([^\s"]+)')


class Hit(Struct, frozen=True):
    """A document or a row whose words match.

    `snippet` is a stretch of the text round the match, `marks` the ranges in it that match; `rank` is BM25, lower is
    better. `row_id` is the document's id where `kind` is document.
    """

    kind: str
    row_id: str
    document_id: str
    uri: str
    title: str | None
    snippet: str
    marks: tuple[tuple[int, int], ...]
    rank: float


_DOCUMENTS = """
SELECT 'document', d.document_id, d.document_id, d.uri, d.title,
    snippet(record_document_search, -1, '\ue000', '\ue001', '…', 24), bm25(record_document_search, 4.0, 1.0) AS rank
FROM record_document_search JOIN record_document d ON d.document_number = record_document_search.rowid
WHERE record_document_search MATCH ? AND d.superseded_by IS NULL
ORDER BY rank, d.document_id LIMIT ?
"""
_QUOTES = """
SELECT q.row_kind, q.row_id, q.document_id, d.uri, d.title,
    snippet(record_quote_search, 0, '\ue000', '\ue001', '…', 24), bm25(record_quote_search) AS rank
FROM record_quote_search JOIN record_quote q ON q.quote_number = record_quote_search.rowid
JOIN record_document d ON d.document_id = q.document_id
WHERE record_quote_search MATCH ? AND d.superseded_by IS NULL AND q.row_kind IN ({kinds})
ORDER BY rank, q.row_id LIMIT ?
"""
SEARCHED_KINDS = ("document", "event", "claim", "figure")


def match_words(query: str) -> str | None:
    """An FTS5 expression for words as people type them; None where there is no word in it.

    All words must stand in the text; `"words in marks"` are a phrase; `sanction*` stands for all that begins so.
    """
    pieces = []
    for phrase, word in _PIECE.findall(query.replace("\0", " ")):
        piece = phrase or word
        if any(character.isalnum() for character in piece):
            is_prefix = bool(word) and word.endswith("*")
            pieces.append(f'"{piece}"' + ("*" if is_prefix else ""))
    return " ".join(pieces) or None


def search(connection: sqlite3.Connection, query: str, limit: int, kinds: Collection[str]) -> list[Hit]:
    """The best matches among the kinds asked for, best first, ties by id; superseded documents are left out."""
    words = match_words(query)
    if words is None:
        return []
    rows: list[tuple[str, str, str, str, str | None, str, float]] = []
    if "document" in kinds:
        rows += connection.execute(_DOCUMENTS, (words, limit)).fetchall()
    quoted = [kind for kind in SEARCHED_KINDS[1:] if kind in kinds]
    if quoted:
        sql = _QUOTES.format(kinds=", ".join("?" * len(quoted)))
        rows += connection.execute(sql, (words, *quoted, limit)).fetchall()
    rows.sort(key=lambda row: (round(row[6], 9), row[1]))
    return [_hit(*row) for row in rows[:limit]]


def _hit(kind: str, row_id: str, document_id: str, uri: str, title: str | None, marked: str, rank: float) -> Hit:
    snippet, marks = "", []
    for index, piece in enumerate(re.split(f"[{_OPEN}{_CLOSE}]", marked)):
        if index % 2:
            marks.append((len(snippet), len(snippet) + len(piece)))
        snippet += piece
    return Hit(kind, row_id, document_id, uri, title, snippet, tuple(marks), rank)
