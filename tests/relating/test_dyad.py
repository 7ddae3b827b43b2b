"""The page on two territories: direction, changes, who speaks, what is missing; and that it takes no side."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.records import KENYA, LAOS, NORWAY, PERU, Side, article

from detente.errors import UsageError
from detente.knowledge import Knowledge
from detente.model import AnyRecord, Event
from detente.model.vocabulary import EventType
from detente.recording.store import Store
from detente.relating.dyad.changes import changes
from detente.relating.dyad.headline import headline
from detente.relating.dyad.page import DyadPage, dyad_page
from detente.relating.dyad.rows import Brief
from detente.relating.index import IndexSeries, Point
from detente.relating.refresh import bring_up_to_date


def happened(day: str, kind: str = "ASSAULT", number: int = 0) -> Brief:
    at = date.fromisoformat(day).toordinal()
    return Brief(happening_number=number, happening_id=f"hap-{kind}-{day}-{number}", type=kind, start=at, end=at)


def days_before(day: str, count: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=count)).isoformat()


LAST = "2024-06-30"


def test_a_first_act_of_its_kind_is_told_as_first() -> None:
    (change,) = changes([happened("2023-01-01", "CONSULT"), happened(LAST)])
    assert (change.kind, change.type, change.happening_ids) == ("first", "ASSAULT", (f"hap-ASSAULT-{LAST}-0",))


def test_nothing_is_first_in_a_record_that_has_just_begun() -> None:
    assert changes([happened(LAST)]) == ()


def test_more_is_said_from_twice_the_rate_and_two_more_on() -> None:
    before = [happened(days_before(LAST, 40), number=n) for n in range(3)]
    latest = [happened(LAST, number=n) for n in range(3)]
    (change,) = changes([*before, *latest])
    assert (change.kind, change.latest, change.before) == ("more", 3, 3)
    assert changes([*before, *latest[:2]]) == ()


def test_what_has_ended_and_what_grows_less() -> None:
    old = [happened(days_before(LAST, 31 + n), number=n) for n in range(9)]
    talk = [happened(days_before(LAST, 400), "CONSULT"), happened(LAST, "CONSULT")]
    (ended,) = changes([*old, *talk])
    assert (ended.kind, ended.latest, ended.before) == ("ended", 0, 9)
    (fewer,) = changes([*old, happened(LAST)])
    assert (fewer.kind, fewer.latest) == ("fewer", 1)


def test_the_windows_are_thirty_and_ninety_days() -> None:
    inside = [happened(days_before(LAST, n)) for n in (0, 29)]
    before = [happened(days_before(LAST, n)) for n in (30, 119)]
    # two against two in three times as long is not more by two
    assert changes([*inside, *before, happened(days_before(LAST, 121), "CONSULT")]) == ()
    third = happened(LAST, number=1)
    (change,) = changes([*inside, third, *before])
    assert (change.latest, change.before) == (3, 2)


def page_of(
    tmp_path: Path, a: Side, b: Side, *, name: str = "record.db", **scope: str | None
) -> tuple[DyadPage, list[str]]:
    """A record in which `a` accuses `b` three times, once told by an outlet of `b`; and its documents' ids."""
    ids = []
    with Store.open(tmp_path / name) as store:
        for number, outlet in enumerate((a, a, b)):
            rows = article(
                a,
                b,
                uri=f"https://x.example/{number}",
                more=f" Part {number} of a longer tale about boats, winds and {number * 7} nets.",
                published=f"2024-03-{5 + number * 9:02}",
                event_date=f"2024-03-{4 + number * 9:02}",
                outlet=f"The {outlet[1]} Post",
            )
            store.add(rows)
            ids.append(rows[0].document_id)  # type: ignore[union-attr]
        bring_up_to_date(store, Knowledge())
        return dyad_page(store, a[0], b[0], **scope), ids  # type: ignore[arg-type]


def test_a_page_holds_the_happenings_of_its_two_territories(tmp_path: Path) -> None:
    page, _ = page_of(tmp_path, KENYA, PERU)
    assert page.happenings == len(page.chronology) >= 1
    assert [row.date.start for row in page.chronology if row.date and row.date.start] == sorted(
        row.date.start for row in page.chronology if row.date and row.date.start
    )
    assert {ref.territory for row in page.chronology for ref in (*row.sources, *row.targets)} == {"KEN", "PER"}
    assert sum(outlet.count for outlet in page.outlets) == 3
    assert sum(outlet.share for outlet in page.outlets) == pytest.approx(1)


