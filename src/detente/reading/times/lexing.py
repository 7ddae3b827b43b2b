"""A text as a string of word classes: one letter a token, so that the grammar's patterns can read it.

Numbers in words become one token ("twenty-four", "nineteen ninety-seven"), so do phrases of the lexicon that
count or qualify ("a couple of", "at least"). One pass, linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeVar

from detente.reading.times.lexicon import LETTERS, TimeWords, Word

_TOKEN = re.compile(
    r"""
    (?P<word>[^\W\d_]{3,})
  | (?P<iso>(?<![\w.,/-])\d{4}-\d{2}-\d{2}(?:[T\ ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\w-]))
  | (?P<numeric>(?<![\w.,/-])\d{4}[./]\d{1,2}[./]\d{1,2}(?![\w/])
        | (?<![\w.,/-])\d{1,2}(?P<sep>[./-])\d{1,2}(?P=sep)(?:\d{4}|\d{2})(?![\w/]))
  | (?P<clock>(?<![\w.:])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\w:])
        | (?<![\w.:])(?:[01]?\d|2[0-3])[.:][0-5]\d(?=\s?[aApP]\.?\s?[mM]\b))
  | (?P<decade>(?<![\w.,$])(?:['’‘`]?\d0|\d{3}0)['’]?s\b)
  | (?P<ordinal>(?<![\w.,])\d{1,3}(?:st|nd|rd|th)\b)
  | (?P<fraction>(?<![\w.,/])1/2(?![\w/])|½)
  | (?P<coded>\b(?:Q[1-4]|[1-4]Q|H[12])\b)
  | (?P<fiscal>\bFY\ ?(?:\d{4}|\d{2})\b)
  | (?P<number>\d+(?:,\d{3})*(?:\.\d+)?)
  | (?P<ampm>(?:(?<=[\s\d])[ap]\.\s?m\b\.?|(?<=[\s\d])[aApP][mM]\b))
  | (?P<clockword>o['’]clock\b)
  | (?P<era>\b(?:A\.D\.|B\.C\.(?:E\.)?|C\.E\.))
  | (?P<short>[^\W\d_]+)
  | (?P<possessive>['’]s?(?![^\W\d_]))
  | (?P<gap>\n[^\S\n]*\n\s*)
  | (?P<mark>[^\w\s])
  | (?P<other>_+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
T = TypeVar("T")
_CURRENCY = frozenset("$£€¥₽₺₼#")
_PIECE = 200_000
_KIND_LETTERS = {
    "iso": "I", "numeric": "I", "clock": "#", "decade": "Z", "ordinal": "O", "fraction": "x", "coded": "Q",
    "fiscal": "^", "ampm": "%", "clockword": "=", "era": "j",
}  # fmt: skip
"""Letters of the tokens that the token pattern itself tells apart; the lexicon's words have theirs in LETTERS."""
TEENS = range(10, 21)


class Lexed:
    """Parallel rows, one a token: offsets into the text, the word in lower case, its class letter, its code.

    `letters` joins the class letters. `count[i]` is the number a token stands for, None where it is open or none.
    """

    def __init__(self, text: str, words: TimeWords) -> None:
        self.text = text
        self.words = words
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.lower: list[str] = []
        self.classes: list[str] = []
        self.codes: list[str] = []
        self.weak: list[bool] = []
        self.letters = ""

    def add(self, start: int, end: int, lower: str, letter: str, code: str = "", weak: bool = False) -> None:
        self.starts.append(start)
        self.ends.append(end)
        self.lower.append(lower)
        self.classes.append(letter)
        self.codes.append(code)
        self.weak.append(weak)

    def letters_at(self, at: int, letters: str) -> bool:
        return self.classes[at : at + len(letters)] == list(letters)


def lexed(text: str, words: TimeWords) -> Iterator[Lexed]:
    """The text in pieces that end at a blank, each small enough to hold in memory with all its tokens."""
    start = 0
    while start < len(text):
        stop = min(start + _PIECE, len(text))
        if stop < len(text):
            cut = max(text.rfind(" ", start, stop), text.rfind("\n", start, stop))
            stop = cut if cut > start else stop
        yield _lex(text, start, stop, words)
        start = stop


def _lex(text: str, start: int, stop: int, words: TimeWords) -> Lexed:
    lex = Lexed(text, words)
    for found in _TOKEN.finditer(text, start, stop):
        _add_token(lex, found)
    _join(lex)
    lex.letters = "".join(lex.classes)
    return lex


def _add_token(lex: Lexed, found: re.Match[str]) -> None:
    kind = found.lastgroup
    first, last = found.span()
    if kind == "word" or kind == "short":
        _add_word(lex, first, last)
        return
    if lex.ends and first < lex.ends[-1]:
        return
    shown = found.group()
    if kind == "mark":
        lex.add(first, last, shown, _mark_letter(lex.text, first, last, shown))
    elif kind == "number":
        _add_number(lex, first, last, shown)
    elif kind == "gap":
        lex.add(first, last, "", ";")
    elif kind == "possessive":
        lex.add(first, last, shown.replace("’", "'").lower(), "'")
    else:
        code = shown
        if kind == "ordinal":
            code = shown[:-2]
        elif kind == "era":
            code = "BC" if shown[0] in "Bb" else "AD"
        lex.add(first, last, shown.lower(), _KIND_LETTERS.get(kind or "", "."), code)


def _mark_letter(text: str, first: int, last: int, shown: str) -> str:
    if shown == ",":
        return ","
    if shown == "/":
        return "/"
    if shown in "-‐‑–—":
        tight = first > 0 and last < len(text) and text[first - 1].isalnum() and text[last].isalnum()
        return "-" if tight and shown in "-‐‑" else "~" if shown in "-–‐‑" else "!"
    return "!"


def _add_number(lex: Lexed, first: int, last: int, shown: str) -> None:
    text = lex.text
    before = text[first - 1] if first else " "
    after = text[last] if last < len(text) else " "
    if before.isalpha() or before == "_" or (after.isalpha() and not _is_clock_tail(text, last)):
        lex.add(first, last, shown, ".")
        return
    if (
        before in _CURRENCY
        or after == "%"
        or before == "."
        or (before == "," and first > 1 and text[first - 2].isdigit())
    ):
        lex.add(first, last, shown, "N", shown.replace(",", ""))
        return
    if shown.isascii() and shown.isdigit():
        if len(shown) == 4 and "1500" <= shown <= "2100":
            lex.add(first, last, shown, "Y", shown)
            return
        if len(shown) <= 2 and 1 <= int(shown) <= 31:
            lex.add(first, last, shown, "D", str(int(shown)))
            return
        apostrophe = before in "'’‘" and len(shown) == 2
        if apostrophe or (len(shown) == 2 and shown[0] == "0"):
            lex.add(first, last, shown, "y", shown)
            return
    lex.add(first, last, shown, "N" if shown.isascii() else ".", shown.replace(",", ""))


def _is_clock_tail(text: str, at: int) -> bool:
    """True before "pm" and "p.m.", which may stand right behind a number."""
    if text[at + 1 : at + 2] == ".":
        return text[at].lower() in ("a", "p")
    return text[at : at + 2].lower() in ("am", "pm") and not text[at + 2 : at + 3].isalpha()


def _add_word(lex: Lexed, first: int, last: int) -> None:
    text = lex.text
    lower = text[first:last].lower()
    word = lex.words.words.get(lower)
    if word is None or (word.capital and not text[first].isupper()):
        lex.add(first, last, lower, ".")
        return
    if word.dotted and text[last : last + 1] == ".":
        last += 1
    lex.add(first, last, lower, LETTERS[word.cls], word.code, word.weak)


# -- joining ---------------------------------------------------------------------------------------------


class Joined(NamedTuple):
    """Tokens `first` to `last` (not included) that are one."""

    first: int
    last: int
    letter: str
    code: str
    weak: bool = False


def _join(lex: Lexed) -> None:
    """Puts phrases of the lexicon and numbers in words together, in place."""
    joined = list(_joined(lex))
    if not joined:
        return
    starts = [lex.starts[one.first] for one in joined]
    ends = [lex.ends[one.last - 1] for one in joined]
    lower = [lex.lower[one.first] if one.letter in "CYO" else "" for one in joined]
    _replace(lex.starts, joined, starts)
    _replace(lex.ends, joined, ends)
    _replace(lex.lower, joined, lower)
    _replace(lex.classes, joined, [one.letter for one in joined])
    _replace(lex.codes, joined, [one.code for one in joined])
    _replace(lex.weak, joined, [one.weak for one in joined])


def _replace(column: list[T], joined: list[Joined], made: list[T]) -> None:
    kept: list[T] = []
    at = 0
    for one, cell in zip(joined, made, strict=True):
        kept += column[at : one.first]
        kept.append(cell)
        at = one.last
    column[:] = kept + column[at:]


def _joined(lex: Lexed) -> Iterator[Joined]:
    phrases, free = lex.words.phrases, 0
    for at, (lower, letter) in enumerate(zip(lex.lower, lex.classes, strict=True)):
        if at < free or (letter != "C" and letter != "a" and lower not in phrases):
            continue
        one = _joined_at(lex, at)
        if one is not None:
            free = one.last
            yield one


def _joined_at(lex: Lexed, at: int) -> Joined | None:
    phrase = phrase_at(lex, at)
    if phrase is not None and phrase[1].cls != "direct":
        length, word = phrase
        return Joined(at, at + length, LETTERS[word.cls], word.code, word.weak)
    if lex.letters_at(at, "C-O") and int(lex.codes[at]) in (20, 30) and int(lex.codes[at + 2]) < 10:
        return Joined(at, at + 3, "O", str(int(lex.codes[at]) + int(lex.codes[at + 2])))
    number = _number_at(lex, at)
    if number is None:
        return None
    length, value, is_year = number
    return Joined(at, at + length, "Y" if is_year else "C", str(value))


def phrase_at(lex: Lexed, at: int) -> tuple[int, Word] | None:
    """The longest phrase of the lexicon that begins at token `at`, as its length in tokens and its meaning."""
    for parts, word in lex.words.phrases.get(lex.lower[at], ()):
        if tuple(lex.lower[at : at + len(parts)]) == parts:
            if word.capital and not lex.text[lex.starts[at]].isupper():
                continue
            return len(parts), word
    return None


def _number_at(lex: Lexed, at: int) -> tuple[int, int, bool] | None:
    """A number in words at token `at`: its length in tokens, its value, and whether it is a year as spoken."""
    if lex.classes[at] == "a":
        if at + 1 < len(lex.classes) and lex.classes[at + 1] == "C" and lex.codes[at + 1] in ("100", "1000"):
            rest = _number_at(lex, at + 1)
            return None if rest is None else (rest[0] + 1, rest[1], False)
        return None
    if lex.classes[at] != "C":
        return None
    current = int(lex.codes[at])
    values, stop, total, group = [current], at + 1, 0, current
    while stop < len(lex.classes) and stop - at < 12:
        step = stop
        if lex.classes[step] in "-&" and step + 1 < len(lex.classes) and lex.classes[step + 1] == "C":
            if lex.classes[step] == "&" and values[-1] not in (100, 1000):
                break
            step += 1
        if lex.classes[step] != "C":
            break
        value = int(lex.codes[step])
        if value in (100, 12) and group < 100:
            group *= value
        elif value >= 1000:
            total, group = total + max(group, 1) * value, 0
        elif values[-1] % 10 == 0 and value < values[-1] and values[-1] >= 20:
            group += value
        elif len(values) == 1 and values[0] in TEENS and values[0] != 10 and 10 <= value < 100:
            group = values[0] * 100 + value
        else:
            break
        values.append(value)
        stop = step + 1
    total += group
    spoken = len(values) > 1 and values[0] in TEENS and values[1] < 100 and 1500 <= total <= 2100
    return stop - at, total, spoken
