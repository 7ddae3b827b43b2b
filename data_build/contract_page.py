"""Makes `docs/record_contract.md` from the model: its classes, types and docstrings, and the meanings of its fields."""

from __future__ import annotations

from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from detente.model import CONTRACT_VERSION, RECORD_KINDS, ActorRef, Claim, Date, Evidence
from detente.serving.exports.schema import PARTS, field_meanings, meaning

PAGE = Path(__file__).parents[1] / "docs/record_contract.md"
_HEAD = f"""# The record contract

Version {CONTRACT_VERSION}. This page is made by `python data_build/contract_page.py` from the classes in
`src/detente/model/`.

The store, the Python API and every export show the same records under the same names. In JSON Lines each line is one
record and its field `record` says of which kind; `detente schema` prints the JSON Schema to which every line keeps.
Fields may be added; those below keep their names and meaning for as long as the version stands.

- Every row stands on words: for each piece of evidence, wherever it is in a row, `text[start:end] == quote` in the text
  of the row's document. The store refuses a document with one row that breaks this.
- Ids are hashes of content: the same article read by the same version gives the same ids on any machine.
- Not knowing is null, with a reason where there is one to give, and never a guess.

A line, laid out for reading:

```json
"""
_SHAPES = {str: "text", int: "whole number", float: "number", NoneType: "null"}


def page() -> str:
    """The page as text."""
    meanings = field_meanings()
    parts = [_HEAD + _example() + "\n```\n"]
    for kind in PARTS:
        if kind is ActorRef:
            parts.append("## What records are made of\n")
        level = "##" if kind in RECORD_KINDS else "###"
        parts += [f"{level} {_title(kind)}\n", meaning(kind) + "\n", _table(kind, meanings[kind])]
    return "\n".join(parts)


def _example() -> str:
    said = "The ministry said that 12 sailors were hurt"
    author = ActorRef(actor_id=None, name="The Harbour Post", kind="author", unresolved="the author is not named")
    ministry = ActorRef(
        actor_id="act-1122334455667788", name="foreign ministry of Kenya", territory="KEN", sector="GOV",
        kind="ministry", evidence=Evidence(52, 64, "The ministry"),
    )  # fmt: skip
    claim = Claim(
        claim_id="clm-0f3a5c7e9b1d2460",
        document_id="doc-5b0c9d8e7f6a1234",
        evidence=Evidence(52, 52 + len(said), said),
        contents=(Evidence(75, 75 + 20, "12 sailors were hurt"),),
        speaker=ministry,
        cue=Evidence(65, 74, "said that"),
        form="indirect",
        act="state",
        voices=(author, ministry),
        confidence=0.7,
    )
    return msgspec.json.format(msgspec.json.encode(claim), indent=1).decode()


def _title(kind: type[Struct]) -> str:
    return f"`{kind.__name__.lower()}`" if kind in RECORD_KINDS else _words(kind)


def _words(kind: type[Struct]) -> str:
    return {ActorRef: "Actor reference", Date: "Date", Evidence: "Evidence"}.get(kind) or {
        "Link": "Link",
        "PlaceRef": "Place reference",
        "Version": "Version",
    }[kind.__name__]


def _table(kind: type[Struct], meanings: dict[str, str]) -> str:
    hints = get_type_hints(kind)
    rows = [f"| `{name}` | {_shape(hints[name])} | {meanings[name]} |" for name in kind.__struct_fields__]
    return "\n".join(["| field | holds | meaning |", "|---|---|---|", *rows]) + "\n"


def _shape(hint: Any) -> str:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return " or ".join(_shape(argument) for argument in sorted(arguments, key=lambda one: one is NoneType))
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in arguments)
    if origin is tuple:
        return f"list of {_shape(arguments[0])}"
    if isinstance(hint, type) and issubclass(hint, Struct):
        return f"[{_words(hint).lower()}](#{_words(hint).lower().replace(' ', '-')})"
    return _SHAPES[hint]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
