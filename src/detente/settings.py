"""What a run can be told, as one object that is passed in. No module keeps a setting of its own."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct


class Settings(Struct, frozen=True, kw_only=True):
    """`database` is the record; `workers` reading processes; `published`, `outlet` and `outlet_territory`
    override what the documents say of themselves. `largest_text_bytes` bounds what is opened at all,
    `largest_article_characters` one article: that many take one or two minutes and 1.5 GiB."""

    database: Path
    workers: int = 1
    published: str | None = None
    outlet: str | None = None
    outlet_territory: str | None = None
    largest_text_bytes: int = 50_000_000
    largest_article_characters: int = 1_000_000
    fetch_timeout_seconds: float = 20.0


def default_database() -> Path:
    """`$DETENTE_DB`, else `detente.db` in the folder where one stands."""
    return Path(os.environ.get("DETENTE_DB", "detente.db"))
