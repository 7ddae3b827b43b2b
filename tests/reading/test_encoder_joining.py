"""Rules and encoder put together: a stand-in for the network says what it sees, and the marks must follow."""

from __future__ import annotations

from typing import Any

import pytest

from detente.knowledge import Knowledge
from detente.model.document import Document
from detente.reading.encoder.answers import ARCS, HEADS
from detente.reading.encoder.session import SIZES
from detente.reading.encoder.step import EncoderStep
from detente.reading.encoder.weights import Weights
from detente.reading.encoder.windows import TYPES, Window
from detente.reading.marks import EventMark, MentionMark
from detente.reading.paper import Paper
from detente.reading.pipeline import Pipeline, pipeline

SURE, NEVER = 8.0, -8.0
STEPS = ("layout", "parse", "actors", "times", "places", "claims", "events")
TABLES = Weights(
    vocabulary=["[PAD]", "[UNK]", "[CLS]", "[SEP]", *(f"[unused{k}]" for k in range(6))],
    tags={}, deps={}, modes={"SANCTION/expel": 0}, ways={},
    distance=[[0.0] * 4] * 15, sentence=[[0.0] * 4] * 5, way=[[0.0] * 4],
    calibration={name: [0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0] for name in ("whole", "open")},
)  # fmt: skip


class Scripted:
    """Sees what it is told: `acts` are word number, type, words of sources and of targets; `sides` give words a slot;
    `actors` are first and last words."""

    def __init__(
        self,
        acts: list[tuple[int, str, list[int], list[int]]],
        sides: dict[int, int] | None = None,
        actors: list[tuple[int, int]] | None = None,
    ) -> None:
        self.acts = acts
        self.sides = sides or {}
        self.actors = actors or []

    def run(self, windows: list[Window]) -> list[list[Any]]:
        return [self._scores(len(window.heads)) for window in windows]

    def _scores(self, words: int) -> list[Any]:
        from numpy import full, zeros

        found = {name: full((words, SIZES[name]), NEVER) for name in HEADS}
        for name in ("trigger", "mention", "cue", "modality"):
            found[name] = zeros((words, SIZES[name]))
            found[name][:, 0] = SURE
        arcs = full((len(ARCS), words, words), NEVER)
        for at, kind, sources, targets in self.acts:
            found["trigger"][at, 0], found["trigger"][at, TYPES.index(kind) + 1] = 0.0, SURE  # type: ignore[arg-type]
            arcs[0, at, sources] = SURE
            arcs[1, at, targets] = SURE
        for word, slot in self.sides.items():
            found["side"][word, slot - 1] = SURE
        for first, last in self.actors:
            found["mention"][first : last + 1, 1] = 2 * SURE
            found["mention"][first, 3] = 4 * SURE
        return [*(found[name] for name in HEADS), arcs]


@pytest.fixture(scope="module")
def rules() -> Pipeline:
    return pipeline(Knowledge(), STEPS)


def joined(rules: Pipeline, text: str, script: Scripted) -> Paper:
    paper = rules.read(Document(document_id="x", uri="x", text=text, text_sha256="", language="en", reader_version=""))
    return EncoderStep(Knowledge(), weights=TABLES, session=script).read(paper)


def codes(mark: MentionMark) -> set[str | None]:
    return {one.territory for one in mark.candidates}


def shape(paper: Paper, event: EventMark) -> tuple[str, list[str], list[str]]:
    return event.type, [paper.words(p.span) for p in event.sources], [paper.words(p.span) for p in event.targets]


def test_an_act_that_only_the_encoder_sees_is_added_with_its_parties(rules: Pipeline) -> None:
    text = "Kenya walked all over Peru in May."
    paper = joined(rules, text, Scripted([(1, "COERCE", [0], [4])]))
    assert paper.events is not None
    (event,) = paper.events
    assert shape(paper, event) == ("COERCE", ["Kenya"], ["Peru"])
    assert paper.words(event.trigger) == "walked"
    assert paper.words(event.evidence) == "Kenya walked all over Peru"
    assert event.moment is not None
    assert paper.words(event.moment) == "May"
    assert event.cameo == "170"


def test_an_unlikely_act_is_not_added(rules: Pipeline) -> None:
    script = Scripted([(1, "COERCE", [0], [4])])
    step = EncoderStep(Knowledge(), weights=TABLES, session=script)
    step.limits = type(step.limits)(added=1.01)
    text = "Kenya walked all over Peru in May."
    paper = rules.read(Document(document_id="x", uri="x", text=text, text_sha256="", language="en", reader_version=""))
    assert step.read(paper).events == ()


def test_an_act_that_both_see_is_there_once(rules: Pipeline) -> None:
    paper = joined(rules, "Kenya attacked Peru.", Scripted([(1, "ASSAULT", [0], [2])]))
    assert paper.events is not None
    assert [shape(paper, event) for event in paper.events] == [("ASSAULT", ["Kenya"], ["Peru"])]


def test_a_side_that_the_rules_leave_open_is_filled(rules: Pipeline) -> None:
    text = "Peru sent a boat. Kenya attacked it again."
    alone = joined(rules, text, Scripted([]))
    filled = joined(rules, text, Scripted([(6, "ASSAULT", [5], [2, 3])], {2: 1, 3: 1}, [(2, 3)]))
    assert alone.events is not None
    assert filled.events is not None
    attack = next(event for event in filled.events if event.type == "ASSAULT")
    assert shape(filled, attack)[1] == ["Kenya"]
    assert attack.targets


def test_a_phrase_without_a_state_acts_for_whom_the_encoder_says(rules: Pipeline) -> None:
    text = "Kenya talked to Peru. The delegation left."
    script = Scripted([(6, "COERCE", [5, 6], [0])], {5: 2, 6: 2}, [(5, 6)])
    paper = joined(rules, text, script)
    assert paper.mentions is not None
    (mark,) = [m for m in paper.mentions if paper.words(m.span) == "The delegation"]
    assert codes(mark) == {"PER"}


def test_a_name_keeps_its_state_whatever_the_encoder_says(rules: Pipeline) -> None:
    paper = joined(rules, "Kenya attacked Peru.", Scripted([], {0: 2, 2: 1}))
    assert paper.mentions is not None
    assert [codes(mark) for mark in paper.mentions if mark.form == "name"] == [{"KEN"}, {"PER"}]


def test_without_weights_the_rules_stand_alone(rules: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.reading.encoder.step.folder", lambda language: None)
    text = "Kenya attacked Peru."
    paper = rules.read(Document(document_id="x", uri="x", text=text, text_sha256="", language="en", reader_version=""))
    assert EncoderStep(Knowledge()).read(paper) is paper
