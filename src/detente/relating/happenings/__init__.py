"""Happenings: the same event told by several articles, or several times in one, is one happening with its witnesses.

`cluster` does it in memory, `relate` keeps it up to date in the record, `decide` takes in what a person decided,
`happenings_of` and `happening_of_event` read. How it works: docs/happenings.md.
"""

from detente.relating.happenings.asking import happening_of_event, happenings_of
from detente.relating.happenings.clustering import cluster
from detente.relating.happenings.deciding import decide, decisions_of
from detente.relating.happenings.decisions import Decision
from detente.relating.happenings.keeping import Settled, relate

__all__ = ["Decision", "Settled", "cluster", "decide", "decisions_of", "happening_of_event", "happenings_of", "relate"]
