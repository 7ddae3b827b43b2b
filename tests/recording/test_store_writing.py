"""Adding documents: what each arrival comes to, and that nothing is ever half written."""

from __future__ import annotations

import itertools
import sqlite3
from pathlib import Path

import pytest
from msgspec.structs import replace

from detente.errors import EvidenceError, InputError
from detente.model import Actor, AnyRecord, Claim, Document, Event, Evidence, Figure, Happening, Place
from detente.recording.store import Filter, Store
from detente.recording.store.failures import RowRefused, StoreReadOnly
from records import LAOS, NORWAY, PERU, article, long_article


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.db"


def document_of(records: list[AnyRecord]) -> Document:
    return next(row for row in records if isinstance(row, Document))


def changed(records: list[AnyRecord], kind: type[AnyRecord], **changes: object) -> list[AnyRecord]:
    return [replace(row, **changes) if isinstance(row, kind) else row for row in records]


def dump(path: Path) -> list[str]:
    """All the record says, as SQL: the same for two databases with the same content and history."""
    with sqlite3.connect(path) as connection:
        return list(connection.iterdump())


def test_a_new_document_is_new_and_reads_back_whole(path: Path) -> None:
    with Store.open(path) as store:
        assert store.add(article()) == "new"
        assert sorted(map(repr, store.records())) == sorted(map(repr, article()))


def test_the_same_document_twice_is_the_same_and_changes_no_byte(path: Path) -> None:
    with Store.open(path) as store:
        store.add(article())
        before = dump(path)
        assert store.add(article()) == "same"
        assert store.add(list(reversed(article()))) == "same"
    assert dump(path) == before


def test_another_reader_version_replaces_the_rows(path: Path) -> None:
    newer = [row for row in article(version="2") if not isinstance(row, Figure)]
    newer = changed(newer, Event, type="REJECT")
    with Store.open(path) as store:
        store.add(article())
        assert store.add(newer) == "reread"
        assert [event.type for event in store.events()] == ["REJECT"]
        assert list(store.figures()) == []
        assert store.counts().documents == 1
        assert store.search("sailors", kinds=["figure"]) == []
        assert {hit.kind for hit in store.search("sailors")} == {"document", "claim"}
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM record_event_party").fetchone() == (2,)
        for index in ("document", "event", "claim", "figure"):
            connection.execute(
                f"INSERT INTO record_{index}_search (record_{index}_search, rank) VALUES ('integrity-check', 1)"
            )


def test_other_rows_for_the_same_version_are_a_rereading_too(path: Path) -> None:
    dated = changed(article(), Event, date=None)
    with Store.open(path) as store:
        store.add(article())
        assert store.add(dated) == "reread"
        assert next(store.events()).date is None


def test_a_corrected_article_supersedes_and_the_old_is_kept(path: Path) -> None:
    old, new = article(), article(more=" Corrected.")
    with Store.open(path) as store:
        store.add(old)
        assert store.add(new) == "superseded"
        assert [doc.document_id for doc in store.documents()] == [document_of(new).document_id]
        assert {event.document_id for event in store.events()} == {document_of(new).document_id}
        assert len(list(store.events(Filter(superseded=True)))) == 2
        assert store.get(document_of(old).document_id) == document_of(old)
        assert len(store.rows_of(document_of(old).document_id)) == len(old)
        standing = store.standing(document_of(old).document_id)
        assert standing is not None and standing.superseded_by == document_of(new).document_id
        assert standing.former_uris == standing.uris == (document_of(old).uri,)
        assert store.counts().documents == store.counts().superseded_documents == store.counts().events == 1
        assert [hit.document_id for hit in store.search("strait", kinds=["document"])] == [document_of(new).document_id]
        assert store.add(new) == "same"


