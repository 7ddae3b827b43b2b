"""What the record does not hold about a dyad, said so that nobody takes silence for knowledge."""

from __future__ import annotations

from collections.abc import Sequence

from detente.model import Dispute
from detente.relating.dyad.rows import Brief, Speaker

FEW_HAPPENINGS = 5


def gaps(
    sides: tuple[str, str], happened: Sequence[Brief], *, outlets: Sequence[Speaker], disputes: Sequence[Dispute]
) -> tuple[str, ...]:
    """One sentence for each gap, with territories by their codes; empty where none was found."""
    found = []
    count = len(happened)
    if count < FEW_HAPPENINGS:
        found.append(f"Only {count} happening{'s' * (count != 1)} between the two: too few to say much.")
    heard = {speaker.territory for speaker in outlets}
    found += [
        f"No outlet from {side}: what is said from there comes through others."
        for side in sides
        if outlets and side not in heard
    ]
    unknown = next((speaker for speaker in outlets if speaker.territory is None), None)
    if unknown is not None:
        found.append(
            f"{unknown.count} article{'s' * (unknown.count != 1)} from outlets whose territory is not known "
            "(--outlet-territory when reading tells it)."
        )
    silent = sorted({side for dispute in disputes for side in dispute.silent if side in sides})
    for side in silent:
        count = sum(side in dispute.silent for dispute in disputes)
        found.append(f"No version from {side} in {count} dispute{'s' * (count != 1)} below.")
    undated = sum(row.start is None for row in happened)
    if undated:
        found.append(
            f"{undated} happening{'s' * (undated != 1)} that neither words nor articles date: no place in time "
            "(--published when reading gives one)."
        )
    return tuple(found)
