"""When an undated document was published: an interval inferred from the dates it tells, with the words it rests on.

Each clue says how likely each day is, as steps of constant weight (hundredths of a natural logarithm). The shares of
dates without a year, and of years told as past or still to come, follow counts on dated newspaper and agency text of
1989 to 2000, rounded by hand; those of stated dates, datelines and "the year 2024" are judgement, as that text has
too few. The clues are added up, and the shortest interval that holds nearly all of the weight is given, or nothing
where that is longer than two years. A date of publication always needs one clue to its year.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from math import exp, log
from typing import Literal, NamedTuple

from detente.model.date import Date
from detente.reading.marks import TimeMark
from detente.reading.paper import Paper
from detente.reading.times.calendar import Stretch, occurrence, stretch_of
from detente.reading.times.lexicon import TimeWords, time_words
from detente.reading.times.tense import Tenses

MASS = 0.88
"""Share of the weight that the interval holds: at this share 95 of 100 documents whose year was stated to the reader
had their day inside (`detente score publication`), on the same text that the shares were counted on; of intervals
shorter than 200 days it was 90. Text that does not state its year is seldom answered, so there it is not measured."""
LONGEST_DAYS = 750
_DAYS_AHEAD = 12 * 366
_HEAD = 400
_BARE = re.compile(r"pub(?P<relation><~|>~|~|<=|>=)(?P<slot>M\d\d(?:D\d\d(?:W\d)?)?)(?:/T.*)?")
_STATED = re.compile(
    r"(?:published|posted|updated|dated?|issued|copyright|\(c\)|©)(?:\s+(?:on|at|in))?[\s:,|]*$", re.IGNORECASE
)
_DATELINE = re.compile(r"(?:^|\n)[ \t\"“(]*[A-Z][A-Z.’' -]{2,40}(?:,\s*[A-Z][\w.’' ]{1,30})?[,\s(/]*$")


Told = Literal["past", "future", "open", "stated", "dateline"]
Steps = Sequence[tuple[float, float]]
"""Up to so many days, such a share of documents."""

# -- shares, by days between the date told and publication ----------------------------------------------------
PAST_DAY: Steps = (
    (0, 0.02),
    (30, 0.27),
    (120, 0.13),
    (400, 0.20),
    (800, 0.17),
    (1600, 0.13),
    (4000, 0.05),
    (_DAYS_AHEAD, 0.02),
)
PAST_MONTH: Steps = ((0, 0.02), (31, 0.12), (120, 0.13), (400, 0.22), (800, 0.30), (1600, 0.13), (_DAYS_AHEAD, 0.07))
PAST_YEAR: Steps = (
    (0, 0.02),
    (365, 0.13),
    (730, 0.24),
    (1095, 0.12),
    (1460, 0.09),
    (1826, 0.08),
    (2557, 0.09),
    (3653, 0.08),
    (_DAYS_AHEAD * 3, 0.15),
)
THE_YEAR: Steps = ((0, 0.01), (365, 0.45), (730, 0.30), (1095, 0.10), (1826, 0.08), (_DAYS_AHEAD, 0.06))
COMING: Steps = ((0, 0.02), (365, 0.28), (730, 0.28), (1095, 0.14), (2190, 0.14), (4000, 0.08), (_DAYS_AHEAD * 2, 0.06))
UNSURE = 0.22
"""Share of dates on the wrong side where only the tense of a verb further off speaks."""
BARE_PAST: Steps = ((15, 0.31), (35, 0.36), (70, 0.18), (92, 0.08), (180, 0.05), (366, 0.02))
BARE_UNSURE: Steps = (
    (15, 0.24),
    (35, 0.28),
    (70, 0.13),
    (92, 0.07),
    (180, 0.05),
    (320, 0.05),
    (350, 0.08),
    (366, 0.10),
)
BARE_FUTURE: Steps = ((15, 0.42), (50, 0.38), (100, 0.13), (180, 0.04), (366, 0.03))
DATELINE: Steps = ((1, 0.70), (2, 0.24), (3, 0.03), (366, 0.03))
STATED: Steps = ((0, 0.01), (1, 0.85), (3, 0.10), (_DAYS_AHEAD, 0.04))
_MISPLACED = -230
_FAR = 274


class Clue(NamedTuple):
    """One time of the text as a clue: what it covers or its slot, how it is told, and whether that is sure."""

    mark: TimeMark
    told: Told
    stretch: Stretch | None
    slot: str | None
    words: str
    sure: bool = True


class Step(NamedTuple):
    """From the day `start` (an ordinal) on, this weight, until the next step."""

    start: int
    weight: int


def inferred(paper: Paper) -> Date | None:
    """The interval in which the document was published, or None where its words do not tell."""
    clues = list(_clues(paper))
    dated = [clue for clue in clues if clue.stretch is not None]
    if not dated:
        return None
    first = min(clue.stretch.start.toordinal() for clue in dated if clue.stretch is not None) - 2 * _DAYS_AHEAD
    last = max(clue.stretch.end.toordinal() for clue in dated if clue.stretch is not None) + _DAYS_AHEAD
    last = min(last, date(2199, 12, 31).toordinal())
    first = max(first, last - 5 * _DAYS_AHEAD, 366)
    used, lines = _lines(clues, first, last)
    found = _shortest(lines, first, last)
    if found is None or found[1] - found[0] + 1 > LONGEST_DAYS:
        return None
    start, end = (date.fromordinal(day).isoformat() for day in found)
    return Date(
        start=start, end=end, precision="day" if start == end else "interval", basis="inferred",
        raw="; ".join(used), value=start if start == end else f"{start}/{end}",
    )  # fmt: skip


# -- clues ------------------------------------------------------------------------------------------------


def _clues(paper: Paper) -> Iterator[Clue]:
    if not paper.times:
        return
    known = time_words(paper.doc.language)
    tenses = Tenses(paper.parse, known)
    for mark in paper.times or ():
        if mark.kind not in ("date", "time"):
            continue
        words = paper.words(mark.span)
        bare = _BARE.fullmatch(mark.offset or "")
        if bare is not None:
            told: Told = {"<": "past", ">": "future"}.get(bare["relation"][0], "open")  # type: ignore[assignment]
            told = "dateline" if "D" in bare["slot"] and _heads(paper, mark) else told
            before = paper.text[max(mark.span.start - 12, 0) : mark.span.start].split()[-1:]
            sure = (
                bool(before and before[0].lower() in known.around["placed"])
                and tenses.distance(mark.span.start)[1] <= 2
            )
            yield Clue(mark, told, None, bare["slot"], words, sure)
        elif mark.value is not None and mark.value[:4].isdigit():
            stretch = stretch_of(mark.value)
            if stretch is not None and stretch.size in "DTMQSY" and 1700 <= stretch.start.year <= 2150:
                told, sure = _told(paper, mark, stretch, tenses, known)
                yield Clue(mark, told, stretch, None, words, sure)


def _told(paper: Paper, mark: TimeMark, stretch: Stretch, tenses: Tenses, known: TimeWords) -> tuple[Told, bool]:
    before = paper.text[max(mark.span.start - 40, 0) : mark.span.start]
    if _STATED.search(before):
        return "stated", True
    if stretch.size in ("D", "T") and (_heads(paper, mark) or _stands_alone(paper, mark)):
        return "stated", True
    tense, steps = tenses.distance(mark.span.start)
    word = before.split()[-1:]
    if tense != "past" and word and word[0].lower() in known.around["up_to"] | known.around["up_to_or_through"]:
        return "future", True
    placed = (
        stretch.size != "Y"
        or bool(word and word[0].lower() in known.around["placed"])
        or mark.span.end - mark.span.start > 5
    )
    return tense, placed and steps <= 3 and tense != "open"


def _heads(paper: Paper, mark: TimeMark) -> bool:
    """True for the date of a dateline: a place in capitals before it, at the head of the text."""
    start = mark.span.start
    return start < _HEAD and _DATELINE.search(paper.text, max(start - 80, 0), start) is not None


def _stands_alone(paper: Paper, mark: TimeMark) -> bool:
    """True for a date that is a line of its own near the head of the text."""
    start, end = mark.span
    line_start = paper.text.rfind("\n", max(start - 60, 0), start) + 1
    line_end = paper.text.find("\n", end, end + 30)
    around_it = paper.text[line_start:start] + paper.text[end : line_end if line_end >= 0 else end + 30]
    return start < _HEAD and len(around_it) < 30 and not any(letter.isalpha() for letter in around_it)


# -- clues as steps -----------------------------------------------------------------------------------------


def _lines(clues: list[Clue], first: int, last: int) -> tuple[list[str], list[list[Step]]]:
    """The words of the clues that count, with the reason, and each clue's steps."""
    used: list[str] = []
    lines: list[list[Step]] = []

    def add(clue: Clue, reason: str, line: list[Step]) -> None:
        used.append(f"“{' '.join(clue.words.split())}” {reason}")
        lines.append(line)

    dated = [clue for clue in clues if clue.stretch is not None]
    stated = [clue for clue in dated if clue.told == "stated"]
    if stated:
        clue = stated[0]
        assert clue.stretch is not None
        shares = (
            STATED if clue.stretch.size in ("D", "T") else ((0, 0.01), (_span(clue.stretch), 0.95), (_DAYS_AHEAD, 0.04))
        )
        add(clue, "stated as the date", _since(clue.stretch.start.toordinal(), shares))
    past = [clue for clue in dated if clue.told in ("past", "open", "stated")]
    if past:
        clue = max(past, key=_begin)
        assert clue.stretch is not None
        shares = {"D": PAST_DAY, "T": PAST_DAY, "Y": PAST_YEAR}.get(clue.stretch.size, PAST_MONTH)
        if clue.stretch.size == "Y" and clue.words.lower().startswith("the year") and clue.told == "past":
            shares = THE_YEAR
        add(clue, "told as past", _since(_begin(clue), shares if clue.sure else _doubted(shares)))
    coming = [clue for clue in dated if clue.told == "future"]
    if coming:
        clue = min(coming, key=_finish)
        add(clue, "told as still to come", _until(_finish(clue), COMING if clue.sure else _doubted(COMING)))
    _bare_lines(clues, first, last, add)
    return used, lines


