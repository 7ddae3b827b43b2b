"""Whether two statements are of one matter: the same happening, or the same time, place and sides.

What they say is not compared here; that is told by the module of each kind.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from detente.relating.disputes.statement import Scene, Statement

NEAR, FAR = 2, 6
"""Sentences apart within one article: next to each other; still in one train of thought."""
DAYS_BETWEEN = 10
"""Articles further apart than this speak of one matter only where a happening or a day joins them."""
PRECISE_DAYS = 4


class Bond(Struct, frozen=True):
    """How surely two statements are of one matter, from 0 to 1, and why."""

    score: float
    reason: str
    same_happening: bool
    same_text: bool
    near: bool
    same_act: bool
    """Of one happening, or of acts so alike that a happening may have been missed."""


def bond(a: Statement, b: Statement) -> Bond | None:
    """None where they cannot be of one matter."""
    ours, theirs = a.scene.happenings, b.scene.happenings
    same_happening = not set(ours).isdisjoint(theirs)
    same_text = a.witness_id == b.witness_id
    distance = abs(a.sentence - b.sentence)
    apart = days_apart(a.scene, b.scene)
    if apart is not None and apart > 1 and not same_happening:
        return None
    if same_happening:
        near = same_text and distance <= NEAR
        return Bond(0.98 if same_text else 0.95, "of one happening", True, same_text, near, True)
    elsewhere = _elsewhere(a.scene, b.scene)
    if same_text:
        score = 0.95 if distance <= NEAR else 0.85 if distance <= FAR else 0.75
        return Bond(score * elsewhere, "in one article", False, True, distance <= NEAR, False)
    if not share_sides(a.scene, b.scene):
        return None
    gap = _published_gap(a.scene, b.scene)
    if apart is not None:
        score, reason = (0.9 if apart == 0 else 0.75), "between the same sides, at the same time"
    elif gap is not None and gap <= DAYS_BETWEEN:
        score, reason = (0.8 if gap <= 3 else 0.7), "between the same sides, told within days"
    else:
        return None
    if a.scene.place is not None and b.scene.place is not None:
        score *= 1.08 if a.scene.place == b.scene.place else 0.8
    return Bond(min(score, 0.95) * elsewhere, reason, False, False, False, _are_alike(a.scene, b.scene))


def _elsewhere(a: Scene, b: Scene) -> float:
    """Two happenings told more than once that were kept apart are hardly one matter; a lone event may have been
    missed."""
    if not a.happenings or not b.happenings:
        return 1.0
    joined = [set(scene.happenings).isdisjoint(scene.event_ids) for scene in (a, b)]
    return 0.6 if all(joined) else 0.85 if any(joined) else 0.9


_KINDRED = (
    {"ASSAULT", "COERCE"}, {"ASSAULT", "AID"}, {"COERCE", "AID"}, {"COERCE", "RETREAT"}, {"COERCE", "SANCTION"},
    {"ASSAULT", "MOBILIZE"},
)  # fmt: skip
"""Types that two sides may give to one act."""


def _are_alike(a: Scene, b: Scene) -> bool:
    """Whether both tell of an act of the same doer, of kindred types, and of the same target where both name one."""
    for ours in a.deeds:
        for theirs in b.deeds:
            if ours.type != theirs.type and {ours.type, theirs.type} not in _KINDRED:
                continue
            if set(ours.sources).isdisjoint(theirs.sources):
                continue
            if not ours.targets or not theirs.targets or not set(ours.targets).isdisjoint(theirs.targets):
                return True
    return False


def share_sides(a: Scene, b: Scene) -> bool:
    """Whether both are about one pair of territories."""
    return not set(a.dyads).isdisjoint(b.dyads)


def days_apart(a: Scene, b: Scene) -> int | None:
    """Days between the days of two scenes, 0 where they overlap; None where one is not precise enough to tell."""
    ours, theirs = _interval(a), _interval(b)
    if ours is None or theirs is None:
        return None
    return max((theirs[0] - ours[1]).days, (ours[0] - theirs[1]).days, 0)


def _interval(scene: Scene) -> tuple[date, date] | None:
    if scene.start is None or scene.end is None:
        return None
    start, end = date.fromisoformat(scene.start), date.fromisoformat(scene.end)
    return (start, end) if (end - start).days < PRECISE_DAYS else None


def _published_gap(a: Scene, b: Scene) -> int | None:
    if a.published is None or b.published is None:
        return None
    return abs((date.fromisoformat(a.published) - date.fromisoformat(b.published)).days)


def opposition(a: Statement, b: Statement) -> tuple[float, str] | None:
    """How far the two who speak are apart, and in which words; None where it is one voice.

    Opposed sides weigh most; two voices of one side that merely differ weigh less.
    """
    if a.holder.key == b.holder.key:
        return None
    if not (a.holder.is_named and b.holder.is_named):
        return 0.75, "one of the voices is not named"
    ours, theirs = a.holder.territory, b.holder.territory
    if ours is not None and ours == theirs:
        return 0.7, "two voices of one side"
    if ours is not None and theirs is not None:
        return 1.0, "held by different sides"
    return 0.92, "held by different voices"


def are_sides(a: Statement, b: Statement) -> bool:
    """Whether both voices speak for a territory, and not for the same one."""
    return None not in (a.holder.territory, b.holder.territory) and a.holder.territory != b.holder.territory


def is_bystander(statement: Statement) -> bool:
    """An author whose outlet belongs to no side that is known."""
    return statement.holder.is_author and statement.holder.territory is None
