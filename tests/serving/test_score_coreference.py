"""The coreference score: its measures on groupings worked out by hand, its format, and what it reaches on ECB+."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.knowledge import Knowledge
from detente.serving.scores.coreference import CoreferenceScore
from detente.serving.scores.partitions import b_cubed, ceaf_e, conll, grouping, muc

DEV = Path(__file__).parents[3] / "shared/data/clustering/ecbplus_dev.jsonl"

ARTICLES = (
    ("quay-1", "1", "1_quay", "Dockers in Sanfara blocked the grain quay at dawn .", {"blocked": "block"}),
    ("quay-2", "1", "1_quay", "The blocking of the grain quay in Sanfara cost the port a day .", {"blocking": "block"}),
    ("dam-1", "2", "2_dam", "Engineers opened the gates of the Quilla dam on the upper river .", {"opened": "open"}),
    ("dam-2", "2", "2_dam", "Villages below the Quilla dam were flooded when its gates were opened .",
     {"flooded": "flood", "opened": "open"}),
)  # fmt: skip


def written(folder: Path) -> Path:
    lines = []
    for doc_id, topic, subtopic, sentence, marked in ARTICLES:
        tokens = sentence.split()
        events = [
            {"sent": 0, "tokens": [tokens.index(word)], "text": word, "chain": chain, "type": "ACT"}
            for word, chain in marked.items()
        ]
        lines.append({"doc_id": doc_id, "topic": topic, "subtopic": subtopic, "sentences": {"0": sentence},
                      "tokens": {"0": tokens}, "events": events, "entities": []})  # fmt: skip
    path = folder / "mentions.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_measures_on_a_grouping_worked_out_by_hand() -> None:
    gold, found = grouping(["abc", "de"]), grouping(["ab", "cde"])
    assert muc(found, gold) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert b_cubed(found, gold) == pytest.approx((11 / 15, 11 / 15, 11 / 15))
    assert ceaf_e(found, gold) == pytest.approx((0.8, 0.8, 0.8))
    assert conll(found, gold) == pytest.approx((2 / 3 + 11 / 15 + 0.8) / 3)


def test_things_that_stand_alone_count() -> None:
    gold, found = grouping(["ab", "c", "d"]), grouping(["a", "b", "cd"])
    assert muc(found, gold) == (0.0, 0.0, 0.0)
    assert b_cubed(found, gold) == pytest.approx((0.75, 0.75, 0.75))
    # best pairs: a with ab (2/3), cd with c (2/3); b and d go without
    assert ceaf_e(found, gold)[0] == pytest.approx(4 / 9)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=14))
@settings(max_examples=50, deadline=None)
def test_a_grouping_agrees_with_itself_and_exchanging_the_two_exchanges_the_figures(
    pairs: list[tuple[int, int]],
) -> None:
    found = {number: pair[0] for number, pair in enumerate(pairs)}
    gold = {number: pair[1] for number, pair in enumerate(pairs)}
    for measure in (muc, b_cubed, ceaf_e):
        precision, recall, both = measure(found, gold)
        assert measure(gold, found) == pytest.approx((recall, precision, both))
        assert 0 <= both <= 1 + 1e-9
    assert b_cubed(found, found) == ceaf_e(found, found) == (1.0, 1.0, 1.0)


def test_a_file_of_the_format_is_scored(tmp_path: Path, knowledge: Knowledge) -> None:
    report = CoreferenceScore().score(written(tmp_path), knowledge)
    figures = {figure.name: figure for figure in report.figures}
    assert report.rows == 4
    assert figures["events: CoNLL F1"].value == pytest.approx(1.0)
    assert figures["events: B3 F1"].count == 5
    assert figures["articles by story: B3 F1"].value == pytest.approx(1.0)
    assert report.errors == ()


def test_a_limit_reads_the_first_articles_only(tmp_path: Path, knowledge: Knowledge) -> None:
    report = CoreferenceScore().score(written(tmp_path), knowledge, limit=2)
    assert report.rows == 2
    assert report.figures[0].count == 2


@pytest.mark.slow
@pytest.mark.skipif(not DEV.exists(), reason="ECB+ is not in ../shared/data/clustering")
def test_what_is_reached_on_ecb_plus(knowledge: Knowledge) -> None:
    figures = {figure.name: figure.value for figure in CoreferenceScore().score(DEV, knowledge).figures}
    assert figures["events: CoNLL F1"] > 0.775
    assert figures["articles by story: B3 F1"] > 0.93
