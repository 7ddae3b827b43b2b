"""Our own sentences, each with every event a careful reader finds in it: types, constructions and what is no event."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from detente.knowledge import Knowledge
from detente.model.document import Document
from detente.reading.marks import Party
from detente.reading.paper import Paper
from detente.reading.pipeline import Pipeline, pipeline

SENTENCES = Path(__file__).with_name("event_sentences.txt")
EXPECTED = re.compile(r"(?P<type>[A-Z]+) (?P<source>[A-Z]{3})(?P<arrow>>|<>)(?P<target>[A-Z]{3})(?P<rest>.*)")


class Expected(NamedTuple):
    type: str
    source: str
    target: str
    polarity: str
    modality: str


def cases() -> list[tuple[str, frozenset[Expected]]]:
    found = []
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            sentence, _, wanted = line.partition(" => ")
            found.append((sentence, expected(wanted)))
    return found


def expected(wanted: str) -> frozenset[Expected]:
    events: set[Expected] = set()
    for part in wanted.split(";"):
        if part.strip() == "nothing":
            continue
        match = EXPECTED.fullmatch(part.strip())
        assert match, part
        words = match["rest"].split()
        polarity = "negated" if "neg" in words else "affirmed"
        modality = next((w for w in words if w != "neg"), "actual")
        source, target = match["source"], match["target"]
        events.add(Expected(match["type"], source, target, polarity, modality))
        if match["arrow"] == "<>":
            events.add(Expected(match["type"], target, source, polarity, modality))
    return frozenset(events)


@pytest.fixture(scope="module")
def reader() -> Pipeline:
    return pipeline(Knowledge(), ("layout", "parse", "actors", "events"))


def read(reader: Pipeline, text: str) -> Paper:
    return reader.read(Document(document_id="x", uri="x", text=text, text_sha256="", language="en", reader_version=""))


def territories(paper: Paper, parties: tuple[Party, ...]) -> list[str]:
    mentions = {mark.head: mark for mark in sorted(paper.mentions or (), key=lambda m: m.span.end - m.span.start)}
    found = []
    for party in parties:
        mark = mentions.get(party.head)
        for candidate in mark.candidates if mark and mark.joint else mark.candidates[:1] if mark else ():
            if candidate.territory:
                found.append(candidate.territory)
    return found


def triples(paper: Paper) -> frozenset[Expected]:
    return frozenset(
        Expected(event.type, source, target, event.polarity, event.modality)
        for event in paper.events or ()
        for source in territories(paper, event.sources)
        for target in territories(paper, event.targets)
        if source != target
    )


@pytest.mark.parametrize(("sentence", "wanted"), cases())
def test_each_sentence_gives_just_its_events(reader: Pipeline, sentence: str, wanted: frozenset[Expected]) -> None:
    assert triples(read(reader, sentence)) == wanted
