"""What is prose and gets a parse, and what is none and keeps only its words."""

from __future__ import annotations

import base64

import pytest

from detente.knowledge import Knowledge
from detente.model import Document
from detente.reading import parse as parse_module
from detente.reading.layout import LayoutStep
from detente.reading.layout.bounding import LONGEST_SENTENCE
from detente.reading.paper import Paper
from detente.reading.parse import ParseStep

KNOWLEDGE = Knowledge()
LAYOUT = LayoutStep(KNOWLEDGE)
PARSE = ParseStep(KNOWLEDGE)
REPORT = "The envoy of Ghana met the minister in Accra on Monday, and both said that the border would open again."
ROWS = "\n".join(f"{year} 12.5 {year * 7} 3,400 -0.8 91" for year in range(1950, 2024))


def read(text: str) -> Paper:
    document = Document(document_id="d", uri="d", text=text, text_sha256="", language="en", reader_version="")
    return PARSE.read(LAYOUT.read(Paper(document)))


def parsed_words(paper: Paper) -> str:
    assert paper.parse is not None
    return " ".join(token.text for token in paper.parse if token.dep_)


@pytest.mark.parametrize(
    "junk",
    [
        ROWS,
        "“ ” " * 500,
        "9" * 3000,
        "war " * 500,
        "Iran, Iraq, " * 200,
        base64.b64encode(bytes(range(256)) * 12).decode(),
        "قال الوزير إن السفير غادر " * 100,
    ],
    ids=["table", "marks", "digits", "one word", "two names", "base64", "another script"],
)
def test_what_is_no_prose_keeps_its_words_without_syntax(junk: str) -> None:
    paper = read(junk)
    assert paper.parse is not None
    assert parsed_words(paper) == ""
    assert "".join(token.text_with_ws for token in paper.parse) == junk
    assert {rejected.step for rejected in paper.rejected} == {"parse"}


@pytest.mark.parametrize(
    "text",
    [
        REPORT * 40,
        " ".join(REPORT.split()[:6]) + ".",
        "\n".join(f"{name} warns its neighbour over a dam on the river" for name in ("Togo", "Benin", "Mali") * 10),
        "\n\n".join(f"{number}. Reaffirming its resolution {number * 3} on the strait;" for number in range(40)),
        "“ ” " * 100,
    ],
    ids=["report", "short", "headlines", "resolution", "short junk"],
)
def test_what_may_be_prose_is_parsed(text: str) -> None:
    paper = read(text)
    assert not paper.rejected
    assert parsed_words(paper)


def test_a_table_takes_no_sentence_around_it_along() -> None:
    paper = read(f"{REPORT}\n\n{ROWS}\n\n{REPORT}")
    assert parsed_words(paper).count("Ghana") == 2
    assert "3,400" not in parsed_words(paper)
    assert paper.parse is not None and paper.layout is not None
    starts = [next(token.idx for token in sentence if not token.is_space) for sentence in paper.parse.sents]
    assert starts == [sentence.span.start for sentence in paper.layout.sentences]


@pytest.mark.parametrize("text", ["the envoy met the king; " * 400, "word " * 2000, "x" * 9000, "«" * 9000])
def test_no_sentence_is_longer_than_the_bound(text: str) -> None:
    layout = LAYOUT.read(
        Paper(Document(document_id="d", uri="d", text=text, text_sha256="", language="en", reader_version=""))
    ).layout
    assert layout is not None
    spans = [sentence.span for sentence in layout.sentences]
    assert len(spans) > 3
    assert max(end - start for start, end in spans) <= LONGEST_SENTENCE
    assert sum(len(text[start:end].replace(" ", "")) for start, end in spans) == len(text.replace(" ", ""))


def test_a_long_sentence_is_cut_where_it_pauses() -> None:
    text = "the envoy met the king; " * 200
    paper = read(text)
    assert paper.layout is not None
    assert all(text[sentence.span.end - 1] == ";" for sentence in paper.layout.sentences)


def test_a_store_of_words_that_grew_too_large_is_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    before = read(REPORT)
    old = PARSE.language
    monkeypatch.setattr(parse_module, "MOST_STRINGS", 10)
    after = read(REPORT)
    assert PARSE.language is not old
    assert after.parse is not None and before.parse is not None
    assert [(token.text, token.dep_) for token in after.parse] == [(token.text, token.dep_) for token in before.parse]
