"""Names used as places are marked; names that act, or that are part of a longer name, are not."""

from __future__ import annotations

import pytest

from detente.knowledge import Knowledge
from detente.model import Document
from detente.reading.pipeline import Pipeline, pipeline


@pytest.fixture(scope="module")
def reader() -> Pipeline:
    return pipeline(Knowledge(), ("layout", "parse", "actors", "times", "places"))


def _names(reader: Pipeline, text: str) -> list[str]:
    doc = Document(document_id="d", uri="d", text=text, text_sha256="", language="en", reader_version="")
    paper = reader.read(doc)
    assert all(paper.words(mark.span) == mark.name for mark in paper.places or ())
    return [mark.name for mark in paper.places or ()]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The ministers met in Valparaiso on Friday.", ["Valparaiso"]),
        ("A convoy crossed Lake Tanganyika into Burundi, near Bujumbura.", ["Lake Tanganyika", "Burundi", "Bujumbura"]),
        ("Ships sailed through the Strait of Hormuz at night.", ["Strait of Hormuz"]),
        ("MOMBASA, May 3 — Kenya opened the port.", ["MOMBASA"]),
        ("Lima said that Peru would wait.", []),
        ("The Minsk agreements are dead, diplomats said.", []),
        ("Public opinion in the West has shifted.", []),
        ("The Freedom Support Act was amended.", []),
        ("The Lamu-Juba pipeline was closed.", []),
    ],
)
def test_only_places_are_marked_as_places(reader: Pipeline, text: str, names: list[str]) -> None:
    assert _names(reader, text) == names


def test_the_container_after_a_comma_is_kept(reader: Pipeline) -> None:
    text = "They talked in Springfield, Illinois, for a day."
    doc = Document(document_id="d", uri="d", text=text, text_sha256="", language="en", reader_version="")
    first = next(iter(reader.read(doc).places or ()))
    assert (first.name, first.within) == ("Springfield", "Illinois")
