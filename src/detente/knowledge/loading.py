"""How a data file becomes rows. Errors name the file, the line and what was expected."""

from __future__ import annotations

import csv
from importlib.resources import files
from io import StringIO
from typing import Any, TypeVar

import msgspec

from detente.errors import KnowledgeError

T = TypeVar("T")


def read_text(path: str) -> str:
    """The text of `knowledge/<path>`."""
    try:
        return files("detente.knowledge").joinpath(path).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KnowledgeError(
            "a knowledge file is missing",
            value=path,
            todo="reinstall detente, or run `make data` in a checkout",
        ) from None


def read_table(path: str) -> list[dict[str, str]]:
    """The rows of a CSV file with a header; every row has every column."""
    rows = list(csv.DictReader(StringIO(read_text(path)), strict=True))
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise KnowledgeError("a row has too many or too few cells", value=f"{path} line {number}")
    return rows


def read_yaml(path: str, kind: type[T]) -> T:
    """A YAML file as `kind`, checked field by field."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return msgspec.convert(yaml.load(read_text(path), Loader=loader), kind, strict=True)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise KnowledgeError("a knowledge file breaks its form", value=f"{path}: {error}") from error
