"""What a score says: figures with names, counts, and the worst errors in words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Protocol

from msgspec import Struct

from detente.knowledge import Knowledge


class Figure(Struct, frozen=True):
    """One measured figure. `count` is the number of gold items it rests on."""

    name: str
    value: float
    count: int


class ScoreReport(Struct, frozen=True):
    """`errors` are plain lines that show the words; `notes` say what the figures leave out."""

    task: str
    file: str
    rows: int
    figures: tuple[Figure, ...]
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Score(Protocol):
    """Scores one file of one task's format. `limit` reads only the first rows."""

    name: ClassVar[str]

    def score(self, path: Path, knowledge: Knowledge, *, limit: int | None = None) -> ScoreReport: ...


def precision_recall_f1(right: float, found: float, gold: float) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean; 0 where a denominator is 0."""
    precision = right / found if found else 0.0
    recall = right / gold if gold else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def named(prefix: str, triple: tuple[float, float, float], count: int) -> Sequence[Figure]:
    """Three figures called `<prefix> precision`, `recall` and `F1`."""
    return [
        Figure(f"{prefix} {name}".strip(), value, count)
        for name, value in zip(("precision", "recall", "F1"), triple, strict=True)
    ]
