"""The words a row stands on."""

from __future__ import annotations

from msgspec import Struct


class Evidence(Struct, frozen=True):
    """`text[start:end] == quote` for the document's text, always; offsets are Unicode code points."""

    start: int
    end: int
    quote: str
