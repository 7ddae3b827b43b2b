"""Confidence rises with what speaks for an act, and lies between 0 and 1."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from detente.reading.encoder.confidence import Clues, confidence

WEIGHTS = dict.fromkeys(("whole", "open"), (-1.0, 0.5, 0.3, 0.8, 0.4, 0.4, 0.6))
SHARE = st.floats(0.0, 1.0)


@settings(max_examples=50)
@given(SHARE, SHARE, SHARE, SHARE, SHARE, SHARE)
def test_more_of_a_clue_never_makes_a_row_less_sure(
    rule: float, kind: float, source: float, target: float, territory: float, more: float
) -> None:
    clues = Clues(rule, kind, source, target, territory)
    sure = confidence(clues, WEIGHTS)
    assert 0 <= sure <= 1
    for name in ("type", "source", "target", "territory"):
        higher = replace(clues, **{name: max(more, getattr(clues, name))})
        assert confidence(higher, WEIGHTS) >= sure


def test_what_the_rules_see_too_is_surer() -> None:
    alone = Clues(0.0, 0.7, 0.8, 0.8, 0.9)
    assert confidence(replace(alone, rule=0.9), WEIGHTS) > confidence(alone, WEIGHTS)
