"""Scores times against documents marked with TIMEX3: spans, types and values, as TempEval-3 did.

A row has `docid, dct, text, timexes`; a timex has `start, end, type, value, mod`. Relaxed: the two share a
character, one to one, in the order of the text. Value F1 counts the relaxed pairs whose values are the same
letters (UzZaman et al., SemEval-2013 task 1).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import ClassVar

import msgspec
from msgspec import Struct

from detente.errors import InputError
from detente.knowledge import Knowledge
from detente.model.date import Date
from detente.model.document import Document
from detente.reading.pipeline import pipeline
from detente.recording.dating import Calendar
from detente.serving.scores.report import Figure, ScoreReport, named, precision_recall_f1

STEPS = ("layout", "parse", "times")
WORST = 60


class Timex(Struct, frozen=True):
    """A time of the gold or of ours; `type` is DATE, TIME, DURATION or SET."""

    start: int
    end: int
    type: str
    value: str | None
    mod: str | None = None

    def meets(self, other: Timex) -> bool:
        return self.start < other.end and other.start < self.end


class TimeRow(Struct, frozen=True):
    """One document; `dct` is its ISO date of creation, with or without a time."""

    docid: str
    dct: str | None
    text: str
    timexes: tuple[Timex, ...] = ()


def rows_of(path: Path, limit: int | None = None) -> Iterator[TimeRow]:
    """The documents of a file; InputError names the line that breaks the form."""
    decoder = msgspec.json.Decoder(TimeRow)
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(islice(lines, limit), start=1):
            try:
                yield decoder.decode(line)
            except msgspec.DecodeError as error:
                raise InputError(
                    "a line is no document with times",
                    value=f"{path} line {number}: {error}",
                    expected="docid, dct, text, timexes[start, end, type, value]",
                ) from None


def document_of(row: TimeRow, *, dated: bool = True) -> Document:
    """The row as a document, with its date or without."""
    day = row.dct[:10] if row.dct else None
    published = Date(start=day, end=day, precision="day", basis="given", raw=row.dct or "") if day and dated else None
    return Document(
        document_id=row.docid, uri=row.docid, text=row.text, text_sha256="", language="en", reader_version="",
        published=published,
    )  # fmt: skip


class TimeScore:
    """Figures: strict and relaxed span, value and type, each with precision, recall and F1."""

    name: ClassVar[str] = "times"

    def score(self, path: Path, knowledge: Knowledge, *, limit: int | None = None) -> ScoreReport:
        """Reads each document with its own date and compares the times found with those of the row."""
        reader = pipeline(knowledge, STEPS)
        counts = dict.fromkeys(("strict", "span", "value", "type"), 0)
        gold_total = found_total = rows = 0
        errors: list[str] = []
        for row in rows_of(path, limit):
            rows += 1
            calendar = Calendar(reader.read(document_of(row)))
            ours = [
                Timex(mark.span.start, mark.span.end, mark.kind.upper(), when.value, mark.mod)
                for mark, when in calendar.moments()
            ]
            gold_total, found_total = gold_total + len(row.timexes), found_total + len(ours)
            _compare(row, ours, counts, errors)
        figures: list[Figure] = []
        for name, right in counts.items():
            figures += named(name, precision_recall_f1(right, found_total, gold_total), gold_total)
        notes = ("span, value and type count pairs that share a character; strict counts equal spans",)
        return ScoreReport(self.name, str(path), rows, tuple(figures), tuple(errors[:WORST]), notes)


def _compare(row: TimeRow, ours: list[Timex], counts: dict[str, int], errors: list[str]) -> None:
    gold = sorted(row.timexes, key=lambda timex: (timex.start, timex.end))
    at, paired = 0, set()
    for timex in gold:
        while at < len(ours) and ours[at].end <= timex.start:
            at += 1
        if at == len(ours) or not ours[at].meets(timex):
            errors.append(f"{row.docid} missed: {_shown(row, timex)}")
            continue
        mine, at = ours[at], at + 1
        paired.add(mine)
        counts["span"] += 1
        counts["strict"] += (mine.start, mine.end) == (timex.start, timex.end)
        counts["type"] += mine.type == timex.type
        if mine.value == timex.value:
            counts["value"] += 1
        else:
            errors.append(f"{row.docid} value: {_shown(row, timex)} read as {_shown(row, mine)}")
    errors += [f"{row.docid} not in the gold: {_shown(row, mine)}" for mine in ours if mine not in paired]


def _shown(row: TimeRow, timex: Timex) -> str:
    words = " ".join(row.text[timex.start : timex.end].split())
    return f"“{words}” {timex.type} {timex.value}"
