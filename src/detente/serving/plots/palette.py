"""The few colours of the pictures: told apart by people who see red and green alike, and by their greys in print.

Friendly acts are blue and stand above their line, hostile ones orange and hang below it; deeds are dark, words light.
"""

from __future__ import annotations

from functools import cache

from detente.knowledge import Knowledge
from detente.model.vocabulary import Quad

INK, MUTED, FAINT = "#1f2933", "#5f6b76", "#d9dee3"
LEVEL, BAND = "#1b4a72", "#a9c3da"
OTHER, OTHER_BAND = "#a3480b", "#e9c9ae"
QUADS: dict[Quad, str] = {
    "material_cooperation": "#1f5f99", "verbal_cooperation": "#8fbbe0",
    "material_conflict": "#a3480b", "verbal_conflict": "#f0a868",
}  # fmt: skip
QUAD_WORDS: dict[Quad, str] = {
    "material_cooperation": "friendly deeds", "verbal_cooperation": "friendly words",
    "material_conflict": "hostile deeds", "verbal_conflict": "hostile words",
}  # fmt: skip


@cache
def quad_of(kind: str) -> Quad:
    """The class of a PLOVER type."""
    return Knowledge().ontology.type(kind).quad
