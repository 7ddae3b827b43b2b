"""The page of commands is what the commands say of themselves."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_page_of_commands_is_current() -> None:
    sys.path.insert(0, str(ROOT / "data_build"))
    try:
        import commands_page
    finally:
        sys.path.pop(0)
    assert commands_page.PAGE.read_text(encoding="utf-8") == commands_page.page()
