"""Chains of voices: author first, then whoever holds the words, outermost first."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.knowledge import Knowledge
from detente.model.actor import ActorRef
from detente.model.document import Document
from detente.reading.marks import ClaimMark, Party, Span
from detente.reading.paper import Paper
from detente.reading.pipeline import pipeline
from detente.recording.voices import Voices

TEXT = "Oslo said the report states that nine ships sank. Riga fails to mention the tenth."
SEED = Path("../shared/seeds/000_d607b62f6c46119c.txt")


class Names:
    """Resolves every party to an actor of its own words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.author = ActorRef(actor_id="act-author", name="The Harbour Post", kind="author")

    def resolve(self, party: Party) -> tuple[ActorRef, ...]:
        words = self.text[party.span.start : party.span.end]
        return (ActorRef(actor_id=f"act-{words.lower()}", name=words),)


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def party(words: str, text: str = TEXT) -> Party:
    return Party(span(words, text), text.index(words))


def claim(
    speaker: str | None, cue: str, contents: str, *, parent: int | None = None, vouches: bool = True
) -> ClaimMark:
    sources = () if speaker is None else (party(speaker),)
    return ClaimMark(
        evidence=Span(0, len(TEXT)),
        contents=(span(contents),),
        sources=sources,
        cues=(span(cue),),
        form="indirect",
        act="state",
        unnamed=speaker is None,
        parent=parent,
        vouches=vouches,
    )


def voices(*claims: ClaimMark) -> Voices:
    doc = Document(document_id="d", uri="d", text=TEXT, text_sha256="", language="en", reader_version="")
    return Voices(Paper(doc, claims=claims), Names(TEXT))


def names(chain: tuple[ActorRef, ...]) -> list[str]:
    return [link.name for link in chain]


OSLO = claim("Oslo", "said", "the report states that nine ships sank")
REPORT = claim("the report", "states", "nine ships sank", parent=0)
RIGA = claim("Riga", "fails to mention", "the tenth", vouches=False)


def test_outside_all_claims_the_author_speaks_alone() -> None:
    assert names(voices(OSLO, REPORT).chain(span("Oslo"))) == ["The Harbour Post"]


def test_chain_names_the_outermost_speaker_first() -> None:
    assert names(voices(OSLO, REPORT).chain(span("sank"))) == ["The Harbour Post", "Oslo", "the report"]


def test_order_of_the_claims_does_not_matter() -> None:
    inner = claim("the report", "states", "nine ships sank", parent=1)
    assert names(voices(inner, OSLO).chain(span("sank"))) == ["The Harbour Post", "Oslo", "the report"]


def test_a_source_adds_itself_to_what_it_says_not_to_its_saying() -> None:
    both = voices(OSLO, REPORT)
    assert names(both.chain(span("said"))) == ["The Harbour Post"]
    assert names(both.chain(span("states"))) == ["The Harbour Post", "Oslo"]


def test_vouchers_come_last() -> None:
    chain = voices(OSLO, REPORT).chain(span("sank"), (party("Riga"),))
    assert names(chain) == ["The Harbour Post", "Oslo", "the report", "Riga"]


def test_the_same_speaker_twice_in_a_row_is_one_link() -> None:
    again = claim("Oslo", "states", "nine ships sank", parent=0)
    assert names(voices(OSLO, again).chain(span("sank"), (party("Oslo"),))) == ["The Harbour Post", "Oslo"]


def test_an_unnamed_source_is_an_unresolved_voice_with_its_cue() -> None:
    author, unnamed = voices(claim(None, "said", "nine ships sank")).chain(span("sank"))
    assert author.kind == "author"
    assert unnamed.actor_id is None
    assert unnamed.unresolved
    assert unnamed.evidence is not None
    assert unnamed.evidence.quote == "said"


def test_who_leaves_something_out_does_not_vouch_for_it() -> None:
    reading = voices(OSLO, REPORT, RIGA)
    assert names(reading.chain(span("the tenth"))) == ["The Harbour Post"]
    assert names(reading.claim_chain(2)) == ["The Harbour Post", "Riga"]


def test_claim_chain_ends_with_its_own_speaker() -> None:
    both = voices(OSLO, REPORT)
    assert names(both.claim_chain(0)) == ["The Harbour Post", "Oslo"]
    assert names(both.claim_chain(1)) == ["The Harbour Post", "Oslo", "the report"]


@pytest.mark.seeds
def test_the_long_commentary_belongs_to_the_centre() -> None:
    if not SEED.exists():
        pytest.skip("the seed articles are not here: ../shared/seeds")
    text = SEED.read_text(encoding="utf-8")
    doc = Document(document_id="d", uri="d", text=text, text_sha256="", language="en", reader_version="")
    paper = pipeline(Knowledge(), ("layout", "parse", "claims")).read(doc)
    reading = Voices(paper, Names(text))
    begins = text.index("“Toward a new level")
    for paragraph in paper.layout.paragraphs if paper.layout else ():
        if paragraph.span.start < begins:
            continue
        middle = (paragraph.span.start + paragraph.span.end) // 2
        chain = names(reading.chain(Span(middle, middle + 1)))
        assert len(chain) >= 2
        assert "Center for South Caucasus Studies" in chain[1]
    died = names(reading.chain(span("229", text)))
    assert len(died) == 3
    assert died[-1] == "The report"
