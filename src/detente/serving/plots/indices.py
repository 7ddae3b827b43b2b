"""The picture of an index: the level with its band, and below it the happenings it rests on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from detente import __version__
from detente.model import Happening
from detente.model.vocabulary import Quad
from detente.relating.index import IndexSeries, Point
from detente.relating.index.observations import Observation
from detente.serving.plots import palette
from detente.serving.plots.drawing import Drawing, Place
from detente.serving.plots.lettering import width as width_of
from detente.serving.plots.lettering import wrapped
from detente.serving.plots.scales import Scale, day_words, levels_shown, ticks
from detente.serving.plots.titles import between
from detente.serving.plots.writing import check_name, save

WIDTH = 900.0
MOST_STEMS = 150
"""Up to so many happenings each has a stem of its own; above, bars count those of each period."""
STRIP = 92.0  # the height of the strip of happenings
_SMALL, _PLAIN, _TITLE = 11.5, 13.0, 18.0
_LABELS = 100.0  # the least room at the right
_UNSAID = "not enough to say"


class Frame(Struct, frozen=True):
    """Where things lie: the field of the level, from `left` to `right` and `top` to `bottom`, the strip below it."""

    left: float
    right: float
    top: float
    bottom: float
    strip_top: float
    strip_bottom: float


def plot_index(
    series: IndexSeries,
    happenings: Iterable[Happening],
    path: Path | str,
    *,
    compared: IndexSeries | None = None,
    width: float = WIDTH,
) -> None:
    """Draw the index into an .svg or .png file.

    All happenings that the series rests on are drawn; of those among `happenings` an SVG also tells who did it to whom,
    where the pointer rests on one. `compared` is the same index without something. `width` is in units of the picture;
    a PNG has two pixels to each. Raises UsageError for another kind of file, ExportFailed where it cannot be written.
    """
    path = Path(path)
    check_name(path)
    save(index_picture(series, happenings, compared=compared, width=width), path)


def index_picture(
    series: IndexSeries,
    happenings: Iterable[Happening] = (),
    *,
    compared: IndexSeries | None = None,
    width: float = WIDTH,
) -> Drawing:
    """The picture itself."""
    title = f"How warm or cold: {between(series)}"
    room = width - 48
    heads = wrapped(title, _TITLE, room, bold=True)
    subtitle = f"Level by {series.step} on a scale from \u221210, hostile, to +10, friendly. "
    subtitle += "The band holds it with 80 % certainty."
    if series.without:
        subtitle += f" Without {' and '.join(series.without)}."
    subs = wrapped(subtitle, _PLAIN, room)
    top = 26 + 22 * len(heads) + 17 * len(subs) + 22
    field = max(190.0, min(270.0, width * 0.32))
    labels = _LABELS if compared is None else max(_LABELS, width_of(_less_words(compared), _SMALL) + 14)
    labels = min(labels, max(_LABELS, width * 0.26))
    strip = top + field + 46
    frame = Frame(46, width - labels - 8, top, top + field, strip, strip + STRIP)
    source = _source(series, compared)
    sources = wrapped(source, _SMALL, room)
    drawing = Drawing(width, frame.strip_bottom + 42 + 15 * len(sources), title=title)
    for number, line in enumerate(heads):
        drawing.text((24, 32 + 22 * number), line, palette.INK, _TITLE, bold=True)
    for number, line in enumerate(subs):
        drawing.text((24, 30 + 22 * len(heads) + 17 * number), line, palette.MUTED, _PLAIN)
    if series.points:
        parties = {one.happening_id: _parties(one) for one in happenings}
        _Picture(drawing, frame, series, compared, parties).draw()
    else:
        drawing.text((frame.left, (frame.top + frame.bottom) / 2), _UNSAID, palette.MUTED, _PLAIN)
    for number, line in enumerate(sources):
        drawing.text((24, frame.strip_bottom + 40 + 15 * number), line, palette.MUTED, _SMALL)
    return drawing


def _source(series: IndexSeries, compared: IndexSeries | None) -> str:
    count = series.counted
    tellers = sum(one.witnesses for one in series.observations if one.weight > 0)
    told = f"told by independent witnesses {tellers:,} time{'s' * (tellers != 1)}"
    words = f"Source: {count:,} happening{'s' * (count != 1)} in this record, {told}"
    if compared is not None:
        words += f"; {compared.counted:,} without {' and '.join(compared.without)}"
    return f"{words}. Relation index of Détente {__version__}; its method is published with it."


def _less_words(compared: IndexSeries) -> str:
    return "without " + " and ".join(one.partition("=")[2] for one in compared.without)


class _Spot(Struct, frozen=True):
    x: float
    level: float
    low: float
    high: float


class _Picture:
    def __init__(
        self, drawing: Drawing, frame: Frame, series: IndexSeries, compared: IndexSeries | None, parties: dict[str, str]
    ) -> None:
        self.parties = parties
        self.drawing = drawing
        self.frame = frame
        self.series = series
        self.compared = compared
        points = series.points
        self.first = date.fromisoformat(points[0].start).toordinal()
        self.last = date.fromisoformat(points[-1].end).toordinal()
        said = [p for one in (series, compared) if one is not None for p in one.points if p.is_said]
        low, high = min((p.low for p in said), default=-5.0), max((p.high for p in said), default=5.0)
        bottom, top, self.levels = levels_shown(low, high)
        self.x = Scale(self.first, self.last + 1, frame.left, frame.right)
        self.y = Scale(bottom, top, frame.bottom, frame.top)

    def draw(self) -> None:
        self._grid()
        if self.compared is not None:
            self._band(self.compared, palette.OTHER_BAND, opacity=0.6)
        self._band(self.series, palette.BAND, opacity=0.75)
        if self.compared is not None:
            self._level(self.compared, palette.OTHER, wide=1.8, dashes="5 4")
        self._level(self.series, palette.LEVEL, wide=2.2)
        for is_said, group in groupby(self.series.points, key=lambda point: point.is_said):
            if not is_said:
                self._unsaid(list(group))
        self._steps()
        self._ends()
        self._strip()
        self._days()

    def _grid(self) -> None:
        frame, drawing = self.frame, self.drawing
        for level in self.levels:
            y = self.y(level)
            drawing.line((frame.left, y), (frame.right, y), palette.MUTED if level == 0 else palette.FAINT)
            words = f"{level:+d}".replace("-", "\u2212") if level else "0"
            drawing.text((frame.left - 8, y + 4), words, palette.MUTED, _SMALL, anchor="end")
        drawing.text((frame.left, frame.top - 9), "warmer", palette.MUTED, _SMALL)
        drawing.text((frame.left, frame.bottom + 15), "colder", palette.MUTED, _SMALL)
        for words, y, way in (("warmer", frame.top - 9, -1), ("colder", frame.bottom + 15, 1)):
            x = frame.left + width_of(words, _SMALL) + 9
            tip = y - 4 + 4.5 * way
            drawing.area([(x - 4, tip - 7 * way), (x + 4, tip - 7 * way), (x, tip)], palette.MUTED)

    def _band(self, series: IndexSeries, colour: str, *, opacity: float) -> None:
        for run in self._runs(series):
            edges = [(one.x, self.y(one.high)) for one in run] + [(one.x, self.y(one.low)) for one in reversed(run)]
            if len(run) == 1:
                self.drawing.line(edges[0], edges[1], colour, wide=6)
            else:
                self.drawing.area(edges, colour, opacity=opacity)

    def _level(self, series: IndexSeries, colour: str, *, wide: float, dashes: str = "") -> None:
        for run in self._runs(series):
            if len(run) == 1:
                self.drawing.dot((run[0].x, self.y(run[0].level)), 3, colour)
            else:
                self.drawing.path([(one.x, self.y(one.level)) for one in run], colour, wide=wide, dashes=dashes)

    def _runs(self, series: IndexSeries) -> list[list[_Spot]]:
        """The said points in stretches without a gap; a step ends one stretch and begins another on its day."""
        steps = {
            date.fromisoformat(change.start).toordinal(): change for change in series.changes if change.kind == "step"
        }
        runs: list[list[_Spot]] = [[]]
        for point in series.points:
            start, end = (date.fromisoformat(day).toordinal() for day in (point.start, point.end))
            if not point.is_said:
                runs.append([])
                continue
            inside = [day for day in sorted(steps) if start <= day <= end]
            spot = _Spot(self.x((max(start, self.first) + end + 1) / 2), point.level, point.low, point.high)
            if not inside:
                runs[-1].append(spot)
            for day in inside:
                change, half = steps[day], (point.high - point.low) / 2
                for level, is_new in ((change.before, False), (change.after, True)):
                    if is_new:
                        runs.append([])
                    runs[-1].append(_Spot(self.x(day), level, max(level - half, -10.0), min(level + half, 10.0)))
        return [run for run in runs if run]

    def _unsaid(self, points: Sequence[Point]) -> None:
        left = self.x(max(self.first, date.fromisoformat(points[0].start).toordinal()))
        right = self.x(date.fromisoformat(points[-1].end).toordinal() + 1)
        if right - left > width_of(_UNSAID, _SMALL) + 12:
            place = ((left + right) / 2, self.y(0) - 7)
            self.drawing.text(place, _UNSAID, palette.MUTED, _SMALL, anchor="middle", halo=True)

    def _steps(self) -> None:
        """The largest steps, as far as their labels have room beside one another."""
        steps = [change for change in self.series.changes if change.kind == "step"]
        steps.sort(key=lambda change: -abs(change.after - change.before))
        taken: list[tuple[float, float]] = []
        for change in steps[:6]:
            day = date.fromisoformat(change.start).toordinal()
            which = "warmer" if change.after > change.before else "colder"
            words = f"{which} at once, {day_words(day)}"
            x, size = self.x(day), width_of(words, _SMALL)
            left = min(max(x - size / 2, self.frame.left + 70), self.frame.right - size)
            if any(left < end + 10 and left + size > start - 10 for start, end in taken):
                continue
            taken.append((left, left + size))
            self.drawing.line((x, self.frame.top - 5), (x, self.frame.bottom), palette.MUTED, dashes="2 3")
            self.drawing.text((left, self.frame.top - 9), words, palette.INK, _SMALL)

    def _ends(self) -> None:
        """Labels at the right end of the lines, kept apart."""
        lines = [(self.series, palette.LEVEL, "all" if self.compared is not None else "")]
        if self.compared is not None:
            lines.append((self.compared, palette.OTHER, _less_words(self.compared)))
        placed: list[tuple[float, str, str]] = []
        for series, colour, name in lines:
            said = [point for point in series.points if point.is_said]
            if said:
                number = f"{said[-1].level:+.1f}".replace("-", "\u2212")
                placed.append((self.y(said[-1].level), colour, f"{number} {name}".strip()))
        placed.sort()
        below = -1e9
        for y, colour, words in placed:
            below = max(y + 4, below + 15)
            room = self.drawing.width - self.frame.right - 14
            for line in wrapped(words, _SMALL, room, bold=True):
                self.drawing.text((self.frame.right + 8, below), line, colour, _SMALL, bold=True)
                below += 14
            below -= 14

    def _strip(self) -> None:
        inside = [one for one in self.series.observations if one.weight > 0 and self.first <= one.day <= self.last]
        middle = (self.frame.strip_top + self.frame.strip_bottom) / 2
        half = STRIP / 2 - 8
        if len(inside) <= MOST_STEMS:
            self._stems(inside, middle, half)
            how = "each happening, by how grave"
        else:
            most = self._bars(inside, middle, half)
            how = f"happenings by {self.series.step}, up to {most:,} on a side"
        self.drawing.line((self.frame.left, middle), (self.frame.right, middle), palette.MUTED)
        self.drawing.text((self.frame.left, self.frame.strip_top - 1), how, palette.MUTED, _SMALL)
        x = self.frame.right + 8
        rows: tuple[tuple[Quad, float], ...] = (
            ("material_cooperation", -26), ("verbal_cooperation", -11), ("verbal_conflict", 17),
            ("material_conflict", 32),
        )  # fmt: skip
        for quad, below in rows:
            y = middle + below
            self.drawing.box((x, y - 8), 8, 8, palette.QUADS[quad])
            self.drawing.text((x + 13, y), palette.QUAD_WORDS[quad], palette.MUTED, _SMALL)

    def _stems(self, inside: Sequence[Observation], middle: float, half: float) -> None:
        """One stem a happening: how far it reaches is its score. The least are drawn last, so that none is hidden."""
        for one in sorted(inside, key=lambda one: (-abs(one.score), one.day, one.happening_id)):
            x = self.x(one.day + 0.5)
            reach = max(abs(one.score) / 10 * half, 1.5)
            way = _way(one)
            says = f"{day_words(one.day)}: {one.type}, score {one.score:+g}"
            if one.happening_id in self.parties:
                says += f"; {self.parties[one.happening_id]}"
            top = middle - reach if way > 0 else middle
            self.drawing.box((x - 1, top), 2, reach, palette.QUADS[palette.quad_of(one.type)], says=says)

    def _bars(self, inside: Sequence[Observation], middle: float, half: float) -> int:
        """Counts by period, deeds next to the line; returns the largest count on either side."""
        counts: dict[int, dict[Quad, int]] = {}
        places: list[Place] = []
        for point in self.series.points:
            start, end = (date.fromisoformat(day).toordinal() for day in (point.start, point.end))
            places.append((self.x(max(start, self.first)), self.x(end + 1)))
        starts = [date.fromisoformat(point.start).toordinal() for point in self.series.points]
        for one in inside:
            bin_ = counts.setdefault(bisect_right(starts, one.day) - 1, {})
            quad = palette.quad_of(one.type)
            bin_[quad] = bin_.get(quad, 0) + 1
        sides: tuple[tuple[Quad, Quad], ...] = (
            ("material_cooperation", "verbal_cooperation"),
            ("material_conflict", "verbal_conflict"),
        )
        most = max(sum(bin_.get(quad, 0) for quad in side) for bin_ in counts.values() for side in sides)
        for number, bin_ in sorted(counts.items()):
            left, right = places[number]
            gap = min(1.0, (right - left) * 0.2)
            for side, way in zip(sides, (-1, 1), strict=True):
                y = middle
                for quad in side:
                    high = bin_.get(quad, 0) / most * half
                    if high:
                        corner = (left + gap / 2, y - high if way < 0 else y)
                        self.drawing.box(corner, max(right - left - gap, 0.6), high, palette.QUADS[quad])
                        y += way * high
        return most

    def _days(self) -> None:
        y = self.frame.strip_bottom
        self.drawing.line((self.frame.left, y), (self.frame.right, y), palette.MUTED)
        end = -1e9
        for tick in ticks(self.first, self.last, self.frame.right - self.frame.left):
            x = self.x(tick.day)
            self.drawing.line((x, y), (x, y + 4), palette.MUTED)
            half = width_of(tick.words, _SMALL) / 2
            if x - half < end + 6 or x + half > self.drawing.width - 4:
                continue
            end = x + half
            self.drawing.text(
                (x, y + 17), tick.words, palette.INK if tick.is_year else palette.MUTED, _SMALL, anchor="middle"
            )


def _parties(one: Happening) -> str:
    """`Kenya > Peru`."""
    return " > ".join(", ".join(ref.name for ref in refs) or "-" for refs in (one.sources, one.targets))


def _way(one: Observation) -> int:
    return 1 if palette.quad_of(one.type).endswith("cooperation") else -1
