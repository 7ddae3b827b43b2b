"""Each difference between a first and a second annotation of a passage, in words, for whoever settles them.

What lives here: the listing. What does not: how far the two agree as a whole (`agreement`), and which of them is right,
which the guide decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Protocol, TypeVar

from detente.serving.scores.corpus_rows import ActorRow, ClaimRow, EventRow, FigureRow, PassageRow, Stretch, TimeRow

SAME_CONTENTS: Final = 0.5  # Dice coefficient of the characters, from which two claims have the same contents
MARK: Final = " / "


class Placed(Protocol):
    @property
    def sentence(self) -> int: ...


Row = TypeVar("Row", bound=Placed)


def covered(pieces: Iterable[Stretch]) -> set[int]:
    return {place for piece in pieces for place in range(piece.start, piece.end)}


def paired(
    first: Sequence[Row], second: Sequence[Row], likeness: Callable[[Row, Row], float]
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Pairs of one sentence, one to one, the likest first; then what only the first has, and only the second."""
    pairs: list[tuple[int, int]] = []
    scores = ((-likeness(a, b), i, j) for i, a in enumerate(first) for j, b in enumerate(second))
    for score, i, j in sorted(scores):
        if score and first[i].sentence == second[j].sentence and not any(i == a or j == b for a, b in pairs):
            pairs.append((i, j))
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    return (
        [(first[i], second[j]) for i, j in pairs],
        [one for i, one in enumerate(first) if i not in left],
        [one for j, one in enumerate(second) if j not in right],
    )


def named(row: PassageRow, actors: Iterable[int]) -> str:
    """Parties by territory and kind, which is what a difference between two annotations is about."""
    return " + ".join(sorted({_code(row.actors[one]) for one in actors})) or "-"


def _code(actor: ActorRow) -> str:
    return "+".join(sorted(actor.territories)) or actor.kind


def _words(pieces: Iterable[Stretch]) -> str:
    return " & ".join(piece.quote for piece in pieces)


def _event(row: PassageRow, one: EventRow) -> tuple[str, ...]:
    sides = named(row, one.sources), named(row, one.targets)
    return one.type, one.polarity, one.modality, f"{sides[0]} {'<>' if one.reciprocal else '>'} {sides[1]}"


def _claim(row: PassageRow, one: ClaimRow) -> tuple[str, ...]:
    return one.act, one.cue_polarity, named(row, one.sources) if one.voiced == "named" else one.voiced


def _actor(_: PassageRow, one: ActorRow) -> tuple[str, ...]:
    return one.kind, "+".join(sorted(one.territories)) or "-", one.use


def _figure(_: PassageRow, one: FigureRow) -> tuple[str, ...]:
    return str(one.value), one.bound, one.unit, one.measure


def _time(_: PassageRow, one: TimeRow) -> tuple[str, ...]:
    return (one.value,)


def _same_trigger(one: EventRow, other: EventRow) -> float:
    return len(covered(one.trigger) & covered(other.trigger)) * (1.5 if one.type == other.type else 1.0)


def _same_contents(one: ClaimRow, other: ClaimRow) -> float:
    ours, theirs = covered(one.contents), covered(other.contents)
    found = 2 * len(ours & theirs) / (len(ours) + len(theirs))
    return (found if found >= SAME_CONTENTS else 0.0) * (1.5 if one.voiced == other.voiced else 1.0)


def _same_words(one: ActorRow | FigureRow | TimeRow, other: ActorRow | FigureRow | TimeRow) -> float:
    ours, theirs = covered([one.span]), covered([other.span])
    return len(ours & theirs) / len(ours | theirs)


def differences(first: PassageRow, second: PassageRow) -> Iterator[tuple[int, str]]:
    """Number of the sentence and the difference: what only one of them has, and what they call otherwise."""

    def told(
        what: str,
        ours: Sequence[Row],
        theirs: Sequence[Row],
        likeness: Callable[[Row, Row], float],
        said: Callable[[PassageRow, Row], tuple[str, ...]],
        words: Callable[[Row], str],
    ) -> Iterator[tuple[int, str]]:
        both, left, right = paired(ours, theirs, likeness)
        for name, row, ones in (("first", first, left), ("second", second, right)):
            for one in ones:
                yield one.sentence, f"{what} only in the {name}: {words(one)} ({', '.join(said(row, one))})"
        for one, other in both:
            apart = [f"{a}{MARK}{b}" for a, b in zip(said(first, one), said(second, other), strict=True) if a != b]
            if apart:
                yield one.sentence, f"{what} {words(one)}: {'; '.join(apart)}"

    yield from told("event", first.events, second.events, _same_trigger, _event, lambda one: _words(one.trigger))
    yield from told("claim", first.claims, second.claims, _same_contents, _claim, lambda one: _words(one.contents))
    yield from told("actor", first.actors, second.actors, _same_words, _actor, lambda one: one.span.quote)
    yield from told("figure", first.figures, second.figures, _same_words, _figure, lambda one: one.span.quote)
    yield from told("time", first.times, second.times, _same_words, _time, lambda one: one.span.quote)


def listed(first: PassageRow, second: PassageRow) -> Iterator[str]:
    """Each sentence in which the two differ, with its line in the first's file, and the differences below it."""
    found: dict[int, list[str]] = {}
    for sentence, what in differences(first, second):
        found.setdefault(sentence, []).append(what)
    for sentence in sorted(found):
        place = first.sentences[sentence]
        yield f"{place.line}: {first.text[place.start : place.end]}"
        yield from (f"    {what}" for what in found[sentence])
