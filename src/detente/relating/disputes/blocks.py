"""Keys under which statements that may be of one matter meet, so that none is held against all.

A statement lies under its keys and seeks partners under others: its document's, its happenings', and of each pair of sides
the month it is told in or speaks of. Denials are rare, so they lie under keys of their own: what is held seeks denials, and
only denials seek all that is held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from detente.relating.disputes.matters import DAYS_BETWEEN
from detente.relating.disputes.statement import Act, Count, Motive, Name, Statement

_DYADS = 2


def lies_under(statement: Statement) -> tuple[str, ...]:
    """The keys a statement is found by."""
    part = _part(statement)
    return tuple(sorted({f"{part}|{place}" for place in _places(statement)}))


def seeks_under(statement: Statement) -> tuple[str, ...]:
    """The keys under which statements that could contradict it lie."""
    keys = {f"{part}|{place}" for part in _sought(statement) for place in _places(statement)}
    if isinstance(statement.content, Act) and statement.stance == "holds":
        keys |= {f"act held|{happening}" for happening in statement.scene.happenings}
    return tuple(sorted(keys))


def _part(statement: Statement) -> str:
    content = statement.content
    match content:
        case Count():
            return "figure"
        case Motive():
            return "motive"
        case Name():
            return f"naming {content.matter} {content.view} {statement.stance}"
        case Act():
            if statement.stance != "holds":
                return "act denied"
            return "act doer" if content.names_doer or content.is_first else "act held"


def _sought(statement: Statement) -> tuple[str, ...]:
    content = statement.content
    match content:
        case Count():
            return ("figure",)
        case Motive():
            return ("motive",)
        case Name():
            other = "defends" if content.view == "condemns" else "condemns"
            if statement.stance == "denies":
                return (f"naming {content.matter} {content.view} holds",)
            return (f"naming {content.matter} {other} holds", f"naming {content.matter} {content.view} denies")
        case Act():
            if statement.stance == "denies":
                return ("act held", "act doer")
            if content.names_doer or content.is_first:
                return ("act denied", "act doer", "act held")
            return ("act denied", "act doer")


def _places(statement: Statement) -> Iterator[str]:
    scene = statement.scene
    yield statement.witness_id
    yield from scene.happenings
    months = set(_months(scene.start, scene.end)) | set(_months(scene.published, scene.published))
    for one, other in scene.dyads[:_DYADS]:
        for month in months:
            yield f"{one}-{other} {month}"


def _months(start: str | None, end: str | None) -> Iterable[str]:
    """The months of an interval, widened so that what may be of one matter shares one."""
    if start is None or end is None:
        return ()
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if (last - first).days > 31:
        return ()
    margin = timedelta(days=DAYS_BETWEEN / 2)
    try:
        return {(first - margin).isoformat()[:7], (last + margin).isoformat()[:7], start[:7], end[:7]}
    except OverflowError:
        return {start[:7], end[:7]}
