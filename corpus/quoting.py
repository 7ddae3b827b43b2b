"""Where quoted words stand in their sentence.

`words` the only occurrence; `words#2` the second; `start … end` all from the one to the other, `start …` to the end of
the sentence, `… end` from its beginning; `*` the whole sentence; `a & b` several pieces.
"""

from __future__ import annotations

import re
from typing import Final, TypeVar

Range = tuple[int, int]
T = TypeVar("T")

MARKS: Final = '"“”'
_FINAL: Final = ".!?;:,"
_PAIRS: Final = str.maketrans("“”‘’", "\"\"''")
_COUNTED: Final = re.compile(r"(.*?)#(\d+)$", re.S)


class NotFoundInSentence(Exception):
    """The words are not where the writer says; the message is for the writer."""


def pieces(sentence: str, quoted: str) -> list[Range]:
    """The ranges that `quoted` names, in the order written."""
    return [_piece(sentence, part.strip()) for part in quoted.split(" & ")]


def one(sentence: str, quoted: str) -> Range:
    """The only range that `quoted` names."""
    return _piece(sentence, quoted.strip())


def occurrences(sentence: str, words: str, at_least: int = 1) -> list[Range]:
    """Every place where the words stand as whole words; in the case written, where so many are found, else in any."""
    if not words:
        return []
    text, wanted = sentence.translate(_PAIRS), words.translate(_PAIRS)
    before = r"(?<!\w)" if wanted[0].isalnum() else ""
    after = r"(?!\w)" if wanted[-1].isalnum() else ""
    pattern = before + re.escape(wanted) + after
    found = [match.span() for match in re.finditer(pattern, text)]
    return found if len(found) >= at_least else [match.span() for match in re.finditer(pattern, text, re.I)]


def counted(words: str) -> tuple[str, int | None]:
    """`words#2` apart."""
    found = _COUNTED.fullmatch(words)
    return (found.group(1), int(found.group(2))) if found else (words, None)


def trimmed(sentence: str, start: int, end: int) -> Range:
    """Without outer quotation marks, blanks and closing punctuation."""
    while start < end and sentence[start] in MARKS + " ":
        start += 1
    while start < end and sentence[end - 1] in MARKS + _FINAL + " ":
        end -= 1
    return start, end


def _piece(sentence: str, quoted: str) -> Range:
    if not quoted:
        raise NotFoundInSentence("no words are quoted")
    if quoted == "*":
        return trimmed(sentence, 0, len(sentence))
    if "…" not in quoted:
        return _words(sentence, quoted)
    opening, _, closing = (part.strip() for part in quoted.partition("…"))
    if not opening and not closing:
        raise NotFoundInSentence("… stands between words; write * for the whole sentence")
    start = _words(sentence, opening)[0] if opening else 0
    if not closing:
        return trimmed(sentence, start, len(sentence))
    word, number = counted(closing)
    ends = [end for _, end in occurrences(sentence, word) if end > start]
    end = _chosen(ends, number, closing, "after the opening words ") if number else _first(ends, closing)
    return (start, end) if opening else trimmed(sentence, start, end)


def _words(sentence: str, quoted: str) -> Range:
    words, number = counted(quoted)
    found = occurrences(sentence, words, number or 1)
    if number is None and len(found) > 1:
        raise NotFoundInSentence(f"“{words}” stands {len(found)} times in the sentence: write {words}#1, #2 …")
    return _chosen(found, number or 1, words, "")


def _chosen(found: list[T], number: int, words: str, where: str) -> T:
    if not found:
        raise NotFoundInSentence(f"“{words}” does not stand {where}in the sentence")
    if not 1 <= number <= len(found):
        raise NotFoundInSentence(f"“{words}” stands only {len(found)} times {where}in the sentence")
    return found[number - 1]


def _first(ends: list[int], words: str) -> int:
    if not ends:
        raise NotFoundInSentence(f"“{words}” does not stand after the opening words in the sentence")
    return ends[0]
