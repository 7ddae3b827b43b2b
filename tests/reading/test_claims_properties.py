"""What holds for the claims of any text."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.knowledge import Knowledge
from detente.model.document import Document
from detente.reading.claims.enclosing import Enclosures
from detente.reading.marks import Span
from detente.reading.paper import Paper
from detente.reading.pipeline import Pipeline, pipeline

PIECES = [
    "Lima said that", "the envoy", "“the road is closed", "”", "''", '"', "according to Oslo,", "denied", "that",
    "said", "\n\n", "Q:", "A:", "the report states", "accused Riga of", "as X put it,", "promised to leave", "who",
    ".", ",", ":", "it is no secret that", "by the council", "reportedly", "called it a farce",
    "(", ")", "’", "—", "1", "\u00a0",
]  # fmt: skip
SIDES = ["Peru", "Kenya", "Laos", "Norway", "Chad", "Fiji"]
TELLINGS = [
    "{0} said that {1} had closed the border.",
    "{0} accused {1} of shelling the port.",
    "According to {0}, {1} promised to withdraw.",
    "“The port is ours,” {0} said, and {1} denied it.",
    "{0} denies that {1} was warned.",
]


@cache
def reader() -> Pipeline:
    return pipeline(Knowledge(), ("layout", "parse", "claims"))


def read(text: str) -> Paper:
    return reader().read(
        Document(document_id="d", uri="d", text=text, text_sha256="", language="en", reader_version="")
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
def test_claims_stand_inside_the_text_and_parents_hold_children(text: str) -> None:
    claims = read(text).claims or ()
    for index, claim in enumerate(claims):
        spans = [*claim.contents, *claim.cues, *(party.span for party in claim.sources)]
        assert claim.contents
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert list(claim.contents) == sorted(claim.contents)
        assert all(one.end <= other.start for one, other in zip(claim.contents, claim.contents[1:], strict=False))
        assert all(claim.evidence.holds(span) for span in (*claim.contents, *claim.cues))
        assert all(party.span.start <= party.head < party.span.end for party in claim.sources)
        if claim.parent is not None:
            parent = claims[claim.parent]
            assert claim.parent != index
            assert all(any(part.holds(span) for part in parent.contents) for span in (*claim.cues, *claim.contents))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
def test_same_text_gives_same_claims(text: str) -> None:
    assert read(text).claims == read(text).claims


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(TELLINGS), st.permutations(SIDES))
def test_swapping_two_countries_swaps_the_speakers(telling: str, sides: list[str]) -> None:
    one, other = sides[:2]
    swap = {one: other, other: one}

    def shape(first: str, second: str) -> list[tuple[object, ...]]:
        paper = read(telling.format(first, second))
        rows = []
        for claim in paper.claims or ():
            speakers = tuple(paper.words(party.span) for party in claim.sources)
            rows.append((speakers, claim.act, claim.form, claim.cue_polarity, claim.score, claim.parent))
        return rows

    expected = [(tuple(swap.get(name, name) for name in row[0]), *row[1:]) for row in shape(one, other)]
    assert shape(other, one) == expected


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=25), st.integers(0, 30), st.integers(1, 5))
def test_enclosures_agree_with_a_plain_search(parts: list[tuple[int, int]], start: int, length: int) -> None:
    spans = [(Span(at, at + size), index) for index, (at, size) in enumerate(parts)]
    place = Span(start, start + length)
    found = sorted(Enclosures(spans).holding(place))
    assert found == sorted(index for span, index in spans if span.holds(place))
