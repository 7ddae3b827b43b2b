"""The actors of one passage: each described once, on an `a` line, and found again by its words wherever it is a party.

What lives here: where an actor's words stand, what its codes say, and which earlier mention a pointing word takes over.
What does not: what the actors do (`building`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

from authoring import Sentence
from codes import KINDS, SECTORS, SPEAKS_FOR_ONE, USES, Codes, UnknownCode, sorted_codes
from quoting import NotFoundInSentence, Range, counted, occurrences, one, pieces

from detente.model.vocabulary import ActorKind
from detente.serving.scores.corpus_rows import ActorRow, Stretch

_IN_BRACKETS: Final = re.compile(r"(.*?) ?\(([^()]*)\)$")
_NOBODY: Final = "-"


class Mistake(Exception):
    """What a writer must mend in one line."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The sentence being read: its number and words, where it starts in the passage, and the words that its
    `a` lines list."""

    number: int
    words: str
    start: int
    listed: tuple[tuple[str, int | None], ...]

    @classmethod
    def of(cls, number: int, sentence: Sentence, start: int) -> Scene:
        items = [item for note in sentence.notes if note.letter == "a" for item in listed(" | ".join(note.fields), ";")]
        bare = [found.group(1) if (found := _IN_BRACKETS.fullmatch(item)) else item for item in items]
        return cls(number, sentence.text, start, tuple(counted(item.partition("=")[0].strip()) for item in bare))

    def stretch(self, found: Range) -> Stretch:
        """A range of the sentence as a stretch of the passage."""
        return Stretch(start=self.start + found[0], end=self.start + found[1], quote=self.words[found[0] : found[1]])

    def stretches(self, quoted: str) -> tuple[Stretch, ...]:
        """The pieces that the words name; NotFoundInSentence where they do not stand here."""
        return tuple(self.stretch(found) for found in pieces(self.words, quoted))

    def found(self, quoted: str) -> Stretch:
        """The only piece that the words name."""
        return self.stretch(one(self.words, quoted))

    def local(self, span: Stretch) -> Range:
        return span.start - self.start, span.end - self.start


class Cast:
    """All actors met so far. `scene` is the sentence being read."""

    def __init__(self, codes: Codes) -> None:
        self.codes = codes
        self.actors: list[ActorRow] = []
        self.scene = Scene(0, "", 0, ())

    def add(self, item: str) -> None:
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
            raise Mistake(f"actor “{words}”: {error}; or a territory's code (an igo has none)") from None
        first = [self.antecedent(part) for part in listed(antecedent, "+")]
        models = [self.actors[index] for index in first]
        if territories is None:
            territories = tuple(dict.fromkeys(code for model in models for code in model.territories))
        kinds = {model.kind for model in models}
        kind = given.get("kind") or (kinds.pop() if len(kinds) == 1 else "other" if kinds else "state")
        if kind == "state" and not territories:
            raise Mistake(f"actor “{words}” is a state without a territory; name its kind (igo, document, person …)")
        named = self.codes.named_in(self.scene.words[found[0] : found[1]])
        fits = named >= {*territories} if kind == "state" else named & {*territories}
        if named and territories and kind in SPEAKS_FOR_ONE and "sure" not in given and not fits:
            names = " or ".join(sorted(named))
            raise Mistake(
                f"“{words}” names {names}, not {'+'.join(territories)}; add `sure` to the brackets if you mean it"
            )
        self.actors.append(
            ActorRow(
                sentence=self.scene.number,
                span=self.scene.stretch(found),
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
        here = [self.scene.local(actor.span) for actor in self._here()]
        if number is not None:
            found = one(self.scene.words, words)
        else:
            places = occurrences(self.scene.words, plain)
            if not places:
                raise NotFoundInSentence(f"actor “{plain}” does not stand in the sentence")
            apart = [place for place in places if not any(a <= place[0] and place[1] <= b for a, b in here)]
            if len(places) > 1 and len(apart) > 1:
                listed = sum(item == (plain, None) for item in self.scene.listed)
                if listed < len(places):
                    raise NotFoundInSentence(f"“{plain}” stands {len(places)} times: write {plain}#1, #2 …")
            found = apart[0] if apart else places[0]
        for place in here:
            if place == found:
                raise Mistake(f"two actors on the same words: “{words}”")
            if place[0] < found[0] < place[1] < found[1] or found[0] < place[0] < found[1] < place[1]:
                raise Mistake(f"the actor “{words}” crosses another")
        return found

    def _here(self) -> list[ActorRow]:
        return [actor for actor in self.actors if actor.sentence == self.scene.number]

    def antecedent(self, words: str, earlier: bool = False) -> int:
        """The latest mention before with these words, else the latest that holds them; `earlier` leaves this sentence
        out."""
        last = self.scene.number - 1 if earlier else self.scene.number
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

    def party(self, words: str) -> int:
        """The actor of this sentence with these words, holding them, or, for `=words`, of an earlier one."""
        if words.startswith("="):
            return self.antecedent(words[1:].strip(), earlier=True)
        plain, number = counted(words)
        start = self.scene.start
        mine = [(i, actor) for i, actor in enumerate(self.actors) if actor.sentence == self.scene.number]
        if number is None:
            for fold in (str, str.casefold):
                same = [i for i, actor in mine if fold(actor.span.quote) == fold(plain)]
                if len(same) == 1:
                    return same[0]
        places = [one(self.scene.words, words)] if number is not None else occurrences(self.scene.words, plain)
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

    def parties(self, side: str) -> tuple[int, ...]:
        side = side.strip()
        if side in ("", _NOBODY):
            return ()
        return tuple(dict.fromkeys(self.party(words) for words in listed(side, " + ")))


def listed(text: str, sign: str) -> list[str]:
    """The parts between the signs, without empty ones."""
    return [part.strip() for part in text.split(sign) if part.strip()]
