"""A story file cut into stories: which passages belong to which, sentences copied from one article to another, and the
lines of each story's block, unread.

What lives here: which line is what. What does not: the articles' own lines (`authoring`, `building`) and what the
lines of a block mean (`linking`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, NamedTuple, cast

from authoring import Passage, Problem, read

LETTERS: Final = "whdt"
_STORY: Final = re.compile(r"story: *([a-z0-9][a-z0-9_-]*)$")
_BLOCK: Final = re.compile(r"\+([a-z]) (.*)$")
_COPY: Final = re.compile(r">= ([a-z]) (\d+)-(\d+)$")


class Line(NamedTuple):
    """One line of a block: its letter, what stands after it, and where."""

    letter: str
    words: str
    number: int


@dataclass(slots=True)
class Story:
    id: str
    file: str
    split: str
    line: int
    passages: list[Passage] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


class _Rest:
    """A file without the lines that `authoring` does not know, which are empty here so that the count stays right."""

    def __init__(self, text: str) -> None:
        self.text = text

    def read_text(self, encoding: str) -> str:
        return self.text


def read_stories(path: Path, split: str, name: str) -> tuple[list[Story], list[Problem]]:
    """The stories of one file, and the lines that are none of the format."""
    lines = path.read_text(encoding="utf-8").splitlines()
    ours = (_STORY.fullmatch, _BLOCK.match, _COPY.fullmatch)
    kept = ["" if any(is_ours(line.rstrip()) for is_ours in ours) else line for line in lines]
    passages, problems = read(cast(Path, _Rest("\n".join(kept))), split, name)
    stories: list[Story] = []
    opened = {passage.line: passage for passage in passages}
    passage: Passage | None = None
    for number, line in enumerate(lines, start=1):
        if number in opened:
            passage = opened[number]
        if found := _STORY.fullmatch(line.rstrip()):
            if passage is None:
                problems.append(Problem(name, "-", number, "`story: ID` belongs to the header of a passage"))
                continue
            if not stories or stories[-1].id != found.group(1):
                stories.append(Story(found.group(1), name, split, number))
            if passage in stories[-1].passages:
                problems.append(Problem(name, passage.id, number, "the header story stands twice"))
            elif stories[-1].lines:
                problems.append(Problem(name, passage.id, number, "the block of a story stands after its last article"))
            else:
                stories[-1].passages.append(passage)
        elif copied := _COPY.fullmatch(line.rstrip()):
            what = _copy(stories[-1].passages if stories else [], *copied.groups(), number)
            problems += [Problem(name, passage.id if passage else "-", number, what)] if what else []
        elif block := _BLOCK.match(line):
            if block.group(1) not in LETTERS:
                problems.append(
                    Problem(name, "-", number, f"no line of a block: +{block.group(1)}; expected +w +h +d +t")
                )
            elif not stories:
                problems.append(Problem(name, "-", number, "a block before the first story"))
            else:
                stories[-1].lines.append(Line(block.group(1), block.group(2).strip(), number))
    told = {id(passage) for story in stories for passage in story.passages}
    problems += [Problem(name, p.id, p.line, "the header story is missing") for p in passages if id(p) not in told]
    return stories, problems


def _copy(passages: list[Passage], letter: str, first: str, last: str, line: int) -> str | None:
    """Adds sentences of an earlier article, with their annotation, to the last; says what is wrong."""
    index = ord(letter) - ord("a")
    if not 0 <= index < len(passages) - 1:
        return f"no earlier article {letter} in this story"
    taken = passages[index].sentences[int(first) - 1 : int(last)]
    if int(first) < 1 or len(taken) != int(last) - int(first) + 1:
        return f"article {letter} has {len(passages[index].sentences)} sentences"
    here = passages[-1].sentences
    place = sum(sentence.line < line for sentence in here)
    here[place:place] = [replace(sentence, line=line) for sentence in taken]
    return None
