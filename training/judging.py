"""What rules and encoder draft on passages, and whether each draft is right: calibration is fitted on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from detente.knowledge import Knowledge
from detente.model.date import Date
from detente.reading.encoder.confidence import Clues
from detente.reading.encoder.step import EncoderStep
from detente.recording.resolution import Resolver
from detente.serving.scores.corpus_reading import Reading, whole
from training.examples import Example


class Judged(Struct, frozen=True):
    """One draft: right where all its triples stand in the gold, those between two where it has any."""

    passage: str
    clues: Clues
    right: bool


def judged(step: EncoderStep, examples: Sequence[Example], knowledge: Knowledge) -> list[Judged]:
    """Every draft of the passages; one without any triple is wrong."""
    found = []
    for one in examples:
        views = step.views(one.paper, one.sheet, one.tree)
        paper, drafts = step.drafted(one.paper, one.sheet, one.tree, views)
        reading = Reading(one.row, paper, Resolver(knowledge, paper, _day(one.row.published)))
        gold = {triple for event in one.row.events for triple in reading.gold_triples(event)}
        for draft in drafts:
            triples = reading.found_triples(draft.event)
            triples = whole(triples) or triples
            found.append(Judged(one.row.id, draft.clues, bool(triples) and triples <= gold))
    return found


def _day(iso: str) -> Date:
    return Date(start=date.fromisoformat(iso).isoformat(), end=iso, precision="day", basis="given", raw=iso)
