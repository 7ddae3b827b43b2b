"""When an undated document was published, as an interval with its evidence. A first version: none."""

from __future__ import annotations

from detente.model.date import Date
from detente.reading.paper import Paper


def inferred(paper: Paper) -> Date | None:
    """The interval in which the document was published, or None where its words do not tell."""
    return None
