"""The page on two territories, put together from its parts. What it looks like is `serving`."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from detente.errors import UsageError
from detente.model import Dispute, Figure, Happening
from detente.recording.store import Store
from detente.relating.disputes import disputes_of
from detente.relating.dyad import rows
from detente.relating.dyad.changes import BEFORE_DAYS, LATEST_DAYS, Change, changes
from detente.relating.dyad.gaps import gaps
from detente.relating.dyad.headline import Headline, headline
from detente.relating.dyad.rows import Brief, Speaker
from detente.relating.index import IndexSeries, LeftOut, index_of

CHRONOLOGY_SHOWN = 40
FIGURES_SHOWN = 30
DISPUTES_SHOWN = 30


class DyadPage(Struct, frozen=True, kw_only=True):
    """`happenings` counts all of the scope; `chronology` holds the last of them, the oldest first. `series` is the
    monthly index, `without` what it leaves out. Both are over the `articles` that tell of the latest 500
    happenings: outlets are counted in articles, voices in claims of the `independent` ones, near-copies once; `figures`
    are theirs too. `changes` count what was done, not what is only planned or denied."""

    one: str
    other: str
    since: str | None
    until: str | None
    headline: Headline
    changes: tuple[Change, ...]
    happenings: int
    articles: int
    independent: int
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
    one, and as `index_of` does.
    """
    if one == other:
        raise UsageError("a dyad has two sides", value=one, expected="two different territories")
    series = index_of(store, one, other, step="month", since=since, until=until, without=without)
    happened = rows.between(store, one, other, since=since, until=until)
    chronology = rows.whole(store, happened[-CHRONOLOGY_SHOWN:])
    document_ids = rows.articles(store, happened)
    disputes = tuple(disputes_of(store, dyad=(one, other), since=since, until=until))[-DISPUTES_SHOWN:]
    once = rows.independent(store, document_ids)
    outlets = rows.outlets(store, document_ids)
    return DyadPage(
        one=one,
        other=other,
        since=since,
        until=until,
        headline=headline(series, lambda happening_ids: _named(store, happened, happening_ids)),
        changes=changes(rows.done(store, happened, LATEST_DAYS + BEFORE_DAYS)),
        happenings=len(happened),
        articles=len(document_ids),
        independent=len(once),
        chronology=chronology,
        disputes=disputes,
        outlets=outlets,
        voices=rows.voices(store, once),
        figures=rows.figures(store, once, FIGURES_SHOWN),
        gaps=gaps((one, other), happened, outlets=outlets, disputes=disputes),
        series=series,
    )


def _named(store: Store, happened: Sequence[Brief], happening_ids: Sequence[str]) -> tuple[Happening, ...]:
    by_id = {row.happening_id: row for row in happened}
    return rows.whole(store, [by_id[one] for one in happening_ids if one in by_id])
