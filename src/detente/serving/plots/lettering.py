"""How wide words run, so that labels can be placed before anything is drawn."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Roboto, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif"
_UNKNOWN = 600  # thousandths: a letter that the font does not have


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line of text, in the units of `size`."""
    widths = _widths()[bold]
    return sum(widths.get(ord(letter), _UNKNOWN) for letter in text) * size / 1000


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The text in lines of at most `room`, broken at spaces; a word longer than that stays whole."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", size, bold=bold) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


@cache
def _widths() -> tuple[dict[int, int], dict[int, int]]:
    with (FONTS / "widths.csv").open(encoding="utf-8", newline="") as stream:
        rows = [(int(row["code_point"], 16), int(row["regular"]), int(row["bold"])) for row in csv.DictReader(stream)]
    return {code: regular for code, regular, _ in rows}, {code: bold for code, _, bold in rows}
