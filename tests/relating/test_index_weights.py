"""The published table of weights says what the ontologies say, of every type, and nothing of any country."""

from __future__ import annotations

from typing import get_args

import pytest

from detente.knowledge import Knowledge
from detente.knowledge.loading import read_text
from detente.model.vocabulary import EventType
from detente.relating.index import Weights
from detente.relating.index.weights import TABLE
from detente.relating.status import STATUSES

WEIGHTS = Weights.load()
ONTOLOGY = Knowledge().ontology
MODES = [(kind.name, mode.name) for kind in ONTOLOGY.types for mode in kind.modes]


def test_every_type_and_status_has_its_weight_between_none_and_full() -> None:
    for kind in get_args(EventType):
        row = WEIGHTS.of(kind)
        assert -10 <= row.score <= 10
        assert 0 <= row.weight <= 1
    assert set(WEIGHTS.statuses) == set(STATUSES)
    assert all(0 <= factor <= 1 for factor in WEIGHTS.statuses.values())


@pytest.mark.parametrize(("kind", "mode"), MODES)
def test_scores_are_those_of_the_published_table(kind: str, mode: str) -> None:
    expected = ONTOLOGY.mode_score(kind, mode)
    assert expected is not None
    assert WEIGHTS.of(kind, mode).score == expected
    assert WEIGHTS.of(kind).score == ONTOLOGY.mode_score(kind)


def test_a_statement_counts_only_as_accord_or_sympathy_with_the_score_of_its_code() -> None:
    assert WEIGHTS.of("STATEMENT", None, "010").weight == 0
    assert WEIGHTS.of("STATEMENT", None, "0211").weight == 0
    for code in ("018", "019"):
        assert WEIGHTS.of("STATEMENT", None, code).score == ONTOLOGY.code(code).goldstein


def test_an_unknown_mode_counts_as_its_type() -> None:
    assert WEIGHTS.of("ASSAULT", "with-a-mode-to-come", "190") == WEIGHTS.of("ASSAULT")


def test_every_row_is_of_a_known_type_and_mode_and_stands_once() -> None:
    keys = [(row.type, row.mode, row.code) for row in WEIGHTS.types]
    assert len(keys) == len(set(keys))
    assert {(kind, mode) for kind, mode, _ in keys if mode is not None} <= set(MODES)


def test_the_table_names_no_territory() -> None:
    words = set(read_text(TABLE).replace(",", " ").split())
    names = {one.name for one in Knowledge().territories.by_code.values()} | set(Knowledge().territories.by_code)
    assert words & names == set()
