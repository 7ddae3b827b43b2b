"""The page on two territories, put together from its parts. What it looks like is `serving`."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from detente.errors import UsageError
from detente.model import Dispute, Figure, Happening
from detente.recording.store import Store
from detente.relating.disputes import disputes_of
from detente.relating.dyad import rows
from detente.relating.dyad.changes import Change, changes
from detente.relating.dyad.gaps import gaps
from detente.relating.dyad.headline import Headline, headline
from detente.relating.dyad.rows import Scope, Speaker
from detente.relating.index import IndexSeries, LeftOut, index_of

CHRONOLOGY_SHOWN = 40
FIGURES_SHOWN = 30
DISPUTES_SHOWN = 30


class DyadPage(Struct, frozen=True, kw_only=True):
    """`happenings` counts all of the scope; `chronology` holds the last of them, the oldest first. `series` is the
    monthly index. Outlets are counted in independent articles, voices in claims."""

    one: str
    other: str
    since: str | None
    until: str | None
    headline: Headline
    changes: tuple[Change, ...]
    happenings: int
    chronology: tuple[Happening, ...]
    disputes: tuple[Dispute, ...]
    outlets: tuple[Speaker, ...]
    voices: tuple[Speaker, ...]
    figures: tuple[Figure, ...]
    gaps: tuple[str, ...]
    series: IndexSeries


def dyad_page(
    store: Store,
    one: str,
    other: str,
    *,
    since: str | None = None,
    until: str | None = None,
    without: Sequence[LeftOut] = (),
) -> DyadPage:
    """What the record says between two territories, by their codes, in a time.

    `without` leaves out of the index what it names (`outlet=X`); the lists show all. Raises UsageError where both are
    one.
    """
    if one == other:
        raise UsageError("a dyad has two sides", value=one, expected="two different territories")
    scope = Scope(one=one, other=other, since=since, until=until)
    series = index_of(store, one, other, step="month", since=since, until=until, without=without)
    happenings = rows.latest_happenings(store, scope, -1)
    by_id = {row.happening_id: row for row in happenings}
    days = rows.span(store, scope)
    disputes = tuple(disputes_of(store, dyad=(one, other), since=since, until=until, limit=DISPUTES_SHOWN))
    outlets = rows.outlets(store, scope)
    return DyadPage(
        one=one,
        other=other,
        since=since,
        until=until,
        headline=headline(series, by_id),
        changes=changes(happenings, days[1]) if days else (),
        happenings=len(happenings),
        chronology=tuple(happenings[-CHRONOLOGY_SHOWN:]),
        disputes=disputes,
        outlets=outlets,
        voices=rows.voices(store, scope),
        figures=tuple(rows.figures(store, scope, FIGURES_SHOWN)),
        gaps=gaps(store, scope, happenings=len(happenings), outlets=outlets, disputes=disputes),
        series=series,
    )
