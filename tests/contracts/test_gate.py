"""The gate: a drop shuts it, floors rise by themselves and fall only with a note, other passages are pinned anew."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from training.gate import FILE, MARGIN, Floors, Gate, Scored, digest_of_weights, failures, load, pinned  # noqa: E402
from training.held import is_held  # noqa: E402

GATE = Gate(sets={"dev": Floors(digest="d1", passages=2, floors={"triple F1": 0.5, "pair F1": 0.6})})


def scored(triple: float, pair: float, digest: str = "d1") -> dict[str, Scored]:
    return {"dev": Scored(digest, 2, {"triple F1": triple, "pair F1": pair})}


def test_figures_at_their_floors_pass() -> None:
    assert failures(GATE, scored(0.5, 0.61)) == []


def test_a_drop_is_named_with_figure_and_floor() -> None:
    (line,) = failures(GATE, scored(0.499, 0.61))
    assert "triple F1" in line
    assert "0.4990" in line
    assert "0.5000" in line


def test_other_passages_do_not_pass_for_the_pinned_ones() -> None:
    (line,) = failures(GATE, scored(0.9, 0.9, digest="d2"))
    assert "--pin" in line


def test_a_figure_that_is_gone_is_a_drop() -> None:
    assert failures(GATE, {"dev": Scored("d1", 2, {"triple F1": 0.7})})


def test_pinning_raises_floors_and_never_lowers_them() -> None:
    floors = pinned(GATE, scored(0.7, 0.3)).sets["dev"].floors
    assert floors["triple F1"] == pytest.approx(0.7 - MARGIN)
    assert floors["pair F1"] == 0.6


def test_a_note_lets_floors_fall_and_stays() -> None:
    gate = pinned(GATE, scored(0.7, 0.3), note="a stricter guide")
    assert gate.sets["dev"].floors["pair F1"] == pytest.approx(0.3 - MARGIN)
    assert gate.notes == ["a stricter guide"]


def test_one_passage_in_ten_is_held_whatever_others_there_are() -> None:
    held = [k for k in range(2000) if is_held(f"passage-{k}")]
    assert 150 < len(held) < 250
    assert [k for k in range(100) if is_held(f"passage-{k}")] == [k for k in held if k < 100]


@pytest.mark.skipif(not FILE.exists(), reason="no floors are pinned yet")
def test_the_weights_are_those_the_floors_were_pinned_with() -> None:
    assert load().weights == digest_of_weights()
