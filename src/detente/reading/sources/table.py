"""Rows of a table as articles: which column is which field. What CSV and JSON have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from detente.reading.sources.cleaning import cleaned
from detente.reading.sources.decoding import once_only
from detente.reading.sources.errors import MissingColumn
from detente.reading.sources.raw import FIELDS, RawDocument


def columns_of(found: Iterable[str], columns: Mapping[str, str], uri: str) -> dict[str, str]:
    """The name in the table of every field it has.

    A column called as a field needs no mapping; letters' case and spaces around it do not count. Raises MissingColumn
    where one that was asked for, or the text, is not there.
    """
    names = list(found)
    by_name = {name.strip().lower(): name for name in reversed(names)}
    have: dict[str, str] = {}
    for field in FIELDS:
        wanted = columns.get(field, field)
        name = wanted if wanted in names else by_name.get(wanted.strip().lower())
        if name is not None:
            have[field] = name
        elif field in columns or field == "text":
            raise _missing(wanted, field, names, uri)
    return have


def row_document(values: Mapping[str, str | None], uri: str) -> RawDocument:
    """One row, its values by field. `uri` is what it is called where it does not say. Raises what `cleaned` raises."""
    stated = {field: (value or "").strip() or None for field, value in values.items()}
    uri = stated.get("uri") or uri
    return RawDocument(
        uri=uri,
        text=cleaned(once_only(values.get("text") or ""), uri),
        title=stated.get("title"),
        outlet=stated.get("outlet"),
        outlet_territory=stated.get("outlet_territory"),
        author=stated.get("author"),
        published=stated.get("published"),
        language=stated.get("language"),
    )


def _missing(wanted: str, field: str, names: list[str], uri: str) -> MissingColumn:
    shown = ", ".join(name or "(no name)" for name in names[:30]) or "none"
    return MissingColumn(
        f"{uri} has no column {wanted!r}",
        value=f"its columns are {shown}",
        expected=f"a column for the field {field}",
        todo=f"name the right one: --column {field}=NAME",
    )
