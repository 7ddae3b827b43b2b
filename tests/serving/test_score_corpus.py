"""The corpus score, on passages of our own: what is right counts, what is wrong is shown in words."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from detente.errors import InputError
from detente.knowledge import Knowledge
from detente.serving.scores.corpus import CorpusScore, macro_f1
from detente.serving.scores.corpus_rows import (
    ActorRow,
    ClaimRow,
    EventRow,
    Link,
    PassageRow,
    SentenceRow,
    Stretch,
)
from detente.serving.scores.report import ScoreReport

TEXT = "Peru said that Chile attacked Bolivia. It rained in Lima."
KNOWLEDGE = Knowledge()


def stretch(words: str) -> Stretch:
    start = TEXT.index(words)
    return Stretch(start=start, end=start + len(words), quote=words)


def actor(words: str, *territories: str, sentence: int = 0) -> ActorRow:
    use = "actor" if sentence == 0 else "place"
    return ActorRow(sentence=sentence, span=stretch(words), kind="state", use=use, territories=territories)


def passage(target: str = "BOL", none: str | None = "weather") -> PassageRow:
    end = TEXT.index(" It")
    return PassageRow(
        id="p",
        split="dev",
        genre="wire",
        writer="test",
        published="2020-05-04",
        dyads=("CHL-BOL",),
        text=TEXT,
        sentences=(
            SentenceRow(start=0, end=end, kind="text", paragraph=0, line=1),
            SentenceRow(start=end + 1, end=len(TEXT), kind="text", paragraph=0, line=2, none=none),
        ),
        actors=(
            actor("Peru", "PER"),
            actor("Chile", "CHL"),
            actor("Bolivia", target),
            actor("Lima", "PER", sentence=1),
        ),
        events=(
            EventRow(
                sentence=0,
                trigger=(stretch("attacked"),),
                type="ASSAULT",
                evidence=stretch("Chile attacked Bolivia"),
                sources=(1,),
                targets=(2,),
                voices=(Link(voiced="named", actors=(0,)),),
            ),
        ),
        claims=(
            ClaimRow(
                sentence=0,
                voiced="named",
                sources=(0,),
                cues=(stretch("said"),),
                contents=(stretch("Chile attacked Bolivia"),),
                form="indirect",
                act="state",
            ),
        ),
    )


def score(folder: Path, *rows: PassageRow) -> ScoreReport:
    path = folder / "dev.jsonl"
    path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    return CorpusScore().score(path, KNOWLEDGE)


def test_a_passage_read_as_annotated_scores_full(tmp_path: Path) -> None:
    figures = {figure.name: figure.value for figure in score(tmp_path, passage()).figures}
    names = ("triple F1", "claim pair F1", "actor and territory F1", "no-event sentences left empty")
    assert {name: figures[name] for name in names} == dict.fromkeys(names, 1.0)


def test_a_wrong_target_is_counted_and_shown(tmp_path: Path) -> None:
    report = score(tmp_path, passage(target="BRA"))
    assert {figure.name: figure.value for figure in report.figures}["triple F1"] == 0
    assert any("missed CHL ASSAULT BRA" in line for line in report.errors)
    assert any("surplus CHL ASSAULT BOL" in line for line in report.errors)


def test_an_event_in_a_sentence_that_has_none_is_shown(tmp_path: Path) -> None:
    row = passage()
    first = msgspec.structs.replace(row.sentences[0], none="metaphor")
    row = msgspec.structs.replace(row, sentences=(first, row.sentences[1]), events=())
    report = score(tmp_path, row)
    assert {figure.name: figure.value for figure in report.figures}["no-event sentences left empty"] == 0.5
    assert any("(metaphor) read CHL ASSAULT BOL" in line for line in report.errors)


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        CorpusScore().score(path, KNOWLEDGE)


def test_macro_f1_is_the_mean_over_the_classes_of_the_gold() -> None:
    assert macro_f1([("a", "a"), ("a", "a"), ("b", "a")]) == pytest.approx(0.4)
    assert macro_f1([]) == 0
