"""A calendar resolves the times of one paper: against its date, against an interval, against what was told before."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.knowledge import Knowledge
from detente.model.date import Date
from detente.model.document import Document
from detente.reading.marks import Span, TimeMark
from detente.reading.pipeline import Pipeline, pipeline
from detente.recording.dating import Calendar

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
with_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not beside this checkout")


@cache
def reader(parse: bool) -> Pipeline:
    return pipeline(Knowledge(), ("layout", "parse", "times") if parse else ("layout", "times"))


def calendar(text: str, published: Date | str | None = None, *, parse: bool = False) -> Calendar:
    if isinstance(published, str):
        published = Date(start=published, end=published, precision="day", basis="given", raw=published)
    doc = Document(
        document_id="d", uri="u", text=text, text_sha256="", language="en", reader_version="", published=published
    )
    return Calendar(reader(parse).read(doc))


def between(start: str, end: str) -> Date:
    return Date(start=start, end=end, precision="interval", basis="metadata", raw=f"{start}/{end}")


def dates(found: Calendar) -> dict[str, Date]:
    return {date.raw: date for _, date in found.moments()}


def test_a_given_date_is_the_date_of_publication() -> None:
    given_date = between("2024-07-01", "2024-07-01")
    assert calendar("They met.", given_date).published is given_date


def test_without_words_there_is_no_date_of_publication() -> None:
    assert calendar("They met last week, on Friday.").published is None


def test_a_relative_date_waits_for_a_date_of_publication() -> None:
    found = dates(calendar("They met last November."))["last November"]
    assert (found.basis, found.value, found.start, found.end) == ("unanchored", "pub<M11", None, None)


def test_a_date_of_the_text_needs_no_date_of_publication() -> None:
    found = dates(calendar("They met on May 3, 2021 and parted the following day."))
    assert found["May 3, 2021"].basis == "text"
    assert (found["the following day"].start, found["the following day"].basis) == ("2021-05-04", "text")


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("It lapsed the following year.", "the following year", "1993-01-01", "1993-12-31"),
        ("Envoys met the same day.", "the same day", "1992-05-07", "1992-05-07"),
        ("Later that year it lapsed.", "Later that year", "1992-07-02", "1992-12-31"),
        ("Three days later it lapsed.", "Three days later", "1992-05-10", "1992-05-10"),
        ("A month earlier it was a draft.", "A month earlier", "1992-04-01", "1992-04-30"),
        ("They had met the previous Friday.", "the previous Friday", "1992-05-01", "1992-05-01"),
        ("They had met the day before.", "the day before", "1992-05-06", "1992-05-06"),
    ],
)
def test_a_date_told_from_another_counts_from_it(text: str, words: str, start: str, end: str) -> None:
    found = dates(calendar(f"The pact was signed on 7 May 1992. {text}", "2024-07-01"))[words]
    assert (found.start, found.end) == (start, end)


def test_an_interval_of_publication_gives_all_that_is_possible() -> None:
    text = "They met last year, and last month, and on January 7, and will meet tomorrow."
    found = dates(calendar(text, between("2024-01-10", "2024-03-20")))
    assert (found["last year"].start, found["last year"].end, found["last year"].precision) == (
        "2023-01-01", "2023-12-31", "year",
    )  # fmt: skip
    assert found["last year"].value == "2023"
    assert (found["last month"].start, found["last month"].end, found["last month"].precision) == (
        "2023-12-01", "2024-02-29", "interval",
    )  # fmt: skip
    assert (found["tomorrow"].start, found["tomorrow"].end) == ("2024-01-11", "2024-03-21")


def test_a_date_that_rests_on_an_inferred_one_says_so() -> None:
    inferred = Date(start="2024-01-10", end="2024-03-20", precision="interval", basis="inferred", raw="why")
    found = dates(calendar("They met last year and in August 2008.", inferred))
    assert (found["last year"].basis, found["August 2008"].basis) == ("inferred", "text")


def test_now_is_the_day_of_publication_where_that_is_known() -> None:
    assert dates(calendar("They are at odds now.", "2024-07-01"))["now"].start == "2024-07-01"
    found = dates(calendar("They are at odds now."))["now"]
    assert (found.basis, found.start, found.value) == ("unanchored", None, "PRESENT_REF")


def test_a_bare_length_has_no_days_but_a_value() -> None:
    found = dates(calendar("It was a one-day operation.", "2024-07-01"))["one-day"]
    assert (found.start, found.end, found.value, found.basis) == (None, None, "P1D", "text")


def test_a_quarter_of_a_year_ago_is_the_quarter_spoken_of() -> None:
    found = dates(calendar("Exports fell in the third quarter to 9 billion, from 11 billion a year ago.", "2023-11-05"))
    assert found["a year ago"].value == "2022-Q3"


def test_a_mark_that_is_not_of_the_paper_is_resolved_too() -> None:
    found = calendar("yesterday", "2024-07-01").date(TimeMark(Span(0, 9), "date", None, "pub-2D"))
    assert dates(calendar("yesterday", "2024-07-01"))["yesterday"].start == "2024-06-30"
    assert found.raw == "yesterday"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("The ministers met on Friday.", "2024-06-28"),
        ("The ministers will meet on Friday.", "2024-07-05"),
        ("The ministers are meeting on Friday.", "2024-07-05"),
        ("The ministers plan to meet on Friday.", "2024-07-05"),
        ("The ministers are expected to meet on Friday.", "2024-07-05"),
        ("The ministers had planned to meet, but quarrelled on Friday.", "2024-06-28"),
        ("The visit will take place on March 3.", "2025-03-03"),
        ("The visit took place on March 3.", "2024-03-03"),
        ("The ministers have until August 9 to answer.", "2024-08-09"),
        ("Friday's vote split the house.", "2024-06-28"),
    ],
)
def test_the_verb_says_which_friday(text: str, start: str) -> None:
    ((_, date),) = calendar(text, "2024-07-01", parse=True).moments()
    assert date.start == start


@settings(max_examples=40, deadline=None)
@given(st.dates(date(1000, 1, 1), date(9000, 1, 1)), st.integers(0, 400))
def test_a_wider_interval_of_publication_never_loses_a_day(first: date, width: int) -> None:
    last = first + timedelta(days=width)
    text = "They met last year, last month, last week, two weeks ago, yesterday, last November and on Friday."
    wide = calendar(text, between(first.isoformat(), last.isoformat())).moments()
    for end in (first, last):
        for (_, narrow), (_, all_of_it) in zip(calendar(text, end.isoformat()).moments(), wide, strict=True):
            assert narrow.start is not None and narrow.end is not None
            assert all_of_it.start is not None and all_of_it.end is not None
            assert all_of_it.start <= narrow.start <= narrow.end <= all_of_it.end


@with_seeds
@pytest.mark.seeds
def test_the_times_of_the_dated_seeds_are_right() -> None:
    first = dates(calendar((SEEDS / "000_d607b62f6c46119c.txt").read_text(encoding="utf-8"), "2024-07-01", parse=True))
    assert {words: first[words].value for words in ("last November", "November last year", "last September")} == {
        "last November": "2023-11", "November last year": "2023-11", "last September": "2023-09",
    }  # fmt: skip
    assert (first["the past 30 years"].start, first["the past 30 years"].end) == ("1994-07-01", "2024-07-01")
    assert first["the early 1990s"].start == "1990-01-01"
    assert first["one-day"].value == "P1D"
    second = dates(calendar((SEEDS / "004_384c0b33de50e76c.txt").read_text(encoding="utf-8"), "2024-01-20", parse=True))
    wanted = {"January 7": "2024-01-07", "September 7, 1992": "1992-09-07", "2022": "2022", "August 2008": "2008-08",
              "2024": "2024", "last year": "2023"}  # fmt: skip
    assert {words: second[words].value for words in wanted} == wanted


@with_seeds
@pytest.mark.seeds
def test_the_undated_seeds_are_dated_honestly() -> None:
    first = calendar((SEEDS / "000_d607b62f6c46119c.txt").read_text(encoding="utf-8"), parse=True)
    assert first.published is None
    assert dates(first)["last November"].value == "pub<M11"
    second = calendar((SEEDS / "004_384c0b33de50e76c.txt").read_text(encoding="utf-8"), parse=True)
    published = second.published
    assert published is not None and published.start is not None and published.end is not None
    assert "2024-01-01" <= published.start <= published.end <= "2024-03-31"
    assert published.basis == "inferred"
    assert "“January 7”" in published.raw and "2024" in published.raw
    assert dates(second)["last year"].value == "2023"
    assert dates(second)["January 7"].start == "2024-01-07"
