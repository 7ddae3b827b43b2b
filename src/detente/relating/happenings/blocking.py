"""Which tellings are compared at all: those that share a key of party, type and day, or of rare words, type and month.

Keys depend on one telling alone, so that the same pairs are compared in whatever order articles come; their number
grows with what is told of one party in a few days, not with the record.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from msgspec import Struct

from detente.model.vocabulary import EventType
from detente.relating.happenings.telling import Telling
from detente.relating.happenings.weighing import Weights

RARE_KEYS = 3
SLACK_DAYS = 1
_LENGTHS = {"short": 2, "open": 60}
"""The longest interval, in days between first and last, of tellings entered by their last day; longer ones are entered
by month."""


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
    if telling.days is not None:
        length = _length(telling)
        days = _months(telling.days) if length == "long" else [telling.days[1]]
        for way, party in _standing(telling):
            found.update(Entry(_key(length, way, party, kind), day) for day in days)
    for stem in word_keys(telling):
        found.update(Entry(_key("word", stem, kind), day) for day in _word_months(telling))
    for stem in telling.topic:
        way = "topic" if is_whole(telling) else "topic of half"
        found.update(Entry(_key(way, stem, kind), day) for day in _word_months(telling))
    return sorted(found)


def ranges(telling: Telling, weights: Weights) -> list[Range]:
    """Where all those are that a telling is compared with, and some more, whom `may_meet` tells apart."""
    found: set[Range] = set()
    kinds: tuple[EventType | str, ...] = ("-",) if telling.type is None else weights.near[telling.type]
    for kind in kinds:
        if telling.days is not None:
            first, last = telling.days[0] - SLACK_DAYS, telling.days[1] + SLACK_DAYS
            months = _months((first, last))
            for way, party in _looked_for(telling):
                for length, days in _LENGTHS.items():
                    found.add(Range(_key(length, way, party, kind), first, last + days))
                found.add(Range(_key("long", way, party, kind), months[0], months[-1]))
        for stem in word_keys(telling):
            found.update(Range(_key("word", stem, kind), day, day) for day in _word_months(telling))
        for way in ("topic of half",) if is_whole(telling) else ("topic", "topic of half"):
            for stem in telling.topic:
                found.update(Range(_key(way, stem, kind), day, day) for day in _word_months(telling))
    return sorted(found)


def may_meet(one: Telling, other: Telling) -> bool:
    """Whether two tellings that share a party or a rare word are compared: the same whichever is asked first."""
    if one.days is not None and other.days is not None:
        gap = max(one.days[0] - other.days[1], other.days[0] - one.days[1])
        if gap <= SLACK_DAYS and _share_party(one, other):
            return True
    if set(_word_months(one)).isdisjoint(_word_months(other)):
        return False
    if not (is_whole(one) and is_whole(other)) and not set(one.topic).isdisjoint(other.topic):
        return True
    return not set(word_keys(one)).isdisjoint(word_keys(other))


def is_whole(telling: Telling) -> bool:
    """Whether a telling names both who does it and who undergoes it."""
    return bool(telling.sources and telling.targets)


def word_keys(telling: Telling) -> tuple[str, ...]:
    """The rarest words beside the act, names first. Tellings of which only words are known have all their words."""
    if telling.type is None:
        return tuple(telling.terms)
    return tuple(stem for stem in telling.terms if stem in telling.rare)[:RARE_KEYS]


@lru_cache(maxsize=1 << 16)
def _key(*parts: str) -> int:
    digest = blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def _length(telling: Telling) -> str:
    assert telling.days is not None
    length = telling.days[1] - telling.days[0]
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
    """Two that name both sides share both of them, whichever way round, or the one that undergoes the act; else any."""
    sources, targets = one.source_keys, one.target_keys
    if sources and targets and other.source_keys and other.target_keys:
        return (
            _meet(targets, other.target_keys)
            or (_meet(sources, other.target_keys) and _meet(targets, other.source_keys))
        )  # fmt: skip
    return _meet(sources + targets, other.source_keys + other.target_keys)


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
    days = telling.days if telling.days is not None and _length(telling) != "long" else telling.published
    if days is None or days[1] - days[0] > _LENGTHS["open"]:
        return [0]
    return _months(days)
