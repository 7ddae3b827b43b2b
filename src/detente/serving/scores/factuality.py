"""Scores factuality: for each marked event the degree from -3 (certainly not) to 3 (certainly so).

Rows hold `text` and `events` of `{start, end, factuality, ok}`. Pearson's correlation and the mean absolute error over
all events whose words stand at their offsets; the polarity that the degree implies is scored beside them.
"""

from __future__ import annotations

from bisect import bisect_right
from math import sqrt
from pathlib import Path
from typing import ClassVar

import msgspec

from detente.knowledge import Knowledge
from detente.model.document import Document
from detente.serving.scores.report import Figure, ScoreReport


class FactualityEvent(msgspec.Struct):
    """One marked word with the annotators' mean; `ok` is false where its offsets are unsure."""

    start: int
    end: int
    factuality: float
    ok: bool = True


class FactualityRow(msgspec.Struct):
    """One row of the set; other columns are ignored."""

    id: str
    text: str
    events: list[FactualityEvent]


class FactualityScore:
    name: ClassVar[str] = "factuality"

    def score(self, path: Path, knowledge: Knowledge, *, limit: int | None = None) -> ScoreReport:
        """Figures for one file; `errors` hold the events that lie more than 3 away, the worst first."""
        from detente.reading.factuality import Factuality
        from detente.reading.pipeline import pipeline
        from detente.reading.syntax import tree

        factuality = Factuality.load(knowledge.language)
        reader = pipeline(knowledge, ("layout", "parse"))
        lines = [line for line in path.read_bytes().splitlines() if line.strip()]
        gold: list[float] = []
        said: list[float] = []
        misses: list[tuple[float, str]] = []
        for line in lines[:limit]:
            row = msgspec.json.decode(line, type=FactualityRow)
            paper = reader.read(_document(row.text))
            assert paper.parse is not None
            view = tree(paper.parse)
            for event in (e for e in row.events if e.ok and len(view)):
                status = factuality.of(view, bisect_right(view.starts, event.start) - 1)
                gold.append(event.factuality)
                said.append(status.degree)
                if (gap := abs(status.degree - event.factuality)) > 3:
                    word = row.text[event.start : event.end]
                    why = "; ".join(status.reasons)
                    misses.append(
                        (gap, f"{row.id}: “{word}” {event.factuality} read as {status.degree} ({why}): {row.text}")
                    )
        figures = (
            Figure("Pearson", pearson(gold, said), len(gold)),
            Figure("MAE", sum(abs(g - s) for g, s in zip(gold, said, strict=True)) / max(1, len(gold)), len(gold)),
            Figure("sign accuracy", sum((g > 0) == (s > 0) for g, s in zip(gold, said, strict=True))
                   / max(1, len(gold)), len(gold)),
        )  # fmt: skip
        errors = tuple(text for _, text in sorted(misses, key=lambda miss: (-miss[0], miss[1])))
        return ScoreReport(self.name, str(path), len(lines[:limit]), figures, errors)


def pearson(xs: list[float], ys: list[float]) -> float:
    """Pearson's correlation; 0 where one side does not vary."""
    size = len(xs)
    if size < 2:
        return 0.0
    mean_x, mean_y = sum(xs) / size, sum(ys) / size
    covariance = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    spread = sqrt(sum((x - mean_x) ** 2 for x in xs) * sum((y - mean_y) ** 2 for y in ys))
    return covariance / spread if spread else 0.0


def _document(text: str) -> Document:
    return Document(document_id="", uri="", text=text, text_sha256="", language="en", reader_version="")
