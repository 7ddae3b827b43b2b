"""Figures: numbers that somebody vouches for, with bound, unit, measure and what is counted.

`cardinals` reads single numbers and `scanning` their ranges and bounds, `excluding` sets aside those that are no
figures, `units` finds money and quantities, `counting` the counted noun, and `measuring` reads from the parse what is
measured and whose it is.
"""

from __future__ import annotations

from detente.reading.figures.step import FigureStep

__all__ = ["FigureStep"]
