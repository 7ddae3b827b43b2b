"""Builds `knowledge/territories/territories.csv`: the factbook's long names, adjectives and demonyms (CC0), joined
with the tables beside this file, which we wrote: `territory_codes.csv` (ISO, GEC and COW codes, common names,
capitals, seats of government) and `territory_status.csv` (administrators, claimants, dates).

    python data_build/territories.py PATH_TO/country_names_factbook.jsonl
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE.parent / "src/detente/knowledge/territories/territories.csv"
COLUMNS = (
    "code", "name", "kind", "region", "iso2", "cow", "cow_number", "fips", "names", "adjectives", "demonyms",
    "capital", "capital_forms", "seats", "administrators", "claimants", "successors", "since", "until", "note",
)  # fmt: skip
# what the factbook writes where it has no such name, or a part of one
NO_NAME = frozenset({"", "none", "NA", "The Dominican"})


def build(source: Path) -> list[list[str]]:
    """Rows sorted by code. A cell that our own table fills replaces what the factbook says; names add up."""
    with source.open(encoding="utf-8") as handle:
        facts = {row["gec"]: row for row in map(json.loads, handle)}
    status = {row["code"]: row for row in read(HERE / "territory_status.csv")}
    return sorted(
        territory(row, facts.get(row["gec"], {}), status.get(row["code"], {}))
        for row in read(HERE / "territory_codes.csv")
    )


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, strict=True))


def territory(row: dict[str, str], fact: dict[str, str], status: dict[str, str]) -> list[str]:
    names = [row["name"], *row["more_names"].split("|"), official_name(fact.get("long", ""))]
    cells = {
        **row,
        "fips": row["gec"].upper(),
        "names": joined(names),
        "adjectives": row["adjectives"] or joined(adjectives(fact.get("adjective", ""))),
        "demonyms": row["demonyms"] or joined(demonyms(fact.get("demonym", ""))),
        "administrators": status.get("administrators", ""),
        "claimants": status.get("claimants", ""),
        "since": status.get("since", ""),
        "note": status.get("note", ""),
    }
    return [cells.get(column, "") for column in COLUMNS]


def joined(forms: list[str]) -> str:
    """Forms in the order given, each once, without an article before the name."""
    bare = [re.sub(r"^[Tt]he ", "", form) for form in forms]
    return "|".join(form for form in dict.fromkeys(bare) if form not in NO_NAME)


def official_name(text: str) -> str:
    """ "Republic of X (prior to ...)" and "X; note - ..." without what follows the name."""
    return re.split(r"\s*(?:\((?!Keeling)|;|,)", text)[0].strip()


def adjectives(text: str) -> list[str]:
    return [part for part in re.split(r"\s*(?:,|;|\bor\b)\s*", text) if part]


def demonyms(text: str) -> list[str]:
    """ "Afghan(s)" gives both numbers; "Thai (singular and plural)" gives one word for both."""
    forms: list[str] = []
    for part in adjectives(re.sub(r"\s+\([^)]*\)", "", text)):
        stem, _, rest = part.partition("(")
        forms.append(stem)
        if rest.startswith("s"):
            forms.append(stem + "s")
    return forms


if __name__ == "__main__":
    with OUT.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(build(Path(sys.argv[1])))
