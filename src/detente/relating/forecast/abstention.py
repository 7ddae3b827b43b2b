"""When nothing is said, and why in words: the record is thin, too little could be held against what came, or what was
forecast was no better than saying that what happened lately will happen again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from detente.relating.forecast.rolling import PAIR_LEAST
from detente.relating.forecast.scorecard import ScoreCard

CLASS_LEAST: Final = 5
"""Happenings of the class from the source to the target."""
ORIGINS_LEAST: Final = 6
"""Past days whose forecasts could be held against what came."""
OUTCOMES_LEAST: Final = 10
"""Forecasts that came true, and as many that did not."""
TYPE_LEAST: Final = 30
"""Happenings of a type from the source to the target, from which on the type has a forecast of its own."""


def reasons(
    *, source: str, target: str, between: int, of_class: int, what: str, horizon: int, card: ScoreCard | None
) -> Iterator[str]:
    """Why there is no chance to say; empty where there is one."""
    if between < PAIR_LEAST:
        yield (
            f"the record holds {_count(between)} between {source} and {target}; a forecast needs {PAIR_LEAST} or more"
        )
        return
    if of_class < CLASS_LEAST:
        yield (
            f"the record holds {_count(of_class)} of {what} from {source} to {target}; a forecast needs {CLASS_LEAST}"
            " or more"
        )
    if card is None or card.origins < ORIGINS_LEAST:
        days = 0 if card is None else card.origins
        yield (
            f"the record is too short: forecasts over {horizon} days could be checked on {days} past "
            f"day{'s' * (days != 1)}, and {ORIGINS_LEAST} are needed"
        )
        return
    if min(card.came, card.forecasts - card.came) < OUTCOMES_LEAST:
        yield (
            f"of {card.forecasts} forecasts made on past days {card.came} came true; at least {OUTCOMES_LEAST} "
            f"that did and {OUTCOMES_LEAST} that did not are needed to know how good they are"
        )
    elif not card.has_skill:
        yield (
            "no skill over recurrence is shown: on past days the forecast's Brier score was "
            f"{card.forecast.brier:.3f}, and {card.recurrence.brier:.3f} for saying that what came in the last "
            f"{horizon} days comes again, which may be chance"
        )


def _count(number: int) -> str:
    return "no happening" if number == 0 else f"{number} happening{'s' * (number != 1)}"
