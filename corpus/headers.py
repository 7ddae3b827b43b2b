"""The header of a passage: what must stand there, and what the codes in it may be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from authoring import GENRES, REQUIRED, Passage
from casting import listed
from codes import Codes


def faults(passage: Passage, codes: Codes) -> Iterator[str]:
    """What is wrong with the header of this passage."""
    header = passage.header
    for name in REQUIRED:
        if not header.get(name):
            yield f"the header {name} is missing"
    if header.get("genre") and header["genre"] not in GENRES:
        yield f"no genre: {header['genre']}; expected one of {', '.join(GENRES)}"
    if header.get("split", passage.split) != passage.split:
        yield f"split {header['split']} in a file of {passage.split}"
    outlet = header.get("outlet")
    if outlet and outlet not in codes.territories:
        yield f"no territory: outlet {outlet}"
    try:
        date.fromisoformat(header.get("published", "2000-01-01"))
    except ValueError:
        yield f"published is no date: {header['published']}; expected YYYY-MM-DD"
    for dyad in listed(header.get("dyads", ""), ","):
        sides = dyad.split("-")
        for side in sides:
            if not codes.is_side(side):
                yield f"no territory or organisation: {side} in dyad {dyad}"
        if len(sides) != 2:
            yield f"no dyad: {dyad}; expected KEN-TZA, several parted by commas"
