"""The rows of the record that lie between two territories, found in the store; nothing is weighed or worded here.

What is between the two is read off the narrow table of the index, so that a page on the busiest pair costs little more
than one on a quiet one; what is wide (words, claims, figures) is read for the latest happenings only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct

from detente.model import Figure, Happening
from detente.recording.store import Store
from detente.recording.store.rows import decoded
from detente.relating.index import bounds
from detente.relating.index.leaving import STATUS_SQL

ARTICLES_FROM = 500
"""Of how many happenings, the latest, the articles are looked at for who speaks, and for figures."""
_HAPPENING = msgspec.json.Decoder(Happening)


class Brief(Struct, frozen=True, kw_only=True):
    """A happening in brief. `start` and `end` are ordinals of days, None where neither words nor articles give any."""

    happening_number: int
    happening_id: str
    type: str
    start: int | None
    end: int | None


class Speaker(Struct, frozen=True, kw_only=True):
    """A territory among those who speak (None where nobody knows), how often, and by which names, commonest first."""

    territory: str | None
    count: int
    share: float
    names: tuple[str, ...]


def between(
    store: Store, one: str, other: str, *, since: str | None = None, until: str | None = None
) -> tuple[Brief, ...]:
    """What happened between two territories, either way, in the order of the days; what bears none comes first.

    `since`, `until`: days, months or years, both included: what may have happened in that time. What bears no day lies
    in every time that is open on both sides, and in no other.
    """
    sql = "SELECT happening_number, happening_id, type, day, span FROM relate_index WHERE source = ? AND target = ?"
    found = {
        number: _brief(number, happening_id, kind, day, span)
        for pair in ((one, other), (other, one))
        for number, happening_id, kind, day, span in store.reader.execute(sql, pair)
    }
    first, last = bounds(since, until)
    kept = [row for row in found.values() if _is_within(row, first, last)]
    return tuple(sorted(kept, key=lambda row: (row.start or 0, row.end or 0, row.happening_id)))


def _brief(number: int, happening_id: str, kind: str, day: int, span: int) -> Brief:
    if not day:
        return Brief(happening_number=number, happening_id=happening_id, type=kind, start=None, end=None)
    start = day - span // 2
    return Brief(happening_number=number, happening_id=happening_id, type=kind, start=start, end=start + span)


def _is_within(row: Brief, first: int | None, last: int | None) -> bool:
    if row.start is None or row.end is None:
        return first is None and last is None
    return (first is None or row.end >= first) and (last is None or row.start <= last)


def whole(store: Store, briefs: Iterable[Brief]) -> tuple[Happening, ...]:
    """The happenings themselves, in the order given."""
    sql = "SELECT json FROM relate_happening WHERE happening_number = ?"
    found = (store.reader.execute(sql, (row.happening_number,)).fetchone() for row in briefs)
    return tuple(_HAPPENING.decode(row[0]) for row in found if row is not None)


def done(store: Store, briefs: Sequence[Brief], days: int) -> tuple[Brief, ...]:
    """Of these, in the order of their days, those that somebody, the article itself or one whom it quotes, says were
    done; not what is only planned or denied. More than `days` before the last of them, nothing is looked at."""
    sql = (
        "SELECT 1 FROM relate_happening_event h JOIN record_event e USING (event_number) "
        f"WHERE h.happening_number = ? AND {STATUS_SQL} IN ('asserted', 'claimed') LIMIT 1"
    )
    found: list[Brief] = []
    for place in range(len(briefs) - 1, -1, -1):
        row = briefs[place]
        if found and (row.start or 0) < (found[0].start or 0) - days:
            return (*briefs[: place + 1], *reversed(found))
        if store.reader.execute(sql, (row.happening_number,)).fetchone() is not None:
            found.append(row)
    return tuple(reversed(found))


def articles(store: Store, briefs: Sequence[Brief]) -> tuple[str, ...]:
    """Ids of the articles that tell of the latest of these happenings, sorted."""
    numbers = [row.happening_number for row in briefs[-ARTICLES_FROM:]]
    sql = (
        "SELECT DISTINCT e.document_id FROM relate_happening_event h JOIN record_event e USING (event_number) "
        f"WHERE h.happening_number IN ({_marks(numbers)}) ORDER BY 1"
    )
    return tuple(row[0] for row in store.reader.execute(sql, numbers))


def independent(store: Store, document_ids: Sequence[str]) -> tuple[str, ...]:
    """Of these articles those that are no near-copies of one another: of each group the first by id, sorted."""
    sql = (
        "SELECT min(d.document_id) FROM record_document d LEFT JOIN relate_witness w ON w.document_id = d.document_id "
        f"WHERE d.document_id IN ({_marks(document_ids)}) GROUP BY coalesce(w.witness_id, d.document_id) ORDER BY 1"
    )
    return tuple(row[0] for row in store.reader.execute(sql, document_ids))


def figures(store: Store, document_ids: Sequence[str], limit: int) -> tuple[Figure, ...]:
    """Figures of these articles that name what they count, the latest published first."""
    sql = f"""
    SELECT f.json FROM record_figure f JOIN record_document d ON d.document_id = f.document_id
    WHERE f.measure IS NOT NULL AND f.document_id IN ({_marks(document_ids)})
    ORDER BY d.published_start_date IS NULL, d.published_start_date DESC, d.uri, f.evidence_start, f.figure_id
    LIMIT {limit}
    """
    found = (decoded(row[0]) for row in store.reader.execute(sql, document_ids))
    return tuple(row for row in found if isinstance(row, Figure))


def outlets(store: Store, document_ids: Sequence[str]) -> tuple[Speaker, ...]:
    """Who published these articles, by the territory of the outlet; what an outlet prints twice counts once."""
    sql = f"""
    SELECT d.outlet_territory, coalesce(d.outlet, d.uri), count(DISTINCT coalesce(w.witness_id, d.document_id))
    FROM record_document d LEFT JOIN relate_witness w ON w.document_id = d.document_id
    WHERE d.document_id IN ({_marks(document_ids)}) GROUP BY 1, 2
    """
    return _speakers(store.reader.execute(sql, document_ids))


def voices(store: Store, document_ids: Sequence[str]) -> tuple[Speaker, ...]:
    """Whose claims these articles carry, by the territory of the speaker."""
    sql = f"""
    SELECT speaker_territory, speaker_name, count(*) FROM record_claim
    WHERE speaker_name IS NOT NULL AND document_id IN ({_marks(document_ids)}) GROUP BY 1, 2
    """
    return _speakers(store.reader.execute(sql, document_ids))


def _speakers(rows: Iterator[tuple[str | None, str, int]] | sqlite3.Cursor) -> tuple[Speaker, ...]:
    names: dict[str | None, dict[str, int]] = {}
    for territory, name, count in rows:
        held = names.setdefault(territory, {})
        held[name] = held.get(name, 0) + count
    total = sum(sum(held.values()) for held in names.values())
    found = [
        Speaker(
            territory=territory,
            count=sum(held.values()),
            share=sum(held.values()) / total,
            names=tuple(sorted(held, key=lambda name: (-held[name], name))),
        )
        for territory, held in names.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.count, one.territory or "~")))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
