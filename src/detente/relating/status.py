"""In what sense an event stands in the record: one definition for all that counts or weighs events."""

from __future__ import annotations

from typing import Literal

from detente.model import Event

Status = Literal["asserted", "claimed", "denied", "planned"]
STATUSES: tuple[Status, ...] = ("asserted", "claimed", "denied", "planned")


def status_of(event: Event) -> Status:
    """`planned` where it has not happened yet or only may (future, possible, hypothetical), whoever says so; `denied`
    where the words say that it did not happen; `claimed` where a voice beyond the author's vouches for it; else
    `asserted`.
    """
    if event.modality in ("future", "possible", "hypothetical"):
        return "planned"
    if event.polarity == "negated":
        return "denied"
    return "claimed" if len(event.voices) > 1 else "asserted"
