"""From a span of marks to the evidence of a row."""

from __future__ import annotations

from detente.model.evidence import Evidence
from detente.reading.marks import Span


def evidence(text: str, span: Span) -> Evidence:
    """The words at `span`, without white space at either end."""
    quote = text[span.start : span.end]
    start = span.start + len(quote) - len(quote.lstrip())
    quote = quote.strip()
    return Evidence(start, start + len(quote), quote)
