"""A rule of the grammar: a pattern over the class letters of tokens and what the match means."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from detente.reading.times.lexing import Lexed
from detente.reading.times.sense import Sense


class Match:
    """A pattern found in a string of class letters, with the tokens behind its named parts."""

    __slots__ = ("_found", "lex")

    def __init__(self, lex: Lexed, found: re.Match[str]) -> None:
        self.lex = lex
        self._found = found

    @property
    def start(self) -> int:
        return self._found.start()

    @property
    def end(self) -> int:
        return self._found.end()

    def __contains__(self, name: str) -> bool:
        return bool(self._found.group(name))

    def letters(self, name: str) -> str:
        return self._found.group(name) or ""

    def code(self, name: str) -> str:
        """The code of the last token of a part; empty where the part is missing."""
        return self.lex.codes[self._found.end(name) - 1] if name in self else ""

    def at(self, name: str) -> int:
        """The first token of a part."""
        return self._found.start(name)

    def before(self, back: int = 1) -> str:
        """The word so many tokens before the match."""
        at = self.start - back
        return self.lex.lower[at] if at >= 0 else ""

    def after(self, on: int = 0) -> str:
        """The word so many tokens behind the match."""
        at = self.end + on
        return self.lex.lower[at] if at < len(self.lex.lower) else ""

    def letter_after(self, on: int = 0) -> str:
        at = self.end + on
        return self.lex.classes[at] if at < len(self.lex.classes) else ";"

    def letter_before(self, back: int = 1) -> str:
        at = self.start - back
        return self.lex.classes[at] if at >= 0 else ";"


Builder = Callable[[Match], Sense | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """`build` may still say no, by None."""

    name: str
    pattern: re.Pattern[str]
    build: Builder


def first_letters(pattern: re.Pattern[str], letters: str) -> str:
    """Those of `letters` with which a match of the pattern may begin.

    Asks the standard library's own reading of the pattern; where that is not to be had, every letter may.
    """
    try:
        parser: Any = import_module("re._parser")
    except ImportError:
        return letters
    first, _ = _first(parser.parse(pattern.pattern))
    return "".join(letter for letter in letters if first is None or ord(letter) in first)


def _first(items: Any) -> tuple[set[int] | None, bool]:
    """The codes that may come first in a parsed pattern (None: any), and whether it may match nothing."""
    codes: set[int] = set()
    for operation, value in items:
        found, empty = _first_of(str(operation), value)
        if found is None:
            return None, empty
        codes |= found
        if not empty:
            return codes, False
    return codes, True


def _first_of(operation: str, value: Any) -> tuple[set[int] | None, bool]:
    if operation == "LITERAL":
        return {value}, False
    if operation == "IN":
        plain = {code for kind, code in value if str(kind) == "LITERAL"}
        return (plain, False) if len(plain) == len(value) else (None, False)
    if operation == "SUBPATTERN":
        return _first(value[3])
    if operation in ("MAX_REPEAT", "MIN_REPEAT"):
        found, empty = _first(value[2])
        return found, empty or value[0] == 0
    if operation == "BRANCH":
        parts = [_first(part) for part in value[1]]
        if any(found is None for found, _ in parts):
            return None, True
        return set().union(*(found for found, _ in parts if found)), any(empty for _, empty in parts)
    if operation in ("ASSERT", "ASSERT_NOT", "AT"):
        return set(), True
    return None, True


class Rules:
    """A list of rules that grows by decoration: `@RULES.rule("name", "pattern")`."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def rule(self, name: str, pattern: str) -> Callable[[Builder], Builder]:
        def keep(build: Builder) -> Builder:
            self.rules.append(Rule(name, re.compile(pattern), build))
            return build

        return keep
