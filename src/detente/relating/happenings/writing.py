"""From tellings to rows of happenings: the blocks that were touched are settled and their happenings written anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct

from detente.model import Date, Event, Happening
from detente.model.happening import Link
from detente.relating.happenings.bonding import Bonding
from detente.relating.happenings.building import Member, Told, build, happening_id
from detente.relating.happenings.clustering import best_links
from detente.relating.happenings.settling import Pair, cohesion, settle
from detente.relating.happenings.telling import Telling
from detente.relating.happenings.tellings import decoded_telling, members_of
from detente.relating.happenings.weighing import Weights

_ENCODER = msgspec.json.Encoder()
_EVENT = msgspec.json.Decoder(Event)


class _Block(Struct, frozen=True):
    """Tellings that hang together: their keys by number, all scores among them, the happening each was in, if any."""

    keys: dict[int, str]
    scores: dict[Pair, int]
    former: dict[int, int]


class Happenings:
    """One renewal of the happenings of some tellings."""

    def __init__(self, connection: sqlite3.Connection, weights: Weights, bonding: Bonding) -> None:
        self.connection = connection
        self.weights = weights
        self.bonding = bonding
        self.left: set[int] = set()
        """Numbers of happenings that lost a telling: their names may be no longer theirs."""

    def settle(
        self, affected: set[int], *, touched: set[int], vacated: Iterable[int], restated_by: Iterable[str]
    ) -> tuple[int, int]:
        """Settle the blocks of these tellings.

        `touched` are those that tell otherwise than before: their happenings are written anew in any case. `vacated`
        are happenings that lost a telling, `restated_by` documents that count as another witness now. Returns how many
        happenings were written, and how many taken away.
        """
        changed: set[int] = set()
        done: set[int] = set()
        self.left.update(vacated)
        removed = 0
        for number in sorted(affected):
            if number in done:
                continue
            block = self._block(number)
            done.update(block.keys)
            made, gone = self._regroup(block, touched)
            changed |= made
            removed += gone
        empty = [number for number in sorted(self.left) if self._is_empty(number) and self._exists(number)]
        self._delete(empty)
        removed += len(empty)
        changed |= {number for number in self.left if self._exists(number)}
        changed |= self._told_by(restated_by)
        self._rename(changed)
        changed |= self._linked_with(changed)
        for happening in sorted(changed):
            self._write(happening)
        return len(changed), removed

    def _block(self, start: int) -> _Block:
        keys: dict[int, str] = {}
        former: dict[int, int] = {}
        edges: list[tuple[int, int, int]] = []
        waiting = [start]
        seen = {start}
        while waiting:
            number = waiting.pop()
            key, happening = self.connection.execute(
                "SELECT telling_key, happening_number FROM relate_telling WHERE telling_number = ?", (number,)
            ).fetchone()
            keys[number] = key
            if happening is not None:
                former[number] = happening
            near = list(self.bonding.near(number))
            for other, score in self.connection.execute(
                "SELECT other, score FROM relate_edge WHERE one = ?", (number,)
            ):
                edges.append((number, other, score))
                if score > 0:
                    near.append(other)
            waiting += [other for other in near if other not in seen]
            seen.update(near)
        scores = {
            (keys[one], keys[other]): score for one, other, score in edges if other in keys and keys[one] < keys[other]
        }
        return _Block(keys, scores, former)

    def _regroup(self, block: _Block, touched: set[int]) -> tuple[set[int], int]:
        """Give the tellings of a block their happenings; those made or changed, and how many went."""
        held = self.bonding.bonds(block.keys)
        groups = settle(block.keys.values(), block.scores, self.weights.threshold, held.together, held.apart)
        number_of = {key: number for number, key in block.keys.items()}
        changed: set[int] = set()
        kept: set[int] = set()
        for group in groups:
            numbers = sorted(number_of[key] for key in group)
            now = self._same(numbers)
            if now is None or now in self.left or not touched.isdisjoint(numbers):
                name = happening_id(self._members(numbers))
                now = self._number(name)
                self.connection.executemany(
                    "UPDATE relate_telling SET happening_number = ? WHERE telling_number = ?",
                    [(now, number) for number in numbers],
                )
                changed.add(now)
                self.left.update(former for number in numbers if (former := block.former.get(number, now)) != now)
            self.connection.execute(
                "UPDATE relate_happening SET cohesion = ?1 WHERE happening_number = ?2 AND cohesion IS NOT ?1",
                (cohesion(group, block.scores), now),
            )
            kept.add(now)
        gone = [
            number for number in sorted(set(block.former.values())) if number not in kept and self._is_empty(number)
        ]
        self._delete(gone)
        return changed, len(gone)

    def _same(self, numbers: Sequence[int]) -> int | None:
        """The happening that is made of just these tellings already."""
        marks = ", ".join("?" * len(numbers))
        found = self.connection.execute(
            f"SELECT DISTINCT happening_number FROM relate_telling WHERE telling_number IN ({marks})", numbers
        ).fetchall()
        if len(found) != 1 or found[0][0] is None:
            return None
        count = self.connection.execute(
            "SELECT count(*) FROM relate_telling WHERE happening_number = ?", (found[0][0],)
        ).fetchone()[0]
        return int(found[0][0]) if count == len(numbers) else None

    def _number(self, name: str) -> int:
        row = self.connection.execute(
            "SELECT happening_number FROM relate_happening WHERE happening_id = ?", (name,)
        ).fetchone()
        if row is not None:
            return int(row[0])
        added = self.connection.execute(
            "INSERT INTO relate_happening (happening_id, type, realm, witnesses, cohesion, json) "
            "VALUES (?, '', '', 0, 1.0, '')",
            (name,),
        )
        assert added.lastrowid is not None
        return added.lastrowid

    def _is_empty(self, number: int) -> bool:
        return (
            self.connection.execute(
                "SELECT 1 FROM relate_telling WHERE happening_number = ? LIMIT 1", (number,)
            ).fetchone()
            is None
        )

    def _delete(self, numbers: Sequence[int]) -> None:
        for table in ("relate_happening_event", "relate_happening_party", "relate_happening"):
            self.connection.executemany(
                f"DELETE FROM {table} WHERE happening_number = ?", [(number,) for number in numbers]
            )

    def _exists(self, number: int) -> bool:
        return (
            self.connection.execute("SELECT 1 FROM relate_happening WHERE happening_number = ?", (number,)).fetchone()
            is not None
        )

    def _told_by(self, document_ids: Iterable[str]) -> set[int]:
        found: set[int] = set()
        for document_id in document_ids:
            found.update(
                row[0]
                for row in self.connection.execute(
                    "SELECT DISTINCT t.happening_number FROM relate_telling_event e "
                    "JOIN relate_telling t USING (telling_number) WHERE e.document_id = ?",
                    (document_id,),
                )
            )
        return found

    def _linked_with(self, numbers: Iterable[int]) -> set[int]:
        """The happenings that point at these."""
        found: set[int] = set()
        for number in numbers:
            found.update(
                row[0]
                for row in self.connection.execute(
                    "SELECT DISTINCT o.happening_number FROM relate_telling t "
                    "JOIN relate_link l ON l.other = t.telling_number "
                    "JOIN relate_telling o ON o.telling_number = l.one WHERE t.happening_number = ?",
                    (number,),
                )
            )
        return found

    def _rename(self, numbers: Iterable[int]) -> None:
        """Give these happenings the ids of what they tell now, before any other is written that points at them."""
        names = []
        for number in sorted(numbers):
            tellings = self.connection.execute(
                "SELECT telling_number FROM relate_telling WHERE happening_number = ?", (number,)
            )
            names.append((happening_id(self._members([row[0] for row in tellings])), number))
        apart = [(f"renamed {number}", number, name) for name, number in names]
        change = "UPDATE relate_happening SET happening_id = ?1 WHERE happening_number = ?2"
        self.connection.executemany(f"{change} AND happening_id <> ?3", apart)
        self.connection.executemany(f"{change} AND happening_id <> ?1", names)

    # -- one happening ----------------------------------------------------------------------------------

    def _write(self, number: int) -> None:
        happening = self._record(number)
        day = happening.date
        self.connection.execute(
            "UPDATE relate_happening SET happening_id = ?, type = ?, realm = ?, start_date = ?, end_date = ?, "
            "witnesses = ?, json = ? WHERE happening_number = ?",
            (
                happening.happening_id, happening.type, happening.realm, day and day.start, day and day.end,
                happening.witnesses, _ENCODER.encode(happening).decode(), number,
            ),
        )  # fmt: skip
        self._write_events(number, happening)
        self._write_parties(number, happening)

    def _write_events(self, number: int, happening: Happening) -> None:
        """Only what changes is written: others keep themselves up to date by what comes to these rows and goes."""
        now: set[int] = set()
        for event_id in happening.event_ids:
            row = self.connection.execute(
                "SELECT event_number FROM record_event WHERE event_id = ?", (event_id,)
            ).fetchone()
            now.add(row[0])
        before = {
            row[0]
            for row in self.connection.execute(
                "SELECT event_number FROM relate_happening_event WHERE happening_number = ?", (number,)
            )
        }
        self.connection.executemany(
            "DELETE FROM relate_happening_event WHERE event_number = ?", [(gone,) for gone in sorted(before - now)]
        )
        self.connection.executemany(
            "INSERT OR REPLACE INTO relate_happening_event VALUES (?, ?)",
            [(event, number) for event in sorted(now - before)],
        )

    def _write_parties(self, number: int, happening: Happening) -> None:
        rows = [
            (number, role, position, ref.actor_id, ref.name, ref.territory)
            for role, refs in (("source", happening.sources), ("target", happening.targets))
            for position, ref in enumerate(refs)
        ]
        before = self.connection.execute(
            "SELECT * FROM relate_happening_party WHERE happening_number = ? ORDER BY role, position", (number,)
        ).fetchall()
        if before == rows:
            return
        self.connection.execute("DELETE FROM relate_happening_party WHERE happening_number = ?", (number,))
        self.connection.executemany("INSERT INTO relate_happening_party VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _record(self, number: int) -> Happening:
        tellings = self.connection.execute(
            "SELECT telling_number, event_id, telling FROM relate_telling WHERE happening_number = ?", (number,)
        ).fetchall()
        members = self._members([row[0] for row in tellings])
        cohesive = self.connection.execute(
            "SELECT cohesion FROM relate_happening WHERE happening_number = ?", (number,)
        ).fetchone()[0]
        witnesses = {member.document_id: self._witness(member.document_id) for member in members}
        return build(
            members,
            [self._told(event_id, decoded_telling(blob)) for _, event_id, blob in tellings],
            witnesses.__getitem__,
            self._links(number),
            cohesive,
        )

    def _members(self, numbers: Iterable[int]) -> list[Member]:
        return [
            Member(telling.order, telling.event_id, document_id, telling.key, telling.status)
            for document_id, telling in members_of(self.connection, numbers)
        ]

    def _told(self, event_id: str, telling: Telling) -> Told:
        json, *published = self.connection.execute(
            "SELECT e.json, d.published_start_date, d.published_end_date, d.published_precision, d.published_basis "
            "FROM record_event e JOIN record_document d USING (document_id) WHERE e.event_id = ?",
            (event_id,),
        ).fetchone()
        day = None
        if published[2] is not None:
            day = Date(start=published[0], end=published[1], precision=published[2], basis=published[3], raw="")
        return Told(telling.order, _EVENT.decode(json), day, telling.realm, telling.is_series)

    def _witness(self, document_id: str) -> str:
        row = self.connection.execute(
            "SELECT witness_id FROM relate_witness WHERE document_id = ?", (document_id,)
        ).fetchone()
        return document_id if row is None else str(row[0])

    def _links(self, number: int) -> list[Link]:
        rows = self.connection.execute(
            "SELECT l.kind, h.happening_id, l.score FROM relate_telling t "
            "JOIN relate_link l ON l.one = t.telling_number JOIN relate_telling o ON o.telling_number = l.other "
            "JOIN relate_happening h ON h.happening_number = o.happening_number "
            "WHERE t.happening_number = ?1 AND o.happening_number <> ?1",
            (number,),
        )
        return best_links((kind, name, score) for kind, name, score in rows)
