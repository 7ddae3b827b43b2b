"""The parse has exactly the layout's sentences, whatever the text."""

from __future__ import annotations

import pytest

from detente.knowledge import Knowledge
from detente.model import Document
from detente.reading import parse as parse_module
from detente.reading.layout import LayoutStep
from detente.reading.paper import Paper
from detente.reading.parse import ParseStep

KNOWLEDGE = Knowledge()
LAYOUT = LayoutStep(KNOWLEDGE)
PARSE = ParseStep(KNOWLEDGE)

TEXTS = [
    "The envoy left. He did not return.",
    "\n\n  The envoy left.\n\n\nHe did not return.  \n",
    "It comes before the elections.”Breaking: Manila recalls its envoy.",
    "That ends the talks.The minister will go home. Mr. Li cannot.",
    "- the port\n- the road\n\n“We won’t sign,” said Gen. Ruiz.",
    "NUL \x00 here. A lone \ud800 surrogate there. Both pass.",
    "A very long word: " + "x" * 1000 + ". It ends here. Then more.",
    "“" * 3000 + " The end. Really.",
    "قال الوزير. The minister agreed.",
]


def read(text: str) -> Paper:
    document = Document(document_id="d", uri="d", text=text, text_sha256="", language="en", reader_version="")
    return PARSE.read(LAYOUT.read(Paper(document)))


def starts_of(paper: Paper) -> list[int]:
    assert paper.parse is not None
    return [next(token.idx for token in sentence if not token.is_space) for sentence in paper.parse.sents]


@pytest.mark.parametrize("text", TEXTS)
def test_sentences_of_the_parse_are_those_of_the_layout(text: str) -> None:
    paper = read(text)
    assert paper.layout is not None
    assert starts_of(paper) == [sentence.span.start for sentence in paper.layout.sentences]


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_stand_at_their_offsets(text: str) -> None:
    paper = read(text)
    assert paper.parse is not None
    for token in paper.parse:
        assert token.text == text[token.idx : token.idx + len(token.text)].replace("\ud800", "\ufffd")


@pytest.mark.parametrize("text", ["", " ", "\n\n\n"])
def test_a_text_without_words_is_parsed(text: str) -> None:
    assert read(text).parse is not None


def test_a_long_text_is_parsed_in_chunks_with_the_same_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join(f"The envoy of Ghana met minister {number}. They talked." for number in range(40))
    whole = read(text)
    monkeypatch.setattr(parse_module, "CHUNK", 300)
    chunked = read(text)
    assert chunked.parse is not None and whole.parse is not None
    assert starts_of(chunked) == starts_of(whole)
    assert [token.idx for token in chunked.parse] == [token.idx for token in whole.parse]
    assert all(token.head.sent.start == token.sent.start for token in chunked.parse)
