"""Builds `knowledge/ontologies/cameo.csv` from the published code table and the published crosswalk to PLOVER.

    python data_build/ontologies.py PATH_TO/cameo_codes.csv PATH_TO/CAMEO2PLOVER-2021.txt

The table gives code, label, Goldstein score, class, type, mode and context. The crosswalk gives the last three again
and names one code that the table lacks; where the two differ, the difference is printed and listed in
`docs/ontologies.md`, and the table's word stands unless `CORRECTED` says otherwise. Labels lose their accidents of
spelling (`RESPELT`, and roots in capitals). No description or usage note is carried over.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path
from typing import NamedTuple

QUADS = {
    "1": "verbal_cooperation",
    "2": "material_cooperation",
    "3": "verbal_conflict",
    "4": "material_conflict",
}
OUT = Path(__file__).parents[1] / "src/detente/knowledge/ontologies/cameo.csv"
COLUMNS = ("code", "label", "goldstein", "quad", "type", "mode", "context")
LABELS = {"1214": "Reject intelligence cooperation"}
"""Labels of codes that only the crosswalk has."""
CORRECTED = {"175": ("ASSAULT", "", "military; pro_autocracy")}
"""Type, mode and context where both sources are plainly wrong: 175 has a context in the place of its mode."""
RESPELT = {"non mediation": "non-mediation"}
LINE = re.compile(r"(?P<code>\d{2,4}):(?P<cells>[^#]*)")


class Coding(NamedTuple):
    """What PLOVER makes of a code."""

    type: str
    mode: str
    context: str


def build(table: Path, crosswalk: Path) -> list[list[str]]:
    """Rows sorted by code. Codes 01 and 02, which PLOVER dropped, are STATEMENT."""
    published = codings(crosswalk)
    with table.open(encoding="utf-8", newline="") as handle:
        rows = {row["code"]: row for row in csv.DictReader(handle)}
    for code in sorted(published.keys() - rows.keys()):
        # its sisters under the same parent agree in score and class
        rows[code] = {**rows[code[:-1] + "1"], "code": code, "name": LABELS[code]}
    built = []
    for code, row in sorted(rows.items()):
        coding = CORRECTED.get(code) or published.get(code) or in_table(row)
        built.append([code, label(row["name"]), f"{float(row['goldstein']):g}", QUADS[row["quad"]], *coding])
    return built


def differences(table: Path, crosswalk: Path) -> list[str]:
    """One line for each code on which the two sources differ."""
    published = codings(crosswalk)
    with table.open(encoding="utf-8", newline="") as handle:
        rows = {row["code"]: row for row in csv.DictReader(handle)}
    lines = [f"{code}: only in the crosswalk" for code in sorted(published.keys() - rows.keys())]
    lines += [
        f"{code}: {in_table(row)} in the table, {published[code]} in the crosswalk"
        for code, row in sorted(rows.items())
        if code in published and published[code] != in_table(row)
    ]
    return lines


def codings(crosswalk: Path) -> dict[str, Coding]:
    """The crosswalk by code; the first line of a code counts, as 08 heads two types."""
    found: dict[str, Coding] = {}
    for line in crosswalk.read_text(encoding="utf-8").splitlines():
        matched = LINE.match(line.strip())
        if matched:
            cells = [" ".join(cell.split()) for cell in matched["cells"].split(",")]
            found.setdefault(matched["code"], Coding(*(*cells, "", "")[:3]))
    return found


def in_table(row: dict[str, str]) -> Coding:
    return Coding(row["plover16"] or "STATEMENT", row["plover_mode"].strip(), row["plover_context"].strip())


def label(name: str) -> str:
    """One space between words, a capital at the start and none after it but in WMD."""
    text = " ".join(name.split())
    if text.isupper():
        text = text.lower()
    for wrong, right in RESPELT.items():
        text = text.replace(wrong, right)
    return text[:1].upper() + text[1:]


if __name__ == "__main__":
    sources = Path(sys.argv[1]), Path(sys.argv[2])
    with OUT.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(build(*sources))
    print("\n".join(differences(*sources)) or "table and crosswalk agree")
