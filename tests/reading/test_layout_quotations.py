"""Quotation blocks: gold texts with the kind, the contents and the introducer of each quotation."""

from __future__ import annotations

import pytest

from detente.knowledge import Knowledge
from detente.model import Document
from detente.reading.layout import LayoutStep
from detente.reading.paper import Paper

STEP = LayoutStep(Knowledge())


def quotations_of(text: str) -> list[tuple[str, tuple[str, ...], str | None]]:
    document = Document(document_id="d", uri="d", text=text, text_sha256="", language="en", reader_version="")
    layout = STEP.read(Paper(document)).layout
    assert layout is not None
    return [
        (
            quotation.kind,
            tuple(text[content.start : content.end] for content in quotation.contents),
            text[quotation.introducer.start : quotation.introducer.end] if quotation.introducer else None,
        )
        for quotation in layout.quotations
    ]


# text, then (kind, contents joined by " / ", introducer) of each quotation
GOLD = [
    ("“We will sign,” the envoy said.", [("speech", "We will sign,", "the envoy said.")]),
    ('"We will sign," the envoy said.', [("speech", "We will sign,", "the envoy said.")]),
    ("«We will sign», the envoy said.", [("speech", "We will sign", "the envoy said.")]),
    ("« We will sign », the envoy said.", [("speech", "We will sign", "the envoy said.")]),
    ("„We will sign“, the envoy said.", [("speech", "We will sign", "the envoy said.")]),
    ("”We will sign”, the envoy said.", [("speech", "We will sign", "the envoy said.")]),
    ("‘We will sign,’ the envoy said.", [("speech", "We will sign,", "the envoy said.")]),
    ("'We will sign,' the envoy said.", [("speech", "We will sign,", "the envoy said.")]),
    ("''We will sign,'' the envoy said.", [("speech", "We will sign,", "the envoy said.")]),
    ("``We will sign,'' the envoy said.", [("speech", "We will sign,", "the envoy said.")]),
    ('“We will sign," the envoy said.', [("speech", "We will sign,", "the envoy said.")]),
    ('"We will sign,” the envoy said.', [("speech", "We will sign,", "the envoy said.")]),
    ("The envoy said: “We will sign.”", [("speech", "We will sign.", "The envoy said:")]),
    ('It reads, in part:"We will sign at once."', [("speech", "We will sign at once.", "It reads, in part:")]),
    (
        "“We came,” she said, “and we saw.”",
        [("speech", "We came,", "she said,"), ("speech", "and we saw.", "she said,")],
    ),
    (
        "“We came,” she said. “We saw.”",
        [("speech", "We came,", "she said."), ("speech", "We saw.", "she said.")],
    ),
    ("Mr O’Brien praised the ministers’ plan and the ’90s.", []),
    ("Mr O'Brien praised the ministers' plan and the '90s.", []),
    ("The gun has a 6\" barrel and weighs 5 kg.", []),
    (
        "‘The ministers’ plan is dead,’ Mr O’Neill said.",
        [("speech", "The ministers’ plan is dead,", "Mr O’Neill said.")],
    ),
    (
        "“He told us ‘never again’ and left,” she said.",
        [("speech", "He told us ‘never again’ and left,", "she said."), ("speech", "never again", "He told us")],
    ),
    (
        "“They call it “peace” here,” he said.",
        [("speech", "They call it “peace” here,", "he said."), ("speech", "peace", "They call it")],
    ),
    ("Chad then “suddenly found” that it had friends.", [("scare", "suddenly found", None)]),
    ("Nobody misses the “hated” toll.", [("scare", "hated", None)]),
    ("The so-called “people’s republic” has no post office.", [("scare", "people’s republic", None)]),
    ("The men were “terrorists”, said the Peruvian envoy.", [("speech", "terrorists", "said the Peruvian envoy.")]),
    ("Quito branded them “terrorists” on Monday.", [("speech", "terrorists", "Quito branded them")]),
    ("The “Border Watch” report was late.", [("title", "Border Watch", None)]),
    ("Her book, titled “no way back”, sold well.", [("title", "no way back", None)]),
    ("They launched Operation “Iron Tide” in May.", [("title", "Iron Tide", None)]),
    (
        "Mali denounced the deal as “a blatant example of bad faith.”",
        [("speech", "a blatant example of bad faith.", "Mali denounced the deal as")],
    ),
    (
        "He added that the “process” was “dead”.",
        [("speech", "process", "He added that the"), ("speech", "dead", "He added that the")],
    ),
    # over several paragraphs
    (
        "The minister said: “We came in peace.\n\n“We were met with stones.\n\n“We will not return.”\n\nHe then left.",
        [("running", "We came in peace. / We were met with stones. / We will not return.", "The minister said:")],
    ),
    (
        "The minister replied:\n\n‘We came in peace.\n\n‘We don’t know why they fled,’ he said.\n\nHe then left.",
        [("running", "We came in peace. / We don’t know why they fled,", "The minister replied:")],
    ),
    (
        "The embassy issued the following statement.\n\n“We came in peace.\n\n“We were met with stones.”",
        [("running", "We came in peace. / We were met with stones.", "The embassy issued the following statement.")],
    ),
    (
        "The institute has published a commentary on the pact.\n\n“A step back”\n\n“The pact is weak for two reasons:\n"
        "\nIt names no date and it binds nobody at all.\n\nThe other side kept its camps.”\n\n“What do they want?”\n\n"
        "“Time, and nothing but time.”\n\nThe ministry has not replied.",
        [
            (
                "running",
                "A step back / The pact is weak for two reasons: / It names no date and it binds nobody at all. / "
                "The other side kept its camps. / What do they want? / Time, and nothing but time.",
                "The institute has published a commentary on the pact.",
            )
        ],
    ),
    # a stray opener in ordinary text swallows neither the paragraph nor the article
    (
        "The report called it “an odd affair and moved on. Nobody objected.\n\nThe next day was quiet.\n\n"
        "“It is over,” said the mayor of Split.",
        [
            ("speech", "an odd affair and moved on.", "The report called it"),
            ("speech", "It is over,", "said the mayor of Split."),
        ],
    ),
    (
        "“We did not fire first, the general told reporters.\n\nThe border was quiet on Sunday.",
        [("speech", "We did not fire first,", "the general told reporters.")],
    ),
    (
        "“We did not fire first.\n\nThe border was quiet on Sunday.\n\n“Nor did we,” said the other side.",
        [("speech", "We did not fire first.", None), ("speech", "Nor did we,", "said the other side.")],
    ),
    # closers without an opener
    (
        "We did not fire first,” the general said.",
        [("speech", "We did not fire first,", "the general said.")],
    ),
    (
        "The council replied:\n\nThe camps will stay.\n\nSo will the guards.”\n\nTraders shrugged.",
        [("running", "The camps will stay. / So will the guards.", "The council replied:")],
    ),
    # one paragraph before
    (
        "Prime Minister Wanjiru was blunt about the plan.\n\n“It will not pass.”",
        [("speech", "It will not pass.", "Prime Minister Wanjiru was blunt about the plan.")],
    ),
    (
        "“It will not pass,” Prime Minister Wanjiru said.\n\n“It cannot.”",
        [
            ("speech", "It will not pass,", "Prime Minister Wanjiru said."),
            ("speech", "It cannot.", "Prime Minister Wanjiru said."),
        ],
    ),
    ("The treaty says:\n\n> No party shall build camps.\n> No party shall arm them.", [
        ("running", "No party shall build camps. / No party shall arm them.", "The treaty says:")
    ]),
    ("“”", []),
    ("He said nothing.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "gold"), GOLD)
def test_quotations_are_as_the_gold_says(text: str, gold: list[tuple[str, str, str | None]]) -> None:
    found = [(kind, " / ".join(contents), introducer) for kind, contents, introducer in quotations_of(text)]
    assert found == gold


@pytest.mark.parametrize("swap", [("Mali", "Sweden"), ("Mali", "China"), ("Mali", "Iran")])
def test_no_name_of_a_state_matters(swap: tuple[str, str]) -> None:
    for text, gold in GOLD:
        swapped = quotations_of(text.replace(*swap))
        assert [kind for kind, _, _ in swapped] == [kind for kind, _, _ in gold]


def test_a_stray_opener_never_reaches_beyond_its_bound() -> None:
    filler = "\n\n".join(f"Lorries crossed the bridge on day {number} without delay." for number in range(40))
    text = f"The paper wrote: “The bridge is open.\n\n{filler}\n\nSo it stays.” That was all."
    assert all(len(contents) <= 13 for _, contents, _ in quotations_of(text))
