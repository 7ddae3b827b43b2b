"""Words of a text as they are held against each other: tokens with their places, stems, and where sentences begin.

A stem is what forms of one word share (seized, seizure; fired, firing): crude, but the same for both sides, and
without a parse. What the stems mean is not decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct

_TOKEN = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_NEGATED = re.compile(r"n[’']t$", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?…][”\"’')\]]{0,3}\s+(?=[“\"‘'(\[]{0,2}[A-Z0-9])|\n+")
_SUFFIXES = (
    "isations", "izations", "isation", "ization", "ations", "ation", "ments", "ment", "ings", "ing", "ures", "ure",
    "ions", "ion", "ists", "ist", "ers", "er", "ies", "ied", "ise", "ize", "ed", "en", "es", "ly", "s", "e", "y",
)  # fmt: skip
_SHORTEST = 3


class Token(Struct, frozen=True):
    start: int
    end: int
    word: str


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The words between two offsets in lower case; "n't" is cut off as a word of its own."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group().lower().replace("’", "'")
        if _NEGATED.search(word) and len(word) > 3:
            found.append(Token(match.start(), match.end() - 3, word[:-3]))
            found.append(Token(match.end() - 3, match.end(), "n't"))
        else:
            found.append(Token(match.start(), match.end(), word))
    return found


class Stems:
    """Stems of one language's words. `irregular` gives the base of forms that no suffix leads to."""

    def __init__(self, irregular: Mapping[str, str]) -> None:
        self.irregular = irregular
        self.of = lru_cache(maxsize=50_000)(self._stem)

    def _stem(self, word: str) -> str:
        word = word.removesuffix("'s").removesuffix("'")
        return _cut(self.irregular.get(word, word))

    def all(self, words: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.of(word) for word in words)


def _cut(word: str) -> str:
    if not word.isalpha():
        return word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST:
            word = word[: -len(suffix)]
            if suffix in ("ies", "ied"):
                word += "i"
            break
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word[:-1] if len(word) > _SHORTEST and word[-1] in "eiy" else word


class SentenceMap:
    """In which sentence an offset stands; good enough to tell near from far, not to cut quotations."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(match.end() for match in _SENTENCE.finditer(text))]
        self.length = len(text)

    def number(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def span(self, offset: int) -> tuple[int, int]:
        """The sentence that holds the offset, with the white space after it."""
        number = self.number(offset)
        end = self.starts[number + 1] if number + 1 < len(self.starts) else self.length
        return self.starts[number], end
