"""`detente explain`: each mark of a sentence with its reason and score, and what was considered and rejected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import click

from detente.errors import UsageError
from detente.model import AnyRecord, Claim, Document, Event, Figure, Mention, Moment, Place
from detente.reading.marks import Rejected, Span
from detente.reading.paper import Paper
from detente.recording.order import kind_of
from detente.recording.reader import Reader
from detente.serving.cli import display, wording
from detente.serving.cli.display import Card, Line
from detente.serving.cli.options import as_json, database, opened
from detente.serving.cli.showing import found
from detente.settings import Settings

_ID = re.compile(r"(doc|act|men|evt|clm|fig|mom|plc)-[0-9a-f]{1,16}")
SECTIONS: tuple[tuple[str, tuple[type[AnyRecord], ...]], ...] = (
    ("Actors", (Mention,)),
    ("Dates and places", (Moment, Place)),
    ("Figures", (Figure,)),
    ("Claims", (Claim,)),
    ("Events", (Event,)),
)


@click.command(
    epilog='\b\nExamples:\n  detente explain "Norway denied having expelled two Chadian diplomats."\n'
    "  detente explain evt-01234567\n\n"
    "Piped: one line a mark, with tabs: what, read as, score, reason, words."
)
@click.argument("what", metavar="SENTENCE|ID")
@database
@click.option("--published", metavar="DATE", help="Read the sentence as published on this day.")
@as_json
def explain(what: str, db: Path, published: str | None, as_json: bool) -> None:
    """Why was this coded, and why was that not?

    Shows every row that a sentence gives, or that stands in the sentence of a kept row, with the rule that made it
    and its score; then what was considered and set aside, with the reason.
    """
    reader = Reader(Settings(database=db, published=published))
    row, doc = _kept(db, what) if _ID.fullmatch(what.strip()) else (None, _document(reader, what))
    paper = reader.mark(doc)
    recording = reader.recorder.record(paper)
    stretch = _stretch(paper, row)
    rows = [one for one in recording.records if _stands_in(one, stretch)]
    rejected = [mark for mark in recording.rejected if mark.span.meets(stretch)]
    if as_json:
        _as_json(paper, stretch, rows, rejected)
    else:
        _report(paper, stretch, rows, rejected)


def _kept(db: Path, row_id: str) -> tuple[AnyRecord, Document]:
    """A row of the record, and its article."""
    with opened(db) as store:
        row = found(store, row_id)
        doc = row if isinstance(row, Document) else store.get(getattr(row, "document_id", ""))
    if not isinstance(doc, Document):
        raise UsageError("this row stands in no single article", value=row_id, todo="explain an event or a claim")
    return row, doc


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


def _stands_in(row: AnyRecord, stretch: Span) -> bool:
    words = getattr(row, "evidence", None)
    return words is not None and Span(words.start, words.end).meets(stretch)


def _as_json(paper: Paper, stretch: Span, rows: Sequence[AnyRecord], rejected: Sequence[Rejected]) -> None:
    import msgspec

    aside = [
        {"step": mark.step, "what": mark.what, "reason": mark.reason, "quote": paper.words(mark.span)}
        for mark in rejected
    ]
    whole = {"text": paper.words(stretch), "records": rows, "set_aside": aside}
    click.echo(msgspec.json.format(msgspec.json.encode(whole)).decode())


def _report(paper: Paper, stretch: Span, rows: Sequence[AnyRecord], rejected: Sequence[Rejected]) -> None:
    display.heading(" ".join(paper.words(stretch).split()))
    for title, kinds in SECTIONS:
        _section(title, [_card(row) for row in rows if isinstance(row, kinds)])
    _section("Considered and set aside", [_aside(paper, mark) for mark in rejected])


def _section(title: str, cards: Sequence[Card]) -> None:
    click.echo()
    display.heading(title + ("" if cards else ": none"))
    if cards:
        display.cards(["id", "score", "read as, why, and from which words"], cards)


def _aside(paper: Paper, mark: Rejected) -> Card:
    words = paper.words(mark.span)
    return Card(
        cells=(mark.step, mark.what, "", mark.reason, words),
        lead=(mark.step, ""),
        body=(Line(mark.what), Line(mark.reason, "dim"), Line(words, is_quote=True)),
    )


def _card(row: AnyRecord) -> Card:
    what, read_as, because, words = _read_as(row)
    score = getattr(row, "confidence", None)
    shown = "" if score is None else f"{score:.2f}"
    return Card(
        cells=(what, read_as, shown, because, words),
        lead=(display.short(getattr(row, f"{kind_of(row)}_id")), shown),
        body=(Line(f"{what}: {read_as}"), Line(because, "dim"), Line(words, is_quote=True)),
    )


def _read_as(row: AnyRecord) -> tuple[str, str, str, str]:
    """What it is, what it says, why, and from which words."""
    if isinstance(row, Event):
        read_as = f"{wording.parties(row)}; {row.polarity}, {row.modality}; {wording.chain(row.voices)}"
        return f"{row.type} {row.cameo}", read_as, "; ".join(row.reasons), row.evidence.quote
    if isinstance(row, Claim):
        read_as = f"{wording.chain(row.voices)}; {row.form}, cue {row.cue.quote if row.cue else '-'}"
        return wording.act(row), read_as, "; ".join(row.reasons), wording.said(row)
    if isinstance(row, Figure):
        return "figure", f"{wording.amount(row)} {wording.counted(row)}", wording.chain(row.voices), row.evidence.quote
    if isinstance(row, Mention):
        return row.use, f"{wording.actor(row.actor)}, {row.actor.kind}", row.actor.unresolved or "", row.evidence.quote
    if isinstance(row, Moment):
        days = row.start if row.start == row.end else f"{row.start}..{row.end}"
        return row.kind, f"{row.value} {days or 'no day known'}", row.basis, row.evidence.quote
    if isinstance(row, Place):
        where = "not placed" if row.latitude is None else f"{row.latitude:.2f}, {row.longitude:.2f}"
        return (
            "place",
            f"{row.name}{f' ({row.territory})' if row.territory else ''} {where}",
            row.precision,
            row.evidence.quote,
        )
    return kind_of(row), "", "", ""
