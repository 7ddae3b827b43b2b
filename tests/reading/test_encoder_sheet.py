"""The sheet and its windows: what the encoder is told of a text, and what it is never told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.knowledge import Knowledge
from detente.model.document import Document
from detente.reading.encoder.pairs import distance, paths, sentence_apart
from detente.reading.encoder.sheet import NAMED, QUOTED, Sheet, Surfaces, Word, sheet
from detente.reading.encoder.windows import Pieces, Tables, Window, caps, pieces_of, stretches, window
from detente.reading.marks import Span
from detente.reading.pipeline import Pipeline, pipeline
from detente.reading.syntax import Tree, tree

VOCABULARY = Pieces(
    ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *(f"[unused{k}]" for k in range(6)), *"abcdefghijklmnopqrstuvwxyz.,'",
     *(f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"), "the", "harbour", "##ed"]
)  # fmt: skip
TABLES = Tables({"NN": 1}, {"nsubj": 1})
STEPS = ("layout", "parse", "actors", "claims", "events")


@pytest.fixture(scope="module")
def reader() -> Pipeline:
    return pipeline(Knowledge(), STEPS)


@pytest.fixture(scope="module")
def surfaces() -> Surfaces:
    return Surfaces(Knowledge().territories)


def read(reader: Pipeline, surfaces: Surfaces, text: str) -> tuple[Sheet, Tree]:
    paper = reader.read(Document(document_id="x", uri="x", text=text, text_sha256="", language="en", reader_version=""))
    assert paper.parse is not None
    view = tree(paper.parse)
    return sheet(paper, view, surfaces), view


def windowed(text: str, page: Sheet, most: int = 192) -> list[Window]:
    pieces = pieces_of(text, page.words, VOCABULARY)
    return [
        window(text, page.words, pieces, first, last, VOCABULARY, TABLES)
        for first, last in stretches(page, pieces, most)
    ]


def test_a_territory_of_two_words_is_one_word_of_its_form(reader: Pipeline, surfaces: Surfaces) -> None:
    text = "Burkina Faso expelled the Togolese envoy."
    page, _ = read(reader, surfaces, text)
    first = page.words[0]
    assert text[first.span.start : first.span.end] == "Burkina Faso"
    assert first.named == NAMED["name"]
    assert [word.named for word in page.words if text[word.span.start : word.span.end] == "Togolese"] == [
        NAMED["adjective"]
    ]


def test_act_sides_and_quotation_are_told_by_word(reader: Pipeline, surfaces: Surfaces) -> None:
    text = "Kenya expelled two Peruvian envoys. “We did nothing wrong,” one of them said."
    page, _ = read(reader, surfaces, text)
    by_word = {text[word.span.start : word.span.end]: word for word in page.words}
    assert by_word["expelled"].act == "SANCTION"
    assert by_word["Kenya"].sides == ("KEN",)
    assert by_word["envoys"].sides == ("PER",)
    assert by_word["nothing"].said & QUOTED
    assert not by_word["expelled"].said & QUOTED


@pytest.mark.parametrize(("one", "other"), [("Kenya", "Peru"), ("Chad", "Norway"), ("Cuba", "Ghana")])
def test_the_windows_of_a_text_do_not_tell_which_states_it_names(
    reader: Pipeline, surfaces: Surfaces, one: str, other: str
) -> None:
    texts = [
        f"{a} shelled a post in {b}. The minister of {b} asked {a} to stop." for a, b in ((one, other), (other, one))
    ]
    here, there = (windowed(text, read(reader, surfaces, text)[0]) for text in texts)
    assert [w.pieces for w in here] == [w.pieces for w in there]
    assert [w.sides for w in here] == [w.sides for w in there]
    assert [w.slots for w in here] != [w.slots for w in there]


def test_a_way_through_the_parse_names_its_prepositions(reader: Pipeline, surfaces: Surfaces) -> None:
    text = "Chad fired on Niger."
    page, view = read(reader, surfaces, text)
    found = paths(page, view, 1)
    assert found[0] == ">nsubj"
    assert found[3] == ">prep:on>pobj"


@given(st.integers(-400, 400))
def test_distances_are_mirrored_and_bounded(apart: int) -> None:
    assert 0 <= distance(500, 500 + apart) <= 14
    assert distance(500, 500 + apart) + distance(500 + apart, 500) == 14


def test_sentences_apart_tell_before_from_after() -> None:
    assert [sentence_apart(5, other) for other in (3, 4, 5, 6, 9)] == [2, 1, 0, 3, 4]


def test_an_unknown_word_is_spelled_by_its_letters() -> None:
    assert VOCABULARY.of("Harbour") == (VOCABULARY.table["harbour"],)
    assert VOCABULARY.of("cab") == tuple(VOCABULARY.table[piece] for piece in ("c", "##a", "##b"))
    assert VOCABULARY.of("é") == VOCABULARY.of("e")
    assert VOCABULARY.of("火") == (VOCABULARY.unknown,)


@pytest.mark.parametrize(
    ("word", "kind"), [("talks", 0), ("Peru", 1), ("A", 1), ("NATO", 2), ("F16", 3), ("McLeod", 4)]
)
def test_capitals_have_kinds(word: str, kind: int) -> None:
    assert caps(word) == kind


@settings(max_examples=50)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=30), st.integers(20, 60))
def test_windows_cover_every_word_once_and_keep_to_their_size(sentences: list[int], most: int) -> None:
    words = [Word(Span(k * 40 + i, k * 40 + i + 1), k) for k, size in enumerate(sentences) for i in range(size)]
    page = Sheet(tuple(words), tuple(Span(k * 40, k * 40 + size) for k, size in enumerate(sentences)))
    pieces = [(7,)] * len(words)
    found = list(stretches(page, pieces, most))
    assert [at for first, last in found for at in range(first, last)] == list(range(len(words)))
    text = "a" * (40 * len(sentences))
    for first, last in found:
        assert len(window(text, words, pieces, first, last, VOCABULARY, TABLES).pieces) <= most
