"""Scores how well a hidden date of publication is inferred, on the documents of a times file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from statistics import median
from typing import ClassVar

import msgspec

from detente.knowledge import Knowledge
from detente.model.date import Date
from detente.reading.pipeline import pipeline
from detente.recording.dating import Calendar
from detente.serving.scores.report import Figure, ScoreReport
from detente.serving.scores.times import STEPS, WORST, TimeRow, document_of, rows_of


class PublicationScore:
    """How well a hidden date of publication is inferred.

    `answered` is the share of documents that get an interval, `inside` the share of these whose true day lies in
    it, `median days` its median length. Newspaper text seldom names its own year, so each document is read a second
    time behind a line that states the year alone ("© 1998"): these figures are called `year known`.
    """

    name: ClassVar[str] = "publication"

    def score(self, path: Path, knowledge: Knowledge, *, limit: int | None = None) -> ScoreReport:
        """Reads the `dct, text` of each row of a times file, with the date hidden."""
        reader = pipeline(knowledge, STEPS)
        hidden, year_known = _Inferences(), _Inferences()
        rows = 0
        for row in rows_of(path, limit):
            if not row.dct:
                continue
            rows += 1
            hidden.add(row, Calendar(reader.read(document_of(row, dated=False))).published)
            stated = msgspec.structs.replace(row, text=f"© {row.dct[:4]}\n\n{row.text}")
            year_known.add(row, Calendar(reader.read(document_of(stated, dated=False))).published)
        figures = (*hidden.figures("", rows), *year_known.figures("year known ", rows))
        return ScoreReport(self.name, str(path), rows, figures, (*hidden.errors, *year_known.errors)[:WORST])


class _Inferences:
    def __init__(self) -> None:
        self.days: list[int] = []
        self.errors: list[str] = []

    def add(self, row: TimeRow, published: Date | None) -> None:
        if published is None or published.start is None or published.end is None or row.dct is None:
            return
        start, end = date.fromisoformat(published.start), date.fromisoformat(published.end)
        self.days.append((end - start).days + 1)
        if not published.start <= row.dct[:10] <= published.end:
            self.errors.append(f"{row.docid} {row.dct[:10]} not in {published.value}: {published.raw}")

    def figures(self, prefix: str, rows: int) -> tuple[Figure, ...]:
        answered = len(self.days)
        inside = (answered - len(self.errors)) / answered if answered else 0.0
        return (
            Figure(f"{prefix}answered", answered / rows if rows else 0.0, rows),
            Figure(f"{prefix}inside", inside, answered),
            Figure(f"{prefix}median days", float(median(self.days)) if self.days else 0.0, answered),
        )
