"""Standard input, written - on the command line: one file of any kind."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import ClassVar

from detente.reading.sources.choosing import unpacked
from detente.reading.sources.parcel import Parcel
from detente.reading.sources.raw import Found, SourceOptions


class StandardInput:
    """What is piped in. Tables are read line by line as they come; all else is held whole."""

    name: ClassVar[str] = "stdin"

    def accepts(self, place: str) -> bool:
        return place == "-"

    def read(self, place: str, options: SourceOptions) -> Iterator[Found]:
        yield from unpacked(Parcel("-", sys.stdin.buffer), options)
