"""A picture as SVG: shapes and words at places, in the order in which they are drawn. No chart knows more of SVG.

Numbers are written with two decimals at most and attributes in a fixed order: the same picture has the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from xml.sax.saxutils import escape

from detente.serving.plots.lettering import FAMILY

Place = tuple[float, float]
Anchor = Literal["start", "middle", "end"]


class Drawing:
    """A canvas of `width` by `height` units with a white ground. Colours are hexadecimal."""

    def __init__(self, width: float, height: float, *, title: str) -> None:
        self.width = width
        self.height = height
        self._title = title
        self._parts: list[str] = []

    def line(self, start: Place, end: Place, colour: str, *, wide: float = 1.0, dashes: str = "") -> None:
        (x1, y1), (x2, y2) = start, end
        self._add(
            f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{colour}" '
            f'stroke-width="{_n(wide)}"{_dashes(dashes)}/>'
        )

    def path(self, places: Sequence[Place], colour: str, *, wide: float = 2.0, dashes: str = "") -> None:
        """A line through the places."""
        self._add(
            f'<polyline points="{_points(places)}" fill="none" stroke="{colour}" stroke-width="{_n(wide)}" '
            f'stroke-linejoin="round" stroke-linecap="round"{_dashes(dashes)}/>'
        )

    def area(self, places: Sequence[Place], colour: str, *, opacity: float = 1.0) -> None:
        see = "" if opacity == 1.0 else f' fill-opacity="{_n(opacity)}"'
        self._add(f'<polygon points="{_points(places)}" fill="{colour}"{see}/>')

    def box(self, corner: Place, width: float, height: float, colour: str, *, says: str = "") -> None:
        """A filled rectangle; `says` is what a viewer shows where the pointer rests on it."""
        shape = (
            f'<rect x="{_n(corner[0])}" y="{_n(corner[1])}" width="{_n(width)}" height="{_n(height)}" fill="{colour}"'
        )
        self._add(f"{shape}><title>{escape(says)}</title></rect>" if says else f"{shape}/>")

    def dot(self, place: Place, radius: float, colour: str, *, rim: str = "") -> None:
        edge = f' stroke="{rim}" stroke-width="1"' if rim else ""
        self._add(f'<circle cx="{_n(place[0])}" cy="{_n(place[1])}" r="{_n(radius)}" fill="{colour}"{edge}/>')

    def text(
        self, place: Place, words: str, colour: str, size: float, *, anchor: Anchor = "start", bold: bool = False,
        halo: bool = False,
    ) -> None:  # fmt: skip
        """Words on a line through `place`; with `halo`, on a rim of white that keeps them clear of what lies behind."""
        weight = ' font-weight="700"' if bold else ""
        aligned = "" if anchor == "start" else f' text-anchor="{anchor}"'
        rim = ' stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"' if halo else ""
        self._add(
            f'<text x="{_n(place[0])}" y="{_n(place[1])}" font-size="{_n(size)}"{weight}{aligned} fill="{colour}"{rim}>'
            f"{escape(words)}</text>"
        )

    def svg(self) -> str:
        """The whole picture; the same for the same calls."""
        size = f'width="{_n(self.width)}" height="{_n(self.height)}"'
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {_n(self.width)} {_n(self.height)}" '
            f'font-family="{FAMILY}" role="img">'
        )
        ground = f'<rect {size} fill="#ffffff"/>'
        return "\n".join([head, f"<title>{escape(self._title)}</title>", ground, *self._parts, "</svg>", ""])

    def _add(self, part: str) -> None:
        self._parts.append(part)


def _n(value: float) -> str:
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def _points(places: Sequence[Place]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in places)


def _dashes(dashes: str) -> str:
    return f' stroke-dasharray="{dashes}"' if dashes else ""
