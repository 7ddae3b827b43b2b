"""`detente.Record`: typed lists, frames, and errors that teach."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import detente
from detente.errors import LookupFailed, StoreError, UsageError
from detente.model import Document, Event
from detente.recording.store import Store
from detente.serving.api.record import Record
from records import KENYA, LAOS, NORWAY, PERU, article


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "record.db") as store:
        store.add(article(KENYA, PERU))
        store.add(article(NORWAY, LAOS, uri="u/2", event_type="AID", published="2024-04-01"))
    return tmp_path / "record.db"


@pytest.fixture
def record(path: Path) -> Iterator[Record]:
    with Record(path) as record:
        yield record


def test_the_package_offers_it_under_its_name() -> None:
    assert detente.Record is Record


def test_listings_are_typed_records_with_filters(record: Record) -> None:
    assert [event.type for event in record.events()] == ["ACCUSE", "AID"]
    assert [event.type for event in record.events(dyad=("PER", "KEN"))] == ["ACCUSE"]
    assert all(isinstance(event, Event) for event in record.events())
    assert len(record.documents(since="2024-04")) == 1
    assert len(record.claims(speaker="NOR")) == 1
    assert len(record.figures()) == len(record.moments()) == len(record.places()) == 2
    assert len(record.mentions()) == 4 and len(record.actors()) == 6
    assert record.counts().documents == 2
    assert record.set_aside() == []
    assert len(list(record.records())) == 24


def test_single_rows_and_search(record: Record) -> None:
    event = record.events()[0]
    assert record.get(event.event_id) == event
    assert event in record.rows_of(event.document_id)
    assert record.search("sailors", kinds=["figure"])[0].kind == "figure"
    with pytest.raises(LookupFailed, match="no row"):
        record.get("evt-nothing")
    with pytest.raises(LookupFailed, match="no document"):
        record.rows_of("doc-nothing")


def test_a_filter_that_is_none_says_which_there_are(record: Record) -> None:
    with pytest.raises(UsageError, match=r"colour.*dyad, source"):
        record.events(colour="red")


@pytest.mark.parametrize("library", ["pandas", "polars", "arrow"])
@pytest.mark.parametrize("kind", ["documents", "actors", "mentions", "events", "claims", "figures", "moments", "place"])
def test_frames_hold_the_rows_of_every_kind(record: Record, kind: str, library: str) -> None:
    pytest.importorskip("pyarrow" if library == "arrow" else library)
    for flat in (True, False):
        frame = record.frame(kind, library, flat=flat)  # type: ignore[arg-type]
        assert len(frame) == len(getattr(record, kind if kind.endswith("s") else f"{kind}s")())
        assert f"{kind.removesuffix('s')}_id" in list(frame.column_names if library == "arrow" else frame.columns)


def test_frames_have_typed_columns_real_lists_and_filters(record: Record) -> None:
    polars = pytest.importorskip("polars")
    frame = record.frame("events", "polars", dyad=("KEN", "PER"))
    assert frame["source_territories"].to_list() == [["KEN"]]
    assert frame.schema["goldstein"] == polars.Float64 and frame.schema["evidence_start"] == polars.Int64
    assert record.frame("events", "polars", source="LAO").is_empty()
    assert record.frame("figures", "arrow")["voices"].to_pylist()[0] == "The Harbour Post > ministry of Kenya"


def test_frames_say_what_is_missing(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("pandas", "polars"):
        monkeypatch.setitem(sys.modules, library, None)
        with pytest.raises(UsageError, match=r"pip install 'detente\[frames\]'"):
            record.frame("events", library)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="pandas, polars or arrow"):
        record.frame("events", "dask")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="documents, actors"):
        record.frame("quarrels")


def test_nothing_is_made_where_there_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no record here"):
        Record(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_another_program_may_write_meanwhile(path: Path) -> None:
    with Record(path) as record, Store.open(path) as store:
        assert record.counts().documents == 2
        store.add(article(PERU, LAOS, uri="u/3"))
        assert record.counts().documents == 3
        assert isinstance(record.documents()[0], Document)
    assert repr(record) == f"Record({str(path)!r})"
