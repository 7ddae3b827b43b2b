"""What the model sees of a happening: when, how hostile or friendly, and how much it tells.

The weights of types and the factors of status come from `weights`; here is only how the tellings of one happening are
brought together. Where the rows come from is `rows`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from operator import attrgetter

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


class Observation(Struct, frozen=True, gc=False):
    """One happening as the index counts it.

    `day` is the ordinal of the middle of its interval, where it counts, `span` how many days lie between the first and
    the last. `score` from -10 to 10 and `type_weight` from 0 to 1 are those of its type; `standing` from 0 to 1 is how
    far it is believed to be done: 1 less the product, over independent witnesses, of 1 less what each gives it.
    `weight` is the product of the two.
    """

    day: int
    span: int
    happening_id: str
    type: str
    score: float
    type_weight: float
    standing: float
    witnesses: int
    weight: float

    @property
    def start(self) -> int:
        return self.day - self.span // 2

    @property
    def end(self) -> int:
        return self.start + self.span


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
    return observation(happening_id, kind, *days, score, type_weight, 1.0 - doubt, len(best))


def observation(
    happening_id: str, kind: str, start: int, end: int, score: float, type_weight: float, standing: float,
    witnesses: int,
) -> Observation:  # fmt: skip
    """The observation of a happening between two days, ordinals, both included."""
    day, span = (start + end) // 2, end - start
    weight = type_weight * standing
    return Observation(day, span, happening_id, kind, score, type_weight, standing, witnesses, weight)


def ordinal(day: str) -> int:
    """The ordinal of an ISO day."""
    return date.fromisoformat(day).toordinal()


def in_order(observations: Iterable[Observation]) -> list[Observation]:
    """By day, span and id: the order in which all sums are made, so that none depends on the order of arrival."""
    return sorted(observations, key=attrgetter("day", "span", "happening_id"))
