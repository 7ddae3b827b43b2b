"""Whether the words around a time speak of the past or of what is to come."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Literal

from detente.reading.times.lexicon import TimeWords
from detente.reading.times.lexing import Lexed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Tense = Literal["past", "future", "open"]


class Tenses:
    """Reads the verb over a word from the parse where there is one, else the words of the sentence."""

    def __init__(self, parse: Doc | None, words: TimeWords) -> None:
        self.parse = parse
        self._around = words.around
        self._starts = [token.idx for token in parse] if parse is not None else []

    def at(self, lex: Lexed, token: int) -> Tense:
        if self.parse is None:
            return _from_words(lex, token)
        return self._from_verb(lex.starts[token])[0]

    def distance(self, offset: int) -> tuple[Tense, int]:
        """The tense of the verb over the word at an offset, and how many steps up the parse it stands; open without
        a parse."""
        return ("open", 0) if self.parse is None else self._from_verb(offset)

    def _token(self, offset: int) -> Token:
        assert self.parse is not None
        return self.parse[max(bisect_right(self._starts, offset) - 1, 0)]

    def _from_verb(self, offset: int) -> tuple[Tense, int]:
        token = self._token(offset)
        for steps in range(12):
            if token.pos_ in ("VERB", "AUX"):
                tense = _tense_of(token, self._around)
                if tense is not None:
                    return tense, steps
            if token.head is token:
                break
            token = token.head
        return "open", 12


def _tense_of(verb: Token, around: dict[str, frozenset[str]]) -> Tense | None:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(child.lower_ in around["ahead"] for child in helpers):
        return "future"
    if any(child.tag_ == "MD" for child in helpers):
        if any(child.lower_ == "have" for child in helpers):
            return "past"
        return "future" if any(child.lower_ in around["obliging"] for child in helpers) else "open"
    if any(child.tag_ == "TO" for child in helpers):
        if any(child.lower_ == "have" for child in helpers):
            return "past"
        return "future" if verb.head.lemma_ in around["plan"] else None
    if verb.lemma_ in around["schedule"] and verb.tag_ in ("VBD", "VBN", "VBG"):
        return "future"
    finite = [child for child in helpers if child.tag_ in ("VBD", "VBZ", "VBP")] or [verb]
    tag = finite[0].tag_
    if verb.lemma_ in around["plan"] and verb.tag_ == "VBN" and tag in ("VBD", "VBZ", "VBP", "VBN"):
        return "future"
    if tag == "VBD" or any(child.lower_ in around["perfect"] for child in helpers):
        return "past"
    if verb.tag_ == "VBN":
        return "past"
    if verb.tag_ == "VBG" and helpers and tag in ("VBZ", "VBP"):
        return "future"
    return "open" if tag in ("VBZ", "VBP", "VB") else None


def _from_words(lex: Lexed, token: int) -> Tense:
    """Without a parse: future where a word of what is to come stands in the same sentence, else past."""
    for way in (-1, 1):
        at = token
        for _ in range(25):
            at += way
            if not 0 <= at < len(lex.lower) or lex.classes[at] == ";" or lex.lower[at] in (".", "!", "?"):
                break
            if lex.lower[at] in lex.words.around["ahead_word"]:
                return "future"
    return "past"
