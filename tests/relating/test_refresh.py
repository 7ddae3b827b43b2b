"""What lies across articles is up to date, or it is said that it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.records import article

import detente
from detente.errors import StoreError
from detente.knowledge import Knowledge
from detente.model import Event
from detente.recording.store import Store
from detente.relating.refresh import NotRelated, bring_up_to_date, is_related, pending, require_related
from detente.relating.status import STATUSES, status_of


def test_articles_wait_until_they_are_held_against_the_others(tmp_path: Path) -> None:
    with Store.open(tmp_path / "record.db") as store:
        assert is_related(store)
        store.add(article())
        assert (pending(store), is_related(store)) == (1, False)
        with pytest.raises(NotRelated, match="1 article"):
            require_related(store)
        first = bring_up_to_date(store, Knowledge())
        assert (first.documents, pending(store), is_related(store)) == (1, 0, True)
        assert first.happenings == store.counts().happenings > 0
        again = bring_up_to_date(store, Knowledge())
        assert (again.documents, again.happenings) == (0, first.happenings)


def test_the_same_article_again_leaves_nothing_waiting(tmp_path: Path) -> None:
    with Store.open(tmp_path / "record.db") as store:
        store.add(article())
        bring_up_to_date(store, Knowledge())
        assert store.add(article()) == "same"
        assert is_related(store)


def test_a_superseded_article_takes_its_happenings_with_it(tmp_path: Path) -> None:
    with Store.open(tmp_path / "record.db") as store:
        store.add(article())
        before = bring_up_to_date(store, Knowledge())
        assert store.add(article(more=" It was said again.")) == "superseded"
        after = bring_up_to_date(store, Knowledge())
        assert (after.documents, after.happenings) == (2, before.happenings)
        shown = {doc.document_id for doc in store.documents()}
        held = {row[0] for row in store.reader.execute("SELECT json FROM relate_happening")}
        assert all(any(doc in json for doc in shown) for json in held)


def test_a_record_read_in_python_says_that_it_is_behind(tmp_path: Path) -> None:
    db = tmp_path / "record.db"
    with Store.open(db) as store:
        store.add(article())
    with detente.Record(db) as record, pytest.raises(NotRelated) as behind:
        record.happenings()
    assert "detente.relate" in str(behind.value)
    assert detente.relate(db).documents == 1
    with detente.Record(db) as record:
        assert record.happenings(dyad=("KEN", "PER"))
        assert record.frame("happenings", library="arrow").num_rows == record.counts().happenings
        assert record.dyad("PER", "KEN").one == "KEN"
        assert record.index("KEN", "PER").step == "month"
        assert record.forecast("KEN", "PER").source == "KEN"


def test_there_is_nothing_to_relate_where_there_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        detente.relate(tmp_path / "none.db")


@pytest.mark.parametrize(
    ("modality", "polarity", "voices", "status"),
    [
        ("actual", "affirmed", 1, "asserted"),
        ("actual", "affirmed", 2, "claimed"),
        ("habitual", "affirmed", 1, "asserted"),
        ("actual", "negated", 2, "denied"),
        ("future", "affirmed", 1, "planned"),
        ("possible", "negated", 2, "planned"),
        ("hypothetical", "affirmed", 1, "planned"),
    ],
)
def test_an_event_stands_in_one_of_four_ways(modality: str, polarity: str, voices: int, status: str) -> None:
    from msgspec.structs import replace

    event = next(row for row in article() if isinstance(row, Event))
    voice = event.sources[0]
    found = status_of(replace(event, modality=modality, polarity=polarity, voices=(voice,) * voices))
    assert found == status and found in STATUSES
