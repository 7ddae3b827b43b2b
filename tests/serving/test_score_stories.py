"""The score of stories: the counting alone, the record made from the annotation, and whole runs."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.running_detente import in_process

from detente.errors import InputError, UsageError
from detente.knowledge import Knowledge
from detente.model import Claim, Document, Event, Figure
from detente.recording import evidence
from detente.recording.store import Store
from detente.serving.scores.report import ScoreReport
from detente.serving.scores.stories import StoriesScore
from detente.serving.scores.stories_counting import Words, is_same_matter, links, pairs_of_matters
from detente.serving.scores.stories_record import AnnotatedArticle
from detente.serving.scores.stories_rows import StoryRow, stories

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "corpus"))

import compile_stories as compiling  # noqa: E402

KNOWLEDGE = Knowledge()
HEADER = "story: s\ngenre: wire\ndyads: PER-ECU\noutlet: {outlet}\npublished: 2020-05-05\nwriter: test\n"
PERU_TOLD = """> Peru said on Monday that Ecuador had shelled Tumbes on Sunday and killed nine men.
a Peru (PER); Ecuador (ECU); Tumbes (people PER)
e shelled | ASSAULT/heavy-weapons | Ecuador > Tumbes
c Peru | said | Ecuador … men | accuse
f nine | 9 person killed | men
t Monday | 2020-05-04
t Sunday | 2020-05-03
> Lima expelled the Ecuadorean envoy.
a Lima (government PER); the Ecuadorean envoy (office ECU)
e expelled | SANCTION/expel | Lima > the Ecuadorean envoy
s Lima > the Ecuadorean envoy | -0.5
"""
ECUADOR_TOLD = """> Ecuador said that its guns had never fired on Tumbes and that three men had died of fever.
a Ecuador (ECU); its guns (government ECU); Tumbes (people PER)
e fired on | ASSAULT/heavy-weapons neg | its guns > Tumbes
c Ecuador | said | its guns … fever | deny
f three | 3 person killed | men
"""
BLOCK = (
    "+h the shelling | a1 shelled | b1 fired on\n"
    "+d occurrence | whether Ecuador shelled Tumbes | holds Peru at a1: had shelled Tumbes ; "
    "denies Ecuador at b1: had never fired\n"
)


def told(folder: Path, block: str = BLOCK) -> StoryRow:
    """One story of two articles, compiled."""
    path = folder / "dev/x.txt"
    path.parent.mkdir(exist_ok=True)
    articles = []
    for letter, outlet, text in (("a", "PER", PERU_TOLD), ("b", "ECU", ECUADOR_TOLD)):
        long = " ".join(f"{letter}{number}" for number in range(78))
        rest = f"> It rained in {long}.\nn weather\n> So it was ({letter}).\nn other\n> No more ({letter}).\nn other\n"
        articles.append(f"=== s-{letter}\n{HEADER.format(outlet=outlet)}\n{text}{rest}")
    path.write_text("\n".join([*articles, block]), encoding="utf-8")
    done = compiling.compiled([path], KNOWLEDGE)
    assert [str(problem) for problem in done.problems] == []
    return done.rows[0]


def written(folder: Path, *rows: StoryRow) -> Path:
    path = folder / "stories_dev.jsonl"
    path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    return path


def figures(report: ScoreReport) -> dict[str, float]:
    return {figure.name: figure.value for figure in report.figures}


# -- counting ---------------------------------------------------------------------------------------------------------

GROUPS = st.dictionaries(st.integers(0, 12), st.integers(0, 4), min_size=1)


@settings(max_examples=60, deadline=None)
@given(st.data(), GROUPS)
def test_links_of_both_are_links_of_each(data: st.DataObject, gold: dict[int, int]) -> None:
    found = {member: data.draw(st.integers(0, 4)) for member in gold}
    right, ours, theirs = links(gold, found)
    assert links(found, gold) == (right, theirs, ours)
    assert 0 <= right <= min(ours, theirs)
    assert links(gold, {member: f"g{group}" for member, group in gold.items()}) == (theirs, theirs, theirs)


def test_who_was_not_grouped_stands_alone() -> None:
    assert links({1: "x", 2: "x", 3: "x"}, {1: "m", 2: "m"}) == (1, 1, 3)


def at(start: int, end: int, document: str = "d") -> tuple[Words, ...]:
    return (Words(document, start, end),)


def test_a_dispute_needs_two_different_versions_on_both_sides() -> None:
    gold = [at(0, 10), at(20, 30)]
    assert is_same_matter(gold, [at(5, 8), at(25, 40)])
    assert not is_same_matter(gold, [at(5, 25)])
    assert not is_same_matter(gold, [at(0, 5), at(6, 10)])
    assert not is_same_matter(gold, [at(0, 10), at(20, 30, "other")])


def test_a_version_counts_wherever_it_is_told() -> None:
    gold = [(Words("d", 0, 10), Words("copy", 50, 60)), at(20, 30)]
    assert is_same_matter(gold, [at(55, 58, "copy"), at(25, 40)])


def test_one_found_dispute_answers_for_one() -> None:
    one = [at(0, 10), at(20, 30)]
    assert len(pairs_of_matters([one, one], [one])) == 1
    assert len(pairs_of_matters([one], [one, one])) == 1


# -- the record made from the annotation ------------------------------------------------------------------------------


def test_an_event_takes_the_day_of_its_own_claim(tmp_path: Path) -> None:
    event = AnnotatedArticle(told(tmp_path).articles[0], KNOWLEDGE, {}).events[0]
    assert event.date is not None
    assert event.date.start == "2020-05-03"


def test_a_day_that_the_annotation_sets_wins(tmp_path: Path) -> None:
    article = told(tmp_path).articles[0]
    assert AnnotatedArticle(article, KNOWLEDGE, {0: None}).events[0].date is None
    set_to = AnnotatedArticle(article, KNOWLEDGE, {1: "2020-05-01"}).events[1].date
    assert set_to is not None
    assert set_to.start == "2020-05-01"


def test_the_rows_carry_voices_territories_and_bounds(tmp_path: Path) -> None:
    records = AnnotatedArticle(told(tmp_path).articles[0], KNOWLEDGE, {}).records()
    event = next(record for record in records if isinstance(record, Event))
    claim = next(record for record in records if isinstance(record, Claim))
    figure = next(record for record in records if isinstance(record, Figure))
    assert [voice.territory for voice in event.voices] == ["PER", "PER"]
    assert [voice.kind for voice in event.voices] == ["author", "state"]
    assert ([s.territory for s in event.sources], [t.territory for t in event.targets]) == (["ECU"], ["PER"])
    assert (claim.act, claim.speaker and claim.speaker.name) == ("accuse", "Peru")
    assert (figure.value, figure.measure, figure.of) == (9, "killed", "men")


def test_the_record_of_a_story_can_be_kept(tmp_path: Path) -> None:
    with Store.open(tmp_path / "d.db") as store:
        for article in told(tmp_path).articles:
            records = AnnotatedArticle(article, KNOWLEDGE, {}).records()
            document = next(record for record in records if isinstance(record, Document))
            evidence.check(records, document.text)
            assert store.add(records) == "new"
        assert (store.counts().documents, store.counts().events) == (2, 3)


# -- whole runs -------------------------------------------------------------------------------------------------------


def test_rows_of_the_annotation_hold_every_mention(tmp_path: Path) -> None:
    found = figures(StoriesScore(gold_rows=True).score(written(tmp_path, told(tmp_path)), KNOWLEDGE))
    assert found["gold rows: mentions of events in the record"] == 1
    assert found["gold rows: witnesses right"] == 1
    assert not any(name.startswith("read") for name in found)


def test_a_copy_that_is_none_is_shown(tmp_path: Path) -> None:
    report = StoriesScore(gold_rows=True).score(written(tmp_path, told(tmp_path, "+w a b")), KNOWLEDGE)
    assert figures(report)["gold rows: witnesses right"] == 0
    assert any("witness of s-a wrong" in line for line in report.errors)


def test_what_is_missed_is_told_in_words(tmp_path: Path) -> None:
    dispute = "+d motive | why | holds Peru at a1: on Sunday ; holds Ecuador at b1: fever"
    wrong = f"+h two acts | a2 expelled | b1 fired on\n{dispute}\n"
    report = StoriesScore(gold_rows=True).score(written(tmp_path, told(tmp_path, wrong)), KNOWLEDGE)
    assert any("split s: two acts" in line and "“expelled”" in line for line in report.errors)
    assert any("missed motive of s: why" in line and "“fever”" in line for line in report.errors)
    assert figures(report)["gold rows: disputes, motive recall"] == 0


def test_both_ways_are_reported_without_gold_rows(tmp_path: Path) -> None:
    report = StoriesScore().score(written(tmp_path, told(tmp_path)), KNOWLEDGE)
    found = figures(report)
    assert 0 < found["read: mentions of events in the record"] <= 1
    assert {"gold rows: happenings B3 F1", "read: happenings B3 F1", "read: disputes F1"} <= set(found)
    assert report.rows == 1


def test_gold_rows_are_asked_for_on_the_command_line(tmp_path: Path) -> None:
    path = str(written(tmp_path, told(tmp_path)))
    done = in_process("score", "stories", path, "--gold-rows")
    assert "gold rows: disputes F1" in done.output
    assert "read:" not in done.output
    assert isinstance(in_process("score", "times", path, "--gold-rows").exception, UsageError)


def test_a_file_of_no_stories_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        list(stories(path))
