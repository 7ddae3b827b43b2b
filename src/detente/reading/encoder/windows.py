"""A sheet cut into windows of whole sentences, as the numbers that the encoder takes.

Pieces of words come from a vocabulary file (WordPiece, lower case); what no piece spells is `[UNK]`. Windows never
depend on other documents, so a document is always read alike.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, get_args

from msgspec import Struct

from detente.model.vocabulary import EventType
from detente.reading.encoder.sheet import Sheet, Word

TYPES: Final[tuple[EventType, ...]] = get_args(EventType)
_NUMBERS: Final[dict[str, int]] = {kind: number for number, kind in enumerate(TYPES, start=1)}
SLOTS: Final = 8
_LONGEST: Final = 40


class Pieces:
    """The pieces of a word. Special ones: `[PAD]` 0, `[UNK]`, `[CLS]`, `[SEP]`, and one for each form of a territory's
    name."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.table = {piece: number for number, piece in enumerate(vocabulary)}
        self.unknown = self.table["[UNK]"]
        self.opening = self.table["[CLS]"]
        self.parting = self.table["[SEP]"]
        self.named = [self.table[f"[unused{kind}]"] for kind in range(6)]
        self.of = lru_cache(maxsize=50_000)(self._of)

    def _of(self, word: str) -> tuple[int, ...]:
        plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
        if not plain or len(plain) > _LONGEST:
            return (self.unknown,)
        found: list[int] = []
        start = 0
        while start < len(plain):
            end = len(plain)
            while end > start and (piece := ("##" if start else "") + plain[start:end]) not in self.table:
                end -= 1
            if end == start:
                return (self.unknown,)
            found.append(self.table[piece])
            start = end
        return tuple(found)


class Window(Struct, frozen=True):
    """Parallel lists by piece, and `heads`: for each word the number of its first piece. `slots` are the territories
    that have a number in this window, in order of their first word."""

    first: int
    last: int
    pieces: list[int]
    caps: list[int]
    named: list[int]
    mention: list[int]
    use: list[int]
    act: list[int]
    said: list[int]
    tag: list[int]
    dep: list[int]
    sides: list[tuple[int, ...]]
    heads: list[int]
    slots: tuple[str, ...]


class Tables(Struct, frozen=True):
    """The tags and relations of the parse that have a number of their own; 0 is any other."""

    tags: dict[str, int]
    deps: dict[str, int]


def caps(word: str) -> int:
    """0 no capital, 1 a capital first, 2 all capitals, 3 a digit, 4 mixed."""
    if word.islower():
        return 0
    if any(c.isdigit() for c in word):
        return 3
    if word.isupper():
        return 2 if len(word) > 1 else 1
    if word.istitle():
        return 1
    return 4 if any(c.isupper() for c in word) else 0


def stretches(sheet: Sheet, pieces: Sequence[Sequence[int]], most: int, start: int = 0) -> Iterator[tuple[int, int]]:
    """First and last word (exclusive) of each window: as many whole sentences as fit; a longer one is cut."""
    words = sheet.words
    first, size = start, 2
    at = start
    while at < len(words):
        end, length = at, 1
        while end < len(words) and words[end].sentence == words[at].sentence:
            length += len(pieces[end])
            end += 1
        if at > first and size + length > most:
            yield first, at
            first, size = at, 2
        if size + length > most:
            at, size = first, 2
            while at < end:
                if at > first and size + len(pieces[at]) > most:
                    yield first, at
                    first, size = at, 2
                size += len(pieces[at])
                at += 1
        else:
            size += length
            at = end
    if first < len(words):
        yield first, len(words)


def window(
    text: str,
    words: Sequence[Word],
    pieces: Sequence[Sequence[int]],
    first: int,
    last: int,
    vocabulary: Pieces,
    tables: Tables,
) -> Window:
    """The numbers of the words from `first` to before `last`; a `[SEP]` parts two sentences."""
    slots: dict[str, int] = {}
    for word in words[first:last]:
        for code in word.sides:
            if len(slots) < SLOTS:
                slots.setdefault(code, len(slots) + 1)
    page = Window(first, last, [vocabulary.opening], [0], [0], [0], [0], [0], [0], [0], [0], [()], [], tuple(slots))
    for at in range(first, last):
        word = words[at]
        if at > first and word.sentence != words[at - 1].sentence:
            _add(page, vocabulary.parting, 0, None, (), tables)
        page.heads.append(len(page.pieces))
        capital = caps(text[word.span.start : word.span.end])
        sides = tuple(slots[code] for code in word.sides if code in slots)[:2]
        for piece in pieces[at]:
            _add(page, piece, capital, word, sides, tables)
    _add(page, vocabulary.parting, 0, None, (), tables)
    return page


def _add(page: Window, piece: int, capital: int, word: Word | None, sides: tuple[int, ...], tables: Tables) -> None:
    page.pieces.append(piece)
    page.caps.append(capital)
    page.sides.append(sides)
    page.named.append(word.named if word else 0)
    page.mention.append(word.mention if word else 0)
    page.use.append(word.use if word else 0)
    page.act.append(_NUMBERS[word.act] if word and word.act else 0)
    page.said.append(word.said if word else 0)
    page.tag.append(tables.tags.get(word.tag, 0) if word else 0)
    page.dep.append(tables.deps.get(word.dep, 0) if word else 0)


def pieces_of(text: str, words: Sequence[Word], vocabulary: Pieces) -> list[tuple[int, ...]]:
    """The pieces of each word; a territory's name is the one piece of its form."""
    return [
        (vocabulary.named[word.named],) if word.named else vocabulary.of(text[word.span.start : word.span.end])
        for word in words
    ]
