"""Scores who is for or against whom: a sentence with two marked entities -> one of five directed labels.

Rows hold `text`, `p`, `q`, `mentions` (two, with offsets) and `label`: 0 neutral, 1 p is positive towards q, 2 q
towards p, 3 p is negative towards q, 4 q towards p. The reader is given the two as its only actors, reads acts and
claims between them, and answers with the strongest lean it finds, or neutral. The figure that counts is the macro F1
over the five labels; "direction given a stance" leaves out what either side calls neutral.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

import msgspec

from detente.errors import InputError
from detente.knowledge import Knowledge
from detente.model.document import Document
from detente.reading.marks import Candidate, MentionMark, Span
from detente.serving.scores.report import Figure, ScoreReport

if TYPE_CHECKING:
    from detente.reading.stance import Lean

LABELS: Final = ("neutral", "pos p to q", "pos q to p", "neg p to q", "neg q to p")
_SHOWN: Final = 60


class Mention(msgspec.Struct, frozen=True):
    """Where one of the two stands in the text."""

    start: int
    end: int


class StanceRow(msgspec.Struct, frozen=True):
    """One row of the set; other columns are ignored."""

    id: str
    text: str
    mentions: tuple[Mention, Mention]
    label: int


class StanceScore:
    """Reads each sentence afresh and compares the label."""

    name: ClassVar[str] = "stance"

    def score(self, path: Path, knowledge: Knowledge, *, limit: int | None = None) -> ScoreReport:
        """Macro F1 over the five labels, accuracy, F1 of each label; `errors` show the surest wrong answers first.
        InputError for a file of another form."""
        stances = Stances(knowledge)
        pairs: list[tuple[int, int]] = []
        errors: list[tuple[float, str]] = []
        for row in rows(path, limit):
            lean = stances.between(row.text, *(Span(mention.start, mention.end) for mention in row.mentions))
            answer = label(lean)
            pairs.append((row.label, answer))
            if answer != row.label:
                why = lean.reason if lean is not None else "no word of the lexicon joins them"
                shown = f"{row.id}: {LABELS[row.label]} read as {LABELS[answer]} ({why}): {_marked(row)}"
                errors.append((-abs(lean.value) if lean is not None else 0.0, shown))
        return ScoreReport(
            task=self.name,
            file=str(path),
            rows=len(pairs),
            figures=tuple(_figures(pairs)),
            errors=tuple(line for _, line in sorted(errors)[:_SHOWN]),
            notes=("a gold label that rests on knowledge outside the sentence is read as neutral",),
        )


class Stances:
    """Reads the stance between two marked spans of one text."""

    def __init__(self, knowledge: Knowledge) -> None:
        from detente.reading.claims import ClaimStep
        from detente.reading.events import EventStep
        from detente.reading.pipeline import pipeline
        from detente.reading.stance import StanceLexicon

        self.lexicon = StanceLexicon.load(knowledge.language)
        self.pipeline = pipeline(knowledge, ("layout", "parse"))
        self.steps = (ClaimStep(knowledge), EventStep(knowledge))

    def between(self, text: str, one: Span, other: Span) -> Lean | None:
        """The strongest lean of either towards the other; None where nothing joins them."""
        from detente.reading.stance import head_of, strongest
        from detente.reading.syntax import tree

        doc = Document(document_id="", uri="", text=text, text_sha256="", language="en", reader_version="")
        paper = self.pipeline.read(doc)
        assert paper.parse is not None
        view = tree(paper.parse)
        # any name may be a party here: "igo" is the kind that needs no territory to act
        anyone = (Candidate(None, "", "igo"),)
        mentions = [
            MentionMark(span, view.starts[head_of(view, span)], "name", "actor", anyone) for span in (one, other)
        ]
        paper = paper.adding(mentions=tuple(sorted(mentions, key=lambda mention: mention.span)))
        for step in self.steps:
            paper = step.read(paper)
        return strongest(view, self.lexicon, paper.claims or (), paper.events or (), one, other)


def rows(path: Path, limit: int | None = None) -> list[StanceRow]:
    """The rows of the file, at most `limit`; InputError names the first line that is no such row."""
    found: list[StanceRow] = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        if limit is not None and len(found) >= limit:
            break
        try:
            row = msgspec.json.decode(line, type=StanceRow)
            if not 0 <= row.label < len(LABELS):
                raise msgspec.ValidationError(f"label {row.label}")
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise InputError(
                "this is no row of a stance set",
                value=f"{path} line {number}: {error}",
                expected="text, two mentions with start and end, and a label from 0 to 4",
            ) from None
        found.append(row)
    return found


def label(lean: Lean | None) -> int:
    """The label of a lean; 0 for none and for those too weak to count."""
    from detente.reading.stance import ENOUGH

    if lean is None or abs(lean.value) < ENOUGH:
        return 0
    return (1 if lean.value > 0 else 3) + (0 if lean.forward else 1)


def _figures(pairs: list[tuple[int, int]]) -> list[Figure]:
    gold, said = Counter(g for g, _ in pairs), Counter(a for _, a in pairs)
    right = Counter(g for g, a in pairs if g == a)
    scores = {k: 2 * right[k] / max(1, gold[k] + said[k]) for k in sorted(gold)}
    taken = [(g, a) for g, a in pairs if g and a]
    return [
        Figure("macro F1", sum(scores.values()) / max(1, len(scores)), len(pairs)),
        Figure("accuracy", sum(right.values()) / max(1, len(pairs)), len(pairs)),
        *(Figure(f"{LABELS[k]} F1", value, gold[k]) for k, value in scores.items()),
        Figure("direction given a stance", sum(g == a for g, a in taken) / max(1, len(taken)), len(taken)),
    ]


def _marked(row: StanceRow) -> str:
    """The text with the two between brackets, p first."""
    text = row.text
    for name, mention in sorted(zip("pq", row.mentions, strict=True), key=lambda pair: -pair[1].start):
        text = f"{text[: mention.start]}[{name}: {text[mention.start : mention.end]}]{text[mention.end :]}"
    return text
