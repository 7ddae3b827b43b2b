"""Speakers named by a label: "Q:", "MS SMITH:", "Prime Minister: …" in transcripts, and "X: …" in headlines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from detente.reading.claims.drafts import Draft
from detente.reading.layout.labels import Label, Labels
from detente.reading.marks import Layout, Party, Span

_LONGEST_TITLE: Final = 200


class LabelRules:
    """One document's labels."""

    def __init__(self, text: str, layout: Layout, groups: Mapping[str, frozenset[str]]) -> None:
        self.text, self.layout, self.groups = text, layout, groups

    def read(self) -> list[Draft]:
        labels = Labels(self.groups)
        spoken = labels.spoken(self.text, self.layout)
        if spoken:
            return self._transcript(spoken)
        labelled = labels.all(self.text, self.layout)
        if len(labelled) > 2 or len(self.layout.paragraphs) < 2:
            return []
        return [draft for found in labelled if (draft := self._headline(found)) is not None]

    # -- transcripts ------------------------------------------------------------------------------------

    def _transcript(self, labelled: list[Label]) -> list[Draft]:
        """A speaker goes on until the next label; where one speaker alone has labels, the paragraph before each is the
        question that he is asked."""
        drafts = []
        alone = len({self.text[slice(*found.name)] for found in labelled}) == 1
        ends = [found.paragraph for found in labelled[1:]] + [len(self.layout.paragraphs)]
        for found, end in zip(labelled, ends, strict=True):
            parts = [Span(found.end, self.layout.paragraphs[found.paragraph].span.end)]
            is_last = end == len(self.layout.paragraphs)
            for k in range(found.paragraph + 1, end - (alone and not is_last)):
                if self.layout.paragraphs[k].kind in ("text", "list"):
                    parts.append(self.layout.paragraphs[k].span)
            drafts.append(self._draft(found, [self._stripped(part) for part in parts], "a labelled speaker", 0.9))
        return [draft for draft in drafts if draft.contents]

    def _headline(self, found: Label) -> Draft | None:
        """Reads "X: P" in a title or a short first line; "P: X" is left alone."""
        paragraph = self.layout.paragraphs[found.paragraph]
        short = paragraph.span.end - paragraph.span.start <= _LONGEST_TITLE
        if not short or not (paragraph.kind in ("title", "heading") or found.paragraph == 0):
            return None
        rest = self._stripped(Span(found.end, paragraph.span.end))
        name = self.text[slice(*found.name)]
        if rest.end - rest.start < 12 or self.text[rest.start].islower() or len(name.split()) > 5:
            return None
        return self._draft(found, [rest], "a speaker named before a headline", 0.6)

    def _draft(self, found: Label, parts: list[Span], reason: str, score: float) -> Draft:
        name = found.name
        first_words = re.sub(r"\([^)]*\)", "", self.text[slice(*name)]).rstrip()
        head = name.start + first_words.rfind(" ") + 1
        return Draft(
            cue_tokens=(),
            cues=(found.mark,) if self.text[slice(*found.mark)].strip() else (name,),
            sources=(Party(name, head),),
            contents=tuple(part for part in parts if part.start < part.end),
            act="question" if found.asks and any("?" in self.text[s:e] for s, e in parts) else "state",
            reason=reason,
            score=score,
            form="direct",
        )

    def _stripped(self, span: Span) -> Span:
        start, end = span
        while start < end and self.text[start].isspace():
            start += 1
        while start < end and self.text[end - 1].isspace():
            end -= 1
        return Span(start, end)
