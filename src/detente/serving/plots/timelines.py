"""The picture of what two sides did to one another: one line of days, each happening on it, the gravest named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from detente import __version__
from detente.model import Happening
from detente.relating.index import Weights
from detente.serving.plots import palette
from detente.serving.plots.drawing import Drawing
from detente.serving.plots.lettering import width as width_of
from detente.serving.plots.lettering import wrapped
from detente.serving.plots.scales import Scale, day_words, ticks
from detente.serving.plots.titles import name_of
from detente.serving.plots.writing import check_name, save

NAMED = 6
"""At most so many happenings on each side of a line are named: the gravest, and of equals those with more witnesses."""
_REACH = 38.0  # how far a score of 10 reaches
_SMALL, _PLAIN, _TITLE = 11.5, 13.0, 18.0


class _Act(Struct, frozen=True):
    """A happening as it is drawn: `day` is the middle of its interval, `score` its type's."""

    day: int
    kind: str
    score: float
    witnesses: int
    happening_id: str

    @property
    def is_friendly(self) -> bool:
        return palette.quad_of(self.kind).endswith("cooperation")

    @property
    def reach(self) -> float:
        return max(abs(self.score) / 10 * _REACH, 1.5)


def plot_timeline(
    happenings: Sequence[Happening], path: Path | str, *, parties: tuple[str, str], width: float = 900.0
) -> None:
    """Draw the dated happenings between two territories into an .svg or .png file, a lane for what each does.

    `parties` are the codes of the two. Raises UsageError for another kind of file, ExportFailed where it cannot be
    written.
    """
    path = Path(path)
    check_name(path)
    save(timeline_picture(happenings, parties=parties, width=width), path)


