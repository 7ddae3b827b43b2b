"""The tellings of the record: which events share one, which pairs are compared, and what these score."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from detente.model import Document, Event
from detente.relating.happenings.blocking import entries, ranges
from detente.relating.happenings.bonding import Bonding
from detente.relating.happenings.scoring import Scorer, spoken_of
from detente.relating.happenings.telling import Telling, document_terms, own_key, telling_of, topic_of
from detente.relating.happenings.weighing import FLOOR, Weights
from detente.relating.happenings.words import Weighted, WordTable

_ENCODER = msgspec.msgpack.Encoder()
_TELLING = msgspec.msgpack.Decoder(Telling)
_TERMS = msgspec.msgpack.Decoder(dict[str, float])
_EVENT = msgspec.json.Decoder(Event)
_DOCUMENT = msgspec.json.Decoder(Document)


class Tellings:
    """One renewal of the tellings of some documents."""

    def __init__(self, connection: sqlite3.Connection, words: WordTable, weights: Weights, bonding: Bonding) -> None:
        self.connection = connection
        self.words = words
        self.weights = weights
        self.bonding = bonding
        self.scorer = Scorer(words, weights, _Articles(connection))
        self.known: dict[int, Telling] = {}
        self.touched: set[int] = set()
        """Numbers of tellings that are new, or tell otherwise, or are told by other articles."""
        self.vacated: set[int] = set()
        """Numbers of happenings that lost a telling."""

    def renew(self, document_ids: Sequence[str]) -> set[int]:
        """Bring the tellings of these documents up to date; the numbers of tellings whose block may have changed."""
        touched: set[int] = set()
        for document_id in document_ids:
            touched.update(self._withdraw(document_id))
            touched.update(self._enter(document_id))
        affected = set(touched)
        self.touched |= touched
        changed: list[int] = []
        removed: set[int] = set()
        for number in sorted(touched):
            before, now = self._stored(number), self._spokesman(number)
            if now is None:
                affected |= self._remove(number, before)
                removed.add(number)
            elif now != before:
                affected |= self._replace(number, before, now)
                changed.append(number)
        affected -= removed
        self.touched -= removed
        for number in changed:
            affected |= self._compare(number, changed)
        for number in sorted(touched & affected):
            self._point(number)
        return affected

    def _withdraw(self, document_id: str) -> list[int]:
        found = [
            row[0]
            for row in self.connection.execute(
                "SELECT DISTINCT telling_number FROM relate_telling_event WHERE document_id = ?", (document_id,)
            )
        ]
        self.connection.execute("DELETE FROM relate_telling_event WHERE document_id = ?", (document_id,))
        self.connection.execute("DELETE FROM relate_terms WHERE document_id = ?", (document_id,))
        return found

    def _enter(self, document_id: str) -> Iterator[int]:
        row = self.connection.execute(
            "SELECT json, text FROM record_document WHERE document_id = ? AND superseded_by IS NULL", (document_id,)
        ).fetchone()
        if row is None:
            return
        document = msgspec.structs.replace(_DOCUMENT.decode(row[0]), text=row[1])
        self.connection.execute(
            "INSERT INTO relate_terms VALUES (?, ?)",
            (document_id, _ENCODER.encode(document_terms(document, self.words))),
        )
        topic = topic_of(document, self.words)
        salts = self.bonding.parted_events(document.text_sha256)
        for event in self._events(document_id):
            telling = own_key(telling_of(event, document, self.words, topic), salts.get(event.event_id))
            number = self._number(telling.key)
            self.connection.execute(
                "INSERT INTO relate_telling_event VALUES (?, ?, ?, ?)",
                (document_id, event.event_id, number, _ENCODER.encode(telling)),
            )
            yield number

    def _events(self, document_id: str) -> list[Event]:
        rows = self.connection.execute(
            "SELECT json FROM record_event WHERE document_id = ? ORDER BY event_id", (document_id,)
        )
        return [_EVENT.decode(row[0]) for row in rows]

    def _number(self, key: str) -> int:
        row = self.connection.execute(
            "SELECT telling_number FROM relate_telling WHERE telling_key = ?", (key,)
        ).fetchone()
        if row is not None:
            return int(row[0])
        added = self.connection.execute(
            "INSERT INTO relate_telling (telling_key, event_id, telling) VALUES (?, '', x'')", (key,)
        )
        assert added.lastrowid is not None
        return added.lastrowid

    def _stored(self, number: int) -> Telling | None:
        """The telling as it was last compared; None for a new one."""
        blob = self.connection.execute(
            "SELECT telling FROM relate_telling WHERE telling_number = ?", (number,)
        ).fetchone()[0]
        return _TELLING.decode(blob) if blob else None

    def _spokesman(self, number: int) -> Telling | None:
        """The telling of the earliest of its events, which stands for all; None where none is left."""
        rows = self.connection.execute("SELECT telling FROM relate_telling_event WHERE telling_number = ?", (number,))
        return min((_TELLING.decode(row[0]) for row in rows), key=lambda telling: telling.order, default=None)

    def _remove(self, number: int, before: Telling | None) -> set[int]:
        near = self._forget(number, before)
        happening = self.connection.execute(
            "SELECT happening_number FROM relate_telling WHERE telling_number = ?", (number,)
        ).fetchone()[0]
        if happening is not None:
            self.vacated.add(happening)
        self.connection.execute("DELETE FROM relate_telling WHERE telling_number = ?", (number,))
        return near

    def _replace(self, number: int, before: Telling | None, now: Telling) -> set[int]:
        near = self._forget(number, before)
        self.connection.execute(
            "UPDATE relate_telling SET event_id = ?, telling = ? WHERE telling_number = ?",
            (now.event_id, _ENCODER.encode(now), number),
        )
        self.connection.executemany(
            "INSERT INTO relate_block VALUES (?, ?, ?)", [(entry.key, entry.day, number) for entry in entries(now)]
        )
        self.known[number] = now
        return near

    def _forget(self, number: int, before: Telling | None) -> set[int]:
        """Take a telling out of all comparisons; the numbers of those it was compared with or pointed at it."""
        if before is None:
            return set()
        self.connection.executemany(
            "DELETE FROM relate_block WHERE key = ? AND day = ? AND telling_number = ?",
            [(entry.key, entry.day, number) for entry in entries(before)],
        )
        near = {
            row[0]
            for row in self.connection.execute(
                "SELECT other FROM relate_edge WHERE one = ?",
                (number,),
            )
        }
        self.connection.executemany(
            "DELETE FROM relate_edge WHERE one = ? AND other = ?",
            [pair for other in sorted(near) for pair in ((number, other), (other, number))],
        )
        pointing = {row[0] for row in self.connection.execute("SELECT one FROM relate_link WHERE other = ?", (number,))}
        self.touched |= pointing
        near |= pointing
        self.connection.execute("DELETE FROM relate_link WHERE one = ?", (number,))
        self.connection.execute("DELETE FROM relate_link WHERE other = ?", (number,))
        return near

    def _compare(self, number: int, changed: Sequence[int]) -> set[int]:
        """Score a changed telling against all it is to be compared with; the numbers of those it hangs with."""
        mine = self.known[number]
        near: set[int] = set()
        edges, links = [], []
        fresh = set(changed)
        for other in self._candidates(number, mine):
            if other in fresh and other < number:
                continue
            theirs = self._telling(other)
            score = self.scorer.same(mine, theirs)
            if score > FLOOR:
                edges += [(number, other, score), (other, number, score)]
                if score > 0:
                    near.add(other)
            for one, two, first, second in ((number, other, mine, theirs), (other, number, theirs, mine)):
                link = self.scorer.link(first, second)
                if link is not None:
                    links.append((one, two, *link))
        self.connection.executemany("INSERT OR REPLACE INTO relate_edge VALUES (?, ?, ?)", edges)
        self.connection.executemany("INSERT OR REPLACE INTO relate_link VALUES (?, ?, ?, ?)", links)
        return near

    def _candidates(self, number: int, telling: Telling) -> list[int]:
        found: set[int] = set()
        for asked in ranges(telling, self.weights):
            found.update(
                row[0]
                for row in self.connection.execute(
                    "SELECT telling_number FROM relate_block WHERE key = ? AND day BETWEEN ? AND ?",
                    (asked.key, asked.first, asked.last),
                )
            )
        found.discard(number)
        return sorted(found)

    def _telling(self, number: int) -> Telling:
        if number not in self.known:
            stored = self._stored(number)
            assert stored is not None
            self.known[number] = stored
        return self.known[number]

    def _point(self, number: int) -> None:
        """Link a telling's words to the events that they speak of, in the article of the event that stands for it."""
        self.connection.execute("DELETE FROM relate_link WHERE one = ? AND kind = 'about'", (number,))
        event_id = self._telling(number).event_id
        rows = self.connection.execute(
            "SELECT e.event_id, e.json, t.telling_number FROM relate_telling_event mine "
            "JOIN relate_telling_event t ON t.document_id = mine.document_id "
            "JOIN record_event e ON e.event_id = t.event_id WHERE mine.telling_number = ? AND mine.event_id = ?",
            (number, event_id),
        ).fetchall()
        events = {row[0]: (_EVENT.decode(row[1]), int(row[2])) for row in rows}
        event = events[event_id][0]
        spoken = {
            other
            for candidate, other in events.values()
            if other != number and spoken_of(event, candidate, self.weights)
        }
        self.connection.executemany(
            "INSERT OR REPLACE INTO relate_link VALUES (?, ?, 'about', 0)",
            [(number, other) for other in sorted(spoken)],
        )


class _Articles(Mapping[str, Weighted]):
    """The telling words of documents, read from the record when first asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.read: dict[str, Weighted] = {}

    def __getitem__(self, document_id: str) -> Weighted:
        if document_id not in self.read:
            row = self.connection.execute(
                "SELECT terms FROM relate_terms WHERE document_id = ?", (document_id,)
            ).fetchone()
            if row is None:
                raise KeyError(document_id)
            self.read[document_id] = _TERMS.decode(row[0])
        return self.read[document_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.read)

    def __len__(self) -> int:
        return len(self.read)


def decoded_telling(blob: bytes) -> Telling:
    return _TELLING.decode(blob)


def members_of(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[tuple[str, Telling]]:
    """All events of these tellings: the document and the telling made of it."""
    found = []
    for number in numbers:
        rows = connection.execute(
            "SELECT document_id, telling FROM relate_telling_event WHERE telling_number = ?", (number,)
        )
        found += [(row[0], _TELLING.decode(row[1])) for row in rows]
    return found
