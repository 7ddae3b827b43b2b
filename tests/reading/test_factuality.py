"""Polarity, modality and degree of single words in our own sentences."""

from __future__ import annotations

from bisect import bisect_right

import pytest

from detente.knowledge import Knowledge
from detente.model.document import Document
from detente.reading.factuality import Factuality, Status
from detente.reading.pipeline import Pipeline, pipeline
from detente.reading.syntax import tree

FACTUALITY = Factuality.load("en")

CASES = [
    # plain and negated
    ("Ghana attacked Togo.", "attacked", "affirmed", "actual"),
    ("Ghana did not attack Togo.", "attack", "negated", "actual"),
    ("Ghana never attacked Togo.", "attacked", "negated", "actual"),
    ("No minister visited Togo.", "visited", "negated", "actual"),
    ("Ghana left without attacking Togo.", "attacking", "negated", "actual"),
    ("Instead of helping Togo, Ghana waited.", "helping", "negated", "actual"),
    ("There is no mention of the invasion of Togo.", "invasion", "affirmed", "actual"),
    ("There was no invasion of Togo.", "invasion", "negated", "actual"),
    ("Ghana did not sign and will visit Togo.", "visit", "affirmed", "future"),
    ("Ghana did not sign or visit Togo.", "visit", "negated", "actual"),
    # modals and tense
    ("Ghana may attack Togo.", "attack", "affirmed", "possible"),
    ("Ghana will attack Togo.", "attack", "affirmed", "future"),
    ("Ghana will not attack Togo.", "attack", "negated", "future"),
    ("Ghana said it would attack Togo.", "attack", "affirmed", "future"),
    ("Ghana must leave Togo.", "leave", "affirmed", "hypothetical"),
    ("Ghana often attacks Togo.", "attacks", "affirmed", "habitual"),
    # conditionals and counterfactuals
    ("If Ghana attacks Togo, war follows.", "attacks", "affirmed", "hypothetical"),
    ("The minister could have listened to Togo.", "listened", "affirmed", "hypothetical"),
    ("Ghana would have attacked Togo.", "attacked", "affirmed", "hypothetical"),
    # implicatives
    ("Ghana failed to help Togo.", "help", "negated", "actual"),
    ("Ghana did not fail to help Togo.", "help", "affirmed", "actual"),
    ("Ghana managed to help Togo.", "help", "affirmed", "actual"),
    ("Ghana did not manage to help Togo.", "help", "negated", "actual"),
    ("Ghana refused to help Togo.", "help", "negated", "actual"),
    # factives hold under negation and condition
    ("Ghana did not know that Togo had fallen.", "fallen", "affirmed", "actual"),
    ("If we remember how Ghana scolded Togo, it is clear.", "scolded", "affirmed", "actual"),
    ("Ghana agreed that Togo had attacked Chad.", "attacked", "affirmed", "actual"),
    ("Ghana agreed that Togo will visit Chad.", "visit", "affirmed", "future"),
    ("Does that mean that Togo has released the men?", "released", "affirmed", "possible"),
    # plans, orders, wishes, demands
    ("Ghana plans to attack Togo.", "attack", "affirmed", "future"),
    ("Ghana promised to help Togo.", "help", "affirmed", "future"),
    ("Ghana ordered its army to attack Togo.", "attack", "affirmed", "future"),
    ("Ghana wants to attack Togo.", "attack", "affirmed", "hypothetical"),
    ("Ghana urged Togo to leave.", "leave", "affirmed", "hypothetical"),
    ("Ghana threatened to attack Togo.", "attack", "affirmed", "hypothetical"),
    # belief, adverbs, purpose
    ("Ghana is believed to have attacked Togo.", "attacked", "affirmed", "possible"),
    ("Ghana possibly attacked Togo.", "attacked", "affirmed", "possible"),
    ("Ghana sent ships to attack Togo.", "attack", "affirmed", "future"),
    # nouns
    ("Ghana did not condemn the invasion of Togo.", "invasion", "affirmed", "actual"),
    ("Ghana held no talks with Togo.", "talks", "negated", "actual"),
    ("It is no secret that Ghana attacked Togo.", "attacked", "affirmed", "actual"),
    ("I would like to thank Togo.", "thank", "affirmed", "actual"),
]  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Pipeline:
    return pipeline(Knowledge(), ("layout", "parse"))


def status(reader: Pipeline, text: str, word: str) -> Status:
    paper = reader.read(Document(document_id="x", uri="x", text=text, text_sha256="", language="en", reader_version=""))
    assert paper.parse is not None
    view = tree(paper.parse)
    return FACTUALITY.of(view, bisect_right(view.starts, text.rindex(word)) - 1)


@pytest.mark.parametrize(("text", "word", "polarity", "modality"), CASES)
def test_each_word_has_its_polarity_and_modality(
    reader: Pipeline, text: str, word: str, polarity: str, modality: str
) -> None:
    found = status(reader, text, word)
    assert (found.polarity, found.modality) == (polarity, modality), found.reasons


def test_degrees_run_from_certainly_so_to_certainly_not(reader: Pipeline) -> None:
    degrees = [
        status(reader, text, "attack").degree
        for text in (
            "Ghana attacked Togo.",
            "Ghana will attack Togo.",
            "Ghana may attack Togo.",
            "Ghana did not attack Togo.",
        )
    ]
    assert degrees == sorted(degrees, reverse=True)
    assert degrees[0] == 3.0
    assert degrees[-1] == -3.0


def test_each_departure_from_plain_fact_has_a_reason(reader: Pipeline) -> None:
    for text, word, polarity, modality in CASES:
        found = status(reader, text, word)
        if (polarity, modality) != ("affirmed", "actual"):
            assert found.reasons, text
