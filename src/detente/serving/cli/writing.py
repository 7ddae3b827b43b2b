"""Where an export goes: standard output, a file, a folder, or a device or pipe, which is never replaced."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from detente.errors import ExportFailed
from detente.model import AnyRecord


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
