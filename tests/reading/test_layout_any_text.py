"""What holds of the layout for every text whatever, and how long it takes on hostile ones."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.knowledge import Knowledge
from detente.model import Document
from detente.reading.layout import LayoutStep
from detente.reading.marks import Layout
from detente.reading.paper import Paper

STEP = LayoutStep(Knowledge())


def layout_of(text: str) -> Layout:
    document = Document(document_id="d", uri="d", text=text, text_sha256="", language="en", reader_version="")
    layout = STEP.read(Paper(document)).layout
    assert layout is not None
    return layout


def check(text: str) -> None:
    layout = layout_of(text)
    for parts in (layout.paragraphs, layout.sentences):
        place = 0
        for part in parts:
            assert not text[place : part.span.start].strip(), "visible text outside"
            assert place <= part.span.start < part.span.end <= len(text)
            assert text[part.span.start : part.span.end].strip() == text[part.span.start : part.span.end]
            place = part.span.end
        assert not text[place:].strip()
    for sentence in layout.sentences:
        assert layout.paragraphs[sentence.paragraph].span.holds(sentence.span)
    starts = [quotation.span for quotation in layout.quotations]
    assert starts == sorted(starts, key=lambda span: (span.start, -span.end))
    for quotation in layout.quotations:
        assert quotation.contents
        place = quotation.span.start
        for content in quotation.contents:
            assert place <= content.start < content.end <= quotation.span.end
            place = content.end
        if quotation.introducer is not None:
            assert 0 <= quotation.introducer.start < quotation.introducer.end <= len(text)
            assert not quotation.introducer.meets(quotation.span)


PIECES = [
    "“", "”", '"', "'", "‘", "’", "«", "»", "„", "''", "``", "\n", "\n\n", "\r\n", "\u2028", ". ", ".", "? ", "… ",
    ", ", ": ", " said ", "Mr. ", "the minister ", "We ", "went ", " ", "\u00a0", "\x00", "\ud800", "> ", "- ", "(",
    ")", "أ",
    "U.S. ", "\u202e", "5", "’s ", "said.", "What do they want?",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_mixture_of_marks_is_laid_out_soundly(text: str) -> None:
    check(text)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_any_characters_are_laid_out_soundly(text: str) -> None:
    check(text)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_the_same_text_is_laid_out_the_same(text: str) -> None:
    assert (
        layout_of(text)
        == LayoutStep(Knowledge())
        .read(Paper(Document(document_id="e", uri="e", text=text, text_sha256="", language="en", reader_version="")))
        .layout
    )


HOSTILE = [
    "“",
    "”",
    '"',
    '"a" ',
    "“a ",
    "“a\n\n",
    "a”\n\n",
    "“‘",
    "“a b.”\n\n",
    "s' ",
    "Mr. ",
    "aa.Bb",
    ". (",
    "> a\n",
    "“a:\n\n",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    """Eight times the text may take some sixteen times as long (timers waver), never sixty-four."""

    def seconds(count: int) -> float:
        text = unit * count
        before = time.process_time()
        layout_of(text)
        return time.process_time() - before

    seconds(100)
    small = min(seconds(4_000) for _ in range(3))
    assert seconds(32_000) < 30 * small + 0.5


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["“" * 1_000_000, "”" * 1_000_000, '"' * 1_000_000, "x" * 5_000_000, " \n" * 2_500_000]
)
def test_a_million_marks_or_five_megabytes_take_seconds(text: str) -> None:
    before = time.process_time()
    layout_of(text)
    assert time.process_time() - before < 20
