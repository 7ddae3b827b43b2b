"""Labels of speakers at the head of paragraphs: "Q:", "MS SMITH:", "Prime Minister: …" in transcripts.

Where they stand is told here; who speaks is the actor step's to say, and what is said the claim step's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final, NamedTuple

from detente.reading.marks import Layout, Span

_LABEL: Final = re.compile(
    r"[ \t“\"]*(?P<name>[^\W\d_][\w.'’\-&]{0,24}(?:[ \u00a0][\w.'’\-&,()]{1,24}){0,7})"
    r"[ \t]?(?P<mark>:)[ \t\u00a0]+(?=\S)"
)
_ASKED: Final = re.compile(r"[ \t]*(?P<name>Q)(?P<mark>[ \t\u00a0.:]+)(?=[^\W\d_])")
"""The label of a question as press offices print it, with no colon."""
_ALONE: Final = re.compile(
    r"[ \t]*(?P<name>[^\W\d_][\w.'’\-&]{0,24}(?:[ \u00a0][\w.'’\-&]{1,24}){0,5})[ \t]?(?P<mark>:)[ \t]*$"
)
_BRACKET: Final = re.compile(r"\([^)]*\)")
_SMALL_WORDS: Final = frozenset({"of", "the", "for", "de", "al", "bin", "von", "van", "and", "to", "in", "el", "du"})


class Label(NamedTuple):
    """A label and the paragraph it opens. `name` is the stretch of its words, `mark` of its colon or what stands for
    it, `end` where the speech may begin; `asks` for the labels of those who ask."""

    paragraph: int
    name: Span
    mark: Span
    end: int
    asks: bool


class Labels:
    """Finds labels. `groups` are the closed groups of `attribution.yaml`, by kind."""

    def __init__(self, groups: Mapping[str, frozenset[str]]) -> None:
        self.groups = groups

    def all(self, text: str, layout: Layout) -> list[Label]:
        """Everything that has the form of a label."""
        return [found for index in range(len(layout.paragraphs)) if (found := self._label(text, layout, index))]

    def spoken(self, text: str, layout: Layout) -> list[Label]:
        """The labels, where they are those of a transcript: one comes back, or they ask and answer."""
        labels = self.all(text, layout)
        if len(labels) < 2:
            return []
        said = [_bare(text[slice(*label.name)]) for label in labels]
        known = sum(name in self.groups["label"] for name in said)
        return labels if max(Counter(said).values()) >= 2 or known >= 2 else []

    def _label(self, text: str, layout: Layout, index: int) -> Label | None:
        span = layout.paragraphs[index].span
        found = _LABEL.match(text, span.start, span.end) or _ASKED.match(text, span.start, span.end)
        if found is None and span.end - span.start < 80:
            found = _ALONE.match(text, span.start, span.end)
        if found is None or _bare(found["name"]) in self.groups["no-label"] or not self._is_name(found["name"]):
            return None
        asks = _bare(found["name"]) in self.groups["asking"]
        return Label(index, Span(*found.span("name")), Span(*found.span("mark")), found.end(), asks)

    def _is_name(self, name: str) -> bool:
        words = _BRACKET.sub("", name).replace(",", " ").split()
        if not words or len(words) > 7:
            return False
        if _bare(name) in self.groups["label"]:
            return True
        known = self.groups["label"] | _SMALL_WORDS
        return words[0][0].isupper() and all(word[0].isupper() or word in known for word in words)


def _bare(name: str) -> str:
    """In lower case, without what stands in brackets and without a title before it."""
    return _BRACKET.sub("", name).lower().strip(" .")
