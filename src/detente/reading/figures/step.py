"""The figures step: each number judged, given its unit, measure, party and time, or set aside with the reason."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from detente.knowledge import Knowledge
from detente.knowledge.wordlist import WordList
from detente.reading.figures.excluding import Exclusions
from detente.reading.figures.measuring import Measured, Measures
from detente.reading.figures.scanning import Number, Numbers
from detente.reading.figures.units import Unit, Units
from detente.reading.marks import FigureMark, Rejected, Span, TimeMark
from detente.reading.paper import Paper

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
        return _Parts(
            words,
            Numbers(words),
            Exclusions(words),
            Units(words),
            Measures(words),
            words.forms("people"),
            words.forms("generic_noun"),
            words.forms("reference_noun"),
            frozenset(
                surface.form for surface in self.knowledge.territories.surface_forms() if surface.kind == "demonym"
            ),
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
        unit = self.parts.units.find(self.text, number.start, number.end)
        why = self.parts.exclusions.why(self.text, number, unit is not None)
        if why is not None:
            return why
        if unit is None and self._time_at(number) is not None:
            return "part of a time"
        whole = Span(
            min(number.bound_start, unit.start if unit else number.start),
            max(number.bound_end, unit.end if unit else number.end),
        )
        measured = self._measured(number, whole, unit)
        counted = self._unit(number, unit, measured)
        if isinstance(counted, str):
            return counted
        code, measure, score = counted
        factor = unit.factor if unit else 1.0
        value, low, high = (
            None if amount is None else round(amount * factor, 6) for amount in (number.value, number.low, number.high)
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
            party=measured.party,
            moment=self._moment(whole),
            score=score,
            reason=self._reason(unit, measured),
        )

    def _measured(self, number: Number, whole: Span, unit: Unit | None) -> Measured:
        if self.paper.parse is None or not len(self.paper.parse):
            return _NOTHING
        return self.parts.measures.read(
            self.paper.parse, self.offsets, Span(number.bound_start, number.bound_end), whole, is_unit=unit is not None
        )

    def _unit(
        self, number: Number, unit: Unit | None, measured: Measured
    ) -> tuple[str | None, str | None, float] | str:
        """Unit, measure and score; or why the number is set aside."""
        noun = measured.noun
        if unit is not None:
            if (
                unit.kind == "quantity"
                and not unit.is_certain
                and measured.measure is None
                and unit.code in ("deg", "m", "t", "kt")
            ):
                return (unit.code, None, 0.6) if unit.code != "deg" else "a turn of phrase"
            return unit.code, measured.measure, 0.9 if unit.is_certain else 0.8
        word = noun.lower_ if noun is not None else ""
        inherited = self._inherited(number, noun)
        is_people = word in self.parts.people or (
            noun is not None and (noun.text in self.parts.demonyms or _is_people_name(noun, measured.measure))
        )
        if is_people:
            if self._is_reference(number, word):
                return "points at parties already named"
            return "person", measured.measure or inherited or _class_of(noun), 0.9
        if noun is None:
            if measured.measure is not None and not self._is_small_word(number):
                return self._people_measure(measured.measure), measured.measure, 0.7
            if inherited is not None:
                return "person", inherited, 0.6
            return "nothing is counted"
        if (
            word in self.parts.generic
            or self._is_reference(number, word)
            or noun.ent_type_ in ("DATE", "TIME", "ORDINAL")
        ):
            return "counts nothing that a record keeps"
        if number.is_plain and noun.pos_ == "PROPN" and noun.tag_ != "NNPS" and measured.measure is None:
            return "a number in a name"
        if number.value == 1 and measured.measure is None:
            return "one as an article or a pronoun"
        if noun.tag_ not in ("NNS", "NNPS") and number.value != 1 and measured.measure is None:
            return "nothing is counted"
        return "1", measured.measure or _class_of(noun), 0.7 if measured.measure else 0.5

    def _people_measure(self, measure: str) -> str:
        return "person" if measure in _OF_PEOPLE else "1"

    def _is_small_word(self, number: Number) -> bool:
        return number.is_word and number.value is not None and number.value <= 1

    def _is_reference(self, number: Number, word: str) -> bool:
        """ "the two countries": a small number word after a definite word, before a noun for states."""
        if not number.is_word or number.value is None or number.value > 12 or word not in self.parts.references:
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
            parts.append(f"{measured.measure} by “{measured.governor.text}”")
        elif measured.noun is not None:
            parts.append(f"counts “{measured.noun.text}”")
        return "; ".join(parts) or "a number with a measure"


_OF_PEOPLE = frozenset((
    "killed", "wounded", "casualties", "displaced", "expelled", "evacuated", "detained", "released", "missing",
    "infected", "refugees", "returned", "troops_deployed", "troops", "troops_withdrawn", "attended", "population", "recalled",
    "needy",
))  # fmt: skip
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


def _is_people_name(noun: Any, measure: str | None) -> bool:
    """A name in the plural that is tagged as a people, or that is counted as only people are."""
    if noun.tag_ not in ("NNPS", "NNS", "NNP") or not noun.text[:1].isupper():
        return False
    return noun.ent_type_ == "NORP" or (measure in _OF_PEOPLE and noun.text.endswith("s"))


def _class_of(noun: object) -> str | None:
    """The counted noun itself, where nothing else says what is measured."""
    lemma = getattr(noun, "lemma_", None)
    text = getattr(noun, "lower_", None)
    if (
        not isinstance(lemma, str)
        or not isinstance(text, str)
        or not text.isalpha()
        or getattr(noun, "pos_", "") == "PROPN"
    ):
        return None
    return text
