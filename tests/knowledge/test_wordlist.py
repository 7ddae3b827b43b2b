"""The small lexicons and the tables of numbers, units and money keep their form."""

from __future__ import annotations

import re

import pytest

from detente.errors import KnowledgeError
from detente.knowledge.loading import read_table
from detente.knowledge.wordlist import WordList

LISTS = ["abbreviations", "quotation", "paragraphs", "figures"]
TABLES = ["figure_numbers", "figure_units", "figure_money"]


@pytest.mark.parametrize("name", LISTS)
def test_a_lexicon_has_source_licence_and_distinct_lower_case_forms(name: str) -> None:
    lexicon = WordList.load("en", name)
    assert lexicon.language == "en" and lexicon.source and lexicon.licence
    for group in lexicon.entries:
        assert all(form and form == form.lower() for form in group.forms), group.kind


def test_forms_are_told_apart_by_strength() -> None:
    lexicon = WordList.load("en", "quotation")
    assert "said" in lexicon.forms("speech", "strong")
    assert "called" in lexicon.forms("speech", "weak")
    assert lexicon.forms("speech") == lexicon.forms("speech", "strong") | lexicon.forms("speech", "weak")


def test_a_missing_lexicon_is_named() -> None:
    with pytest.raises(KnowledgeError, match="xx/quotation"):
        WordList.load("xx", "quotation")


@pytest.mark.parametrize("name", TABLES)
def test_no_row_of_a_table_stands_twice(name: str) -> None:
    rows = [tuple(row.values()) for row in read_table(f"lexicons/en/{name}.csv")]
    assert len(rows) == len(set(rows))


def test_currencies_are_iso_codes_and_open_ones_are_weak() -> None:
    for row in read_table("lexicons/en/figure_money.csv"):
        assert re.fullmatch(r"[A-Z]{3}|", row["code"]), row
        assert row["strength"] in ("strong", "weak")
        assert row["code"] or row["strength"] == "weak", row
