"""The working paper of one document: its text and the marks made so far. Each step adds marks, none changes any."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from detente.model.document import Document
from detente.reading.marks import (
    ClaimMark,
    EventMark,
    FigureMark,
    Layout,
    MentionMark,
    PlaceMark,
    Rejected,
    Span,
    TimeMark,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Paper:
    """`parse` is the spaCy Doc of the whole text; its token offsets (`token.idx`) are offsets into the text.

    Fields are None until the step that gives them has run.
    """

    doc: Document
    layout: Layout | None = None
    parse: Doc | None = None
    mentions: tuple[MentionMark, ...] | None = None
    times: tuple[TimeMark, ...] | None = None
    places: tuple[PlaceMark, ...] | None = None
    figures: tuple[FigureMark, ...] | None = None
    claims: tuple[ClaimMark, ...] | None = None
    events: tuple[EventMark, ...] | None = None
    rejected: tuple[Rejected, ...] = ()

    @property
    def text(self) -> str:
        return self.doc.text

    def words(self, span: Span) -> str:
        return self.doc.text[span.start : span.end]

    def adding(self, *, rejected: tuple[Rejected, ...] = (), **marks: Any) -> Paper:
        """This paper with the marks of one more step."""
        return replace(self, rejected=self.rejected + rejected, **marks)
