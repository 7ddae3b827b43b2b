"""`detente.relate`: a kept record brought up to date in what lies across its articles."""

from __future__ import annotations

from pathlib import Path

from detente.knowledge import Knowledge
from detente.recording.store import Store
from detente.relating.refresh import Refreshed, bring_up_to_date


def relate(path: Path | str) -> Refreshed:
    """Take the articles that came since the last time into happenings, and settle the disputes they touch.

    `detente read` does it at its end; call it after `Store.add`. Nothing to do costs nothing. Raises StoreError where
    there is no record or it cannot be written.
    """
    with Store.open(path, create=False) as store:
        return bring_up_to_date(store, Knowledge())
