"""Speakers named by a label: "Q:", "MS SMITH:", "Prime Minister: …" in transcripts, and "X: …" in headlines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from detente.reading.claims.drafts import Draft
from detente.reading.marks import Layout, Party, Span

_LABEL: Final = re.compile(
    r"[ \t]*(?P<name>[^\W\d_][\w.'’\-&]{0,24}(?:[ \u00a0][\w.'’\-&,()]{1,24}){0,7})[ \t]?(?P<mark>:)[ \t\u00a0]+(?=\S)"
)
_ASKED: Final = re.compile(r"[ \t]*(?P<name>Q)(?P<mark>[ \t\u00a0.:]+)(?=[^\W\d_])")
"""The label of a question as press offices print it, with no colon."""
_LONGEST_TITLE: Final = 200
_SMALL_WORDS: Final = frozenset({"of", "the", "for", "de", "al", "bin", "von", "van", "and", "to", "in", "el", "du"})


class LabelRules:
    """One document's labels."""

    def __init__(self, text: str, layout: Layout, groups: Mapping[str, frozenset[str]]) -> None:
        self.text, self.layout, self.groups = text, layout, groups

    def read(self) -> list[Draft]:
        labelled = [(index, found) for index in range(len(self.layout.paragraphs)) if (found := self._label(index))]
        spoken = self._spoken(labelled)
        if spoken:
            return self._transcript(spoken)
        if len(labelled) > 2 or len(self.layout.paragraphs) < 2:
            return []
        return [draft for index, found in labelled if (draft := self._headline(index, found)) is not None]

    def _label(self, index: int) -> re.Match[str] | None:
        span = self.layout.paragraphs[index].span
        found = _LABEL.match(self.text, span.start, span.end)
        if found is None:
            return _ASKED.match(self.text, span.start, span.end)
        if found["name"].lower().strip(" .") in self.groups["no-label"]:
            return None
        return found if self._is_name(found["name"]) else None

    def _is_name(self, name: str) -> bool:
        words = re.sub(r"\([^)]*\)", "", name).replace(",", " ").split()
        if not words or len(words) > 7:
            return False
        if name.lower() in self.groups["label"]:
            return True
        return all(word[0].isupper() or word.lower() in _SMALL_WORDS for word in words)

    # -- transcripts ------------------------------------------------------------------------------------

    def _spoken(self, labelled: list[tuple[int, re.Match[str]]]) -> list[tuple[int, re.Match[str]]]:
        """The labels, where they are those of a transcript: one comes back, or they ask and answer."""
        if len(labelled) < 2:
            return []
        counts = Counter(found["name"].lower() for _, found in labelled)
        known = sum(count for name, count in counts.items() if name in self.groups["label"])
        if max(counts.values()) >= 2 or known >= 2:
            return labelled
        return []

    def _transcript(self, labelled: list[tuple[int, re.Match[str]]]) -> list[Draft]:
        drafts = []
        ends = [index for index, _ in labelled[1:]] + [len(self.layout.paragraphs)]
        for (index, found), end in zip(labelled, ends, strict=True):
            parts = [Span(found.end(), self.layout.paragraphs[index].span.end)]
            for k in range(index + 1, end):
                if self.layout.paragraphs[k].kind in ("text", "list"):
                    parts.append(self.layout.paragraphs[k].span)
            drafts.append(self._draft(found, [self._stripped(part) for part in parts], "a labelled speaker", 0.9))
        return [draft for draft in drafts if draft.contents]

    def _headline(self, index: int, found: re.Match[str]) -> Draft | None:
        """Reads "X: P" in a title or a short first line; "P: X" is left alone."""
        paragraph = self.layout.paragraphs[index]
        short = paragraph.span.end - paragraph.span.start <= _LONGEST_TITLE
        if not short or not (paragraph.kind in ("title", "heading") or index == 0):
            return None
        rest = self._stripped(Span(found.end(), paragraph.span.end))
        if rest.end - rest.start < 12 or self.text[rest.start].islower() or len(found["name"].split()) > 5:
            return None
        return self._draft(found, [rest], "a speaker named before a headline", 0.6)

    def _draft(self, found: re.Match[str], parts: list[Span], reason: str, score: float) -> Draft:
        name = Span(found.start("name"), found.end("name"))
        first_words = re.sub(r"\([^)]*\)", "", found["name"]).rstrip()
        head = name.start + first_words.rfind(" ") + 1
        mark = Span(found.start("mark"), found.end("mark"))
        asks = found["name"].lower().strip(" .") in self.groups["asking"]
        return Draft(
            cue_tokens=(),
            cues=(mark,) if found["mark"].strip() else (name,),
            sources=(Party(name, head),),
            contents=tuple(part for part in parts if part.start < part.end),
            act="question" if asks and any("?" in self.text[s:e] for s, e in parts) else "state",
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
