"""A claim while it is being put together, and the clause it is found in. No rule lives here."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.model.vocabulary import Act, Form, Polarity
from detente.reading.marks import Party, Span
from detente.reading.syntax import Tree


@dataclass(slots=True)
class Draft:
    """One attributed stretch in the making. `cue_tokens` are token indices; `contents` may still be empty
    where a verb of saying waits for the quotation beside it (`takes_quotation`). `object_noun` is the noun that a light
    verb governs: if that noun is a cue itself, it makes the better claim."""

    cue_tokens: tuple[int, ...]
    cues: tuple[Span, ...]
    sources: tuple[Party, ...]
    contents: tuple[Span, ...]
    act: Act
    reason: str
    score: float = 0.8
    polarity: Polarity = "affirmed"
    unnamed: bool = False
    vouches: bool = True
    stance: float = 0.0
    takes_quotation: bool = False
    of_noun: bool = False
    object_noun: int | None = None
    first_person: bool = False
    form: Form = "indirect"
    parent: int | None = None
    about: tuple[tuple[Party, float], ...] = ()
    loaded: tuple[Span, ...] = field(default=())

    @property
    def evidence(self) -> Span:
        spans = [*self.contents, *self.cues, *(party.span for party in self.sources if not party.elided)]
        return Span(min(span.start for span in spans), max(span.end for span in spans))

    @property
    def size(self) -> int:
        return sum(end - start for start, end in self.contents)


class Clauses:
    """One document's text and tree, and how stretches of tokens become spans."""

    _EDGES = " \t\n\r\u00a0,;:–—-"

    def __init__(self, text: str, tree: Tree) -> None:
        self.text = text
        self.tree = tree

    def span(self, tokens: list[int]) -> Span:
        """From the first of `tokens` to the last."""
        return Span(self.tree.starts[min(tokens)], self.tree.ends[max(tokens)])

    def runs(self, tokens: set[int]) -> tuple[Span, ...]:
        """The spans of `tokens`, one a contiguous run, without commas, dashes and blanks at the edges; gaps of
        nothing but punctuation do not split a run."""
        ordered = sorted(tokens)
        runs: list[list[int]] = []
        for i in ordered:
            if runs and self._is_gap_closed(runs[-1][-1], i):
                runs[-1].append(i)
            else:
                runs.append([i])
        spans = [self.trimmed(self.span(run)) for run in runs]
        return tuple(span for span in spans if any(c.isalnum() for c in self.text[span.start : span.end]))

    def _is_gap_closed(self, before: int, after: int) -> bool:
        return all(self.tree.tags[k] in _PUNCTUATION for k in range(before + 1, after))

    def trimmed(self, span: Span) -> Span:
        start, end = span
        while start < end and self.text[start] in self._EDGES:
            start += 1
        while start < end and self.text[end - 1] in self._EDGES:
            end -= 1
        return Span(start, end)

    def cue_spans(self, tokens: tuple[int, ...]) -> tuple[Span, ...]:
        """Cue words as spans, neighbours joined."""
        spans: list[Span] = []
        for i in sorted(tokens):
            span = Span(self.tree.starts[i], self.tree.ends[i])
            if spans and span.start - spans[-1].end <= 1 and "\n" not in self.text[spans[-1].end : span.start]:
                spans[-1] = Span(spans[-1].start, span.end)
            else:
                spans.append(span)
        return tuple(spans)


_PUNCTUATION = frozenset({",", ".", ":", "``", "''", "-LRB-", "-RRB-", "HYPH", "NFP", "_SP", "SYM"})
