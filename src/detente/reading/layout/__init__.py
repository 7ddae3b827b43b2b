"""Paragraphs with their kinds, sentences, and quotation blocks. Deterministic, linear in time, never fails.

`paragraphs` finds and names them, `sentences` cuts them, `pairing` pairs quotation marks within a paragraph,
`running` follows quotations over paragraphs, `holding` says what introduces a quotation and of which kind it is.
"""

from __future__ import annotations

from detente.reading.layout.step import LayoutStep

__all__ = ["LayoutStep"]
