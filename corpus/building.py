"""From the lines of one passage to its row: quoted words found, codes read, parties tied to actors.

What lives here: one passage. What does not: voices and nesting (`voicing`), and what holds between
passages (`compile`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from authoring import Note, Passage, Problem
from casting import Cast, Mistake, Scene, listed
from codes import (
    ACTS,
    CONSTRUCTIONS,
    FORMS,
    MODALITIES,
    NONE_REASONS,
    Codes,
    UnknownCode,
    sorted_codes,
)
from headers import faults
from quoting import MARKS, NotFoundInSentence
from voicing import voiced

from detente.serving.scores.corpus_rows import (
    ClaimRow,
    EventRow,
    FigureRow,
    PassageRow,
    SentenceRow,
    StanceRow,
    Stretch,
    TimeRow,
)

_VALUE: Final = re.compile(r"(~|>=|<=|)(\d+(?:\.\d+)?)(k|m|bn|)(?:\.\.(\d+(?:\.\d+)?)(k|m|bn|))?$")
_TIMES: Final = {"": 1.0, "k": 1e3, "m": 1e6, "bn": 1e9}
_TIMEX: Final = re.compile(r"P[\dT]|PAST_REF|PRESENT_REF|FUTURE_REF|\d{2}|XXXX|BC")
_UNNAMED, _AUTHOR, _NOBODY = "?", "@", "-"


class Builder:
    """Builds the row of one passage. `problems` is filled as it goes; the row is void where there are any."""

    def __init__(self, passage: Passage, codes: Codes) -> None:
        self.passage = passage
        self.codes = codes
        self.problems: list[Problem] = []
        self.sentences: list[SentenceRow] = []
        self.cast = Cast(codes)
        self.events: list[EventRow] = []
        self.claims: list[ClaimRow] = []
        self.figures: list[FigureRow] = []
        self.times: list[TimeRow] = []
        self.stances: list[StanceRow] = []
        self.loaded: list[Stretch] = []
        self._parents: dict[int, int | None] = {}
        self._text, self._starts = _laid_out(passage)

    def build(self) -> PassageRow:
        header = self.passage.header
        for what in faults(self.passage, self.codes):
            self._wrong(self.passage.line, what)
        for number in range(len(self.passage.sentences)):
            self.cast.scene = Scene.of(number, self.passage.sentences[number], self._starts[number])
            self._sentence()
        self._take_voices()
        return PassageRow(
            id=self.passage.id,
            split=self.passage.split,  # type: ignore[arg-type]
            genre=header.get("genre", ""),
            writer=header.get("writer", ""),
            published=header.get("published", ""),
            dyads=tuple(listed(header.get("dyads", ""), ",")),
            outlet=header.get("outlet") or None,
            text=self._text,
            sentences=tuple(self.sentences),
            actors=tuple(self.cast.actors),
            events=tuple(self.events),
            claims=tuple(self.claims),
            figures=tuple(self.figures),
            times=tuple(self.times),
            stances=tuple(self.stances),
            loaded=tuple(self.loaded),
        )

    def _wrong(self, line: int, what: str) -> None:
        self.problems.append(Problem(self.passage.file, self.passage.id, line, what))

    @property
    def scene(self) -> Scene:
        return self.cast.scene

    # -- sentences ---------------------------------------------------------------------------------------

    def _sentence(self) -> None:
        sentence = self.passage.sentences[self.scene.number]
        start = self.scene.start
        paragraph = self.sentences[-1].paragraph + sentence.opens if self.sentences else 0
        reasons = [note for note in sentence.notes if note.letter == "n"]
        for letter in "atfecsl":
            for note in sentence.notes:
                if note.letter == letter:
                    self._note(note)
        reason = self._reason(reasons, sentence.line)
        self.sentences.append(
            SentenceRow(
                start=start,
                end=start + len(sentence.text),
                kind=sentence.kind,  # type: ignore[arg-type]
                paragraph=paragraph,
                line=sentence.line,
                none=reason,
            )
        )

    def _reason(self, reasons: list[Note], line: int) -> str | None:
        marked = any(note.letter == "e" for note in self.passage.sentences[self.scene.number].notes)
        if reasons and marked:
            self._wrong(reasons[0].line, "`n` says that there is no event, but the sentence has an `e` line")
        if not reasons and not marked:
            self._wrong(line, "neither an event (`e …`) nor a reason for none (`n …`)")
        if not reasons:
            return None
        reason = reasons[0].fields[0].split()[0] if reasons[0].fields[0] else ""
        if reason not in NONE_REASONS:
            self._wrong(reasons[0].line, f"no reason: {reason}; expected one of {' '.join(NONE_REASONS)}")
        return reason

    def _note(self, note: Note) -> None:
        readers: dict[str, Callable[[list[str]], None]] = {
            "e": self._event, "c": self._claim, "f": self._figure, "t": self._time,
            "s": self._stance, "l": self._loaded_words,
        }  # fmt: skip
        if note.letter == "a":  # each actor by itself, so that one mistake does not hide the others
            for item in listed(" | ".join(note.fields), ";"):
                self._tried(note.line, self.cast.add, item)
        else:
            self._tried(note.line, readers[note.letter], note.fields)

    def _tried(self, line: int, reader: Callable[..., None], argument: object) -> None:
        try:
            reader(argument)
        except (Mistake, NotFoundInSentence, UnknownCode) as error:
            self._wrong(line, str(error))

    # -- events ------------------------------------------------------------------------------------------

    def _event(self, fields: list[str]) -> None:
        """`trigger | TYPE/mode codes | sources > targets`; `<>` for a reciprocal act."""
        words, codes, sides = _of_size(fields, 3, "e trigger | TYPE codes | sources > targets")
        kind_code, _, rest = codes.partition(" ")
        kind, mode = self.codes.event_type(kind_code)
        given = sorted_codes(rest, polarity=frozenset({"neg"}), modality=MODALITIES, construction=CONSTRUCTIONS)
        sign = "<>" if "<>" in sides else ">"
        if sign not in sides:
            raise Mistake(f"no > between sources and targets: {sides}")
        left, right = (self.cast.parties(side) for side in sides.split(sign, 1))
        sources, targets = left, right
        if sign == "<>":
            sources = targets = tuple(dict.fromkeys(left + right))
        if not sources and not targets:
            raise Mistake(f"the event “{words}” has no party")
        trigger = self.scene.stretches(words)
        self._check_parties(words, kind, sources, targets)
        for event in self.events:
            if (event.trigger, event.type, event.sources, event.targets) == (trigger, kind, sources, targets):
                raise Mistake(f"the same event twice: {words}")
        here = [
            self.cast.actors[i].span for i in sources + targets if self.cast.actors[i].sentence == self.scene.number
        ]
        if any(span == piece for span in here for piece in trigger):
            raise Mistake(f"the trigger “{words}” is also its party")
        start = min(span.start for span in [*here, *trigger])
        end = max(span.end for span in [*here, *trigger])
        self.events.append(
            EventRow(
                sentence=self.scene.number,
                trigger=trigger,
                type=kind,  # type: ignore[arg-type]
                evidence=Stretch(start=start, end=end, quote=self._text[start:end]),
                mode=mode,
                sources=sources,
                targets=targets,
                reciprocal=sign == "<>",
                polarity="negated" if "polarity" in given else "affirmed",
                modality=given.get("modality", "actual"),  # type: ignore[arg-type]
                construction=given.get("construction", "active"),  # type: ignore[arg-type]
            )
        )

    def _spans_here(self, actors: tuple[int, ...]) -> list[Stretch]:
        """Where these actors stand, of those in this sentence."""
        found = [self.cast.actors[index] for index in actors]
        return [actor.span for actor in found if actor.sentence == self.scene.number]

    def _check_parties(self, words: str, kind: str, sources: tuple[int, ...], targets: tuple[int, ...]) -> None:
        if kind == "STATEMENT" and not (sources and targets):
            raise Mistake(f"“{words}”: a statement towards nobody is a claim, no event")
        both = [self.cast.actors[index] for index in sources + targets]
        for actor in both:
            if actor.use != "actor":
                raise Mistake(f"the party “{actor.span.quote}” is marked {actor.use}, not actor")
        states = {code for actor in both for code in actor.territories}
        apart = any(not actor.territories or actor.kind in ("armed_group", "people", "igo") for actor in both)
        if sources and targets and len(states) == 1 and not apart:
            raise Mistake(
                f"“{words}”: both parties act for {states.pop()}: a domestic event, not annotated (`n domestic`)"
            )

    # -- claims ------------------------------------------------------------------------------------------

    def _claim(self, fields: list[str]) -> None:
        """`source | cue | content | codes`; codes: form, act, neg, in:N (the N-th claim of this sentence) or top."""
        source, cue, content, codes = _of_size([*fields, "", ""][:4] if len(fields) == 3 else fields, 4,
                                               "c source | cue | content | codes")  # fmt: skip
        voiced_by = {_UNNAMED: "unnamed", _AUTHOR: "author"}.get(source, "named")
        sources = self.cast.parties(source) if voiced_by == "named" else ()
        if voiced_by == "named" and not sources:
            raise Mistake("a claim needs a source: words, =words of an earlier sentence, ? (unnamed) or @ (the author)")
        cues = () if cue in ("", _NOBODY) else self.scene.stretches(cue)
        contents = self.scene.stretches(content)
        for part in [*cues, *self._spans_here(sources)]:
            for piece in contents:
                if part.start < piece.end and piece.start < part.end:
                    raise Mistake(f"“{part.quote}” (source or cue) stands inside the contents: part them with ` & `")
        words = []
        for code in codes.split():
            if code == "top" or code.startswith("in:"):
                self._parents[len(self.claims)] = self._numbered(code)
            else:
                words.append(code)
        given = sorted_codes(" ".join(words), form=FORMS, act=ACTS, polarity=frozenset({"neg"}))
        negated = "polarity" in given or given.get("act") == "omit"
        self.claims.append(
            ClaimRow(
                sentence=self.scene.number,
                voiced=voiced_by,  # type: ignore[arg-type]
                contents=contents,
                form=given.get("form") or (self._form(contents) if cues else "direct"),  # type: ignore[arg-type]
                act=given.get("act", "state"),  # type: ignore[arg-type]
                sources=sources,
                cues=cues,
                cue_polarity="negated" if negated else "affirmed",
                vouches=not negated,
            )
        )

    def _numbered(self, code: str) -> int | None:
        if code == "top":
            return None
        first = next(
            (i for i, claim in enumerate(self.claims) if claim.sentence == self.scene.number), len(self.claims)
        )
        count = sum(n.letter == "c" for n in self.passage.sentences[self.scene.number].notes)
        if not code[3:].isdigit() or not 1 <= int(code[3:]) <= count:
            raise Mistake(f"{code}: the sentence has {count} claims; expected in:1 to in:{count}")
        return first + int(code[3:]) - 1

    def _form(self, contents: tuple[Stretch, ...]) -> str:
        """Direct where all the contents stand between marks, mixed where some do, else indirect."""
        start = self.scene.start
        inside, open_ = [], False
        for sign in self.scene.words:
            open_ = (not open_) if sign == '"' else True if sign == "“" else False if sign == "”" else open_
            inside.append(open_ and sign not in MARKS)
        flags = [
            inside[place - start]
            for piece in contents
            for place in range(piece.start, piece.end)
            if self.scene.words[place - start].isalnum()
        ]
        return "direct" if flags and all(flags) else "mixed" if any(flags) else "indirect"

    def _take_voices(self) -> None:
        if self.problems:
            return
        lines = [sentence.line for sentence in self.passage.sentences]
        done = voiced(tuple(self.events), tuple(self.claims), tuple(self.figures), self._parents)
        for sentence, what in done.problems:
            self._wrong(lines[sentence], what)
        self.events, self.claims, self.figures = list(done.events), list(done.claims), list(done.figures)

    # -- figures, times, stance, loaded words ------------------------------------------------------------

    def _figure(self, fields: list[str]) -> None:
        """`words | value unit measure | of whom`; value 40, ~24, >=40, <=40, 11..14, with k, m, bn."""
        words, codes, of = _of_size(
            [*fields, ""] if len(fields) == 2 else fields, 3, "f words | value unit measure | of"
        )
        parts = codes.replace(",", "").split()
        if len(parts) != 3:
            raise Mistake(f"a figure has a value, a unit (- for things) and a measure: {codes}")
        found = _VALUE.fullmatch(parts[0])
        if found is None:
            raise Mistake(f"no value: {parts[0]}; expected 40, ~24, >=40, <=40, 11..14, 3m, 2.5bn")
        sign, first, unit, last, last_unit = found.groups()
        value = float(first) * _TIMES[unit]
        bound = {"~": "about", ">=": "at_least", "<=": "at_most", "": "exact"}[sign]
        high = float(last) * _TIMES[last_unit or ""] if last else None
        self.figures.append(
            FigureRow(
                sentence=self.scene.number,
                span=self.scene.found(words),
                value=None if high is not None else value,
                low=value if high is not None or bound == "at_least" else None,
                high=high if high is not None else value if bound == "at_most" else None,
                bound="range" if high is not None else bound,  # type: ignore[arg-type]
                unit="1" if parts[1] == "-" else parts[1],
                measure=parts[2],
                of=self.scene.found(of) if of else None,
            )
        )

    def _time(self, fields: list[str]) -> None:
        words, value = _of_size(fields, 2, "t words | TIMEX3 value")
        if not _TIMEX.match(value):
            raise Mistake(f"no TIMEX3 value: {value}; expected 2021-03-02, 2021-03, 2021-W09, P3D, PRESENT_REF")
        self.times.append(TimeRow(sentence=self.scene.number, span=self.scene.found(words), value=value))

    def _stance(self, fields: list[str]) -> None:
        sides, value = _of_size(fields, 2, "s speaker > actor | -0.8")
        speaker, _, actor = (part.strip() for part in sides.partition(">"))
        try:
            amount = float(value)
        except ValueError:
            raise Mistake(f"no stance: {value}; expected -1 to 1") from None
        if not -1 <= amount <= 1:
            raise Mistake(f"stance {value} is not between -1 and 1")
        said_by = None if speaker == _AUTHOR else self.cast.party(speaker)
        self.stances.append(
            StanceRow(sentence=self.scene.number, speaker=said_by, actor=self.cast.party(actor), value=amount)
        )

    def _loaded_words(self, fields: list[str]) -> None:
        self.loaded += [self.scene.found(words) for words in listed(fields[0], ";")]


def _laid_out(passage: Passage) -> tuple[str, list[int]]:
    """The text of a passage and where each sentence starts: a blank in paragraphs, an empty line between them."""
    text, starts = "", []
    for sentence in passage.sentences:
        text += "" if not starts else "\n\n" if sentence.opens else " "
        starts.append(len(text))
        text += sentence.text
    return text, starts


def _of_size(fields: list[str], size: int, form: str) -> list[str]:
    if len(fields) != size:
        raise Mistake(f"{len(fields)} fields where {size} are expected: `{form}`")
    return fields
