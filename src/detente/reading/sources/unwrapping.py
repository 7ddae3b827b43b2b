"""Lines that a program broke at a fixed width, joined into paragraphs again.

A line was broken by width where the first word of the next would not have fitted; it was ended by its writer where that
word would have. This tells paragraphs apart even where no empty line does, as in text from a PDF.
"""

from __future__ import annotations

import re

_WIDEST = 130
_HYPHENATED = re.compile(r"[a-z]{2,}-$")


def unwrapped(text: str) -> str:
    """The text with broken lines joined; unchanged where its lines were not broken by width."""
    blocks = [block.split("\n") for block in text.split("\n\n")]
    inner = sorted(len(line) for lines in blocks for line in lines[:-1])
    if len(inner) < 3 or max(len(line) for lines in blocks for line in lines) > _WIDEST:
        return text
    width = inner[-1]
    if width < 40 or inner[len(inner) // 4] < 0.6 * width:
        return text
    return "\n\n".join("\n".join(joined(lines, 0.9 * width)) for lines in blocks)


def joined(lines: list[str], width: float, *, words: frozenset[str] = frozenset()) -> list[str]:
    """Paragraphs from lines of at most `width` characters.

    Where `words` are given (those of the whole text), a word cut by a hyphen is made whole unless the text writes it
    with its hyphen elsewhere.
    """
    paragraphs: list[list[str]] = []
    last: str | None = None
    for line in (line.strip() for line in lines):
        if not line:
            last = None
            continue
        first_word = line.split(" ", 1)[0]
        if last is None or len(last) + 1 + len(first_word) <= width:
            paragraphs.append([line])
        else:
            _append(paragraphs[-1], line, first_word, words)
        last = line
    return [" ".join(paragraph) for paragraph in paragraphs]


def _append(paragraph: list[str], line: str, first_word: str, words: frozenset[str]) -> None:
    end = paragraph[-1]
    if not end.endswith("-") or not first_word[:1].isalnum() or end.endswith(("--", " -")):
        paragraph.append(line)
        return
    start = end.rsplit(" ", 1)[-1]
    is_cut = bool(words) and _HYPHENATED.search(end) is not None and first_word[:1].islower()
    if is_cut and (start + first_word).strip(".,;:!?”’\"')") not in words:
        end = end[:-1]
    paragraph[-1] = end + line
