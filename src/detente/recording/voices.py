"""Who vouches for a stretch of text: the author, then every speaker in whose words it stands.

A source adds itself to what it says, not to its own act of saying: only contents count, never the cue.
Who the speakers are is settled by the resolver; which stretches are claims, by the claim step.
"""

from __future__ import annotations

from typing import Protocol

from detente.model.actor import ActorRef
from detente.model.evidence import Evidence
from detente.reading.claims.enclosing import Enclosures
from detente.reading.marks import ClaimMark, Party, Span
from detente.reading.paper import Paper


class Resolves(Protocol):
    """What voices need of a resolver."""

    @property
    def author(self) -> ActorRef:
        """Whoever publishes the text."""
        ...

    def resolve(self, party: Party) -> tuple[ActorRef, ...]: ...


class Voices:
    """The chains of voices of one document. Build it once a document; a look-up is logarithmic in the claims
    plus the claims that hold the stretch."""

    def __init__(self, paper: Paper, resolver: Resolves) -> None:
        self.paper = paper
        self.resolver = resolver
        self._claims = paper.claims or ()
        self._depths = [self._depth(index) for index in range(len(self._claims))]
        parts = ((part, index) for index, claim in enumerate(self._claims) for part in claim.contents)
        self._enclosures = Enclosures(parts)
        self.author = resolver.author

    def chain(self, span: Span, vouchers: tuple[Party, ...] = ()) -> tuple[ActorRef, ...]:
        """The voices behind `span`: author first, then the speakers of the claims whose contents hold it,
        outermost first, then `vouchers`. A claim its source does not vouch for adds nobody."""
        links: list[ActorRef] = [self.author]
        for index in self._holders(span):
            if self._claims[index].vouches:
                links.extend(self._speakers(index))
        for party in vouchers:
            links.extend(self.resolver.resolve(party))
        return _joined(links)

    def claim_chain(self, index: int) -> tuple[ActorRef, ...]:
        """The voices behind the contents of claim `index`: those that vouch for its act of saying, then its
        own speakers."""
        lineage: list[int] = []
        above = self._claims[index].parent
        while above is not None and above not in lineage:
            lineage.append(above)
            above = self._claims[above].parent
        links: list[ActorRef] = [self.author]
        for parent in reversed(lineage):
            if self._claims[parent].vouches:
                links.extend(self._speakers(parent))
        links.extend(self._speakers(index))
        return _joined(links)

    # -- inside -----------------------------------------------------------------------------------------

    def _holders(self, span: Span) -> list[int]:
        """The claims one of whose parts holds `span`, outermost first."""
        found: dict[int, tuple[int, int]] = {}
        for index in self._enclosures.holding(span):
            size = sum(end - start for start, end in self._claims[index].contents)
            found.setdefault(index, (self._depths[index], -size))
        return sorted(found, key=lambda index: (*found[index], index))

    def _speakers(self, index: int) -> list[ActorRef]:
        claim = self._claims[index]
        refs = [ref for party in claim.sources for ref in self.resolver.resolve(party)]
        if refs:
            return refs
        return [self._unnamed(claim)]

    def _unnamed(self, claim: ClaimMark) -> ActorRef:
        cue = claim.cues[0] if claim.cues else None
        words = None if cue is None else Evidence(cue.start, cue.end, self.paper.words(cue))
        reason = "the text names no source" if claim.unnamed else "no source was found for this claim"
        return ActorRef(actor_id=None, name="unnamed", evidence=words, unresolved=reason)

    def _depth(self, index: int) -> int:
        seen = {index}
        above = self._claims[index].parent
        while above is not None and above not in seen:
            seen.add(above)
            above = self._claims[above].parent
        return len(seen)


def _joined(links: list[ActorRef]) -> tuple[ActorRef, ...]:
    """The same speaker twice in a row is one link."""
    kept: list[ActorRef] = []
    for link in links:
        if not kept or not _is_same(kept[-1], link):
            kept.append(link)
    return tuple(kept)


def _is_same(one: ActorRef, other: ActorRef) -> bool:
    if one.kind == "author" or other.kind == "author":
        return False
    if one.actor_id is not None or other.actor_id is not None:
        return one.actor_id == other.actor_id
    return (one.name.casefold(), one.territory, one.sector) == (other.name.casefold(), other.territory, other.sector)
