"""The score of places on a small file of its own form."""

from __future__ import annotations

import json
from pathlib import Path

from detente.knowledge import Knowledge
from detente.serving.scores.places import PlaceScore


def _row(text: str, **toponyms: tuple[float | None, float | None]) -> str:
    found = [
        {"start": text.index(name), "end": text.index(name) + len(name), "text": name, "lat": lat, "lon": lon}
        for name, (lat, lon) in toponyms.items()
    ]
    return json.dumps({"docid": "d", "text": text, "toponyms": found}, ensure_ascii=False)


def test_places_near_count_and_places_far_do_not(tmp_path: Path) -> None:
    path = tmp_path / "places.jsonl"
    rows = [
        _row("Ships left Valparaiso\u2028 for Guayaquil.", Valparaiso=(-33.0, -71.6), Guayaquil=(60.0, 10.0)),
        _row("Floods hit Mongolia.", Mongolia=(None, None)),
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    report = PlaceScore().score(path, Knowledge())
    assert (report.rows, report.figures[0].value, report.figures[0].count) == (2, 0.5, 2)
    assert any("Guayaquil" in line for line in report.errors)
    assert report.notes == ("1 gold toponyms bear no coordinates",)
