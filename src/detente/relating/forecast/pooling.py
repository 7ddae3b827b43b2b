"""What the forecast of one pair is fitted on: which pairs, and the classes and types that their acts are counted in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np

from detente.knowledge import Knowledge
from detente.model.vocabulary import Quad
from detente.relating.forecast.abstention import TYPE_LEAST
from detente.relating.forecast.counts import Classes
from detente.relating.forecast.history import TYPES, History
from detente.relating.forecast.rolling import PAIR_LEAST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

QUADS: Final[tuple[Quad, ...]] = get_args(Quad)
POOL_MOST: Final = 100
"""Pairs, each in both directions, that the forecast is fitted on."""
TYPES_MOST: Final = 3
"""Types with a forecast of their own, at most."""


def pool(history: History, one: int, other: int) -> Ints:
    """The directed pairs that are fitted on, the asked one first, then its other direction. Of more than `POOL_MOST`
    pairs every so-manieth is taken in the order of how much they have to tell, so that who they are plays no part."""
    low, high = np.minimum(history.source, history.target), np.maximum(history.source, history.target)
    codes, place, counts = np.unique(low * len(history.parties) + high, return_inverse=True, return_counts=True)
    days = np.bincount(place, history.day - history.day.min(initial=0), len(codes))
    asked = min(one, other) * len(history.parties) + max(one, other)
    kept = (counts >= PAIR_LEAST) & (codes != asked)
    order = np.lexsort((codes[kept], days[kept], counts[kept]))
    some = codes[kept][order][:: max(1, -(-int(kept.sum()) // POOL_MOST))]
    pairs = np.stack([some // len(history.parties), some % len(history.parties)], axis=1)
    both = np.concatenate([pairs, pairs[:, ::-1]])
    return np.concatenate([np.array([[one, other], [other, one]]), both])


def kinds(
    history: History, forward: NDArray[np.bool_], knowledge: Knowledge
) -> list[tuple[Literal["quad", "type"], Classes]]:
    """The quad classes and, where a type has enough to tell, the types."""
    quads = [knowledge.ontology.type(name).quad for name in TYPES]
    conflict = tuple(name.endswith("conflict") for name in QUADS)
    kinds: list[tuple[Literal["quad", "type"], Classes]] = [
        ("quad", Classes(QUADS, tuple(QUADS.index(quad) for quad in quads), conflict))
    ]
    if thick := _thick(history, forward, quads):
        rest = len(thick)
        of_type = tuple(
            thick.index(place) if place in thick else rest + quad.endswith("conflict")
            for place, quad in enumerate(quads)
        )
        signs = (*(quads[place].endswith("conflict") for place in thick), False, True)
        names = (*(TYPES[place] for place in thick), "other cooperation", "other conflict")
        kinds.append(("type", Classes(names, of_type, signs)))
    return kinds


def _thick(history: History, forward: NDArray[np.bool_], quads: list[Quad]) -> list[int]:
    """Places of the types with the most to tell, if that is enough, and if their class holds others too."""
    counts = np.bincount(history.kind[forward], minlength=len(TYPES))
    in_class = {quad: sum(int(counts[place]) for place, other in enumerate(quads) if other == quad) for quad in QUADS}
    order = sorted(range(len(TYPES)), key=lambda place: (-counts[place], place))
    thick = [place for place in order if TYPE_LEAST <= counts[place] < in_class[quads[place]]]
    return sorted(thick[:TYPES_MOST])
