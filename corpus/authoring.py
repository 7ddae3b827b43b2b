"""The authoring format as lines: passages, their sentences, and the annotation lines below each sentence.

What lives here: which line is what (`format.md` describes them). What does not: what the codes mean and where the
quoted words stand (`building`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

GENRES: Final = (
    "wire", "commentary", "op-ed", "communique", "joint-statement", "briefing", "interview", "letter",
    "parliamentary-question", "sanctions-notice", "fact-check", "headline", "live-blog",
)  # fmt: skip
HEADER: Final = ("genre", "dyads", "outlet", "published", "split", "writer")
REQUIRED: Final = ("genre", "dyads", "published", "writer")
SENTENCE_KINDS: Final = {"h": "heading", "t": "title", "b": "byline", "l": "label"}
NOTES: Final = {
    "a": "actors", "e": "event", "c": "claim", "f": "figure", "t": "time", "s": "stance", "l": "loaded words",
    "n": "why there is no interstate event",
}  # fmt: skip
_PASSAGE: Final = re.compile(r"=== *([a-z0-9][a-z0-9_-]*)$")
_SENTENCE: Final = re.compile(r">(>|[a-z]?) (.*)$")
_HEADER: Final = re.compile(r"([a-z]+): *(.*)$")
_NOTE: Final = re.compile(r"([a-z]) (.*)$")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a writer must mend."""

    file: str
    passage: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: [{self.passage}] {self.what}"


@dataclass(slots=True)
class Note:
    """One annotation line: its letter and its fields, cut at the bars."""

    letter: str
    fields: list[str]
    line: int


@dataclass(slots=True)
class Sentence:
    text: str
    kind: str
    opens: bool
    line: int
    notes: list[Note] = field(default_factory=list)


@dataclass(slots=True)
class Passage:
    id: str
    file: str
    split: str
    line: int
    header: dict[str, str] = field(default_factory=dict)
    sentences: list[Sentence] = field(default_factory=list)


def read(path: Path, split: str, name: str) -> tuple[list[Passage], list[Problem]]:
    """The passages of one file, and the lines that are none of the format. `name` is what problems call the file."""
    passages: list[Passage] = []
    problems: list[Problem] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = line.rstrip()
        if not line or line.startswith("//"):
            continue
        what = _take(line, number, passages, split, name)
        if what is not None:
            problems.append(Problem(name, passages[-1].id if passages else "-", number, what))
    return passages, problems


def _take(line: str, number: int, passages: list[Passage], split: str, name: str) -> str | None:
    """Adds one line to the last passage; says what is wrong with it."""
    if line.startswith("=="):
        found = _PASSAGE.fullmatch(line)
        passages.append(Passage(found.group(1) if found else line.strip("= "), name, split, number))
        return None if found else "a passage opens with `=== id`, the id in small letters, digits, - and _"
    if not passages:
        return "text before the first `=== id`"
    passage = passages[-1]
    if sentence := _SENTENCE.fullmatch(line):
        return _open(sentence.group(1), sentence.group(2).strip(), number, passage)
    if not passage.sentences:
        header = _HEADER.fullmatch(line)
        if header is None or header.group(1) not in HEADER:
            return f"neither a header ({', '.join(HEADER)}) nor a sentence (`> …`): {line[:50]}"
        if header.group(1) in passage.header:
            return f"the header {header.group(1)} stands twice"
        passage.header[header.group(1)] = header.group(2).strip()
        return None
    note = _NOTE.fullmatch(line)
    if note is None or note.group(1) not in NOTES:
        known = ", ".join(f"{letter} ({what})" for letter, what in NOTES.items())
        return f"a line of no known kind: {line[:50]!r}; expected `> `, `>> `, or one of {known}"
    passage.sentences[-1].notes.append(Note(note.group(1), [part.strip() for part in note.group(2).split("|")], number))
    return None


def _open(mark: str, text: str, number: int, passage: Passage) -> str | None:
    kind = "text" if mark in ("", ">") else SENTENCE_KINDS.get(mark)
    alone = mark not in ("", ">")
    opens = not passage.sentences or mark == ">" or alone or passage.sentences[-1].kind != "text"
    passage.sentences.append(Sentence(text, kind or "text", opens, number))
    if kind is None:
        return f"no sentence mark: >{mark}; expected >, >>, " + ", ".join(f">{key}" for key in SENTENCE_KINDS)
    for sign in ("|", "…", " & ", "  "):
        if sign in text:
            return f"a sentence must not hold {sign!r}, which the annotation needs"
    return None if text else "an empty sentence"
