"""What a person decided about happenings: merge, split, undo; and what it comes to for pairs of tellings.

A decision names events by id and by where they stand: the sha256 of the article's text and the span of the evidence. So
it is found again when a later version of the reader gives the event another id, and when the article comes once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from detente.errors import UsageError
from detente.model.identity import make_id

DecisionKind = Literal["merge", "split", "undo"]


class Anchor(Struct, frozen=True, kw_only=True):
    """Where an event stands. `start` and `end` are the trigger's span in the text of that sha256."""

    event_id: str
    text_sha256: str
    start: int
    end: int
    type: str


class Decision(Struct, frozen=True, kw_only=True):
    """`merge`: the events are one happening. `split`: the events leave those they are with and are one happening of
    their own. `undo`: the decision `undoes` holds no longer. `when` is an ISO date or time, given by who decides.

    `anchors` and `apart_from` are filled in by `decide`: the events, and for a split those they are parted from.
    """

    kind: DecisionKind
    who: str
    when: str
    why: str
    event_ids: tuple[str, ...] = ()
    undoes: str | None = None
    anchors: tuple[Anchor, ...] = ()
    apart_from: tuple[Anchor, ...] = ()

    @property
    def decision_id(self) -> str:
        return make_id("dec", self.kind, self.who, self.when, self.why, self.undoes, *sorted(self.event_ids))


def check(decision: Decision) -> None:
    """Raises UsageError for a decision that cannot be meant."""
    if not decision.who.strip() or not decision.when.strip():
        raise UsageError("a decision says who decided and when", value=decision.kind)
    if decision.kind == "undo":
        if decision.undoes is None or decision.event_ids:
            raise UsageError("an undo names the decision it takes back, and no events", value=decision.undoes)
    elif decision.undoes is not None:
        raise UsageError("only an undo takes a decision back", value=decision.undoes)
    elif len(set(decision.event_ids)) < (2 if decision.kind == "merge" else 1):
        raise UsageError("a merge names two events or more, a split at least one", value=str(len(decision.event_ids)))


def standing(decisions: Sequence[Decision]) -> list[Decision]:
    """The merges and splits that hold, in order: an undo takes one back, an undo of an undo brings it in again."""
    undone: set[str] = set()
    for decision in reversed(decisions):
        if decision.kind == "undo" and decision.undoes is not None and decision.decision_id not in undone:
            undone.add(decision.undoes)
    return [decision for decision in decisions if decision.kind != "undo" and decision.decision_id not in undone]


class Bonds(Struct, frozen=True):
    """What decisions come to: pairs of keys that must be together, and pairs that must be apart."""

    together: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str], ...]


def bonds(decided: Iterable[tuple[DecisionKind, Sequence[str], Sequence[str]]]) -> Bonds:
    """From standing decisions, oldest first, each with the keys it joins and, for a split, those it parts them from.

    Where decisions contradict each other the later holds, and the earlier as far as it still can.
    """
    root: dict[str, str] = {}
    together: list[tuple[str, str]] = []
    apart: set[tuple[str, str]] = set()

    def top(key: str) -> str:
        while root.setdefault(key, key) != key:
            key = root[key]
        return key

    def is_apart(one: str, other: str) -> bool:
        ends = {one, other}
        return any({top(a), top(b)} == ends for a, b in apart)

    for kind, joined, parted in reversed(list(decided)):
        for one, other in pairwise(joined):
            first, second = top(one), top(other)
            if first != second and not is_apart(first, second):
                root[max(first, second)] = min(first, second)
                together.append((min(one, other), max(one, other)))
        if kind == "split":
            apart.update(
                (min(one, other), max(one, other)) for one in joined for other in parted if top(one) != top(other)
            )
    return Bonds(tuple(sorted(together)), tuple(sorted(apart)))


def found_again(anchor: Anchor, candidates: Mapping[str, tuple[int, int, str]]) -> str | None:
    """Which of the events of one text an anchor means: the one of that id, else the one whose trigger overlaps most, of
    the same type before another."""
    if anchor.event_id in candidates:
        return anchor.event_id
    best: tuple[int, bool, str] | None = None
    for event_id in sorted(candidates):
        start, end, kind = candidates[event_id]
        shared = min(end, anchor.end) - max(start, anchor.start)
        if shared > 0:
            offer = (shared, kind == anchor.type, event_id)
            best = offer if best is None or offer[:2] > best[:2] else best
    return None if best is None else best[2]
