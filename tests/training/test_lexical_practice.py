"""Practice sentences from the lexicon: their labels slice to their words, every state may stand on either side."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from training.lexical import past, practice

from detente.knowledge import Knowledge
from detente.serving.scores.corpus_rows import PassageRow


@pytest.fixture(scope="module")
def rows() -> list[PassageRow]:
    return practice(Knowledge(), 7)


def test_every_label_slices_to_its_words(rows: list[PassageRow]) -> None:
    for row in rows:
        spans = [actor.span for actor in row.actors] + [event.trigger[0] for event in row.events]
        assert all(row.text[span.start : span.end].lower() == span.quote.lower() for span in spans)


def test_sentences_name_two_states_and_most_an_act(rows: list[PassageRow]) -> None:
    assert all(len({code for actor in row.actors for code in actor.territories}) == 2 for row in rows)
    sentences, events = sum(len(row.sentences) for row in rows), sum(len(row.events) for row in rows)
    assert 0.7 < events / sentences < 0.9


def test_no_state_is_source_much_more_often_than_target(rows: list[PassageRow]) -> None:
    sources: Counter[str] = Counter()
    targets: Counter[str] = Counter()
    for row in rows:
        for event in row.events:
            sources.update(code for index in event.sources for code in row.actors[index].territories)
            targets.update(code for index in event.targets for code in row.actors[index].territories)
    # four deviations of a fair coin, thrown for each of some two hundred states
    for code in sources | targets:
        assert abs(sources[code] - targets[code]) <= 4 * (sources[code] + targets[code]) ** 0.5


def test_the_same_seed_gives_the_same_sentences(rows: list[PassageRow]) -> None:
    assert practice(Knowledge(), 7) == rows
    assert practice(Knowledge(), 8) != rows


@pytest.mark.parametrize(
    ("verb", "form"),
    [("shell", "shelled"), ("ban", "banned"), ("deny", "denied"), ("seize", "seized"), ("shoot", "shot")],
)
def test_verbs_have_their_past(verb: str, form: str) -> None:
    assert past(verb) == form
