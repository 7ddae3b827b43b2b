"""Where paragraphs begin and end, and what kind each is. Lines that were only wrapped are joined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from detente.knowledge.wordlist import WordList
from detente.reading.marks import Paragraph, Span

Kind = Literal["text", "heading", "title", "byline", "dateline", "list", "caption"]

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_WORD = re.compile(r"\S+")
_BULLET = re.compile(r"(?:[-*•▪●◦·‣■□✓➢►]|\(?\d{1,3}[.)]|\(?[a-zA-Z]\)|\((?:[ivx]{1,5})\)|[ivx]{1,5}\))\s")
_LABEL = re.compile(r"[A-Z][\w.’' -]{0,40}:(?!\S)")
_TERMINAL = re.compile(r"[.!?…:;,]['\"”’»)\]]*$")
_MONTH = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
_DIGITS = re.compile(r"\d")
_OPENERS = "“\"„«‘'"
_LONGEST_WRAP = 120
_SHORTEST_WRAP = 30


class Line(NamedTuple):
    """One visible line without the white space around it. `gap` counts the line ends before it."""

    start: int
    end: int
    gap: int
    indent: int
    first_word: int


class Paragraphs:
    """Finds paragraphs. A blank line always ends one; a single line end does unless it only wraps a line."""

    def __init__(self, words: WordList) -> None:
        self.byline_start = tuple(sorted(words.forms("byline_start")))
        self.dateline_start = tuple(sorted(words.forms("dateline_start")))
        self.caption_start = tuple(sorted(words.forms("caption_start")))
        self.caption_end = tuple(sorted(words.forms("caption_end")))

    def find(self, text: str, title: str | None = None) -> list[Paragraph]:
        spans = _joined(text, list(_lines(text)))
        kinds = [self._kind(text, span, number, len(spans)) for number, span in enumerate(spans)]
        _name_headings(text, spans, kinds)
        _name_title(text, spans, kinds, title)
        return [Paragraph(span, kind) for span, kind in zip(spans, kinds, strict=True)]

    def _kind(self, text: str, span: Span, number: int, count: int) -> Kind:
        """What the paragraph's own words tell; headings and the title need its neighbours."""
        if _BULLET.match(text, span.start, span.end):
            return "list"
        if span.end - span.start > 300:
            return "text"
        words = text[span.start : span.end].lower()
        if words.startswith(self.caption_start) or words.endswith(self.caption_end):
            return "caption"
        ends_sentence = words.endswith((".", "!", "?", ":"))
        near_edge = number < 8 or number >= count - 3
        if near_edge and words.startswith(self.byline_start) and len(words) < 120:
            is_credit = words.startswith("(") or not words.startswith("by ")
            if is_credit or (not ends_sentence and text[span.start + 3 : span.start + 4].isupper()):
                return "byline"
        has_date = bool(_MONTH.search(words) and _DIGITS.search(words))
        if (
            len(words) < 70
            and not ends_sentence
            and number < 12
            and (has_date or words.startswith(self.dateline_start))
        ):
            # a heading may name a month too: a dateline is little more than place, day, month and year
            letters = sum(1 for word in words.split() if word[0].isalpha() and not _MONTH.match(word))
            if letters <= 5:
                return "dateline"
        return "text"


def _lines(text: str) -> Iterator[Line]:
    start, gap = 0, 1
    for end, following in _line_ends(text):
        line = text[start:end]
        bare = line.strip()
        if bare:
            indent = len(line) - len(line.lstrip())
            first = _WORD.match(bare)
            yield Line(start + indent, start + indent + len(bare), gap, indent, first.end() if first else 0)
            gap = 0
        gap += 1
        start = following


def _line_ends(text: str) -> Iterator[tuple[int, int]]:
    for found in _BREAK.finditer(text):
        yield found.start(), found.end()
    yield len(text), len(text)


