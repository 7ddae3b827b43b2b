"""Bytes to text in every encoding that articles come in."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import InputError
from detente.reading.sources.decoding import decoded, decoded_line, once_only

TEXT = "“We won’t wait,” said Ms Gonçalves – the envoy of São Tomé. " * 5


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("cp1252", b""),
        ("mac-roman", b""),
    ],
)
def test_text_comes_back_from(encoding: str, mark: bytes) -> None:
    assert decoded(mark + TEXT.encode(encoding), "a") == TEXT


def test_latin_1() -> None:
    text = "The envoy of São Tomé spoke for an hour about fishing in the gulf. " * 3
    assert decoded(text.encode("latin-1"), "a") == text


def test_declared_encoding_is_believed_where_it_fits() -> None:
    text = "Посол сказал, что переговоры продолжатся. "
    assert decoded(text.encode("cp1251"), "a", "windows-1251") == text
    assert decoded(text.encode("utf-8"), "a", "windows-1251") == text


def test_declared_encoding_that_does_not_exist_is_passed_over() -> None:
    for name in ("no-such", "hex", "rot13", "x" * 300, "utf-8\0"):
        assert decoded(TEXT.encode("cp1252"), "a", name) == TEXT


def test_utf_8_with_stray_bytes_is_mended() -> None:
    mixed = TEXT.encode() + "A “second” hand added this. ".encode("cp1252") + TEXT.encode()
    assert decoded(mixed, "a") == TEXT + "A “second” hand added this. " + TEXT


def test_text_encoded_twice_is_set_right() -> None:
    for char in "“”’–é":
        twice = char.encode().decode("cp1252", errors="replace")
        if "\ufffd" not in twice:
            assert once_only(f"a {twice} b â€™") == f"a {char} b ’"
    assert once_only("Ångström, São Tomé, naïve") == "Ångström, São Tomé, naïve"


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), max_codepoint=0x24F), min_size=1))
def test_utf_8_is_taken_as_it_is(text: str) -> None:
    if once_only(text) == text and not text.startswith("\ufeff"):
        assert decoded(text.encode(), "a") == text


@settings(max_examples=80)
@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_an_input_error(data: bytes) -> None:
    decoded_line(data).encode("utf-8")
    try:
        decoded(data, "a").encode("utf-8")
    except InputError as error:
        assert error.code in ("D204", "D205")
