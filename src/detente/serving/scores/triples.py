"""Scores events read from raw text as triples: source territory, PLOVER type by CAMEO code, target territory.

Rows hold `text`, `date` (YYYYMMDD) and `events` of `{source, target, code}`, where an actor code begins with a
territory's three letters ("ARNGOV"). Only gold events between two territories with a valid code count, and only rows
of ours between two territories; each distinct triple of a text counts once. Some sets name invented countries: their
names are taken from the texts by their codes, as the set's own dictionaries would give them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import ClassVar, Final, NamedTuple

import msgspec

from detente.errors import LookupFailed
from detente.knowledge import Knowledge
from detente.knowledge.territory import Territory
from detente.model.date import Date
from detente.model.document import Document
from detente.reading.marks import Candidate, MentionMark, Span
from detente.reading.paper import Paper
from detente.serving.scores.report import ScoreReport, named, precision_recall_f1

STEPS: Final = ("layout", "parse", "actors", "claims", "events")
_NO_STATES: Final = frozenset({"IGO", "IMG", "NGO", "MNC", "NGM", "UIS", "INT", "---", "NMR"})
_CAPITALISED: Final = re.compile(r"\b[A-Z][a-z]{2,}\b")


class Triple(NamedTuple):
    source: str
    type: str
    target: str


class GoldEvent(msgspec.Struct):
    """One coded event; an actor code begins with its territory."""

    source: str
    target: str
    code: str


class TriplesRow(msgspec.Struct):
    """One row of the set; other columns are ignored."""

    id: str
    events: list[GoldEvent]
    text: str = ""
    date: str = ""


class TriplesScore:
    """`names` maps more names to territory codes; those of invented countries are found in the file itself."""

    name: ClassVar[str] = "triples"

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self.names = dict(names or {})

    def score(self, path: Path, knowledge: Knowledge, *, limit: int | None = None) -> ScoreReport:
        """Precision, recall and F1 of typed triples and of pairs; `errors` show what was missed and what is surplus."""
        lines = [line for line in path.read_bytes().splitlines() if line.strip()]
        rows = [row for row in (msgspec.json.decode(line, type=TriplesRow) for line in lines) if row.text]
        names = {**invented_names(rows, knowledge), **self.names}
        reader = TripleReader(knowledge, names)
        typed, paired = [0, 0, 0], [0, 0, 0]
        errors: list[str] = []
        for row in rows[:limit]:
            gold = gold_triples(row, knowledge)
            found = reader.triples(row.text, row.date)
            _count(typed, gold, found)
            _count(paired, {(t.source, t.target) for t in gold}, {(t.source, t.target) for t in found})
            if gold != found:
                errors.append(f"{row.id}: missed {sorted(gold - found)} surplus {sorted(found - gold)}: {row.text}")
        figures = [
            *named("triple", precision_recall_f1(*typed), typed[2]),
            *named("pair", precision_recall_f1(*paired), paired[2]),
        ]
        note = f"names of invented countries taken from the file: {len(names)}" if names else ""
        return ScoreReport(
            self.name, str(path), len(rows[:limit]), tuple(figures), tuple(errors), (note,) if note else ()
        )


class TripleReader:
    """Reads a text and gives its triples between territories."""

    def __init__(self, knowledge: Knowledge, names: Mapping[str, str]) -> None:
        from detente.reading.pipeline import pipeline

        self.knowledge = knowledge
        self.names = dict(names)
        self.steps = pipeline(knowledge, STEPS).steps

    def triples(self, text: str, day: str = "") -> set[Triple]:
        from detente.recording.resolution import Resolver

        paper = Paper(_document(text))
        for step in self.steps:
            paper = step.read(paper)
            if step.name == "actors":
                paper = self._with_names(paper)
        resolver = Resolver(self.knowledge, paper, _published(day))
        found: set[Triple] = set()
        for event in paper.events or ():
            kind = self.knowledge.ontology.code(event.cameo).type
            sources = {ref.territory for party in event.sources for ref in resolver.resolve(party)}
            targets = {ref.territory for party in event.targets for ref in resolver.resolve(party)}
            found.update(Triple(s, kind, t) for s in sources for t in targets if s and t and s != t)
        return found

    def _with_names(self, paper: Paper) -> Paper:
        """The mentions with those of the extra names, which stand before any other reading of the same words."""
        if not self.names or paper.mentions is None:
            return paper
        added = tuple(
            MentionMark(
                Span(*word.span()), word.start(), "name", "actor", (Candidate(None, word.group(), "state", code),)
            )
            for word in _CAPITALISED.finditer(paper.text)
            if (code := self.names.get(word.group())) is not None
        )
        kept = tuple(
            _placed(mention, added) for mention in paper.mentions if not any(mention.span == a.span for a in added)
        )
        return paper.adding(mentions=tuple(sorted((*kept, *added), key=lambda mark: mark.span)))


def _placed(mention: MentionMark, added: tuple[MentionMark, ...]) -> MentionMark:
    """A longer mention that holds an extra name ("the Gondor government") acts for that name's territory."""
    inside = next((a for a in added if mention.span.holds(a.span)), None)
    if inside is None:
        return mention
    territory = inside.candidates[0].territory
    kind = mention.candidates[0].kind if mention.candidates else "other"
    return msgspec.structs.replace(
        mention, use="actor", candidates=(Candidate(None, "", kind, territory),), joint=False
    )


