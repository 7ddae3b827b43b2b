"""Builds `knowledge/ontologies/cameo.csv` from the published code table: code, label, score, class and type alone."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

QUADS = {
    "1": "verbal_cooperation",
    "2": "material_cooperation",
    "3": "verbal_conflict",
    "4": "material_conflict",
}
OUT = Path(__file__).parents[1] / "src/detente/knowledge/ontologies/cameo.csv"


def build(source: Path) -> list[list[str]]:
    """Rows sorted by code. Codes 01 and 02, which PLOVER dropped, are STATEMENT."""
    with source.open(encoding="utf-8", newline="") as handle:
        rows = [
            [
                row["code"],
                row["name"].strip(),
                f"{float(row['goldstein']):g}",
                QUADS[row["quad"]],
                row["plover16"] or "STATEMENT",
                row["plover_mode"].strip(),
                row["plover_context"].strip(),
            ]
            for row in csv.DictReader(handle)
        ]
    return sorted(rows)


if __name__ == "__main__":
    with OUT.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["code", "label", "goldstein", "quad", "type", "mode", "context"])
        writer.writerows(build(Path(sys.argv[1])))
