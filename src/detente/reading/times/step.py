"""The step that marks times: reads the text once and gives each time its value or its offset."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import ClassVar

from detente.knowledge import Knowledge
from detente.reading.marks import Rejected, Span, TimeMark
from detente.reading.paper import Paper
from detente.reading.times.lexicon import TimeWords, time_words
from detente.reading.times.lexing import Lexed, lexed
from detente.reading.times.phrases import Found, read
from detente.reading.times.tense import Tenses

_NEAR = 500
_YEAR_BEFORE = ("some time ago", "some time earlier or later")
_DAYS_BEFORE = {"past": "<=", "future": ">=", "open": "~"}
_YEARLY = {"past": "<~", "future": ">~", "open": "~"}


class TimeStep:
    """Reads `layout`'s paper; uses the parse for tense where there is one."""

    name: ClassVar[str] = "times"
    needs: ClassVar[frozenset[str]] = frozenset({"layout"})
    gives: ClassVar[frozenset[str]] = frozenset({"times"})

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    @cached_property
    def words(self) -> TimeWords:
        return time_words(self.knowledge.language)

    def read(self, paper: Paper) -> Paper:
        """The paper with its times in the order of the text; no two overlap."""
        tenses = Tenses(paper.parse, self.words)
        marks: list[TimeMark] = []
        rejected: list[Rejected] = []
        for lex in lexed(paper.text, self.words):
            found, aside = read(lex)
            marks += [_mark(lex, time, tenses) for time in _compared(lex, found)]
            rejected += [
                Rejected(Span(lex.starts[a.first], lex.ends[a.last - 1]), self.name, "time", a.reason) for a in aside
            ]
        return paper.adding(times=tuple(marks), rejected=tuple(rejected))


def _compared(lex: Lexed, found: list[Found]) -> list[Found]:
    """ "A year ago" beside a quarter compares quarters: figures of the third quarter against those of a year ago."""
    kept: list[Found] = []
    quarter_at = -_NEAR
    for time in found:
        sense, start = time.sense, lex.starts[time.first]
        if sense.size == "Q":
            quarter_at = start
        elif sense.offset in ("pub-1Y", "ctx-1Y") and sense.rule in _YEAR_BEFORE and start - quarter_at < _NEAR:
            time = time._replace(sense=replace(sense, size="Q", offset="ctx@Q-1Y="))
            quarter_at = start
        kept.append(time)
    return kept


def _mark(lex: Lexed, time: Found, tenses: Tenses) -> TimeMark:
    sense = time.sense
    value, offset = sense.value, sense.offset
    if value is None and offset is None and sense.slot is not None:
        if sense.slot[0] == "T":
            offset = f"{'ctx' if ':' in sense.slot else 'pub'}@D/{sense.slot}"
        else:
            relation = _relation(lex, time, tenses)
            offset = f"{sense.anchor}{relation}{sense.slot}"
    if sense.tail:
        value = value + sense.tail if value is not None else None
        offset = f"{offset}/{sense.tail}" if offset is not None else None
    span = Span(lex.starts[time.first], lex.ends[time.last - 1])
    return TimeMark(span, sense.kind, value, offset, sense.mod, reason=f"rule: {sense.rule}")


def _relation(lex: Lexed, time: Found, tenses: Tenses) -> str:
    """Which way to look for a date that lacks its year or week: the preposition decides, else the verb."""
    sense = time.sense
    if sense.size == "Q":
        return "<="
    weekly = sense.slot is not None and sense.slot[:2] in ("WD", "WE")
    relations = _DAYS_BEFORE if weekly else _YEARLY
    tense = tenses.at(lex, time.first)
    before = lex.lower[time.first - 1] if time.first else ""
    around = lex.words.around
    if before in around["up_to"] or (before in around["up_to_or_through"] and tense != "past"):
        return relations["future"]
    if lex.letters[time.last : time.last + 1] == "'" and weekly:
        return relations["past"]
    return relations[tense]
