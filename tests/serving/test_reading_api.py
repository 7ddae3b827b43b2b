"""`detente.read`: one article, from a string or a file, as typed records."""

from __future__ import annotations

from pathlib import Path

import pytest

import detente
from detente.errors import InputError, UsageError
from detente.model import Document, Event

TEXT = "Peru recalled its ambassador to Fiji on Monday. Fiji said that 12 sailors had been detained in Lima."


def test_records_are_at_hand_by_kind_and_all_together() -> None:
    reading = detente.read(TEXT, published="2024-07-03", outlet="The Post", title="A recall", author="Ada Quill")
    assert isinstance(reading[0], Document)
    assert reading.document is reading[0]
    assert reading.document.title == "A recall"
    assert [event for event in reading if isinstance(event, Event)] == list(reading.events)
    assert {(ref.territory) for ref in reading.events[0].sources} == {"PER"}
    assert reading.events[0].date is not None
    assert reading.events[0].date.start == "2024-07-01"
    assert [figure.value for figure in reading.figures] == [12]
    assert reading.claims[0].voices[-1].territory == "FJI"
    parts = (reading.actors, reading.mentions, reading.events, reading.claims, reading.figures, reading.moments)
    assert 1 + sum(map(len, (*parts, reading.places))) == len(reading)
    assert "A recall" in repr(reading)


def test_what_was_set_aside_comes_with_its_reason() -> None:
    assert all(mark.reason for mark in detente.read("The war on inflation goes on in Peru, 12 May 2024.").rejected)


@pytest.mark.parametrize("kind", [str, Path])
def test_a_file_is_opened(tmp_path: Path, kind: type) -> None:
    place = tmp_path / "an article.txt"
    place.write_text(f"Title: From a file\n\n{TEXT}", encoding="utf-8")
    assert detente.read(kind(place)).document.title == "From a file"


def test_a_date_that_is_none_in_the_file_is_a_warning(tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    place.write_text(f"Published: someday\n\n{TEXT}", encoding="utf-8")
    (warning,) = detente.read(place).warnings
    assert "someday" in str(warning)


@pytest.mark.parametrize("text", ["artcle.txt", "news/monday", ""])
def test_a_name_that_is_no_file_and_no_text_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        detente.read(text)


def test_wrong_use_is_told() -> None:
    with pytest.raises(UsageError, match="2024-07-01"):
        detente.read(TEXT, published="soon")
    with pytest.raises(UsageError, match="alpha-3"):
        detente.read(TEXT, outlet_territory="Atlantis")


def test_more_than_one_article_is_for_the_record(tmp_path: Path) -> None:
    place = tmp_path / "two.jsonl"
    place.write_text('{"text": "Peru met Fiji."}\n{"text": "Fiji met Peru."}\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"detente\.Record"):
        detente.read(place)
