"""The lines at the top of a plain text."""

from __future__ import annotations

import pytest

import specimens
from detente.reading.sources import open_inputs
from detente.reading.sources.header import header
from detente.reading.sources.raw import RawDocument

PLAIN = """Title: Two capitals: an agreement
OUTLET: The Harbour Post
Outlet-Territory: NOR
Author: Kari Lund
Published: 1 July 2024
URL: https://post.example/1

Norway said: yes.
"""
FENCED = """---
title: "Two capitals: an agreement"
outlet: The Harbour Post
outlet_territory: NOR
author: Kari Lund
tags: [one, two]
date: 1 July 2024
url: https://post.example/1
---

Norway said: yes.
"""


@pytest.mark.parametrize("text", [PLAIN, FENCED])
def test_header_is_taken_off(tmp_path, text: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.txt").write_text(text)
    (found,) = open_inputs([str(tmp_path / "a.txt")])
    assert found == RawDocument(
        uri="https://post.example/1",
        text="Norway said: yes.",
        title="Two capitals: an agreement",
        outlet="The Harbour Post",
        outlet_territory="NOR",
        author="Kari Lund",
        published="1 July 2024",
        published_basis="given",
    )


@pytest.mark.parametrize(
    "text", [specimens.ARTICLE, "---\nNorway said no.\nChad too.", "Norway: we said no.\nTitle: none", "---", "", ":"]
)
def test_text_without_a_header_is_left_alone(text: str) -> None:
    assert header(text).text == text
    assert header(text).fields == {}


def test_header_without_an_empty_line_after_it() -> None:
    top = header("Published: 2024-07-01\nNorway said no.")
    assert (top.fields, top.text) == ({"published": "2024-07-01"}, "Norway said no.")
