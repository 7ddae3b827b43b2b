"""Texts that are one speaker's from end to end: a signed letter, a ministry's statement, a minister's answer.

The heading, the signature or the question says who speaks. Labelled speakers are `labels`', quotations `quotations`'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from detente.reading.claims.drafts import Draft
from detente.reading.marks import Layout, MentionMark, Paragraph, Party, Span

_HEADING: Final = re.compile(
    r"(?:[^\n]{0,60}?\b)?(?:letter|letters to the editor|statement|remarks|speech|address|message|reply|note verbale)\b"
    r"[^\n]{0,60}?\b(?:by|from|of)\s+",
    re.IGNORECASE,
)
_JOINT: Final = re.compile(r"\bjoint\b", re.IGNORECASE)
_SALUTATION: Final = re.compile(
    r"(?:dear\s[^,\n:]{1,60}|sirs?|madam|sir or madam|(?:your\s)?excellenc(?:y|ies)"
    r"|mr\.?\s(?:president|chairman|secretary-general)|to the editor)\s?[,:–—-]",
    re.IGNORECASE,
)
_FROM: Final = re.compile(r"from:?\s+(?=[A-Z])", re.IGNORECASE)
_ANSWER: Final = re.compile(r"(?:written |oral )?(?:answer|reply|response)[.:]?$", re.IGNORECASE)
_QUESTION: Final = re.compile(r"to ask\s+", re.IGNORECASE)
_OPENING: Final = 4
"""Paragraphs that may head a letter."""
_LONGEST_HEADING: Final = 260
_LONGEST_SIGNATURE: Final = 140


class LetterRules:
    """One document, if it is a letter, a statement or an answer."""

    def __init__(self, text: str, layout: Layout, mentions: Sequence[MentionMark]) -> None:
        self.text, self.layout = text, layout
        self.mentions = [mark for mark in mentions if mark.use == "actor" and mark.form != "pronoun"]

    def read(self) -> list[Draft]:
        return self._answer() or self._letter()

    def _letter(self) -> list[Draft]:
        paragraphs = self.layout.paragraphs
        opening = range(min(_OPENING, len(paragraphs)))
        salutation = next((k for k in opening if _SALUTATION.match(self.text, *paragraphs[k].span)), None)
        for k in opening:
            span = paragraphs[k].span
            words = self.text[slice(*span)]
            found = _HEADING.match(self.text, *span)
            if (
                found is None
                or len(words) > _LONGEST_HEADING
                or _JOINT.search(words)
                or words.endswith((".", "!", "?"))
            ):
                continue
            source = self._mention_from(found.end(), span.end)
            if source is not None and (salutation is not None or paragraphs[k].kind in ("title", "heading")):
                return self._draft(source, range(k + 1, len(paragraphs)), "the heading")
        if salutation is None:
            return []
        last = len(paragraphs) - 1
        span = paragraphs[last].span
        if last > salutation and self._is_signature(span):
            source = self._mention_from(span.start, span.end)
            if source is not None:
                return self._draft(source, range(salutation, last), "the signature")
        for k in opening:
            span = paragraphs[k].span
            found = _FROM.match(self.text, *span)
            if found is not None and span.end - span.start < _LONGEST_SIGNATURE:
                source = self._mention_from(found.end(), span.end)
                if source is not None:
                    return self._draft(source, range(k + 1, len(paragraphs)), "whom it is from")
        return []

    def _is_signature(self, span: Span) -> bool:
        words = self.text[slice(*span)]
        return len(words) < _LONGEST_SIGNATURE and not words.endswith((".", "?", "!", ":"))

    def _answer(self) -> list[Draft]:
        """As in "To ask the Minister … ANSWER …": the one who is asked answers."""
        paragraphs = self.layout.paragraphs
        for k in range(1, len(paragraphs)):
            span = paragraphs[k].span
            if span.end - span.start > 40 or not _ANSWER.match(self.text, *span):
                continue
            for before in paragraphs[:k]:
                found = _QUESTION.match(self.text, *before.span)
                source = self._mention_from(found.end(), before.span.end) if found is not None else None
                if source is not None:
                    return self._draft(source, range(k + 1, len(paragraphs)), "who is asked")
        return []

    def _mention_from(self, start: int, end: int) -> Party | None:
        """The first and longest mention at `start`, which may have an article before it."""
        found = [mark for mark in self.mentions if start <= mark.span.start <= start + 4 and mark.span.end <= end]
        best = max(found, key=lambda mark: mark.span.end - mark.span.start, default=None)
        return Party(best.span, best.head, True) if best is not None else None

    def _draft(self, source: Party, places: range, reason: str) -> list[Draft]:
        parts = [self.layout.paragraphs[k].span for k in places if _holds_words(self.layout.paragraphs[k])]
        if not parts:
            return []
        return [
            Draft(
                cue_tokens=(), cues=(), sources=(source,), contents=tuple(parts), act="state",
                reason=f"a text of one speaker, by {reason}", score=0.8, form="direct",
            )
        ]  # fmt: skip


def _holds_words(paragraph: Paragraph) -> bool:
    return paragraph.kind in ("text", "list")
