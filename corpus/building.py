"""From the lines of one passage to its row: quoted words found, codes read, parties tied to actors.

What lives here: one passage. What does not: voices and nesting (`voicing`), and what holds between
passages (`compile`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final, cast

from authoring import GENRES, REQUIRED, Note, Passage, Problem
from codes import (
    ACTS,
    CONSTRUCTIONS,
    FORMS,
    KINDS,
    MODALITIES,
    NONE_REASONS,
    SECTORS,
    SPEAKS_FOR_ONE,
    USES,
    Codes,
    UnknownCode,
    sorted_codes,
)
from quoting import MARKS, NotFoundInSentence, Range, counted, occurrences, one, pieces
from voicing import voiced

from detente.model.vocabulary import ActorKind
from detente.serving.scores.corpus_rows import (
    ActorRow,
    ClaimRow,
    EventRow,
    FigureRow,
    PassageRow,
    SentenceRow,
    StanceRow,
    Stretch,
    TimeRow,
)

_IN_BRACKETS: Final = re.compile(r"(.*?) ?\(([^()]*)\)$")
_VALUE: Final = re.compile(r"(~|>=|<=|)(\d+(?:\.\d+)?)(k|m|bn|)(?:\.\.(\d+(?:\.\d+)?)(k|m|bn|))?$")
_TIMES: Final = {"": 1.0, "k": 1e3, "m": 1e6, "bn": 1e9}
_TIMEX: Final = re.compile(r"P[\dT]|PAST_REF|PRESENT_REF|FUTURE_REF|\d{2}|XXXX|BC")
_UNNAMED, _AUTHOR, _NOBODY = "?", "@", "-"


class Mistake(Exception):
    """What a writer must mend in one line."""


class Builder:
    """Builds the row of one passage. `problems` is filled as it goes; the row is void where there are any."""

    def __init__(self, passage: Passage, codes: Codes) -> None:
        self.passage = passage
        self.codes = codes
        self.problems: list[Problem] = []
        self.sentences: list[SentenceRow] = []
        self.actors: list[ActorRow] = []
        self.events: list[EventRow] = []
        self.claims: list[ClaimRow] = []
        self.figures: list[FigureRow] = []
        self.times: list[TimeRow] = []
        self.stances: list[StanceRow] = []
        self.loaded: list[Stretch] = []
        self._parents: dict[int, int | None] = {}
        self._text, self._starts = _laid_out(passage)
        self._at = 0

    def build(self) -> PassageRow:
        header = self.passage.header
        self._check_header()
        for number in range(len(self.passage.sentences)):
            self._at = number
            self._sentence()
        self._take_voices()
        return PassageRow(
            id=self.passage.id,
            split=cast("str", self.passage.split),  # type: ignore[arg-type]
            genre=header.get("genre", ""),
            writer=header.get("writer", ""),
            published=header.get("published", ""),
            dyads=tuple(_listed(header.get("dyads", ""), ",")),
            outlet=header.get("outlet") or None,
            text=self._text,
            sentences=tuple(self.sentences),
            actors=tuple(self.actors),
            events=tuple(self.events),
            claims=tuple(self.claims),
            figures=tuple(self.figures),
            times=tuple(self.times),
            stances=tuple(self.stances),
            loaded=tuple(self.loaded),
        )

    def _wrong(self, line: int, what: str) -> None:
        self.problems.append(Problem(self.passage.file, self.passage.id, line, what))

    # -- header ------------------------------------------------------------------------------------------

    def _check_header(self) -> None:
        header, line = self.passage.header, self.passage.line
        for name in REQUIRED:
            if not header.get(name):
                self._wrong(line, f"the header {name} is missing")
        if header.get("genre") and header["genre"] not in GENRES:
            self._wrong(line, f"no genre: {header['genre']}; expected one of {', '.join(GENRES)}")
        if header.get("split", self.passage.split) != self.passage.split:
            self._wrong(line, f"split {header['split']} in a file of {self.passage.split}")
        outlet = header.get("outlet")
        if outlet and outlet not in self.codes.territories:
            self._wrong(line, f"no territory: outlet {outlet}")
        try:
            date.fromisoformat(header.get("published", "2000-01-01"))
        except ValueError:
            self._wrong(line, f"published is no date: {header['published']}; expected YYYY-MM-DD")
        for dyad in _listed(header.get("dyads", ""), ","):
            sides = dyad.split("-")
            for side in sides:
                if not self.codes.is_side(side):
                    self._wrong(line, f"no territory or organisation: {side} in dyad {dyad}")
            if len(sides) != 2:
                self._wrong(line, f"no dyad: {dyad}; expected KEN-TZA, several parted by commas")

    # -- sentences ---------------------------------------------------------------------------------------

    def _sentence(self) -> None:
        sentence = self.passage.sentences[self._at]
        start = self._starts[self._at]
        paragraph = self.sentences[-1].paragraph + sentence.opens if self.sentences else 0
        reasons = [note for note in sentence.notes if note.letter == "n"]
        before = len(self.events)
        for letter in "atfecsl":
            for note in sentence.notes:
                if note.letter == letter:
                    self._note(note)
        reason = self._reason(reasons, len(self.events) - before, sentence.line)
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

    def _reason(self, reasons: list[Note], events: int, line: int) -> str | None:
        marked = any(note.letter == "e" for note in self.passage.sentences[self._at].notes)
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
            "a": self._actors, "e": self._event, "c": self._claim, "f": self._figure, "t": self._time,
            "s": self._stance, "l": self._loaded_words,
        }  # fmt: skip
        if note.letter == "a":  # each actor by itself, so that one mistake does not hide the others
            for item in _listed(" | ".join(note.fields), ";"):
                self._tried(note.line, self._actor, item)
        else:
            self._tried(note.line, readers[note.letter], note.fields)

    def _tried(self, line: int, reader: Callable[..., None], argument: object) -> None:
        try:
            reader(argument)
        except (Mistake, NotFoundInSentence, UnknownCode) as error:
            self._wrong(line, str(error))

    @property
    def _words(self) -> str:
        return self.passage.sentences[self._at].text

    def _stretch(self, found: Range) -> Stretch:
        start = self._starts[self._at]
        return Stretch(start=start + found[0], end=start + found[1], quote=self._words[found[0] : found[1]])

    # -- actors ------------------------------------------------------------------------------------------

    def _actors(self, fields: list[str]) -> None:
        for item in fields:
            self._actor(item)

    def _actor(self, item: str) -> None:
        """`words (kind KEN use)`, `it=Kenya`, `the two=Kenya+Uganda (modifier)`."""
        bracketed = _IN_BRACKETS.fullmatch(item)
        named, codes = (bracketed.group(1), bracketed.group(2)) if bracketed else (item, "")
        words, _, antecedent = (part.strip() for part in named.partition("="))
        if not bracketed and not antecedent:
            raise Mistake(f"actor “{words}” has neither codes in brackets nor an antecedent: `{words} (state KEN)`")
        found = self._free(words)
        territories: tuple[str, ...] | None = None
        rest = []
        for code in codes.split():
            read = self.codes.territories_of(code)
            if read is None:
                rest.append(code)
            elif territories is not None:
                raise Mistake(f"two territories for “{words}”: write KEN+TZA for a joint actor")
            else:
                territories = read
        try:
            given = sorted_codes(" ".join(rest), use=USES, kind=KINDS, sector=SECTORS, sure=frozenset({"sure"}))
        except UnknownCode as error:
            raise Mistake(f"actor “{words}”: {error}; or a territory's code") from None
        first = [self._antecedent(part) for part in _listed(antecedent, "+")]
        models = [self.actors[index] for index in first]
        if territories is None:
            territories = tuple(dict.fromkeys(code for model in models for code in model.territories))
        kinds = {model.kind for model in models}
        kind = given.get("kind") or (kinds.pop() if len(kinds) == 1 else "other" if kinds else "state")
        if kind == "state" and not territories:
            raise Mistake(f"actor “{words}” is a state without a territory; name its kind (igo, document, person …)")
        named = self.codes.named_in(self._words[found[0] : found[1]])
        fits = named >= {*territories} if kind == "state" else named & {*territories}
        if named and territories and kind in SPEAKS_FOR_ONE and "sure" not in given and not fits:
            names = " or ".join(sorted(named))
            raise Mistake(
                f"“{words}” names {names}, not {'+'.join(territories)}; add `sure` to the brackets if you mean it"
            )
        self.actors.append(
            ActorRow(
                sentence=self._at,
                span=self._stretch(found),
                kind=cast(ActorKind, kind),
                use=given.get("use", "actor"),  # type: ignore[arg-type]
                territories=territories,
                sector=given.get("sector") or (models[0].sector if len(models) == 1 else None),
                refers=first[0] if first else None,
            )
        )

    def _free(self, words: str) -> Range:
        """The place of an actor's words: the one asked for, else the first that no actor before it has taken."""
        plain, number = counted(words)
        here = [self._local(actor.span) for actor in self._here()]
        if number is not None:
            found = one(self._words, words)
        else:
            places = occurrences(self._words, plain)
            if not places:
                raise NotFoundInSentence(f"actor “{plain}” does not stand in the sentence")
            apart = [place for place in places if not any(a <= place[0] and place[1] <= b for a, b in here)]
            if len(places) > 1 and len(apart) > 1:
                listed = sum(item[:2] == (plain, None) for item in self._listed_here())
                if listed < len(places):
                    raise NotFoundInSentence(f"“{plain}” stands {len(places)} times: write {plain}#1, #2 …")
            found = apart[0] if apart else places[0]
        for place in here:
            if place == found:
                raise Mistake(f"two actors on the same words: “{words}”")
            if place[0] < found[0] < place[1] < found[1] or found[0] < place[0] < found[1] < place[1]:
                raise Mistake(f"the actor “{words}” crosses another")
        return found

    def _listed_here(self) -> list[tuple[str, int | None]]:
        items = []
        for note in self.passage.sentences[self._at].notes:
            if note.letter == "a":
                for item in _listed(" | ".join(note.fields), ";"):
                    bare = _IN_BRACKETS.fullmatch(item)
                    items.append(counted((bare.group(1) if bare else item).partition("=")[0].strip()))
        return items

    def _here(self) -> list[ActorRow]:
        return [actor for actor in self.actors if actor.sentence == self._at]

    def _local(self, span: Stretch) -> Range:
        start = self._starts[self._at]
        return span.start - start, span.end - start

    def _antecedent(self, words: str, earlier: bool = False) -> int:
        """The latest mention before with these words, else the latest that holds them; `earlier` leaves this sentence
        out."""
        last = self._at - 1 if earlier else self._at
        folded = words.casefold()
        fits: tuple[Callable[[str], bool], ...] = (
            lambda quote: quote.casefold() == folded,
            lambda quote: bool(occurrences(quote, words)),
        )
        for fit in fits:
            for sentence in range(last, -1, -1):
                found = [i for i, a in enumerate(self.actors) if a.sentence == sentence and fit(a.span.quote)]
                if len({(self.actors[i].kind, self.actors[i].territories) for i in found}) > 1:
                    raise Mistake(f"the antecedent “{words}” fits several actors of one sentence: give more words")
                if found:
                    return found[-1]
        raise Mistake(f"no actor before has the words “{words}”")

    def _party(self, words: str) -> int:
        """The actor of this sentence with these words, holding them, or, for `=words`, of an earlier one."""
        if words.startswith("="):
            return self._antecedent(words[1:].strip(), earlier=True)
        plain, number = counted(words)
        start = self._starts[self._at]
        mine = [(i, actor) for i, actor in enumerate(self.actors) if actor.sentence == self._at]
        if number is None:
            for fold in (str, str.casefold):
                same = [i for i, actor in mine if fold(actor.span.quote) == fold(plain)]
                if len(same) == 1:
                    return same[0]
        places = [one(self._words, words)] if number is not None else occurrences(self._words, plain)
        covering: list[int] = []
        for low, high in places:
            over = [(a.span.end - a.span.start, i) for i, a in mine
                    if a.span.start - start <= low and high <= a.span.end - start]  # fmt: skip
            covering += [min(over)[1]] if over else []
        covering = list(dict.fromkeys(covering))
        if len(covering) == 1:
            return covering[0]
        if covering:
            raise Mistake(
                f"“{words}” fits {len(covering)} actors of this sentence: write {plain}#1, #2 … or more words"
            )
        raise Mistake(
            f"“{words}” is no actor of this sentence: add it to its `a` line, or write ={words} for an earlier one"
        )

    def _parties(self, side: str) -> tuple[int, ...]:
        side = side.strip()
        if side in ("", _NOBODY):
            return ()
        return tuple(dict.fromkeys(self._party(words) for words in _listed(side, " + ")))

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
        left, right = (self._parties(side) for side in sides.split(sign, 1))
        sources, targets = left, right
        if sign == "<>":
            sources = targets = tuple(dict.fromkeys(left + right))
        if not sources and not targets:
            raise Mistake(f"the event “{words}” has no party")
        trigger = tuple(self._stretch(found) for found in pieces(self._words, words))
        self._check_parties(words, kind, sources, targets)
        for event in self.events:
            if (event.trigger, event.type, event.sources, event.targets) == (trigger, kind, sources, targets):
                raise Mistake(f"the same event twice: {words}")
        here = [self.actors[i].span for i in sources + targets if self.actors[i].sentence == self._at]
        if any(span == piece for span in here for piece in trigger):
            raise Mistake(f"the trigger “{words}” is also its party")
        start = min(span.start for span in [*here, *trigger])
        end = max(span.end for span in [*here, *trigger])
        self.events.append(
            EventRow(
                sentence=self._at,
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

    def _check_parties(self, words: str, kind: str, sources: tuple[int, ...], targets: tuple[int, ...]) -> None:
        if kind == "STATEMENT" and not (sources and targets):
            raise Mistake(f"“{words}”: a statement towards nobody is a claim, no event")
        for index in sources + targets:
            if self.actors[index].use != "actor":
                raise Mistake(
                    f"the party “{self.actors[index].span.quote}” is marked {self.actors[index].use}, not actor"
                )
        both = [self.actors[index] for index in sources + targets]
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
        sources = self._parties(source) if voiced_by == "named" else ()
        if voiced_by == "named" and not sources:
            raise Mistake("a claim needs a source: words, =words of an earlier sentence, ? (unnamed) or @ (the author)")
        cues = () if cue in ("", _NOBODY) else tuple(self._stretch(found) for found in pieces(self._words, cue))
        contents = tuple(self._stretch(found) for found in pieces(self._words, content))
        spoken = [self.actors[i].span for i in sources if self.actors[i].sentence == self._at]
        for part in [*cues, *spoken]:
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
                sentence=self._at,
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
        first = next((i for i, claim in enumerate(self.claims) if claim.sentence == self._at), len(self.claims))
        count = sum(n.letter == "c" for n in self.passage.sentences[self._at].notes)
        if not code[3:].isdigit() or not 1 <= int(code[3:]) <= count:
            raise Mistake(f"{code}: the sentence has {count} claims; expected in:1 to in:{count}")
        return first + int(code[3:]) - 1

    def _form(self, contents: tuple[Stretch, ...]) -> str:
        """Direct where all the contents stand between marks, mixed where some do, else indirect."""
        start = self._starts[self._at]
        inside, open_ = [], False
        for sign in self._words:
            open_ = (not open_) if sign == '"' else True if sign == "“" else False if sign == "”" else open_
            inside.append(open_ and sign not in MARKS)
        flags = [
            inside[place - start]
            for piece in contents
            for place in range(piece.start, piece.end)
            if self._words[place - start].isalnum()
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
        parts = codes.split()
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
                sentence=self._at,
                span=self._stretch(one(self._words, words)),
                value=None if high is not None else value,
                low=value if high is not None or bound == "at_least" else None,
                high=high if high is not None else value if bound == "at_most" else None,
                bound="range" if high is not None else bound,  # type: ignore[arg-type]
                unit="1" if parts[1] == "-" else parts[1],
                measure=parts[2],
                of=self._stretch(one(self._words, of)) if of else None,
            )
        )

    def _time(self, fields: list[str]) -> None:
        words, value = _of_size(fields, 2, "t words | TIMEX3 value")
        if not _TIMEX.match(value):
            raise Mistake(f"no TIMEX3 value: {value}; expected 2021-03-02, 2021-03, 2021-W09, P3D, PRESENT_REF")
        self.times.append(TimeRow(sentence=self._at, span=self._stretch(one(self._words, words)), value=value))

    def _stance(self, fields: list[str]) -> None:
        sides, value = _of_size(fields, 2, "s speaker > actor | -0.8")
        speaker, _, actor = (part.strip() for part in sides.partition(">"))
        try:
            amount = float(value)
        except ValueError:
            raise Mistake(f"no stance: {value}; expected -1 to 1") from None
        if not -1 <= amount <= 1:
            raise Mistake(f"stance {value} is not between -1 and 1")
        said_by = None if speaker == _AUTHOR else self._party(speaker)
        self.stances.append(StanceRow(sentence=self._at, speaker=said_by, actor=self._party(actor), value=amount))

    def _loaded_words(self, fields: list[str]) -> None:
        self.loaded += [self._stretch(one(self._words, words)) for words in _listed(fields[0], ";")]


def _laid_out(passage: Passage) -> tuple[str, list[int]]:
    """The text of a passage and where each sentence starts: a blank in paragraphs, an empty line between them."""
    text, starts = "", []
    for sentence in passage.sentences:
        text += "" if not starts else "\n\n" if sentence.opens else " "
        starts.append(len(text))
        text += sentence.text
    return text, starts


def _listed(text: str, sign: str) -> list[str]:
    return [part.strip() for part in text.split(sign) if part.strip()]


def _of_size(fields: list[str], size: int, form: str) -> list[str]:
    if len(fields) != size:
        raise Mistake(f"{len(fields)} fields where {size} are expected: `{form}`")
    return fields
