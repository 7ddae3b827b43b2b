"""The index out of a record: what is kept at hand is what the rows say, and what must not matter does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from detente.errors import UsageError
from detente.knowledge import Knowledge
from detente.model import ActorRef, AnyRecord, Event
from detente.model.vocabulary import EventType, Modality, Polarity
from detente.recording.store import Store
from detente.relating.happenings import relate
from detente.relating.index import index_of, left_out, named, opened, refresh
from detente.relating.index.leaving import STATUS_SQL
from detente.relating.status import status_of
from records import KENYA, NORWAY, PERU, article

TYPES: tuple[EventType, ...] = ("ACCUSE", "CONSULT", "SANCTION", "AGREE", "REJECT", "AID")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "record.db") as opened:
        yield opened


def told(
    number: int, *, outlet: str = "The Harbour Post", a: tuple[str, str] = KENYA, b: tuple[str, str] = PERU
) -> list[AnyRecord]:
    """An article on a happening of its own, in a month of its own."""
    day = f"{2023 + number // 12}-{1 + number % 12:02}-07"
    return article(
        a, b, uri=f"https://one.example/{outlet}/{number}", more=f" Note {number} of {outlet}.", published=day,
        event_date=day, outlet=outlet, event_type=TYPES[number % len(TYPES)],
    )  # fmt: skip


def fill(store: Store, articles: list[list[AnyRecord]], *, keep: bool = True) -> None:
    for records in articles:
        store.add(records)
    relate(store, Knowledge())
    if keep:
        with store.transaction("weighing") as connection:
            refresh(connection)


def numbers(store: Store, **options: object) -> list[tuple[str, float, float, float]]:
    series = index_of(store, "KEN", "PER", **options)  # type: ignore[arg-type]
    return [(point.period, point.level, point.low, point.high) for point in series.points]


def test_what_is_kept_at_hand_is_what_the_rows_say(store: Store) -> None:
    fill(store, [told(number) for number in range(12)], keep=False)
    fresh = index_of(store, "KEN", "PER")
    with store.transaction("weighing") as connection:
        assert refresh(connection) == len(fresh.observations) == 12
        assert refresh(connection) == 0
    assert index_of(store, "KEN", "PER") == fresh
    store.add(told(13))
    relate(store, Knowledge())
    assert len(index_of(store, "KEN", "PER").observations) == 13


def test_the_two_sides_may_change_places(store: Store) -> None:
    fill(store, [told(number) for number in range(8)] + [told(number, a=PERU, b=KENYA) for number in range(8, 12)])
    assert index_of(store, "KEN", "PER") == index_of(store, "PER", "KEN")
    one, other = (index_of(store, *pair, directed=True) for pair in (("KEN", "PER"), ("PER", "KEN")))
    assert len(one.observations) == 8
    assert len(other.observations) == 4


def test_two_other_countries_with_the_same_happenings_have_the_same_index(tmp_path: Path) -> None:
    found = []
    for a, b in ((KENYA, PERU), (PERU, NORWAY)):
        with Store.open(tmp_path / f"{a[0]}.db") as store:
            fill(store, [told(number, a=a, b=b) for number in range(10)])
            series = index_of(store, a[0], b[0])
            found.append((series.points, series.spreads, series.changes))
    assert found[0] == found[1]


def test_copies_of_one_text_move_nothing(store: Store) -> None:
    fill(store, [told(number) for number in range(10)])
    before = numbers(store)
    for number in range(10):
        same = [*told(number)]
        document = same[0]
        copied = article(
            uri=f"https://copy.example/{number}", more=f" Note {number} of The Harbour Post.", outlet="The Copyist",
            published=document.published.start, event_date=document.published.start,  # type: ignore[union-attr]
            event_type=TYPES[number % len(TYPES)],
        )  # fmt: skip
        store.add(copied)
    relate(store, Knowledge())
    with store.transaction("weighing") as connection:
        refresh(connection)
    assert numbers(store) == before


def test_the_order_of_arrival_does_not_matter_in_a_record(tmp_path: Path) -> None:
    found = []
    for name, order in (("one", 1), ("other", -1)):
        with Store.open(tmp_path / f"{name}.db") as store:
            fill(store, [told(number) for number in range(12)][::order])
            found.append(numbers(store))
    assert found[0] == found[1]


def test_without_an_outlet_is_as_if_it_had_never_been_read(tmp_path: Path) -> None:
    with Store.open(tmp_path / "both.db") as both, Store.open(tmp_path / "one.db") as one:
        kept = [told(number) for number in range(8)]
        fill(both, kept + [told(number, outlet="Hill Gazette") for number in range(8, 12)])
        fill(one, kept)
        assert numbers(both, without=["outlet=hill gazette"]) == numbers(one)
        assert numbers(both) != numbers(one)


@pytest.mark.parametrize("is_kept", [True, False])
def test_what_is_left_out_by_document_territory_speaker_and_status(store: Store, is_kept: bool) -> None:
    rows = [told(number) for number in range(6)]
    rows[0] = [with_voice(row) for row in rows[0]]
    rows[5] = told(5, a=NORWAY, b=PERU)
    fill(store, rows, keep=is_kept)
    count = {
        text: len(index_of(store, "KEN", "PER", without=[text]).observations)
        for text in ("territory=KEN", "territory=NOR", "speaker=Harbour Master", "status=claimed", "status=asserted",
                     f"document={rows[1][0].document_id}")  # type: ignore[union-attr]
    }  # fmt: skip
    assert list(count.values()) == [0, 5, 4, 4, 1, 4]
    both = index_of(store, "KEN", "PER", without=["status=claimed", left_out("status=asserted")])
    assert both.observations == ()
    assert both.without == ("status=claimed", "status=asserted")


def with_voice(row: AnyRecord) -> AnyRecord:
    from msgspec.structs import replace

    master = ActorRef(actor_id="act-harbour", name="Harbour Master", kind="office")
    return replace(row, voices=(*row.voices, master)) if isinstance(row, Event) else row


@pytest.mark.parametrize("text", ["outlet", "outlet=", "colour=red", "status=likely", "=x", ""])
def test_what_cannot_be_left_out_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        left_out(text)


@pytest.mark.parametrize("modality", get_args(Modality))
@pytest.mark.parametrize("polarity", get_args(Polarity))
@pytest.mark.parametrize("is_claimed", [True, False])
def test_the_status_in_sql_is_the_status(
    store: Store, modality: Modality, polarity: Polarity, is_claimed: bool
) -> None:
    from msgspec.structs import replace

    rows = [replace(row, modality=modality, polarity=polarity) if isinstance(row, Event) else row for row in told(0)]
    store.add([with_voice(row) for row in rows] if is_claimed else rows)
    (event,) = store.events()
    found = store.reader.execute(f"SELECT {STATUS_SQL} FROM record_event e").fetchone()[0]
    assert found == status_of(event)


def test_a_corrected_article_takes_its_happening_with_it(store: Store) -> None:
    fill(store, [told(number) for number in range(6)])
    store.add(article(uri="https://one.example/The Harbour Post/3", a=NORWAY, b=PERU, more=" Corrected."))
    relate(store, Knowledge())
    for _ in range(2):
        assert len(index_of(store, "KEN", "PER").observations) == 5
        with store.transaction("weighing") as connection:
            refresh(connection)


def test_another_table_of_weights_is_seen_at_once(store: Store) -> None:
    fill(store, [told(number) for number in range(6)])
    with store.transaction("pretending") as connection:
        connection.execute("UPDATE relate_index_basis SET digest = 'older'")
        connection.execute("UPDATE relate_index SET score = 9")
    assert {one.score for one in index_of(store, "KEN", "PER").observations} != {9.0}
    with store.transaction("weighing") as connection:
        assert refresh(connection) == 6
    assert {one.score for one in index_of(store, "KEN", "PER").observations} != {9.0}


def test_an_unknown_dyad_has_nothing_to_say(store: Store) -> None:
    fill(store, [told(0)])
    assert index_of(store, "KEN", "LAO").points == ()


@pytest.mark.parametrize("text", ["outlet=Hill Gazete", "speaker=Nobody", "territory=Atlantis", "document=doc-zz"])
def test_leaving_out_what_the_record_does_not_hold_is_refused(store: Store, text: str) -> None:
    fill(store, [told(0), told(1, outlet="Hill Gazette")])
    with pytest.raises(UsageError, match=text.partition("=")[2]) as refused:
        numbers(store, without=[text])
    assert "Hill Gazette" in str(refused.value) or not text.startswith("outlet")


def test_a_document_left_out_is_one_and_a_territory_may_go_by_its_name(store: Store) -> None:
    fill(store, [told(number) for number in range(4)])
    with pytest.raises(UsageError, match="several documents"):
        numbers(store, without=["document=doc-"])
    assert index_of(store, "KEN", "PER", without=["territory=kenya"]).without == ("territory=KEN",)


@pytest.mark.parametrize("sides", [("KEN", "KEN"), ("KEN", "Peru"), ("act-nobody", "KEN")])
def test_an_index_has_two_sides_that_are_known(store: Store, sides: tuple[str, str]) -> None:
    fill(store, [told(0)])
    with pytest.raises(UsageError):
        index_of(store, *sides)


@pytest.mark.parametrize("scope", [{"since": "2024", "until": "2023-12"}, {"step": "day", "until": "9999"}])
def test_a_time_that_is_none_or_endless_is_refused(store: Store, scope: dict[str, str]) -> None:
    fill(store, [told(number) for number in range(4)])
    with pytest.raises(UsageError):
        numbers(store, **scope)
    assert numbers(store, since="2023-02", until="2023-02")


def test_an_opened_period_says_whether_there_is_enough_to_say(store: Store) -> None:
    fill(store, [told(number) for number in range(12)])
    series = index_of(store, "KEN", "PER")
    for point in series.points:
        found = opened(series, named(point.period))
        assert found is not None and found.is_said == point.is_said
        assert found.level == pytest.approx(point.level)
    later = opened(series, named("2099"))
    assert later is not None and not later.is_said
