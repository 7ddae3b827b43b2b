"""Word lists: the small lexicons of one language, each a YAML file of groups of forms.

A group has a kind, a strength and its forms. Larger tables are CSV and have their own readers.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from detente.knowledge.loading import read_yaml

Strength = Literal["strong", "weak"]


class WordGroup(Struct, frozen=True, forbid_unknown_fields=True):
    """Forms that serve one purpose. `note` says which, where the kind alone does not."""

    kind: str
    strength: Strength
    forms: tuple[str, ...]
    note: str = ""


class WordList(Struct, frozen=True, forbid_unknown_fields=True):
    """One lexicon file."""

    language: str
    source: str
    licence: str
    entries: tuple[WordGroup, ...]

    @classmethod
    def load(cls, language: str, name: str) -> WordList:
        """`knowledge/lexicons/<language>/<name>.yaml`; KnowledgeError where it is missing or ill-formed."""
        return read_yaml(f"lexicons/{language}/{name}.yaml", cls)

    def forms(self, kind: str, strength: Strength | None = None) -> frozenset[str]:
        """All forms of a kind, of one strength where it is given."""
        return frozenset(
            form
            for group in self.entries
            if group.kind == kind and strength in (None, group.strength)
            for form in group.forms
        )
