"""Disputes: where versions held by different voices cannot all hold. docs/disputes.md tells how they are found.

`disputes_in` finds those of one story from typed rows; `settle_disputes` brings the record's up to date.
"""

from __future__ import annotations

from detente.relating.disputes.asking import considered, disputes_of
from detente.relating.disputes.finding import Article, disputes_in, statements_of
from detente.relating.disputes.keeping import Settled, settle_disputes
from detente.relating.disputes.lexicon import DisputeLexicon
from detente.relating.disputes.settling import Settlement
from detente.relating.disputes.statement import Aside

__all__ = [
    "Article", "Aside", "DisputeLexicon", "Settled", "Settlement", "considered", "disputes_in", "disputes_of",
    "settle_disputes", "statements_of",
]  # fmt: skip
