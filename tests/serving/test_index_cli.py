"""`detente index`: what a person and a pipe see, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from msgspec.structs import replace

from detente.errors import UsageError
from detente.knowledge import Knowledge
from detente.model import Actor, AnyRecord, Event
from detente.model.vocabulary import EventType
from detente.recording.store import Store
from detente.relating.index.audit import recompute
from detente.relating.refresh import bring_up_to_date
from detente.serving.cli import display
from records import KENYA, LAOS, PERU, article
from running_detente import in_process

TYPES: tuple[EventType, ...] = ("ACCUSE", "SANCTION", "REJECT", "ACCUSE", "CONSULT", "THREATEN")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("index") / "record.db"
    with Store.open(path) as store:
        for number in range(12):
            day = f"2023-{number + 1:02}-07"
            outlet = "The Harbour Post" if number < 8 else "Hill Gazette"
            store.add(
                article(
                    KENYA, PERU, uri=f"https://one.example/{number}", more=f" Note {number}.", published=day,
                    event_date=day, outlet=outlet, event_type=TYPES[number % len(TYPES)],
                )
            )  # fmt: skip
        bring_up_to_date(store, Knowledge())
    return path


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "is_for_people", lambda: True)
    monkeypatch.setenv("COLUMNS", "100")


def run(record: Path, *words: str) -> Result:
    done = in_process("index", *words, "--db", str(record))
    if done.exception is not None:
        raise done.exception
    return done


def test_a_pipe_gets_one_line_a_period_and_the_two_sides_may_change_places(record: Path) -> None:
    lines = run(record, "kenya", "PER").stdout.splitlines()
    assert lines == run(record, "peru", "ken").stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == [f"2023-{month:02}" for month in range(1, 13)]
    assert all(len(line.split("\t")) == 5 for line in lines)
    assert lines[-1].split("\t")[4] == "1"


def test_every_step_from_day_to_year_is_shown(record: Path) -> None:
    names = {step: run(record, "KEN", "PER", "--step", step).stdout.split("\t")[0]
             for step in ("day", "week", "month", "quarter", "year")}  # fmt: skip
    assert names == {
        "day": "2023-01-07", "week": "2023-W01", "month": "2023-01", "quarter": "2023-Q1", "year": "2023",
    }  # fmt: skip


def test_both_numbers_are_shown_where_something_is_left_out(record: Path) -> None:
    done = run(record, "KEN", "PER", "--without", "outlet=Hill Gazette", "--since", "2023-08")
    cells = [line.split("\t") for line in done.stdout.splitlines()]
    assert all(len(row) == 9 for row in cells)
    level, less, difference = (float(cells[0][place]) for place in (1, 5, 8))
    assert difference == pytest.approx(less - level, abs=0.011)
    assert "8 without outlet=Hill Gazette" in done.stderr


def test_a_point_opens_to_happenings_that_add_up(record: Path) -> None:
    rows = [line.split("\t") for line in run(record, "KEN", "PER", "--open", "2023-06").stdout.splitlines()]
    assert len(rows) == 12
    shown = next(line for line in run(record, "KEN", "PER").stdout.splitlines() if line.startswith("2023-06"))
    assert sum(float(row[2]) for row in rows) == pytest.approx(float(shown.split("\t")[1]), abs=0.006)
    assert "Kenya (KEN) > Peru (PER)" in rows[0][5]


def test_what_is_written_as_csv_gives_the_number_that_json_shows(record: Path, tmp_path: Path) -> None:
    done = run(record, "KEN", "PER", "--csv", str(tmp_path / "rows.csv"), "--json", "--open", "2023-06")
    shown = json.loads(done.stdout)
    again = recompute(tmp_path / "rows.csv")
    assert [point.level for point in again.points] == [point["level"] for point in shown["points"]]
    assert (shown["a"], shown["b"], shown["happenings"], shown["without"]) == ("KEN", "PER", 12, [])
    points = sum(share["points"] for share in shown["opening"]["shares"])
    assert points == pytest.approx(shown["opening"]["level"], abs=1e-9)


def test_a_person_sees_a_heading_the_counts_and_what_to_do_next(record: Path, terminal: None) -> None:
    done = run(record, "KEN", "PER", "--until", "2025")
    assert "Kenya and Peru, by month" in done.stdout
    assert "0 friendly, 1 hostile" in done.stdout
    assert "--open" in done.stderr
    assert "what adds up to it" in run(record, "KEN", "PER", "--open", "2023-06").stdout


def test_a_directed_index_holds_one_way_only(record: Path, terminal: None) -> None:
    assert "Kenya towards Peru" in run(record, "KEN", "PER", "--directed").stdout
    assert "0 happenings" in run(record, "PER", "KEN", "--directed").stderr


def test_two_that_have_nothing_to_do_with_one_another_are_told_so(record: Path) -> None:
    done = run(record, "KEN", LAOS[0])
    assert done.stdout == ""
    assert "not enough to say" in done.stderr
    assert "not enough to say" in run(record, "KEN", LAOS[0], "--open", "2023-06").stderr


@pytest.mark.parametrize(
    "words",
    [
        ("KEN", "KEN"), ("KEN", "Atlantis"), ("KEN", "PER", "--open", "lately"), ("KEN", "PER", "--without", "red"),
        ("KEN", "PER", "--plot", "index.gif"), ("KEN", "PER", "--since", "soon"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(record: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        run(record, *words)


@pytest.mark.parametrize("name", ["index.svg", "index.png"])
def test_a_picture_is_written(record: Path, tmp_path: Path, name: str) -> None:
    run(record, "KEN", "PER", "--plot", str(tmp_path / name), "--without", "outlet=Hill Gazette")
    start = (tmp_path / name).read_bytes()[:60]
    assert start.startswith(b"\x89PNG" if name.endswith("png") else b"<svg xmlns=")


def test_an_actor_without_a_territory_takes_part_by_name_or_id(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    league = Actor(actor_id="act-league", name="Harbour League", kind="igo")
    with Store.open(path) as store:
        for number in range(4):
            rows = article(KENYA, PERU, uri=f"https://one.example/{number}", more=f" Note {number}.",
                           event_date=f"2023-{number + 1:02}-07")  # fmt: skip
            store.add([*(with_target(row) for row in rows), league])
        bring_up_to_date(store, Knowledge())
    shown = [run(path, "KEN", name).stdout for name in ("harbour league", "act-league")]
    assert shown[0] == shown[1] != ""
    with pytest.raises(UsageError):
        run(path, "KEN", "Harbour Leaguers")


def with_target(row: AnyRecord) -> AnyRecord:
    """The event with the league as its target."""
    if not isinstance(row, Event):
        return row
    (peru,) = row.targets
    return replace(row, targets=(replace(peru, actor_id="act-league", name="Harbour League", territory=None),))


def test_why_there_is_not_enough_to_say(record: Path) -> None:
    assert "3 happenings with weight or more" in run(record, "KEN", LAOS[0]).stderr
    assert "outside" in run(record, "KEN", "PER", "--since", "2031").stderr
    opened = run(record, "KEN", "PER", "--open", "2099")
    assert opened.stdout and "not enough to say of 2099" in opened.stderr


def test_json_counts_the_happenings_that_the_note_counts(record: Path) -> None:
    count = json.loads(run(record, "KEN", "PER", "--json").stdout)["happenings"]
    assert f"{count} happenings with weight" in run(record, "KEN", "PER").stderr


def test_nothing_is_written_over_the_record_or_the_table(record: Path, tmp_path: Path) -> None:
    before = record.read_bytes()
    with pytest.raises(UsageError, match="another file"):
        run(record, "KEN", "PER", "--csv", str(record.parent / "." / record.name))
    assert record.read_bytes() == before
    with pytest.raises(UsageError, match="another file"):
        run(record, "KEN", "PER", "--csv", str(tmp_path / "x.svg"), "--plot", str(tmp_path / "x.svg"))


def test_an_export_is_never_written_over_the_record(record: Path) -> None:
    before = record.read_bytes()
    done = in_process("export", "-o", str(record), "--db", str(record))
    assert isinstance(done.exception, UsageError) and record.read_bytes() == before
