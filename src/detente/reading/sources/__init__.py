"""Where articles come from: one module a source, each registered by name, and the door that all inputs come in by.

What the articles say of themselves is checked in `arrival`; what they mean is read elsewhere.
"""

from __future__ import annotations

from detente.reading.sources.opening import open_inputs
from detente.reading.sources.raw import RawDocument, SetAside, Source, SourceOptions

__all__ = ["RawDocument", "SetAside", "Source", "SourceOptions", "open_inputs"]
