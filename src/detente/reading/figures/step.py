"""The figures step: each number judged, given its unit, measure, party and time, or set aside with the reason."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from detente.knowledge import Knowledge
from detente.knowledge.wordlist import WordList
from detente.reading.figures.excluding import Exclusions
from detente.reading.figures.measuring import Measure, Measured, Measures
from detente.reading.figures.scanning import Number, Numbers
from detente.reading.figures.units import Unit, Units
from detente.reading.marks import FigureMark, Party, Rejected, Span, TimeMark
from detente.reading.paper import Paper

_VOTED = re.compile(r"\bvot(?:e|ed|es|ing) (?:of |was |by )?(?:\d+ to |\d+ for and )?$|\d votes to $")
_NOTHING = Measured(None, None, None, None, None)


class _Parts(NamedTuple):
    words: WordList
    numbers: Numbers
    exclusions: Exclusions
    units: Units
    measures: Measures
    people: frozenset[str]
    generic: frozenset[str]
    references: frozenset[str]
    demonyms: frozenset[str]


class FigureStep:
    """Gives `paper.figures` in the order of the text. Years, dates, ordinals and the like go to `rejected`."""

    name: ClassVar[str] = "figures"
    needs: ClassVar[frozenset[str]] = frozenset({"layout"})
    gives: ClassVar[frozenset[str]] = frozenset({"figures"})

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    @cached_property
    def _parts(self) -> _Parts:
        words = WordList.load(self.knowledge.language, "figures")
        surfaces = self.knowledge.territories.surface_forms()
        return _Parts(
            words,
            Numbers(words),
            Exclusions(words),
            Units(words),
            Measures(words, frozenset(surface.form for surface in surfaces if surface.kind != "capital")),
            words.forms("people"),
            words.forms("generic_noun"),
            words.forms("reference_noun"),
            frozenset(surface.form for surface in surfaces if surface.kind == "demonym"),
        )

    def read(self, paper: Paper) -> Paper:
        return _Reading(paper, self._parts).read()


class _Reading:
    """One paper being read."""

    def __init__(self, paper: Paper, parts: _Parts) -> None:
        self.paper = paper
        self.text = paper.text
        self.parts = parts
        self.offsets = parts.measures.tokens(paper.parse) if paper.parse is not None else []
        assert paper.layout is not None
        self.sentences = [sentence.span for sentence in paper.layout.sentences]
        self.starts = [span.start for span in self.sentences]
        self.times = sorted(paper.times or (), key=lambda mark: mark.span)
        self.time_starts = [mark.span.start for mark in self.times]
        self.figures: list[FigureMark] = []
        self.rejected: list[Rejected] = []

    def read(self) -> Paper:
        for number in self.parts.numbers.scan(self.text):
            mark = self._judge(number)
            if isinstance(mark, str):
                self.rejected.append(Rejected(Span(number.start, number.end), "figures", "figure", mark))
            else:
                self.figures.append(mark)
        return self.paper.adding(figures=tuple(self.figures), rejected=tuple(self.rejected))

    def _judge(self, number: Number) -> FigureMark | str:
        unit = self.parts.units.find(self.text, number.start, number.unit_at)
        if unit is None and number.bound_end > number.end:
            unit = self.parts.units.find(self.text, number.start, number.bound_end)
        why = self.parts.exclusions.why(self.text, number, unit is not None)
        if why is not None:
            return why
        if unit is None and self._time_at(number) is not None:
            return "part of a time"
        whole = Span(
            min(number.bound_start, unit.start if unit else number.start),
            max(number.bound_end, unit.end if unit and number.unit_at == number.end else number.end),
        )
        measured = self._measured(number, whole, unit)
        counted = self._unit(number, unit, measured)
        if isinstance(counted, str):
            return counted
        code, measure, score = counted
        factor = (unit.factor if unit else 1.0) * (-1 if self._is_negative(number, unit) else 1)
        value, low, high = (
            None if amount is None else float(Decimal(str(amount)) * Decimal(str(factor)))
            for amount in (number.value, number.low, number.high)
        )
        return FigureMark(
            span=whole,
            value=value,
            low=low,
            high=high,
            bound=number.bound,
            unit=code,
            measure=measure,
            of=measured.of,
            party=measured.party or self._whole_party(number, measured),
            moment=self._moment(whole),
            score=score,
            reason=self._reason(unit, measured),
        )

    def _is_negative(self, number: Number, unit: Unit | None) -> bool:
        lead = self.text[max(0, number.start - 9) : number.start]
        if unit is None or unit.code not in ("Cel", "[degF]", "%"):
            return False
        return (lead.lower().endswith("minus ") and not lead.lower().endswith("r minus ")) or (
            lead[-1:] in ("-", "−") and not lead[-2:-1].strip()
        )

    def _measured(self, number: Number, whole: Span, unit: Unit | None) -> Measured:
        if self.paper.parse is None or not len(self.paper.parse):
            return _NOTHING
        return self.parts.measures.read(
            self.paper.parse,
            self.offsets,
            Span(number.bound_start, number.bound_end),
            whole,
            unit.kind if unit else None,
        )

    def _unit(
        self, number: Number, unit: Unit | None, measured: Measured
    ) -> tuple[str | None, str | None, float] | str:
        """Unit, measure and score; or why the number is set aside."""
        noun, entry = measured.noun, measured.entry
        if unit is not None:
            measure = entry.name_for(None, counts_people=unit.kind == "percent") if entry is not None else None
            if unit.kind == "quantity" and not unit.is_certain and unit.code == "deg":
                return "a turn of phrase"
            return unit.code, measure, 0.9 if unit.is_certain else 0.8
        measure = entry.name_for(noun, counts_people=True) if entry is not None else None
        word = noun.lower_ if noun is not None else ""
        inherited = self._inherited(number, noun)
        is_people = (
            word in self.parts.people
            or word.endswith(("men", "women", "persons"))
            or self.text[number.end : number.end + 7].lower() == "-strong"
            or (noun is not None and (noun.text in self.parts.demonyms or _is_people_name(noun, entry)))
        )
        if is_people:
            if number.value == 1 and self._is_of(number):
                return "one as an article or a pronoun"
            if self._is_reference(number, word, noun):
                return "points at parties already named"
            return "person", measure or inherited or _class_of(noun), 0.9
        if noun is None:
            if entry is not None and not self._is_small_word(number):
                return "person" if entry.counts == "people" else "1", measure, 0.7
            if inherited is not None:
                return "person", inherited, 0.6
            if _VOTED.search(self.text[max(0, number.start - 24) : number.start]):
                return "1", "votes", 0.7
            return "nothing is counted"
        if (
            word in self.parts.generic
            or self._is_reference(number, word, noun)
            or noun.ent_type_ in ("DATE", "TIME", "ORDINAL")
        ):
            return "counts nothing that a record keeps"
        if number.is_plain and noun.pos_ == "PROPN" and noun.tag_ != "NNPS":
            return "a number in a name"
        if number.value == 1 and number.is_word and (measure is None or self._is_of(number)):
            return "one as an article or a pronoun"
        if noun.tag_ not in ("NNS", "NNPS") and number.value != 1 and measure is None:
            return "nothing is counted"
        measure = entry.name_for(noun, counts_people=False) if entry is not None else None
        return "1", measure or _class_of(noun), 0.7 if measure else 0.5

    def _is_of(self, number: Number) -> bool:
        return self.text[number.end : number.end + 4].lower() == " of "

    def _is_small_word(self, number: Number) -> bool:
        return number.is_word and number.value is not None and number.value <= 1

    def _is_reference(self, number: Number, word: str, noun: Any) -> bool:
        """ "the two countries": a small number word after a definite word, before a noun for states."""
        if (
            not number.is_word
            or number.value is None
            or number.value > 12
            or not (word in self.parts.references or (noun is not None and noun.pos_ == "PROPN"))
        ):
            return False
        lead = self.text[max(0, number.start - 12) : number.start].lower().split()
        return bool(lead) and lead[-1] in _DEFINITE

    def _inherited(self, number: Number, noun: object) -> str | None:
        """ "229 died, with only 34 identified as civilians": the part of a count has the count's measure."""
        if not self.figures:
            return None
        last = self.figures[-1]
        if last.unit != "person" or last.measure is None or not self._in_one_sentence(last.span.end, number.start):
            return None
        between = self.text[last.span.end : number.start].lower()
        if len(between) > 90:
            return None
        return last.measure if any(cue in between for cue in _PART_CUES) else None

    def _whole_party(self, number: Number, measured: Measured) -> Party | None:
        """A part of a count is of the same party as the count."""
        return self.figures[-1].party if self._inherited(number, measured.noun) is not None else None

    def _in_one_sentence(self, one: int, other: int) -> bool:
        return bisect_right(self.starts, one) == bisect_right(self.starts, other)

    # -- times ------------------------------------------------------------------------------------------

    def _time_at(self, number: Number) -> TimeMark | None:
        at = bisect_right(self.time_starts, number.start)
        for mark in self.times[max(0, at - 2) : at + 1]:
            if mark.span.start <= number.start and number.end <= mark.span.end:
                return mark
        return None

    def _moment(self, span: Span) -> Span | None:
        """The nearest date in the same sentence."""
        at = bisect_right(self.starts, span.start) - 1
        if at < 0 or not self.times:
            return None
        sentence = self.sentences[at]
        low, high = bisect_left(self.time_starts, sentence.start), bisect_left(self.time_starts, sentence.end)
        near = [
            (max(mark.span.start - span.end, span.start - mark.span.end), mark.span)
            for mark in self._dates(self.times[low:high])
        ]
        return min(near)[1] if near else None

    def _dates(self, marks: Sequence[TimeMark]) -> list[TimeMark]:
        return [mark for mark in marks[:20] if mark.kind in ("date", "time")]

    def _reason(self, unit: Unit | None, measured: Measured) -> str:
        parts = []
        if unit is not None:
            parts.append(f"unit {unit.code or 'open'} by {unit.kind}")
        if measured.governor is not None:
            parts.append(f"{measured.entry.measure if measured.entry else None} by “{measured.governor.text}”")
        elif measured.noun is not None:
            parts.append(f"counts “{measured.noun.text}”")
        return "; ".join(parts) or "a number with a measure"


_DEFINITE = frozenset(
    ("the", "these", "those", "both", "all", "our", "their", "its", "other", "between", "of", "his", "her")
)
_PART_CUES = (
    "with ",
    "including",
    "among them",
    "of whom",
    "of which",
    "of them",
    " and ",
    "identified",
    "only",
    "; ",
    "as well as",
)


def _is_people_name(noun: Any, entry: Measure | None) -> bool:
    """A name in the plural that is tagged as a people, or that is counted as only people are."""
    if noun.tag_ not in ("NNPS", "NNS", "NNP") or not noun.text[:1].isupper():
        return False
    return noun.ent_type_ == "NORP" or (entry is not None and entry.counts == "people" and noun.text.endswith("s"))


def _class_of(noun: Any) -> str | None:
    """The counted noun itself, where nothing else says what is measured; "people" for a people's name."""
    if noun.tag_ in ("NNP", "NNPS") or (noun.text[:1].isupper() and noun.ent_type_ == "NORP"):
        return "people" if noun.text.endswith(("s", "ese", "i", "sh")) and noun.ent_type_ in ("NORP", "GPE") else None
    return str(noun.lower_) if noun.text.isalpha() else None
