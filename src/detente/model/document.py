"""The article itself, as it was read."""

from __future__ import annotations

from detente.model.date import Date
from detente.model.record import Record


class Document(Record, frozen=True, kw_only=True):
    """`text` is what every offset counts in. `published` is null only where nothing could be said."""

    document_id: str
    uri: str
    text: str
    text_sha256: str
    language: str
    reader_version: str
    outlet: str | None = None
    outlet_territory: str | None = None
    title: str | None = None
    author: str | None = None
    published: Date | None = None
