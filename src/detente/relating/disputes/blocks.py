"""Keys under which statements that may be of one matter meet, so that none is held against all.

A statement lies under its keys and seeks partners under others: its text's, its happenings', and of each pair of
sides the ten days it is told in or speaks of. Across articles an act is found by its type and by the word that names
it. What is held seeks denials, which are rare, and only denials seek what is held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from detente.relating.disputes.matters import DAYS_BETWEEN
from detente.relating.disputes.naming import CALLED
from detente.relating.disputes.statement import Act, Count, Motive, Name, Statement

_DYADS = 2
_LONGEST = 31
"""Days; what lasts longer meets others by its day of publication only."""


def lies_under(statement: Statement) -> tuple[str, ...]:
    """The keys a statement is found by."""
    part = _part(statement)
    keys = {f"{part}|{place}" for place in _near(statement)}
    keys |= {f"{fine}|{place}" for place in _far(statement) for fine in _fine(statement, part)}
    if _is_defence(statement):
        keys |= {f"naming defended|{place}" for place in (*_near(statement), *_far(statement))}
    return tuple(sorted(keys))


def seeks_under(statement: Statement) -> tuple[str, ...]:
    """The keys under which statements that could contradict it lie."""
    parts = _sought(statement)
    keys = {f"{part}|{place}" for part in parts for place in _near(statement)}
    keys |= {f"{fine}|{place}" for place in _far(statement) for part in parts for fine in _fine_sought(statement, part)}
    if isinstance(statement.content, Act) and statement.stance == "holds":
        keys |= {f"act held|{happening}" for happening in statement.scene.happenings}
    return tuple(sorted(keys))


def told_again_under(statement: Statement) -> tuple[str, ...]:
    """The keys under which statements of the same content lie, in copies of its text and of its happenings."""
    content = statement.content
    parts = [_part(statement)]
    if isinstance(content, Act) and statement.stance != "denies":
        parts = ["act held", "act doer", "act omitted"] if statement.stance == "omits" else [*parts, "act omitted"]
    return tuple(sorted({f"{part}|{place}" for part in parts for place in _near(statement)}))


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
                return "act denied" if statement.stance == "denies" else "act omitted"
            return "act doer" if content.names_doer or content.is_first else "act held"


def _sought(statement: Statement) -> tuple[str, ...]:
    content = statement.content
    match content:
        case Count():
            return ("figure",)
        case Motive():
            return ("motive",)
        case Name():
            if content.matter == CALLED:
                return (f"naming {CALLED} condemns holds", "naming defended")
            other = "defends" if content.view == "condemns" else "condemns"
            if statement.stance == "denies":
                return (f"naming {content.matter} {content.view} holds",)
            parts = (f"naming {content.matter} {other} holds", f"naming {content.matter} {content.view} denies")
            return (*parts, f"naming {CALLED} condemns holds") if _is_defence(statement) else parts
        case Act():
            if statement.stance == "omits":
                return ()
            if statement.stance == "denies":
                return ("act held", "act doer")
            if content.names_doer or content.is_first:
                return ("act denied", "act doer", "act held")
            return ("act denied", "act doer")


def _fine(statement: Statement, part: str) -> Iterable[str]:
    """The act held by its type and its word; everything else is rare enough to be found whole."""
    content = statement.content
    if part != "act held" or not isinstance(content, Act):
        return (part,)
    words = content.trigger or (content.stems if content.is_accusing else ())
    types = (
        (f"{part} {content.type}", *(f"{part} by {side}" for side in content.source_sides)) if content.is_event else ()
    )
    return (*types, *(f"{part} of {word}" for word in words))


def _fine_sought(statement: Statement, part: str) -> Iterable[str]:
    content = statement.content
    if part != "act held" or not isinstance(content, Act):
        return (part,)
    types = (f"{part} {content.type}",) if content.is_event else (f"{part} by {statement.holder.territory}",)
    return (*types, *(f"{part} of {word}" for word in {*content.trigger, *content.stems}))


def _is_defence(statement: Statement) -> bool:
    content = statement.content
    return isinstance(content, Name) and content.view == "defends" and content.is_strong and statement.stance == "holds"


def _near(statement: Statement) -> Iterator[str]:
    yield statement.witness_id
    yield from statement.scene.happenings


def _far(statement: Statement) -> Iterator[str]:
    scene = statement.scene
    windows = {*_windows(scene.start, scene.end), *_windows(scene.published, scene.published)}
    for one, other in scene.dyads[:_DYADS]:
        for window in sorted(windows):
            yield f"{one}-{other} {window}"


def _windows(start: str | None, end: str | None) -> Iterable[int]:
    """Spans of days, numbered, widened by half, so that days no further apart than `DAYS_BETWEEN` share one."""
    if start is None or end is None:
        return ()
    first, last = date.fromisoformat(start).toordinal(), date.fromisoformat(end).toordinal()
    if last - first > _LONGEST:
        return ()
    return range((first - DAYS_BETWEEN // 2) // DAYS_BETWEEN, (last + DAYS_BETWEEN // 2) // DAYS_BETWEEN + 1)
