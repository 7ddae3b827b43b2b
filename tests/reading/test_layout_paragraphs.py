"""Paragraphs and their kinds."""

from __future__ import annotations

import pytest

from detente.knowledge import Knowledge
from detente.model import Document
from detente.reading.layout import LayoutStep
from detente.reading.paper import Paper

STEP = LayoutStep(Knowledge())
BODY = "The foreign minister of Ghana arrived in Lomé on Tuesday for two days of talks on the shared port."


def kinds_of(text: str, title: str | None = None) -> list[tuple[str, str]]:
    document = Document(
        document_id="d", uri="d", text=text, text_sha256="", language="en", reader_version="", title=title
    )
    layout = STEP.read(Paper(document)).layout
    assert layout is not None
    return [(paragraph.kind, text[paragraph.span.start : paragraph.span.end]) for paragraph in layout.paragraphs]


GOLD = [
    (["title: Ghana and Togo talk about a port", f"text: {BODY}"]),
    (["heading: World News", "title: Why does Ghana want the port so badly?", f"text: {BODY}"]),
    (["title: Ghana and Togo talk", "byline: By Ama Serwaa", f"text: {BODY}"]),
    (["title: Ghana and Togo talk", "dateline: 3 July 2024", f"text: {BODY}"]),
    (["title: Ghana and Togo talk", "dateline: Updated 10:45 GMT", f"text: {BODY}"]),
    ([f"text: {BODY}", "heading: What Togo wants", f"text: {BODY}"]),
    ([f"text: {BODY}", "text: The minister told reporters:", f"text: “{BODY}”"]),
    ([f"text: {BODY}", "list: - the port", "list: - the road", "list: 2. the railway"]),
    ([f"text: {BODY}", "caption: Photo: the port of Tema at dawn", f"text: {BODY}"]),
    (["text: Q: Will you sign the port deal?", f"text: {BODY}"]),
    ([f"text: {BODY}", "text: By noon the talks had failed.", f"text: {BODY}"]),
    ([f"text: {BODY}", "byline: (Reporting by Ama Serwaa; editing by Kofi Mensah)"]),
    ([f"text: {BODY}", "text: They left at once."]),
    ([f"text: {BODY}", "heading: “What do they want?”", f"text: “{BODY}”"]),
    ([f"text: {BODY}", "text: “We will not sign,” he said.", f"text: {BODY}"]),
]


@pytest.mark.parametrize("gold", GOLD)
@pytest.mark.parametrize("between", ["\n\n", "\r\n\r\n", "\n \t\n\n"])
def test_kinds_of_paragraphs(gold: list[str], between: str) -> None:
    expected = [(line.partition(": ")[0], line.partition(": ")[2]) for line in gold]
    assert kinds_of(between.join(words for _, words in expected)) == expected


def test_the_given_title_is_the_title() -> None:
    assert kinds_of(f"Ports and people.\n\n{BODY}", "Ports and people")[0] == ("title", "Ports and people.")


def test_single_line_ends_divide_paragraphs_of_full_lines() -> None:
    assert [kind for kind, _ in kinds_of(f"{BODY}\n{BODY} {BODY}\n{BODY}")] == ["text"] * 3


def test_wrapped_lines_are_joined_and_their_blank_lines_divide() -> None:
    words = (BODY + " ").replace("\n", " ") * 4
    lines, line = [], ""
    for word in words.split():
        if len(line) + 1 + len(word) > 60:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    wrapped = "\n".join([*lines, line])
    assert len(kinds_of(f"{wrapped}\n\n{wrapped}")) == 2


def test_a_line_that_goes_on_in_lower_case_is_one_paragraph() -> None:
    assert len(kinds_of("The delegation of Kenya,\nwhich came late, left early. " + BODY + BODY)) == 1
