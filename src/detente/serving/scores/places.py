"""Toponym resolution: share of the gold places put within 161 km (100 miles), the field's usual measure.

Given names: every gold toponym is placed from its words and the article. Found too: of all gold toponyms used as
places, those that the reader marked itself and put within 161 km.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import msgspec
from msgspec import Struct

from detente.knowledge import Knowledge
from detente.model import Document
from detente.reading.marks import PlaceMark, Span
from detente.reading.pipeline import pipeline
from detente.reading.places import with_container
from detente.recording.placing import Placer, kilometres
from detente.serving.scores.report import Figure, ScoreReport

NEAR_KM = 161.0


class Toponym(Struct, frozen=True):
    start: int
    end: int
    text: str
    lat: float | None = None
    lon: float | None = None


class Row(Struct, frozen=True):
    docid: str
    text: str
    toponyms: list[Toponym]


class PlaceScore:
    """Scores a file of the place task; rows without coordinates are left out and counted in the notes."""

    name: ClassVar[str] = "places"

    def score(self, path: Path, knowledge: Knowledge, *, limit: int | None = None) -> ScoreReport:
        lines = list(filter(None, path.read_text(encoding="utf-8").split("\n")))[:limit]
        rows = [msgspec.json.decode(line, type=Row, strict=False) for line in lines]
        reader = pipeline(knowledge, ("layout", "parse", "actors", "places"))
        peoples = {
            form.form: form.territory
            for form in knowledge.territories.surface_forms()
            if form.kind in ("adjective", "demonym")
        }
        near = found = gold = skipped = 0
        errors = []
        for row in rows:
            paper = reader.read(_document(row))
            given = paper.adding(places=tuple(_given(row, peoples)))
            by_name, by_mark = Placer(knowledge, given), Placer(knowledge, paper)
            marked = {mark.span: mark for mark in paper.places or ()}
            for toponym, mark in zip(row.toponyms, given.places or (), strict=True):
                if toponym.lat is None or toponym.lon is None:
                    skipped += 1
                    continue
                gold += 1
                away = _distance(by_name, mark, toponym)
                near += away <= NEAR_KM
                if away > NEAR_KM:
                    errors.append(f"{row.docid}: {toponym.text} put {away:,.0f} km off")
                own = marked.get(mark.span)
                found += own is not None and _distance(by_mark, own, toponym) <= NEAR_KM
        figures = (
            Figure("within 161 km, names given", near / max(gold, 1), gold),
            Figure("marked as a place and within 161 km", found / max(gold, 1), gold),
        )
        return ScoreReport(
            self.name, path.name, len(rows), figures, tuple(errors), (f"{skipped} gold toponyms bear no coordinates",)
        )


def _document(row: Row) -> Document:
    return Document(
        document_id=row.docid, uri=row.docid, text=row.text, text_sha256="", language="en", reader_version=""
    )


def _given(row: Row, peoples: dict[str, str]) -> list[PlaceMark]:
    """Every gold name as a mark; the sets count "Turkish" as the name of a territory. The file's own words count
    where its offsets point beside them."""
    marks = [
        PlaceMark(Span(toponym.start, toponym.end), toponym.text, territory=peoples.get(toponym.text))
        for toponym in row.toponyms
    ]
    return [with_container(mark, row.text) for mark in marks]


def _distance(placer: Placer, mark: PlaceMark, toponym: Toponym) -> float:
    """Great-circle distance in km; infinite where the place is unknown."""
    placed = placer.place(mark)
    if placed.latitude is None or placed.longitude is None or toponym.lat is None or toponym.lon is None:
        return float("inf")
    return kilometres(placed.latitude, placed.longitude, toponym.lat, toponym.lon)