def test_a_page_names_its_gaps(tmp_path: Path) -> None:
    page, _ = page_of(tmp_path, KENYA, PERU)
    assert any("No outlet from PER" in gap for gap in page.gaps)
    assert not any("No outlet from KEN" in gap for gap in page.gaps)
    assert page.headline.direction == "not enough to say"


def test_a_time_narrows_the_page(tmp_path: Path) -> None:
    page, _ = page_of(tmp_path, KENYA, PERU, since="2024-03-10")
    assert all(row.date and row.date.start and row.date.start >= "2024-03-10" for row in page.chronology)
    nothing, _ = page_of(tmp_path, KENYA, PERU, until="2020")
    assert nothing.chronology == () and nothing.outlets == ()


def test_a_dyad_has_two_sides(tmp_path: Path) -> None:
    with Store.open(tmp_path / "x.db") as store, pytest.raises(UsageError, match="two sides"):
        dyad_page(store, "KEN", "KEN")


def test_exchanging_the_countries_exchanges_the_page(tmp_path: Path) -> None:
    one, _ = page_of(tmp_path, NORWAY, LAOS)
    other, _ = page_of(tmp_path, LAOS, NORWAY, name="other.db")
    swap = {"NOR": "LAO", "LAO": "NOR"}
    assert [row.date for row in one.chronology] == [row.date for row in other.chronology]
    assert one.headline.direction == other.headline.direction
    assert [(swap.get(x.territory or "", x.territory), x.count) for x in one.outlets] == [
        (x.territory, x.count) for x in other.outlets
    ]
    assert len(one.gaps) == len(other.gaps)


def test_a_copy_adds_no_voices_and_no_figures(tmp_path: Path) -> None:
    long = " The harbour lay still, no boat left its berth, and the fishermen mended nets until the evening came." * 3
    pages = []
    with Store.open(tmp_path / "x.db") as store:
        for number in range(2):
            more = long + " This was printed again." * number
            store.add(article(uri=f"https://x.example/{number}", more=more))
            bring_up_to_date(store, Knowledge())
            pages.append(dyad_page(store, "KEN", "PER"))
    one, both = pages
    assert (one.articles, one.independent, both.articles, both.independent) == (1, 1, 2, 1)
    assert [(voice.territory, voice.count) for voice in one.voices] == [(x.territory, x.count) for x in both.voices]
    assert one.voices and one.figures and len(one.figures) == len(both.figures)


def test_what_is_only_planned_or_denied_is_no_change(tmp_path: Path) -> None:
    def told(number: int, kind: EventType, day: str, **changes: str) -> list[AnyRecord]:
        rows = article(uri=f"https://x.example/{number}", more=f" Note {number}.", published=day, event_date=day,
                       event_type=kind)  # fmt: skip
        return [replace(row, **changes) if isinstance(row, Event) else row for row in rows]

    with Store.open(tmp_path / "x.db") as store:
        store.add(told(0, "CONSULT", "2023-01-05"))
        store.add(told(1, "SANCTION", "2024-03-05", modality="future"))
        store.add(told(2, "ASSAULT", "2024-03-15", polarity="negated"))
        store.add(told(3, "ACCUSE", "2024-03-25"))
        bring_up_to_date(store, Knowledge())
        page = dyad_page(store, "KEN", "PER")
    assert page.happenings == 4
    assert [change.type for change in page.changes] == ["ACCUSE"]


def point(month: int, level: float, *, is_said: bool = True) -> Point:
    return Point(
        period=f"2024-{month:02}", start=f"2024-{month:02}-01", end=f"2024-{month:02}-28", level=level, low=level - 1,
        high=level + 1, is_said=is_said, happenings=1, conflict=1, cooperation=0, witnesses=1,
    )  # fmt: skip


def series_of(*points: Point) -> IndexSeries:
    return IndexSeries(
        step="month", points=points, changes=(), spreads=None, observations=(), undated=0, fitted=None
    )  # fmt: skip


def test_the_headline_looks_three_months_back_over_months_of_which_nothing_is_said() -> None:
    months = [point(n, float(-n), is_said=n not in (5, 6)) for n in range(1, 9)]
    found = headline(series_of(*months), lambda ids: ())
    assert (found.before, found.now) == (months[3], months[7])
    assert found.direction == "colder"


def test_a_single_month_is_told_and_no_direction() -> None:
    found = headline(series_of(point(1, -3.0)), lambda ids: ())
    assert found.direction == "not enough to say" and "-3.0" in found.words and "2024-01" in found.words