def _joined(text: str, lines: list[Line]) -> list[Span]:
    """Lines as paragraphs. In a text that was wrapped at a column, a line end is a wrap where the next line's
    first word would not have fitted; elsewhere only a lower-case letter after an unfinished line shows a wrap."""
    width = _wrap_width(text, lines)
    spans: list[Span] = []
    for index, line in enumerate(lines):
        if index and line.gap == 1 and _goes_on(text, lines[index - 1], line, width):
            spans[-1] = Span(spans[-1].start, line.end)
        else:
            spans.append(Span(line.start, line.end))
    return spans


def _wrap_width(text: str, lines: list[Line]) -> int | None:
    """The column at which the text was wrapped; None where it was not."""
    width = max(
        (line.end - line.start + line.indent for line in lines if line.first_word < line.end - line.start), default=0
    )
    if not _SHORTEST_WRAP <= width <= _LONGEST_WRAP:
        return None
    joins = fits = 0
    for before, line in pairwise(lines):
        if line.gap == 1:
            joins += 1
            fits += before.end - before.start + before.indent + 1 + line.first_word > width
    return width if joins and fits >= max(2, 0.55 * joins) else None


def _goes_on(text: str, before: Line, line: Line, width: int | None) -> bool:
    first = text[line.start]
    if first == ">" or text[before.start] == ">":
        return first == ">" and text[before.start] == ">"
    if _BULLET.match(text, line.start, line.end):
        return False
    last = text[before.end - 1]
    if width is not None:
        if line.indent > before.indent + 1:
            return False
        if before.end - before.start + before.indent + 1 + line.first_word > width:
            return True
        return first.islower() and last not in ".!?:"
    return first.islower() and (last.isalnum() or last in ",-–—;’'”\")")


def _name_headings(text: str, spans: list[Span], kinds: list[Kind]) -> None:
    """A heading is a short line without a full stop, with a paragraph after it. A question may be one."""
    for index, span in enumerate(spans[:-1]):
        if kinds[index] != "text" or span.end - span.start > 120 or text[span.start] == ">":
            continue
        words = text[span.start : span.end]
        quoted = words[0] in _OPENERS and words[-1] in "”\"’'»"
        bare = words.strip("“”\"„«»‘’'")
        count = len(bare.split())
        if not bare or _LABEL.match(bare) or count > 16 or not any(map(str.isalpha, bare)):
            continue
        if bare[-1] == "?":
            named = count <= 12 and not _has_inner_stop(bare) and (not quoted or _is_short_question(bare, index, spans))
        else:
            named = (
                not _TERMINAL.search(bare) and (bare[0].isupper() or bare[0].isdigit()) and (not quoted or count <= 10)
            )
        if named and spans[index + 1].end - spans[index + 1].start > 10:
            kinds[index] = "heading"


def _has_inner_stop(words: str) -> bool:
    return ". " in words or "! " in words or "? " in words


def _is_short_question(bare: str, index: int, spans: list[Span]) -> bool:
    following = spans[index + 1]
    return len(bare.split()) <= 10 and following.end - following.start > 80


def _name_title(text: str, spans: list[Span], kinds: list[Kind], title: str | None) -> None:
    """The paragraph that repeats the given title, else the longest heading before the first running text."""
    wanted = _plain(title) if title else ""
    best: int | None = None
    for index, span in enumerate(spans[:12]):
        if span.end - span.start > 400:
            break
        words = text[span.start : span.end]
        if wanted and kinds[index] in ("text", "heading") and _plain(words) == wanted:
            kinds[index] = "title"
            return
        if kinds[index] == "text":
            break
        if kinds[index] == "heading" and words[0] not in _OPENERS:
            best = index if best is None or _longer(text, span, spans[best]) else best
    if best is not None:
        kinds[best] = "title"


def _plain(words: str) -> str:
    return " ".join(words.split()).strip(" .;:").casefold()


def _longer(text: str, one: Span, other: Span) -> bool:
    return len(text[one.start : one.end].split()) > len(text[other.start : other.end].split())
