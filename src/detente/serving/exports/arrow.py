"""Records as Arrow tables: nested as in the model, or flat as in CSV but with typed columns and real lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from detente.model import AnyRecord, Record
from detente.serving.exports.contract import KINDS
from detente.serving.exports.flat import columns


def nested_schema(kind: str) -> Any:
    """The Arrow schema of a kind of record: structs and lists, field for field the model."""
    import pyarrow as pa

    return pa.schema(_fields(KINDS[kind]))


def flat_schema(kind: str) -> Any:
    """The Arrow schema of a kind's flat rows."""
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "whole": pa.int64(),
        "real": pa.float64(),
        "texts": pa.list_(pa.string()),
        "reals": pa.list_(pa.float64()),
    }
    return pa.schema([pa.field(column.name, types[column.shape]) for column in columns(KINDS[kind])])


def nested_table(kind: str, records: Sequence[AnyRecord]) -> Any:
    import pyarrow as pa

    rows = [msgspec.to_builtins(record) for record in records]
    return pa.Table.from_pylist(rows, schema=nested_schema(kind))


def flat_table(kind: str, records: Iterable[AnyRecord]) -> Any:
    import pyarrow as pa

    schema = flat_schema(kind)
    cells: list[list[Any]] = [[] for _ in schema]
    makers = [column.cell for column in columns(KINDS[kind])]
    for record in records:
        for values, cell in zip(cells, makers, strict=True):
            values.append(cell(record))
    return pa.table([pa.array(values, field.type) for values, field in zip(cells, schema, strict=True)], schema=schema)


def _fields(kind: type[Record] | type[Struct]) -> list[Any]:
    import pyarrow as pa

    hints = get_type_hints(kind)
    return [pa.field(name, *_type(hints[name])) for name in kind.__struct_fields__]


def _type(hint: Any) -> tuple[Any, bool]:
    """The Arrow type for a type of the model, and whether it may be null."""
    import pyarrow as pa

    if get_origin(hint) in (Union, UnionType):
        inner = next(argument for argument in get_args(hint) if argument is not NoneType)
        return _type(inner)[0], True
    if get_origin(hint) is tuple:
        return pa.list_(pa.field("item", *_type(get_args(hint)[0]))), False
    if isinstance(hint, type) and issubclass(hint, Struct):
        return pa.struct(_fields(hint)), False
    if get_origin(hint) is Literal:
        return pa.string(), False
    return {str: pa.string(), int: pa.int64(), float: pa.float64()}[hint], False
