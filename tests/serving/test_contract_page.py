"""The page of the record contract is what the model says, and every field of the model has a meaning on it."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import pytest

from detente.errors import KnowledgeError
from detente.knowledge.loading import read_yaml
from detente.model import Evidence
from detente.serving.exports import schema
from detente.serving.exports.schema import PARTS, field_meanings, json_schema

ROOT = Path(__file__).parents[2]


def test_the_contract_page_is_current() -> None:
    sys.path.insert(0, str(ROOT / "data_build"))
    try:
        import contract_page
    finally:
        sys.path.pop(0)
    assert contract_page.PAGE.read_text(encoding="utf-8") == contract_page.page(), "python data_build/contract_page.py"


def test_every_field_has_a_meaning_and_no_meaning_lacks_its_field() -> None:
    for kind, fields in field_meanings().items():
        assert list(fields) == list(kind.__struct_fields__)
    known = read_yaml("contract/fields.yaml", dict[str, dict[str, str]])
    names = {kind.__name__: set(kind.__struct_fields__) for kind in PARTS}
    assert {
        f"{part}.{field}" for part, fields in known.items() if part != "shared" for field in fields.keys() - names[part]
    } == set()
    assert known["shared"].keys() <= set().union(*names.values())


def test_a_field_without_a_meaning_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    grown = msgspec.defstruct("Evidence", [("novelty", str)], bases=(Evidence,), frozen=True)
    monkeypatch.setattr(schema, "PARTS", (grown,))
    with pytest.raises(KnowledgeError, match=r"Evidence\.novelty"):
        field_meanings()


def test_the_schema_says_what_each_field_means() -> None:
    for name, part in json_schema()["$defs"].items():
        for field, described in part["properties"].items():
            assert field == "record" or described["description"], (name, field)
