"""Actors as disputes look at them: who vouches for a claim, who is one with whom, whose territories they are."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from msgspec import Struct

from detente.model import ActorRef, Claim
from detente.relating.disputes.statement import Dyad

_NAMING_LETTERS = 5
_SIDES = frozenset(("state", "government", "ministry", "office", "person", "author", "document", "media"))


class Told(Struct, frozen=True):
    """The voices that vouch for a claim's contents, and who leaves them out, where the claim is of an omission."""

    voices: tuple[ActorRef, ...]
    omitter: tuple[ActorRef, ...]


def told(claim: Claim) -> Told:
    """ "CSSC says that the report fails to mention P": CSSC vouches for P, the report leaves it out."""
    if claim.act == "omit" and claim.cue_polarity == "negated":
        return Told(claim.voices[:-1] or claim.voices, claim.voices)
    return Told(claim.voices, ())


def territories(refs: Iterable[ActorRef]) -> tuple[str, ...]:
    return tuple(sorted({ref.territory for ref in refs if ref.territory is not None}))


def pairs(sources: Iterable[str], targets: Iterable[str]) -> set[Dyad]:
    """Undirected pairs of two different territories."""
    return {(min(a, b), max(a, b)) for a, b in product(tuple(sources), tuple(targets)) if a != b}


def is_named(ref: ActorRef) -> bool:
    return ref.name != "unnamed" or ref.actor_id is not None


def is_same(a: ActorRef, b: ActorRef) -> bool:
    if a.actor_id is not None or b.actor_id is not None:
        return a.actor_id == b.actor_id
    return (a.name.casefold(), a.territory) == (b.name.casefold(), b.territory)


def doers(refs: Iterable[ActorRef]) -> tuple[str, ...]:
    """States by their territory, so that a capital and its army are one; groups and peoples by what they are called."""
    found = {ref.territory if ref.kind in _SIDES and ref.territory is not None else ref.name.casefold() for ref in refs}
    return tuple(sorted(found))


def are_others(a: Iterable[str], b: Iterable[str]) -> bool:
    """Whether none of the one are among the other; groups are one that share a word of their names."""
    return _names(tuple(a)).isdisjoint(_names(tuple(b)))


@lru_cache(maxsize=10_000)
def _names(names: tuple[str, ...]) -> frozenset[str]:
    words = (word for name in names for word in name.split() if len(word) >= _NAMING_LETTERS)
    return frozenset((*names, *words))
