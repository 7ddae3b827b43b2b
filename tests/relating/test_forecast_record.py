"""From a record to its history: what counts, when it was known, and what must not matter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from detente.errors import UsageError
from detente.knowledge import Knowledge
from detente.model import AnyRecord, Date, Event
from detente.recording.store import Store
from detente.relating.forecast import forecast
from detente.relating.forecast.gathering import behind, gather, last_day
from detente.relating.forecast.history import TYPES
from detente.relating.forecast.simulating import LAWS, simulate
from detente.relating.refresh import bring_up_to_date
from records import KENYA, NORWAY, PERU, article
from simulated_record import fill


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "record.db") as opened:
        yield opened


def told(
    number: int, *, outlet: str = "The Harbour Post", late: int = 1, copy: int = 0, **changes: object
) -> list[AnyRecord]:
    """An article on something of its own, in a month of its own; `changes` are made to its event."""
    day = date(2023, 1 + number % 12, 7 + number // 12)
    records = article(
        KENYA, PERU, uri=f"https://one.example/{outlet}/{number}/{copy}",
        more=f" Note {number}." + " It was printed again." * copy,
        published=date.fromordinal(day.toordinal() + late).isoformat(), event_date=day.isoformat(), outlet=outlet,
    )  # fmt: skip
    return [replace(row, **changes) if isinstance(row, Event) else row for row in records]


def keep(store: Store, *articles: list[AnyRecord]) -> list[tuple[str, str, str, str, str]]:
    """The rows of the history once these are in the record: source, target, type, day, known."""
    for records in articles:
        store.add(records)
    bring_up_to_date(store, Knowledge())
    history = gather(store).history
    return [
        (
            history.parties[history.source[row]],
            history.parties[history.target[row]],
            TYPES[history.kind[row]],
            date.fromordinal(int(history.day[row])).isoformat(),
            date.fromordinal(int(history.known[row])).isoformat(),
        )
        for row in range(len(history))
    ]


def test_a_happening_counts_on_its_day_and_is_known_from_its_publication_on(store: Store) -> None:
    assert keep(store, told(0, late=3)) == [("KEN", "PER", "ACCUSE", "2023-01-07", "2023-01-10")]


def test_it_is_known_from_the_earliest_article_on_and_counts_once(store: Store) -> None:
    rows = keep(store, told(0, late=9), told(0, outlet="Andes Daily", late=2), told(0, outlet="Hill Gazette", late=5))
    assert rows == [("KEN", "PER", "ACCUSE", "2023-01-07", "2023-01-09")]


@pytest.mark.parametrize("changes", [{"polarity": "negated"}, {"modality": "future"}, {"modality": "habitual"}])
def test_what_is_denied_planned_or_habitual_does_not_count(store: Store, changes: dict[str, str]) -> None:
    assert keep(store, told(0, **changes)) == []


def test_what_is_only_claimed_counts(store: Store) -> None:
    event = next(row for row in told(0) if isinstance(row, Event))
    assert len(keep(store, told(0, voices=(*event.voices, event.sources[0])))) == 1


def test_what_is_told_of_a_whole_year_has_no_day(store: Store) -> None:
    year = Date(start="2023-01-01", end="2023-12-31", precision="year", basis="text", raw="2023")
    assert keep(store, told(0, date=year)) == []
    assert gather(store).vague == 1


def test_doubling_an_outlets_articles_changes_nothing(tmp_path: Path) -> None:
    found = []
    for copies in (1, 2):
        with Store.open(tmp_path / f"{copies}.db") as store:
            found.append(keep(store, *(told(number, copy=copy) for copy in range(copies) for number in range(12))))
            assert store.counts().documents == 12 * copies
    assert found[0] == found[1]
    assert len(found[0]) == 12


def test_an_article_that_was_replaced_counts_no_more(store: Store) -> None:
    first, second = told(0), told(5)
    second = [replace(row, uri=first[0].uri) if row is second[0] else row for row in second]  # type: ignore[attr-defined, type-var]
    assert [row[3] for row in keep(store, first, second)] == ["2023-06-07"]


def test_a_happening_opens_to_its_events(store: Store) -> None:
    keep(store, told(0), told(5))
    history = gather(store).history
    for row in behind(store, history.happening.tolist()).values():
        assert row.happening_id.startswith("hap-")
        assert all(store.get(event) is not None for event in row.event_ids)


def test_a_thin_record_abstains_and_says_why(store: Store) -> None:
    keep(store, *(told(number) for number in range(3)))
    found = forecast(store, "KEN", "PER")
    assert found.as_of == "2023-03-08", "the last day of the record, not today"
    assert all(chance.probability is None for chance in found.chances)
    assert all("3 happenings between KEN and PER" in chance.abstains[0] for chance in found.chances)


def test_what_happened_before_anybody_told_day_by_day_does_not_count(store: Store) -> None:
    long_ago = Date(start="1999-05-03", end="1999-05-03", precision="day", basis="text", raw="3 May 1999")
    keep(store, *(told(number) for number in range(2)), told(5, date=long_ago))
    found = forecast(store, "KEN", "PER")
    assert found.forward == 2
    assert found.since == "2023-01-07"
    assert any("1 happening of long before the first article" in note for note in found.notes)


def test_an_empty_record_and_impossible_questions_are_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="bears no date"):
        forecast(store, "KEN", "PER")
    keep(store, told(0))
    with pytest.raises(UsageError, match="two sides"):
        forecast(store, "KEN", "KEN")
    with pytest.raises(UsageError, match="neither a territory"):
        forecast(store, "KEN", "Atlantis")
    with pytest.raises(UsageError, match="no days ahead"):
        forecast(store, "KEN", "PER", horizons=(0, 7))
    with pytest.raises(UsageError, match="does not reach"):
        forecast(store, "KEN", "PER", as_of="2031-01-01")
    with pytest.raises(UsageError, match="is no day"):
        forecast(store, "KEN", "PER", as_of="soon")


def test_a_record_reads_back_the_simulated_history_that_was_put_into_it(tmp_path: Path) -> None:
    made = simulate(LAWS[4], pairs=3, days=300, seed=2)
    names = {name: name for name in made.history.parties}
    with Store.open(fill(tmp_path / "sim.db", made.history, names), read_only=True) as store:
        found = gather(store).history
        assert found.parties == made.history.parties
        for column in ("source", "target", "kind", "day", "known"):
            assert getattr(found, column).tolist() == getattr(made.history, column).tolist()
        assert last_day(store) == int(made.history.known.max())


def test_a_forecast_from_a_record_opens_to_event_ids_and_looks_ahead_with_the_index(tmp_path: Path) -> None:
    made = simulate(LAWS[3], pairs=10, days=700, seed=3)
    names = {name: name for name in made.history.parties}
    names |= {"P002": KENYA[0], "P003": NORWAY[0]}
    with Store.open(fill(tmp_path / "sim.db", made.history, names), read_only=True) as store:
        found = forecast(store, "KEN", "NOR", horizons=(30,))
        given = [chance for chance in found.chances if chance.probability is not None]
        assert given
        for chance in given:
            assert chance.card is not None
            assert 0 < chance.probability < 1  # type: ignore[operator]
            assert all(driver.happening_id.startswith("hap-") and driver.event_ids for driver in chance.drivers)
        assert found.ahead.now is not None
        (month,) = found.ahead.levels
        assert month.high - month.low > found.ahead.now.high - found.ahead.now.low
        earlier = forecast(store, "KEN", "NOR", horizons=(30,), as_of=found.since[:4] + "-12-31")
        assert earlier.forward < found.forward
