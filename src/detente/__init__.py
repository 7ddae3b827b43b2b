"""Détente reads articles on relations between states and keeps an auditable record of them.

`detente.read(...)` gives typed records; `detente.Record(path)` opens a kept record; `detente.relate(path)` finds what
lies across its articles. Importing loads none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.serving.api.reading import read
    from detente.serving.api.record import Record
    from detente.serving.api.relating import relate

__version__ = "0.1.0"
__all__ = ["Record", "__version__", "read", "relate"]

_DOORS = {"read": "reading", "Record": "record", "relate": "relating"}


def __getattr__(name: str) -> Any:
    if name in _DOORS:
        return getattr(import_module(f"detente.serving.api.{_DOORS[name]}"), name)
    raise AttributeError(f"module 'detente' has no attribute {name!r}")
