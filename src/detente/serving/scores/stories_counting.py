"""How groupings and disputes of a record are held against the annotated ones: the counting alone.

Knows neither stories nor records: groupings are names of groups by member, versions are places in documents. B3 and its
like are in `partitions`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from detente.serving.scores.corpus_reading import matched
from detente.serving.scores.report import precision_recall_f1

Member = TypeVar("Member", bound=Hashable)
Groups = Mapping[Member, Hashable]
"""The name of the group that each member is in."""


class Words(NamedTuple):
    """A stretch of one document."""

    document_id: str
    start: int
    end: int


Told = tuple[Words, ...]
"""One version: everywhere it stands."""


def links(gold: Groups[Member], found: Groups[Member]) -> tuple[int, int, int]:
    """Pairs of members in one group: of both, of `found`, of `gold`. Who has no group in `found` is alone there.

    Unlike B3 this gives nothing for being alone.
    """
    members = list(gold)
    names = {member: found.get(member, ("alone", member)) for member in members}

    def pairs(sizes: Counter[Hashable]) -> int:
        return sum(size * (size - 1) // 2 for size in sizes.values())

    both: Counter[Hashable] = Counter((gold[member], names[member]) for member in members)
    return (
        pairs(both),
        pairs(Counter(names.values())),
        pairs(Counter(gold[member] for member in members)),
    )


def is_same_matter(gold: Sequence[Told], found: Sequence[Told]) -> bool:
    """True where two versions of the one overlap, by words, two different versions of the other."""
    over = [(i, k) for i, one in enumerate(gold) for k, other in enumerate(found) if _overlap(one, other)]
    return len(matched(over)) >= 2


def pairs_of_matters(gold: Sequence[Sequence[Told]], found: Sequence[Sequence[Told]]) -> dict[int, int]:
    """Which found matter is which of the gold, each once, as many as fit."""
    return matched(
        [(i, k) for i, one in enumerate(gold) for k, other in enumerate(found) if is_same_matter(one, other)]
    )


def f1(right: int, found: int, gold: int) -> tuple[float, float, float]:
    """As everywhere; what is to be found nowhere and was found nowhere is all right."""
    return (1.0, 1.0, 1.0) if not found and not gold else precision_recall_f1(right, found, gold)


def _overlap(one: Told, other: Told) -> bool:
    return any(a.document_id == b.document_id and a.start < b.end and b.start < a.end for a in one for b in other)
