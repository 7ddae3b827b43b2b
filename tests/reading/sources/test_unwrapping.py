"""Lines broken at a fixed width, made paragraphs again."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import specimens
from detente.reading.sources.unwrapping import joined, unwrapped


@pytest.mark.parametrize("width", [60, 72, 78])
def test_wrapped_article_is_made_whole(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in specimens.PARAGRAPHS)
    assert unwrapped(wrapped) == specimens.ARTICLE


def test_paragraphs_are_told_apart_without_empty_lines() -> None:
    lines = specimens.broken_lines(specimens.ARTICLE, 72)
    assert joined(lines, 72) == list(specimens.PARAGRAPHS)


@pytest.mark.parametrize(
    "text",
    [
        specimens.ARTICLE,
        "\n".join(specimens.PARAGRAPHS),
        "Present:\nNorway\nChad\nPeru\nLaos\n\nThe talks began.",
    ],
)
def test_text_that_was_not_wrapped_is_left_alone(text: str) -> None:
    assert unwrapped(text) == text


def test_word_cut_by_a_hyphen_is_made_whole_unless_it_is_written_so() -> None:
    lines = ["The ministry spoke of an inter-", "national cease-", "fire."]
    assert joined(lines, 20, words=frozenset({"cease-fire"})) == ["The ministry spoke of an international cease-fire."]


@settings(max_examples=50)
@given(st.text(st.sampled_from("ab. -\n"), max_size=400))
def test_joining_only_changes_space(text: str) -> None:
    assert "".join(unwrapped(text).split()) == "".join(text.split())
