"""Happenings in the record, kept up to date: what came, changed or went is taken in, and only the blocks it touches are
settled anew. The result is the same as if the whole record had been clustered at once, in whatever order it came.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

import msgspec
from msgspec import Struct

from detente.knowledge import Knowledge
from detente.recording.store import Store
from detente.relating.happenings.bonding import Bonding
from detente.relating.happenings.tellings import Tellings
from detente.relating.happenings.weighing import weights
from detente.relating.happenings.words import word_table
from detente.relating.happenings.writing import Happenings
from detente.relating.witnesses import renew_witnesses

ALGORITHM = 1
"""Counted up when the same words and weights would come to other happenings."""
_DOCUMENTS_AT_ONCE = 500
_MADE_HERE = (
    "relate_happening", "relate_happening_event", "relate_happening_party", "relate_telling", "relate_telling_event",
    "relate_block", "relate_edge", "relate_link", "relate_bond", "relate_terms", "relate_witness",
    "relate_witness_band",
)  # fmt: skip


class Settled(Struct, frozen=True):
    """What `relate` did: documents taken in, happenings made or changed, and happenings taken away."""

    documents: int
    renewed: int
    removed: int


def relate(store: Store, knowledge: Knowledge) -> Settled:
    """Take in all pending documents, in one transaction; where none is pending, nothing changes.

    A record related with other words or weights, by an earlier version, is related anew as a whole.
    """
    with store.transaction("finding happenings") as connection:
        _start_over_if_outdated(connection, knowledge)
        pending = [row[0] for row in connection.execute("SELECT document_id FROM relate_pending ORDER BY document_id")]
        renewed = removed = 0
        for start in range(0, len(pending), _DOCUMENTS_AT_ONCE):
            made, gone = _take_in(connection, knowledge, pending[start : start + _DOCUMENTS_AT_ONCE])
            renewed, removed = renewed + made, removed + gone
        connection.execute("DELETE FROM relate_pending")
    return Settled(len(pending), renewed, removed)


def _take_in(connection: sqlite3.Connection, knowledge: Knowledge, document_ids: Sequence[str]) -> tuple[int, int]:
    bonding = Bonding(connection)
    document_ids = bonding.with_twins(document_ids)
    witnesses = renew_witnesses(connection, document_ids)
    tellings = Tellings(connection, word_table(knowledge), weights(), bonding)
    affected = tellings.renew(document_ids)
    bonding.renew(document_ids)
    affected |= bonding.touched
    return Happenings(connection, weights(), bonding).settle(
        affected, touched=tellings.touched, vacated=tellings.vacated, restated_by=witnesses
    )


@lru_cache(maxsize=4)
def version(knowledge: Knowledge) -> str:
    """A digest of all that happenings depend on beside the record."""
    words = word_table(knowledge)
    known = (
        ALGORITHM, msgspec.structs.asdict(weights()), sorted(words.rarity.items()), len(words.kin),
        sorted(words.irregular.items()), sorted(words.light), sorted(words.series), sorted(words.repeated),
        sorted(words.saying), sorted(words.territorial),
    )  # fmt: skip
    return sha256(msgspec.json.encode(known, order="sorted")).hexdigest()


def _start_over_if_outdated(connection: sqlite3.Connection, knowledge: Knowledge) -> None:
    """Empty all tables of this part and make every document pending, where they were made otherwise than now."""
    now = version(knowledge)
    found = connection.execute("SELECT version FROM relate_version WHERE part = 'happenings'").fetchone()
    if found is not None and found[0] == now:
        return
    connection.execute("INSERT OR REPLACE INTO relate_version VALUES ('happenings', ?)", (now,))
    if found is None:
        return
    for table in _MADE_HERE:
        connection.execute(f"DELETE FROM {table}")
    connection.execute("INSERT OR IGNORE INTO relate_pending SELECT document_id FROM record_document")
