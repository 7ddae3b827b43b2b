"""Pictures: the same bytes for the same rows, whole and readable at any width, and nothing hidden."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from detente.errors import ExportFailed, UsageError
from detente.model import ActorRef, Date, Happening
from detente.relating.index import IndexSeries, Weights, levels
from detente.relating.index.observations import Observation
from detente.relating.index.simulating import World, simulate
from detente.serving.plots import index_picture, plot_index, plot_timeline, timeline_picture
from detente.serving.plots.drawing import Drawing
from detente.serving.plots.lettering import width, wrapped
from detente.serving.plots.palette import QUADS
from detente.serving.plots.scales import Scale, levels_shown, ticks
from detente.serving.plots.writing import png

PRIOR = Weights.load().prior
SVG = "{http://www.w3.org/2000/svg}"
WORLD = World(days=900, rate=0.4, year=2.0, day=1.5, start=3.0, breaks=((450, -5.0),))


def made(rows: tuple[Observation, ...], parties: tuple[str, str] = ("KEN", "PER"), **changes: object) -> IndexSeries:
    return replace(levels(rows, "month", prior=PRIOR), parties=parties, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def rows() -> tuple[Observation, ...]:
    return simulate(WORLD, 1).observations


@pytest.fixture(scope="module")
def series(rows: tuple[Observation, ...]) -> IndexSeries:
    return made(rows)


def words(drawing: Drawing) -> list[str]:
    return ["".join(node.itertext()) for node in ET.fromstring(drawing.svg()).iter(f"{SVG}text")]


def placed(drawing: Drawing) -> list[tuple[str, float, float]]:
    """Each line of words with where it begins and ends across the picture."""
    found = []
    for node in ET.fromstring(drawing.svg()).iter(f"{SVG}text"):
        text, size = "".join(node.itertext()), float(node.attrib["font-size"])
        wide = width(text, size, bold="font-weight" in node.attrib)
        back = {"start": 0.0, "middle": wide / 2, "end": wide}[node.attrib.get("text-anchor", "start")]
        found.append((text, float(node.attrib["x"]) - back, float(node.attrib["x"]) - back + wide))
    return found


def test_the_same_rows_make_the_same_bytes(rows: tuple[Observation, ...], series: IndexSeries) -> None:
    again = made(rows[::-1])
    assert index_picture(series).svg() == index_picture(again).svg()
    assert png(index_picture(series)) == png(index_picture(again))


@pytest.mark.parametrize("wide", [500.0, 900.0, 1400.0])
@pytest.mark.parametrize("parties", [("KEN", "PER"), ("VCT", "BIH")])
def test_words_stay_inside_the_picture_at_any_width(
    rows: tuple[Observation, ...], wide: float, parties: tuple[str, str]
) -> None:
    less = made(rows[::2], parties, without=("outlet=The Very Long Name of a Provincial Newspaper",))
    for drawing in (index_picture(made(rows, parties), compared=less, width=wide), index_picture(less, width=wide)):
        assert all(start >= 0 and end <= wide + 1 for _, start, end in placed(drawing))


def test_the_picture_says_who_and_what_and_whence_and_how_it_ends(series: IndexSeries) -> None:
    said = " ".join(words(index_picture(series)))
    for part in ("Kenya and Peru", "warmer", "colder", "friendly deeds", "hostile words", "Source:", "80 % certainty"):
        assert part in said
    assert f"{series.points[-1].level:+.1f}".replace("-", "\u2212") in said
    assert "colder at once" in said


def test_a_picture_of_an_index_without_something_says_without_what(rows: tuple[Observation, ...]) -> None:
    said = " ".join(words(index_picture(made(rows, without=("outlet=Hill Gazette",)))))
    assert "Without outlet=Hill Gazette." in said
    assert "Without" not in " ".join(words(index_picture(made(rows))))


def test_all_happenings_of_a_short_series_stand_in_the_strip_each_with_its_day(rows: tuple[Observation, ...]) -> None:
    few = rows[:60]
    root = ET.fromstring(index_picture(made(few)).svg())
    stems = [node for node in root.iter(f"{SVG}rect") if node.find(f"{SVG}title") is not None]
    assert len(stems) == len(few)
    assert {node.attrib["fill"] for node in stems} <= set(QUADS.values())
    assert all("score" in "".join(node.itertext()) for node in stems)
    named = index_picture(made(few), [replace(happening(1, None, "KEN", "PER"), happening_id=few[3].happening_id)])
    assert named.svg().count("KEN &gt; PER") == 1


def test_bars_of_a_long_series_are_as_high_as_their_counts(rows: tuple[Observation, ...]) -> None:
    root = ET.fromstring(index_picture(made(rows)).svg())
    high = sum(float(n.attrib["height"]) for n in root.iter(f"{SVG}rect") if n.attrib["fill"] in QUADS.values())
    swatches = 4 * 8.0
    series = made(rows)
    most = max(max(p.conflict, p.cooperation + p.happenings - p.conflict - p.cooperation) for p in series.points)
    assert high - swatches == pytest.approx(len(rows) * 38.0 / most, rel=0.15)


def test_where_there_is_nothing_to_say_the_picture_says_so(rows: tuple[Observation, ...]) -> None:
    assert "not enough to say" in words(index_picture(made(())))
    assert "not enough to say" in words(index_picture(made(rows[:2])))


def test_a_png_is_drawn_at_twice_the_size_in_letters_of_its_own(series: IndexSeries, tmp_path: Path) -> None:
    plot_index(series, (), tmp_path / "index.png", width=500)
    data = (tmp_path / "index.png").read_bytes()
    assert struct.unpack(">II", data[16:24])[0] == 1000
    plain = Drawing(40, 20, title="x")
    lettered = Drawing(40, 20, title="x")
    lettered.text((2, 15), "Äé", "#000000", 12)
    assert png(plain) != png(lettered)


def test_words_that_are_markup_are_written_as_words(rows: tuple[Observation, ...]) -> None:
    less = made(rows[::2], without=('outlet=<b>A & "B"</b>',))
    assert any('<b>A & "B"' in " ".join(words(index_picture(made(rows), compared=less, width=900))) for _ in [0])


def test_another_kind_of_file_and_a_place_that_cannot_be_written_are_refused(
    series: IndexSeries, tmp_path: Path
) -> None:
    with pytest.raises(UsageError):
        plot_index(series, (), tmp_path / "index.gif")
    with pytest.raises(ExportFailed):
        plot_index(series, (), tmp_path / "no" / "index.svg")


def happening(number: int, day: str | None, a: str, b: str, kind: str = "ACCUSE") -> Happening:
    when = None if day is None else Date(start=day, end=day, precision="day", basis="text", raw=day)
    one, other = (ActorRef(actor_id=f"act-{code}", name=code, territory=code) for code in (a, b))
    return Happening(
        happening_id=f"hap-{number}", event_ids=(), document_ids=(), witnesses=1, type=kind,  # type: ignore[arg-type]
        sources=(one,), targets=(other,), date=when,
    )  # fmt: skip


def test_a_timeline_has_a_lane_for_each_side_and_tells_what_bears_no_date(tmp_path: Path) -> None:
    rows = [happening(n, f"2024-{n:02}-05", *pair) for n, pair in enumerate([("KEN", "PER"), ("PER", "KEN")] * 3, 1)]
    drawing = timeline_picture([*rows, happening(9, None, "KEN", "PER")], parties=("KEN", "PER"))
    said = words(drawing)
    assert {"Kenya towards Peru", "Peru towards Kenya"} <= set(said)
    assert "1 more bear no date" in " ".join(said)
    assert sum(word.startswith("Accuse, 5 ") for word in said) == 6
    marks = [node for node in ET.fromstring(drawing.svg()).iter(f"{SVG}rect") if node.find(f"{SVG}title") is not None]
    assert len(marks) == 6
    plot_timeline(rows, tmp_path / "line.svg", parties=("KEN", "PER"))
    assert (tmp_path / "line.svg").read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize("wide", [500.0, 900.0])
def test_names_on_a_timeline_do_not_run_into_one_another(wide: float) -> None:
    rows = [happening(n, f"2024-03-{1 + n % 28:02}", "KEN", "PER", "ASSAULT") for n in range(60)]
    drawing = timeline_picture(rows, parties=("KEN", "PER"), width=wide)
    names = sorted((start, end) for text, start, end in placed(drawing) if text.startswith("Assault"))
    assert len(names) >= 2
    assert all(end < start for (_, end), (start, _) in pairwise(names))
    assert all(start >= 0 and end <= wide for start, end in names)


def test_an_empty_timeline_says_so() -> None:
    assert "No dated happening between the two." in words(timeline_picture([], parties=("KEN", "PER")))


@pytest.mark.parametrize("days", [1, 9, 40, 200, 800, 3000, 20000])
@pytest.mark.parametrize("room", [380.0, 760.0])
def test_days_that_bear_a_label_lie_inside_and_have_room(days: int, room: float) -> None:
    first = 738000
    found = ticks(first, first + days - 1, room)
    scale = Scale(first, first + days, 0.0, room)
    assert all(first <= tick.day < first + days for tick in found)
    assert len(found) <= room / 40
    assert days < 40 or found
    assert [scale(tick.day) for tick in found] == sorted(scale(tick.day) for tick in found)


@pytest.mark.parametrize(("low", "high"), [(-0.2, 0.3), (-10, 10), (-9.7, -3), (2, 4.9), (-2.0, 6.1), (0, 0)])
def test_the_scale_of_levels_holds_all_and_zero(low: float, high: float) -> None:
    bottom, top, labels = levels_shown(low, high)
    assert -10 <= bottom <= min(low, 0)
    assert max(high, 0) <= top <= 10
    assert 0 in labels


def test_lines_are_wrapped_at_spaces_and_none_is_wider_than_the_room() -> None:
    text = "The band holds it with certainty in four of five cases, says the page"
    lines = wrapped(text, 12, 150)
    assert " ".join(lines) == text
    assert all(width(line, 12) <= 150 for line in lines)
