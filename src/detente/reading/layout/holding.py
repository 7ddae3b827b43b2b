"""What introduces a quotation, and of which kind it is. Who the introducer names is for the claims step to say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

from detente.knowledge.wordlist import WordList
from detente.reading.layout.cues import CueIndex
from detente.reading.layout.running import Stretch
from detente.reading.marks import Paragraph, Quotation, Sentence, Span

Kind = Literal["speech", "running", "scare", "title"]

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_WINDOW = 240
_SMALL_WORDS = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "over", "the", "to", "with")
)
_DISTANCING = frozenset(("so-called", "self-styled", "self-proclaimed", "alleged", "supposed"))


class Holding:
    """Judges quotations by the words around and within them."""

    def __init__(self, words: WordList) -> None:
        self.works = words.forms("work")
        self.titling = words.forms("titling")

    def hold(
        self,
        text: str,
        paragraphs: Sequence[Paragraph],
        sentences: Sequence[Sentence],
        stretches: Sequence[Stretch],
        cues: CueIndex,
    ) -> list[Quotation]:
        return _Holder(self, text, paragraphs, sentences, stretches, cues).hold()


class _Holder:
    def __init__(
        self,
        holding: Holding,
        text: str,
        paragraphs: Sequence[Paragraph],
        sentences: Sequence[Sentence],
        stretches: Sequence[Stretch],
        cues: CueIndex,
    ) -> None:
        self.holding = holding
        self.text = text
        self.paragraphs = paragraphs
        self.sentences = sentences
        self.starts = [sentence.span.start for sentence in sentences]
        self.stretches = stretches
        self.cues = cues
        self.quotations: list[Quotation] = []

    def hold(self) -> list[Quotation]:
        stack: list[Quotation] = []
        previous: Quotation | None = None
        previous_stretch: Stretch | None = None
        for index, stretch in enumerate(self.stretches):
            while stack and stack[-1].span.end <= stretch.span.start:
                stack.pop()
            low, high = (stack[-1].span.start + 1, stack[-1].span.end - 1) if stack else (0, len(self.text))
            if stack:
                low, high = self._piece(stack[-1], stretch.span)
            quotation = self._judge(index, stretch, low, high, bool(stack), previous, previous_stretch)
            self.quotations.append(quotation)
            if not stack and quotation.kind in ("speech", "running"):
                previous, previous_stretch = quotation, stretch
            stack.append(quotation)
        return self.quotations

    def _piece(self, outer: Quotation, inner: Span) -> tuple[int, int]:
        """The content of the outer quotation in which the inner one stands."""
        at = bisect_right(outer.contents, inner.start, key=lambda content: content.start) - 1
        content = outer.contents[max(at, 0)]
        return content.start, max(content.end, inner.end)

    def _judge(
        self,
        index: int,
        stretch: Stretch,
        low: int,
        high: int,
        is_nested: bool,
        previous: Quotation | None,
        previous_stretch: Stretch | None,
    ) -> Quotation:
        before, after = self._sides(index, stretch, low, high)
        cued = self._cued_side(stretch, before, after)
        kind = self._kind(stretch, before, after, cued)
        introducer = None
        if kind in ("speech", "running"):
            introducer = cued or self._shared(stretch, previous) or self._rest(before, after)
            if introducer is not None and introducer == after and self._names_nobody(after):
                introducer = self._colon_before(stretch) or introducer
            if introducer is None and not is_nested:
                introducer = self._earlier(stretch, previous, previous_stretch)
        if introducer is not None and introducer.meets(stretch.span):
            introducer = (
                None  # of marks that overlap, one's words may lie inside the other: nothing outside introduces it
            )
        return Quotation(stretch.span, stretch.contents, kind, introducer)

    # -- the rest of the sentence -----------------------------------------------------------------------

    def _sides(self, index: int, stretch: Stretch, low: int, high: int) -> tuple[Span | None, Span | None]:
        """The words of the sentence before and after the quotation, without its neighbours' words."""
        start = max(low, self._sentence(stretch.span.start).start)
        end = min(high, self._sentence_end(stretch))
        if index and self.stretches[index - 1].span.end <= stretch.span.start:
            start = max(start, self.stretches[index - 1].span.end)
        if index + 1 < len(self.stretches) and stretch.span.end <= self.stretches[index + 1].span.start:
            end = min(end, self.stretches[index + 1].span.start)
        return self._worded(start, stretch.span.start), self._worded(stretch.span.end, end)

    def _sentence_end(self, stretch: Stretch) -> int:
        """The end of the sentence that the quotation ends in; its own where it closes a sentence with its stop."""
        return self._sentence(max(stretch.span.start, stretch.span.end - 1)).end

    def _sentence(self, place: int) -> Span:
        return self.sentences[max(0, bisect_right(self.starts, place) - 1)].span

    def _worded(self, start: int, end: int) -> Span | None:
        while start < end and not self.text[start].isalnum():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Span(start, end) if start < end else None

    def _cued_side(self, stretch: Stretch, before: Span | None, after: Span | None) -> Span | None:
        """The side that holds a verb of saying; the nearer verb where both do."""
        nearest: tuple[int, Span] | None = None
        if before is not None:
            low = max(before.start, before.end - _WINDOW)
            found = max((self.cues.last(kind, low, before.end) or -1 for kind in ("speech", "naming")), default=-1)
            if found < 0 and self.text[stretch.span.start - 2 : stretch.span.start].rstrip().endswith(":"):
                found = before.end
            if found >= 0:
                nearest = (stretch.span.start - found, before)
        if after is not None:
            high = min(after.end, after.start + 80)
            found = self.cues.first("speech", after.start, high) or -1
            if found >= 0 and (nearest is None or found - stretch.span.end < nearest[0]):
                nearest = (found - stretch.span.end, after)
        return nearest[1] if nearest else None

    def _shared(self, stretch: Stretch, previous: Quotation | None) -> Span | None:
        """The introducer of the quotation before it in the same sentence: he said it was “a” and “b”."""
        if previous is None or previous.span.start < self._sentence(stretch.span.start).start:
            return None
        return previous.introducer

    def _names_nobody(self, side: Span) -> bool:
        return self.text[side.start : side.start + 6].split(" ")[0].lower() in ("he", "she", "they", "it", "we", "i")

    def _colon_before(self, stretch: Stretch) -> Span | None:
        """The sentence before, in this paragraph or the last, where it ends in a colon: it names the holder."""
        at = bisect_right(self.starts, stretch.span.start) - 1
        if at <= 0 or self.sentences[at].span.start < stretch.span.start:
            return None
        span = self.sentences[at - 1].span
        return self._worded(span.start, span.end) if self.text[span.end - 1] == ":" else None

    def _rest(self, before: Span | None, after: Span | None) -> Span | None:
        return before if before is not None else after

    # -- kinds ------------------------------------------------------------------------------------------

    def _kind(self, stretch: Stretch, before: Span | None, after: Span | None, cued: Span | None) -> Kind:
        if stretch.last > stretch.first or len(stretch.contents) > 1:
            return "running"
        content = stretch.contents[0]
        if content.end - content.start > 120:
            return "speech"
        words = _WORD.findall(self.text, content.start, content.end)
        left = self._words_near(before, from_end=True)
        right = self._words_near(after, from_end=False)
        if self._is_title(words, left, right):
            return "title"
        if left and left[-1] in _DISTANCING and len(words) <= 5:
            return "scare"
        closes_sentence = self.text[content.end - 1] in ".!?…"
        if stretch.is_whole or (before is None and (closes_sentence or self.text[content.end - 1] == ",")):
            return "speech"
        beside = self._is_beside_cue(stretch, before, after)
        if _is_name(words) and not closes_sentence and not beside:
            return "title" if len(words) > 1 else "scare"
        if len(words) <= 4 and not closes_sentence:
            return "speech" if beside or self._is_near_cue(stretch, before, after) else "scare"
        if cued is not None:
            return "speech"
        speaks = self.cues.has("self", content.start, content.end)
        return "speech" if len(words) > 7 or (len(words) > 3 and speaks) else "scare"

    def _is_beside_cue(self, stretch: Stretch, before: Span | None, after: Span | None) -> bool:
        """A verb of saying or naming just before, a colon, or a verb of saying just after."""
        start, end = stretch.span
        if before is not None and (
            self.text[max(0, start - 2) : start].rstrip().endswith(":")
            or self.cues.has("speech", max(before.start, start - 15), start)
            or self.cues.has("naming", max(before.start, start - 40), start)
        ):
            return True
        return after is not None and self.cues.has("speech", after.start, min(after.end, end + 25))

    def _is_near_cue(self, stretch: Stretch, before: Span | None, after: Span | None) -> bool:
        start, end = stretch.span
        low = max(self._sentence(start).start, start - 90)
        if self.cues.has("speech", low, start) or self.cues.has("naming", low, start):
            return True
        return after is not None and self.cues.has("speech", after.start, min(after.end, end + 50))

    def _words_near(self, side: Span | None, *, from_end: bool) -> list[str]:
        if side is None:
            return []
        start, end = (
            (max(side.start, side.end - 60), side.end) if from_end else (side.start, min(side.end, side.start + 60))
        )
        return [word.lower() for word in _WORD.findall(self.text, start, end)]

    def _is_title(self, words: list[str], left: list[str], right: list[str]) -> bool:
        """A name of a work: capitals throughout, beside a word for works; or any words after `titled`."""
        if not words or len(words) > 14:
            return False
        if left and left[-1] in self.holding.titling:
            return True
        if not _is_name(words):
            return False
        return bool(set(right[:2]) & self.holding.works) or bool(set(left[-2:]) & self.holding.works)

    # -- sentences and paragraphs before ----------------------------------------------------------------

    def _earlier(self, stretch: Stretch, previous: Quotation | None, previous_stretch: Stretch | None) -> Span | None:
        """The holder of the quotation just before, else the sentence before, in this paragraph or the last one."""
        at = bisect_right(self.starts, stretch.span.start) - 1
        if at <= 0:
            return None
        before = self.sentences[at - 1]
        near = before.paragraph >= stretch.first - 1
        if previous is not None and previous_stretch is not None and previous.introducer is not None and near:
            last = self.sentences[
                max(0, bisect_right(self.starts, max(previous.span.end - 1, previous.introducer.start)) - 1)
            ]
            if last.span.start >= before.span.start and previous_stretch.last >= stretch.first - 1:
                return previous.introducer
        while before.paragraph >= 0 and self.paragraphs[before.paragraph].kind in ("heading", "caption", "dateline"):
            at = bisect_right(self.starts, self.paragraphs[before.paragraph].span.start) - 1
            if at <= 0:
                return None
            before = self.sentences[at - 1]
        if self.paragraphs[before.paragraph].kind in ("title", "byline"):
            return None
        return self._worded(before.span.start, before.span.end)


def _is_name(words: Sequence[str]) -> bool:
    """Capitals throughout, as in names and titles."""
    heavy = [word for word in words if word not in _SMALL_WORDS]
    return bool(heavy) and all(word[0].isupper() or word[0].isdigit() for word in heavy)
