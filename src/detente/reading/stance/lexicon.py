"""The words of favour and disfavour as a table: `knowledge/lexicons/<language>/stance.csv`.

Besides words the table says what an act of a type shows (`pos` event) and what the cue of a claim shows that tells
nothing more of its own (`pos` claim). Nothing here reads a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, cast

from msgspec import Struct

from detente.errors import KnowledgeError
from detente.knowledge.loading import read_table
from detente.knowledge.wordlist import WordList
from detente.reading.syntax import Tree

Kind = Literal["towards", "felt", "person", "quality", "inverse", "flips"]
_KINDS: Final = frozenset({"towards", "felt", "person", "quality", "inverse", "flips"})


class StanceWord(Struct, frozen=True):
    """`stance` from -1 to 1. `kind`: towards (its subject or owner holds it), felt (its object holds it), person (the
    one it names holds it), quality (the voice holds it, towards what the word describes), inverse (turns the noun it
    governs round), flips (denies what it governs; `stance` is the factor)."""

    words: tuple[str, ...]
    pos: str
    kind: Kind
    stance: float
    strong: bool


class StanceLexicon:
    """The words of favour and disfavour of one language, by their first word and word class."""

    def __init__(self, words: list[StanceWord], closed: WordList) -> None:
        self.groups = {group.kind: closed.forms(group.kind) for group in closed.entries}
        self.words: dict[tuple[str, str], tuple[StanceWord, ...]] = {}
        self.events = {word.words[0]: word.stance for word in words if word.pos == "event"}
        self.claims = {word.words[0]: word.stance for word in words if word.pos == "claim"}
        for word in sorted(words, key=lambda word: -len(word.words)):
            key = (word.words[0], word.pos)
            self.words[key] = (*self.words.get(key, ()), word)

    @classmethod
    def load(cls, language: str) -> StanceLexicon:
        """The table and the closed groups of the language; KnowledgeError where a row has no known kind."""
        path = f"lexicons/{language}/stance.csv"
        return cls([_word(row, path) for row in read_table(path)], WordList.load(language, "stance"))

    def at(self, tree: Tree, i: int) -> Iterator[StanceWord]:
        """The entries that token `i` opens, the longest of each kind."""
        seen: set[str] = set()
        kind = tree.kinds[i]
        for pos in {"v": "v", "n": "n", "a": "a"}.get(kind, ""), *(("a",) if tree.tags[i] in ("VBN", "VBG") else ()):
            for key in dict.fromkeys((tree.lemmas[i], tree.words[i])):
                for word in self.words.get((key, pos), ()):
                    if word.kind not in seen and _is_whole(tree, i, word):
                        seen.add(word.kind)
                        yield word


def _word(row: dict[str, str], path: str) -> StanceWord:
    if row["kind"] not in _KINDS:
        raise KnowledgeError("no such kind of stance word", value=f"{path}: {row['word']} {row['kind']}")
    return StanceWord(
        words=tuple(row["word"].split()),
        pos=row["pos"],
        kind=cast(Kind, row["kind"]),
        stance=float(row["stance"]),
        strong=row["strength"] == "strong",
    )


def _is_whole(tree: Tree, i: int, word: StanceWord) -> bool:
    """The further words of an entry hang on the first: "lash … out at", "crack down on"."""
    return all(
        any(tree.words[k] == part for k in tree.kids[i]) or tree.words[i + 1 : i + 2] == [part]
        for part in word.words[1:]
    )
