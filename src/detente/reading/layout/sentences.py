"""Where sentences end. Each stop is judged by the word before it, what closes after it and what follows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.knowledge.wordlist import WordList
from detente.reading.layout.datelines import dateline_end
from detente.reading.marks import Paragraph, Sentence, Span

_STOP = re.compile(r"[.!?…‽。！？؟۔।]+[”\"’'»›)\]}」』*]*")
_BEFORE = re.compile(r"[^\s“”\"‘(\[«»—–/]*$")
_AFTER = re.compile(r"(\s*)([“„‟‘\"'«‹(\[{`¡¿「『*_]*)([\w’'-]{0,30})")
_INITIAL = re.compile(r"(?:[A-Z]\.)*[A-Z]|[A-Z]{2}\.[A-Z]|[A-Z][a-z]\.-?[A-Z]")
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")
_NUMBERING = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})")
_GLUED_BEFORE = re.compile(r"[a-z)\d’'\]%]{2,}$")
_SPOKEN = re.compile(r"[\w’'.-]+")
_NAMES_IN_LY = frozenset(
    ("italy", "july", "sicily", "kelly", "reilly", "o'reilly", "connolly", "daly", "molly", "billy")
)
_CLOSERS = "”\"’'»›"


class Sentences:
    """Cuts paragraphs into sentences. Spans have no white space at their ends."""

    def __init__(self, abbreviations: WordList, quotation: WordList) -> None:
        self.before_name = abbreviations.forms("before_name")
        self.before_number = abbreviations.forms("before_number")
        self.months = abbreviations.forms("month")
        self.either = abbreviations.forms("either")
        self.enders = abbreviations.forms("ender")
        self.time_words = abbreviations.forms("time_word")
        self.openers = abbreviations.forms("opener_word")
        self.speech = quotation.forms("speech", "strong")

    def cut(self, text: str, paragraphs: Sequence[Paragraph]) -> list[Sentence]:
        sentences: list[Sentence] = []
        for number, paragraph in enumerate(paragraphs):
            start, end = paragraph.span
            if (opening := dateline_end(text, paragraph)) is not None:
                sentences.append(Sentence(_trimmed(text, start, opening), number))
                start = opening
            for found in _STOP.finditer(text, start, end):
                if found.end() >= end:
                    break
                if found.start() > start and (cut := self._cut_at(text, start, found, end)) is not None:
                    sentences.append(Sentence(_trimmed(text, start, cut), number))
                    start = cut
                    while text[start].isspace():
                        start += 1
            sentences.append(Sentence(Span(start, end), number))
        return sentences

    def _cut_at(self, text: str, start: int, found: re.Match[str], end: int) -> int | None:
        """Where the sentence ends, if this stop ends it."""
        stops = found.group()
        bare = stops.rstrip("”\"’'»›)]}」』*")
        closers = stops[len(bare) :]
        after = _AFTER.match(text, found.end(), end)
        assert after is not None
        space, opener, word = after.groups()
        at = found.end()
        if not space:
            return at if self._is_glued(text, start, found.start(), bare, closers, opener, word) else None
        if not word:
            follower = text[after.end()] if after.end() < end else ""
            if opener or (follower and follower in "$€£¥#@&+₽₴₹₺") or bare[-1] not in ".…":
                return at if follower not in ".,;:!?)" else None
            return None
        if word[0].islower():
            return None
        if bare[-1] not in ".…":
            return None if closers.strip(")]}") and self._is_spoken(text, after.start(3), end) else at
        if set(bare) != {"."} or len(bare) > 1:
            return at if self._may_open(word) or opener or closers or len(bare) > 3 or "…" not in bare[-1:] else None
        if text[found.start() - 1] == " ":  # a spaced ellipsis
            return at if self._may_open(word) or opener else None
        if closers and closers[0] in _CLOSERS:
            return at
        return at if self._ends(text, start, found.start(), bool(closers), opener, word) else None

    def _ends(self, text: str, start: int, stop: int, closed: bool, opener: str, word: str) -> bool:
        """Whether a single full stop at `stop`, followed by white space and `word`, ends the sentence."""
        before = _before(text, start, stop)
        known = before.lower().lstrip("(['’")
        if stop - len(before) == start and _NUMBERING.fullmatch(before):
            return False
        if closed:
            return True
        if known in self.before_name and not (known in self.either and self._may_open(word)):
            return False
        if word[0].isdigit():
            return not (known in self.before_number or known in self.months or _DOTTED.fullmatch(before) is not None)
        if known in self.before_number and len(known) > 1:
            return known == "no" or self._may_open(word)
        if known in self.enders:
            return word.lower() not in self.time_words
        if known in self.months or known in self.either:
            return before.islower() or self._may_open(word) or bool(opener)
        if _INITIAL.fullmatch(before) or _DOTTED.fullmatch(before):
            return self._may_open(word) or (bool(opener) and opener[0] in '“"„«')
        return True

    def _is_glued(self, text: str, start: int, stop: int, bare: str, closers: str, opener: str, word: str) -> bool:
        """Whether a stop without white space after it ends a sentence, as in `talks.The`."""
        quoted = any(closer in _CLOSERS for closer in closers)
        if not word or not word[0].isupper():
            return False
        before = _GLUED_BEFORE.search(text, max(start, stop - 20), stop)
        if before is None or (len(word) > 1 and not word[1].islower()):
            return quoted and len(word) > 1 and word[1].islower() and before is not None
        if quoted or opener or bare[-1] not in ".…":
            return len(word) > 1 or word in "AI"
        token = _before(text, start, stop)
        if token.isdigit():
            return len(word) > 3
        return token.isalpha() and token[-2:].islower() and len(word) > 1 and "." not in token and "@" not in token

    def _may_open(self, word: str) -> bool:
        low = word.lower().replace("’", "'")
        return (
            low in self.openers or low.split("'")[0] in self.openers or (low.endswith("ly") and low not in _NAMES_IN_LY)
        )

    def _is_spoken(self, text: str, at: int, end: int) -> bool:
        """Whether a verb of saying follows within a few words and before any other mark: “Why now?” Smith asked."""
        for _ in range(6):
            found = _SPOKEN.match(text, at, end)
            if found is None:
                return False
            word = found.group()
            if word.lower().strip(".") in self.speech:
                # "A spokesman said: “…" leads on to the next words
                return text[found.end() : found.end() + 1] != ":"
            if word.endswith(".") and len(word) > 4:
                return False
            at = found.end()
            while at < end and text[at].isspace() and at - found.end() < 3:
                at += 1
        return False


def _before(text: str, start: int, stop: int) -> str:
    """The word that the stop follows."""
    found = _BEFORE.search(text[max(start, stop - 24) : stop])
    return found.group() if found else ""


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
