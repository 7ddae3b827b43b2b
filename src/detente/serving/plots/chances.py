"""The picture of a forecast: chances by class and horizon beside base rates, and whether such chances came true."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import UsageError

if TYPE_CHECKING:
    from detente.relating.forecast.forecasting import Chance, Forecast

WIDTH, SIDE, TOP, BAR = 760, 190, 78, 20
_SCALE = 300
_BLUE, _GREY, _INK = "#2f5d8a", "#9aa3ad", "#1d2329"
_FONT = "font-family='Helvetica, Arial, sans-serif'"


def draw(found: Forecast, path: Path) -> None:
    """Write the picture as SVG. Raises UsageError for a name that ends otherwise."""
    if path.suffix.lower() != ".svg":
        raise UsageError("a forecast is drawn as SVG only", value=str(path), todo="name a file that ends in .svg")
    path.write_text("\n".join(_picture(found)) + "\n", encoding="utf-8")


def _picture(found: Forecast) -> Iterator[str]:
    horizons = sorted({chance.horizon for chance in found.chances})
    rows = len(found.chances) + 2 * len(horizons)
    height = max(TOP + rows * BAR + 40, TOP + 260)
    yield (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH}' height='{height}' viewBox='0 0 {WIDTH} {height}' "
        f"{_FONT} font-size='12' fill='{_INK}'>"
    )
    yield f"<rect width='{WIDTH}' height='{height}' fill='white'/>"
    title = f"{found.source} towards {found.target}, seen from {found.as_of}"
    yield f"<text x='16' y='28' font-size='16' font-weight='bold'>{escape(title)}</text>"
    yield (
        f"<text x='16' y='48' fill='{_GREY}'>Chance of at least one such happening; the tick is the base rate</text>"
    )
    y = TOP
    for horizon in horizons:
        yield f"<text x='16' y='{y + 14}' font-weight='bold'>within {horizon} days</text>"
        y += BAR
        for chance in found.chances:
            if chance.horizon == horizon:
                yield from _bar(chance, y)
                y += BAR
        y += BAR // 2
    yield from _reliability(found, SIDE + _SCALE + 60, TOP + 10, 190)
    yield "</svg>"


def _bar(chance: Chance, y: int) -> Iterator[str]:
    yield f"<text x='{SIDE - 8}' y='{y + 14}' text-anchor='end'>{escape(chance.what.replace('_', ' '))}</text>"
    if chance.probability is None:
        yield f"<text x='{SIDE}' y='{y + 14}' fill='{_GREY}'>no forecast</text>"
        return
    length = _SCALE * 0.8 * chance.probability
    yield f"<rect x='{SIDE}' y='{y + 3}' width='{length:.1f}' height='{BAR - 7}' fill='{_BLUE}'/>"
    if chance.base_rate is not None:
        at = SIDE + _SCALE * 0.8 * chance.base_rate
        yield f"<line x1='{at:.1f}' x2='{at:.1f}' y1='{y}' y2='{y + BAR - 1}' stroke='{_INK}' stroke-width='1.5'/>"
    yield f"<text x='{SIDE + length + 8:.1f}' y='{y + 14}'>{100 * chance.probability:.0f} %</text>"


def _reliability(found: Forecast, x: int, y: int, size: int) -> Iterator[str]:
    """What was said on past days against how often it came; the area of a dot is how many forecasts it stands for."""
    yield f"<text x='{x}' y='{y - 14}' font-weight='bold'>said and came, on past days</text>"
    yield f"<rect x='{x}' y='{y}' width='{size}' height='{size}' fill='none' stroke='{_GREY}'/>"
    yield f"<line x1='{x}' y1='{y + size}' x2='{x + size}' y2='{y}' stroke='{_GREY}' stroke-dasharray='3 3'/>"
    bins = [one for chance in found.chances if chance.card is not None for one in chance.card.reliability]
    most = max((one.count for one in bins), default=1)
    for one in bins:
        radius = max(1.5, 8 * (one.count / most) ** 0.5)
        yield (
            f"<circle cx='{x + size * one.forecast:.1f}' cy='{y + size * (1 - one.came):.1f}' r='{radius:.1f}' "
            f"fill='{_BLUE}' fill-opacity='0.45'/>"
        )
    for share, label in ((0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %")):
        yield f"<text x='{x + size * share:.0f}' y='{y + size + 15}' text-anchor='middle'>{label}</text>"
        yield f"<text x='{x - 6}' y='{y + size * (1 - share) + 4:.0f}' text-anchor='end'>{label}</text>"
    yield f"<text x='{x + size / 2:.0f}' y='{y + size + 32}' text-anchor='middle' fill='{_GREY}'>said</text>"
