"""Witnesses in the record: which documents are copies of which, kept up to date as documents come and go.

`relate_witness` holds only documents that have a copy; a document that is not in it is its own witness.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

from detente.relating.witnesses.shingles import Sketch, bands_of, is_copy, sketch_of


def renew_witnesses(connection: sqlite3.Connection, document_ids: Iterable[str]) -> set[str]:
    """Bring the witnesses of these documents up to date, inside the caller's transaction.

    Returns the ids of all documents that now count as another witness than before.
    """
    return _Copies(connection).renew(sorted(set(document_ids)))


class _Copies:
    """One renewal. Texts are read again to be compared, each at most once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.sketches: dict[str, Sketch | None] = {}
        self.bands: dict[str, tuple[int, ...]] = {}

    def renew(self, document_ids: list[str]) -> set[str]:
        before: dict[str, str] = {}
        touched: set[str] = set()
        for document_id in document_ids:
            group = self._group(document_id)
            before.update(group)
            touched.update(group)
            self._forget(document_id)
        gone = {document_id for document_id in document_ids if self._sketch(document_id) is None}
        for document_id in sorted(set(document_ids) - gone):
            self._place(document_id)
        touched = (touched | set(document_ids)) - gone
        after = self._settle(touched, before)
        self._write(before, after)
        return {
            document_id
            for document_id in before.keys() | after.keys()
            if before.get(document_id, document_id) != after.get(document_id, document_id)
        }

    def _group(self, document_id: str) -> dict[str, str]:
        """All documents that count as the same witness, with that witness; empty where it has no copy."""
        return dict(
            self.connection.execute(
                "SELECT document_id, witness_id FROM relate_witness WHERE witness_id = "
                "(SELECT witness_id FROM relate_witness WHERE document_id = ?)",
                (document_id,),
            )
        )

    def _forget(self, document_id: str) -> None:
        """Take a document's bands out: those of its text, which is the same for as long as its id is."""
        row = self.connection.execute(
            "SELECT text FROM record_document WHERE document_id = ?", (document_id,)
        ).fetchone()
        if row is not None:
            self.connection.executemany(
                "DELETE FROM relate_witness_band WHERE value = ? AND document_id = ?",
                [(value, document_id) for value in self._bands(document_id, row[0])],
            )

    def _place(self, document_id: str) -> None:
        self.connection.executemany(
            "INSERT OR IGNORE INTO relate_witness_band VALUES (?, ?)",
            [(value, document_id) for value in self._bands(document_id)],
        )

    def _settle(self, touched: set[str], before: dict[str, str]) -> dict[str, str]:
        """The witnesses of all documents that can be reached from those touched."""
        after: dict[str, str] = {}
        for document_id in sorted(touched):
            if document_id in after:
                continue
            members = self._reached(document_id, before)
            if len(members) > 1:
                after.update(dict.fromkeys(members, min(members)))
            else:
                after[document_id] = document_id
        return after

    def _reached(self, start: str, before: dict[str, str]) -> set[str]:
        """The group of `start`: its copies, their copies and so on. The copies of a group that nobody touched are known
        to be one, and are taken in whole."""
        members, waiting = {start}, [start]
        while waiting:
            document_id = waiting.pop()
            sketch = self._sketch(document_id)
            assert sketch is not None
            for other in self._near(document_id):
                if other in members:
                    continue
                candidate = self._sketch(other)
                if candidate is None or not is_copy(sketch, candidate):
                    continue
                fresh = {other}
                if other not in before:
                    group = self._group(other)
                    before.update(group)
                    fresh |= group.keys()
                    members |= fresh
                    continue
                members |= fresh
                waiting.append(other)
        return members

    def _near(self, document_id: str) -> list[str]:
        found: set[str] = set()
        for value in self._bands(document_id):
            found.update(
                row[0]
                for row in self.connection.execute(
                    "SELECT document_id FROM relate_witness_band WHERE value = ?", (value,)
                )
            )
        found.discard(document_id)
        return sorted(found)

    def _bands(self, document_id: str, text: str | None = None) -> tuple[int, ...]:
        if document_id not in self.bands:
            sketch = self._sketch(document_id) if text is None else sketch_of(text)
            self.bands[document_id] = () if sketch is None else bands_of(sketch)
        return self.bands[document_id]

    def _sketch(self, document_id: str) -> Sketch | None:
        """None for a document that is superseded or not there."""
        if document_id not in self.sketches:
            row = self.connection.execute(
                "SELECT text FROM record_document WHERE document_id = ? AND superseded_by IS NULL", (document_id,)
            ).fetchone()
            self.sketches[document_id] = None if row is None else sketch_of(row[0])
        return self.sketches[document_id]

    def _write(self, before: dict[str, str], after: dict[str, str]) -> None:
        sizes = Counter(after.values())
        for document_id in sorted(before.keys() | after.keys()):
            witness = after.get(document_id)
            if witness is None or sizes[witness] == 1:
                self.connection.execute("DELETE FROM relate_witness WHERE document_id = ?", (document_id,))
            else:
                self.connection.execute("INSERT OR REPLACE INTO relate_witness VALUES (?, ?)", (document_id, witness))
