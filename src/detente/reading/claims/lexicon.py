"""The cues of attribution as a table: which words report speech, with which frame, act and stance.

The words are data in `knowledge/lexicons/<language>/cues.csv` (frames are explained in `attribution.yaml`
beside it). Nothing here reads a text.
"""

from __future__ import annotations

import re
from typing import Literal, cast

from msgspec import Struct

from detente.knowledge.loading import read_table
from detente.knowledge.wordlist import WordList
from detente.model.vocabulary import Act

_TOKEN = re.compile(r"[^\W_]+|-|['’][^\W_]*")
"""How the parser cuts a term: hyphens and endings stand alone."""
Part = Literal["verb", "noun", "adj", "adverb", "prep", "poss", "unnamed"]


class Cue(Struct, frozen=True):
    """`words` are lemmas for the first word, forms for the rest. `frames` say where the contents stand.
    `stance`, from -1 to 1, is what the cue shows towards those the contents speak of. `omits`: the cue itself
    says that the source leaves the contents out."""

    words: tuple[str, ...]
    part: Part
    act: Act
    frames: frozenset[str]
    strong: bool
    stance: float
    omits: bool


class CueLexicon:
    """Cues by their first word, longer ones first."""

    def __init__(self, cues: list[Cue], words: WordList, loaded: list[LoadedTerm]) -> None:
        self.loaded = loaded
        self.by_part: dict[Part, dict[str, tuple[Cue, ...]]] = {}
        for cue in sorted(cues, key=lambda cue: -len(cue.words)):
            table = self.by_part.setdefault(cue.part, {})
            table[cue.words[0]] = (*table.get(cue.words[0], ()), cue)
        self.groups = {group.kind: words.forms(group.kind) for group in words.entries}

    @classmethod
    def load(cls, language: str) -> CueLexicon:
        """All lexicon files of attribution; KnowledgeError where one is missing or breaks its form."""
        return cls(
            [_cue(row) for row in read_table(f"lexicons/{language}/cues.csv")],
            WordList.load(language, "attribution"),
            [_loaded(row) for row in read_table(f"lexicons/{language}/loaded.csv")],
        )

    def verbs(self, lemma: str) -> tuple[Cue, ...]:
        return self.by_part["verb"].get(lemma, ())

    def nouns(self, lemma: str) -> tuple[Cue, ...]:
        return self.by_part["noun"].get(lemma, ())


class LoadedTerm(Struct, frozen=True):
    """A term by which sides name one thing differently. `stance` towards whom it names or describes."""

    words: tuple[str, ...]
    stance: float
    strong: bool


def _cue(row: dict[str, str]) -> Cue:
    return Cue(
        words=tuple(row["cue"].split()),
        part=cast(Part, row["part"]),
        act=cast(Act, row["act"]),
        frames=frozenset(row["frames"].split()),
        strong=row["strength"] == "strong",
        stance=float(row["stance"]),
        omits=row["polarity"] == "negated",
    )


def _loaded(row: dict[str, str]) -> LoadedTerm:
    words = tuple(_TOKEN.findall(row["term"]))
    return LoadedTerm(words=words, stance=float(row["stance"]), strong=row["strength"] == "strong")
