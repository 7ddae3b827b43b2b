"""Happenings in the record: the same in whatever order and batches articles come; decisions outlive everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import LookupFailed, UsageError
from detente.knowledge import Knowledge
from detente.model import Happening
from detente.recording.store import Store
from detente.relating.happenings import (
    Decision,
    cluster,
    decide,
    decisions_of,
    happening_of_event,
    happenings_of,
    relate,
)
from happening_articles import Article, Told, documents_of, drawn, events_of, told

SHELLED = Told(words="Kenyan guns shelled the Peruvian post at Ombara on Monday.", trigger="shelled", day="2024-03-04")
SHELLING = Told(
    words="The shelling of the post at Ombara by Kenya killed two, a nurse said.", trigger="shelling", day="2024-03-04"
)
DENIED = Told(
    words="No Kenyan gun shelled the post at Ombara, Nairobi said.", trigger="shelled", target=None,
    day="2024-03-04", polarity="negated", voice="Kenya",
)  # fmt: skip
TALKS = Told(words="Kenya and Peru met in Quito on Sunday.", trigger="met", type="CONSULT", day="2024-03-10")
WHO = {"who": "Ada", "when": "2024-03-09", "why": "the nurse spoke of another post"}


@contextmanager
def record() -> Iterator[Store]:
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "record.db") as store:
        yield store


def related(store: Store, knowledge: Knowledge) -> list[Happening]:
    relate(store, knowledge)
    return by_id(happenings_of(store))


def by_id(found: Iterator[Happening] | Sequence[Happening]) -> list[Happening]:
    return sorted(found, key=lambda happening: happening.happening_id)


def in_memory(*articles: Article, knowledge: Knowledge) -> list[Happening]:
    return cluster(events_of(*articles), documents_of(*articles), knowledge=knowledge)


def groups(found: Sequence[Happening]) -> list[list[str]]:
    return sorted(list(happening.event_ids) for happening in found)


@given(st.integers(0, 10**6), st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_any_order_and_any_batches_give_the_same_happenings(seed: int, batch: int) -> None:
    random, knowledge = Random(seed), Knowledge()
    articles = [drawn(random, number) for number in range(random.randint(2, 9))]
    whole = in_memory(*articles, knowledge=knowledge)
    random.shuffle(articles)
    with record() as store:
        for start in range(0, len(articles), batch):
            for article in articles[start : start + batch]:
                store.add(article)
            relate(store, knowledge)
        assert by_id(happenings_of(store)) == whole


@given(st.integers(0, 10**6))
@settings(max_examples=15, deadline=None)
def test_what_goes_leaves_no_trace(seed: int) -> None:
    random, knowledge = Random(seed), Knowledge()
    articles = [drawn(random, number) for number in range(5)]
    with record() as store:
        for article in articles:
            store.add(article)
            relate(store, knowledge)
        gone = random.randrange(5)
        kept = [article for number, article in enumerate(articles) if number != gone]
        newer = told(TALKS, outlet=documents_of(articles[gone])[0].outlet or "", number=gone)
        store.add(newer)
        assert related(store, knowledge) == in_memory(*kept, newer, knowledge=knowledge)


def test_nothing_pending_changes_nothing(knowledge: Knowledge) -> None:
    with record() as store:
        store.add(told(SHELLED))
        assert relate(store, knowledge).renewed == 1
        assert (relate(store, knowledge).documents, relate(store, knowledge).renewed) == (0, 0)


def test_an_outlet_doubled_adds_no_witness(knowledge: Knowledge) -> None:
    with record() as store:
        for number, sentence in enumerate((SHELLED, SHELLING, DENIED)):
            store.add(told(sentence, outlet=f"Outlet {number}"))
        (before,) = related(store, knowledge)
        for number, sentence in enumerate((SHELLED, SHELLING, DENIED)):
            store.add(told(sentence, outlet=f"Outlet {number}", number=100))
        (after,) = related(store, knowledge)
        assert (before.witnesses, len(before.document_ids)) == (3, 3)
        assert (after.witnesses, len(after.document_ids)) == (3, 6)
        assert (after.asserted, after.denied) == (before.asserted, before.denied) == (2, 1)


def test_reading_again_with_another_version_gives_the_same_happenings(knowledge: Knowledge) -> None:
    with record() as store:
        for number, sentence in enumerate((SHELLED, SHELLING, TALKS)):
            store.add(told(sentence, outlet=f"Outlet {number}"))
        before = related(store, knowledge)
        store.add(told(SHELLED, outlet="Outlet 0", version="2"))
        after = related(store, knowledge)
        assert [len(h.event_ids) for h in before] != [] and len(after) == len(before)
        assert sorted(len(h.event_ids) for h in after) == [1, 2]
        assert events_of(told(SHELLED, outlet="Outlet 0", version="2"))[0].event_id in {
            event_id for happening in after for event_id in happening.event_ids
        }


def test_filters_of_happenings(knowledge: Knowledge) -> None:
    with record() as store:
        attack, talks = told(SHELLED), told(TALKS, published="2024-03-11", outlet="B")
        store.add(attack)
        store.add(talks)
        relate(store, knowledge)
        assert [h.type for h in happenings_of(store)] == ["ASSAULT", "CONSULT"]
        assert [h.type for h in happenings_of(store, dyad=("per", "Kenya"))] == ["ASSAULT", "CONSULT"]
        assert list(happenings_of(store, dyad=("KEN", "NOR"))) == []
        assert [h.type for h in happenings_of(store, type="consult")] == ["CONSULT"]
        assert [h.type for h in happenings_of(store, since="2024-03-05")] == ["CONSULT"]
        assert [h.type for h in happenings_of(store, until="2024-03-04")] == ["ASSAULT"]
        assert [h.type for h in happenings_of(store, until="2024-03")] == ["ASSAULT", "CONSULT"]
        own = documents_of(talks)[0].document_id
        assert [h.type for h in happenings_of(store, document_id=own)] == ["CONSULT"]
        assert [h.type for h in happenings_of(store, limit=1, offset=1)] == ["CONSULT"]
        found = happening_of_event(store, events_of(talks)[0].event_id)
        assert found is not None and found.type == "CONSULT"
        assert happening_of_event(store, "evt-unknown") is None
        with pytest.raises(UsageError):
            list(happenings_of(store, limit=-1))


# -- decisions ----------------------------------------------------------------------------------------------


def three(store: Store, knowledge: Knowledge) -> tuple[str, str, str]:
    """Two tellings of the shelling and one of the talks, related; the ids of their events."""
    articles = [told(sentence, outlet=f"Outlet {n}") for n, sentence in enumerate((SHELLED, SHELLING, TALKS))]
    for article in articles:
        store.add(article)
    relate(store, knowledge)
    one, two, talks = (event.event_id for event in events_of(*articles))
    return one, two, talks


def test_a_split_holds_and_can_be_undone(knowledge: Knowledge) -> None:
    with record() as store:
        one, two, talks = three(store, knowledge)
        before = related(store, knowledge)
        assert groups(before) == sorted([sorted([one, two]), [talks]])
        split = decide(store, Decision(kind="split", event_ids=(two,), **WHO))
        assert groups(related(store, knowledge)) == sorted([[one], [two], [talks]])
        decide(store, Decision(kind="undo", undoes=split.decision_id, **WHO))
        assert related(store, knowledge) == before
        assert [decision.kind for decision in decisions_of(store)] == ["split", "undo"]
        assert decisions_of(store)[0].why == WHO["why"]


def test_a_merge_holds_beyond_all_evidence_and_can_be_undone(knowledge: Knowledge) -> None:
    with record() as store:
        one, two, talks = three(store, knowledge)
        merge = decide(store, Decision(kind="merge", event_ids=(one, talks), **WHO))
        assert groups(related(store, knowledge)) == [sorted([one, two, talks])]
        decide(store, Decision(kind="undo", undoes=merge.decision_id, **WHO))
        assert len(related(store, knowledge)) == 2


def test_an_undo_can_be_undone(knowledge: Knowledge) -> None:
    with record() as store:
        one, _, talks = three(store, knowledge)
        merge = decide(store, Decision(kind="merge", event_ids=(one, talks), **WHO))
        undo = decide(store, Decision(kind="undo", undoes=merge.decision_id, **WHO))
        decide(store, Decision(kind="undo", undoes=undo.decision_id, **WHO))
        assert len(related(store, knowledge)) == 1


def test_the_later_of_two_contrary_decisions_holds(knowledge: Knowledge) -> None:
    with record() as store:
        one, two, talks = three(store, knowledge)
        decide(store, Decision(kind="merge", event_ids=(one, talks), **WHO))
        relate(store, knowledge)
        decide(store, Decision(kind="split", event_ids=(talks,), **WHO))
        assert groups(related(store, knowledge)) == sorted([sorted([one, two]), [talks]])


def test_a_decision_outlives_a_reading_that_gives_other_ids(knowledge: Knowledge) -> None:
    with record() as store:
        one, two, _ = three(store, knowledge)
        decide(store, Decision(kind="split", event_ids=(two,), **WHO))
        relate(store, knowledge)
        again = told(SHELLING, outlet="Outlet 1", version="2")
        store.add(again)
        (new,) = events_of(again)
        assert new.event_id != two
        found = groups(related(store, knowledge))
        assert [new.event_id] in found and [one] in found


def test_a_decision_outlives_new_articles_in_between(knowledge: Knowledge) -> None:
    """A later telling joins one of the two that were parted, never both."""
    with record() as store:
        one, two, _ = three(store, knowledge)
        decide(store, Decision(kind="split", event_ids=(two,), **WHO))
        store.add(told(DENIED, outlet="Late"))
        store.add(told(SHELLED, outlet="Later", number=7))
        found = related(store, knowledge)
        together = [happening for happening in found if {one, two} <= set(happening.event_ids)]
        assert together == []
        assert sum(len(happening.event_ids) for happening in found) == 5


def test_a_copy_in_the_very_same_words_can_be_parted(knowledge: Knowledge) -> None:
    with record() as store:
        first, second = told(SHELLED, outlet="A"), told(SHELLED, outlet="B")
        store.add(first)
        store.add(second)
        assert len(related(store, knowledge)) == 1
        (event,) = events_of(second)
        decide(store, Decision(kind="split", event_ids=(event.event_id,), **WHO))
        assert len(related(store, knowledge)) == 2


@given(st.integers(0, 10**6))
@settings(max_examples=15, deadline=None)
def test_decisions_come_to_the_same_in_memory_and_in_the_record(seed: int) -> None:
    random, knowledge = Random(seed), Knowledge()
    articles = [drawn(random, number) for number in range(5)]
    later = [drawn(random, number) for number in range(5, 8)]
    with record() as store:
        for article in articles:
            store.add(article)
        relate(store, knowledge)
        for _ in range(3):
            found = list(happenings_of(store))
            large = [happening for happening in found if len(happening.event_ids) > 1]
            if large and random.random() < 0.5:
                event_id = random.choice(random.choice(large).event_ids)
                decide(store, Decision(kind="split", event_ids=(event_id,), **WHO))
            else:
                events = random.sample([event.event_id for event in events_of(*articles)], 2)
                decide(store, Decision(kind="merge", event_ids=tuple(events), **WHO))
            relate(store, knowledge)
        for article in later:
            store.add(article)
            relate(store, knowledge)
        every = articles + later
        expected = cluster(events_of(*every), documents_of(*every), decisions=decisions_of(store), knowledge=knowledge)
        assert by_id(happenings_of(store)) == expected


@pytest.mark.parametrize(
    "decision",
    [
        Decision(kind="merge", event_ids=("evt-1",), **WHO),
        Decision(kind="split", event_ids=(), **WHO),
        Decision(kind="undo", **WHO),
        Decision(kind="merge", event_ids=("a", "b"), who=" ", when="2024", why=""),
        Decision(kind="merge", event_ids=("a", "b"), undoes="dec-1", **WHO),
    ],
    ids=["merge of one", "split of none", "undo of nothing", "by nobody", "merge that undoes"],
)
def test_a_decision_that_cannot_be_meant_is_refused(decision: Decision) -> None:
    with record() as store, pytest.raises(UsageError):
        decide(store, decision)


def test_a_decision_about_what_is_not_there_is_refused(knowledge: Knowledge) -> None:
    with record() as store:
        one, _, talks = three(store, knowledge)
        with pytest.raises(LookupFailed):
            decide(store, Decision(kind="merge", event_ids=(one, "evt-unknown"), **WHO))
        with pytest.raises(LookupFailed):
            decide(store, Decision(kind="undo", undoes="dec-unknown", **WHO))
        with pytest.raises(UsageError):
            decide(store, Decision(kind="split", event_ids=(talks,), **WHO))
        assert decisions_of(store) == []
