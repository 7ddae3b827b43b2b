"""How often lately: happenings of a class, fading by several half-lives, as of the days a forecast is made.

Every number here is a rate, happenings a day, so that its meaning does not depend on the half-life or on how long the
record is. Only what the record could know on the day counts. Nothing here knows who the parties are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import Struct

from detente.relating.forecast.history import History

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

HALF_LIVES: Final = (3.0, 10.0, 30.0, 90.0, 365.0, 1e6)
"""Days; the last fades nothing: it is the mean over the record."""
NOT_KNOWN: Final = 10**9
"""Stands for a day that never comes."""
NEVER: Final = 3650
"""Days since the last time, for what never happened or happened longer ago."""


class Classes(Struct, frozen=True):
    """What is forecast: `names`; for each event type, in the order of the vocabulary, the place of its class, -1 for
    none; and for each class whether it is conflict."""

    names: tuple[str, ...]
    of_type: tuple[int, ...]
    is_conflict: tuple[bool, ...]


class Panel(Struct, frozen=True):
    """Rates at `origins` (first axis) for directed `pairs`; the last axis is the half-life.

    `own`: origin, pair, class. `back`: the other direction. `out`: all that the source does to anyone, `into`: all that
    is done to the target, `world`: all there is, for each pair of parties, by origin and class. `since`: days since the
    class last happened. `told`: happenings between the two so far, either way. `lived`: days of the record so far.
    `turned` is the place of each pair's other direction, which is always among the pairs.
    """

    origins: Ints
    pairs: Ints
    classes: Classes
    own: Floats
    back: Floats
    out: Floats
    into: Floats
    world: Floats
    since: Floats
    told: Ints
    lived: Ints
    turned: Ints


def reach(lived: Ints | int) -> Floats:
    """How many days each fading count looks back on, in full days' weight, in a record of so many days."""
    half_lives = np.array(HALF_LIVES)
    span = np.asarray(lived, dtype=np.float64)[..., None]
    days: Floats = (1 - np.exp2(-span / half_lives)) / (1 - np.exp2(-1 / half_lives))
    return days


def panel(history: History, classes: Classes, pairs: Ints, origins: Ints, first_day: int) -> Panel:
    """The rates of directed `pairs` (source and target, shape (n, 2), both directions of each) at each of `origins`,
    ascending."""
    kind = np.array(classes.of_type)[history.kind]
    used = kind >= 0
    source, target, day, known, kind = (
        column[used] for column in (history.source, history.target, history.day, history.known, kind)
    )
    parties, number = len(history.parties), len(classes.names)
    codes, at, forward = np.unique(_code(pairs, parties), return_index=True, return_inverse=True)
    backward = np.searchsorted(codes, _code(pairs[:, ::-1], parties))
    turned = at[backward]
    code = source * parties + target
    row = np.minimum(np.searchsorted(codes, code), len(codes) - 1)
    row = np.where(codes[row] == code, row, len(codes))  # what no pair asks for
    fading = [_Fading(size, number) for size in (len(codes) + 1, parties, parties, 1)]
    keys = [row, source, target, np.zeros_like(row)]
    last = np.full((len(codes) + 1, number), -NEVER * 10, dtype=np.int64)
    told = np.zeros(len(codes) + 1, dtype=np.int64)
    lived = origins - first_day + 1
    between = max(1, len(np.unique(history.source * parties + history.target)))
    parts: list[tuple[Floats, ...]] = []
    between_two: list[Ints] = []
    start = 0
    for origin, stop, age in zip(origins, np.searchsorted(known, origins, side="right"), reach(lived), strict=True):
        new = slice(start, stop)
        for counts, key in zip(fading, keys, strict=True):
            counts.take(key[new], kind[new], day[new], int(origin))
        np.maximum.at(last, (row[new], kind[new]), day[new])
        told += np.bincount(row[new], minlength=len(told))
        start = stop
        own, out, into, world = (counts.count / age for counts in fading)
        since = np.minimum(origin - last[forward], NEVER).astype(np.float64)
        parts.append((own[forward], own[backward], out[pairs[:, 0]], into[pairs[:, 1]], world[0] / between, since))
        between_two.append(told[forward] + told[backward])
    own, back, out, into, world, since = (np.stack(column) for column in zip(*parts, strict=True))
    return Panel(origins, pairs, classes, own, back, out, into, world, since, np.stack(between_two), lived, turned)


class _Fading:
    """Counts by key and class that fade by every half-life."""

    def __init__(self, keys: int, classes: int) -> None:
        self._half_lives = np.array(HALF_LIVES)
        self.count: Floats = np.zeros((keys, classes, len(HALF_LIVES)))
        self._now = 0

    def take(self, key: Ints, kind: Ints, day: Ints, now: int) -> None:
        """Go on to `now`, and take in what came to be known since."""
        self.count *= np.exp2(-(now - self._now) / self._half_lives)
        self._now = now
        if len(key):
            keys, classes, _ = self.count.shape
            flat = key * classes + kind
            weight = np.exp2(-(now - day)[:, None] / self._half_lives)
            for number in range(len(HALF_LIVES)):
                added = np.bincount(flat, weight[:, number], keys * classes)
                self.count[:, :, number] += added.reshape(keys, classes)


class Calendar(Struct, frozen=True):
    """On which days what was first known to have happened: `known[pair, day - start]` is the day from which on the
    record knew that one class happened on that day, `NOT_KNOWN` where it did not."""

    start: int
    known: Ints

    def known_by(self, day: int, *, prompt: int | None = None) -> Sums:
        """The days known by a day or, with `prompt`, those known at most so many days after."""
        limit = self.start + np.arange(self.known.shape[1]) + prompt if prompt is not None else day
        happened = self.known <= np.minimum(limit, day)
        sums = np.zeros((len(happened), happened.shape[1] + 1), dtype=np.int32)
        np.cumsum(happened, axis=1, out=sums[:, 1:])
        return Sums(self.start, sums)


class Sums(Struct, frozen=True):
    """`before[pair, day - start]`: how many days with the class there were before that day."""

    start: int
    before: NDArray[np.int32]

    def count(self, pair: Ints, after: Ints, days: int) -> Ints:
        """Days with the class among the `days` days after each of `after`; the two are broadcast."""
        last = self.before.shape[1] - 1
        begin = np.clip(after + 1 - self.start, 0, last)
        end = np.clip(after + 1 + days - self.start, 0, last)
        found: Ints = (self.before[pair, end] - self.before[pair, begin]).astype(np.int64)
        return found


def calendars(history: History, classes: Classes, pairs: Ints, start: int, end: int) -> list[Calendar]:
    """One for each class: what `pairs` did on the days from `start` to `end`."""
    parties, number, days = len(history.parties), len(classes.names), end - start + 1
    code = _code(pairs, parties)
    order = np.argsort(code, kind="stable")
    kind = np.array(classes.of_type)[history.kind]
    asked = history.source * parties + history.target
    row = np.minimum(np.searchsorted(code[order], asked), len(code) - 1)
    used = (code[order][row] == asked) & (kind >= 0) & (history.day >= start) & (history.day <= end)
    known = np.full((number, len(pairs), days), NOT_KNOWN, dtype=np.int64)
    place = (kind[used], order[row[used]], history.day[used] - start)
    np.minimum.at(known, place, history.known[used])
    return [Calendar(start, part) for part in known]


def _code(pairs: Ints, parties: int) -> Ints:
    """One number for each directed pair."""
    code: Ints = pairs[:, 0] * parties + pairs[:, 1]
    return code
