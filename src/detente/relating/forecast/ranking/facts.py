"""Dated facts as columns, each told twice: as it stands and turned round. No counting here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from msgspec import Struct

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NAMED_PLACE: Final = re.compile(r"(.*?)_?\(([^()]*)\)$")


class Fact(NamedTuple):
    """Subject, relation and object by number, the day, and the names of the two."""

    subject: int
    relation: int
    object: int
    day: int
    subject_name: str
    object_name: str


class Facts(Struct, frozen=True):
    """Facts by day, each also turned round: object, relation + `relations`, subject; so that one question, "whom?",
    asks in both directions. `place` and `role` number what an entity's name says of it: `Police_(Peru)` has the place
    Peru and the role Police; a bare name is its own place, and so `Peru` shares it.
    """

    subject: NDArray[np.int64]
    relation: NDArray[np.int64]
    object: NDArray[np.int64]
    day: NDArray[np.int64]
    entities: int
    relations: int
    place: NDArray[np.int64]
    role: NDArray[np.int64]

    @property
    def turned_relations(self) -> int:
        return 2 * self.relations


def facts_of(rows: Iterable[Fact], *, names: bool = True) -> Facts:
    """The rows as columns, a fact told twice on one day once. Without `names` every entity is its own place."""
    told = list(rows)
    table = np.unique(np.array([row[:4] for row in told], dtype=np.int64).reshape(-1, 4), axis=0)
    entities = int(table[:, [0, 2]].max()) + 1
    relations = int(table[:, 1].max()) + 1
    turned = table[:, [2, 1, 0, 3]] + np.array([0, relations, 0, 0])
    both = np.concatenate([table, turned])
    both = both[np.argsort(both[:, 3], kind="stable")]
    known: dict[int, str] = {}
    for row in told if names else ():
        known[row.subject], known[row.object] = row.subject_name, row.object_name
    place, role = _parts(entities, known)
    return Facts(both[:, 0], both[:, 1], both[:, 2], both[:, 3], entities, relations, place, role)


def _parts(entities: int, names: dict[int, str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Numbers of places and roles, in the order of the entities' numbers; an entity without a name stands alone."""
    places: dict[str, int] = {}
    roles: dict[str, int] = {}
    numbers = np.zeros((2, entities), dtype=np.int64)
    for entity in range(entities):
        name = names.get(entity, f"?{entity}")
        matched = _NAMED_PLACE.match(name)
        role, place = matched.groups() if matched else ("", name)
        numbers[0, entity] = places.setdefault(place, len(places))
        numbers[1, entity] = roles.setdefault(role, len(roles))
    return numbers[0], numbers[1]
