"""How sure a row may be: what rules and encoder say of one act, weighed so that of rows with confidence .8 eight in ten
are right.

The weights are fitted by `training.calibrate` on passages that the encoder was not trained on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log

from msgspec import Struct

_SUREST = 6.0


class Clues(Struct, frozen=True):
    """`whole` is true where both sides are known. `rule` is the score of the rules' act, 0 where they see none.
    `type` is how likely the encoder holds the type; `source` and `target` the least likely of the parties, or how
    likely an empty side is empty; `territory` the least likely of the parties' territories."""

    rule: float
    type: float
    source: float
    target: float
    territory: float
    whole: bool = True

    def numbers(self) -> tuple[float, ...]:
        """What the weights multiply; the first is 1."""
        stood = self.rule > 0
        return (
            1.0,
            float(stood),
            _logit(self.rule) if stood else 0.0,
            _logit(self.type),
            _logit(self.source),
            _logit(self.target),
            _logit(self.territory),
        )


def confidence(clues: Clues, calibration: Mapping[str, Sequence[float]]) -> float:
    """From 0 to 1, to two places. `calibration` has weights for acts between two (`whole`) and for others (`open`)."""
    weights = calibration["whole" if clues.whole else "open"]
    total = sum(number * weight for number, weight in zip(clues.numbers(), weights, strict=True))
    return round(1.0 / (1.0 + exp(-max(-30.0, min(30.0, total)))), 2)


def _logit(p: float) -> float:
    p = min(max(p, 1e-6), 1 - 1e-6)
    return max(-_SUREST, min(_SUREST, log(p / (1 - p))))
