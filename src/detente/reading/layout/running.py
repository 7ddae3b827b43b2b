"""Quotations over several paragraphs, and marks that stand alone.

An opener that its paragraph does not answer runs on where the next paragraph opens with a mark again, or where a
closer without an opener stands within reach and nothing between returns to narration. Without such evidence it
ends with its paragraph, or, in the middle of ordinary text, with its sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from detente.reading.layout.cues import CueIndex
from detente.reading.layout.pairing import Mark, Paired
from detente.reading.marks import Paragraph, Sentence, Span

REACH_PARAGRAPHS = 12
REACH_CHARACTERS = 15_000
_LOOK_BACK = 8
_TAIL = 90
_QUOTE_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")


class Stretch(NamedTuple):
    """A quotation before it is judged. `is_whole`: nothing but the quotation stands in its paragraphs."""

    span: Span
    contents: tuple[Span, ...]
    first: int
    last: int
    is_whole: bool


class Evidence(NamedTuple):
    """For each paragraph, the nearest paragraph from it on that has a closer without an opener, that opens with a
    mark, or that returns to narration; the number of paragraphs where there is none."""

    stray: list[int]
    opening: list[int]
    narration: list[int]


def follow(
    text: str,
    paragraphs: Sequence[Paragraph],
    sentences: Sequence[Sentence],
    paired: Sequence[Paired],
    cues: CueIndex,
) -> list[Stretch]:
    """All quotations of the text, in order of their start, an outer one before those inside it."""
    return _Follower(text, paragraphs, sentences, paired, cues).follow()


class _Follower:
    def __init__(
        self,
        text: str,
        paragraphs: Sequence[Paragraph],
        sentences: Sequence[Sentence],
        paired: Sequence[Paired],
        cues: CueIndex,
    ) -> None:
        self.text = text
        self.spans = [paragraph.span for paragraph in paragraphs]
        self.kinds = [paragraph.kind for paragraph in paragraphs]
        self.sentence_starts = [sentence.span.start for sentence in sentences]
        self.sentences = sentences
        self.paired = paired
        self.cues = cues
        self.evidence = self._weigh()
        self.used: set[int] = set()
        self.stretches: list[Stretch] = []

    def follow(self) -> list[Stretch]:
        at, place = 0, 0
        while at < len(self.spans):
            place = max(place, self.spans[at].start)
            unclosed = next((mark for mark in self.paired[at].unclosed if mark.start >= place), None)
            self._keep_strays(at, place, unclosed.start if unclosed else self.spans[at].end)
            if unclosed is None:
                at += 1
                continue
            at, place = self._run(at, unclosed)
        for number, paired in enumerate(self.paired):
            for pair in paired.pairs:
                if pair.opening.start not in self.used:
                    self._keep([(number, pair.opening.start, pair.opening.end, pair.closing.start)], pair.closing.end)
        self._keep_block_quotes()
        self.stretches.sort(key=lambda stretch: (stretch.span.start, -stretch.span.end))
        return self._merged()

    # -- evidence ---------------------------------------------------------------------------------------

    def _weigh(self) -> Evidence:
        count = len(self.spans)
        stray, opening, narration = ([count] * (count + 1) for _ in range(3))
        for number in range(count - 1, -1, -1):
            stray[number] = number if self.paired[number].stray else stray[number + 1]
            opening[number] = number if self._opener_at_start(number) else opening[number + 1]
            narration[number] = number if self._is_narration(number) else narration[number + 1]
        return Evidence(stray, opening, narration)

    def _opener_at_start(self, number: int, *, single: bool = False) -> Mark | None:
        """The mark that opens the paragraph: a double or angled one, or, where `single`, a single one."""
        start = self.spans[number].start
        paired = self.paired[number]
        first = paired.unclosed[0] if paired.unclosed else None
        if (first is None or first.start != start) and paired.pairs:
            first = paired.pairs[0].opening
        return first if first is not None and first.start == start and (first.family == "single") == single else None

    def _is_narration(self, number: int) -> bool:
        """A complete quotation beside a verb of saying: the writer is back."""
        span = self.spans[number]
        return any(
            pair.opening.family != "single"
            and (
                self.cues.has("speech", pair.closing.end, min(span.end, pair.closing.end + 60))
                or self.cues.has("speech", max(span.start, pair.opening.start - 40), pair.opening.start)
            )
            for pair in self.paired[number].pairs[:20]
        )

    def _has_lead(self, number: int, opener: Mark, *, cued: bool = True) -> bool:
        """Whether something before the opener announces speech: the paragraph's start, a colon, and, where `cued`,
        a verb of saying."""
        span = self.spans[number]
        before = self.text[max(span.start, opener.start - 40) : opener.start].rstrip()
        if opener.start == span.start or not any(map(str.isalnum, before)):
            return True
        return before[-1] in ":,—–" or (
            cued and self.cues.has("speech", max(span.start, opener.start - 40), opener.start)
        )

    def _attribution(self, number: int, opener: Mark) -> int | None:
        """Where `, said X.` begins at the end of a paragraph whose closing mark is missing."""
        span = self.spans[number]
        low = max(opener.end, span.end - _TAIL)
        comma = self.text.rfind(",", low, span.end)
        if comma < 0 or not self.cues.has("speech", comma, span.end):
            return None
        words = self.text[comma + 1 : span.end].split()
        return comma + 1 if 2 <= len(words) <= 7 else None

    # -- runs -------------------------------------------------------------------------------------------

    def _run(self, at: int, opener: Mark) -> tuple[int, int]:
        """Follows one opener; returns the paragraph and the place in it where reading goes on."""
        pieces: list[tuple[int, int, int, int]] = []
        mark, number = opener, at
        while True:
            self.used.add(mark.start)
            attributed = self._attribution(number, mark)
            if attributed is not None:
                pieces.append((number, mark.start, mark.end, attributed))
                self._keep(pieces, attributed)
                return number, max(attributed, mark.end)
            step = self._next_piece(number, mark)
            if step is None:
                end = self.spans[number].end
                if not pieces and not self._has_lead(number, mark, cued=False):
                    end = min(end, self._sentence_of(mark.start).end)
                pieces.append((number, mark.start, mark.end, end))
                self._keep(pieces, end)
                return number, max(end, mark.end)
            pieces.append((number, mark.start, mark.end, self.spans[number].end))
            following, closer = step
            for between in range(number + 1, following):
                pieces.append((between, *self._unmarked(between)))
            number = following
            opening = self._opener_at_start(number, single=mark.family == "single") if closer is None else None
            if opening is None:
                assert closer is not None
                start = self.spans[number].start
                pieces.append((number, start, start, closer.start))
                self.used.add(closer.start)
                self._keep(pieces, closer.end)
                return number, closer.end
            pair = next((pair for pair in self.paired[number].pairs if pair.opening == opening), None)
            if pair is not None:
                self.used.add(opening.start)
                pieces.append((number, opening.start, opening.end, pair.closing.start))
                self._keep(pieces, pair.closing.end)
                return number, pair.closing.end
            mark = opening

    def _unmarked(self, number: int) -> tuple[int, int, int]:
        span = self.spans[number]
        return span.start, span.start, span.end

    def _next_piece(self, number: int, mark: Mark) -> tuple[int, Mark | None] | None:
        """The paragraph where the quotation goes on: one that opens with a mark (then None), or the one that holds
        the closer, with the closer. None where the quotation goes no further."""
        following = number + 1
        if following >= len(self.spans):
            return None
        if mark.family == "single":
            return (following, None) if self._opener_at_start(following, single=True) else None
        evidence = self.evidence
        stray = evidence.stray[following]
        if (
            stray < len(self.spans)
            and stray - number <= REACH_PARAGRAPHS
            and self.spans[stray].start - mark.start <= REACH_CHARACTERS
            and evidence.opening[following] > stray
            and self._closes(stray, mark)
            and evidence.narration[following] >= stray
        ):
            closer = self.paired[stray].stray[0]
            if evidence.narration[following] > stray or self.paired[stray].pairs[0].opening.start > closer.start:
                return stray, closer
        if not self._has_lead(number, mark):
            return None
        if evidence.opening[following] == following:
            return following, None
        opening = evidence.opening[following]
        is_heading = self.kinds[following] == "heading" and opening == following + 1
        is_unfinished = self.text[self.spans[number].end - 1] in ":;,—–-" and opening - number <= 4
        if opening < len(self.spans) and evidence.narration[following] > opening and (is_heading or is_unfinished):
            return opening, None
        return None

    def _closes(self, number: int, mark: Mark) -> bool:
        return self.paired[number].stray[0].family == mark.family

    # -- what is kept -----------------------------------------------------------------------------------

    def _keep_strays(self, at: int, place: int, end: int) -> None:
        """Closers that no opener answers: the quotation begins with its sentence, or after the paragraph before
        that ends in a colon."""
        low = place
        for closer in self.paired[at].stray:
            if not place <= closer.start < end or closer.start in self.used:
                continue
            if low == self.spans[at].start and (introduced := self._colon_before(at)) is not None:
                pieces = [(number, *self._unmarked(number)) for number in range(introduced + 1, at)]
                pieces.append((at, low, low, closer.start))
                self._keep(pieces, closer.end)
            else:
                start = max(low, self._sentence_of(closer.start - 1).start)
                last = self.paired[at].pairs
                inside = [pair.closing.end for pair in last[:50] if pair.closing.end <= closer.start]
                start = max([start, *inside])
                if not (inside and self._is_bare_attribution(start, closer.start)):
                    self._keep([(at, start, start, closer.start)], closer.end)
            low = closer.end

    def _is_bare_attribution(self, start: int, end: int) -> bool:
        """Whether the words after a quotation only say who spoke: then a closer after them is a slip."""
        return end - start < 60 and self.cues.has("speech", start, end)

    def _colon_before(self, at: int) -> int | None:
        for number in range(at - 1, max(-1, at - 1 - _LOOK_BACK), -1):
            paired = self.paired[number]
            if self.text[self.spans[number].end - 1] == ":":
                return number
            if paired.pairs or paired.unclosed or paired.stray:
                return None
        return None

    def _keep(self, pieces: list[tuple[int, int, int, int]], end: int) -> None:
        """Keeps a quotation of (paragraph, outer start, inner start, inner end) pieces, unless it is empty."""
        contents = []
        for _, _, start, stop in pieces:
            content = self._trimmed(start, stop)
            if any(map(str.isalnum, self.text[content.start : content.end])):
                contents.append(content)
        if not contents:
            return
        first, start = pieces[0][0], pieces[0][1]
        last = pieces[-1][0]
        begins = not any(
            map(str.isalnum, self.text[self.spans[first].start : min(start, self.spans[first].start + 40)])
        )
        ends = not any(map(str.isalnum, self.text[end : min(self.spans[last].end, end + 40)]))
        self.stretches.append(Stretch(Span(start, end), tuple(contents), first, last, begins and ends))

    def _trimmed(self, start: int, end: int) -> Span:
        while end > start and self.text[end - 1].isspace():
            end -= 1
        while start < end and self.text[start].isspace():
            start += 1
        return Span(start, end)

    def _sentence_of(self, place: int) -> Span:
        return self.sentences[max(0, bisect_right(self.sentence_starts, place) - 1)].span

    def _keep_block_quotes(self) -> None:
        for number, span in enumerate(self.spans):
            if self.text[span.start] != ">":
                continue
            contents = []
            for line in _QUOTE_LINE.finditer(self.text, span.start, span.end):
                start = line.start()
                while start < line.end() and self.text[start] in "> \t":
                    start += 1
                content = self._trimmed(start, line.end())
                if content.end > content.start:
                    contents.append(content)
            if contents:
                self.stretches.append(Stretch(span, tuple(contents), number, number, True))

    def _merged(self) -> list[Stretch]:
        """Quotations that fill paragraphs one after another are one: headings between marks belong to it."""
        merged: list[Stretch] = []
        chain: list[Stretch] = []
        for stretch in self.stretches:
            outer = chain[-1] if chain else None
            if outer is not None and outer.is_whole and stretch.is_whole and stretch.first == outer.last + 1:
                chain.append(stretch)
            elif outer is None or stretch.span.start >= outer.span.end:
                merged.extend(_linked(chain))
                chain = [stretch]
            else:
                merged.append(stretch)
        merged.extend(_linked(chain))
        merged.sort(key=lambda stretch: (stretch.span.start, -stretch.span.end))
        return merged


def _linked(chain: list[Stretch]) -> list[Stretch]:
    if len(chain) < 2:
        return chain
    contents = tuple(content for stretch in chain for content in stretch.contents)
    return [Stretch(Span(chain[0].span.start, chain[-1].span.end), contents, chain[0].first, chain[-1].last, True)]
