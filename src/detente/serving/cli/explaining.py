"""`detente explain`: each mark of a sentence with its reason and score, and what was considered and rejected."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from detente.errors import LookupFailed, UsageError
from detente.model import AnyRecord, Claim, Document, Event, Figure, Mention, Moment, Place
from detente.reading.marks import Span
from detente.reading.paper import Paper
from detente.recording.reader import Reader
from detente.recording.recorder import Recording
from detente.serving.cli import display
from detente.serving.cli.options import database, opened
from detente.settings import Settings


@click.command(
    epilog='\b\nExamples:\n  detente explain "Norway denied having expelled two Chadian diplomats."\n'
    "  detente explain evt-0123456789abcdef"
)
@click.argument("what", metavar="SENTENCE|ID")
@database
@click.option("--published", metavar="DATE", help="Read the sentence as published on this day.")
def explain(what: str, db: Path, published: str | None) -> None:
    """Why was this coded, and why was that not?

    Shows every row that a sentence gives, or that stands in the sentence of a kept row, with the rule that made it
    and its score; then what was considered and set aside, with the reason.
    """
    reader = Reader(Settings(database=db, published=published))
    if _is_id(what):
        with opened(db) as store:
            row = store.get(what)
            doc = row if row is None or isinstance(row, Document) else store.get(getattr(row, "document_id", ""))
        if row is None:
            raise LookupFailed("no row has this id", value=what, todo="list ids with `detente events` or `claims`")
        if not isinstance(doc, Document):
            raise UsageError("this row stands in no single article", value=what, todo="explain an event or a claim")
    else:
        row, doc = None, _document(reader, what)
    paper = reader.mark(doc)
    recording = reader.recorder.record(paper)
    _report(paper, recording, _stretch(paper, row))


def _is_id(what: str) -> bool:
    prefix, _, digits = what.partition("-")
    return prefix.isalpha() and 0 < len(digits) <= 16 and all(c in "0123456789abcdef" for c in digits)


def _document(reader: Reader, sentence: str) -> Document:
    from detente.reading.sources.arrival import document
    from detente.reading.sources.raw import RawDocument

    return document(RawDocument(uri="text:", text=sentence, language="en"), reader.settings)


def _stretch(paper: Paper, row: AnyRecord | None) -> Span:
    """The sentences that `row` stands in; the whole text where there is no row."""
    words = getattr(row, "evidence", None)
    if words is None:
        return Span(0, len(paper.text))
    inside = Span(words.start, words.end)
    spans = (
        [sentence.span for sentence in paper.layout.sentences if sentence.span.meets(inside)] if paper.layout else []
    )
    return Span(min([s.start for s in spans] or [inside.start]), max([s.end for s in spans] or [inside.end]))


def _report(paper: Paper, recording: Recording, stretch: Span) -> None:
    click.echo(click.style(" ".join(paper.words(stretch).split()), bold=True))
    rows = [row for row in recording.records if _stands_in(row, stretch)]
    for title, kinds in (("Actors", (Mention,)), ("Dates and places", (Moment, Place)), ("Figures", (Figure,))):
        _section(title, [_line(row) for row in rows if isinstance(row, kinds)])
    _section("Claims", [_line(row) for row in rows if isinstance(row, Claim)])
    _section("Events", [_line(row) for row in rows if isinstance(row, Event)])
    rejected = [mark for mark in recording.rejected if mark.span.meets(stretch)]
    _section(
        "Considered and set aside",
        [[mark.step, mark.what, "", mark.reason, paper.words(mark.span)] for mark in rejected],
    )


def _stands_in(row: AnyRecord, stretch: Span) -> bool:
    words = getattr(row, "evidence", None)
    return words is not None and Span(words.start, words.end).meets(stretch)


def _section(title: str, lines: Sequence[Sequence[str]]) -> None:
    click.echo(f"\n{title}: " + ("" if lines else "none"))
    if lines:
        display.table(["what", "read as", "score", "because", "words"], lines)


def _line(row: AnyRecord) -> list[str]:
    score = getattr(row, "confidence", None)
    shown = "" if score is None else f"{score:.2f}"
    if isinstance(row, Event):
        parties = f"{display.actors(row.sources)} -> {display.actors(row.targets)}"
        status = f"{row.polarity}, {row.modality}; {display.chain(row.voices)}"
        return [f"{row.type} {row.cameo}", f"{parties}; {status}", shown, "; ".join(row.reasons), row.evidence.quote]
    if isinstance(row, Claim):
        read_as = f"{display.chain(row.voices)}; {row.form}, cue {row.cue.quote if row.cue else '-'}"
        return [row.act, read_as, shown, "; ".join(row.reasons), " … ".join(c.quote for c in row.contents)]
    if isinstance(row, Figure):
        read_as = f"{row.bound} {display.number(row.value)} {row.unit or ''} {row.measure or ''}"
        return ["figure", read_as, shown, display.chain(row.voices), row.evidence.quote]
    if isinstance(row, Mention):
        because = row.actor.unresolved or ""
        return [f"{row.use}, {row.actor.kind}", display.actor(row.actor), shown, because, row.evidence.quote]
    if isinstance(row, Moment):
        return [row.kind, f"{row.value} {row.start or ''}..{row.end or ''}", shown, row.basis, row.evidence.quote]
    if isinstance(row, Place):
        where = "-" if row.latitude is None else f"{row.latitude:.2f}, {row.longitude:.2f}"
        return ["place", f"{row.name} ({row.territory}) {where}", shown, row.precision, row.evidence.quote]
    return []
