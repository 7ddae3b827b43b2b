"""Sentences that never end are cut, so that what reads a sentence has a bounded one before it.

No newspaper prints a sentence of two thousand characters; resolutions, lists and junk do.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.reading.marks import Sentence, Span

LONGEST_SENTENCE = 2_000
"""Characters; about 330 words."""
_BREAKS = ("; ", ": ", ", ", " ")


def bounded(text: str, sentence: Sentence) -> Iterator[Sentence]:
    """The sentence itself, or pieces of at most LONGEST_SENTENCE characters that cover what is visible of it.

    A piece ends after the last semicolon of its second half, else after a colon, a comma or a word, else anywhere.
    """
    start, end = sentence.span
    while end - start > LONGEST_SENTENCE:
        cut = _cut(text, start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        stop = cut
        while text[stop - 1].isspace():
            stop -= 1
        yield Sentence(Span(start, stop), sentence.paragraph)
        start = cut
        while text[start].isspace():
            start += 1
    yield Sentence(Span(start, end), sentence.paragraph)


def _cut(text: str, low: int, high: int) -> int:
    for mark in _BREAKS:
        if (at := text.rfind(mark, low, high)) >= 0:
            return at + len(mark)
    return high
