"""Sentences: gold texts with ¦ where one ends."""

from __future__ import annotations

import pytest

from detente.knowledge import Knowledge
from detente.model import Document
from detente.reading.layout import LayoutStep
from detente.reading.paper import Paper

STEP = LayoutStep(Knowledge())

GOLD = [
    "The minister left Oslo. ¦Talks go on.",
    "Mr. Okafor met Gen. Ruiz in Lagos. ¦They spoke for an hour.",
    "The U.S. President spoke first. ¦He was brief.",
    "The fleet left the U.S. ¦The crew was told to wait.",
    "Relations with the U.S. are strained. ¦Nobody doubts it.",
    "Troops crossed at 5 a.m. Monday and returned by night.",
    "The raid began at 5 a.m. ¦Nobody was hurt.",
    "It ended at 7 p.m. GMT on Friday.",
    "Sen. J. R. Halloway of Ohio objected. ¦So did others.",
    "George T. Baines was not asked.",
    "Exports rose 3.5 percent to $2.4 billion. ¦Imports fell.",
    "The firm, Baltic Steel Inc., was listed. ¦Its owner was not.",
    "It sold arms to Orion Ltd. ¦The deal was secret.",
    "The envoys met on Jan. 5 in Doha.",
    "We will see ... maybe not.",
    "They promised much… ¦The border stayed shut.",
    "“We are ready,” he said. ¦“We always were.”",
    "“Why now?” asked the envoy. ¦Nobody answered.",
    "“Why now?” Ambassador Lindqvist asked.",
    "“Stop!” he cried. ¦The guards did not.",
    "“We shall not wait.” ¦The hall fell silent.",
    "The vote comes before the elections.”¦Breaking: Manila recalls its envoy.",
    "That ends the talks.¦The minister will go home.",
    "The note reads: “We protest. ¦We expect an answer.” ¦It was ignored.",
    "He called it a lie. ¦(His deputy did not.) ¦The press went with the lie.",
    "See No. 14 of the annex. ¦It says the same.",
    "Was it No. 3? ¦Nobody knew.",
    "The answer was no. ¦Nothing followed.",
    "Read more at example.org/news.html. ¦The page is open.",
    "Write to press@mfa.example.com for details.",
    "Peru, Chile, etc. ¦The list goes on.",
    "Items such as grain, oil, etc. were exempt.",
    "The treaty was signed in St. Petersburg by Dr. Amara Diallo, Ph.D., in person.",
    "1. Withdraw the troops. ¦Then talk.",
    "Kyiv\u00a0agreed.\u00a0¦Warsaw did too.",
    "Really?! ¦Yes.",
    "The Sept. 11 attacks changed it. ¦Everyone knows.",
    "The D.C. meeting was postponed. ¦Another is planned.",
    "They came from Washington, D.C. ¦They left at once.",
    "A total of 14.¦Fifteen more followed.",
    "The pact (see Art. 5) binds all. ¦Or so it says.",
    "Lt. Gen. Park and Col. Sosa shook hands.",
    "Hanoi objected . . . but signed.",
    "Hanoi objected . . . ¦The others signed.",
    "She said: ‘No.’ ¦They left.",
    "“No.” “Yes.” That was all.".replace(".” “Yes.” T", ".” ¦“Yes.” ¦T"),
    "The Hon. Mr. Justice Abena sat alone.",
    "It happened in the 1990s. ¦2003 was worse.",
    "The price fell. ¦$40 a barrel is now the floor.",
    "“Is it war?” the paper asked. ¦“It is not,” wrote its rival.",
    "“Why now?” ¦A spokesman said: “Because.”",
    "They flew to the U.S. ¦Initially, nobody asked why.",
    "السلام عليكم. ¦نعم.",
    "It cost approx. 40 million. ¦Nobody paid.",
    "Iran vs. Iraq was the match. ¦It ended in a draw.",
    "The Govt. of Fiji replied. ¦It had to.",
]


def sentences_of(text: str) -> list[str]:
    document = Document(document_id="d", uri="d", text=text, text_sha256="", language="en", reader_version="")
    layout = STEP.read(Paper(document)).layout
    assert layout is not None
    return [text[sentence.span.start : sentence.span.end] for sentence in layout.sentences]


@pytest.mark.parametrize("gold", GOLD)
def test_sentences_end_where_the_gold_says(gold: str) -> None:
    assert sentences_of(gold.replace("¦", "")) == [part.strip() for part in gold.split("¦")]


def test_a_wrapped_line_does_not_end_a_sentence() -> None:
    text = (
        "The two governments have agreed to reopen the crossing that was closed in\n"
        "spring, and to let lorries pass from Monday. Officials on both sides called\n"
        "the step a modest one."
    )
    assert len(sentences_of(text)) == 2
