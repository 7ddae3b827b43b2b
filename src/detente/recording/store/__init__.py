"""The record on disk. `Store.open(path)` is the door; `docs/store.md` describes tables and rules."""

from __future__ import annotations

from detente.recording.store.filtering import Filter, Kind
from detente.recording.store.queries import Counts, SetAside, Standing
from detente.recording.store.searching import Hit
from detente.recording.store.store import Store
from detente.recording.store.writing import Outcome

__all__ = ["Counts", "Filter", "Hit", "Kind", "Outcome", "SetAside", "Standing", "Store"]
