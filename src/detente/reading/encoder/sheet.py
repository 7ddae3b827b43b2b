"""One document laid out for the encoder: its words, with what the rules know of each.

A name of a territory is one word and stands for any territory: the encoder is told which words name the same side (a
slot), never which state that is, so no state can be learnt as aggressor, victim or liar. What the encoder makes of the
words is `decoding`'s business; how they become numbers is `windows`'.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from detente.knowledge.territory import Territories
from detente.reading.marks import MentionMark, Rejected, Span
from detente.reading.paper import Paper
from detente.reading.syntax import Tree

_WORD: Final = re.compile(r"\w+|[^\w\s]")
NAMED: Final = {"name": 1, "adjective": 2, "demonym": 3, "capital": 4, "seat": 5}
"""Which form of a territory's name a word is; 0 for any other word."""
FORMS: Final = {"name": 1, "common": 2, "pronoun": 3}
USES: Final = {"actor": 1, "place": 2, "modifier": 3}
SOURCE, CUE, CONTENTS, QUOTED = 1, 2, 4, 8


class Word(Struct, frozen=True):
    """`named`, `mention` and `use` number the kinds above; `mention` is doubled, odd where a mention begins. `sides`
    are the territories of the shortest mention here. `act` is the type of an act that the rules see at this word,
    whether it stood or not. `said` adds up what the rules' claims and the layout's quotations make of it. `tree` is
    the token of the parse that begins the word, -1 where there is none."""

    span: Span
    sentence: int
    named: int = 0
    mention: int = 0
    use: int = 0
    sides: tuple[str, ...] = ()
    act: str = ""
    said: int = 0
    tag: str = ""
    dep: str = ""
    tree: int = -1


class Sheet(Struct, frozen=True):
    """`roles` tells for the first word of an act of the rules what they hold other words to be: 1 of a source, 2 of a
    target, 3 of both."""

    words: tuple[Word, ...]
    sentences: tuple[Span, ...]
    roles: dict[int, dict[int, int]] = {}


class Surfaces:
    """The spellings of territories by their first word, longer ones first."""

    def __init__(self, territories: Territories) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, int]]] = {}
        for form in territories.surface_forms():
            parts = tuple(_WORD.findall(form.form))
            if parts:
                self._by_first.setdefault(parts[0], []).append((parts, form.territory, NAMED[form.kind]))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: (-len(entry[0]), entry[2], entry[1]))

    def at(self, words: Sequence[str], place: int, codes: tuple[str, ...]) -> tuple[int, int] | None:
        """How many words from `place` on name one of `codes`, and in which form."""
        for parts, code, kind in self._by_first.get(words[place], ()):
            if code in codes and tuple(words[place : place + len(parts)]) == parts:
                return len(parts), kind
        return None


def sheet(paper: Paper, tree: Tree, surfaces: Surfaces) -> Sheet:
    """The words of the paper's sentences with the marks of all steps before this one."""
    assert paper.layout is not None
    text = paper.text
    spans = [Span(*found.span()) for found in _WORD.finditer(text)]
    cover = _shortest(spans, paper.mentions or ())
    said = _said(paper, spans)
    acts = _acts(paper)
    sentences = tuple(sentence.span for sentence in paper.layout.sentences)
    raw = [text[start:end] for start, end in spans]
    starts = [sentence.start for sentence in sentences]
    words: list[Word] = []
    at = 0
    while at < len(spans):
        mention = cover[at]
        length, named = 1, 0
        if mention is not None and (codes := _codes(mention)):
            length, named = surfaces.at(raw, at, codes) or (1, 0)
        span = Span(spans[at].start, spans[at + length - 1].end)
        token = max(bisect_right(tree.starts, span.start) - 1, 0) if len(tree) else -1
        if token >= 0 and not tree.starts[token] <= span.start < tree.ends[token]:
            token = -1
        words.append(
            Word(
                span=span,
                sentence=max(bisect_right(starts, span.start) - 1, 0),
                named=named,
                mention=_mention_tag(mention, span),
                use=USES[mention.use] if mention is not None else 0,
                sides=_codes(mention) if mention is not None else (),
                act=next((acts[start] for start, _ in spans[at : at + length] if start in acts), ""),
                said=said[at],
                tag=tree.tags[token] if token >= 0 and not named else "",
                dep=tree.deps[token] if token >= 0 else "",
                tree=token,
            )
        )
        at += length
    return Sheet(tuple(words), sentences, _roles(paper, words))


def _roles(paper: Paper, words: Sequence[Word]) -> dict[int, dict[int, int]]:
    ends = [word.span.end for word in words]

    def inside(span: Span) -> Iterator[int]:
        at = bisect_right(ends, span.start)
        while at < len(words) and words[at].span.start < span.end:
            yield at
            at += 1

    roles: dict[int, dict[int, int]] = {}
    for event in paper.events or ():
        at = next(inside(event.trigger), None)
        if at is not None:
            known = roles.setdefault(at, {})
            for role, parties in ((1, event.sources), (2, event.targets)):
                for party in parties:
                    for word in inside(party.span):
                        known[word] = known.get(word, 0) | role
    return roles


def _codes(mention: MentionMark) -> tuple[str, ...]:
    """The territories that a mention acts for, in its own order; none where it may be one of several."""
    codes = tuple(dict.fromkeys(one.territory for one in mention.candidates if one.territory is not None))
    return codes if mention.joint or len(codes) == 1 else ()


def _mention_tag(mention: MentionMark | None, span: Span) -> int:
    if mention is None:
        return 0
    return 2 * FORMS[mention.form] - (1 if span.start <= mention.span.start < span.end else 0)


def _shortest(spans: Sequence[Span], mentions: Sequence[MentionMark]) -> list[MentionMark | None]:
    """For each word the shortest mention that covers it."""
    cover: list[MentionMark | None] = [None] * len(spans)
    starts = [span.start for span in spans]
    for mention in sorted(mentions, key=lambda m: (m.span.start - m.span.end, m.span.start, m.form)):
        for place in _within(starts, mention.span):
            cover[place] = mention
    return cover


def _within(starts: Sequence[int], span: Span) -> Iterator[int]:
    yield from range(bisect_right(starts, span.start - 1), bisect_right(starts, span.end - 1))


def _said(paper: Paper, spans: Sequence[Span]) -> list[int]:
    starts = [span.start for span in spans]
    said = [0] * len(spans)

    def add(stretch: Span, what: int) -> None:
        for place in _within(starts, stretch):
            said[place] |= what

    for claim in paper.claims or ():
        for party in claim.sources:
            add(party.span, SOURCE)
        for cue in claim.cues:
            add(cue, CUE)
        for content in claim.contents:
            add(content, CONTENTS)
    for quotation in paper.layout.quotations if paper.layout is not None else ():
        for content in quotation.contents:
            add(content, QUOTED)
    return said


def _acts(paper: Paper) -> dict[int, str]:
    """The type of act that the rules see at each offset, also of acts that did not stand."""
    acts: dict[int, str] = {}
    for rejected in paper.rejected:
        kind = _kind(rejected)
        if kind:
            acts[rejected.span.start] = kind
    for event in paper.events or ():
        acts[event.trigger.start] = event.type
    return acts


def _kind(rejected: Rejected) -> str:
    if rejected.step != "events":
        return ""
    word = rejected.what.partition(" ")[0]
    return word if word.isupper() else ""
