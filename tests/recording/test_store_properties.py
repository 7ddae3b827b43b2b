"""What holds for any records at all: round trips, twice is once, and arrival order is no matter."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from detente.model import Actor, AnyRecord, Claim, Document, Event, Evidence, Figure, Mention, Moment, Place
from detente.recording.order import export_key, merged_actors
from detente.recording.store import Store


@cache
def empty_record() -> bytes:
    """The bytes of a record without rows: making one anew for each example takes longer than the example."""
    with tempfile.TemporaryDirectory() as folder:
        Store.open(Path(folder) / "r.db").close()
        return (Path(folder) / "r.db").read_bytes()


@contextmanager
def empty_store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "r.db"
        path.write_bytes(empty_record())
        with Store.open(path) as store:
            yield store


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@cache
def values(hint: Any, text: str) -> st.SearchStrategy[Any]:
    """Any value of a type of the model, its evidence taken from `text`."""
    if hint is Evidence:
        cuts = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
        return cuts.filter(lambda cut: cut[0] < cut[1]).map(lambda cut: Evidence(cut[0], cut[1], text[cut[0] : cut[1]]))
    if isinstance(hint, type) and issubclass(hint, Struct):
        hints = get_type_hints(hint)
        return st.builds(hint, **{name: values(hints[name], text) for name in hint.__struct_fields__})
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(values(arguments[0], text), max_size=2).map(tuple)
    if origin in (Union, UnionType):
        return st.one_of(*(values(argument, text) for argument in arguments))
    return {
        str: WORDS,
        float: NUMBERS,
        int: st.integers(-(2**63), 2**63 - 1),
        type(None): st.none(),
    }[hint]


@st.composite
def documents(draw: st.DrawFn, number: int = 0) -> list[AnyRecord]:
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=4, max_size=30))
    document_id = f"doc-{number}"
    doc = draw(values(Document, text))
    rows: list[AnyRecord] = [
        msgspec.structs.replace(doc, document_id=document_id, uri=f"u/{number}", text=text),
    ]
    for kind in (Mention, Event, Claim, Figure, Moment, Place):
        name = kind.__name__.lower()
        for index, row in enumerate(draw(st.lists(values(kind, text), max_size=2))):
            changes: dict[str, Any] = {f"{name}_id": f"{name}-{number}-{index}", "document_id": document_id}
            if kind is Claim:
                changes["parent_claim_id"] = f"claim-{number}-0" if index else None
            rows.append(msgspec.structs.replace(row, **changes))
    for index in draw(st.sets(st.integers(0, 3), max_size=3)):
        actor = draw(values(Actor, text))
        roles = tuple(sorted(set(actor.roles)))
        rows.append(msgspec.structs.replace(actor, actor_id=f"actor-{index}", roles=roles))
    return rows


def in_export_order(*documents: list[AnyRecord]) -> list[AnyRecord]:
    rows = [row for rows in documents for row in rows]
    return [
        *sorted((row for row in rows if not isinstance(row, Actor)), key=export_key),
        *merged_actors(row for row in rows if isinstance(row, Actor)),
    ]


@settings(max_examples=35, deadline=None)
@given(rows=documents(), order=st.randoms(use_true_random=False))
def test_any_document_reads_back_exactly_and_twice_is_once(rows: list[AnyRecord], order: Any) -> None:
    shuffled = list(rows)
    order.shuffle(shuffled)
    with empty_store() as store:
        assert store.add(rows) == "new"
        assert store.add(shuffled) == "same"
        assert list(store.records()) == in_export_order(rows)
        assert list(store.records([rows[0].document_id])) == in_export_order(rows)  # type: ignore[union-attr]
        for row in rows:
            assert store.get(getattr(row, f"{type(row).__name__.lower()}_id")) == row


@settings(max_examples=20, deadline=None)
@given(
    all_documents=st.tuples(documents(0), documents(1), documents(2)),
    arrival=st.permutations([0, 1, 2, 0, 2]),
)
def test_arrival_order_is_no_matter(all_documents: tuple[list[AnyRecord], ...], arrival: list[int]) -> None:
    with empty_store() as store:
        for number in arrival:
            store.add(all_documents[number])
        assert list(store.records()) == in_export_order(*all_documents)


@settings(max_examples=20, deadline=None)
@given(first=documents(0), second=documents(0))
def test_a_rereading_leaves_no_trace_of_the_first(first: list[AnyRecord], second: list[AnyRecord]) -> None:
    with empty_store() as store:
        store.add(first)
        store.add(second)
        assert list(store.records()) == in_export_order(second)
        counted = store.counts()
        assert counted.actors == sum(isinstance(row, Actor) for row in second)
        assert counted.superseded_documents == 0
