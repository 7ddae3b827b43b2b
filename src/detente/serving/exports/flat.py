"""Records as flat rows: which columns each kind has, made from the model's types, so that a new field has its column.

- evidence: `quote`, `evidence_start`, `evidence_end`; other words (`trigger`, `cue`): the words, `…_start`, `…_end`
- an actor: `speaker_name`, `speaker_territory`, `speaker_sector`, `speaker_kind`, `speaker_id`
- several actors: `source_names`, `source_territories`, … in step with one another; of `about` also `about_stances`
- `voices`: the chain in one cell, `author > CSSC > the report`, and `voice_territories`
- a date: `date_start`, `date_end`, `date_precision`, `date_basis`, `date_raw`, `date_value`
- a place: `place_name`, `place_territory`, `place_geonameid`, `place_precision`, `place_id`
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from detente.model import ActorRef, Date, Evidence, PlaceRef, Record

Cell = str | int | float | None | tuple[str | float | None, ...]
Shape = Literal["text", "whole", "real", "texts", "reals"]

CHAIN = " > "


class Column(Struct, frozen=True):
    """`shape` is what stands in its cells: one value or several, of text, whole or real numbers."""

    name: str
    shape: Shape
    cell: Callable[[Any], Cell]


@cache
def columns(kind: type[Record]) -> tuple[Column, ...]:
    """The columns of a kind of record, in the order of its fields."""
    hints = get_type_hints(kind)
    return tuple(column for name in kind.__struct_fields__ for column in _field(name, hints[name]))


def row(record: Record) -> dict[str, Cell]:
    """One record as a flat row."""
    return {column.name: column.cell(record) for column in columns(type(record))}


def _field(name: str, hint: Any) -> Iterator[Column]:
    inner = _without_none(hint)
    if get_origin(inner) is tuple:
        yield from _several(name, get_args(inner)[0])
    elif inner is Evidence:
        yield from _words(name)
    elif inner is ActorRef:
        yield from _parts(name, _ACTOR_PARTS)
    elif inner is PlaceRef:
        yield from _parts(name, _PLACE_PARTS)
    elif inner is Date:
        yield from _parts(name, {part: part for part in Date.__struct_fields__})
    else:
        yield Column(name, _SHAPES.get(inner, "text"), lambda record: getattr(record, name))


_SHAPES: dict[Any, Shape] = {int: "whole", float: "real"}
_ACTOR_PARTS = {"name": "name", "territory": "territory", "sector": "sector", "kind": "kind", "id": "actor_id"}
_PLACE_PARTS = {
    "name": "name", "territory": "territory", "geonameid": "geonameid", "precision": "precision", "id": "place_id",
}  # fmt: skip


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        kept = [argument for argument in get_args(hint) if argument is not NoneType]
        return kept[0] if len(kept) == 1 else hint
    return hint


def _words(name: str) -> Iterator[Column]:
    quote = "quote" if name == "evidence" else name
    yield Column(quote, "text", _read(name, "quote"))
    yield Column(f"{name}_start", "whole", _read(name, "start"))
    yield Column(f"{name}_end", "whole", _read(name, "end"))


def _parts(name: str, parts: dict[str, str]) -> Iterator[Column]:
    for column, part in parts.items():
        shape: Shape = "whole" if part == "geonameid" else "text"
        yield Column(f"{name}_{column}", shape, _read(name, part))


def _read(name: str, part: str) -> Callable[[Any], Cell]:
    return lambda record: _part(getattr(record, name), part)


def _part(held: Struct | None, part: str) -> Any:
    return None if held is None else getattr(held, part)


def _several(name: str, hint: Any) -> Iterator[Column]:
    one = name.removesuffix("s")
    if hint is ActorRef and name == "voices":
        yield Column(name, "text", lambda record: CHAIN.join(ref.name for ref in getattr(record, name)) or None)
        yield Column("voice_territories", "texts", _collect(name, "territory"))
    elif hint is ActorRef:
        yield Column(f"{one}_names", "texts", _collect(name, "name"))
        yield Column(f"{one}_territories", "texts", _collect(name, "territory"))
        yield Column(f"{one}_sectors", "texts", _collect(name, "sector"))
        yield Column(f"{one}_kinds", "texts", _collect(name, "kind"))
        yield Column(f"{one}_ids", "texts", _collect(name, "actor_id"))
        if name == "about":
            yield Column(f"{one}_stances", "reals", _collect(name, "stance"))
    elif hint is Evidence:
        yield Column(name, "texts", _collect(name, "quote"))
    elif hint is str:
        yield Column(name, "texts", lambda record: getattr(record, name))
    else:
        yield Column(
            name, "texts", lambda record: tuple(msgspec.json.encode(item).decode() for item in getattr(record, name))
        )


def _collect(name: str, part: str) -> Callable[[Any], tuple[Any, ...]]:
    return lambda record: tuple(getattr(item, part) for item in getattr(record, name))
