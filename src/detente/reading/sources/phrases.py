"""Short lists of words and phrases that the sources look for, kept as lexicons."""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct

from detente.knowledge.loading import read_yaml


class Phrase(Struct, frozen=True):
    form: str
    strength: Literal["strong", "weak"]


class Phrases(Struct, frozen=True):
    language: str
    source: str
    licence: str
    entries: tuple[Phrase, ...]


@cache
def phrases(name: str) -> tuple[Phrase, ...]:
    """The entries of `knowledge/lexicons/en/<name>.yaml`."""
    return read_yaml(f"lexicons/en/{name}.yaml", Phrases).entries
