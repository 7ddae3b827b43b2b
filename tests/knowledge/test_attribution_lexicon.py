"""The lexicon of attribution: every row is sound, and none favours a state."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import get_args

import pytest

from detente.knowledge.loading import read_text
from detente.model.vocabulary import Act
from detente.reading.claims.frames import ORDER
from detente.reading.claims.lexicon import CueLexicon

CUES = list(csv.DictReader(StringIO(read_text("lexicons/en/cues.csv"))))
LOADED = list(csv.DictReader(StringIO(read_text("lexicons/en/loaded.csv"))))
OTHER_FRAMES = {
    "that",
    "quote",
    "inf",
    "clause",
    "as",
    "from",
    "by",
    "to",
    "of",
    "for",
    "about",
    "on",
    "over",
    "against",
}
OTHER_FRAMES |= {"at", "with", "in", "toward", "towards", "obj-of"}


def test_there_are_enough_cues_of_every_part() -> None:
    parts = {row["part"] for row in CUES}
    assert len({(row["cue"], row["part"]) for row in CUES}) >= 600
    assert parts == {"verb", "noun", "adj", "adverb", "prep", "poss", "unnamed"}
    assert len(LOADED) >= 250


@pytest.mark.parametrize("act", get_args(Act))
def test_cue_rows_of_an_act_are_sound(act: str) -> None:
    rows = [row for row in CUES if row["act"] == act]
    assert rows
    for row in rows:
        assert row["strength"] in ("strong", "weak"), row
        assert row["polarity"] in ("affirmed", "negated"), row
        assert -1 <= float(row["stance"]) <= 1, row
        assert row["frames"].split(), row
        assert set(row["frames"].split()) <= OTHER_FRAMES | set(ORDER), row


def test_there_is_no_other_act() -> None:
    assert {row["act"] for row in CUES} == set(get_args(Act))


def test_a_frame_of_a_cue_has_one_act() -> None:
    seen: dict[tuple[str, str, str], str] = {}
    for row in CUES:
        for frame in row["frames"].split():
            key = (row["cue"], row["part"], frame)
            assert key not in seen, f"{key} is both {seen[key]} and {row['act']}"
            seen[key] = row["act"]


def test_loaded_rows_are_sound_and_name_no_state() -> None:
    terms = [row["term"] for row in LOADED]
    assert len(set(terms)) == len(terms)
    assert all(-1 <= float(row["stance"]) <= 1 and row["strength"] in ("strong", "weak") for row in LOADED)
    from detente.knowledge.territory import Territories

    named = {form.form.lower() for form in Territories.load().surface_forms() if form.kind != "seat"}
    assert [term for term in terms if any(word in named for word in re.findall(r"[a-z]+", term))] == []


def test_tables_are_sorted() -> None:
    assert [row["term"] for row in LOADED] == sorted(row["term"] for row in LOADED)
    keys = [(row["part"], row["cue"], row["act"], row["strength"]) for row in CUES]
    assert keys == sorted(keys)


def test_lexicon_states_language_source_and_licence() -> None:
    head = read_text("lexicons/en/attribution.yaml")
    assert all(f"\n{word}: " in head for word in ("language", "source", "licence"))
    assert CueLexicon.load("en").verbs("say")