def _bare_lines(clues: list[Clue], first: int, last: int, add: object) -> None:
    """Dates without a year: the latest one told as past, the earliest told as to come, and none too far away."""
    assert callable(add)
    for told, shares, reason in (
        ("dateline", DATELINE, "in the dateline"),
        ("past", BARE_PAST, "without a year, told as past"),
        ("future", BARE_FUTURE, "without a year, told as still to come"),
    ):
        group = [clue for clue in clues if clue.told == told and clue.slot is not None and "D" in clue.slot]
        if not group:
            continue
        if told == "past":
            shares = BARE_PAST if any(clue.sure for clue in group) else BARE_UNSURE
            group = [clue for clue in group if clue.sure] or group
        days = {day: clue for clue in reversed(group) for day in _days(clue, first, last)}
        lags = _spread(sorted(days), shares, back=told == "future", last=last)
        add(group[-1] if told == "past" else group[0], reason, lags)
    for clue in clues:
        if clue.slot is not None and clue.slot.count("W"):
            add(clue, "a weekday that only some years give this date", _weekday_line(clue.slot, first, last))


def _doubted(shares: Steps) -> Steps:
    """The same shares where the side is not sure."""
    return ((0, UNSURE), *((end, share * (1 - UNSURE)) for end, share in shares[1:]))


