"""Figures: numbers that somebody vouches for, with bound, unit, measure and what is counted.

`scanning` reads numbers and their bounds from the text, `excluding` sets aside those that are no figures, `units`
finds money, quantities and counted nouns, `measuring` reads from the parse what is measured and whose it is.
"""

from __future__ import annotations

from detente.reading.figures.step import FigureStep

__all__ = ["FigureStep"]
