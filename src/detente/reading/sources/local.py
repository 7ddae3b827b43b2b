"""Files on this machine: how one is opened, and what it is called in the record."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detente.errors import InputError
from detente.reading.sources.errors import MissingInput, UnreadableInput
from detente.reading.sources.parcel import Parcel


def local_uri(place: str) -> str:
    """The path as given, relative to the current folder where it lies below it, with forward slashes."""
    path = Path(place)
    if path.is_absolute():
        here = Path.cwd()
        path = path.relative_to(here) if path.is_relative_to(here) else path
    return path.as_posix()


@contextmanager
def opened(place: str) -> Iterator[Parcel]:
    """The file at `place` as a parcel. Raises MissingInput or UnreadableInput."""
    uri = local_uri(place)
    try:
        stream = Path(place).open("rb", buffering=0)  # noqa: SIM115  closed below
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise unopened(uri, error) from error
    with stream:
        try:
            yield Parcel(uri, stream)
        except OSError as error:  # a disk or a share that fails while it is read
            raise unopened(uri, error) from error


def unopened(uri: str, error: OSError | ValueError) -> InputError:
    """Why the system would not give a file or a folder."""
    if isinstance(error, FileNotFoundError | NotADirectoryError) or not isinstance(error, OSError):
        return MissingInput(
            f"there is no file {uri}",
            value=uri,
            expected="a file, a folder, a pattern, a URL, or - for standard input",
            todo=f"check the spelling; the current folder is {Path.cwd().as_posix()}",
        )
    reason = os.strerror(error.errno) if error.errno else str(error)
    return UnreadableInput(
        f"{uri} cannot be opened",
        value=reason,
        expected="a file that the user who runs this may read",
        todo="change its permissions, or copy it to where it can be read",
    )
