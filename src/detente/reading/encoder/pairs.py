"""What stands between two words: how far apart they are, in which sentences, and the way from one to the other through
the parse. Numbers that the arcs of the encoder add a learnt weight for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from detente.reading.encoder.sheet import Sheet
from detente.reading.syntax import Tree

DISTANCES: Final = 15
SENTENCES: Final = 5
_CLIMB: Final = 4
_TOLD: Final = frozenset({"prep", "dative", "mark"})


def distance(one: int, other: int) -> int:
    """0 to 14: the same word is 7, words before it less, after it more, in doubling steps."""
    apart = other - one
    steps = min(abs(apart).bit_length(), 7)
    return 7 + steps if apart > 0 else 7 - steps


def sentence_apart(one: int, other: int) -> int:
    """0 the same sentence, 1 the one before, 2 earlier, 3 the one after, 4 later."""
    if one == other:
        return 0
    return {-1: 1, 1: 3}.get(other - one, 2 if other < one else 4)


class Climb(NamedTuple):
    """A word's token and those above it, nearest first, with the relations passed on the way: `ups[k]` to reach the
    one at `k`, `downs[k]` to come down from it."""

    tokens: tuple[int, ...]
    ups: tuple[str, ...]
    downs: tuple[str, ...]


class Ways:
    """The ways through the parse of one document; each word's climb is worked out once."""

    def __init__(self, sheet: Sheet, tree: Tree) -> None:
        self.sheet = sheet
        self.tree = tree
        self._climbs: dict[int, Climb] = {}
        self._first: dict[int, int] = {}
        self._last: dict[int, int] = {}
        for at, word in enumerate(sheet.words):
            self._first.setdefault(word.sentence, at)
            self._last[word.sentence] = at

    def from_word(self, at: int) -> dict[int, str]:
        """The way from the word `at` to each word of its sentence: relations up to the common head and down from it."""
        sentence = self.sheet.words[at].sentence
        up = self._climb(at)
        heights = {token: height for height, token in enumerate(up.tokens)}
        found: dict[int, str] = {}
        for other in range(self._first[sentence], self._last[sentence] + 1):
            down = self._climb(other)
            for depth, token in enumerate(down.tokens):
                height = heights.get(token)
                if height is not None:
                    above = up.ups[height]
                    found[other] = f"{above}<{down.downs[depth]}" if above else f">{down.downs[depth]}"
                    break
        return found

    def _climb(self, at: int) -> Climb:
        climb = self._climbs.get(at)
        if climb is None:
            climb = self._climbs[at] = _climb(self.tree, self.sheet.words[at].tree)
        return climb


def paths(sheet: Sheet, tree: Tree, at: int) -> dict[int, str]:
    """The ways from one word; see `Ways`."""
    return Ways(sheet, tree).from_word(at)


def numbered(found: Mapping[int, str], known: Mapping[str, int]) -> dict[int, int]:
    return {other: known.get(path, 0) for other, path in found.items()}


def _climb(tree: Tree, token: int) -> Climb:
    if token < 0:
        return Climb((), (), ())
    tokens, ups, downs = [token], [""], [""]
    while len(tokens) <= _CLIMB and tree.heads[tokens[-1]] != tokens[-1]:
        last = tokens[-1]
        dep = tree.deps[last]
        relation = f"{dep}:{tree.words[last]}" if dep in _TOLD else dep
        ups.append(f"{ups[-1]}<{relation}" if ups[-1] else relation)
        downs.append(f"{relation}>{downs[-1]}" if downs[-1] else relation)
        tokens.append(tree.heads[last])
    return Climb(tuple(tokens), tuple(ups), tuple(downs))
