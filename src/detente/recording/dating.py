"""From time marks to dates: every time of a document resolved against its date of publication and against the dates
told before it. How a missing date of publication is inferred is `recording.publication`; the arithmetic is
`reading.times.calendar`.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property

from detente.model.date import Date
from detente.model.vocabulary import DateBasis, DatePrecision
from detente.reading.marks import Span, TimeMark
from detente.reading.paper import Paper
from detente.reading.times.calendar import Stretch, around, plus, resolve, stretch_of
from detente.recording.publication import inferred

PRECISIONS: dict[str, DatePrecision] = {
    "T": "time", "D": "day", "W": "week", "M": "month", "S": "season", "Q": "quarter", "Y": "year", "E": "decade",
    "C": "century",
}  # fmt: skip
_RANKS = {"T": 0, "D": 0, "WE": 0, "W": 1, "M": 2, "S": 3, "Q": 3, "H": 3, "Y": 4, "E": 5, "C": 6}


class Calendar:
    """The dates of one paper. Reads `paper.times` and `paper.doc.published`; asks nothing else.

    Where the date of publication is an interval, each time is resolved from both its ends and the date covers all
    that lies between.
    """

    def __init__(self, paper: Paper) -> None:
        self._paper = paper

    @cached_property
    def published(self) -> Date | None:
        """The document's own date where it has one (basis given or metadata), else an interval inferred from its
        times (basis inferred; `raw` holds the words and why), else None."""
        known = self._paper.doc.published
        if known is not None and known.start is not None:
            return known
        return inferred(self._paper)

    def date(self, mark: TimeMark) -> Date:
        """The date of a mark.

        Basis is text, or inferred where it rests on an inferred date of publication, or unanchored where it counts
        from a date of publication that is not known: then `start` and `end` are None and `value` is the offset.
        A bare length ("for three days"), a set ("every Monday") and a vague reference have no start or end either.
        """
        return self._dates.get(mark.span) or self._dated(mark, {}, {})

    def moments(self) -> tuple[tuple[TimeMark, Date], ...]:
        """Every time of the paper with its date, in the order of the text."""
        return tuple((mark, self._dates[mark.span]) for mark in self._paper.times or ())

    @cached_property
    def _ends(self) -> tuple[Stretch, Stretch] | None:
        """The first and the last day on which the document may have been published."""
        known = self.published
        if known is None or known.start is None:
            return None
        return around(_day(known.start), "D"), around(_day(known.end or known.start), "D")

    @cached_property
    def _dates(self) -> dict[Span, Date]:
        early: dict[str, tuple[int, Stretch]] = {}
        late: dict[str, tuple[int, Stretch]] = {}
        return {mark.span: self._dated(mark, early, late) for mark in self._paper.times or ()}

    def _dated(
        self, mark: TimeMark, early: dict[str, tuple[int, Stretch]], late: dict[str, tuple[int, Stretch]]
    ) -> Date:
        raw = self._paper.words(mark.span)
        first, last = self._ends or (None, None)
        begin, end = _resolved(mark, first, early), _resolved(mark, last, late)
        if begin is None or end is None:
            return _undated(mark, raw, anchored=first is not None)
        basis: DateBasis = "text"
        if mark.value is None or mark.kind == "duration" or mark.value == "PRESENT_REF":
            known = self.published
            basis = "inferred" if known is not None and known.basis == "inferred" and begin != end else "text"
            if known is not None and known.basis == "inferred" and "pub" in (mark.offset or "pub"):
                basis = "inferred"
        begin, end = _narrowed(begin, mark.mod), _narrowed(end, mark.mod)
        whole = begin if begin.value == end.value else None
        value = mark.value if mark.value not in (None, "PAST_REF", "FUTURE_REF") else whole.value if whole else None
        precision = PRECISIONS.get(begin.size, "interval") if whole is not None else "interval"
        start, stop = min(begin.start, end.start), max(begin.end, end.end)
        value = value or f"{start.isoformat()}/{stop.isoformat()}"
        return Date(
            start=start.isoformat(), end=stop.isoformat(), precision=precision, basis=basis, raw=raw, value=value
        )


def _day(iso: str) -> date:
    return date.fromisoformat(iso[:10])


def _undated(mark: TimeMark, raw: str, *, anchored: bool) -> Date:
    waits = mark.offset is not None and not anchored and mark.value is None
    value = mark.offset if waits else mark.value or mark.offset
    unanchored = (mark.offset is not None and not anchored) or mark.value is None or mark.value == "PRESENT_REF"
    return Date(
        start=None, end=None, precision="unknown", basis="unanchored" if unanchored else "text", raw=raw, value=value
    )


def _resolved(mark: TimeMark, published: Stretch | None, told: dict[str, tuple[int, Stretch]]) -> Stretch | None:
    """What the mark covers, as told from one day of publication; dates are kept in `told` for those that follow."""

    def context(unit: str) -> Stretch | None:
        if unit == "Q=":
            return told["Q"][1] if "Q" in told else None
        most = _RANKS.get(unit, 0)
        fine = [place for size, place in told.items() if _RANKS[size] <= most]
        return max(fine, key=lambda place: place[0])[1] if fine else None

    if mark.value == "PRESENT_REF":
        return published
    if mark.offset is not None:
        found = resolve(mark.offset, published, context)
    else:
        found = stretch_of(mark.value) if mark.value is not None and mark.kind in ("date", "time") else None
    compared = mark.offset is not None and mark.offset.startswith("ctx@Q-")
    if found is not None and found.size in _RANKS and mark.kind in ("date", "time") and not compared:
        told[found.size] = (mark.span.start, found)
    return found


def _narrowed(found: Stretch, mod: str | None) -> Stretch:
    """The half that "early" or "late" leaves of a stretch, the middle half for "mid": wide enough to be sure."""
    days = (found.end - found.start).days + 1
    if days < 4 or found.size == "R" or mod not in ("START", "MID", "END", "BEFORE", "AFTER"):
        return found
    years = {"E": 5, "C": 50}.get(found.size)
    if years is not None and mod in ("START", "END"):
        middle = plus(found.start, years, "Y")
        return found._replace(end=middle - timedelta(days=1)) if mod == "START" else found._replace(start=middle)
    if mod == "START":
        return found._replace(end=found.start + timedelta(days=(days + 1) // 2 - 1))
    if mod == "END":
        return found._replace(start=found.end - timedelta(days=(days + 1) // 2 - 1))
    if mod == "MID":
        return found._replace(start=found.start + timedelta(days=days // 4), end=found.end - timedelta(days=days // 4))
    return found
