"""The terms of the forecast of one class over one horizon: expected happenings, by half-life and kind of act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from msgspec import Struct

from detente.relating.forecast.counts import HALF_LIVES, Calendar, Panel, Sums

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

Group = Literal["own", "back", "kin", "kin_back", "contrary", "out", "into", "world", "year", "year_back"]
YEAR: Final = 365
MARGINS: Final = (0, 20, 45)
"""By how many days the same time a year ago is widened on both sides."""
PROMPT: Final = 180
_SLOW: Final = 2  # what others do counts from the third half-life on


class Term(Struct, frozen=True):
    """`group`: own acts of the class, the other side's, acts of the same sign (`kin`), of the other sign either way
    (`contrary`), of the source towards anyone, of anyone towards the target, of all, or the same time a year ago.
    `span` is the half-life, or the margin about the time a year ago, in days."""

    group: Group
    span: float


class Terms(Struct, frozen=True):
    """`expected[row, term]`: happenings within the horizon if they came at the term's rate. `logs` are logs of the same
    with the days since the last time, for the correction."""

    names: tuple[Term, ...]
    expected: Floats
    logs: Floats


def terms(panel: Panel, calendar: Calendar, place: int, horizon: int, origin: Ints, pair: Ints) -> Terms:
    """The terms of the class at `place`, for rows given by places of origins and pairs."""
    conflict = np.array(panel.classes.is_conflict)
    kin = np.flatnonzero((conflict == conflict[place]) & (np.arange(len(conflict)) != place))
    contrary = np.flatnonzero(conflict != conflict[place])
    own, back = panel.own[origin, pair], panel.back[origin, pair]
    prompt = calendar.known_by(int(panel.origins[-1]), prompt=PROMPT)
    groups: list[tuple[Group, Floats]] = [
        ("own", own[:, place]),
        ("back", back[:, place]),
        ("kin", own[:, kin].sum(axis=1)),
        ("kin_back", back[:, kin].sum(axis=1)),
        ("contrary", own[:, contrary].sum(axis=1) + back[:, contrary].sum(axis=1)),
        ("out", panel.out[origin, pair, place, _SLOW:]),
        ("into", panel.into[origin, pair, place, _SLOW:]),
        ("world", panel.world[origin, place, _SLOW:]),
        ("year", _year_ago(panel, prompt, origin, pair, own[:, place, -1], horizon)),
        ("year_back", _year_ago(panel, prompt, origin, panel.turned[pair], back[:, place, -1], horizon)),
    ]
    names = tuple(
        Term(group, span)
        for group, rates in groups
        for span in (MARGINS if group.startswith("year") else HALF_LIVES[-rates.shape[1] :])
    )
    expected = np.concatenate([rates for _, rates in groups], axis=1) * horizon
    since = np.log(panel.since[origin, pair, place, None] + 3.0)
    logs = np.concatenate([np.log(expected + 0.05 * np.sqrt(horizon)), since], axis=1)
    return Terms(names, expected, logs)


def _year_ago(panel: Panel, prompt: Sums, origin: Ints, pair: Ints, mean: Floats, horizon: int) -> Floats:
    """Days with the class a day, about the window a year before; the mean of the record where it is too young.

    `prompt` holds nothing that was known later than `PROMPT` days after: what lies a year back was known by the origin.
    """
    found = []
    for margin in MARGINS:
        width = horizon + 2 * margin
        rate = prompt.count(pair, panel.origins[origin] - YEAR - margin, width) / width
        found.append(np.where(panel.lived[origin] > YEAR + margin, rate, mean))
    return np.stack(found, axis=1)