def test_an_address_that_goes_back_to_its_old_words_shows_them_again(path: Path) -> None:
    old, new = article(), article(more=" Corrected.")
    with Store.open(path) as store:
        assert [store.add(rows) for rows in (old, new, old)] == ["new", "superseded", "superseded"]
        assert [doc.document_id for doc in store.documents()] == [document_of(old).document_id]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_one_document_under_several_addresses_bears_the_smallest(path: Path, order: tuple[int, ...]) -> None:
    uris = ["https://b.example/x", "https://a.example/y", "https://c.example/z"]
    with Store.open(path) as store:
        outcomes = [store.add(article(uri=uris[index])) for index in order]
        assert outcomes == ["new", "same", "same"]
        doc = next(store.documents())
        assert doc.uri == "https://a.example/y"
        standing = store.standing(doc.document_id)
        assert standing is not None and standing.uris == tuple(sorted(uris))


def test_a_document_with_an_address_left_is_not_superseded(path: Path) -> None:
    with Store.open(path) as store:
        store.add(article(uri="https://a.example/1"))
        store.add(article(uri="https://b.example/1"))
        assert store.add(article(uri="https://a.example/1", more=" More.")) == "superseded"
        assert [doc.uri for doc in store.documents()] == ["https://a.example/1", "https://b.example/1"]


def test_standard_input_is_no_address_and_supersedes_nothing(path: Path) -> None:
    with Store.open(path) as store:
        for uri in ("-", "-#line=2"):
            assert store.add(article(uri=uri)) in ("new", "same")
            assert store.add(article(uri=uri, more=f" Other {uri}.")) == "new"
        assert store.add(article(uri="-")) == "same"
        assert store.counts().documents == 3
        assert store.add(article(uri="https://one.example/1")) == "same"
        assert store.add(article(uri="https://one.example/1", more=" Corrected.")) == "superseded"
        assert store.counts().superseded_documents == 1


def test_a_row_that_moves_to_another_line_of_its_table_is_shown_again(path: Path) -> None:
    moved = article(b=NORWAY, uri="rows.csv#line=2", more=" Moved.")
    with Store.open(path) as store:
        store.add(moved)
        store.add(article(LAOS, PERU, uri="rows.csv#line=2"))
        assert "act-NOR" not in {actor.actor_id for actor in store.actors()}
        assert store.add(article(b=NORWAY, uri="rows.csv#line=3", more=" Moved.")) == "same"
        assert {doc.uri for doc in store.documents()} == {"rows.csv#line=2", "rows.csv#line=3"}
        assert "act-NOR" in {actor.actor_id for actor in store.actors()}


def test_an_actor_row_is_the_union_of_its_roles_in_any_order(tmp_path: Path) -> None:
    told = [
        article(roles=("accuser",)),
        article(uri="https://one.example/2", more=" Two.", roles=("mediator", "host")),
        article(uri="https://one.example/3", more=" Three.", roles=("host",)),
    ]
    seen = set()
    for order in itertools.permutations(told):
        with Store.open(tmp_path / f"{len(list(tmp_path.iterdir()))}.db") as store:
            for rows in order:
                store.add(rows)
            kenya = store.get("act-KEN")
            assert isinstance(kenya, Actor)
            seen.add((kenya.roles, tuple(map(repr, store.records()))))
    assert len(seen) == 1
    assert seen.pop()[0] == ("accuser", "host", "mediator")


def test_roles_go_with_the_document_that_gave_them(path: Path) -> None:
    with Store.open(path) as store:
        store.add(article(roles=("accuser",)))
        store.add(article(uri="https://one.example/2", b=NORWAY, more=" Two.", roles=("host",)))
        store.add(article(uri="https://one.example/2", b=LAOS, more=" Corrected.", roles=("guest",)))
        assert {actor.actor_id: actor.roles for actor in store.actors()} == {
            "act-KEN": ("accuser", "guest"),
            "act-KEN-ministry": (),
            "act-LAO": ("guest",),
            "act-PER": ("accuser",),
        }
        assert "act-NOR" in {actor.actor_id for actor in store.actors(Filter(superseded=True))}
        store.add(article(version="2", roles=()))
        kenya = store.get("act-KEN")
        assert isinstance(kenya, Actor) and kenya.roles == ("guest",)


