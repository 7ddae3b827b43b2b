"""Disputes in the store: settled one by one as all at once, in any order, and gone with what they stood on."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.knowledge import Knowledge
from detente.model import AnyRecord, Dispute
from detente.recording.store import Store
from detente.relating.disputes import considered, disputes_in, disputes_of, settle_disputes
from detente.relating.happenings import relate
from disputed import LEXICON, Draft, Party

KNOWLEDGE = Knowledge()
Names = tuple[Party, Party]
SIDES: Names = (("KEN", "Kenya"), ("TZA", "Tanzania"))
SWAPPED: Names = (("TZA", "Tanzania"), ("KEN", "Kenya"))


def accusing(sides: Names, number: str, value: float, *, outlet: str, published: str = "2024-05-06") -> Draft:
    (a, b) = sides
    draft = Draft(
        f"{a[1]} said on Monday that {b[1]} had shelled the ford on Sunday and killed {number} men.",
        outlet=outlet, published=published,
    )  # fmt: skip
    draft.claim(a, draft.text[draft.text.index(f"{b[1]} had") : -1], act="accuse", cue="said")
    draft.event("shelled", [b], [a], date="2024-05-05")
    draft.figure(number, value, "killed", "men")
    return draft


def denying(sides: Names, *, outlet: str, published: str = "2024-05-07") -> Draft:
    (a, b) = sides
    draft = Draft(
        f"{b[1]} denied on Tuesday that its guns had shelled {a[1]} on Sunday. It said that 9 men were "
        "killed by a mine.",
        outlet=outlet, published=published,
    )  # fmt: skip
    draft.claim(b, f"its guns had shelled {a[1]} on Sunday", act="deny", cue="denied")
    draft.event("shelled", [b], [a], date="2024-05-05", polarity="negated")
    draft.claim(b, "9 men were killed by a mine")
    draft.figure("9", 9, "killed", "men", date="2024-05-05")
    return draft


def naming(sides: Names, *, outlet: str) -> Draft:
    (a, b) = sides
    draft = Draft(
        f"{a[1]} said that {b[1]} had kidnapped eight men on Friday. {b[1]} said that its patrol had rescued them.",
        outlet=outlet,
    )
    draft.claim(a, f"{b[1]} had kidnapped eight men on Friday", cue="said")
    draft.event("kidnapped", [b], [a], "COERCE", date="2024-05-03")
    draft.claim(b, "its patrol had rescued them")
    draft.event("rescued", [b], [a], "AID", date="2024-05-03")
    return draft


def story(sides: Names = SIDES) -> list[Draft]:
    return [
        accusing(sides, "41", 41, outlet="Lake Post"),
        accusing(sides, "41", 41, outlet="Ridge Post", published="2024-05-08"),
        denying(sides, outlet="Coast Post"),
        naming(sides, outlet="Third Wire"),
    ]


def kept(path: Path, batches: Iterable[Sequence[Sequence[AnyRecord]]]) -> list[Dispute]:
    """What a record holds after documents arrived in batches, each related and settled before the next."""
    with Store.open(path) as store:
        for batch in batches:
            for records in batch:
                store.add(records)
            relate(store, KNOWLEDGE)
            settle_disputes(store, KNOWLEDGE)
        return list(disputes_of(store))


@pytest.fixture
def paths(tmp_path: Path) -> Callable[[], Path]:
    numbers = iter(range(1000))
    return lambda: tmp_path / f"record{next(numbers)}.db"


def test_a_story_has_its_disputes(paths: Callable[[], Path]) -> None:
    found = kept(paths(), [[draft.records() for draft in story()]])
    assert sorted(dispute.kind for dispute in found) == ["figure", "naming", "occurrence"]
    assert all(dispute.silent == () for dispute in found)


def test_the_store_and_the_pure_core_agree(paths: Callable[[], Path]) -> None:
    found = kept(paths(), [[denying(SIDES, outlet="Coast Post").records(), naming(SIDES, outlet="W").records()]])
    drafts = [denying(SIDES, outlet="Coast Post"), naming(SIDES, outlet="W")]
    pure = disputes_in([draft.article for draft in drafts], LEXICON)
    assert {dispute.dispute_id for dispute in found} == {dispute.dispute_id for dispute in pure.disputes}


def test_one_at_a_time_is_all_at_once_in_any_order(paths: Callable[[], Path]) -> None:
    records = [draft.records() for draft in story()]
    at_once = kept(paths(), [records])
    assert at_once
    for seed in range(4):
        shuffled = list(records)
        random.Random(seed).shuffle(shuffled)
        assert kept(paths(), [[one] for one in shuffled]) == at_once


def named_and_denied(sides: Names, *, outlet: str) -> Draft:
    """One row of an event that is part of two disputes: what to call it, and whether it happened."""
    (a, b) = sides
    draft = Draft(
        f"{a[1]} said that {b[1]} had kidnapped eight men on Friday. {b[1]} said that its patrol had rescued them. "
        f"The consul of {b[1]} denied this.",
        outlet=outlet,
    )
    draft.claim(a, f"{b[1]} had kidnapped eight men on Friday", cue="said")
    draft.event("kidnapped", [b], [a], "COERCE", date="2024-05-03")
    draft.claim(b, "its patrol had rescued them")
    draft.event("rescued", [b], [a], "AID", date="2024-05-03")
    draft.claim((b[0], f"The consul of {b[1]}"), "this", act="deny", cue="denied")
    return draft


def test_settling_one_dispute_of_a_row_leaves_its_other_dispute(paths: Callable[[], Path]) -> None:
    first = named_and_denied(SIDES, outlet="Third Wire")
    again = Draft(f"{SIDES[1][1]} said that its patrol had rescued eight men of {SIDES[0][1]}.", outlet="Fourth Wire")
    again.claim(SIDES[1], f"its patrol had rescued eight men of {SIDES[0][1]}", cue="said")
    again.event("rescued", [SIDES[1]], [SIDES[0]], "AID", date="2024-05-03")
    alone = kept(paths(), [[first.records()]])
    assert sorted(dispute.kind for dispute in alone) == ["naming", "occurrence"]
    rows = [{row for told in one.versions for row in told.row_ids} for one in alone]
    assert rows[0] & rows[1]
    one_by_one = kept(paths(), [[first.records()], [again.records()]])
    assert sorted(dispute.kind for dispute in one_by_one) == ["naming", "occurrence"]
    assert one_by_one == kept(paths(), [[again.records(), first.records()]])


def test_settling_again_changes_nothing(paths: Callable[[], Path]) -> None:
    with Store.open(paths()) as store:
        for draft in story():
            store.add(draft.records())
        relate(store, KNOWLEDGE)
        settle_disputes(store, KNOWLEDGE)
        before = list(disputes_of(store))
        again = settle_disputes(store, KNOWLEDGE, [draft.document.document_id for draft in story()])
        assert (again.removed, again.added) == (0, 0)
        assert list(disputes_of(store)) == before


def test_an_article_that_is_replaced_takes_its_rows_with_it(paths: Callable[[], Path]) -> None:
    drafts = story()
    uri = "https://one.example/changing"
    changing = Draft(drafts[2].text, outlet="Coast Post", published="2024-05-07", uri=uri)
    changing.claims, changing.events, changing.figures = drafts[2].claims, drafts[2].events, drafts[2].figures
    emptied = Draft("Tanzania said nothing more on Wednesday.", outlet="Coast Post", published="2024-05-08", uri=uri)
    without = kept(paths(), [[draft.records() for draft in drafts[:2] + drafts[3:]]])
    replaced = kept(paths(), [[draft.records() for draft in [*drafts[:2], changing, *drafts[3:]]], [emptied.records()]])
    assert replaced == without
    gone = changing.document.document_id
    assert all(gone not in version.document_ids for dispute in replaced for version in dispute.versions)


def test_a_doubled_outlet_adds_no_witness_and_no_version(paths: Callable[[], Path]) -> None:
    def shape(disputes: list[Dispute]) -> list[tuple[str, list[tuple[str, str | None, int]]]]:
        return sorted(
            (one.kind, sorted((told.stance, told.voices[-1].territory, told.witnesses) for told in one.versions))
            for one in disputes
        )

    records = [draft.records() for draft in story()]
    copy = accusing(SIDES, "41", 41, outlet="Copy").records()
    single, doubled = kept(paths(), [records]), kept(paths(), [[*records, copy]])
    assert shape(single) == shape(doubled)
    assert any(len(told.document_ids) == 3 for one in doubled for told in one.versions)


def test_two_countries_exchanged_give_the_same_disputes_exchanged(paths: Callable[[], Path]) -> None:
    def shape(disputes: list[Dispute], swap: bool) -> list[tuple[str, float, list[tuple[str, str]]]]:
        other = {"KEN": "TZA", "TZA": "KEN"}
        return sorted(
            (
                dispute.kind,
                dispute.confidence,
                sorted(
                    (version.stance, other[code] if swap else code)
                    for version in dispute.versions
                    if (code := version.voices[-1].territory) is not None
                ),
            )
            for dispute in disputes
        )

    here = kept(paths(), [[draft.records() for draft in story(SIDES)]])
    there = kept(paths(), [[draft.records() for draft in story(SWAPPED)]])
    assert here
    assert shape(here, swap=True) == shape(there, swap=False)


def test_disputes_are_asked_by_kind_dyad_day_and_document(paths: Callable[[], Path]) -> None:
    with Store.open(paths()) as store:
        for draft in story():
            store.add(draft.records())
        relate(store, KNOWLEDGE)
        settle_disputes(store, KNOWLEDGE)
        everything = list(disputes_of(store))
        assert [one.kind for one in disputes_of(store, kind="figure")] == ["figure"]
        assert list(disputes_of(store, dyad=("TZA", "KEN"))) == everything
        assert list(disputes_of(store, dyad=("TZA", "NOR"))) == []
        assert [one.kind for one in disputes_of(store, until="2024-05-03")] == ["naming"]
        assert len(list(disputes_of(store, since="2024-05-04"))) == 2
        assert list(disputes_of(store, since="2025")) == []
        own = story()[3].document.document_id
        assert [one.kind for one in disputes_of(store, document_id=own)] == ["naming"]
        assert list(disputes_of(store, limit=1, offset=1)) == everything[1:2]
        with pytest.raises(UsageError, match="weather"):
            list(disputes_of(store, kind="weather"))


@pytest.mark.parametrize(
    "scope",
    [{"dyad": ("KEN", "KEN")}, {"dyad": ("KEN", "Peru")}, {"since": "2024-13"}, {"since": "2025", "until": "2024"}],
)
def test_disputes_that_cannot_be_meant_are_refused(tmp_path: Path, scope: dict[str, Any]) -> None:
    with Store.open(tmp_path / "x.db") as store, pytest.raises(UsageError):
        list(disputes_of(store, **scope))


def test_what_was_set_aside_is_told_with_its_reason(paths: Callable[[], Path]) -> None:
    with Store.open(paths()) as store:
        one = accusing(SIDES, "41", 41, outlet="Lake Post")
        later = accusing(SIDES, "44", 44, outlet="Lake Post", published="2024-05-08")
        for draft in (one, later):
            store.add(draft.records())
        relate(store, KNOWLEDGE)
        settle_disputes(store, KNOWLEDGE)
        assert list(disputes_of(store)) == []
        reasons = [aside.reason for aside in considered(store, one.document.document_id)]
        assert any("update" in reason for reason in reasons)


def test_what_is_kept_reads_back_as_a_record(paths: Callable[[], Path]) -> None:
    with Store.open(paths()) as store:
        for draft in story():
            store.add(draft.records())
        relate(store, KNOWLEDGE)
        settle_disputes(store, KNOWLEDGE)
        for dispute in disputes_of(store):
            assert store.get(dispute.dispute_id) == dispute
            for version in dispute.versions:
                row = store.get(version.row_id)
                assert row is not None
                text = next(d for d in store.documents() if d.document_id == version.document_id).text
                assert text[version.evidence.start : version.evidence.end] == version.evidence.quote


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(picked=st.lists(st.integers(0, 7), min_size=2, max_size=6, unique=True), seed=st.integers(0, 99))
def test_the_order_of_articles_never_matters_to_the_pure_core(picked: list[int], seed: int) -> None:
    pool = [*story(), *story(SWAPPED)]
    chosen = [pool[index].article for index in picked]
    shuffled = list(chosen)
    random.Random(seed).shuffle(shuffled)
    one, other = disputes_in(chosen, LEXICON), disputes_in(shuffled, LEXICON)
    assert msgspec.json.encode(one) == msgspec.json.encode(other)
