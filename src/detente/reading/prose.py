"""Which stretches of a text are prose. The rest (tables of numbers, lists of names, encoded files, a word or a mark
repeated without end, another language) has words but no syntax, and a parse of it would be slow and mean nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from detente.reading.marks import Sentence

_BLOCK = 1_000
"""Characters that are judged together, at least; a shorter text is taken as prose."""
_LEAST_LETTERS = 0.5  # of visible characters
_MOST_CHARACTERS_A_WORD = 25
_FEWEST_DISTINCT = 8  # words in a block
_SHORTEST_SENTENCE = 4  # words
_LEAST_FUNCTION_WORDS = 0.01
_ENOUGH_WORDS = 60
_WORD = re.compile(r"[^\W\d_]{1,40}")


class Stretch(NamedTuple):
    """Whole sentences of the layout, from `first` to before `last`, all prose or all not."""

    first: int
    last: int
    is_prose: bool


def stretches(text: str, sentences: Sequence[Sentence], function_words: frozenset[str]) -> list[Stretch]:
    """The text as alternating stretches of prose and of what is none, in order, holding every sentence."""
    found: list[Stretch] = []
    for part in _judged(text, sentences, function_words):
        if part.first == part.last:
            continue
        if found and found[-1].is_prose == part.is_prose:
            part = Stretch(found.pop().first, part.last, part.is_prose)
        found.append(part)
    return found


def _judged(text: str, sentences: Sequence[Sentence], function_words: frozenset[str]) -> Iterator[Stretch]:
    """Blocks in order. The sentences at the ends of a block that is no prose may still belong to what is around it."""
    for first, last in _blocks(sentences):
        block = text[sentences[first].span.start : sentences[last - 1].span.end]
        if len(block) < _BLOCK or _is_prose(block, function_words):
            yield Stretch(first, last, True)
            continue
        low, high = first, last
        while low < high and _is_sentence(text[slice(*sentences[low].span)], function_words):
            low += 1
        while high > low and _is_sentence(text[slice(*sentences[high - 1].span)], function_words):
            high -= 1
        yield Stretch(first, low, True)
        yield Stretch(low, high, False)
        yield Stretch(high, last, True)


def _blocks(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Runs of sentences that reach _BLOCK characters; what is left at the end is joined to the last."""
    first = 0
    for number, sentence in enumerate(sentences):
        end = sentence.span.end
        if end - sentences[first].span.start >= _BLOCK and sentences[-1].span.end - end >= _BLOCK:
            yield first, number + 1
            first = number + 1
    if first < len(sentences):
        yield first, len(sentences)


def _is_prose(block: str, function_words: frozenset[str]) -> bool:
    words = _words(block)
    if words is None:
        return False
    if len(words) < _ENOUGH_WORDS:
        return True
    common = sum(word in function_words for word in words)
    return len(set(words)) >= _FEWEST_DISTINCT and common >= _LEAST_FUNCTION_WORDS * len(words)


def _is_sentence(sentence: str, function_words: frozenset[str]) -> bool:
    """Whether a sentence is one by itself, whatever surrounds it."""
    words = _words(sentence)
    if words is None or len(words) < _SHORTEST_SENTENCE:
        return False
    return 2 * len(set(words)) > len(words) and any(word in function_words for word in words)


def _words(stretch: str) -> list[str] | None:
    """The words in lower case; None where the stretch is not made of words in the main."""
    visible = sum(map(len, stretch.split()))
    words = [word.lower() for word in _WORD.findall(stretch)]
    if sum(map(len, words)) < _LEAST_LETTERS * visible or len(words) * _MOST_CHARACTERS_A_WORD < visible:
        return None
    return words
