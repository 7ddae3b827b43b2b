"""Whether a capitalised name is a town or region, and in which territory: "residents of Narvik", "the bridge at Rosso".

A name means a place in a territory that the page names, else the one place that is far larger than all its namesakes.
"""

from __future__ import annotations

from detente.knowledge.gazetteer import Entry, Gazetteer
from detente.reading.actors.phrase import Page
from detente.reading.actors.words import Words

_KINDS = frozenset({"city", "region"})
_LARGE = 15_000  # inhabitants of a town that is known by its name alone
_FAMOUS = 400_000  # one in a territory that the page, which names others, does not name
_TIMES = 4  # larger than the next place of that name
_REGION_SIZE = 500_000  # a region weighs like a town of so many
_WORDS = 4


class Towns:
    """Looks names up for one page."""

    def __init__(self, gazetteer: Gazetteer, page: Page) -> None:
        self.gazetteer = gazetteer
        self.page = page

    def is_town(self, name: str) -> bool:
        """True where the gazetteer holds a town or region of that name."""
        return bool(self._entries(name))

    def code_of(self, name: str) -> str | None:
        """The territory that a town of that name lies in, or None where that cannot be told."""
        entries = self._entries(name)
        sizes: dict[str, int] = {}
        for entry in entries:
            if entry.territory is not None:
                sizes[entry.territory] = max(sizes.get(entry.territory, 0), _size(entry))
        near = {code: size for code, size in sizes.items() if code in self.page.named}
        ranked = sorted((near or sizes).items(), key=lambda item: (-item[1], item[0]))
        least = 0 if near else _LARGE if not self.page.named else _FAMOUS
        if not ranked or ranked[0][1] < least:
            return None
        return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > _TIMES * ranked[1][1] else None

    def _entries(self, name: str) -> list[Entry]:
        return [entry for entry in self.gazetteer.named(name) if entry.kind in _KINDS]

    def name_at(self, first: int) -> tuple[int, str | None]:
        """The last token and the territory of the longest known name that opens at `first`; (-1, None) for none."""
        words = self.page.words
        last = first - 1
        while last + 1 < min(len(words), first + _WORDS) and _may_name(words, last + 1, first):
            last += 1
        for end in range(last, first - 1, -1):
            name = words.quote(first, end)
            if self.is_town(name):
                return end, self.code_of(name)
        return -1, None


def _may_name(words: Words, i: int, first: int) -> bool:
    same = words.sentence[i] == words.sentence[first]
    return same and words.is_capitalised(i) and words.tags[i].startswith("NNP") and words.raw[i][0].isalpha()


def _size(entry: Entry) -> int:
    return max(entry.population, _REGION_SIZE) if entry.kind == "region" else entry.population