def _begin(clue: Clue) -> int:
    assert clue.stretch is not None
    return clue.stretch.start.toordinal()


def _finish(clue: Clue) -> int:
    assert clue.stretch is not None
    return clue.stretch.end.toordinal()


def _span(stretch: Stretch) -> int:
    return (stretch.end - stretch.start).days + 1


def _days(clue: Clue, first: int, last: int) -> Iterator[int]:
    assert clue.slot is not None
    for year in range(date.fromordinal(first).year - 1, date.fromordinal(last).year + 2):
        try:
            yield occurrence(clue.slot[:6], year).start.toordinal()
        except ValueError:
            continue


def _weight(share: float, days: float) -> int:
    return round(100 * log(share / days * 365))


def _since(day: int, shares: Steps) -> list[Step]:
    """Shares by the days since `day`; the first is for what lies on the other side, mostly within years."""
    line = [Step(0, _weight(shares[0][1] * 0.2, 4 * _DAYS_AHEAD)), Step(day - 1500, _weight(shares[0][1] * 0.8, 1500))]
    for (begin, _), (end, share) in pairwise(shares):
        line.append(Step(day + int(begin), _weight(share, end - begin)))
    return [*line, Step(day + int(shares[-1][0]), _weight(0.001, _DAYS_AHEAD))]


