"""The few lines at the top of a plain text that say what it is.

Title: Two capitals agree          or      ---
Outlet: The Harbour Post                   title: Two capitals agree
Published: 1 July 2024                     published: 2024-07-01
                                           ---
The text begins here.                      The text begins here.
"""

from __future__ import annotations

from msgspec import Struct

FIELD_OF = {
    "title": "title",
    "outlet": "outlet",
    "outlet-territory": "outlet_territory",
    "author": "author",
    "published": "published",
    "date": "published",
    "language": "language",
    "url": "uri",
    "uri": "uri",
}
_MOST_LINES = 60


class Header(Struct, frozen=True):
    """What was stated, by field of the document record, and where the text begins."""

    fields: dict[str, str]
    text: str


def header(text: str) -> Header:
    """Takes the header off. A text without one comes back as it is."""
    lines = text.split("\n", _MOST_LINES)
    if lines[0].strip() == "---":
        return _fenced(text, lines)
    fields: dict[str, str] = {}
    for number, line in enumerate(lines[:_MOST_LINES]):
        field = _field(line)
        if field is None:
            return Header(fields, "\n".join(lines[number:]).lstrip("\n")) if fields else Header({}, text)
        fields.setdefault(*field)
    return Header(fields, "\n".join(lines[_MOST_LINES:])) if fields else Header({}, text)


def _fenced(text: str, lines: list[str]) -> Header:
    fields: dict[str, str] = {}
    for number, line in enumerate(lines[1:-1] if len(lines) > _MOST_LINES else lines[1:], start=1):
        if line.strip() in ("---", "..."):
            return Header(fields, "\n".join(lines[number + 1 :]).lstrip("\n"))
        if (field := _field(line)) is not None:
            fields.setdefault(*field)
    return Header({}, text)  # a rule above the text, not a header


def _field(line: str) -> tuple[str, str] | None:
    name, colon, value = line.partition(":")
    field = FIELD_OF.get(name.strip().lower().replace("_", "-").replace(" ", "-"))
    value = value.strip()
    if not colon or field is None or not value:
        return None
    if value[0] == value[-1] and value[0] in "\"'" and len(value) > 1:
        value = value[1:-1]
    return field, value
