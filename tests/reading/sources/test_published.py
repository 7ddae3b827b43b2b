"""Dates of publication as they are written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.reading.sources.published import is_ambiguous, read_published


@pytest.mark.parametrize(
    "raw",
    ["2024-07-01", "2024-07-01T23:30:00-04:00", "2024-07-01T00:10:00Z", "2024-07-01 10:00", "20240701", "2024/7/1",
     "20240701T101500Z", "2024.07.01", "1 July 2024", "1st July 2024", "1st of July, 2024", "July 1, 2024",
     "Jul. 1st, 2024", "JULY 1 2024", "Monday, July 1, 2024", "Mon, 01 Jul 2024 23:30:00 -0400",
     "Mon, 1 Jul 2024 10:00:00 GMT", "July 1, 2024 10:30 a.m. EDT", "1 July 2024 10:00 GMT+4", "1 July 2024, 10.30 am",
     "July 1, 2024 at 4:05 PM (UTC)", "01-Jul-2024", "1.7.2024", "Mon Jul  1 10:00:00 UTC 2024", " 2024-07-01\n",
     "D:20240701233000-04'00'", "D:20240701", "2024-07-01T10:00:00.123456789+05:30", "2024-07-01T10"],
)  # fmt: skip
def test_one_day_written_in_many_ways(raw: str) -> None:
    published = read_published(raw, "given")
    assert published is not None
    assert (published.start, published.end, published.precision) == ("2024-07-01", "2024-07-01", "day")
    assert published.basis == "given"
    assert published.raw == raw.strip()


@pytest.mark.parametrize(
    ("raw", "start", "end", "precision"),
    [
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("February 2023", "2023-02-01", "2023-02-28", "month"),
        ("2023", "2023-01-01", "2023-12-31", "year"),
        ("2024-01-01/2024-03-31", "2024-01-01", "2024-03-31", "interval"),
        ("2024-01/2024-03", "2024-01-01", "2024-03-31", "interval"),
        ("13/2/2024", "2024-02-13", "2024-02-13", "day"),
        ("2/13/2024", "2024-02-13", "2024-02-13", "day"),
        ("5/5/2024", "2024-05-05", "2024-05-05", "day"),
    ],
)
def test_longer_and_odder_dates(raw: str, start: str, end: str, precision: str) -> None:
    published = read_published(raw, "metadata")
    assert published is not None
    assert (published.start, published.end, published.precision) == (start, end, precision)


@pytest.mark.parametrize(
    "raw",
    ["", "yesterday", "2 hours ago", "2024-02-30", "2023-02-29", "31 June 2024", "2024-13-01", "July", "Monday",
     "0000-00-00", "99999", "1 Juleth 2024", "2024-03-31/2024-01-01", "3000-01-01", "2024-07-01 and later", "x" * 5000],
)  # fmt: skip
def test_what_is_no_date(raw: str) -> None:
    assert read_published(raw, "given") is None
    assert not is_ambiguous(raw)


def test_date_that_could_be_two_is_not_guessed() -> None:
    assert read_published("3/4/2024", "given") is None
    assert is_ambiguous("3/4/2024")


@settings(max_examples=60)
@given(
    st.dates(date(1600, 1, 1), date(2150, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y 23:59:59 +1400", "%A, %B %d, %Y"]),
)
def test_every_day_comes_back(day: date, form: str) -> None:
    published = read_published(day.strftime(form), "given")
    assert published is not None
    assert published.start == published.end == day.isoformat()
    assert date.fromisoformat(published.end) + timedelta(0) == day


@settings(max_examples=80)
@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(raw: str) -> None:
    published = read_published(raw, "given")
    assert published is None or published.start <= published.end  # type: ignore[operator]
