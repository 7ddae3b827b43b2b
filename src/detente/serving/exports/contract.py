"""What every export keeps to, and how each writes a file: whole or not at all.

The formats are in modules of their own; how to add one is in `docs/adding_an_export.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, ClassVar, Protocol

from detente.errors import ExportFailed, UsageError
from detente.model import RECORD_KINDS, AnyRecord, Record

KINDS: dict[str, type[Record]] = {kind.__name__.lower(): kind for kind in RECORD_KINDS}
"""Record kinds by the name that their field `record` bears."""


class Export(Protocol):
    """Writes records in one format.

    `name` is what a person calls it, `extension` how its files end. `write` takes records in any order and writes the
    same bytes for the same records, always: in export order (`detente.recording.order`), each once, an actor's rows
    made one. With `as_given` it writes them as they come, at once and without holding any back: for records that are in
    export order already, and for listings in an order of their own. A file is written whole or not at all.
    """

    name: ClassVar[str]
    extension: ClassVar[str]

    def __init__(self, *, kind: str | None = None, as_given: bool = False) -> None: ...

    def write(self, records: Iterable[AnyRecord], out: Path | BinaryIO) -> None: ...


@contextmanager
def opened(out: Path | BinaryIO) -> Iterator[BinaryIO]:
    """A file to write to. One named by its path appears, or replaces the one there, only once it is complete."""
    if not isinstance(out, Path):
        yield out
        return
    if out.is_dir():
        raise UsageError("the export is a file, this is a folder", value=str(out), todo="name a file in it")
    if out.exists() and not out.is_file():  # a pipe or a device is written to, never replaced
        with out.open("wb") as handle:
            yield handle
        return
    if not out.parent.is_dir():
        raise UsageError("the folder of the export does not exist", value=str(out.parent), todo="create it first")
    part = out.with_name(f".{out.name}.part")
    try:
        with part.open("wb") as handle:
            yield handle
        part.replace(out)
    except OSError as error:
        raise ExportFailed(
            f"the export could not be written ({error.strerror or error})",
            value=str(out),
            todo="check the right to write there and the free space, or name another place with -o",
        ) from error
    finally:
        part.unlink(missing_ok=True)
