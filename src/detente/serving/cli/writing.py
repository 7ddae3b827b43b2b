"""Where an export goes: standard output, a file, a folder, or a device or pipe, which is never replaced."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from detente.errors import ExportFailed, UsageError
from detente.model import AnyRecord


def keep_off(record: Path, *places: Path | None) -> None:
    """Raises UsageError where one of these places is the record itself, or where two of them are one."""
    taken = [record.resolve()]
    for place in places:
        if place is None:
            continue
        if place.resolve() in taken:
            raise UsageError(
                "this file is the record, or is written twice", value=str(place), expected="the name of another file"
            )
        taken.append(place.resolve())


def write(export: Any, records: Iterable[AnyRecord], output: str) -> None:
    """Write `records` with `export` to the place that `-o` names. Raises ExportFailed where the system will not."""
    path = Path(output)
    if output == "-":
        export.write(records, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    elif path.exists() and not path.is_file() and not path.is_dir():
        try:
            with path.open("wb") as stream:
                export.write(records, stream)
        except OSError as error:
            raise ExportFailed(
                f"-o cannot be written ({error.strerror})", value=output, todo="free some space, or name another place"
            ) from error
    else:
        export.write(records, path)
