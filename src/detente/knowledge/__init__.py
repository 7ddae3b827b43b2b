"""What the reader knows, as data files and typed tables. Loaded once, passed in, read lazily part by part."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from detente.knowledge.ontology import Ontology

if TYPE_CHECKING:
    from detente.knowledge.gazetteer import Gazetteer
    from detente.knowledge.roster import Roster
    from detente.knowledge.territory import Territories


class Knowledge:
    """One body of knowledge. Parts are read from their files when first asked for."""

    def __init__(self, language: str = "en") -> None:
        self.language = language

    @cached_property
    def ontology(self) -> Ontology:
        return Ontology.load()

    @cached_property
    def territories(self) -> Territories:
        from detente.knowledge.territory import Territories

        return Territories.load()

    @cached_property
    def roster(self) -> Roster:
        from detente.knowledge.roster import Roster

        return Roster.load(self.language)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        from detente.knowledge.gazetteer import Gazetteer

        return Gazetteer.load()
