"""What holds of times on every text: round trips, spans, no crash, linear time."""

from __future__ import annotations

import time
from datetime import date
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.knowledge import Knowledge
from detente.model.document import Document
from detente.reading.paper import Paper
from detente.reading.times import TimeStep
from detente.reading.times.calendar import around, easter, nearest, occurrence, plus, resolve, stretch_of
from detente.reading.times.lexicon import TimeWords
from detente.reading.times.phrases import RULES, starters
from detente.recording.dating import Calendar

QUICK = settings(max_examples=60, deadline=None)
DAYS = st.dates(date(1800, 1, 1), date(2100, 12, 31))
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WAYS = (
    "{month} {day}, {year}", "{day} {month} {year}", "{day} {month}, {year}", "the {day}{th} of {month} {year}",
    "{month} {day}{th}, {year}", "{weekday}, {month} {day}, {year}", "{weekday} {day} {month} {year}",
    "{month_short} {day}, {year}", "{day} {month_short} {year}", "{iso}", "{iso_slash}", "{dotted}",
)  # fmt: skip
WORDS = (
    "last", "next", "the", "of", "week", "Monday", "May", "March", "7", "1992", "two", "years", "ago", "end", "early",
    "mid", "-", "–", ",", "'s", "quarter", "second", "a", "half", "to", "10:35", "p.m.", "century", "every", "about",
    "\n\n", "twenty", "hundred", "in", "and", "1990s", "from now", "Christmas", "FY24", "Q3", "noon", "“",
)  # fmt: skip


@cache
def step() -> TimeStep:
    return TimeStep(Knowledge())


def read(text: str) -> Paper:
    return step().read(
        Paper(Document(document_id="d", uri="u", text=text, text_sha256="", language="en", reader_version=""))
    )


def written(day: date, way: str) -> str:
    th = {1: "st", 21: "st", 31: "st", 2: "nd", 22: "nd", 3: "rd", 23: "rd"}.get(day.day, "th")
    month = MONTHS[day.month - 1]
    return way.format(
        year=day.year, month=month, month_short=month[:3], day=day.day, th=th, weekday=day.strftime("%A"),
        iso=day.isoformat(), iso_slash=day.strftime("%Y/%m/%d"), dotted=f"{day:%d.%m.}{day.year}",
    )  # fmt: skip


@QUICK
@given(DAYS, st.sampled_from(WAYS))
def test_a_day_comes_back_from_every_way_of_writing_it(day: date, way: str) -> None:
    expression = written(day, way)
    text = f"They signed it on {expression} in the capital."
    ((mark, found),) = Calendar(read(text)).moments()
    assert text[mark.span.start : mark.span.end] == expression
    assert (found.start, found.end, found.value) == (day.isoformat(),) * 3


@QUICK
@given(st.text(max_size=300))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    paper = read(text)
    for mark, found in Calendar(paper).moments():
        assert paper.words(mark.span) == found.raw != ""


@QUICK
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_any_heap_of_time_words_gives_sound_marks(text: str) -> None:
    paper = read(text)
    marks = paper.times or ()
    assert all(before.span.end <= after.span.start for before, after in pairwise(marks))
    for mark in marks:
        words = paper.words(mark.span)
        assert words and words == words.strip()
        assert mark.value is not None or mark.offset is not None
    for _, found in Calendar(paper).moments():
        assert (found.start is None) == (found.end is None)
        assert found.start is None or found.end is None or found.start <= found.end


@QUICK
@given(DAYS, st.sampled_from("DWMQYEC"))
def test_a_unit_holds_its_day_and_its_value_names_it(day: date, unit: str) -> None:
    whole = around(day, unit)
    assert whole.start <= day <= whole.end
    assert stretch_of(whole.value) == whole


@QUICK
@given(DAYS, st.integers(-400, 400), st.sampled_from("DWMQY"))
def test_moving_there_and_back_ends_in_the_same_unit(day: date, count: int, unit: str) -> None:
    start = around(day, unit).start
    assert plus(plus(start, count, unit), -count, unit) == start


@QUICK
@given(DAYS, st.sampled_from(("M11", "M02D29", "WD5", "WE", "Q3", "SU", "EASTER+0", "M11WD4#4")))
def test_relations_keep_their_side(day: date, slot: str) -> None:
    when = around(day, "D")
    before, begun = nearest(slot, "<", when), nearest(slot, "<=", when)
    behind, open_ = nearest(slot, ">", when), nearest(slot, ">=", when)
    assert before is not None and begun is not None and behind is not None and open_ is not None
    assert before.end < day < behind.start
    assert begun.start <= day <= open_.end
    assert nearest(slot, "~", when) in (before, begun, behind, open_)


def test_easter_falls_where_the_almanacs_say() -> None:
    known = {1998: (4, 12), 2000: (4, 23), 2008: (3, 23), 2011: (4, 24), 2024: (3, 31), 2038: (4, 25)}
    assert {year: (easter(year).month, easter(year).day) for year in known} == known


def test_an_offset_out_of_the_calendar_comes_to_nothing() -> None:
    published = around(date(2024, 7, 1), "D")
    assert resolve("pub-9000Y", published, lambda _: None) is None
    assert resolve("pub+9000Y", published, lambda _: None) is None
    assert resolve("pub-1Y", None, lambda _: None) is None


def test_the_day_of_a_leap_year_is_not_found_in_others() -> None:
    with pytest.raises(ValueError, match="day"):
        occurrence("M02D29", 2023)


def test_each_rule_may_be_begun_by_some_word() -> None:
    """A rule that no class of words begins could never be used."""
    begun = {id(rule) for rules in starters().values() for rule in rules}
    assert [rule.name for rule in RULES if id(rule) not in begun] == []


def test_the_lexicon_has_all_months_and_days() -> None:
    words = TimeWords.load("en").words
    assert sorted(word.code for form, word in words.items() if form.capitalize() in MONTHS) == [
        f"{number:02d}" for number in range(1, 13)
    ]
    assert {word.code for word in words.values() if word.cls == "weekday"} == set("1234567")


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["last ", "the end of ", "May 5, ", "twenty ", "2020-", "\n ", "1:", "early mid-", "'"]
)
def test_reading_takes_time_in_proportion_to_length(piece: str) -> None:
    """Four times the text may take eight times as long, for noise, and never sixteen."""

    def seconds(times: int) -> float:
        """The best of three: what else the machine does only ever adds."""
        taken = []
        for _ in range(3):
            began = time.process_time()
            read(piece * times)
            taken.append(time.process_time() - began)
        return min(taken)

    seconds(100)
    short = max(seconds(5_000), 0.01)
    assert seconds(20_000) < 8 * short
