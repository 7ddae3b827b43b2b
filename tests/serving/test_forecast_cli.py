"""`detente forecast`: what a person, a pipe and a program get, and what is refused."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from click.testing import Result

from detente.errors import UsageError
from detente.knowledge import Knowledge
from detente.recording.store import Store
from detente.relating.forecast.simulating import LAWS, simulate
from detente.relating.refresh import bring_up_to_date
from detente.serving.cli import display
from detente.serving.cli.forecasting import odds
from records import KENYA, PERU, article
from running_detente import in_process
from simulated_record import fill

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def thick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = simulate(LAWS[3], pairs=10, days=700, seed=3)
    names = {name: name for name in made.history.parties} | {"P002": "KEN", "P003": "NOR"}
    return fill(tmp_path_factory.mktemp("forecast") / "thick.db", made.history, names)


@pytest.fixture(scope="module")
def thin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("forecast") / "thin.db"
    with Store.open(path) as store:
        store.add(article(KENYA, PERU))
        bring_up_to_date(store, Knowledge())
    return path


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "is_for_people", lambda: True)


def run(record: Path, *words: str) -> Result:
    done = in_process("forecast", *words, "--db", str(record))
    if done.exception is not None:
        raise done.exception
    return done


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.004, "less than 1 in 100"), (0.04, "about 4 in 100"), (0.074, "about 7 in 100"), (0.08, "about 1 in 10"),
        (0.29, "about 3 in 10"), (0.92, "about 9 in 10"), (0.97, "about 97 in 100"), (0.996, "more than 99 in 100"),
    ],
)  # fmt: skip
def test_chances_in_words(probability: float, words: str) -> None:
    assert odds(probability) == words


@pytest.mark.usefixtures("terminal")
def test_a_person_gets_chances_in_words_and_numbers_beside_their_score_card(thick: Path) -> None:
    told = run(thick, "kenya", "NOR", "--horizon", "30").stdout
    assert "KEN towards NOR, seen from" in told
    assert " in 10, " in told or " in 100, " in told
    assert "base rate" in told and "recurrence" in told
    assert "Brier score" in told and "log score" in told
    assert "Do chances mean what they say?" in told
    assert "evt-" in told and "halved every" in told
    assert "The index ahead" in told and "in 30 days" in told
    assert "Within 7 days" not in told
    assert max(len(line) for line in told.splitlines() if "rests on" not in line and "no skill" not in line) <= 130


@pytest.mark.usefixtures("terminal")
def test_a_thin_record_is_told_so_in_words(thin: Path) -> None:
    told = run(thin, "KEN", "PER").stdout
    assert (
        told.count("No forecast: the record holds 1 happening between KEN and PER; a forecast needs 10 or more.") == 1
    )
    assert "Score card" not in told


def test_a_pipe_gets_one_line_a_class_and_horizon(thick: Path, thin: Path) -> None:
    lines = [line.split("\t") for line in run(thick, "KEN", "NOR").stdout.splitlines()]
    assert {line[1] for line in lines} == {"7", "30", "90"}
    assert all(len(line) == 11 for line in lines)
    assert any(line[3] != "-" and line[10] == "-" for line in lines)
    assert all(
        line[3] == "-" and line[10] != "-"
        for line in (one.split("\t") for one in run(thin, "KEN", "PER").stdout.splitlines())
    )


def test_the_same_question_gets_the_same_bytes(thick: Path) -> None:
    words = ("KEN", "NOR", "--horizon", "7", "--json")
    assert run(thick, *words).stdout == run(thick, *words).stdout


def test_json_holds_card_parts_and_drivers(thick: Path) -> None:
    found = json.loads(run(thick, "KEN", "NOR", "--horizon", "30", "--json").stdout)
    chance = next(one for one in found["chances"] if one["probability"] is not None)
    assert chance["card"]["origins"] >= 6
    assert sum(one["count"] for one in chance["card"]["reliability"]) == chance["card"]["forecasts"]
    assert chance["drivers"][0]["event_ids"]
    assert found["ahead"]["levels"][0]["horizon"] == 30


def test_the_past_can_be_run_again(thick: Path) -> None:
    found = json.loads(run(thick, "KEN", "NOR", "--as-of", "2020-06-30", "--horizon", "7", "--json").stdout)
    assert found["as_of"] == "2020-06-30"
    assert all(one["until"] == "2020-07-07" for one in found["chances"])
    days = [driver["day"] for one in found["chances"] for driver in one["drivers"]]
    assert all(day <= "2020-06-30" for day in days)


def test_a_picture_is_whole_and_names_the_classes(thick: Path, tmp_path: Path) -> None:
    run(thick, "KEN", "NOR", "--plot", str(tmp_path / "next.svg"))
    words = "".join(ElementTree.parse(tmp_path / "next.svg").getroot().itertext())
    assert "What Kenya may do to Norway" in words and "verbal conflict" in words and "Within 90 days" in words
    run(thick, "KEN", "NOR", "--horizon", "7", "--plot", str(tmp_path / "next.png"))
    assert (tmp_path / "next.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(UsageError, match="cannot be drawn"):
        run(thick, "KEN", "NOR", "--plot", str(tmp_path / "next.gif"))


def test_impossible_questions_are_refused(thick: Path) -> None:
    with pytest.raises(UsageError, match="no territory"):
        run(thick, "Atlantis", "NOR")
    with pytest.raises(UsageError, match="two sides"):
        run(thick, "KEN", "Kenya")
    with pytest.raises(UsageError, match="does not reach"):
        run(thick, "KEN", "NOR", "--as-of", "2099-01-01")


@pytest.mark.slow
def test_the_sample_articles_are_far_too_few_and_every_line_says_so(tmp_path: Path) -> None:
    record = tmp_path / "sample.db"
    assert in_process("read", str(EXAMPLES), "--db", str(record), "--workers", "1").exit_code == 0
    lines = [line.split("\t") for line in run(record, "KEN", "TZA").stdout.splitlines()]
    assert len(lines) == 12
    assert all(line[3] == "-" and ("a forecast needs" in line[10] or "are needed" in line[10]) for line in lines)


def test_a_pipe_and_a_person_learn_what_was_not_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = tmp_path / "vague.db"
    with Store.open(record) as store:
        store.add(article(published="2024-03-05", event_date="2001-03-04"))
    assert "long before" in run(record, "KEN", "PER").stderr
    monkeypatch.setattr(display, "is_for_people", lambda: True)
    assert "long before" in run(record, "KEN", "PER").stderr
