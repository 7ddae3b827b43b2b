"""Who may be a side of a relation: a territory by its code, or an actor that acts for none by its id."""

from __future__ import annotations

from detente.errors import UsageError
from detente.knowledge.territory import Territories
from detente.recording.store import Store


def two_sides(store: Store, one: str, other: str) -> None:
    """Raises UsageError where both are one, or where one is neither a territory nor an actor of this record: what is
    misspelt must not look like two that have nothing to do with one another."""
    if one == other:
        raise UsageError("a relation has two sides", value=one, expected="two different parties")
    known = Territories.load().by_code
    for party in (one, other):
        if party in known:
            continue
        sql = "SELECT 1 FROM record_actor WHERE actor_id = ? LIMIT 1"
        if store.reader.execute(sql, (party,)).fetchone() is None:
            raise UsageError(
                "this is neither a territory nor an actor of this record", value=party,
                expected="the code of a territory, AZE, or the id of an actor that acts for none",
            )  # fmt: skip
