"""The JSON Schema of the record, made from the model: to it every exported line keeps."""

from __future__ import annotations

import inspect
from typing import Any

import msgspec
from msgspec import Struct

from detente.errors import KnowledgeError
from detente.knowledge.loading import read_yaml
from detente.model import CONTRACT_VERSION, RECORD_KINDS, ActorRef, AnyRecord, Date, Evidence, Link, PlaceRef, Version

PARTS: tuple[type[Struct], ...] = (*RECORD_KINDS, ActorRef, Date, Evidence, Link, PlaceRef, Version)
"""Every class of the contract: the record kinds, then what they are made of."""


def json_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 for one line: an object whose field `record` says which kind it is.

    Fields may be added within a version of the contract, so that a line may have more fields than the schema names.
    """
    (line,), parts = msgspec.json.schema_components([AnyRecord], ref_template="#/$defs/{name}")
    known = field_meanings()
    for kind in PARTS:
        part = parts[kind.__name__]
        part["description"] = meaning(kind)
        for name, words in known[kind].items():
            part["properties"][name]["description"] = words
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A record of Détente",
        "description": (
            f"One line of an export, contract version {CONTRACT_VERSION}. For every piece of evidence, "
            "text[start:end] == quote holds in the text of its document; offsets are Unicode code points."
        ),
        **line,
        "$defs": parts,
    }


def field_meanings() -> dict[type[Struct], dict[str, str]]:
    """What each field of each class means, in the order of the model. Raises KnowledgeError where one is not told."""
    known = read_yaml("contract/fields.yaml", dict[str, dict[str, str]])
    told = {kind: known["shared"] | known[kind.__name__] for kind in PARTS}
    missing = [f"{kind.__name__}.{name}" for kind in PARTS for name in kind.__struct_fields__ if name not in told[kind]]
    if missing:
        raise KnowledgeError(
            "fields without a meaning", value=", ".join(missing), todo="add them to contract/fields.yaml"
        )
    return {kind: {name: told[kind][name] for name in kind.__struct_fields__} for kind in PARTS}


def meaning(kind: type[Any]) -> str:
    """What a class of the model means: what its module says, if that is named after it, and its own docstring."""
    module = inspect.getmodule(kind)
    of_module = module.__doc__ if module is not None and module.__name__.endswith(f".{kind.__name__.lower()}") else None
    parts = [inspect.cleandoc(doc) for doc in (of_module, kind.__dict__.get("__doc__")) if doc]
    return " ".join(" ".join(parts).split())
