"""README and the pages show what the commands print now; notes of changes become a changelog."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_runs_shown_on_the_pages_are_current() -> None:
    pytest.importorskip("pty", reason="the pages are made in a terminal, which this system has not")
    command = [sys.executable, str(ROOT / "data_build/example_runs.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}\nmake them anew: python data_build/example_runs.py"


def test_notes_become_a_chapter_of_the_changelog() -> None:
    sys.path.insert(0, str(ROOT / "data_build"))
    try:
        from changelog import TITLE, released
    finally:
        sys.path.pop(0)
    first = released("", "0.1.0", {"b.md": "Two lines\nof one note.\n", "a.md": "- A list.\n- Of two.\n"})
    assert first == f"{TITLE}\n## 0.1.0\n\n- A list.\n- Of two.\n- Two lines\n  of one note.\n"
    second = released(first, "0.2.0", {"c.md": "More."})
    assert second.index("0.2.0") < second.index("0.1.0")
    assert second.count(TITLE) == 1


def test_every_note_of_changes_is_short() -> None:
    notes = [path for path in (ROOT / "changes").glob("*.md") if path.name != "README.md"]
    assert [path.name for path in notes if len(path.read_text(encoding="utf-8").strip().splitlines()) > 6] == []
