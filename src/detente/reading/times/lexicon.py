"""The words of time as typed tables: what each form is (its class) and what it means (its code).

The files are `knowledge/lexicons/<language>/times*.yaml`. Here they become two look-ups: single words, and
phrases by their first word. How words combine is the grammar's matter.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct

from detente.errors import KnowledgeError
from detente.knowledge.loading import read_yaml

FILES = ("times.yaml", "times_holidays.yaml", "times_eras.yaml")
CONTEXT_FILE = "times_context.yaml"

LETTERS: dict[str, str] = {
    "month": "M", "weekday": "W", "weekdays": "J", "weekend": "K", "unit": "u", "units": "U", "season": "S",
    "seasons": "B", "daypart": "P", "overnight": "v", "holiday": "H", "last": "l", "past": "p", "previous": "b",
    "next": "n", "coming": "c", "following": "f", "this": "t", "that": "h", "those": "5", "these": "6",
    "current": "k", "same": "s", "recent": "r", "latest": "L", "every": "e", "alternate": "7", "ago": "A",
    "earlier": "E", "later": "T", "from_now": "R", "before": "<", "after": ">", "early": "m", "edge": "g",
    "prefix": "9", "about": "q", "or_so": "o", "the": "w", "one": "a", "of": "i", "to": "~", "and": "&", "or": "|",
    "on": "1", "in": "2", "filler": "3", "fiscal": "F", "half": "x", "times_a": "4", "cardinal": "C", "vague": "X",
    "ordinal": "O", "decade_word": "z", "direct": "d", "present_adjective": "k", "future_adjective": "8",
    "often": "0", "era": "j", "zone": "G", "numbered": ".", "era_ending": "?", "era_name": "@",
}  # fmt: skip
"""The letter each class of words has in the string that the grammar's patterns read."""


class Word(Struct, frozen=True):
    """One form of the lexicon. `capital`: counts only when written with a capital; `dotted`: may carry a full stop."""

    cls: str
    code: str
    capital: bool = False
    dotted: bool = False
    weak: bool = False


class Entry(Struct, frozen=True, rename={"cls": "class"}):
    """A line of a lexicon file."""

    forms: tuple[str, ...]
    cls: str
    code: str = ""
    case: Literal["upper", "any"] = "any"
    dotted: bool = False
    strength: Literal["strong", "weak"] = "strong"


class Lexicon(Struct, frozen=True):
    language: str
    source: str
    licence: str
    entries: tuple[Entry, ...]


class TimeWords:
    """`words` maps a lower-case word to its meaning; `phrases` maps a first word to the phrases that begin with it,
    longest first; `around` has lists of words that stand beside times, by name."""

    def __init__(
        self,
        words: dict[str, Word],
        phrases: dict[str, list[tuple[tuple[str, ...], Word]]],
        around: dict[str, frozenset[str]],
    ) -> None:
        self.words = words
        self.phrases = phrases
        self.around = around

    @classmethod
    def load(cls, language: str = "en") -> TimeWords:
        """Reads the files of a language; KnowledgeError where a class is unknown or a form stands twice."""
        words: dict[str, Word] = {}
        phrases: dict[str, list[tuple[tuple[str, ...], Word]]] = {}
        for name in FILES:
            path = f"lexicons/{language}/{name}"
            for entry in read_yaml(path, Lexicon).entries:
                if entry.cls not in LETTERS:
                    raise KnowledgeError(
                        "a class of time words is unknown",
                        value=f"{path}: {entry.cls}",
                        expected=", ".join(sorted(LETTERS)),
                    )
                word = Word(entry.cls, entry.code, entry.case == "upper", entry.dotted, entry.strength == "weak")
                for form in entry.forms:
                    parts = tuple(form.replace("’", "'").replace("'s", " 's").replace("s' ", "s ' ").split())
                    if len(parts) == 1:
                        words.setdefault(form, word)
                    else:
                        known = phrases.setdefault(parts[0], [])
                        if (parts, word) not in known:
                            known.append((parts, word))
        for found in phrases.values():
            found.sort(key=lambda phrase: (-len(phrase[0]), phrase[0]))
        context = read_yaml(f"lexicons/{language}/{CONTEXT_FILE}", Lexicon).entries
        return cls(words, phrases, {entry.cls: frozenset(entry.forms) for entry in context})


@cache
def time_words(language: str) -> TimeWords:
    """The words of a language, read once."""
    return TimeWords.load(language)
