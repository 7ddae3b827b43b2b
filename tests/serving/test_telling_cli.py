"""`detente happenings`, `disputes` and `dyad` as a person or a program meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace
from tests.records import KENYA, PERU, article

from detente.model import Event
from detente.recording.store import Store
from detente.serving.cli.main import commands

ACCOUNTS = (
    "Kenya said on Monday that Tanzanian marines had shelled a Kenyan post near Lunga Lunga and killed 11 villagers.",
    "Tanzania denied that its marines had shelled a Kenyan post. Dodoma said that three villagers had died near Lunga "
    "Lunga on Monday.",
)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "record.db"
    with Store.open(path) as store:
        store.add(article())
        store.add(
            article(KENYA, PERU, uri="https://two.example/9", more=" The ships turned back.", outlet="Andes Daily")
        )
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, [str(one) for one in arguments], standalone_mode=False)


def test_happenings_are_listed_once_each_with_their_words(db: Path) -> None:
    lines = run("happenings", "--db", db).stdout.splitlines()
    ids = [line.split("\t")[0] for line in lines]
    assert ids and len(set(ids)) == len(ids) and all(one.startswith("hap-") for one in ids)
    assert any("accused" in line for line in lines)


def test_happenings_come_as_json_and_each_can_be_shown(db: Path) -> None:
    rows = [json.loads(line) for line in run("happenings", "--json", "--db", db).stdout.splitlines()]
    assert {row["record"] for row in rows} == {"happening"}
    shown = run("show", rows[0]["happening_id"], "--db", db).stdout
    assert rows[0]["event_ids"][0] in shown and "[" in shown


def test_filters_narrow_and_say_when_nothing_is_left(db: Path) -> None:
    assert run("happenings", "--dyad", "Kenya", "per", "--db", db).stdout
    empty = run("happenings", "--dyad", "NOR", "LAO", "--db", db)
    assert empty.stdout == "" and "no happening fits" in empty.stderr


def test_a_listing_may_be_cut_into_pages(db: Path) -> None:
    whole = run("happenings", "--db", db).stdout.splitlines()
    pages = [run("happenings", "--limit", "1", "--offset", str(n), "--db", db).stdout for n in range(len(whole))]
    assert "".join(pages).splitlines() == whole


@pytest.mark.parametrize("command", ["happenings", "disputes", "dyad"])
def test_a_date_or_a_territory_that_is_none_is_said(command: str, db: Path) -> None:
    sides = ("KEN", "PER") if command == "dyad" else ()
    bad = run(command, *sides, "--since", "yesterday", "--db", db)
    assert bad.exception is not None and "is no date" in str(bad.exception)
    wrong = ("Kenia", "PER") if command == "dyad" else ("--dyad", "Kenia", "PER")
    unknown = run(command, *wrong, "--db", db)
    assert "no territory is called so" in str(unknown.exception) and "Kenya" in str(unknown.exception)


def test_a_page_on_two_territories_has_its_parts_in_order(db: Path) -> None:
    page = run("dyad", "peru", "KEN", "--db", db).stdout
    parts = [
        "Kenya (KEN) and Peru (PER)",
        "What changed",
        "Chronology",
        "Disputes",
        "Who speaks",
        "Figures",
        "What is not",
    ]
    places = [page.index(part) for part in parts]
    assert places == sorted(places)
    whole = json.loads(run("dyad", "KEN", "PER", "--json", "--db", db).stdout)
    assert (whole["one"], whole["other"]) == ("KEN", "PER")


@pytest.mark.slow
def test_two_accounts_of_one_matter_stand_side_by_side(tmp_path: Path) -> None:
    for number, text in enumerate(ACCOUNTS):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    db = tmp_path / "r.db"
    read = run("read", tmp_path / "0.txt", tmp_path / "1.txt", "--published", "2024-05-07", "--db", db)
    assert "in the whole record now" in read.output and "dispute" in read.output
    rows = [line.split("\t") for line in run("disputes", "--db", db).stdout.splitlines()]
    assert {row[1] for row in rows} == {"figure", "occurrence"}
    assert {row[8] for row in rows if row[1] == "figure"} == {"11", "three"}
    assert {row[3] for row in rows if row[1] == "occurrence"} == {"holds", "denies"}


def test_a_record_that_may_not_be_written_is_shown_as_it_is(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from detente.errors import StoreError
    from detente.relating import refresh

    def refused(*_: object) -> None:
        raise StoreError("the record may not be written")

    monkeypatch.setattr(refresh, "bring_up_to_date", refused)
    behind = run("happenings", "--db", db)
    assert behind.exception is None and "not up to date" in behind.stderr


def ids(db: Path) -> set[str]:
    return {line.split("\t")[0] for line in run("happenings", "--db", db).stdout.splitlines()}


def test_a_person_joins_happenings_and_takes_it_back(db: Path) -> None:
    with Store.open(db) as store:
        store.add(article(uri="https://three.example", more=" Later.", published="2024-09-05", event_date="2024-09-01"))
    before = ids(db)
    one, other, *_ = sorted(before)
    merged = run("decide", "merge", one, other, "--why", "one quarrel", "--who", "Ada", "--db", db)
    assert merged.stdout.startswith("kept as dec-") and len(ids(db)) == len(before) - 1
    listed = run("decide", "list", "--db", db).stdout
    assert "one quarrel" in listed and "Ada" in listed
    decision = listed.split("\t")[0]
    assert run("decide", "undo", decision, "--why", "two after all", "--db", db).exception is None
    assert ids(db) == before
    assert "taken back" in run("decide", "list", "--db", db).stdout


def test_a_decision_needs_two_things_and_a_reason(db: Path) -> None:
    one = min(ids(db))
    row = json.loads(run("happenings", "--json", "--db", db).stdout.splitlines()[0])
    alone = run("decide", "merge", row["event_ids"][0], "--why", "x", "--db", db)
    assert "nothing to join" in str(alone.exception)
    assert run("decide", "merge", one, one, "--db", db).exception is not None  # no --why
    document = run("documents", "--db", db).stdout.split("\t")[0]
    assert "only happenings and events" in str(run("decide", "split", document, "--why", "x", "--db", db).exception)
    assert "no decision of that id" in str(run("decide", "undo", "dec-zz", "--why", "x", "--db", db).exception)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--dyad", "KEN", "kenya"), "two sides"),
        (("--since", "2025", "--until", "2024"), "ends before it begins"),
        (("--document", "hap"), "names no document"),
    ],
)
@pytest.mark.parametrize("command", ["happenings", "disputes"])
def test_what_a_listing_cannot_mean_is_said(command: str, words: tuple[str, ...], said: str, db: Path) -> None:
    happening = min(ids(db))
    asked = [happening if one == "hap" else one for one in words]
    assert said in str(run(command, *asked, "--db", db).exception)


def test_a_pipe_learns_that_no_dispute_fits(db: Path) -> None:
    empty = run("disputes", "--dyad", "NOR", "LAO", "--db", db)
    assert empty.stdout == "" and "no dispute fits" in empty.stderr


def test_a_dispute_is_shown_in_words_and_its_parts_in_no_one_elses(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    for number, text in enumerate(ACCOUNTS):
        article_path = tmp_path / f"{number}.txt"
        article_path.write_text(text, encoding="utf-8")
        run("read", article_path, "--published", "2024-05-07", "--db", path, "--workers", "1")
    dispute = run("disputes", "--db", path).stdout.split("\t")[0]
    shown = run("show", dispute, "--db", path).stdout
    assert "ActorRef(" not in shown and "holds, " in shown and "from “”" not in shown


def test_a_decision_has_a_reason_and_joins_more_than_one(db: Path) -> None:
    one = min(ids(db))
    assert "nothing to join" in str(run("decide", "merge", one, "--why", "x", "--db", db).exception)
    assert "needs a reason" in str(run("decide", "split", one, "--why", " ", "--db", db).exception)
    assert run("decide", "list", "--db", db).stdout == ""


def test_a_page_says_what_its_index_leaves_out(db: Path) -> None:
    page = run("dyad", "KEN", "PER", "--without", "outlet=andes daily", "--db", db).stdout
    assert "The index without outlet=andes daily" in page
    refused = run("dyad", "KEN", "PER", "--without", "outlet=Andes Dayly", "--db", db)
    assert "Andes Daily" in str(refused.exception)


def test_a_plan_is_called_planned_once(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with Store.open(path) as store:
        store.add([replace(row, modality="future") if isinstance(row, Event) else row for row in article()])
    listed = run("happenings", "--db", path).stdout
    assert "planned by 1" in listed and "planned by 1, planned" not in listed


def test_happenings_between_two_may_be_drawn_and_only_what_was_done(db: Path, tmp_path: Path) -> None:
    with Store.open(db) as store:
        rows = article(uri="https://plan.example", more=" A plan.", event_type="ASSAULT")
        store.add([replace(row, modality="future") if isinstance(row, Event) else row for row in rows])
    picture = tmp_path / "line.svg"
    listed = run("happenings", "--dyad", "PER", "KEN", "--limit", "1", "--plot", picture, "--db", db).stdout
    drawn = picture.read_text(encoding="utf-8")
    assert len(listed.splitlines()) == 1 and "Peru and Kenya" in drawn
    assert "Accuse" in drawn and "Assault" not in drawn and "1 only planned or denied" in drawn
    assert "--dyad A B" in str(run("happenings", "--plot", picture, "--db", db).exception)
    wrong = run("happenings", "--dyad", "PER", "KEN", "--plot", tmp_path / "x.pdf", "--db", db)
    assert "cannot be drawn" in str(wrong.exception)
