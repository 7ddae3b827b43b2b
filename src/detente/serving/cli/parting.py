"""Where two accounts part: figures of one thing that voices of different territories put differently.

Enough for a page of the demo; the disputes of a whole record are the work of `relating`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from detente.model import Figure

DAYS_APART = 31  # figures told further apart are hardly of one happening


class Parting(Struct, frozen=True):
    """`figures` of one `measure` and unit, in the order they were given; at least one from each side of the `dyad`."""

    dyad: tuple[str, str]
    measure: str
    figures: tuple[Figure, ...]


def side(figure: Figure) -> str | None:
    """The territory of the last voice that has one: whoever gave the number."""
    return next((voice.territory for voice in reversed(figure.voices) if voice.territory), None)


def partings(figures: Iterable[Figure], published: dict[str, str]) -> list[Parting]:
    """All partings, those that most figures tell first. `published` is the day of each document, by id."""
    by_measure: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        if figure.measure and figure.unit and side(figure) and figure.document_id in published:
            by_measure.setdefault((figure.measure, figure.unit), []).append(figure)
    found = [
        Parting(dyad, measure, tuple(told))
        for (measure, _), group in sorted(by_measure.items())
        for dyad in _dyads(group)
        if _differ(told := [figure for figure in group if side(figure) in dyad], published)
    ]
    return sorted(
        found, key=lambda one: (-len({side(f) for f in one.figures}), -len(one.figures), one.dyad, one.measure)
    )


def _dyads(figures: Sequence[Figure]) -> list[tuple[str, str]]:
    sides = sorted({territory for figure in figures if (territory := side(figure))})
    return [(one, other) for index, one in enumerate(sides) for other in sides[index + 1 :]]


def _differ(told: Sequence[Figure], published: dict[str, str]) -> bool:
    """Whether each side keeps to numbers that the other does not give, all within a month."""
    from datetime import date

    days = [date.fromisoformat(published[figure.document_id]) for figure in told]
    amounts: dict[str | None, set[tuple[object, ...]]] = {}
    for figure in told:
        amounts.setdefault(side(figure), set()).add((figure.value, figure.low, figure.high))
    one, other = amounts.values()
    return (max(days) - min(days)).days <= DAYS_APART and not one & other
