"""A record filled with a simulated history: one article and one event a happening, already held against one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from detente.model import Happening
from detente.recording.store import Store
from detente.relating.forecast.history import TYPES, History
from detente.relating.refresh import is_related

_DOCUMENT = """INSERT INTO record_document (document_number, document_id, uri, published_start_date, published_end_date,
language, reader_version, text, text_sha256, rows_sha256, json) VALUES (?, ?, ?, ?, ?, 'en', '1', '', '', '', '')"""
_EVENT = """INSERT INTO record_event (event_number, event_id, document_id, evidence_start, evidence_end, quote, trigger,
type, contexts, cameo, quad, goldstein, start_date, end_date, polarity, modality, confidence, json)
VALUES (?, ?, ?, 0, 1, '', '', ?, '[]', '', '', 0, ?, ?, 'affirmed', 'actual', 0.9, '')"""


def fill(path: Path, history: History, codes: Mapping[str, str]) -> Path:
    """Write the history to a new record at `path`; `codes` are the territories of its parties."""
    columns = (history.source, history.target, history.kind, history.day, history.known)
    rows = list(zip(*(column.tolist() for column in columns), strict=True))
    iso = {day: date.fromordinal(day).isoformat() for row in rows for day in row[3:]}
    documents: list[Sequence[object]] = []
    events: list[Sequence[object]] = []
    happenings: list[Sequence[object]] = []
    parties: list[Sequence[object]] = []
    for number, (source, target, kind, day, known) in enumerate(rows, start=1):
        doc, event, name, when = f"doc-{number:016x}", f"evt-{number:016x}", f"hap-{number:016x}", iso[day]
        documents.append((number, doc, f"one.example/{number}", iso[known], iso[known]))
        events.append((number, event, doc, TYPES[kind], when, when))
        happening = Happening(
            happening_id=name, event_ids=(event,), document_ids=(doc,), witnesses=1, type=TYPES[kind], asserted=1
        )
        happenings.append((number, name, TYPES[kind], when, when, msgspec.json.encode(happening).decode()))
        for role, party in (("source", source), ("target", target)):
            code = codes[history.parties[party]]
            parties.append((number, role, 0, code, code))
    with Store.open(path) as store:
        with store.transaction("filling it") as connection:
            connection.executemany(_DOCUMENT, documents)
            connection.executemany(_EVENT, events)
            connection.executemany(
                "INSERT INTO relate_happening (happening_number, happening_id, type, realm, start_date, end_date, "
                "witnesses, cohesion, json) VALUES (?, ?, ?, 'actual', ?, ?, 1, 1, ?)",
                happenings,
            )
            connection.executemany("INSERT INTO relate_happening_event VALUES (?1, ?1)", [(n[0],) for n in happenings])
            connection.executemany(
                "INSERT INTO relate_happening_party (happening_number, role, position, name, territory) "
                "VALUES (?, ?, ?, ?, ?)",
                parties,
            )
            waiting = [
                name
                for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE name LIKE 'relate_%pending'")
            ]
            for name in waiting:
                connection.execute(f"DELETE FROM {name}")
        assert is_related(store)
    return path
