"""The rows of an index as CSV, and the index again from them: whoever has the file has the number.

Numbers are written so that they read back the same to the last bit.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TextIO

from detente.errors import UsageError
from detente.relating.index.levels import IndexSeries, levels
from detente.relating.index.observations import Observation, observation, ordinal
from detente.relating.index.periods import Step, bounds
from detente.relating.index.weights import Weights

COLUMNS = (
    "happening_id", "type", "start", "end", "score", "type_weight", "standing", "weight", "witnesses",
)  # fmt: skip


def write_rows(observations: Iterable[Observation], stream: TextIO) -> None:
    """One line a happening, in the order of the index; `weight` is `type_weight` times `standing`."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in observations:
        days = (date.fromordinal(day).isoformat() for day in (one.start, one.end))
        writer.writerow(
            (one.happening_id, one.type, *days, repr(one.score), repr(one.type_weight), repr(one.standing),
             repr(one.weight), one.witnesses)
        )  # fmt: skip


def recompute(
    path: Path | str, step: Step = "month", *, since: str | None = None, until: str | None = None
) -> IndexSeries:
    """The index from the rows that `detente index --csv` wrote, and from nothing else but the published prior.

    Rows may be taken out, or their numbers changed, to see what would follow. Raises UsageError where the file is not
    such a table.
    """
    with Path(path).open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        try:
            if not set(COLUMNS) <= set(reader.fieldnames or ()):
                raise ValueError("the columns are others")
            rows = [
                observation(
                    row["happening_id"], row["type"], ordinal(row["start"]), ordinal(row["end"]), float(row["score"]),
                    float(row["type_weight"]), float(row["standing"]), int(row["witnesses"]),
                )
                for row in reader
            ]  # fmt: skip
        except (KeyError, TypeError, ValueError) as error:
            raise UsageError(
                "this is no table of an index", value=f"{path}, line {reader.line_num}: {error}",
                expected="the columns " + ", ".join(COLUMNS), todo="write one with `detente index A B --csv FILE`",
            ) from error  # fmt: skip
    first, last = bounds(since, until)
    return levels(rows, step, prior=Weights.load().prior, since=first, until=last)
