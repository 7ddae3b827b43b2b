"""The layout step: its passes in order."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar, NamedTuple

from detente.knowledge import Knowledge
from detente.knowledge.wordlist import WordList
from detente.reading.layout.bounding import bounded
from detente.reading.layout.cues import CueWords
from detente.reading.layout.holding import Holding
from detente.reading.layout.pairing import Pairing
from detente.reading.layout.paragraphs import Paragraphs
from detente.reading.layout.running import follow
from detente.reading.layout.sentences import Sentences
from detente.reading.marks import Layout
from detente.reading.paper import Paper


class _Passes(NamedTuple):
    paragraphs: Paragraphs
    sentences: Sentences
    pairing: Pairing
    cues: CueWords
    holding: Holding


class LayoutStep:
    """Gives `paper.layout`: paragraphs and sentences in order, disjoint, covering every visible character;
    quotations in order of their start, an outer one before those inside it."""

    name: ClassVar[str] = "layout"
    needs: ClassVar[frozenset[str]] = frozenset()
    gives: ClassVar[frozenset[str]] = frozenset({"layout"})

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    @cached_property
    def _passes(self) -> _Passes:
        language = self.knowledge.language
        quotation = WordList.load(language, "quotation")
        return _Passes(
            Paragraphs(WordList.load(language, "paragraphs")),
            Sentences(WordList.load(language, "abbreviations"), quotation),
            Pairing(quotation),
            CueWords(quotation),
            Holding(quotation),
        )

    def read(self, paper: Paper) -> Paper:
        text, passes = paper.text, self._passes
        paragraphs = passes.paragraphs.find(text, paper.doc.title)
        sentences = [piece for sentence in passes.sentences.cut(text, paragraphs) for piece in bounded(text, sentence)]
        paired = [passes.pairing.pair(text, paragraph.span) for paragraph in paragraphs]
        cues = passes.cues.index(text)
        stretches = follow(text, paragraphs, sentences, paired, cues)
        quotations = passes.holding.hold(text, paragraphs, sentences, stretches, cues)
        return paper.adding(layout=Layout(tuple(paragraphs), tuple(sentences), tuple(quotations)))
