"""The stories compile and keep their splits apart; the compiler says what is wrong where."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from detente.knowledge import Knowledge
from detente.serving.scores.corpus_rows import Stretch
from detente.serving.scores.stories_rows import StoryRow

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
sys.path.insert(0, str(CORPUS))

import balance  # noqa: E402
import compile_stories as compiling  # noqa: E402

KNOWLEDGE = Knowledge()
HEADER = "genre: wire\ndyads: PER-ECU\noutlet: {outlet}\npublished: 2020-05-04\nwriter: test\n"
SHELLED = """> Peru said that Ecuador had shelled Tumbes on Sunday and killed nine men.
a Peru (PER); Ecuador (ECU); Tumbes (people PER)
e shelled | ASSAULT/heavy-weapons | Ecuador > Tumbes
c Peru | said | Ecuador … men | accuse
f nine | 9 person killed | men
t Sunday | 2020-05-03
"""
DENIED = """> Ecuador said that its guns had not fired and that three men had died.
a Ecuador (ECU); its guns (government ECU)
e fired | ASSAULT/heavy-weapons neg | its guns > -
c Ecuador | said | its guns … died | deny
f three | 3 person killed | men
"""
TOLD = "+h the shelling | a1 shelled | b1 fired\n"
WHO = (
    "+d responsibility | who shelled Tumbes | holds Peru at a1: Ecuador had shelled ; "
    "denies Ecuador at b1: had not fired"
)


@pytest.fixture(scope="module")
def stories() -> compiling.Compiled:
    return compiling.compiled(compiling.sources(CORPUS), KNOWLEDGE)


def filler(name: str, words: int = 80) -> str:
    """A sentence of so many words, a different one for each article."""
    return "> It rained in " + " ".join(f"{name}{number}" for number in range(words - 3)) + ".\nn weather\n"


def article(letter: str, text: str, *, outlet: str = "GBR", rest: str | None = None) -> str:
    after = filler(letter) if rest is None else rest
    shown = "".join(f"{after}\n> So it was ({letter}).\nn other\n> No more ({letter}).\nn other\n")
    return f"=== s-{letter}\nstory: s\n{HEADER.format(outlet=outlet)}\n{text}\n{shown}"


def compiled(folder: Path, *texts: str, block: str = "", split: str = "dev") -> compiling.Compiled:
    """One story of articles a, b, … and its block."""
    path = folder / split / "x.txt"
    path.parent.mkdir(exist_ok=True)
    articles = [text if text.startswith("===") else article("abcdef"[i], text) for i, text in enumerate(texts)]
    path.write_text("\n".join([*articles, block]), encoding="utf-8")
    return compiling.compiled([path], KNOWLEDGE)


def row(folder: Path, *texts: str, block: str) -> StoryRow:
    done = compiled(folder, *texts, block=block)
    assert [str(problem) for problem in done.problems] == []
    return done.rows[0]


def words(stretches: tuple[Stretch, ...]) -> list[str]:
    return [stretch.quote for stretch in stretches]


# -- what is committed ------------------------------------------------------------------------------------------------


def test_every_committed_story_compiles(stories: compiling.Compiled) -> None:
    assert [str(problem) for problem in stories.problems] == []


def test_the_test_stories_are_as_many_as_asked(stories: compiling.Compiled) -> None:
    test = [story for story in stories.rows if story.split == "test"]
    kinds = Counter(dispute.kind for story in test for dispute in story.disputes)
    assert len(test) >= 40
    assert sum(kinds.values()) >= 120
    assert min(kinds[kind] for kind in ("figure", "naming", "occurrence", "responsibility", "motive")) >= 15
    assert sum(not story.disputes for story in test) >= 5
    assert sum(bool(story.copies) for story in test) >= 5


def test_every_version_and_trigger_of_the_stories_stands_on_its_words(stories: compiling.Compiled) -> None:
    for story in stories.rows:
        for dispute in story.disputes:
            for place in (place for version in dispute.versions for place in version.places):
                text = story.articles[place.article].text
                assert [w for w in place.words if text[w.start : w.end] != w.quote] == []


def test_no_sentence_of_a_story_stands_in_the_corpus(stories: compiling.Compiled) -> None:
    known = {
        line.partition(" ")[2].strip().casefold()
        for split in ("train", "dev", "test")
        for path in (CORPUS / split).glob("*.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(">") and len(line.split()) > compiling.SAME_WORDS
    }
    told = {
        article.text[sentence.start : sentence.end].casefold()
        for story in stories.rows
        for article in story.articles
        for sentence in article.sentences
    }
    assert known & told == set()


def test_no_state_of_the_stories_is_cast_in_one_part_beyond_chance(stories: compiling.Compiled) -> None:
    assert balance.beyond_chance([article for story in stories.rows for article in story.articles]) == []


def test_compiled_stories_come_back_as_they_were(stories: compiling.Compiled) -> None:
    for story in stories.rows:
        assert msgspec.json.decode(msgspec.json.encode(story), type=StoryRow) == story


def test_the_same_stories_give_the_same_bytes(tmp_path: Path, stories: compiling.Compiled) -> None:
    for folder in ("a", "b"):
        compiling.write(stories.rows, tmp_path / folder)
    for name in ("stories_dev.jsonl", "stories_test.jsonl"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
        assert (tmp_path / "a" / name).read_bytes().count(b"\n") > 0


# -- what the lines mean ----------------------------------------------------------------------------------------------


def test_a_happening_joins_events_of_two_articles(tmp_path: Path) -> None:
    story = row(tmp_path, SHELLED, DENIED, block=TOLD)
    assert [(at.article, at.event) for at in story.happenings[0].events] == [(0, 0), (1, 0)]


def test_a_version_has_its_stance_voice_and_words(tmp_path: Path) -> None:
    held, denied = row(tmp_path, SHELLED, DENIED, block=WHO).disputes[0].versions
    assert (held.stance, words(held.places[0].words)) == ("holds", ["Ecuador had shelled"])
    assert (denied.stance, denied.places[0].article, denied.actors) == ("denies", 1, (0,))


def test_copied_sentences_bring_their_annotation_and_their_place_in_a_dispute(tmp_path: Path) -> None:
    header = HEADER.format(outlet="ZAF")
    copy = f"=== s-c\nstory: s\n{header}\n>t Shells on Tumbes\nn other\n>= a 1-2\n> So be it.\nn other"
    story = row(tmp_path, SHELLED, DENIED, copy, block=f"+w a c\n{WHO}")
    assert story.copies == ((0, 2),)
    assert [event.trigger[0].quote for event in story.articles[2].events] == ["shelled"]
    assert [(place.article, place.sentence) for place in story.disputes[0].versions[0].places] == [(0, 0), (2, 1)]


def test_a_day_can_be_set_or_taken_away(tmp_path: Path) -> None:
    days = row(tmp_path, SHELLED, DENIED, block="+t a1 shelled | -\n+t b1 fired | 2020-05-03").days
    assert [(day.at.article, day.value) for day in days] == [(0, None), (1, "2020-05-03")]


def test_the_second_of_two_like_voices_can_be_named(tmp_path: Path) -> None:
    text = (
        "> It said that Peru had fired; it added that nine had died.\n"
        "a It (ECU); Peru (PER); it#2 (ECU)\ne fired | ASSAULT | Peru > -\n"
        "c It#1 | said | Peru had fired | accuse\nc it#2 | added | nine had died\nf nine | 9 person killed\n"
    )
    block = "+d figure | how many died | holds it#2 at a1: nine had died ; holds Ecuador at b1: three men had died"
    assert row(tmp_path, text, DENIED, block=block).disputes[0].versions[0].actors == (2,)


# -- what writers are told --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("+h the shelling | a1 shelled", "has one mention"),
        ("+h the shelling | a1 shelled | b1 shot", "does not stand in the sentence"),
        ("+h the shelling | a1 shelled | b1 died", "no event with the trigger “died”"),
        ("+h the shelling | a1 shelled | c1 fired", "no article c"),
        ("+h the shelling | a1 shelled | b9 fired", "has 4 sentences, no 9"),
        ("+h the shelling | a1 shelled | fired", "no place: fired"),
        (TOLD + "+h again | a1 shelled | b1 fired", "stands already in the happening the shelling"),
        ("+w a", "two articles or more"),
        ("+w a b\n+w b a", "two groups of copies"),
        ("+t a1 shelled | Sunday", "no day: Sunday"),
        (WHO.replace("responsibility", "opinion"), "no kind of dispute: opinion"),
        (WHO.replace("denies", "doubts"), "no version: doubts"),
        (WHO.replace("who shelled Tumbes", ""), "says in plain words what it is about"),
        (WHO.partition(" ; ")[0], "two versions or more"),
        (WHO.replace("denies Ecuador", "denies Tumbes"), "is no actor of that sentence"),
        (WHO.replace("holds Peru", "holds Tumbes"), "neither speaks nor acts"),
        (WHO.replace("responsibility", "figure"), "no version stands on an annotated figure"),
        (WHO.replace("responsibility", "occurrence").replace("denies", "holds"), "nobody denies or omits"),
        (WHO.replace("holds", "denies"), "nobody holds anything"),
        (WHO.replace("b1: had not fired", "a1: Ecuador had shelled").replace("denies Ecuador", "denies Peru"),
         "two versions stand on the same words"),
        ("+x a b", "no line of a block: +x"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_block_is_named_with_its_story(tmp_path: Path, block: str, message: str) -> None:
    problems = compiled(tmp_path, SHELLED, DENIED, block=block).problems
    assert problems
    assert message in problems[0].what
    assert problems[0].file == "stories/dev/x.txt"
    assert problems[0].line > 20


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ((SHELLED,), "1 articles; a story has 2 to 4"),
        ((SHELLED, article("b", DENIED, rest="")), "an article has 80 to 170"),
        ((SHELLED, article("b", DENIED, rest=filler("b", 200))), "an article has 80 to 170"),
        ((SHELLED.replace("2020-05-03", "2020-05-02"), DENIED), "2020-05-02 is a saturday, not “Sunday”"),
        ((SHELLED.replace("2020-05-03", "2020-04-19"), DENIED), "far from 2020-05-04"),
        ((SHELLED, SHELLED), "in an article that is no copy"),
        ((SHELLED, article("b", DENIED).replace("story: s\n", "")), "the header story is missing"),
        ((SHELLED, article("b", DENIED).replace("s-b", "s-a")), "the id s-a stands already"),
        ((SHELLED, article("b", DENIED, rest=filler("b") + ">= a 1-9")), "article a has 4 sentences"),
        ((SHELLED, article("b", DENIED, rest=filler("b") + ">= b 1-1")), "no earlier article b"),
    ],
)
def test_a_mistake_in_an_article_is_named(tmp_path: Path, texts: tuple[str, ...], message: str) -> None:
    told = [str(problem) for problem in compiled(tmp_path, *texts).problems]
    assert any(message in problem for problem in told), told


def test_a_block_stands_after_the_last_article(tmp_path: Path) -> None:
    problems = compiled(tmp_path, article("a", SHELLED) + "+w a b\n", DENIED).problems
    assert any("after its last article" in problem.what for problem in problems)


def test_the_compiler_ends_with_one_where_something_is_to_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    compiled(tmp_path, SHELLED, DENIED, block="+w a")
    assert compiling.main([str(tmp_path / "dev/x.txt")]) == 1
    assert "two articles or more" in capsys.readouterr().out
    compiled(tmp_path, SHELLED, DENIED, block=TOLD)
    assert compiling.main([str(tmp_path / "dev/x.txt")]) == 0
    assert "1 stories, 2 articles" in capsys.readouterr().out
