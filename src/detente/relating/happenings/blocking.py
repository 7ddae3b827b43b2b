"""Which tellings are compared at all: those that share a key of party, type and day, or of party, rare word and month.

Keys depend on one telling alone, so that the same pairs are compared in whatever order articles come; their number
grows with what is told of one party in a few days, not with the record. `ranges` says where others are looked for, and
finds a few too many; `may_meet` is what decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations

from msgspec import Struct

from detente.relating.happenings.telling import Telling
from detente.relating.happenings.weighing import Weights

RARE_KEYS = 2
SLACK_DAYS = 1
UNDATED_DAYS = 4
_LENGTHS = {"short": 2, "open": 60}
"""The longest interval, in days between first and last, of tellings entered by their last day; longer ones are entered
by month."""
_BY_ACT = ("two", "one")
"""The ways in which a telling stands by the word for its act too, so that tellings of other types are found."""


class Entry(Struct, frozen=True, order=True):
    """A telling stands under `key` on `day`, an ordinal."""

    key: int
    day: int


class Range(Struct, frozen=True, order=True):
    """Where others are looked for: under `key`, from `first` to `last`."""

    key: int
    first: int
    last: int


def entries(telling: Telling) -> list[Entry]:
    """Where a telling can be found."""
    found: set[Entry] = set()
    kind = telling.type or "-"
    near = _near_days(telling)
    if near is not None:
        length = _length(near)
        days = _months(near) if length == "long" else [near[1]]
        for way, party in _standing(telling):
            for what in (kind, *(telling.act if way in _BY_ACT else ())):
                found.update(Entry(_key(length, way, party, what), day) for day in days)
        half = "whole" if is_whole(telling) else "half"
        for one, other in combinations(telling.topic, 2):
            found.update(Entry(_key(length, half, one, other, kind), day) for day in days)
    dated = "dated" if telling.timing == "day" else "open"
    for way, party in _standing(telling):
        if way != "target":
            for stem in word_keys(telling):
                found.update(Entry(_key(dated, way, party, stem, kind), day) for day in _word_months(telling))
    return sorted(found)


def ranges(telling: Telling, weights: Weights) -> list[Range]:
    """Where all those are that a telling is compared with, and some more."""
    found: set[Range] = set()
    kind = telling.type or "-"
    near = _near_days(telling)
    if near is not None:
        keys = [
            (way, party, what)
            for way, party in _looked_for(telling)
            for what in (kind, *(telling.act if way in _BY_ACT else ()))
        ]
        halves = ("half",) if is_whole(telling) else ("half", "whole")
        topics = [(half, one, other, kind) for half in halves for one, other in combinations(telling.topic, 2)]
        first, last = near[0] - SLACK_DAYS, near[1] + SLACK_DAYS
        months = _months((first, last))
        for key in (*keys, *topics):
            found.update(Range(_key(length, *key), first, last + days) for length, days in _LENGTHS.items())
            found.add(Range(_key("long", *key), months[0], months[-1]))
    months = _word_months(telling)
    for dated in ("open",) if telling.timing == "day" else ("open", "dated"):
        for way, party in _looked_for(telling):
            if way != "target":
                for stem in word_keys(telling):
                    for other in (kind,) if telling.type is None else weights.near[telling.type]:
                        found.add(Range(_key(dated, way, party, stem, other), months[0], months[-1]))
    return sorted(found)


def may_meet(one: Telling, other: Telling, weights: Weights) -> bool:
    """Whether two tellings are compared: the same whichever is asked first.

    They are where they lie near in time and share parties, or share what their articles are about while a side is
    missing; or where they share a party and a rare word in one month, and not both are dated.
    """
    mine, theirs = _near_days(one), _near_days(other)
    if mine is not None and theirs is not None:
        gap = max(mine[0] - theirs[1], theirs[0] - mine[1])
        if gap <= SLACK_DAYS and (_share_party(one, other) or _share_topic(one, other)):
            return True
    if one.type is None or other.type is None or other.type not in weights.near[one.type]:
        return False
    if one.timing == other.timing == "day" or not _meet(word_keys(one), word_keys(other)):
        return False
    return _share_sides(one, other) and not set(_word_months(one)).isdisjoint(_word_months(other))


def is_whole(telling: Telling) -> bool:
    """Whether a telling names both who does it and who undergoes it."""
    return bool(telling.sources and telling.targets)


def word_keys(telling: Telling) -> tuple[str, ...]:
    """The heaviest of the names and other rare words beside the act."""
    return tuple(stem for stem in telling.terms if stem in telling.rare)[:RARE_KEYS]


@lru_cache(maxsize=1 << 16)
def _key(*parts: str) -> int:
    digest = blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def _near_days(telling: Telling) -> tuple[int, int] | None:
    """When a telling is taken to lie where only parties are shared: undated news is of the last days, and not older."""
    if telling.timing == "undated" and telling.realm == "actual" and telling.days is not None:
        return max(telling.days[0], telling.days[1] - UNDATED_DAYS), telling.days[1]
    return telling.days


def _length(days: tuple[int, int]) -> str:
    length = days[1] - days[0]
    return next((name for name, most in _LENGTHS.items() if length <= most), "long")


def _standing(telling: Telling) -> Iterator[tuple[str, str]]:
    """Both parties of a telling that names two, whichever way round, each of them, and the one that undergoes the act;
    the only one of a telling that names one."""
    sources, targets = telling.source_keys, telling.target_keys
    if sources and targets:
        for pair in sorted({" ".join(sorted((a, b))) for a in sources for b in targets}):
            yield "two", pair
        for party in sorted({*sources, *targets}):
            yield "one of two", party
        for party in targets:
            yield "target", party
    for party in sorted({*sources, *targets}) if not (sources and targets) else ():
        yield "one", party


def _looked_for(telling: Telling) -> Iterator[tuple[str, str]]:
    sources, targets = telling.source_keys, telling.target_keys
    for way, party in _standing(telling):
        if way != "one of two":
            yield way, party
    for party in sorted({*sources, *targets}):
        yield ("one" if sources and targets else "one of two"), party


def _share_party(one: Telling, other: Telling) -> bool:
    """Whether two share parties enough to be compared where they lie near in time.

    Beside what `_share_sides` asks: two of one type that name both sides may share only the one that undergoes the act,
    if they share the word for it; two of different types name as many sides and share the word for the act.
    """
    is_alike = one.type == other.type
    if not is_alike and (is_whole(one) != is_whole(other) or not _meet(one.act, other.act)):
        return False
    if _share_sides(one, other):
        return True
    return is_whole(one) and is_whole(other) and is_alike and _meet(one.act, other.act) and _meet(
        one.target_keys, other.target_keys
    )  # fmt: skip


def _share_sides(one: Telling, other: Telling) -> bool:
    """Both sides, whichever way round, of two that name both; else any."""
    if is_whole(one) and is_whole(other):
        return (_meet(one.source_keys, other.source_keys) and _meet(one.target_keys, other.target_keys)) or (
            _meet(one.source_keys, other.target_keys) and _meet(one.target_keys, other.source_keys)
        )
    return _meet(one.source_keys + one.target_keys, other.source_keys + other.target_keys)


def _share_topic(one: Telling, other: Telling) -> bool:
    if one.type != other.type or (is_whole(one) and is_whole(other)):
        return False
    return sum(stem in other.topic for stem in one.topic) >= 2


def _meet(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return any(key in other for key in one)


@lru_cache(maxsize=1 << 12)
def _months(days: tuple[int, int]) -> list[int]:
    """The first days of all months that an interval touches."""
    start, end = date.fromordinal(max(days[0], 1)), date.fromordinal(max(days[1], 1))
    count = (end.year - start.year) * 12 + end.month - start.month
    return [
        date(start.year + (start.month - 1 + step) // 12, (start.month - 1 + step) % 12 + 1, 1).toordinal()
        for step in range(count + 1)
    ]


def _word_months(telling: Telling) -> list[int]:
    """Months for the keys of rare words: of the event, else of the article, else none (0)."""
    days = telling.days if telling.days is not None and _length(telling.days) != "long" else telling.published
    if days is None or days[1] - days[0] > _LENGTHS["open"]:
        return [0]
    return _months(days)
