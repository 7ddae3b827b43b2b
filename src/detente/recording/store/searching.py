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
            pieces.append(f'"{word.rstrip("*")}"*' if is_prefix else f'"{piece}"')
    return " ".join(pieces) or None


def search(connection: sqlite3.Connection, query: str, limit: int, kinds: Collection[str]) -> list[Hit]:
    """The best matches among the kinds asked for, best first, ties by id; superseded documents are left out."""
    words = match_words(query)
    if words is None:
        return []
    rows = [row for kind in SEARCHED_KINDS if kind in kinds for row in connection.execute(_sql(kind), (words, limit))]
    rows.sort(key=lambda row: (round(row[6], 9), row[1]))
    return [_hit(*row) for row in rows[:limit]]


def _sql(kind: str) -> str:
    """In a document's rank a word of the title weighs as much as four of the text."""
    index = f"record_{kind}_search"
    joined = "" if kind == "document" else "JOIN record_document d ON d.document_id = r.document_id"
    doc, weights = ("r", ", 4.0, 1.0") if kind == "document" else ("d", "")
    return f"""
        SELECT '{kind}', r.{kind}_id, {doc}.document_id, {doc}.uri, {doc}.title,
            snippet({index}, -1, '{_OPEN}', '{_CLOSE}', '…', 24), bm25({index}{weights}) AS rank
        FROM {index} JOIN record_{kind} r ON r.{kind}_number = {index}.rowid {joined}
        WHERE {index} MATCH ? AND {doc}.superseded_by IS NULL ORDER BY rank, r.{kind}_id LIMIT ?"""


def _hit(kind: str, row_id: str, document_id: str, uri: str, title: str | None, marked: str, rank: float) -> Hit:
    snippet, marks = "", []
    for index, piece in enumerate(re.split(f"[{_OPEN}{_CLOSE}]", marked)):
        if index % 2:
            marks.append((len(snippet), len(snippet) + len(piece)))
        snippet += piece
    return Hit(kind, row_id, document_id, uri, title, snippet, tuple(marks), rank)