def _until(day: int, shares: Steps) -> list[Step]:
    """Shares by the days left until `day`; the first is for what lies on the other side, mostly within years."""
    line = [Step(day + 1 - int(end), _weight(share, end - begin)) for (begin, _), (end, share) in pairwise(shares)]
    before = Step(0, _weight(0.001, _DAYS_AHEAD))
    return [
        before,
        *reversed(line),
        Step(day + 1, _weight(shares[0][1] * 0.8, 1500)),
        Step(day + 1500, _weight(shares[0][1] * 0.2, 4 * _DAYS_AHEAD)),
    ]


def _spread(days: list[int], shares: Steps, *, back: bool, last: int) -> list[Step]:
    """Shares by the days since the last of `days`, or until the next of them."""
    line: list[Step] = []
    for day, following in zip(days, [*days[1:], last + 367], strict=True):
        begin = 0.0
        room = following - day
        for end, share in shares:
            stop = min(end, room)
            if stop > begin:
                start = following + 1 - int(stop) if back else day + int(begin)
                line.append(Step(start, _weight(share, end - begin)))
            begin = end
    return sorted(line) if line else [Step(0, 0)]


def _weekday_line(slot: str, first: int, last: int) -> list[Step]:
    line = []
    for year in range(date.fromordinal(first).year - 1, date.fromordinal(last).year + 2):
        try:
            occurrence(slot, year)
            weight = 0
        except ValueError:
            weight = 2 * _MISPLACED
        line.append(Step(_middle(slot, year), weight))
    return line


def _middle(slot: str, year: int) -> int:
    """Half a year before the slot's day: from there on that year's day is the nearest."""
    return date(year, int(slot[1:3]), 1).toordinal() + int(slot[4:6]) - 1 - 182


# -- the shortest interval ----------------------------------------------------------------------------------


def _shortest(lines: Iterable[list[Step]], first: int, last: int) -> tuple[int, int] | None:
    """The shortest run of days that holds `MASS` of the summed weight."""
    lines = list(lines)
    edges = sorted({first, *(step.start for line in lines for step in line if first < step.start <= last), last + 1})
    starts = [[step.start for step in line] for line in lines]
    sums = []
    for edge in edges[:-1]:
        at = [bisect_right(start, edge) - 1 for start in starts]
        sums.append(
            sum(line[here].weight if here >= 0 else line[0].weight for line, here in zip(lines, at, strict=True))
        )
    top = max(sums)
    lengths = [end - begin for begin, end in pairwise(edges)]
    masses = [exp((total - top) / 100) * days for total, days in zip(sums, lengths, strict=True)]
    wanted, best, begin, held = MASS * sum(masses), None, 0, 0.0
    for end, mass in enumerate(masses):
        held += mass
        while held - masses[begin] >= wanted:
            held -= masses[begin]
            begin += 1
        if held >= wanted:
            cut = int((held - wanted) / masses[end] * lengths[end])
            run = (edges[begin], edges[end + 1] - 1 - min(cut, lengths[end] - 1))
            if best is None or run[1] - run[0] < best[1] - best[0]:
                best = run
    return best
