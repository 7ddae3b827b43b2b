"""Whether the words around a time speak of the past or of what is to come."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Literal

from detente.reading.times.lexing import Lexed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Tense = Literal["past", "future", "open"]
_AHEAD = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_PLANS = frozenset(
    "schedule plan expect due set slate intend hope aim promise vow pledge agree demand call propose begin start".split()
)
_AHEAD_WORDS = frozenset(
    "will shall upcoming scheduled plans planned expected due slated ahead tomorrow deadline".split()
)


class Tenses:
    """Reads the verb over a word from the parse where there is one, else the words of the sentence."""

    def __init__(self, parse: Doc | None) -> None:
        self.parse = parse
        self._starts = [token.idx for token in parse] if parse is not None else []

    def at(self, lex: Lexed, token: int) -> Tense:
        if self.parse is None:
            return _from_words(lex, token)
        return self._from_verb(lex.starts[token])

    def tag(self, offset: int) -> str:
        """The part-of-speech tag of the token at an offset; empty without a parse."""
        return self._token(offset).tag_ if self.parse is not None else ""

    def _token(self, offset: int) -> Token:
        assert self.parse is not None
        return self.parse[max(bisect_right(self._starts, offset) - 1, 0)]

    def _from_verb(self, offset: int) -> Tense:
        token = self._token(offset)
        for _ in range(12):
            if token.pos_ in ("VERB", "AUX"):
                tense = _tense_of(token)
                if tense is not None:
                    return tense
            if token.head is token:
                break
            token = token.head
        return "open"


def _tense_of(verb: Token) -> Tense | None:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(child.lower_ in _AHEAD for child in helpers):
        return "future"
    if any(child.lower_ in ("would", "could", "should", "may", "might", "can") for child in helpers):
        return None if any(child.lower_ == "have" for child in helpers) else "future"
    if any(child.tag_ == "TO" for child in helpers):
        return "past" if any(child.lower_ == "have" for child in helpers) else "future"
    finite = [child for child in helpers if child.tag_ in ("VBD", "VBZ", "VBP")] or [verb]
    tag = finite[0].tag_
    if verb.lemma_ in _PLANS and verb.tag_ == "VBN" and tag in ("VBD", "VBZ", "VBP", "VBN"):
        return "future"
    if tag == "VBD" or any(child.lower_ in ("has", "have", "had", "'ve", "’ve") for child in helpers):
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
            if lex.lower[at] in _AHEAD_WORDS:
                return "future"
    return "past"
