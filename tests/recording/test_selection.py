"""Which acts are rows: between two sides; of one known side only where the type tells enough."""

from __future__ import annotations

from typing import cast

import pytest

from detente.model import ActorRef, Event, Evidence
from detente.model.vocabulary import ActorKind, EventType
from detente.recording.selection import reason_to_leave_out


def _actor(territory: str | None, kind: ActorKind = "state", sector: str | None = None) -> ActorRef:
    return ActorRef(actor_id=f"act-{territory}{kind}", name="x", territory=territory, kind=kind, sector=sector)


def _event(kind: str, sources: list[ActorRef], targets: list[ActorRef]) -> Event:
    words = Evidence(0, 1, "x")
    return Event(
        event_id="e", document_id="d", evidence=words, trigger=words, type=cast(EventType, kind), cameo="010",
        quad="verbal_cooperation", goldstein=0.0, sources=tuple(sources), targets=tuple(targets), confidence=1.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "sources", "targets", "stands"),
    [
        ("ACCUSE", [_actor("CHL")], [_actor("PER")], True),
        ("ACCUSE", [_actor("CHL")], [_actor("CHL", "ministry")], False),
        ("ASSAULT", [_actor("CHL")], [_actor("CHL", "armed_group")], True),
        ("REQUEST", [_actor("CHL")], [_actor(None, "igo", "IGO")], True),
        ("REQUEST", [_actor("CHL")], [], False),
        ("ACCUSE", [_actor("CHL")], [_actor(None, "armed_group")], True),
        ("ACCUSE", [_actor("CHL")], [_actor(None, "company")], False),
        ("ACCUSE", [_actor("CHL")], [_actor(None, "people")], False),
        ("COERCE", [], [_actor("PER")], True),
        ("COERCE", [_actor("PER")], [], False),
        ("MOBILIZE", [_actor("PER")], [], True),
        ("STATEMENT", [_actor("PER")], [], False),
        ("ASSAULT", [_actor(None, "person")], [], False),
    ],
)
def test_what_is_a_row(kind: str, sources: list[ActorRef], targets: list[ActorRef], stands: bool) -> None:
    assert (reason_to_leave_out(_event(kind, sources, targets)) is None) is stands
