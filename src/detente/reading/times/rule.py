"""A rule of the grammar: a pattern over the class letters of tokens and what the match means."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

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


class Rules:
    """A list of rules that grows by decoration: `@RULES.rule("name", "pattern")`."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def rule(self, name: str, pattern: str) -> Callable[[Builder], Builder]:
        def keep(build: Builder) -> Builder:
            self.rules.append(Rule(name, re.compile(pattern), build))
            return build

        return keep
