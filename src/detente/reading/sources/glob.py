"""A pattern such as articles/*.txt or articles/**/*.html, where the shell has not filled it in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from glob import has_magic, iglob
from pathlib import Path
from typing import ClassVar

from detente.reading.sources.errors import MissingInput
from detente.reading.sources.raw import Found, SetAside, SourceOptions


class Glob:
    """Files and folders that fit, in the order of their paths. A file that is really called so is no pattern."""

    name: ClassVar[str] = "glob"

    def accepts(self, place: str) -> bool:
        return has_magic(place) and not os.path.lexists(place)

    def read(self, place: str, options: SourceOptions) -> Iterator[Found]:
        from detente.reading.sources.opening import open_place

        fits = [] if "\0" in place else sorted(iglob(place, recursive=True))  # noqa: PTH207  Path.glob is for relative ones
        for fit in fits:
            if not (Path(fit).is_dir() and "**" in place):  # its files fit on their own
                yield from open_place(fit, options)
        if not fits:
            yield SetAside(
                place,
                MissingInput(
                    f"nothing fits the pattern {place}",
                    value=place,
                    expected="a pattern that fits at least one file",
                    todo=f"check the spelling; the current folder is {Path.cwd().as_posix()}",
                ),
            )
