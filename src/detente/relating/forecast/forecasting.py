"""The forecast of one directed pair: chances by class and horizon, each with its score card and the rows that drive it.

Everything comes from the record as it could be known on the day asked, `as_of`; the clock is never read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from detente.errors import UsageError
from detente.knowledge import Knowledge
from detente.relating.forecast.abstention import reasons
from detente.relating.forecast.ahead import Ahead, index_ahead
from detente.relating.forecast.driving import Driver, Part, drivers, parts
from detente.relating.forecast.gathering import Gathered, behind, gather, last_day
from detente.relating.forecast.history import History
from detente.relating.forecast.pooling import QUADS, kinds, pool
from detente.relating.forecast.rolling import Roller
from detente.relating.forecast.scorecard import ScoreCard
from detente.relating.sides import two_sides

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.recording.store import Store

    Ints = NDArray[np.int64]

HORIZONS: Final = (7, 30, 90)
NEWS_DAYS: Final = 7
"""What happened more days before the first article was published does not count."""


class Chance(Struct, frozen=True, kw_only=True):
    """The chance of at least one happening of `what` within `horizon` days, that is up to and on `until`.

    `probability` is None where the forecast abstains; `abstains` says why. `expected` is the number the counts lead to
    expect, before correction and calibration; `parts` are its shares by kind of act and half-life, and `drivers` the
    happenings with most weight in it. `base_rate` and `recurrence` are what these two would say, where there is a card.
    `past` counts those so far, `last` is the day of the last.
    """

    what: str
    kind: Literal["quad", "type"]
    horizon: int
    until: str
    probability: float | None
    abstains: tuple[str, ...]
    past: int
    last: str | None
    expected: float | None
    base_rate: float | None
    recurrence: float | None
    card: ScoreCard | None
    parts: tuple[Part, ...]
    drivers: tuple[Driver, ...]


class Forecast(Struct, frozen=True, kw_only=True):
    """What `source` may do to `target`, seen from the end of `as_of`. `pooled` pairs were fitted on."""

    source: str
    target: str
    as_of: str
    since: str
    forward: int
    back: int
    pooled: int
    chances: tuple[Chance, ...]
    ahead: Ahead
    notes: tuple[str, ...]


def forecast(
    store: Store,
    source: str,
    target: str,
    *,
    horizons: Sequence[int] = HORIZONS,
    as_of: str | None = None,
    knowledge: Knowledge | None = None,
) -> Forecast:
    """The forecast for what `source` does to `target`: codes of territories, or ids of actors that act for none.

    `as_of` is an ISO day, the last day of the record where it is not given. Raises UsageError where the two are one or
    not known, where the day is none or lies after the record's last, and for horizons under a day.
    """
    two_sides(store, source, target)
    if not horizons or min(horizons) < 1:
        raise UsageError(
            "these are no days ahead", value=str(tuple(horizons)), expected="one day or more, such as (7, 30)"
        )
    last = last_day(store)
    day = _day(as_of, last)
    gathered = gather(store)
    return foreseen(store, gathered, source, target, tuple(horizons), day, knowledge or Knowledge())


def foreseen(
    store: Store | None, gathered: Gathered, source: str, target: str, horizons: tuple[int, ...], day: int,
    knowledge: Knowledge,
) -> Forecast:  # fmt: skip
    """The same from a history; without a store, drivers have no ids and nothing is said of the index."""
    known = gathered.history.known_by(day)
    history = known.since(int(known.known.min(initial=day)) - NEWS_DAYS)
    first_day = int(history.day.min(initial=day))
    one, other = history.party(source), history.party(target)
    forward, back = _between(history, one, other), _between(history, other, one)
    chances: list[Chance] = []
    pooled = 0
    if one is not None and other is not None:
        pairs = pool(history, one, other)
        pooled = len(pairs) // 2
        for kind, classes in kinds(history, forward, knowledge):
            roller = Roller(history, classes, pairs, day, first_day)
            names = [name for name in classes.names if not name.startswith("other ")]
            chances += [
                _chance(roller, place, name, kind, horizon, history, (source, target), (forward, back), first_day)
                for horizon in horizons
                for place, name in enumerate(names)
            ]
    else:
        chances = [_silent(name, horizon, day, source, target) for horizon in horizons for name in QUADS]
    ahead = Ahead(note="no record is open")
    if store is not None:
        chances = _with_ids(store, chances)
        late = gathered.history.known > day
        unknown = behind(store, gathered.history.happening[late].tolist()) if late.any() else {}
        ahead = index_ahead(store, source, target, horizons, day, {row.happening_id for row in unknown.values()})
    return Forecast(
        source=source,
        target=target,
        as_of=date.fromordinal(day).isoformat(),
        since=date.fromordinal(first_day).isoformat(),
        forward=int(forward.sum()),
        back=int(back.sum()),
        pooled=pooled,
        chances=tuple(chances),
        ahead=ahead,
        notes=tuple(_notes(gathered, len(np.unique(known.happening)) - len(np.unique(history.happening)))),
    )


def _chance(
    roller: Roller, place: int, name: str, kind: Literal["quad", "type"], horizon: int, history: History,
    parties: tuple[str, str], between: tuple[NDArray[np.bool_], NDArray[np.bool_]], first_day: int,
) -> Chance:  # fmt: skip
    rolled = roller.roll(place, horizon, 0)
    forward, back = between
    mine = forward & (np.array(roller.classes.of_type)[history.kind] == place)
    past = int(mine.sum())
    why = tuple(
        reasons(
            source=parties[0], target=parties[1], between=int(forward.sum() + back.sum()), of_class=past,
            what=worded(name), horizon=horizon, card=rolled.card,
        )
    )  # fmt: skip
    if not why and rolled.fitted is None:
        why = ("too few past windows, or all of one kind, to fit a forecast on",)
    chance = Chance(
        what=name,
        kind=kind,
        horizon=horizon,
        until=date.fromordinal(roller.as_of + horizon).isoformat(),
        probability=None,
        abstains=why,
        past=past,
        last=date.fromordinal(int(history.day[mine].max())).isoformat() if past else None,
        expected=None,
        base_rate=None if rolled.card is None else float(rolled.base_rate[0]),
        recurrence=None if rolled.card is None else float(rolled.recurrence[0]),
        card=rolled.card,
        parts=(),
        drivers=(),
    )
    if why or rolled.fitted is None or rolled.chances is None or rolled.expected is None:
        return chance
    weights = rolled.fitted.weights
    pair = (int(roller.pairs[0, 0]), int(roller.pairs[0, 1]))
    return replace(
        chance,
        probability=float(rolled.chances[0]),
        expected=float(rolled.expected[0]),
        parts=parts(rolled.terms, weights, 0, horizon),
        drivers=drivers(
            rolled.terms, weights, pair, place, history, roller.classes, 0, horizon, roller.as_of, first_day
        ),
    )


def worded(name: str) -> str:
    """`verbal conflict` for the class `verbal_conflict`; a type stays as it is."""
    return name.replace("_", " ")


def _silent(name: str, horizon: int, day: int, source: str, target: str) -> Chance:
    why = reasons(
        source=source, target=target, between=0, of_class=0, what=worded(name), horizon=horizon, card=None
    )  # fmt: skip
    return Chance(
        what=name, kind="quad", horizon=horizon, until=date.fromordinal(day + horizon).isoformat(), probability=None,
        abstains=tuple(why), past=0, last=None, expected=None, base_rate=None, recurrence=None, card=None, parts=(),
        drivers=(),
    )  # fmt: skip


def _with_ids(store: Store, chances: list[Chance]) -> list[Chance]:
    rows = behind(store, [driver.number for chance in chances for driver in chance.drivers])
    return [
        replace(
            chance,
            drivers=tuple(
                replace(driver, happening_id=row.happening_id, event_ids=row.event_ids)
                for driver in chance.drivers
                if (row := rows.get(driver.number)) is not None
            ),
        )
        for chance in chances
    ]


def _between(history: History, one: int | None, other: int | None) -> NDArray[np.bool_]:
    if one is None or other is None:
        return np.zeros(len(history), dtype=np.bool_)
    found: NDArray[np.bool_] = (history.source == one) & (history.target == other)
    return found


def _day(as_of: str | None, last: int | None) -> int:
    if last is None:
        raise UsageError("the record bears no date to forecast from", todo="add dated articles with `detente read`")
    if as_of is None:
        return last
    try:
        day = date.fromisoformat(as_of).toordinal()
    except ValueError:
        raise UsageError(
            "--as-of is no day", value=as_of, expected="a day up to the record's last", todo="write it as 2024-01-31"
        ) from None
    if day > last:
        raise UsageError(
            "the record does not reach that day",
            value=as_of,
            expected=f"a day up to {date.fromordinal(last).isoformat()}, the last it tells of",
            todo="leave --as-of out, or add newer articles",
        )
    return day


def _notes(gathered: Gathered, early: int) -> Iterator[str]:
    if early:
        yield f"{_count(early)} of long before the first article not counted: nobody was telling day by day then"
    if gathered.vague:
        yield f"{_count(gathered.vague)} not counted: dated too vaguely to lie on a day"
    if gathered.undated:
        yield f"{_count(gathered.undated)} not counted: neither words nor articles bear a date"


def _count(number: int) -> str:
    return f"{number} happening{'s' * (number != 1)}"
