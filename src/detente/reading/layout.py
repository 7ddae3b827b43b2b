"""Paragraphs, sentences, headings and quotation blocks. Deterministic, linear in time, never fails."""

from __future__ import annotations

import re
from typing import ClassVar

from detente.knowledge import Knowledge
from detente.reading.marks import Layout, Paragraph, Sentence, Span
from detente.reading.paper import Paper

_PARAGRAPH = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"[.!?][”\"’')\]]*\s+(?=[“\"‘'(\[]*[A-Z0-9])")


class LayoutStep:
    name: ClassVar[str] = "layout"
    needs: ClassVar[frozenset[str]] = frozenset()
    gives: ClassVar[frozenset[str]] = frozenset({"layout"})

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def read(self, paper: Paper) -> Paper:
        paragraphs, sentences = [], []
        for found in _PARAGRAPH.finditer(paper.text):
            if not found.group().strip():
                continue
            paragraphs.append(Paragraph(Span(found.start(), found.end())))
            start = found.start()
            for stop in _SENTENCE_END.finditer(paper.text, found.start(), found.end()):
                sentences.append(Sentence(Span(start, stop.end()), len(paragraphs) - 1))
                start = stop.end()
            sentences.append(Sentence(Span(start, found.end()), len(paragraphs) - 1))
        return paper.adding(layout=Layout(tuple(paragraphs), tuple(sentences)))
