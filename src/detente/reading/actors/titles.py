"""How a role is called with its territory: "Minister of Ghana" for offices and bodies, "Kenyan boats" for groups.

One actor has one such name, whatever words the article uses around it.
"""

from __future__ import annotations

from detente.knowledge.territory import Territory
from detente.model.vocabulary import ActorKind

_GROUPS: frozenset[ActorKind] = frozenset({"people", "company", "media", "armed_group", "person"})


def name_in(name: str, kind: ActorKind, territory: Territory, *, is_plural: bool, is_thing: bool = False) -> str:
    """The canonical name of a role of that territory. `is_thing` for ships and posts, which are no offices."""
    if (is_plural or is_thing or kind in _GROUPS) and territory.adjectives:
        return f"{territory.adjectives[0]} {' '.join(_small(word) for word in name.split())}"
    return f"{name} of {territory.name}"


def _small(word: str) -> str:
    """Lower case, but MPs and NGOs as they are."""
    return word if word[1:] != word[1:].lower() else word.lower()
