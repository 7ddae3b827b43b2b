"""How well one grouping of things agrees with another: MUC, B3 and CEAF-e, and their mean, which is called CoNLL F1.

MUC (Vilain and others, 1995) counts links, B3 (Bagga and Baldwin, 1998) the company of each thing, CEAF-e (Luo, 2005)
the best pairing of groups by 2|A and B| / (|A| + |B|). Every thing stands in one group of each grouping.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np

from detente.serving.scores.report import precision_recall_f1

Thing = TypeVar("Thing", bound=Hashable)
Triple = tuple[float, float, float]
"""Precision, recall, F1."""


def muc(found: Mapping[Thing, Hashable], gold: Mapping[Thing, Hashable]) -> Triple:
    return precision_recall_f1_of(_kept_links(found, gold), _kept_links(gold, found))


def b_cubed(found: Mapping[Thing, Hashable], gold: Mapping[Thing, Hashable]) -> Triple:
    return precision_recall_f1_of(_company(found, gold), _company(gold, found))


def ceaf_e(found: Mapping[Thing, Hashable], gold: Mapping[Thing, Hashable]) -> Triple:
    mine, theirs = _groups(found), _groups(gold)
    shared: defaultdict[Hashable, Counter[Hashable]] = defaultdict(Counter)
    for thing, group in found.items():
        shared[group][gold[thing]] += 1
    total = sum(_best_pairing(part, shared, mine, theirs) for part in _blocks(shared))
    return precision_recall_f1(total, len(mine), len(theirs))


def conll(found: Mapping[Thing, Hashable], gold: Mapping[Thing, Hashable]) -> float:
    """The mean of the three F1."""
    return sum(measure(found, gold)[2] for measure in (muc, b_cubed, ceaf_e)) / 3


def precision_recall_f1_of(precision: tuple[float, float], recall: tuple[float, float]) -> Triple:
    """From two fractions, each as its upper and lower part."""
    ratios = [upper / lower if lower else 0.0 for upper, lower in (precision, recall)]
    both = sum(ratios)
    return ratios[0], ratios[1], 2 * ratios[0] * ratios[1] / both if both else 0.0


def _groups(partition: Mapping[Thing, Hashable]) -> dict[Hashable, set[Thing]]:
    groups: defaultdict[Hashable, set[Thing]] = defaultdict(set)
    for thing, group in partition.items():
        groups[group].add(thing)
    return dict(groups)


def _kept_links(partition: Mapping[Thing, Hashable], other: Mapping[Thing, Hashable]) -> tuple[float, float]:
    """Of the links that hold the groups of `partition` together, those that `other` has too; and all."""
    groups = _groups(partition).values()
    kept = sum(len(group) - len({other[thing] for thing in group}) for group in groups)
    return kept, sum(len(group) - 1 for group in groups)


def _company(partition: Mapping[Thing, Hashable], other: Mapping[Thing, Hashable]) -> tuple[float, float]:
    """The share of its group that each thing is with in `other` too, summed; and the number of things."""
    total = 0.0
    for group in _groups(partition).values():
        counts = Counter(other[thing] for thing in group)
        total += sum(count * count for count in counts.values()) / len(group)
    return total, len(partition)


def _blocks(shared: Mapping[Hashable, Counter[Hashable]]) -> list[list[Hashable]]:
    """Groups of the first partition that hang together by groups of the second: they pair among themselves."""
    by_other: defaultdict[Hashable, list[Hashable]] = defaultdict(list)
    for group, counts in shared.items():
        for other in counts:
            by_other[other].append(group)
    blocks: list[list[Hashable]] = []
    seen: set[Hashable] = set()
    for start in shared:
        if start in seen:
            continue
        block, waiting = [], [start]
        seen.add(start)
        while waiting:
            group = waiting.pop()
            block.append(group)
            for near in (near for other in shared[group] for near in by_other[other] if near not in seen):
                seen.add(near)
                waiting.append(near)
        blocks.append(block)
    return blocks


def _best_pairing(
    block: Sequence[Hashable],
    shared: Mapping[Hashable, Counter[Hashable]],
    mine: Mapping[Hashable, set[Thing]],
    theirs: Mapping[Hashable, set[Thing]],
) -> float:
    others = list(dict.fromkeys(other for group in block for other in shared[group]))
    likeness = [
        [2 * shared[group][other] / (len(mine[group]) + len(theirs[other])) for other in others] for group in block
    ]
    return _assignment(likeness)


def _assignment(likeness: Sequence[Sequence[float]]) -> float:
    """The largest sum over pairs of a row and a column, each used once at most: the Hungarian method, row by row."""
    gain = np.array(likeness)
    if gain.shape[0] > gain.shape[1]:
        gain = gain.T
    rows, columns = gain.shape
    cost = -gain
    row_price, column_price = np.zeros(rows + 1), np.zeros(columns + 1)
    row_of = np.zeros(columns + 1, dtype=int)
    for row in range(1, rows + 1):
        row_of[0] = row
        column = 0
        least = np.full(columns + 1, np.inf)
        way = np.zeros(columns + 1, dtype=int)
        used = np.zeros(columns + 1, dtype=bool)
        while True:
            used[column] = True
            current = row_of[column]
            reduced = cost[current - 1] - row_price[current] - column_price[1:]
            better = ~used[1:] & (reduced < least[1:])
            least[1:][better] = reduced[better]
            way[1:][better] = column
            free = np.where(used[1:], np.inf, least[1:])
            column = int(np.argmin(free)) + 1
            step = free[column - 1]
            row_price[row_of[used]] += step
            column_price[used] -= step
            least[~used] -= step
            if row_of[column] == 0:
                break
        while column:
            row_of[column] = row_of[way[column]]
            column = way[column]
    return float(sum(gain[row_of[column] - 1, column - 1] for column in range(1, columns + 1) if row_of[column]))


def grouping(groups: Iterable[Iterable[Thing]]) -> dict[Thing, int]:
    """Groups as a partition: each thing with the number of its group."""
    return {thing: number for number, group in enumerate(groups) for thing in group}
