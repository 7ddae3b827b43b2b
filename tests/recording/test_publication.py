"""A missing date of publication: an interval with its evidence where the words bear it, and nothing where not."""

from __future__ import annotations

from functools import cache

import pytest

from detente.knowledge import Knowledge
from detente.model.date import Date
from detente.model.document import Document
from detente.reading.pipeline import Pipeline, pipeline
from detente.recording.publication import LONGEST_DAYS, inferred


@cache
def reader() -> Pipeline:
    return pipeline(Knowledge(), ("layout", "parse", "times"))


def published(text: str) -> Date | None:
    doc = Document(document_id="d", uri="u", text=text, text_sha256="", language="en", reader_version="")
    return inferred(reader().read(doc))


@pytest.mark.parametrize(
    "head",
    [
        "ACCRA, July 1, 2024 — ",
        "LIMA, Peru, July 1, 2024 (Agency) — ",
        "Published: July 1, 2024\n\n",
        "Posted on 1 July 2024\n\n",
        "1 July 2024\n\n",
        "Monday, July 1, 2024\n\n",
    ],
)
def test_a_stated_date_is_taken(head: str) -> None:
    found = published(head + "Ghana and Peru signed a treaty on fisheries. The envoys met again last week.")
    assert found is not None and found.start is not None and found.end is not None
    assert found.start <= "2024-07-01" <= found.end <= "2024-07-03"
    assert found.start >= "2024-06-30"
    assert found.basis == "inferred"
    assert "1" in found.raw and "July" in found.raw


def test_a_year_and_a_dateline_without_one_go_together() -> None:
    found = published("© 2019 The Herald\n\nQUITO, March 4 — Ecuador recalled its envoy on Monday.")
    assert found is not None and found.start is not None and found.end is not None
    assert found.start <= "2019-03-04" <= found.end <= "2019-03-08"


def test_a_running_year_and_a_bare_date_give_weeks() -> None:
    text = (
        "On February 9, Kenya received three envoys. The two sides want to sign the accord by 2023. "
        "The year 2023 began with a quarrel over tariffs. In 2019 trade had doubled."
    )
    found = published(text)
    assert found is not None and found.start is not None and found.end is not None
    assert found.start == "2023-02-09"
    assert found.end < "2023-06-30"
    assert found.precision == "interval"
    assert "“February 9”" in found.raw and "“The year 2023”" in found.raw


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The envoys met last week.",
        "The envoys met on May 3.",
        "The war of 1904 was long.",
        "The pact of 7 May 1992 still holds.",
        "The bonds fall due on March 1, 2050.",
    ],
)
def test_words_that_do_not_tell_give_no_date(text: str) -> None:
    assert published(text) is None


def test_no_answer_is_longer_than_the_longest() -> None:
    text = "They will vote in 2025. They voted in 2023. They met on May 3."
    found = published(text)
    if found is not None:
        assert found.start is not None and found.end is not None
        from datetime import date

        assert (date.fromisoformat(found.end) - date.fromisoformat(found.start)).days < LONGEST_DAYS


def test_the_same_text_gives_the_same_interval() -> None:
    text = "© 2019\n\nOn May 3 they met; on June 9 they parted; on July 1 they will meet."
    assert published(text) == published(text)


def test_evidence_is_in_the_order_it_was_weighed_and_in_the_words_of_the_text() -> None:
    text = "© 2019 The Herald\n\nOn May 3 they met."
    found = published(text)
    assert found is not None
    quoted = [part.split("”")[0] for part in found.raw.split("“")[1:]]
    assert quoted and all(words in text for words in quoted)
