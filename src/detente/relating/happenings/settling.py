"""From scored pairs to happenings: average linkage inside each connected block, in whole numbers, free of order.

A block is what hangs together by pairs that score above nothing. Inside it the two groups with the highest mean score
of all their pairs are joined, again and again, while that mean is above the threshold; pairs that were never compared,
or score less, count as the floor. What a person decided goes before: tellings that must be together start as one group,
and groups that must be apart are never joined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from math import exp

from detente.relating.happenings.weighing import FLOOR, UNIT

Pair = tuple[str, str]
"""Two keys of tellings, the smaller first."""

LARGEST_BLOCK = 400
"""Blocks of more tellings are first taken apart at higher and higher scores, so that cost stays near-linear."""
_STEP = UNIT // 2
_HIGHEST = 12 * UNIT


def settle(
    keys: Iterable[str],
    scores: Mapping[Pair, int],
    threshold: int,
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> list[tuple[str, ...]]:
    """Groups of the tellings `keys`, each sorted, in the order of their first keys. `scores` in thousandths."""
    must = sorted(together)
    never = set(apart)
    groups: list[tuple[str, ...]] = []
    least = min(threshold, 0)
    for block in blocks(sorted(keys), scores, must, least):
        for part in _parts(block, scores, must, least):
            if len(part) > LARGEST_BLOCK:
                groups += blocks(part, scores, must, _HIGHEST)
                continue
            groups += _linked(part, scores, threshold, must, never, FLOOR)
    return sorted(groups)


def average_groups(keys: Iterable[str], scores: Mapping[Pair, int], threshold: int) -> list[tuple[str, ...]]:
    """Average linkage over all of `keys` at once, where pairs without a score score 0."""
    return sorted(_linked(tuple(sorted(keys)), scores, threshold, (), set(), 0))


def cohesion(group: Sequence[str], scores: Mapping[Pair, int]) -> float:
    """How sure it is, from 0 to 1, that a group is one happening: the mean score of its pairs, as a probability.

    1 for one telling alone.
    """
    if len(group) < 2:
        return 1.0
    pairs = [(one, other) for place, one in enumerate(group) for other in group[place + 1 :]]
    mean = sum(scores.get(pair, FLOOR) for pair in pairs) / len(pairs)
    return round(1 / (1 + exp(-mean / UNIT)), 3)


def blocks(
    keys: Sequence[str], scores: Mapping[Pair, int], together: Iterable[Pair], least: int
) -> list[tuple[str, ...]]:
    """What hangs together by scores above `least`, or because it must."""
    root = {key: key for key in keys}

    def top(key: str) -> str:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for one, other in [*together, *(pair for pair, score in scores.items() if score > least)]:
        if one in root and other in root:
            first, second = top(one), top(other)
            root[max(first, second)] = min(first, second)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key in keys:
        found[top(key)].append(key)
    return [tuple(sorted(found[key])) for key in sorted(found)]


def _parts(
    block: tuple[str, ...], scores: Mapping[Pair, int], together: Sequence[Pair], least: int
) -> list[tuple[str, ...]]:
    if len(block) <= LARGEST_BLOCK or least >= _HIGHEST:
        return [block]
    inside = set(block)
    own = {pair: score for pair, score in scores.items() if pair[0] in inside and pair[1] in inside}
    least += _STEP
    return [part for smaller in blocks(block, own, together, least) for part in _parts(smaller, own, together, least)]


def _linked(
    part: tuple[str, ...],
    scores: Mapping[Pair, int],
    threshold: int,
    together: Sequence[Pair],
    apart: set[Pair],
    floor: int,
) -> list[tuple[str, ...]]:
    """Average linkage. Of equal means the pair of groups with the smaller first keys is joined first."""
    if len(part) == 1:
        return [part]
    groups = {group[0]: list(group) for group in blocks(part, {}, together, 0)}
    home = {key: name for name, group in groups.items() for key in group}
    above: dict[Pair, int] = {}
    """Between two groups: the sum of what their compared pairs score above the floor."""
    for pair, score in scores.items():
        if pair[0] in home and pair[1] in home and home[pair[0]] != home[pair[1]]:
            between = _pair(home[pair[0]], home[pair[1]])
            above[between] = above.get(between, 0) + score - floor
    barred = {_pair(home[a], home[b]) for a, b in apart if a in home and b in home}
    near: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in above:
        near[one].add(other)
        near[other].add(one)

    def mean(pair: Pair) -> int:
        return above[pair] // (len(groups[pair[0]]) * len(groups[pair[1]])) + floor

    waiting = [(-mean(pair), pair) for pair in above if pair not in barred]
    heapify(waiting)
    while waiting:
        negative, (one, other) = heappop(waiting)
        if -negative <= threshold:
            break
        if one not in groups or other not in groups or (one, other) in barred or -negative != mean((one, other)):
            continue
        groups[one] += groups.pop(other)
        for third in sorted(near[other] | near[one]):
            if third in (one, other) or third not in groups:
                continue
            mine, theirs = _pair(one, third), _pair(other, third)
            total = above.get(mine, 0) + above.pop(theirs, 0)
            near[one].add(third)
            near[third].add(one)
            above[mine] = total
            if theirs in barred:
                barred.add(mine)
            if mine not in barred:
                heappush(waiting, (-mean(mine), mine))
        barred.update(
            _pair(one, a if b == other else b) for a, b in sorted(barred) if other in (a, b) and {a, b} != {one, other}
        )
    return [tuple(sorted(group)) for group in groups.values()]


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)
