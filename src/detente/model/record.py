"""What every record kind shares: frozen, slotted, typed, and named by the field `record` when written."""

from __future__ import annotations

from msgspec import Struct


class Record(Struct, frozen=True, kw_only=True, tag_field="record", tag=str.lower):
    """The base of all record kinds."""
