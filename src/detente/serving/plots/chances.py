"""The picture of a forecast: chances by class and horizon beside base rates, and whether such chances came true."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from detente import __version__
from detente.serving.plots import palette
from detente.serving.plots.drawing import Drawing
from detente.serving.plots.titles import name_of
from detente.serving.plots.writing import check_name, save

if TYPE_CHECKING:
    from detente.relating.forecast.forecasting import Chance, Forecast

WIDTH = 900.0
_TOP, _ROW, _NAMES, _BARS = 92.0, 22.0, 210.0, 270.0
_SQUARE = 240.0  # of the picture of what was said and came
_SMALL, _PLAIN, _TITLE = 11.5, 13.0, 18.0


def plot_forecast(found: Forecast, path: Path | str) -> None:
    """Draw it into an .svg or .png file. Raises UsageError for another kind, ExportFailed where it cannot be kept."""
    path = Path(path)
    check_name(path)
    save(forecast_picture(found), path)


def forecast_picture(found: Forecast) -> Drawing:
    """On the left a bar a chance, with a mark at its base rate; on the right what was said on past days, and came."""
    horizons = sorted({chance.horizon for chance in found.chances})
    height = max(len(found.chances) * _ROW + len(horizons) * (_ROW + 14), _SQUARE + 60)
    title = f"What {name_of(found.source)} may do to {name_of(found.target)}, seen from {found.as_of}"
    drawing = Drawing(WIDTH, _TOP + height + 44, title=title)
    drawing.text((24, 36), title, palette.INK, _TITLE, bold=True)
    subtitle = "The chance of at least one such happening in this record. The mark is the pair's own base rate."
    drawing.text((24, 60), subtitle, palette.MUTED, _PLAIN)
    y = _TOP
    for horizon in horizons:
        drawing.text((24, y + 15), f"Within {horizon} days", palette.INK, _PLAIN, bold=True)
        y += _ROW
        for chance in found.chances:
            if chance.horizon == horizon:
                _draw_chance(drawing, chance, y)
                y += _ROW
        y += 14
    _draw_reliability(drawing, found, WIDTH - _SQUARE - 40, _TOP + 26)
    source = f"Source: {found.forward:,} happening{'s' * (found.forward != 1)} one way and {found.back:,} the other "
    source += f"since {found.since}, fitted on {found.pooled:,} pair{'s' * (found.pooled != 1)}. "
    source += f"Drawn by Détente {__version__}."
    drawing.text((24, _TOP + height + 26), source, palette.MUTED, _SMALL)
    return drawing


def _draw_chance(drawing: Drawing, chance: Chance, y: float) -> None:
    name = chance.what.replace("_", " ")
    drawing.text((_NAMES - 10, y + 15), name, palette.INK, _PLAIN, anchor="end")
    drawing.line((_NAMES, y + _ROW - 4), (_NAMES + _BARS, y + _ROW - 4), palette.FAINT)
    if chance.probability is None:
        drawing.text((_NAMES + 4, y + 15), "no forecast", palette.MUTED, _PLAIN)
        return
    length = _BARS * chance.probability
    colour = next((shade for quad, shade in palette.QUADS.items() if quad == chance.what), palette.LEVEL)
    drawing.box((_NAMES, y + 4), length, _ROW - 8, colour, says=f"{name}: {100 * chance.probability:.1f} %")
    if chance.base_rate is not None:
        at = _NAMES + _BARS * chance.base_rate
        drawing.line((at, y + 1), (at, y + _ROW - 3), palette.INK, wide=2)
    drawing.text((_NAMES + _BARS + 10, y + 15), f"{100 * chance.probability:.1f} %", palette.INK, _PLAIN, bold=True)


def _draw_reliability(drawing: Drawing, found: Forecast, x: float, y: float) -> None:
    """The larger a dot, the more forecasts of past days it stands for; on the line, chances mean what they say."""
    drawing.text((x, y - 11), "Said and came, on past days", palette.INK, _PLAIN, bold=True)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        drawing.line((x, y + _SQUARE * share), (x + _SQUARE, y + _SQUARE * share), palette.FAINT)
        drawing.text((x - 6, y + _SQUARE * (1 - share) + 4), f"{100 * share:.0f}", palette.MUTED, _SMALL, anchor="end")
        drawing.text(
            (x + _SQUARE * share, y + _SQUARE + 16), f"{100 * share:.0f}", palette.MUTED, _SMALL, anchor="middle"
        )
    drawing.line((x, y + _SQUARE), (x + _SQUARE, y), palette.MUTED, dashes="4 4")
    drawing.text((x + _SQUARE / 2, y + _SQUARE + 33), "chance said, %", palette.MUTED, _SMALL, anchor="middle")
    drawing.text((x - 28, y - 11), "%", palette.MUTED, _SMALL)
    bins = [(chance.what, one) for chance in found.chances if chance.card for one in chance.card.reliability]
    if not bins:
        drawing.text((x + 12, y + 24), "no past forecast could be checked", palette.MUTED, _PLAIN)
        return
    most = max(one.count for _, one in bins)
    for what, one in sorted(bins, key=lambda row: (-row[1].count, row[0], row[1].low)):
        colour = next((shade for quad, shade in palette.QUADS.items() if quad == what), palette.LEVEL)
        place = (x + _SQUARE * one.forecast, y + _SQUARE * (1 - one.came))
        drawing.dot(place, max(2.0, 8 * (one.count / most) ** 0.5), colour, rim="#ffffff")
