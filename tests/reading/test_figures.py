"""Figures: the gold sentences, numbers written and read back, and what holds for every text."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.knowledge import Knowledge
from detente.knowledge.wordlist import WordList
from detente.model import Document
from detente.reading.figures.scanning import Numbers
from detente.reading.marks import FigureMark, Span, TimeMark
from detente.reading.paper import Paper
from detente.reading.pipeline import pipeline

GOLD = Path(__file__).parents[1] / "gold" / "figures.txt"
PIPELINE = pipeline(Knowledge(), ("layout", "parse", "figures"))
NUMBERS = Numbers(WordList.load("en", "figures"))
LAYOUT, PARSE, FIGURES = PIPELINE.steps


def document_of(text: str) -> Document:
    return Document(document_id="d", uri="d", text=text, text_sha256="", language="en", reader_version="")


def figures_of(text: str) -> tuple[FigureMark, ...]:
    figures = PIPELINE.read(document_of(text)).figures
    assert figures is not None
    return figures


def cases() -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            found.append((line[2:], []))
        elif line and not line.startswith("//"):
            found[-1][1].append(line)
    return found


def line_of(text: str, figure: FigureMark) -> str:
    def words(span: Span | None) -> str:
        return text[span.start : span.end] if span else "-"

    def amount(value: float | None) -> str:
        return "-" if value is None else str(int(value)) if value % 1 == 0 else str(value)

    cells = [words(figure.span), amount(figure.value), amount(figure.low), amount(figure.high), figure.bound]
    cells += [figure.unit or "-", figure.measure or "-", words(figure.of)]
    return " | ".join([*cells, words(figure.party.span if figure.party else None)])


@pytest.mark.parametrize(("text", "lines"), cases())
def test_figures_are_as_the_gold_says(text: str, lines: list[str]) -> None:
    assert [line_of(text, figure) for figure in figures_of(text)] == lines


def test_the_gold_holds_a_hundred_sentences_and_some_without_figures() -> None:
    assert len(cases()) >= 100
    assert sum(not lines for _, lines in cases()) >= 20


def test_a_part_of_a_count_has_the_measure_of_the_count() -> None:
    whole, part = figures_of("In the raid 410 Hill Gondars died, with only 27 identified as civilians.")
    assert (whole.value, whole.measure) == (410, "killed")
    assert (part.value, part.measure, part.unit) == (27, "killed", "person")


def test_a_number_within_a_time_is_no_figure_but_gives_the_moment() -> None:
    text = "The 40 Days Truce of 2019 cost the army 300 tanks."
    paper = PARSE.read(LAYOUT.read(Paper(document_of(text))))
    times = (TimeMark(Span(4, 11), "duration", "P40D"), TimeMark(Span(21, 25), "date", "2019"))
    read = FIGURES.read(paper.adding(times=times))
    assert [figure.value for figure in read.figures or ()] == [300]
    assert (read.figures or ())[0].moment == Span(21, 25)


def test_without_a_parse_money_and_quantities_are_still_read() -> None:
    text = "They paid $5 million for 40 km of road."
    read = FIGURES.read(LAYOUT.read(Paper(document_of(text))))
    assert [(figure.value, figure.unit) for figure in read.figures or ()] == [(5_000_000, "USD"), (40, "km")]


def test_what_is_set_aside_keeps_its_reason() -> None:
    read = PIPELINE.read(document_of("Article 5 was written in 1949."))
    assert [(mark.what, mark.reason) for mark in read.rejected if mark.step == "figures"] == [
        ("figure", "a number in a name or a reference"),
        ("figure", "a year"),
    ]


@pytest.mark.parametrize("name", ["Peruvian", "Chinese", "Israeli", "Russian", "American", "Iranian", "Ukrainian"])
def test_no_people_is_counted_otherwise_than_another(name: str) -> None:
    (figure,) = figures_of(f"At least 12 {name} soldiers were killed in the ambush.")
    assert (figure.value, figure.bound, figure.unit, figure.measure) == (12, "at_least", "person", "killed")


# -- numbers ----------------------------------------------------------------------------------------------

UNITS = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
UNITS += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int) -> str:
    """An English cardinal below a billion."""
    for size, name in ((1_000_000, "million"), (1_000, "thousand")):
        if number >= size:
            rest = number % size
            joint = " and " if 0 < rest < 100 else " "
            return f"{in_words(number // size)} {name}{joint}{in_words(rest)}".strip()
    if number >= 100:
        rest = number % 100
        return f"{UNITS[number // 100]} hundred{' and ' + in_words(rest) if rest else ''}"
    if number >= 20:
        return TENS[number // 10] + (f"-{UNITS[number % 10]}" if number % 10 else "")
    return UNITS[number]


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 999_999_999))
def test_a_number_written_in_words_is_read_back(number: int) -> None:
    (read,) = NUMBERS.scan(f"There were {in_words(number)} of them")
    assert read.value == number


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**12), st.sampled_from(["{}", "{:,}"]))
def test_a_number_written_in_digits_is_read_back(number: int, form: str) -> None:
    text = f"There were {form.format(number)} of them"
    (read,) = NUMBERS.scan(text)
    assert read.value == number
    assert text[read.start : read.end] == form.format(number)


@settings(max_examples=100, deadline=None)
@given(st.decimals(min_value=0, max_value=999, places=1), st.sampled_from([("million", 10**6), ("bn", 10**9)]))
def test_a_number_with_its_magnitude_is_read_back(number: Decimal, magnitude: tuple[str, int]) -> None:
    (read,) = NUMBERS.scan(f"some {number} {magnitude[0]} euros")
    assert read.value == float(number * magnitude[1])
    assert read.bound == "about"


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 400), st.integers(1, 400), st.sampled_from(["between {} and {}", "from {} to {}", "{}-{}", "{}–{}"])
)
def test_a_range_has_its_two_ends(low: int, more: int, form: str) -> None:
    (read,) = NUMBERS.scan(f"there were {form.format(low, low + more)} people")
    assert (read.value, read.low, read.high, read.bound) == (None, low, low + more, "range")


PIECES = [
    "5",
    "12,000",
    " ",
    " ",
    "-",
    " to ",
    " and ",
    "between ",
    "$",
    "million",
    "hundreds of ",
    "a ",
    "half ",
    "%",
    ".",
    "two",
    " people",
]
PIECES += [
    " killed",
    "over ",
    "€",
    "km",
    "\n",
    "2014",
    "’s",
    "٣",
    "½",
    "\x00",
    "dozen ",
    "(",
    ")",
    "of ",
    "1990s",
    "7th",
    "９",
    "one ",
]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_gives_sound_figures(text: str) -> None:
    place = -1
    for figure in figures_of(text):
        assert 0 <= figure.span.start < figure.span.end <= len(text)
        assert figure.span.start >= place
        place = figure.span.start
        if figure.of is not None:
            assert 0 <= figure.of.start < figure.of.end <= len(text)
        if figure.bound == "range":
            assert figure.low is not None and figure.high is not None and figure.low < figure.high
        assert figure.value is not None or figure.low is not None or figure.high is not None


@pytest.mark.parametrize(
    "unit", ["9", "9,", "1-", "one ", "hundred and ", "$", "111,", "1 111 ", "over ", "a few ", "tens of thousands "]
)
def test_numbers_take_linear_time(unit: str) -> None:
    import time

    before = time.process_time()
    list(NUMBERS.scan(unit * 50_000))
    assert time.process_time() - before < 10
