"""What an event mark holds beside its triple: words, vouchers, reasons, time and place, and what was set aside."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.knowledge import Knowledge
from detente.model.document import Document
from detente.reading.events import EventStep
from detente.reading.marks import EventMark, Span
from detente.reading.paper import Paper
from detente.reading.pipeline import Pipeline, pipeline

COUNTRIES = ("Kenya", "Peru", "Japan", "Norway", "Egypt", "Chile", "India", "Ghana", "Cuba", "Poland")
PATTERNS = (
    "{a} attacked {b}.",
    "{a} imposed sanctions on {b}.",
    "{a} refused to negotiate with {b}.",
    "{a}'s invasion of {b} began in May.",
    "{a} gave aid to {b}.",
    "{a} accused {b} of shelling {c}.",
    "{a} and {b} signed a treaty.",
    "{a} withdrew its troops from {b}.",
)


@pytest.fixture(scope="module")
def reader() -> Pipeline:
    return pipeline(Knowledge(), ("layout", "parse", "actors", "times", "places", "events"))


def read(reader: Pipeline, text: str) -> Paper:
    return reader.read(Document(document_id="x", uri="x", text=text, text_sha256="", language="en", reader_version=""))


def only(paper: Paper) -> EventMark:
    assert paper.events is not None
    assert len(paper.events) == 1
    return paper.events[0]


def shape(paper: Paper, names: dict[str, str]) -> list[tuple[str, ...]]:
    """Events with each country replaced by the letter it stood for."""
    found = []
    for event in paper.events or ():
        sides = [
            ",".join(sorted(names[paper.words(party.span)] for party in parties))
            for parties in (event.sources, event.targets, event.vouchers)
        ]
        found.append((event.type, event.cameo, event.polarity, event.modality, *sides))
    return found


@pytest.mark.parametrize("pattern", PATTERNS)
@settings(max_examples=15, deadline=None)
@given(choice=st.permutations(COUNTRIES))
def test_no_country_is_read_otherwise_than_another(reader: Pipeline, pattern: str, choice: list[str]) -> None:
    first = dict(zip("abc", COUNTRIES, strict=False))
    swapped = dict(zip("abc", choice, strict=False))
    papers = [read(reader, pattern.format(**names)) for names in (first, swapped)]
    letters = [{name: letter for letter, name in names.items()} for names in (first, swapped)]
    assert shape(papers[0], letters[0])
    assert shape(papers[0], letters[0]) == shape(papers[1], letters[1])


@settings(max_examples=30, deadline=None)
@given(
    words=st.lists(
        st.sampled_from(
            [
                *COUNTRIES,
                "attacked",
                "threatens",
                "to",
                "of",
                "with",
                "and",
                "the",
                "who",
                "sanctions",
                "talks",
                ",",
                "by",
                "refused",
                "\n",
                "\u2019s",
            ]
        ),
        max_size=40,
    )
)
def test_any_words_give_marks_inside_the_text(reader: Pipeline, words: list[str]) -> None:
    paper = read(reader, " ".join(words))
    whole = Span(0, len(paper.text))
    for event in paper.events or ():
        assert whole.holds(event.evidence)
        assert event.evidence.holds(event.trigger)
        assert paper.words(event.trigger).strip()
        assert event.sources or event.targets
        assert 0.0 <= event.score <= 1.0


def test_the_same_text_gives_the_same_marks(reader: Pipeline) -> None:
    text = "Mali accused Niger of arming rebels and expelled its ambassador. Talks between Chad and Sudan failed."
    assert read(reader, text).events == read(reader, text).events


def test_a_long_coordination_is_read_without_deep_recursion(reader: Pipeline) -> None:
    text = "Kenya " + " and ".join(["attacked"] * 900) + " Peru."
    assert read(reader, text).events is not None


def test_evidence_holds_trigger_and_both_sides(reader: Pipeline) -> None:
    paper = read(reader, "On Monday Norway imposed sanctions on Belarus, officials said.")
    event = only(paper)
    assert paper.words(event.evidence) == "Norway imposed sanctions on Belarus"
    assert paper.words(event.trigger) == "imposed sanctions"


def test_an_accuser_vouches_for_what_it_alleges(reader: Pipeline) -> None:
    paper = read(reader, "Kenya accused Peru of shelling Ghana.")
    assert paper.events is not None
    inner = next(event for event in paper.events if event.type == "ASSAULT")
    assert [paper.words(party.span) for party in inner.vouchers] == ["Kenya"]
    outer = next(event for event in paper.events if event.type == "ACCUSE")
    assert outer.vouchers == ()


def test_a_denier_vouches_for_a_negated_act(reader: Pipeline) -> None:
    paper = read(reader, "Nigeria denied having attacked Cameroon.")
    event = next(event for event in paper.events or () if event.type == "ASSAULT")
    assert (event.polarity, event.type) == ("negated", "ASSAULT")
    assert [paper.words(party.span) for party in event.vouchers] == ["Nigeria"]


def test_an_elided_subject_is_marked_as_such(reader: Pipeline) -> None:
    paper = read(reader, "Kenya recalled its ambassador from Uganda and attacked Peru.")
    assert paper.events is not None
    assault = next(event for event in paper.events if event.type == "ASSAULT")
    assert assault.sources[0].elided
    assert paper.words(assault.sources[0].span) == "Kenya"


def test_reasons_name_the_entry_and_the_fillers(reader: Pipeline) -> None:
    event = only(read(reader, "Japan praised Chile."))
    assert event.reasons[0].startswith("lexicon: praise (verb) is SUPPORT 051")
    assert "source: “japan”" in event.reasons
    assert "target: “chile”" in event.reasons


def test_the_time_and_the_place_of_the_clause_are_linked(reader: Pipeline) -> None:
    paper = read(reader, "The Turkish president met the Egyptian president in Oslo on 3 May 2021.")
    event = only(paper)
    assert event.moment is not None
    assert "2021" in paper.words(event.moment)
    assert event.place is not None
    assert paper.words(event.place) == "Oslo"


def test_mode_and_contexts_come_with_the_code(reader: Pipeline) -> None:
    event = only(read(reader, "Malaysia deported Indonesian workers."))
    assert (event.cameo, event.mode, event.contexts) == ("174", "deport", ("legal",))


def test_what_is_set_aside_says_why(reader: Pipeline) -> None:
    paper = read(reader, "The attack on Ghana was brief.")
    assert not paper.events
    reasons = {r.reason for r in paper.rejected if r.step == "events"}
    assert any(reason.startswith("only one side is named") for reason in reasons)


def test_one_mention_cannot_act_on_itself(reader: Pipeline) -> None:
    paper = read(reader, "Peru's criticism of Peru was odd.")
    assert all(event.sources[0].span != event.targets[0].span for event in paper.events or ())


@pytest.mark.parametrize("order", list(permutations(("Kenya", "Uganda", "Rwanda"))))
def test_three_meet_as_three(reader: Pipeline, order: tuple[str, ...]) -> None:
    event = only(read(reader, f"{order[0]}, {order[1]} and {order[2]} met in Arusha."))
    assert len(event.sources) == len(event.targets) == 3


def test_a_paper_without_mentions_has_no_events(reader: Pipeline) -> None:
    bare = pipeline(Knowledge(), ("layout", "parse"))
    paper = EventStep(Knowledge()).read(read(bare, "Japan praised Chile."))
    assert paper.events == ()
