"""Acts in their company: sides filled from claims and from what was told before, open sides, and the time of an act."""

from __future__ import annotations

import pytest

from detente.knowledge import Knowledge
from detente.model.document import Document
from detente.reading.marks import EventMark
from detente.reading.paper import Paper
from detente.reading.pipeline import Pipeline, pipeline


@pytest.fixture(scope="module")
def reader() -> Pipeline:
    return pipeline(Knowledge(), ("layout", "parse", "actors", "times", "claims", "events"))


def read(reader: Pipeline, text: str) -> Paper:
    return reader.read(Document(document_id="x", uri="x", text=text, text_sha256="", language="en", reader_version=""))


def event(paper: Paper, kind: str) -> EventMark:
    return next(mark for mark in paper.events or () if mark.type == kind)


@pytest.mark.parametrize(
    ("text", "kind", "time"),
    [
        ("Kenya agreed with Uganda to resume the meetings, which had been suspended since 2021.", "AGREE", None),
        ("Zambia accused Malawi of violating a 2019 accord.", "ACCUSE", None),
        ("Ghana has asked Togo to fix the line, and hearings are expected in September.", "REQUEST", None),
        ("Chad expelled two Libyan diplomats on Monday.", "SANCTION", "Monday"),
        ("On Monday Chad expelled two Libyan diplomats and recalled its envoy from Tripoli.", "SANCTION", "Monday"),
        ("Poland condemned Monday's Russian attack on Ukraine.", "ASSAULT", "Monday"),
        ("Poland condemned Monday's Russian attack on Ukraine.", "ACCUSE", None),
        ("Kenya began shelling Somalia last week.", "ASSAULT", "last week"),
        ("The Indian attack on Nepal in May killed nine.", "ASSAULT", "May"),
        ("This was in August 2008, when Peru attacked Chile.", "ASSAULT", "August 2008"),
        ("Ghana closed the port in May, when Togo met Chad in Lome.", "CONSULT", "May"),
        ("Ghana closed the port in May. Later, when Peru attacked Chile, it opened.", "ASSAULT", None),
        ("In 1978 Tanzania invaded Uganda, and in 1990 Rwanda condemned Uganda.", "ACCUSE", "1990"),
    ],
)
def test_the_time_of_an_act_is_that_of_its_own_clause(reader: Pipeline, text: str, kind: str, time: str | None) -> None:
    paper = read(reader, text)
    moment = event(paper, kind).moment
    assert (paper.words(moment) if moment else None) == time


@pytest.mark.parametrize(
    ("text", "kind", "modality"),
    [
        ("Much hangs on the signing of a treaty between Kenya and Uganda, as promised by Chad.", "AGREE", "future"),
        ("Much hangs on the signing of a treaty between Kenya and Uganda, as reported by Chad.", "AGREE", "actual"),
    ],
)
def test_an_act_that_is_promised_is_yet_to_come(reader: Pipeline, text: str, kind: str, modality: str) -> None:
    assert event(read(reader, text), kind).modality == modality


def test_an_answer_is_for_whoever_charged(reader: Pipeline) -> None:
    paper = read(reader, "Kenya accused Uganda of theft. The minister spoke of maize. Uganda rejected the charge.")
    assert [paper.words(party.span) for party in event(paper, "REJECT").targets] == ["Kenya"]


def test_a_charge_with_words_of_its_own_points_at_nobody_before(reader: Pipeline) -> None:
    paper = read(reader, "Kenya accused Uganda of theft. Uganda rejected the charge of a jury.")
    assert not event(paper, "REJECT").targets


def test_an_act_noun_that_points_back_has_the_sides_told_before(reader: Pipeline) -> None:
    paper = read(reader, "Peru arrested nine Chadian sailors. Chad condemned the arrests.")
    noun = next(mark for mark in paper.events or () if paper.words(mark.trigger) == "arrests")
    assert [paper.words(party.span) for party in noun.sources] == ["Peru"]


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("Rockets from Libya missed. Chadian herders were killed by night.", True),
        ("Chadian herders were killed by night.", False),
        ("Ecuador recalled its ambassador.", True),
        ("Ecuador's president banned the party.", False),
    ],
)
def test_an_act_with_one_side_stands_where_its_words_cross_states(reader: Pipeline, text: str, stands: bool) -> None:
    assert bool(read(reader, text).events) == stands


def test_what_both_do_is_done_to_none_of_them(reader: Pipeline) -> None:
    paper = read(reader, "The United States and Japan supported Japan.")
    assert not paper.events
