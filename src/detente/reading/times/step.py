"""The step that marks times: reads the text once and gives each time its value or its offset."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from detente.knowledge import Knowledge
from detente.reading.marks import Rejected, Span, TimeMark
from detente.reading.paper import Paper
from detente.reading.times.lexicon import TimeWords
from detente.reading.times.lexing import Lexed, lexed
from detente.reading.times.phrases import Found, read
from detente.reading.times.tense import Tenses

_RELATIONS = {"past": "<=", "future": ">=", "open": "~"}


class TimeStep:
    """Reads `layout`'s paper; uses the parse for tense where there is one."""

    name: ClassVar[str] = "times"
    needs: ClassVar[frozenset[str]] = frozenset({"layout"})
    gives: ClassVar[frozenset[str]] = frozenset({"times"})

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    @cached_property
    def words(self) -> TimeWords:
        return TimeWords.load(self.knowledge.language)

    def read(self, paper: Paper) -> Paper:
        """The paper with its times in the order of the text; no two overlap."""
        tenses = Tenses(paper.parse)
        marks: list[TimeMark] = []
        rejected: list[Rejected] = []
        for lex in lexed(paper.text, self.words):
            found, aside = read(lex)
            marks += [_mark(lex, time, tenses) for time in found]
            rejected += [
                Rejected(Span(lex.starts[a.first], lex.ends[a.last - 1]), self.name, "time", a.reason) for a in aside
            ]
        return paper.adding(times=tuple(marks), rejected=tuple(rejected))


def _mark(lex: Lexed, time: Found, tenses: Tenses) -> TimeMark:
    sense = time.sense
    value, offset = sense.value, sense.offset
    if value is None and offset is None and sense.slot is not None:
        if sense.slot[0] == "T":
            offset = f"{'ctx' if ':' in sense.slot else 'pub'}@D/{sense.slot}"
        else:
            relation = _RELATIONS[tenses.at(lex, time.first)]
            offset = f"{sense.anchor}{relation}{sense.slot}"
    if sense.tail:
        value = value + sense.tail if value is not None else None
        offset = f"{offset}/{sense.tail}" if offset is not None else None
    span = Span(lex.starts[time.first], lex.ends[time.last - 1])
    return TimeMark(span, sense.kind, value, offset, sense.mod, reason=f"rule: {sense.rule}")
