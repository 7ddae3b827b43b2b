"""Moves the notes in `changes/` into `CHANGELOG.md`, under a version: `python data_build/changelog.py 0.2.0`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TITLE = "# Changes\n"


def released(changelog: str, version: str, notes: dict[str, str]) -> str:
    """The changelog with a chapter for `version` on top, made of the notes in the order of their names."""
    lines = []
    for _, text in sorted(notes.items()):
        text = text.strip()
        lines.append(text if text.startswith("- ") else "- " + text.replace("\n", "\n  "))
    earlier = changelog.removeprefix(TITLE).lstrip("\n")
    return f"{TITLE}\n## {version}\n\n" + "\n".join(lines) + "\n" + (f"\n{earlier}" if earlier else "")


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("give the version: python data_build/changelog.py 0.2.0")
    paths = {path.name: path for path in (ROOT / "changes").glob("*.md") if path.name != "README.md"}
    if not paths:
        sys.exit("there are no notes in changes/")
    page = ROOT / "CHANGELOG.md"
    before = page.read_text(encoding="utf-8") if page.exists() else ""
    notes = {name: path.read_text(encoding="utf-8") for name, path in paths.items()}
    page.write_text(released(before, sys.argv[1], notes), encoding="utf-8")
    for path in paths.values():
        path.unlink()
    print(f"{len(notes)} notes moved to CHANGELOG.md")


if __name__ == "__main__":
    main()