def timeline_picture(happenings: Sequence[Happening], *, parties: tuple[str, str], width: float = 900.0) -> Drawing:
    """The picture itself. What both do together stands in both lanes; what is only planned or denied is counted below
    and not drawn."""
    done = [row for row in happenings if row.asserted or row.claimed or not (row.denied or row.planned)]
    lanes = [_acts(done, *parties), _acts(done, *reversed(parties))]
    names = [name_of(code) for code in parties]
    title = f"What {names[0]} and {names[1]} did to one another"
    heads = wrapped(title, _TITLE, width - 48, bold=True)
    subtitle = "Each mark is one happening: dark for deeds, light for words; up is friendly, down hostile, "
    subtitle += "the longer the graver. The gravest are named."
    subs = wrapped(subtitle, _PLAIN, width - 48)
    top = 26 + 22 * len(heads) + 17 * len(subs) + 12
    undated = sum(happening.date is None or happening.date.start is None for happening in done)
    source = f"Source: {sum(map(len, lanes)):,} marks of {len(done) - undated:,} dated happenings in this record"
    source += f"; {undated} more bear no date" if undated else ""
    source += f"; {len(happenings) - len(done)} only planned or denied" if len(done) < len(happenings) else ""
    sources = wrapped(f"{source}. Drawn by Détente {__version__}.", _SMALL, width - 48)
    heights = [_height(acts) for acts in lanes]
    bottom = top + sum(heights)
    drawing = Drawing(width, bottom + 50 + 15 * len(sources), title=title)
    for number, line in enumerate(heads):
        drawing.text((24, 32 + 22 * number), line, palette.INK, _TITLE, bold=True)
    for number, line in enumerate(subs):
        drawing.text((24, 30 + 22 * len(heads) + 17 * number), line, palette.MUTED, _PLAIN)
    days = [act.day for acts in lanes for act in acts]
    if days:
        first, last = min(days), max(days)
        spare = max(3, (last - first) // 40)
        scale = Scale(first - spare, last + spare, 24, width - 24)
        for number, acts in enumerate(lanes):
            words = f"{names[number]} towards {names[1 - number]}"
            _draw_lane(drawing, scale, acts, words, top + sum(heights[:number]))
        _draw_days(drawing, scale, first - spare, last + spare, bottom)
    else:
        drawing.text((24, top + 30), "No dated happening between the two.", palette.MUTED, _PLAIN)
    for number, line in enumerate(sources):
        drawing.text((24, bottom + 46 + 15 * number), line, palette.MUTED, _SMALL)
    return drawing


def _acts(happenings: Sequence[Happening], source: str, target: str) -> list[_Act]:
    weights = Weights.load()
    found = []
    for one in happenings:
        if one.date is None or one.date.start is None:
            continue
        if not any(ref.territory == source for ref in one.sources):
            continue
        if not any(ref.territory == target for ref in one.targets):
            continue
        start = date.fromisoformat(one.date.start).toordinal()
        end = date.fromisoformat(one.date.end or one.date.start).toordinal()
        found.append(_Act((start + end) // 2, one.type, weights.of(one.type).score, one.witnesses, one.happening_id))
    return sorted(found, key=lambda act: (act.day, act.happening_id))


def _room(acts: Sequence[_Act], *, friendly: bool) -> float:
    """What one side of a line needs, its names included."""
    reaches = [act.reach for act in acts if act.is_friendly == friendly]
    return max(reaches) + 20 if reaches else 8.0


def _height(acts: Sequence[_Act]) -> float:
    return 26 + _room(acts, friendly=True) + _room(acts, friendly=False) + 10


def _draw_lane(drawing: Drawing, scale: Scale, acts: Sequence[_Act], words: str, top: float) -> None:
    drawing.text((scale.first, top + 14), words, palette.INK, _PLAIN, bold=True)
    middle = top + 26 + _room(acts, friendly=True)
    for act in sorted(acts, key=lambda act: (-act.reach, act.day, act.happening_id)):
        corner = (scale(act.day + 0.5) - 1.25, middle - act.reach if act.is_friendly else middle)
        says = f"{day_words(act.day)}: {act.kind}"
        drawing.box(corner, 2.5, act.reach, palette.QUADS[palette.quad_of(act.kind)], says=says)
    drawing.line((scale.first, middle), (scale.last, middle), palette.MUTED)
    for friendly in (True, False):
        _draw_names(drawing, scale, [act for act in acts if act.is_friendly == friendly], middle, friendly=friendly)


def _draw_names(drawing: Drawing, scale: Scale, acts: Sequence[_Act], middle: float, *, friendly: bool) -> None:
    """The gravest on one side of the line, each just clear of the marks beside it, none running into another."""
    taken: list[tuple[float, float]] = []
    for act in sorted(acts, key=lambda act: (-act.reach, -act.witnesses, act.day, act.happening_id)):
        words = f"{act.kind.capitalize()}, {day_words(act.day)}"
        size = width_of(words, _SMALL)
        left = min(max(scale(act.day + 0.5) - size / 2, scale.first), scale.last - size)
        if any(left < end + 12 and left + size > start - 12 for start, end in taken):
            continue
        taken.append((left, left + size))
        beside = [one.reach for one in acts if left - 2 <= scale(one.day + 0.5) <= left + size + 2]
        away = max(beside) + 5
        y = middle - away if friendly else middle + away + 9
        drawing.text((left, y), words, palette.INK, _SMALL)
        if len(taken) == NAMED:
            return


def _draw_days(drawing: Drawing, scale: Scale, first: int, last: int, y: float) -> None:
    drawing.line((scale.first, y), (scale.last, y), palette.MUTED)
    end = -1e9
    for tick in ticks(first, last, scale.last - scale.first):
        x = scale(tick.day)
        drawing.line((x, y), (x, y + 4), palette.MUTED)
        half = width_of(tick.words, _SMALL) / 2
        if x - half < max(end + 6, 4) or x + half > drawing.width - 4:
            continue
        end = x + half
        colour = palette.INK if tick.is_year else palette.MUTED
        drawing.text((x, y + 17), tick.words, colour, _SMALL, anchor="middle")
