"""Who a picture or a table is about, in plain words."""

from __future__ import annotations

from functools import cache

from detente.knowledge.territory import Territories
from detente.relating.index import IndexSeries


def between(series: IndexSeries) -> str:
    """`Kenya and Tanzania`, or `Kenya towards Tanzania` for a directed index."""
    if series.parties is None:
        return "The two sides"
    first, second = (name_of(code) for code in series.parties)
    return f"{first} towards {second}" if series.directed else f"{first} and {second}"


def name_of(party: str) -> str:
    """The name of a territory by its code; an actor's id stays as it is."""
    found = _territories().by_code.get(party)
    return party if found is None else found.name


@cache
def _territories() -> Territories:
    return Territories.load()
