"""The rows of the record that lie between two territories, found in the store; nothing is weighed or worded here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from msgspec import Struct

from detente.model import Figure, Happening
from detente.recording.store import Filter, Store
from detente.recording.store.rows import decoded

_BETWEEN = """
SELECT DISTINCT a.happening_number AS number
FROM relate_happening_party a JOIN relate_happening_party b
    ON b.happening_number = a.happening_number AND b.role <> a.role
WHERE a.territory = :one AND b.territory = :other
"""
_IN_TIME = (
    "(:since IS NULL OR coalesce(h.end_date, h.start_date) >= :since)"
    " AND (:until IS NULL OR h.start_date <= :until || '~')"
)


class Scope(Struct, frozen=True, kw_only=True):
    """Two territories, and from when until when: days, months or years, both included; None does not narrow.

    What bears no date at all lies in every scope that is open on both sides and in no other.
    """

    one: str
    other: str
    since: str | None = None
    until: str | None = None

    @property
    def values(self) -> dict[str, str | None]:
        return {"one": self.one, "other": self.other, "since": self.since, "until": self.until}

    def filter(self, *, limit: int | None = None) -> Filter:
        return Filter(dyad=(self.one, self.other), since=self.since, until=self.until, limit=limit)


class Speaker(Struct, frozen=True, kw_only=True):
    """A territory among those who speak (None where nobody knows), how often, and by which names, commonest first."""

    territory: str | None
    count: int
    share: float
    names: tuple[str, ...]


def latest_happenings(store: Store, scope: Scope, limit: int) -> list[Happening]:
    """The last so many by date, the oldest of them first; those without a date come before all."""
    sql = (
        f"SELECT h.json FROM relate_happening h WHERE h.happening_number IN ({_BETWEEN}) AND {_IN_TIME} "
        "ORDER BY h.start_date IS NULL, h.start_date DESC, h.happening_id LIMIT :limit"
    )
    found = [decoded(row[0]) for row in store.reader.execute(sql, {**scope.values, "limit": limit})]
    return [row for row in reversed(found) if isinstance(row, Happening)]


def figures(store: Store, scope: Scope, limit: int) -> list[Figure]:
    """Figures that name what they count, of documents that tell of the two, the latest published first."""
    sql = f"""
    SELECT f.json FROM record_figure f JOIN record_document d ON d.document_id = f.document_id
    WHERE d.superseded_by IS NULL AND f.measure IS NOT NULL AND f.document_id IN ({_DOCUMENTS})
        AND (:since IS NULL OR coalesce(f.end_date, d.published_end_date) >= :since)
        AND (:until IS NULL OR coalesce(f.start_date, d.published_start_date) <= :until || '~')
    ORDER BY d.published_start_date IS NULL, d.published_start_date DESC, d.uri, f.evidence_start, f.figure_id
    LIMIT :limit
    """
    found = (decoded(row[0]) for row in store.reader.execute(sql, {**scope.values, "limit": limit}))
    return [row for row in found if isinstance(row, Figure)]


_DOCUMENTS = f"""
SELECT e.document_id FROM relate_happening_event he JOIN record_event e USING (event_number)
JOIN relate_happening h USING (happening_number)
WHERE he.happening_number IN ({_BETWEEN}) AND {_IN_TIME}
"""


def outlets(store: Store, scope: Scope) -> tuple[Speaker, ...]:
    """Who published what tells of the two: independent articles by the territory of the outlet."""
    sql = f"""
    SELECT d.outlet_territory, coalesce(d.outlet, d.uri), count(DISTINCT coalesce(w.witness_id, d.document_id))
    FROM record_document d LEFT JOIN relate_witness w ON w.document_id = d.document_id
    WHERE d.superseded_by IS NULL AND d.document_id IN ({_DOCUMENTS}) GROUP BY 1, 2
    """
    return _speakers(store.reader.execute(sql, scope.values))


def voices(store: Store, scope: Scope) -> tuple[Speaker, ...]:
    """Whose claims the articles carry that tell of the two, by the territory of the speaker."""
    sql = f"""
    SELECT c.speaker_territory, c.speaker_name, count(*)
    FROM record_claim c JOIN record_document d ON d.document_id = c.document_id
    WHERE d.superseded_by IS NULL AND c.speaker_name IS NOT NULL AND c.document_id IN ({_DOCUMENTS}) GROUP BY 1, 2
    """
    return _speakers(store.reader.execute(sql, scope.values))


def _speakers(rows: Iterator[tuple[str | None, str, int]] | sqlite3.Cursor) -> tuple[Speaker, ...]:
    named: dict[str | None, dict[str, int]] = {}
    for territory, name, count in rows:
        held = named.setdefault(territory, {})
        held[name] = held.get(name, 0) + count
    total = sum(sum(held.values()) for held in named.values())
    found = [
        Speaker(
            territory=territory,
            count=sum(held.values()),
            share=sum(held.values()) / total,
            names=tuple(sorted(held, key=lambda name: (-held[name], name))),
        )
        for territory, held in named.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.count, one.territory or "~")))


def without_date(store: Store, scope: Scope) -> int:
    """Articles that tell of the two and whose day of publication is not known."""
    sql = f"""
    SELECT count(*) FROM record_document d
    WHERE d.superseded_by IS NULL AND d.published_start_date IS NULL AND d.document_id IN ({_DOCUMENTS})
    """
    found: int = store.reader.execute(sql, scope.values).fetchone()[0]
    return found


def span(store: Store, scope: Scope) -> tuple[str, str] | None:
    """First and last day of the happenings; None where none is dated."""
    sql = (
        "SELECT min(h.start_date), max(h.start_date) FROM relate_happening h "
        f"WHERE h.happening_number IN ({_BETWEEN}) AND {_IN_TIME}"
    )
    first, last = store.reader.execute(sql, scope.values).fetchone()
    return None if first is None else (first, last)