def gold_triples(row: TriplesRow, knowledge: Knowledge) -> set[Triple]:
    """The coded events between two territories."""
    found: set[Triple] = set()
    for event in row.events:
        source, target = event.source[:3], event.target[:3]
        try:
            kind = knowledge.ontology.code(event.code).type
        except LookupFailed:
            continue
        if len(source) == len(target) == 3 and not {source, target} & _NO_STATES and source != target:
            found.add(Triple(source, kind, target))
    return found


def invented_names(rows: Iterable[TriplesRow], knowledge: Knowledge) -> dict[str, str]:
    """Capitalised words that begin with an actor code which is no territory's: "Arnor" for ARN."""
    rows = list(rows)
    find = knowledge.territories.by_name
    codes = {actor[:3] for row in rows for event in row.events for actor in (event.source, event.target)}
    invented = {
        code for code in codes if len(code) == 3 and code not in _NO_STATES and not _is_territory(code, knowledge)
    }
    names: dict[str, str] = {}
    for row in rows:
        own = {actor[:3] for event in row.events for actor in (event.source, event.target)}
        words = _CAPITALISED.findall(row.text)
        for word in words:
            code = word[:3].upper()
            if code in invented and len(word) > 3:
                names[word] = code
            elif len(invented) > 5 and code in own and not any(_is_named(other, code, find) for other in words):
                names[word] = code  # an invented country under a real one's letters: Eriador, ERI
            elif _shortened(word) in invented:
                names[word] = _shortened(word)
    return names


def _is_named(word: str, code: str, find: Callable[[str], Territory | None]) -> bool:
    territory = find(word)
    return territory is not None and territory.code == code


def _shortened(word: str) -> str:
    """The first letter and the next two consonants: "Arnor" ARN, "Bree" BRE stays by its letters."""
    rest = [letter for letter in word[1:].upper() if letter not in "AEIOU"]
    return word[0] + "".join(rest[:2])


def _is_territory(code: str, knowledge: Knowledge) -> bool:
    try:
        knowledge.territories.get(code)
    except LookupFailed:
        return False
    return True


def _count(
    totals: list[int], gold: set[Triple] | set[tuple[str, str]], found: set[Triple] | set[tuple[str, str]]
) -> None:
    totals[0] += len(gold & found)
    totals[1] += len(found)
    totals[2] += len(gold)


def _published(day: str) -> Date | None:
    if len(day) != 8 or not day.isdigit():
        return None
    iso = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    return Date(start=iso, end=iso, precision="day", basis="given", raw=day)


def _document(text: str) -> Document:
    return Document(document_id="", uri="", text=text, text_sha256="", language="en", reader_version="")
