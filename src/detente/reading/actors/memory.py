"""What was met so far while pointing phrases are followed: bounded, so that long texts stay linear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from detente.reading.actors.phrase import Phrase

_KEPT = 60


@dataclass(slots=True)
class Memory:
    """`phrases` latest last; `bodies` the latest body of each kind of word ("ministry")."""

    phrases: list[Phrase] = field(default_factory=list)
    bodies: dict[str, Phrase] = field(default_factory=dict)

    def keep(self, phrase: Phrase) -> None:
        self.phrases.append(phrase)
        if len(self.phrases) > _KEPT:
            del self.phrases[: _KEPT // 2]


def distinct(phrases: Iterable[Phrase]) -> list[Phrase]:
    """Each actor once, at its latest mention, in the order of the text; pointing phrases as what they point at."""
    found: dict[tuple[str, str | None], Phrase] = {}
    for phrase in phrases:
        for some in phrase.joint or (phrase,):
            one = some.person or some
            key = (one.name.lower(), one.territory)
            found.pop(key, None)
            found[key] = one
    return list(found.values())


def point(phrase: Phrase, antecedents: tuple[Phrase, ...], reason: str, score: float = 0.7) -> None:
    """Let `phrase` mean `antecedents`; with none it stays open, with its reason."""
    phrase.reason = reason
    if not antecedents:
        phrase.score = 0.0
        return
    flat = [one for some in antecedents for one in (some.joint or (some,))]
    phrase.joint = tuple(distinct(flat)) if len(flat) > 1 else tuple(flat)
    phrase.territory = phrase.joint[0].territory if len(phrase.joint) == 1 else None
    phrase.score = score
