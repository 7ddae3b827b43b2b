"""The lexicon of acts: every row valid, every type covered, the closed lists sound."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from detente.errors import KnowledgeError
from detente.knowledge import Knowledge, loading
from detente.knowledge.loading import read_table
from detente.model.vocabulary import EventType
from detente.reading.events.lexicon import TABLES, Acts
from detente.reading.factuality import Factuality

KNOWLEDGE = Knowledge()
ACTS = Acts.load("en", KNOWLEDGE.ontology)
ENTRIES = [entry for group in ACTS.entries.values() for entry in group]


def test_there_are_many_entries_for_every_type() -> None:
    counts = Counter(entry.type for entry in ENTRIES)
    assert len(ENTRIES) >= 900
    for kind in get_args(EventType):
        assert counts[kind] >= 12, kind


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_sorted_and_unlike_each_other(table: str) -> None:
    rows = read_table(f"lexicons/en/{table}")
    keys = [(row["word"], row["pos"], row["needs"]) for row in rows]
    assert keys == sorted(set(keys))
    assert {row["strength"] for row in rows} <= {"strong", "weak"}


def test_compositions_name_known_operators_and_codes() -> None:
    for row in read_table("lexicons/en/events_composition.csv"):
        assert row["op"] in ACTS.operators, row
        assert row["type"] in get_args(EventType), row
        assert row["inner"] in ("*", *get_args(EventType)) or row["inner"] in KNOWLEDGE.ontology.codes, row


def test_an_entry_with_more_conditions_comes_first() -> None:
    for group in ACTS.entries.values():
        wanted = [sum(not need.absent for need in entry.needs) for entry in group]
        assert wanted == sorted(wanted, reverse=True)


def test_no_list_names_a_territory() -> None:
    names = {name.lower() for t in KNOWLEDGE.territories.by_code.values() for name in (t.name, *t.adjectives)}
    words = {entry.word for entry in ENTRIES} | {w for entry in ENTRIES for need in entry.needs for w in need.words}
    signs = {word for group in Factuality.load("en").words.signatures.values() for word in group.words}
    assert not (words | signs) & names


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("a,v,,ASSAULT,190,,,,solo,strong", "no such option"),
        ("a,v,,ASSAULT,,,,,,strong", "neither a code nor an operator"),
        ("a,v,,ASSAULT,190,,,wish,,strong", "no such operator"),
        ("a,v,obj=@nothing,ASSAULT,190,,,,,strong", "no such class of words"),
    ],
)
def test_a_broken_row_is_named(monkeypatch: pytest.MonkeyPatch, row: str, words: str) -> None:
    real = loading.read_text

    def broken(path: str) -> str:
        text = real(path)
        return f"{text.splitlines()[0]}\n{row}\n" if path.endswith("events_verbs.csv") else text

    monkeypatch.setattr(loading, "read_text", broken)
    with pytest.raises(KnowledgeError, match=words):
        Acts.load("en", KNOWLEDGE.ontology)


def test_every_file_says_where_it_comes_from() -> None:
    folder = Path(loading.__file__).parent / "lexicons" / "en"
    for name in ("events.yaml", "factuality.yaml"):
        text = (folder / name).read_text(encoding="utf-8")
        assert "licence: Apache-2.0" in text
        assert "source: " in text
