"""The parse as columns: one plain list for each property of the tokens, which rules read without touching spaCy.

Nothing here knows about actors.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from detente.reading.marks import Span
from detente.reading.paper import Paper

if TYPE_CHECKING:
    from spacy.tokens import Doc

PIECE = re.compile(r"(?:[A-Z]\.){2,}|(?:[A-Z]\.)+[A-Z]\b|[^\W_]+")
_SPECIAL_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "ə": "e", "æ": "ae"})


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case without accents and without the dots of abbreviations: `Türkiye` and `U.S.` as `turkiye`, `us`."""
    if word.isascii():
        return word.replace(".", "").lower()
    plain = normalize("NFKD", word.replace("İ", "I").lower())
    return "".join(char for char in plain if not combining(char)).translate(_SPECIAL_LETTERS).replace(".", "")


@dataclass(slots=True)
class Pieces:
    """Runs of letters or digits, and abbreviations with dots, as columns: what listed names are matched on."""

    starts: list[int]
    ends: list[int]
    raw: list[str]
    folded: list[str]

    @classmethod
    def of(cls, text: str) -> Pieces:
        raw = PIECE.findall(text)
        starts: list[int] = []
        ends: list[int] = []
        for found in PIECE.finditer(text):
            starts.append(found.start())
            ends.append(found.end())
        return cls(starts, ends, raw, [fold(word) for word in raw])


@dataclass(slots=True)
class Words:
    """Columns over the tokens of one paper. `heads[i]` is the index of the syntactic head of token i; `labels[i]` the
    parser's label of the entity that holds it; `surnames` the last words of persons' names of more than one word."""

    text: str
    raw: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    lemmas: list[str]
    sentence: list[int]
    entities: list[tuple[int, int, str]]
    labels: list[str]
    surnames: frozenset[str]

    @classmethod
    def of(cls, paper: Paper) -> Words:
        doc = paper.parse
        assert doc is not None
        raw = [token.text for token in doc]
        starts, tags, deps, lemmas, heads, sentence = _columns(doc)
        entities = [(ent.start, ent.end - 1, ent.label_) for ent in doc.ents]
        return cls(
            text=paper.text,
            raw=raw,
            lower=[word.lower() for word in raw],
            starts=starts,
            ends=[start + len(word) for start, word in zip(starts, raw, strict=True)],
            tags=tags,
            deps=deps,
            heads=heads,
            lemmas=lemmas,
            sentence=sentence,
            entities=entities,
            labels=_labels(len(raw), entities),
            surnames=frozenset(raw[last] for first, last, label in entities if label == "PERSON" and last > first),
        )

    def __len__(self) -> int:
        return len(self.raw)

    def at(self, offset: int) -> int:
        """The index of the token that holds the character at `offset` (or the last one before it)."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def span(self, first: int, last: int) -> Span:
        return Span(self.starts[first], self.ends[last])

    def quote(self, first: int, last: int) -> str:
        return self.text[self.starts[first] : self.ends[last]]

    def is_capitalised(self, i: int) -> bool:
        return self.raw[i][:1].isupper()

    def opens_sentence(self, i: int) -> bool:
        """True where only quotation marks or brackets stand before token i in its sentence."""
        furthest = max(-1, i - 5)
        i -= 1
        while i > furthest and self.raw[i] in "“”\"'‘’([":
            i -= 1
        return i < 0 or self.sentence[i] != self.sentence[i + 1] or self.raw[i].isspace()

    def verb_above(self, i: int, *, limit: int = 12) -> int | None:
        """The nearest verb that token i hangs under, or None."""
        for _ in range(limit):
            above = self.heads[i]
            if above == i:
                return i if self.tags[i].startswith("VB") else None
            i = above
            if self.tags[i].startswith("VB") and self.deps[i] not in ("aux", "auxpass", "amod"):
                return i
        return None


def _labels(size: int, entities: list[tuple[int, int, str]]) -> list[str]:
    labels = [""] * size
    for first, last, label in entities:
        for i in range(first, last + 1):
            labels[i] = label
    return labels


def _columns(doc: Doc) -> tuple[list[int], list[str], list[str], list[str], list[int], list[int]]:
    """Starts, tags, dependencies, lemmas in lower case, heads and sentence numbers, read from spaCy in one go."""
    if not len(doc):
        return [], [], [], [], [], []
    strings = doc.vocab.strings
    rows = doc.to_array(["IDX", "TAG", "DEP", "LEMMA", "HEAD", "SENT_START"]).T.tolist()
    starts, tag_keys, dep_keys, lemma_keys, offsets, opens = rows
    known = {key: strings[key] for key in {*tag_keys, *dep_keys, *lemma_keys}}
    lemmas = {key: known[key].lower() for key in set(lemma_keys)}
    heads = [i + (offset if offset < 1 << 63 else offset - (1 << 64)) for i, offset in enumerate(offsets)]
    sentence, number = [], -1
    for i, opening in enumerate(opens):
        number += opening == 1 or i == 0
        sentence.append(number)
    return (
        starts, [known[key] for key in tag_keys], [known[key] for key in dep_keys],
        [lemmas[key] for key in lemma_keys], heads, sentence,
    )  # fmt: skip
