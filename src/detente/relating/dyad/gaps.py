"""What the record does not hold about a dyad, said so that nobody takes silence for knowledge."""

from __future__ import annotations

from collections.abc import Sequence

from detente.model import Dispute
from detente.recording.store import Store
from detente.relating.dyad import rows
from detente.relating.dyad.rows import Scope, Speaker

FEW_HAPPENINGS = 5


def gaps(
    store: Store, scope: Scope, *, happenings: int, outlets: Sequence[Speaker], disputes: Sequence[Dispute]
) -> tuple[str, ...]:
    """One sentence for each gap, with territories by their codes; empty where none was found."""
    found = []
    if happenings < FEW_HAPPENINGS:
        found.append(f"Only {happenings} happening{'s' * (happenings != 1)} between the two: too few to say much.")
    heard = {speaker.territory for speaker in outlets}
    found += [
        f"No outlet from {side}: what is said from there comes through others."
        for side in (scope.one, scope.other)
        if outlets and side not in heard
    ]
    unknown = next((speaker for speaker in outlets if speaker.territory is None), None)
    if unknown is not None:
        found.append(
            f"{unknown.count} article{'s' * (unknown.count != 1)} from outlets whose territory is not known "
            "(--outlet-territory when reading tells it)."
        )
    silent = sorted({side for dispute in disputes for side in dispute.silent if side in (scope.one, scope.other)})
    for side in silent:
        count = sum(side in dispute.silent for dispute in disputes)
        found.append(f"No version from {side} in {count} dispute{'s' * (count != 1)} below.")
    undated = rows.without_date(store, scope)
    if undated:
        found.append(
            f"{undated} article{'s' * (undated != 1)} without a day of publication: what they tell has no place "
            "in time (--published when reading gives it)."
        )
    return tuple(found)
