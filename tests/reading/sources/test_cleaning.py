"""The text as it is kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import InputError
from detente.reading.sources.cleaning import cleaned, cleaned_line


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("One.\r\nTwo.\rThree.\x0cFour.\u2028Five.\u2029Six.", "One.\nTwo.\nThree.\nFour.\nFive.\n\nSix."),
        ("Nor\u00adway\u200b said\u2060 no\ufeff.", "Norway said no."),
        ("Norway\u00a0said\u202fno.\u3000Chad too.", "Norway said no. Chad too."),
        ("a\x00b\x07c\x1b", "abc"),
        ("\x93Never,\x94 she said \x96 twice\x85", "“Never,” she said – twice…"),
        ("One.   \n \t\n\n\n\nTwo.", "One.\n\nTwo."),
        ("  \n\nOne.\n", "One."),
        ("e\u0301", "e\u0301"),
        ("\u202eright\u202c to left", "right to left"),
        ("a\ud800b", "a\ufffdb"),
    ],
)
def test_cleaned_text(dirty: str, clean: str) -> None:
    assert cleaned(dirty, "a") == clean


def test_text_of_control_characters_is_no_text() -> None:
    with pytest.raises(InputError) as caught:
        cleaned("ab\x01" * 100, "a")
    assert caught.value.code == "D204"


def test_line_is_one_line_or_none() -> None:
    assert cleaned_line(" Envoys \n meet\u00a0again ") == "Envoys meet again"
    assert cleaned_line("e\u0301") == "é"
    assert cleaned_line(" \u200b\n") is None
    assert cleaned_line(None) is None


@settings(max_examples=80)
@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    try:
        once = cleaned(text, "a")
    except InputError:
        return
    assert cleaned(once, "a") == once
    assert not set(once) & set("\r\x00\u00ad\u200b\u2028")
    once.encode("utf-8")
