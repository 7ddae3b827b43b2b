"""What the model sees of a happening: when, how hostile or friendly, and how much it tells.

The weights of types and the factors of status come from `weights`; here is only how the tellings of one happening are
brought together. Where the rows come from is `rows`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from detente.relating.index.weights import Weights
from detente.relating.status import Status


class Account(Struct, frozen=True, kw_only=True):
    """One event, as one document tells it. Documents with one `witness_id` are copies of one text."""

    event_id: str
    document_id: str
    witness_id: str
    type: str
    mode: str | None
    code: str
    status: Status
    confidence: float


class Observation(Struct, frozen=True):
    """One happening as the index counts it.

    `start` and `end` are proleptic ordinals of days, both included. `score` from -10 to 10 and `type_weight` from
    0 to 1 are those of its type; `standing` from 0 to 1 is how far it is believed to be done: 1 less the product, over
    independent witnesses, of 1 less what each gives it. `weight` is the product of the two.
    """

    happening_id: str
    type: str
    start: int
    end: int
    score: float
    type_weight: float
    standing: float
    witnesses: int

    @property
    def weight(self) -> float:
        return self.type_weight * self.standing

    @property
    def day(self) -> int:
        """The middle of its interval, where it counts."""
        return (self.start + self.end) // 2


def observe(
    happening_id: str, kind: str, days: tuple[int, int], accounts: Iterable[Account], weights: Weights
) -> Observation | None:
    """Bring the accounts of one happening together; None where there are none.

    A witness gives a happening its best account: confidence times the factor of the account's status. Score and weight
    of the type are the means over the accounts, by what each gives; where none gives anything, over all alike.
    """
    best: dict[str, float] = {}
    rows = [(account, account.confidence * weights.statuses[account.status]) for account in accounts]
    if not rows:
        return None
    doubt = 1.0
    for account, given in rows:
        best[account.witness_id] = max(best.get(account.witness_id, 0.0), given)
    for _, given in sorted(best.items()):
        doubt *= 1.0 - given
    total = sum(given for _, given in rows)
    score = type_weight = 0.0
    for account, given in sorted(rows, key=lambda row: row[0].event_id):
        share = given / total if total > 0 else 1.0 / len(rows)
        found = weights.of(account.type, account.mode, account.code)
        score += share * found.score
        type_weight += share * found.weight
    return Observation(
        happening_id=happening_id, type=kind, start=days[0], end=days[1], score=score, type_weight=type_weight,
        standing=1.0 - doubt, witnesses=len(best),
    )  # fmt: skip


def ordinal(day: str) -> int:
    """The ordinal of an ISO day."""
    return date.fromisoformat(day).toordinal()


def in_order(observations: Sequence[Observation]) -> list[Observation]:
    """By day and id: the order in which all sums are made, so that none depends on the order of arrival."""
    return sorted(observations, key=lambda one: (one.day, one.end - one.start, one.happening_id))
