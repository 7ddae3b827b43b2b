"""The corpus compiles, keeps its splits apart and its states in balance; the compiler says what is wrong where."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.knowledge import Knowledge
from detente.serving.scores.corpus_rows import PassageRow

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
sys.path.insert(0, str(CORPUS))

import balance  # noqa: E402
import compile as compiling  # noqa: E402
import quoting  # noqa: E402

KNOWLEDGE = Knowledge()
HEADER = "genre: wire\ndyads: PER-ECU\npublished: 2020-05-04\nwriter: test\n"
NAMED = "a Peru (PER); Ecuador (ECU)\n"


@pytest.fixture(scope="module")
def corpus() -> compiling.Compiled:
    return compiling.compiled(compiling.sources(CORPUS), KNOWLEDGE)


def compiled(folder: Path, *passages: str, split: str = "train") -> compiling.Compiled:
    """Passages called p0, p1, … of one file."""
    path = folder / split / "x.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"=== p{i}\n{HEADER}\n{text}\n" for i, text in enumerate(passages)), encoding="utf-8")
    return compiling.compiled([path], KNOWLEDGE)


def row(folder: Path, text: str) -> PassageRow:
    done = compiled(folder, text)
    assert [str(problem) for problem in done.problems] == []
    return done.rows[0]


# -- what is committed ------------------------------------------------------------------------------------------------


def test_every_committed_passage_compiles(corpus: compiling.Compiled) -> None:
    assert [str(problem) for problem in corpus.problems] == []
    assert corpus.rows


def test_every_stretch_of_the_corpus_quotes_its_text(corpus: compiling.Compiled) -> None:
    for passage in corpus.rows:
        stretches = [actor.span for actor in passage.actors] + [figure.span for figure in passage.figures]
        stretches += [piece for event in passage.events for piece in (*event.trigger, event.evidence)]
        stretches += [piece for claim in passage.claims for piece in (*claim.cues, *claim.contents)]
        assert [s for s in stretches if passage.text[s.start : s.end] != s.quote] == []


def test_enough_sentences_of_the_corpus_hold_no_event(corpus: compiling.Compiled) -> None:
    assert balance.empty_share(corpus.rows) >= balance.EMPTY_SHARE


def test_no_state_is_cast_in_one_part_beyond_chance(corpus: compiling.Compiled) -> None:
    assert balance.beyond_chance(corpus.rows) == []


def test_the_corpus_holds_every_event_type(corpus: compiling.Compiled) -> None:
    assert {event.type for passage in corpus.rows for event in passage.events} == set(balance.TYPES)


def test_compiled_rows_come_back_as_they_were(corpus: compiling.Compiled) -> None:
    for passage in corpus.rows:
        assert msgspec.json.decode(msgspec.json.encode(passage), type=PassageRow) == passage


# -- what the lines mean ----------------------------------------------------------------------------------------------


def test_a_reciprocal_act_has_both_on_both_sides(tmp_path: Path) -> None:
    event = row(tmp_path, f"> Peru met Ecuador.\n{NAMED}e met | CONSULT | Peru <> Ecuador").events[0]
    assert event.sources == event.targets == (0, 1)


def test_a_pronoun_takes_over_from_an_earlier_sentence(tmp_path: Path) -> None:
    text = f"> Peru met Ecuador.\n{NAMED}e met | CONSULT | Peru <> Ecuador\n> It thanked it.\n"
    done = row(tmp_path, text + "a It=Peru; it#2=Ecuador\ne thanked | SUPPORT | It#1 > it#2")
    assert [(actor.territories, actor.refers) for actor in done.actors[2:]] == [(("PER",), 0), (("ECU",), 1)]


def test_voices_follow_the_nesting_of_claims(tmp_path: Path) -> None:
    text = (
        "> Peru says Ecuador denies that Chile attacked Bolivia.\n"
        "a Peru (PER); Ecuador (ECU); Chile (CHL); Bolivia (BOL)\n"
        "e attacked | ASSAULT neg | Chile > Bolivia\n"
        "c Peru | says | Ecuador … Bolivia\nc Ecuador | denies | Chile … | deny"
    )
    done = row(tmp_path, text)
    assert [claim.parent for claim in done.claims] == [None, 0]
    assert [link.actors for link in done.events[0].voices] == [(0,), (1,)]


def test_an_omission_adds_no_voice(tmp_path: Path) -> None:
    text = (
        f"> Peru fails to mention that Ecuador left.\n{NAMED}e left | RETREAT | Ecuador > -\n"
        "c Peru | fails to mention | Ecuador left | omit"
    )
    done = row(tmp_path, text)
    assert (done.claims[0].cue_polarity, done.claims[0].vouches, done.events[0].voices) == ("negated", False, ())


@pytest.mark.parametrize(
    ("sentence", "content", "form"),
    [
        ('Peru said: "Ecuador left us."', "Ecuador left us", "direct"),
        ("Peru said Ecuador had left.", "Ecuador …", "indirect"),
        ("Peru said Ecuador was “a poor neighbour”.", "Ecuador …", "mixed"),
    ],
)
def test_the_form_of_a_claim_follows_its_marks(tmp_path: Path, sentence: str, content: str, form: str) -> None:
    assert row(tmp_path, f"> {sentence}\n{NAMED}c Peru | said | {content}\nn speech").claims[0].form == form


@pytest.mark.parametrize(
    ("written", "value", "low", "high", "bound"),
    [
        ("40", 40, None, None, "exact"),
        ("~40", 40, None, None, "about"),
        (">=40", 40, 40, None, "at_least"),
        ("<=40", 40, None, 40, "at_most"),
        ("40..2k", None, 40, 2000, "range"),
        ("2.5bn", 2.5e9, None, None, "exact"),
    ],
)
def test_a_figure_is_written_with_its_bound(
    tmp_path: Path, written: str, value: float | None, low: float | None, high: float | None, bound: str
) -> None:
    figure = row(tmp_path, f"> Forty people came.\nf Forty | {written} person attended | people\nn other").figures[0]
    assert (figure.value, figure.low, figure.high, figure.bound) == (value, low, high, bound)


# -- what writers are told --------------------------------------------------------------------------------------------

MET = "> Peru met Ecuador.\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (MET + NAMED, "neither an event"),
        (MET + NAMED + "e met | CONSULT | Peru <> Ecuador\nn market", "no event, but the sentence has an `e` line"),
        (MET + NAMED + "n boredom", "no reason: boredom"),
        (MET + NAMED + "e meet | CONSULT | Peru <> Ecuador", "“meet” does not stand in the sentence"),
        (MET + NAMED + "e met | TALK | Peru <> Ecuador", "no event type: TALK"),
        (MET + NAMED + "e met | CONSULT/dance | Peru <> Ecuador", "CONSULT has no mode dance"),
        (MET + NAMED + "e met | CONSULT sometime | Peru <> Ecuador", "no code of this line: sometime"),
        (MET + NAMED + "e met | CONSULT | Peru Ecuador", "no > between sources and targets"),
        (MET + NAMED + "e met | CONSULT | - > -", "has no party"),
        (MET + NAMED + "e met | CONSULT | Chile > Peru", "“Chile” is no actor of this sentence"),
        (MET + NAMED + "e met | CONSULT | =Chile > Peru", "no actor before has the words “Chile”"),
        (MET + NAMED + "e met | CONSULT | Peru", "no > between"),
        (MET + NAMED + "e met | CONSULT", "2 fields where 3 are expected"),
        (MET + NAMED + "x met", "a line of no known kind"),
        (MET + "a Peru (ECU)\nn other", "“Peru” names PER, not ECU"),
        (MET + "a Peru (PRU)\nn other", "no code of this line: PRU"),
        (MET + "a Peru\nn other", "neither codes in brackets nor an antecedent"),
        (MET + "a Peru met (PER); met Ecuador (ECU)\nn other", "crosses another"),
        (MET + NAMED + "c Peru | met | Peru … | \nn other", "stands inside the contents"),
        (MET + NAMED + "c Lima | met | Ecuador\nn other", "“Lima” is no actor"),
        (MET + NAMED + "t met | soon\nn other", "no TIMEX3 value"),
        (MET + NAMED + "f met | many person met\nn other", "no value: many"),
        (MET + NAMED + "s Peru > Ecuador | 2\nn other", "not between -1 and 1"),
        (MET + "a Peru (PER place); Ecuador (ECU)\ne met | CONSULT | Peru <> Ecuador", "marked place, not actor"),
        ("> Lima sued Peru.\na Lima (government PER); Peru (PER)\ne sued | ACCUSE | Lima > Peru", "a domestic event"),
        ("> Peru met Peru.\na Peru (PER)\nn other", "“Peru” stands 2 times"),
    ],
)
def test_a_mistake_is_named_with_its_passage_and_line(tmp_path: Path, text: str, message: str) -> None:
    problems = compiled(tmp_path, text).problems
    assert problems
    assert message in problems[0].what
    assert (problems[0].file, problems[0].passage) == ("train/x.txt", "p0")
    assert problems[0].line >= 7


def test_nesting_that_runs_in_a_circle_is_refused(tmp_path: Path) -> None:
    text = f"> Peru said Ecuador added that it rained.\n{NAMED}c Peru | said | Ecuador … | in:2\n"
    done = compiled(tmp_path, text + "c Ecuador | added | it rained | in:1\nn weather")
    assert "runs in a circle" in done.problems[0].what


def test_contents_that_cross_are_refused(tmp_path: Path) -> None:
    text = f"> Peru said it rained and Ecuador added it snowed.\n{NAMED}c Peru | said | it rained … added\n"
    done = compiled(tmp_path, text + "c Ecuador | added it | snowed\nc ? | - | rained … snowed\nn weather")
    assert any("cross" in problem.what for problem in done.problems)


def test_an_id_stands_once(tmp_path: Path) -> None:
    compiled(tmp_path, "> It rained.\nn weather")
    compiled(tmp_path, "> It snowed.\nn weather", split="test")
    done = compiling.compiled([tmp_path / "train/x.txt", tmp_path / "test/x.txt"], KNOWLEDGE)
    assert [problem.what for problem in done.problems] == ["the id stands already in train/x.txt:1"]


def test_a_sentence_stands_in_one_split_only(tmp_path: Path) -> None:
    text = "> It rained on the hills for nine long days and nights.\nn weather"
    compiled(tmp_path, text)
    compiled(tmp_path, "> It snowed.\nn weather", text, split="test")
    path = tmp_path / "train/x.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("=== p0", "=== q"), encoding="utf-8")
    done = compiling.compiled([path, tmp_path / "test/x.txt"], KNOWLEDGE)
    assert [problem.what for problem in done.problems] == ["the sentence stands already in train, passage q"]


def test_the_same_corpus_gives_the_same_bytes(tmp_path: Path, corpus: compiling.Compiled) -> None:
    for folder in ("a", "b"):
        compiling.write(compiling.compiled(compiling.sources(CORPUS), KNOWLEDGE).rows, tmp_path / folder)
    assert (tmp_path / "a/train.jsonl").read_bytes() == (tmp_path / "b/train.jsonl").read_bytes()


# -- balance ----------------------------------------------------------------------------------------------------------


def test_a_state_that_only_attacks_is_found(tmp_path: Path) -> None:
    lines = [
        f"> Peru shelled Ecuador on day {i}.\n{NAMED}e shelled | ASSAULT | Peru > Ecuador" for i in range(12)
    ]  # fmt: skip
    beyond = balance.beyond_chance(compiled(tmp_path, *lines).rows)
    assert ("attacker/attacked", "PER") in {(one.part, one.territory) for one in beyond}


def test_states_that_attack_each_other_are_in_balance(tmp_path: Path) -> None:
    lines = [
        f"> {one} shelled {other} on day {i}.\n{NAMED}e shelled | ASSAULT | {one} > {other}"
        for i in range(6)
        for one, other in (("Peru", "Ecuador"), ("Ecuador", "Peru"))
    ]
    assert balance.beyond_chance(compiled(tmp_path, *lines).rows) == []


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 40), st.data())
def test_chance_is_a_probability_and_even_at_one_half(trials: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, trials))
    chance = balance.two_sided(hits, trials, 0.5)
    assert 0 < chance <= 1
    assert chance == pytest.approx(balance.two_sided(trials - hits, trials, 0.5))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["Lima", "said", "so", "twice"]), min_size=1, max_size=12), st.data())
def test_a_counted_word_is_found_where_it_stands(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(words) - 1))
    number = words[: at + 1].count(words[at])
    start, end = quoting.one(" ".join(words), f"{words[at]}#{number}")
    assert (start, end) == (len(" ".join(words[:at])) + (at > 0), len(" ".join(words[: at + 1])))


# -- the pages --------------------------------------------------------------------------------------------------------


def rules() -> list[tuple[str, str]]:
    """Each rule of the guide with its block of examples."""
    found = []
    for section in (CORPUS / "guide.md").read_text(encoding="utf-8").split("\n### ")[1:]:
        title, _, rest = section.partition("\n")
        parts = rest.split("```")
        found.append((title.split()[0], parts[1].strip() if len(parts) > 1 else ""))
    return found


@pytest.mark.parametrize(("rule", "block"), rules(), ids=[rule for rule, _ in rules()])
def test_each_rule_of_the_guide_has_examples_that_compile(tmp_path: Path, rule: str, block: str) -> None:
    (tmp_path / "train").mkdir()
    path = tmp_path / "train/guide.txt"
    path.write_text(f"=== guide\n{HEADER.replace('2020-05-04', '2019-06-12')}\n{block}\n", encoding="utf-8")
    done = compiling.compiled([path], KNOWLEDGE)
    assert [str(problem) for problem in done.problems] == []
    before, _, after = block.partition("// counter-example")
    assert (before.count("\n>") + before.startswith(">")) == 2
    assert after.count("\n>") == 1


def test_the_passage_on_the_page_of_the_format_compiles(tmp_path: Path) -> None:
    (tmp_path / "train").mkdir()
    path = tmp_path / "train/format.txt"
    path.write_text((CORPUS / "format.md").read_text(encoding="utf-8").split("```")[1], encoding="utf-8")
    done = compiling.compiled([path], KNOWLEDGE)
    assert [str(problem) for problem in done.problems] == []
    assert len(done.rows) == 1
