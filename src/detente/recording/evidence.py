"""The invariant of the whole record: a row's words stand at its offsets.

Walks records generically, by their declared types, so that a field added to the model is checked from its
first day. Making evidence is not here; refusing a row whose words do not hold it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, get_args, get_type_hints

from msgspec import Struct

from detente.errors import EvidenceError
from detente.model import RECORD_KINDS, AnyRecord, Evidence


def check(records: Iterable[AnyRecord], text: str) -> None:
    """Refuse the first row whose evidence, anywhere in it, does not quote `text` at its offsets.

    Offsets are Unicode code points, `0 <= start < end <= len(text)`. Raises EvidenceError, which names the
    row, the field and both strings.
    """
    length = len(text)
    for record in records:
        for field, evidence in walk(record):
            start, end = evidence.start, evidence.end
            if not 0 <= start < end <= length or text[start:end] != evidence.quote:
                raise EvidenceError(
                    f"the words of {row_name(record)} are not where its {field} says, at {start}:{end}",
                    value=shortened(evidence.quote),
                    expected=_what_stands(text, start, end),
                    todo="this is an error in the step that made the row; nothing of this document was written",
                )


def walk(value: Struct) -> Iterator[tuple[str, Evidence]]:
    """Every piece of evidence in a struct, with the path of the field that holds it (`sources[0].evidence`)."""
    for name in _bearing_fields(type(value)):
        held = getattr(value, name)
        if isinstance(held, Evidence):
            yield name, held
        elif isinstance(held, tuple):
            for index, item in enumerate(held):
                if isinstance(item, Evidence):
                    yield f"{name}[{index}]", item
                else:
                    for path, evidence in walk(item):
                        yield f"{name}[{index}].{path}", evidence
        elif held is not None:
            for path, evidence in walk(held):
                yield f"{name}.{path}", evidence


def row_name(record: Struct) -> str:
    """`event event-0123`: the kind of a record and its id, for messages."""
    kind = type(record).__name__.lower()
    return f"{kind} {getattr(record, f'{kind}_id', '?')}"


def shortened(words: str, width: int = 80) -> str:
    """The words in quotation marks, cut to `width` characters."""
    return repr(words if len(words) <= width else words[: width - 1] + "…")


def _what_stands(text: str, start: int, end: int) -> str:
    if not 0 <= start < end <= len(text):
        return f"offsets with 0 <= start < end <= {len(text)}"
    return f"what the text has there, {shortened(text[start:end])}"


@cache
def _bearing_fields(kind: type[Any]) -> tuple[str, ...]:
    """Names of the fields whose type can lead to evidence."""
    hints = get_type_hints(kind)
    return tuple(name for name in kind.__struct_fields__ if _can_bear(hints[name]))


def _can_bear(hint: Any) -> bool:
    if isinstance(hint, type) and issubclass(hint, Struct):
        return hint is Evidence or bool(_bearing_fields(hint))
    return any(_can_bear(argument) for argument in get_args(hint))


def bearing_fields() -> dict[str, tuple[str, ...]]:
    """For each record kind, the fields that `check` looks into."""
    return {kind.__name__.lower(): _bearing_fields(kind) for kind in RECORD_KINDS}
