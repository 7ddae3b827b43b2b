"""What changed: the last month of a dyad against the months before it, counted, each change with its happenings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from detente.relating.dyad.rows import Brief

Kind = Literal["more", "fewer", "first", "ended"]
LATEST_DAYS = 30
BEFORE_DAYS = 90
_CLEAR = 2.0
"""More or fewer is said from twice, or half, the rate before on, and from a difference of two happenings on."""


class Change(Struct, frozen=True, kw_only=True):
    """`type` is a PLOVER type; `latest` happenings in the last 30 days, `before` in the 90 days before those.

    `first`: none in the record before; `ended`: at least three in the 90 days, and none since.
    """

    kind: Kind
    type: str
    latest: int
    before: int
    happening_ids: tuple[str, ...]


def changes(happened: Sequence[Brief]) -> tuple[Change, ...]:
    """Changes between the 30 days that end on the last day of these happenings and the 90 days before, largest first.

    They are all of the dyad, also older ones, so that what is new can be told from what is back. Those without a day of
    their own (a month, a year) count by their first day.
    """
    days = [row.start for row in happened if row.start is not None]
    if not days:
        return ()
    latest_from = max(days) - LATEST_DAYS + 1
    older: dict[str, int] = {}
    before: dict[str, list[str]] = {}
    latest: dict[str, list[str]] = {}
    for row in happened:
        if row.start is None:
            continue
        if row.start >= latest_from:
            latest.setdefault(row.type, []).append(row.happening_id)
        elif row.start >= latest_from - BEFORE_DAYS:
            before.setdefault(row.type, []).append(row.happening_id)
        else:
            older[row.type] = older.get(row.type, 0) + 1
    is_watched = bool(before or older)
    found = [
        change
        for kind in sorted({*before, *latest})
        if is_watched and (change := _change(kind, latest.get(kind, []), before.get(kind, []), older.get(kind, 0)))
    ]
    return tuple(sorted(found, key=lambda one: (-abs(one.latest - one.before / 3), one.type)))


def _change(type_: str, latest: list[str], before: list[str], older: int) -> Change | None:
    now, then = len(latest), len(before)
    rate = then * LATEST_DAYS / BEFORE_DAYS
    kind: Kind | None = None
    if now and not then and not older:
        kind = "first"
    elif now >= max(_CLEAR * rate, rate + 2):
        kind = "more"
    elif not now and then >= 3:
        kind = "ended"
    elif now and now <= rate / _CLEAR and rate - now >= 2:
        kind = "fewer"
    if kind is None:
        return None
    ids = latest or before
    return Change(kind=kind, type=type_, latest=now, before=then, happening_ids=tuple(ids))
