"""Filters, order, search and single rows: what is asked for and nothing else, the same for every pair of sides."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from detente.errors import LookupFailed, UsageError
from detente.model import Actor, AnyRecord, Claim, Document, Event, Moment
from detente.recording.store import Filter, Store
from detente.recording.store.filtering import Kind
from detente.recording.store.queries import statement
from detente.recording.store.searching import match_words
from records import KENYA, LAOS, NORWAY, PERU, article, long_article

FIRST = article(KENYA, PERU, uri="u/1", published="2024-03-05", event_date="2024-03-04")
SECOND = article(
    PERU, KENYA, uri="u/2", published="2024-05-01", event_date=None, outlet="Lima Day", event_type="REJECT"
)
THIRD = article(
    NORWAY, LAOS, uri="u/0", published=None, event_date="2023-12-30", outlet="Fjord Wire", event_type="AID",
    title="Rice and “ships”",
)  # fmt: skip
KINDS: tuple[Kind, ...] = ("document", "actor", "mention", "event", "claim", "figure", "moment", "place")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("queries") / "record.db") as store:
        for rows in (THIRD, FIRST, SECOND):
            store.add(rows)
        yield store


def own(rows: list[AnyRecord]) -> str:
    return next(row.document_id for row in rows if isinstance(row, Document))


def found(store: Store, kind: Kind, asked: Filter) -> list[str]:
    """The documents, as 1 to 3, whose rows of a kind come back."""
    names = {own(FIRST): "1", own(SECOND): "2", own(THIRD): "3"}
    return [names[row.document_id] for row in getattr(store, f"{kind}s")(asked)]


EVERY_ROW_OF_ONE_KIND: tuple[Kind, ...] = ("document", "event", "figure", "moment", "place")


@pytest.mark.parametrize("kind", EVERY_ROW_OF_ONE_KIND)
@pytest.mark.parametrize(
    ("asked", "documents"),
    [
        (Filter(), "123"),
        (Filter(dyad=("KEN", "PER")), "12"),
        (Filter(dyad=("PER", "KEN")), "12"),
        (Filter(dyad=("peru", "ken")), "12"),
        (Filter(dyad=("act-PER", "Kenya")), "12"),
        (Filter(dyad=("KEN", "KEN")), ""),
        (Filter(dyad=("KEN", "LAO")), ""),
        (Filter(source="KEN"), "1"),
        (Filter(target="ken"), "2"),
        (Filter(source="kenya", target="Peru"), "1"),
        (Filter(source="nor"), "3"),
        (Filter(outlet="lima day"), "2"),
        (Filter(document_id=own(THIRD)), "3"),
        (Filter(dyad=("KEN", "PER"), outlet="The Harbour Post"), "1"),
        (Filter(polarity="affirmed", modality="actual"), "123"),
        (Filter(polarity="negated"), ""),
        (Filter(limit=1), "1"),
        (Filter(limit=1, offset=1), "2"),
        (Filter(offset=2), "3"),
        (Filter(speaker="KEN"), "1"),
        (Filter(speaker="ministry of norway"), "3"),
    ],
    ids=repr,
)
def test_filters_give_the_rows_of_the_right_documents(store: Store, kind: Kind, asked: Filter, documents: str) -> None:
    if kind == "event" and asked.speaker is not None:
        documents = ""  # the events of these articles are their author's own
    assert "".join(found(store, kind, asked)) == documents


@pytest.mark.parametrize(
    ("kind", "type_", "documents"),
    [
        ("event", "REJECT", "2"),
        ("event", "reject", "2"),
        ("document", "AID", "3"),
        ("claim", "Deny", "123"),
        ("figure", "wounded", "123"),
        ("figure", "killed", ""),
        ("moment", "date", "123"),
        ("place", "city", "123"),
        ("mention", "actor", "112233"),
    ],
)
def test_type_is_what_each_kind_is_told_apart_by(store: Store, kind: Kind, type_: str, documents: str) -> None:
    assert "".join(found(store, kind, Filter(type=type_))) == documents


@pytest.mark.parametrize(
    ("kind", "since", "until", "documents"),
    [
        ("document", "2024-03-05", None, "12"),
        ("document", None, "2024-03", "1"),
        ("document", "2025", None, ""),
        ("event", "2024-03-04", "2024-03-04", "1"),
        ("event", "2024-03-05", None, "2"),  # no date of its own: goes by its publication
        ("event", None, "2023", "3"),
        ("event", "2023-12", "2024-12-31", "123"),
        ("figure", "2024-05", None, "2"),
        ("claim", "2024-05-01", "2024-05-01", "22"),
        ("moment", "2024", None, "1"),  # the second's moment names no interval
    ],
)
def test_time_filters_go_by_the_rows_own_date_where_it_has_one(
    store: Store, kind: Kind, since: str | None, until: str | None, documents: str
) -> None:
    assert "".join(found(store, kind, Filter(since=since, until=until))) == documents


@pytest.mark.parametrize(
    ("asked", "documents"),
    [
        (Filter(speaker="KEN"), "1"),
        (Filter(source="KEN"), "1"),
        (Filter(target="PER"), "1"),
        (Filter(target="KEN"), "2"),
        (Filter(dyad=("KEN", "PER")), "12"),
        (Filter(dyad=("KEN", "NOR")), ""),
        (Filter(polarity="negated"), "123"),
        (Filter(speaker="KEN", type="deny"), ""),
    ],
    ids=repr,
)
def test_claims_are_between_who_speaks_and_whom_they_are_about(store: Store, asked: Filter, documents: str) -> None:
    assert "".join(found(store, "claim", asked)) == documents


def test_a_claim_that_only_mentions_the_other_side_is_between_them(tmp_path: Path) -> None:
    rows = [replace(row, about=()) if isinstance(row, Claim) else row for row in FIRST]
    more = [row for row in rows if not isinstance(row, Claim)]
    claim = next(row for row in rows if isinstance(row, Claim) and row.speaker)
    wide = replace(claim, evidence=next(row for row in rows if isinstance(row, Event)).evidence, parent_claim_id=None)
    with Store.open(tmp_path / "r.db") as store:
        store.add([*more, wide])
        assert [row.claim_id for row in store.claims(Filter(dyad=("PER", "KEN")))] == [claim.claim_id]
        assert list(store.claims(Filter(dyad=("KEN", "NOR")))) == []


@pytest.mark.parametrize(
    ("kind", "text", "documents"),
    [
        ("document", "sailors", "123"),
        ("document", "rice", "3"),
        ("event", "strait accused", "123"),
        ("event", "kenya", "12"),
        ("event", '"accused of"', ""),
        ("event", '"of closing the strait"', "123"),
        ("event", "clos*", "123"),
        ("event", "closings", "123"),
        ("claim", "hurt Norway", "3"),
        ("figure", "sailor", "123"),
        ("moment", "mon", "123"),
        ("moment", "%", ""),
        ("place", "geneva", "123"),
        ("event", "…", ""),
    ],
)
def test_text_finds_words(store: Store, kind: Kind, text: str, documents: str) -> None:
    assert "".join(found(store, kind, Filter(text=text))) == documents


def test_speaker_finds_events_and_figures_by_any_voice_of_the_chain(tmp_path: Path) -> None:
    heard = next(row for row in FIRST if isinstance(row, Claim) and row.speaker).voices
    rows = [replace(row, voices=heard) if isinstance(row, Event) else row for row in FIRST]
    with Store.open(tmp_path / "r.db") as store:
        store.add(rows)
        for speaker in ("KEN", "the harbour post", "act-KEN-ministry"):
            assert len(list(store.events(Filter(speaker=speaker)))) == 1
            assert len(list(store.figures(Filter(speaker=speaker)))) == 1
        assert list(store.events(Filter(speaker="PER"))) == []


def test_actors_come_by_id_and_can_be_narrowed(store: Store) -> None:
    ids = [actor.actor_id for actor in store.actors()]
    assert ids == sorted(ids) and len(ids) == 7
    assert {actor.kind for actor in store.actors(Filter(type="ministry"))} == {"ministry"}
    assert [actor.name for actor in store.actors(Filter(text="ministry KEN"))] == ["ministry of Kenya"]
    assert len(list(store.actors(Filter(document_id=own(THIRD))))) == 3


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("actor", Filter(dyad=("KEN", "PER"))),
        ("actor", Filter(since="2024")),
        ("claim", Filter(modality="future")),
        ("event", Filter(since="last week")),
        ("event", Filter(until="2024-1-1")),
        ("event", Filter(dyad=("KEN",))),  # type: ignore[arg-type]
        ("event", Filter(limit=-1)),
    ],
    ids=repr,
)
def test_filters_that_cannot_be_meant_are_told_at_once(store: Store, kind: Kind, asked: Filter) -> None:
    with pytest.raises(UsageError):
        getattr(store, f"{kind}s")(asked)


def test_rows_come_by_publication_address_and_place_in_the_text(store: Store) -> None:
    assert [doc.uri for doc in store.documents()] == ["u/1", "u/2", "u/0"]
    claims = list(store.claims(Filter(document_id=own(FIRST))))
    assert [claim.evidence.start for claim in claims] == sorted(claim.evidence.start for claim in claims)


def test_order_and_content_do_not_depend_on_arrival(store: Store, tmp_path: Path) -> None:
    expected = {kind: list(getattr(store, f"{kind}s")()) for kind in KINDS}
    exported = list(store.records())
    for number, order in enumerate(permutations((FIRST, SECOND, THIRD))):
        with Store.open(tmp_path / f"{number}.db") as other:
            for rows in order:
                other.add(rows)
            assert {kind: list(getattr(other, f"{kind}s")()) for kind in KINDS} == expected
            assert list(other.records()) == exported
            assert other.search("strait") == store.search("strait")


def test_records_come_by_document_then_kind_then_place_with_actors_last(store: Store) -> None:
    rows = list(store.records())
    kinds = [type(row).__name__.lower() for row in rows]
    assert kinds[-7:] == ["actor"] * 7
    documents = [row.document_id for row in rows if isinstance(row, Document)]
    assert documents == sorted(documents)
    assert kinds[:9] == ["document", "mention", "mention", "event", "claim", "claim", "figure", "moment", "place"]


def test_records_of_some_documents_hold_only_their_own_actors(store: Store) -> None:
    rows = list(store.records([own(THIRD), own(THIRD), "doc-unknown"]))
    assert {row.actor_id for row in rows if isinstance(row, Actor)} == {"act-NOR", "act-LAO", "act-NOR-ministry"}
    assert sorted(map(repr, rows)) == sorted(map(repr, THIRD))


def test_every_id_leads_to_its_record_and_a_beginning_where_it_is_alone(store: Store) -> None:
    for row in (*FIRST, *THIRD):
        if isinstance(row, Actor):
            continue
        row_id = getattr(row, f"{type(row).__name__.lower()}_id")
        assert store.get(row_id) == row
        assert store.get(row_id[:-3]) == row
    assert isinstance(store.get("act-KEN"), Actor)  # not act-KEN-ministry, which begins so too
    assert store.get("evt-nothing") is None
    assert store.get("evt") is None
    with pytest.raises(LookupFailed, match="several ids begin so"):
        store.get("act-KE")


def test_rows_of_an_unknown_document_are_none(store: Store) -> None:
    assert store.rows_of("doc-unknown") == []
    assert store.standing("doc-unknown") is None


def test_search_marks_the_words_and_ranks_the_title_first(store: Store) -> None:
    hit = store.search("rice")[0]
    assert hit.kind == "document" and hit.title == "Rice and “ships”" and hit.uri == "u/0"
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["Rice"]
    assert {hit.kind for hit in store.search("sailors", 100)} == {"document", "claim", "figure"}
    assert len(store.search("sailors", 2)) == 2
    assert {hit.kind for hit in store.search("sailors", kinds=["claim"])} == {"claim"}
    assert [hit.rank for hit in store.search("sailors", 100)] == sorted(
        hit.rank for hit in store.search("sailors", 100)
    )


@settings(max_examples=80, deadline=None)
@given(query=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12))
def test_no_query_is_a_syntax_error(store: Store, query: str) -> None:
    store.search(query)
    list(store.events(Filter(text=query)))


@pytest.mark.parametrize(
    "query", ['"', '""', "a AND", "NEAR(", "title:x", "-x", "^x", "x*", "*", "(", "a OR OR b", "'; DROP", "\0", 'a"b']
)
def test_fts_syntax_is_only_words(store: Store, query: str) -> None:
    assert isinstance(store.search(query), list)


def test_match_words_quotes_words_and_phrases() -> None:
    assert match_words('peace "no deal" sanction* …') == '"peace" "no deal" "sanction"*'
    assert match_words(" * ") is None


@pytest.mark.parametrize(
    ("kind", "asked", "index"),
    [
        ("event", Filter(dyad=("KEN", "PER")), "record_event_party_by_territory"),
        ("event", Filter(source="KEN"), "record_event_party_by_name"),
        ("event", Filter(document_id="d"), "record_event_by_document"),
        ("event", Filter(speaker="KEN"), "record_event_voice_by_territory"),
        ("claim", Filter(speaker="KEN"), "record_claim_by_speaker_territory"),
        ("claim", Filter(document_id="d"), "record_claim_by_document"),
        ("figure", Filter(type="killed"), "record_figure_by_measure"),
        ("mention", Filter(document_id="d"), "record_mention_by_document"),
        ("document", Filter(dyad=("KEN", "PER")), "record_event_party_by_territory"),
    ],
    ids=repr,
)
def test_queries_use_their_indexes(store: Store, kind: Kind, asked: Filter, index: str) -> None:
    asked_for = statement(kind, asked)
    with sqlite3.connect(store.path) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {asked_for.sql}", asked_for.values)]
    assert any(index in step for step in plan), plan
    scans = [step for step in plan if step.startswith("SCAN") and "CONSTANT ROW" not in step]
    assert not any(f"SCAN {table}" in step for step in scans for table in ("r", "p", "a", "b", "v", "m")), plan


def test_a_query_may_be_read_to_its_end_while_documents_are_added(tmp_path: Path) -> None:
    with Store.open(tmp_path / "r.db") as store:
        store.add(long_article(40))
        events = store.events()
        first = next(events)
        store.add(long_article(40, number=1))
        rest = list(events)
        assert len({event.event_id for event in (first, *rest)}) == 20
        assert store.counts().events == 40


def test_all_records_are_one_state_of_the_record_however_slowly_they_are_read(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "r.db")
    store.add(FIRST)
    slow = store.records()
    next(slow)
    store.add(SECOND)
    store.add([replace(row, title="Other") if isinstance(row, Document) else row for row in FIRST])
    assert len(list(store.records())) == 22
    assert len(list(slow)) == len(FIRST) - 1
    next(store.records())
    store.close()


def test_moments_without_an_interval_are_not_in_any_time(store: Store) -> None:
    undated = [row for row in SECOND if isinstance(row, Moment)]
    assert undated[0].start is None
    assert undated[0] not in list(store.moments(Filter(since="0001", until="9999")))
