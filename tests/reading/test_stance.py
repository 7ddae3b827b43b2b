"""Stance between two parties: who holds it, towards whom, with which sign, whatever states they are."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.knowledge import Knowledge
from detente.knowledge.loading import read_table
from detente.model.document import Document
from detente.reading.marks import Span
from detente.reading.pipeline import Pipeline, pipeline
from detente.reading.stance import ENOUGH, Lean, StanceLexicon, StanceReader, head_of
from detente.reading.syntax import tree
from detente.serving.scores.stance import Stances, label

NEUTRAL, P_LIKES_Q, Q_LIKES_P, P_DISLIKES_Q, Q_DISLIKES_P = range(5)


@cache
def stances() -> Stances:
    return Stances(Knowledge())


@cache
def parser() -> Pipeline:
    return pipeline(Knowledge(), ("layout", "parse"))


def between(text: str, p: str, q: str) -> Lean | None:
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in (p, q)]
    return stances().between(text, *spans)


def words_only(text: str, p: str, q: str) -> list[Lean]:
    """The leans of the lexicon alone, without acts and claims."""
    doc = Document(document_id="", uri="", text=text, text_sha256="", language="en", reader_version="")
    paper = parser().read(doc)
    assert paper.parse is not None
    view = tree(paper.parse)
    heads = [head_of(view, Span(text.index(name), text.index(name) + len(name))) for name in (p, q)]
    return StanceReader(view, StanceLexicon.load("en")).leans(*heads)


@pytest.mark.parametrize(
    ("text", "p", "q", "expected"),
    [
        ("Kenya condemned Gabon over the fishing ban.", "Kenya", "Gabon", P_DISLIKES_Q),
        ("Kenya was condemned by Gabon over the fishing ban.", "Kenya", "Gabon", Q_DISLIKES_P),
        ("Kenya praised Gabon for its patience.", "Kenya", "Gabon", P_LIKES_Q),
        ("Kenya was praised by Gabon for its patience.", "Kenya", "Gabon", Q_LIKES_P),
        ("The Peruvian minister is critical of Bolivia.", "Peruvian", "Bolivia", P_DISLIKES_Q),
        ("Fiji's criticism of Tonga surprised nobody.", "Fiji", "Tonga", P_DISLIKES_Q),
        ("Fiji drew criticism from Tonga.", "Fiji", "Tonga", Q_DISLIKES_P),
        ("Fiji voiced its admiration for Tonga.", "Fiji", "Tonga", P_LIKES_Q),
        ("The speech of Nepal's envoy infuriated Bhutan.", "Nepal", "Bhutan", Q_DISLIKES_P),
        ("Latvia, a loyal supporter of Malta, came too.", "Latvia", "Malta", P_LIKES_Q),
        ("Chile wants to endorse Panama's plan.", "Chile", "Panama", P_LIKES_Q),
        ("Kenya and Gabon lie on one ocean each.", "Kenya", "Gabon", NEUTRAL),
        ("A train runs from Latvia to Malta once a year.", "Latvia", "Malta", NEUTRAL),
    ],
)
def test_the_stance_and_its_holder(text: str, p: str, q: str, expected: int) -> None:
    assert label(between(text, p, q)) == expected


def test_a_favour_denied_is_a_disfavour_and_a_disfavour_denied_is_nothing() -> None:
    (lean,) = words_only("Zambia did not support Malawi.", "Zambia", "Malawi")
    assert lean.value < 0 and lean.forward
    assert all(abs(lean.value) < ENOUGH for lean in words_only("Zambia did not hate Malawi.", "Zambia", "Malawi"))


def test_a_verb_of_refusal_turns_a_favour_round() -> None:
    leans = words_only("Zambia refused to endorse Malawi.", "Zambia", "Malawi")
    assert leans and max(leans, key=lambda lean: abs(lean.value)).value < 0


def test_who_backs_an_attack_is_against_its_victim_and_who_condemns_it_is_not() -> None:
    backs = words_only("Oman praised the attack on Qatar.", "Oman", "Qatar")
    assert max(backs, key=lambda lean: abs(lean.value)).value < 0
    condemns = words_only("Oman condemned the attack on Qatar.", "Oman", "Qatar")
    assert all(lean.value > -ENOUGH for lean in condemns)


def test_an_aside_of_time_is_no_target() -> None:
    assert all(lean.value > -ENOUGH for lean in words_only("Peru scolded its press after Chile.", "Peru", "Chile"))


def test_what_a_voice_says_of_another_is_its_stance() -> None:
    lean = between("Norway's minister said that Iceland was reckless and dishonest.", "Norway", "Iceland")
    assert lean is not None and lean.forward and lean.value <= -ENOUGH
    lean = between("Norway's minister said that Iceland was a generous host.", "Norway", "Iceland")
    assert lean is not None and lean.forward and lean.value >= ENOUGH


TEMPLATES = (
    "{p} denounced {q} on Friday.",
    "{p} thanked {q} for the grain.",
    "{p} was mocked by {q}.",
    "{p} said that {q} was corrupt.",
)
STATES = ("Kenya", "Brazil", "Japan", "Norway", "Samoa", "Oman", "Canada", "Ghana")


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(TEMPLATES), st.permutations(STATES))
def test_no_state_changes_the_stance(template: str, states: list[str]) -> None:
    one, other, third, fourth = states[:4]
    first = between(template.format(p=one, q=other), one, other)
    second = between(template.format(p=third, q=fourth), third, fourth)
    assert label(first) == label(second) != NEUTRAL


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="Kenya hates Gabon, (and) not by 'war'. \n", max_size=120), st.data())
def test_any_text_and_any_spans_give_leans_within_bounds(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    spans = [Span(*sorted((data.draw(places), data.draw(places)))) for _ in range(2)]
    lean = stances().between("Kenya hates Gabon. " + text, *spans)
    assert lean is None or -1 <= lean.value <= 1


def test_a_long_enumeration_is_read_without_going_too_deep() -> None:
    text = "Kenya said that Gabon was" + " brutal and corrupt," * 400 + " wrong."
    assert between(text, "Kenya", "Gabon") == between(text, "Kenya", "Gabon")


def test_the_lexicon_is_large_and_balanced_enough_to_hold_both_signs() -> None:
    rows = [row for row in read_table("lexicons/en/stance.csv") if row["pos"] in ("v", "n", "a")]
    assert len({row["word"] for row in rows}) >= 400
    favour = sum(float(row["stance"]) > 0 for row in rows)
    assert 0.3 < favour / len(rows) < 0.7
    for row in rows:
        assert row["word"] == row["word"].lower() == row["word"].strip()


def test_acts_show_the_stance_of_their_type() -> None:
    lexicon = StanceLexicon.load("en")
    assert lexicon.events["ACCUSE"] < 0 < lexicon.events["SUPPORT"]
