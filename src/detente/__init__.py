"""Détente reads articles on relations between states and keeps an auditable record of them.

`detente.read(...)` gives typed records; `detente.Record(path)` opens a kept record. Importing loads neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.serving.api.reading import read
    from detente.serving.api.record import Record

__version__ = "0.1.0"
__all__ = ["Record", "__version__", "read"]


def __getattr__(name: str) -> Any:
    if name == "read":
        from detente.serving.api.reading import read

        return read
    if name == "Record":
        from detente.serving.api.record import Record

        return Record
    raise AttributeError(f"module 'detente' has no attribute {name!r}")
