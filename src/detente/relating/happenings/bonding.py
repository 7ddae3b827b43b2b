"""Decisions in the record, as they bear on tellings: found again after every re-reading, kept as bonds of tellings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from detente.relating.happenings.decisions import Bonds, Decision, DecisionKind, bonds, found_again, standing

_DECISION = msgspec.json.Decoder(Decision)


class Bonding:
    """The standing decisions during one renewal. Costs nothing in a record without decisions."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.touched: set[int] = set()
        """Numbers of tellings whose bonds were made anew."""
        rows = connection.execute("SELECT decision_number, json FROM relate_decision ORDER BY decision_number")
        numbered = [(int(number), _DECISION.decode(json)) for number, json in rows]
        holding = {decision.decision_id for decision in standing([decision for _, decision in numbered])}
        self.every = dict(numbered)
        self.holding = {number: decision for number, decision in numbered if decision.decision_id in holding}

    def with_twins(self, document_ids: Sequence[str]) -> list[str]:
        """With all documents of the same text, where decisions speak of it: they may be meant now, or no longer."""
        found = set(document_ids)
        if self.every:
            for document_id in document_ids:
                found.update(
                    row[0]
                    for row in self.connection.execute(
                        "SELECT t.document_id FROM record_document d JOIN record_document t "
                        "ON t.text_sha256 = d.text_sha256 WHERE d.document_id = ? AND EXISTS "
                        "(SELECT 1 FROM relate_decision_event e WHERE e.text_sha256 = d.text_sha256)",
                        (document_id,),
                    )
                )
        return sorted(found)

    def parted_events(self, text_sha256: str) -> dict[str, str]:
        """Events of this text that a standing split parts from others, with the id of the decision."""
        found: dict[str, str] = {}
        for number in self._about(text_sha256):
            decision = self.holding.get(number)
            if decision is not None and decision.kind == "split":
                for event_id in self._events(decision, "joined"):
                    found[event_id] = decision.decision_id
        return found

    def renew(self, document_ids: Iterable[str]) -> None:
        """Find the events of all decisions again that speak of these documents' texts."""
        if not self.every:
            return
        numbers: set[int] = set()
        for document_id in document_ids:
            row = self.connection.execute(
                "SELECT text_sha256 FROM record_document WHERE document_id = ?", (document_id,)
            ).fetchone()
            if row is not None:
                numbers.update(self._about(row[0]))
        for number in sorted(numbers):
            self.touched.update(
                row[0]
                for row in self.connection.execute(
                    "SELECT telling_number FROM relate_bond WHERE decision_number = ?", (number,)
                )
            )
            self.connection.execute("DELETE FROM relate_bond WHERE decision_number = ?", (number,))
            if number in self.holding:
                self._bind(number, self.holding[number])
        self.touched = {number for number in self.touched if self._is_there(number)}

    def _bind(self, number: int, decision: Decision) -> None:
        for side in ("joined", "parted"):
            for event_id in self._events(decision, side):
                row = self.connection.execute(
                    "SELECT t.telling_number FROM record_event e JOIN relate_telling_event t "
                    "ON t.document_id = e.document_id AND t.event_id = e.event_id WHERE e.event_id = ?",
                    (event_id,),
                ).fetchone()
                if row is not None:
                    self.touched.add(int(row[0]))
                    self.connection.execute(
                        "INSERT OR IGNORE INTO relate_bond VALUES (?, ?, ?)", (number, side, row[0])
                    )

    def _events(self, decision: Decision, side: str) -> list[str]:
        found: set[str] = set()
        for anchor in decision.anchors if side == "joined" else decision.apart_from:
            rows = self.connection.execute(
                "SELECT e.json FROM record_event e JOIN record_document d USING (document_id) "
                "WHERE d.text_sha256 = ? AND d.superseded_by IS NULL",
                (anchor.text_sha256,),
            )
            candidates = {}
            for row in rows:
                event = msgspec.json.decode(row[0])
                candidates[event["event_id"]] = (event["trigger"]["start"], event["trigger"]["end"], event["type"])
            event_id = found_again(anchor, candidates)
            if event_id is not None:
                found.add(event_id)
        return sorted(found)

    def _about(self, text_sha256: str) -> list[int]:
        if not self.every:
            return []
        rows = self.connection.execute(
            "SELECT DISTINCT decision_number FROM relate_decision_event WHERE text_sha256 = ? ORDER BY 1",
            (text_sha256,),
        )
        return [int(row[0]) for row in rows]

    def _is_there(self, number: int) -> bool:
        return (
            self.connection.execute("SELECT 1 FROM relate_telling WHERE telling_number = ?", (number,)).fetchone()
            is not None
        )

    def near(self, number: int) -> list[int]:
        """The tellings that decisions name together with this one."""
        if not self.holding:
            return []
        rows = self.connection.execute(
            "SELECT DISTINCT b.telling_number FROM relate_bond a JOIN relate_bond b USING (decision_number) "
            "WHERE a.telling_number = ? ORDER BY 1",
            (number,),
        )
        return [int(row[0]) for row in rows]

    def bonds(self, keys: dict[int, str]) -> Bonds:
        """What the decisions come to among these tellings, given by number with their keys."""
        if not self.holding:
            return Bonds((), ())
        named: dict[int, dict[str, list[str]]] = {}
        for number in sorted(keys):
            for decision, side in self.connection.execute(
                "SELECT decision_number, side FROM relate_bond WHERE telling_number = ?", (number,)
            ):
                named.setdefault(decision, {"joined": [], "parted": []})[side].append(keys[number])
        decided: list[tuple[DecisionKind, Sequence[str], Sequence[str]]] = [
            (self.holding[number].kind, sorted(named[number]["joined"]), sorted(named[number]["parted"]))
            for number in sorted(named)
            if number in self.holding
        ]
        return bonds(decided)
