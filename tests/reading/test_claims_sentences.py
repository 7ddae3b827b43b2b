"""Sentence in, claims out: the table beside this file, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.knowledge import Knowledge
from detente.model.document import Document
from detente.reading.marks import ClaimMark
from detente.reading.paper import Paper
from detente.reading.pipeline import Pipeline, pipeline

TABLE = Path(__file__).parent / "claim_sentences.txt"


def cases() -> Iterator[tuple[str, list[str]]]:
    """Each sentence of the table with the lines of its claims."""
    sentence, lines = None, []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if " | " in line:
            lines.append(line.strip())
            continue
        if sentence is not None:
            yield sentence, lines
        sentence, lines = line.strip(), []
    assert sentence is not None
    yield sentence, lines


CASES = list(cases())


@pytest.fixture(scope="module")
def reader() -> Pipeline:
    return pipeline(Knowledge(), ("layout", "parse", "claims"))


def line_of(paper: Paper, claim: ClaimMark) -> str:
    sources = "; ".join(paper.words(party.span) for party in claim.sources)
    source = sources or ("unnamed" if claim.unnamed else "-")
    cue = " ".join(paper.words(span) for span in claim.cues)
    contents = " // ".join(paper.words(span) for span in claim.contents)
    negated = " negated" if claim.cue_polarity == "negated" else ""
    return f"{source} | {cue} | {contents} | {claim.form} {claim.act}{negated}"


@pytest.mark.parametrize(("sentence", "expected"), CASES, ids=[sentence[:60] for sentence, _ in CASES])
def test_sentence_gives_its_claims(reader: Pipeline, sentence: str, expected: list[str]) -> None:
    paper = reader.read(
        Document(document_id="d", uri="d", text=sentence, text_sha256="", language="en", reader_version="")
    )
    assert sorted(line_of(paper, claim) for claim in paper.claims or ()) == sorted(expected)


def test_table_is_large_and_has_no_sentence_twice() -> None:
    sentences = [sentence for sentence, _ in CASES]
    assert len(sentences) >= 120
    assert len(set(sentences)) == len(sentences)


def test_table_shows_every_act_and_form() -> None:
    tails = {line.rsplit(" | ", 1)[1].split()[k] for _, lines in CASES for line in lines for k in (0, 1)}
    acts = {"state", "accuse", "deny", "promise", "threaten", "demand", "refuse", "predict", "praise", "criticise"}
    assert tails >= acts | {"question", "omit", "direct", "indirect", "mixed"}