def test_wrong_words_stop_the_whole_document(path: Path) -> None:
    with Store.open(path) as store:
        with pytest.raises(EvidenceError):
            store.add(changed(article(), Place, evidence=Evidence(0, 6, "Geneva")))
        assert store.counts().documents == store.counts().events == 0


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "0 documents"),
        ([*article(), *article(more=" Two.")], "2 documents"),
        ([*article(), *changed(article(), Event, type="AID")[5:8]], "two different rows bear one id"),
        (changed(article(), Event, document_id="doc-other"), "belongs to another document"),
        (changed(article(), Claim, parent_claim_id="clm-nowhere"), "not among the rows"),
        (changed(article(), Figure, value=float("nan")), "would not read back the same"),
        (changed(article(), Event, type="QUARREL"), "does not fit the record contract"),
        (changed(article(), Document, title="\ud800"), "does not fit the record contract"),
        (changed(article(), Place, geonameid=2**70), "too large"),
        ([*article(), Happening(happening_id="h", event_ids=(), document_ids=(), witnesses=1, type="AID")], "no rows"),
    ],
    ids=["none", "two", "one id twice", "stranger", "no parent", "nan", "type", "half a character", "huge", "kind"],
)
def test_rows_that_do_not_fit_are_refused_whole(path: Path, rows: list[AnyRecord], says: str) -> None:
    with Store.open(path) as store:
        with pytest.raises(RowRefused, match=says):
            store.add(rows)
        assert sum(number for _, number in store.counts().items()) == 0


def test_a_row_given_twice_counts_once(path: Path) -> None:
    with Store.open(path) as store:
        store.add([*article(), *article()[1:]])
        assert store.counts().events == 1


def test_a_row_id_of_another_document_is_refused(path: Path) -> None:
    mine = next(row for row in article() if isinstance(row, Event))
    with Store.open(path) as store:
        store.add(article())
        other = changed(article(b=PERU, more=" Two.", uri="u2"), Event, event_id=mine.event_id)
        with pytest.raises(RowRefused, match="for another document"):
            store.add(other)
        assert store.counts().documents == 1


def test_set_aside_keeps_the_reason_until_the_address_is_read(path: Path) -> None:
    error = InputError("the file is empty", value="a.txt", expected="text", todo="look at it")
    with Store.open(path) as store:
        store.set_aside("https://one.example/1", InputError("first reason"))
        store.set_aside("https://one.example/1", error)
        store.set_aside("https://one.example/0", error)
        rows = store.set_aside_rows()
        assert [row.uri for row in rows] == ["https://one.example/0", "https://one.example/1"]
        assert rows[1].code == "D200" and rows[1].what == "the file is empty" and rows[1].todo == "look at it"
        assert rows[1].message == "the file is empty: a.txt; expected text; look at it"
        store.add(article())
        assert [row.uri for row in store.set_aside_rows()] == ["https://one.example/0"]
        assert store.counts().set_aside == 1


def test_a_store_open_for_reading_cannot_be_written(path: Path) -> None:
    with Store.open(path) as store:
        store.add(article())
    with Store.open(path, read_only=True) as store:
        assert store.counts().events == 1
        with pytest.raises(StoreReadOnly):
            store.add(article(more=" Two."))
        with pytest.raises(StoreReadOnly):
            store.set_aside("u", InputError("x"))


def test_texts_with_nul_and_odd_characters_read_back_exactly(path: Path) -> None:
    rows = article(more=" \x00 \u2028 \ufeff 𝒦 e\u0301 \r\n 'quoted\" %_\\ end")
    with Store.open(path) as store:
        store.add(rows)
        assert next(store.documents()) == document_of(rows)


def test_two_hundred_rows_are_added_in_one_go_and_fast(path: Path) -> None:
    from time import process_time

    documents = [long_article(200, number=number) for number in range(12)]
    seconds = []
    with Store.open(path) as store:
        for rows in documents:
            start = process_time()
            store.add(rows)
            seconds.append(process_time() - start)
        assert store.counts().events == 1200
    assert sorted(seconds)[len(seconds) // 2] < 0.02, seconds  # 0.010 on an idle core; the machine may be busy
