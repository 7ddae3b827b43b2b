"""From mentions to actors: who a party in a row is, or why that cannot be said.

Here are settled what only the whole paper tells: office-holders by the day of publication, and whom "we" and "I" mean,
which hangs on whose words they stand in. Which words are mentions, and what they may mean, is `reading.actors`'.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from datetime import date
from functools import cached_property

from msgspec.structs import replace

from detente.knowledge import Knowledge
from detente.model.actor import ActorRef
from detente.model.date import Date
from detente.model.evidence import Evidence
from detente.model.identity import make_id
from detente.reading.marks import Candidate, ClaimMark, MentionMark, Party, Span
from detente.reading.paper import Paper

_SELVES = frozenset({"i", "me", "my", "mine", "myself"})
_SIDED = frozenset({"person", "office", "government", "ministry", "state"})
_OWNERLESS = frozenset({"igo", "people", "media", "company", "document", "author"})
_DEPTH = 6
_NESTING = 200


class Resolver:
    """Resolves the parties of one paper. `published` is the day, or the interval, that offices are judged by."""

    def __init__(self, knowledge: Knowledge, paper: Paper, published: Date | None) -> None:
        self.knowledge = knowledge
        self.paper = paper
        self.published = published

    @property
    def author(self) -> ActorRef:
        """Who vouches for the whole text: its author, else its outlet, else "the author"."""
        doc = self.paper.doc
        name = doc.author or doc.outlet or "the author"
        territory = doc.outlet_territory
        where = None if doc.author or doc.outlet else doc.document_id
        return ActorRef(
            actor_id=make_id("act", name, "author", territory or where), name=name, kind="author", territory=territory
        )

    def resolve(self, party: Party) -> tuple[ActorRef, ...]:
        """Everyone the party names: several for a joint mention. Never empty: who is not known has no id, and
        `unresolved` says why."""
        mark = self._mention_at(party.head)
        if mark is not None:
            return self._refs(mark)
        owners = self._owners(party)
        if owners:
            return tuple(ref for owner in owners for ref in self._refs(owner))
        return (self._unknown(party.span, "no actor is named in these words"),)

    def references(self) -> tuple[tuple[MentionMark, tuple[ActorRef, ...]], ...]:
        """Every mention of the paper with whom it names, in the order of the text."""
        return tuple((mark, self._refs(mark)) for mark in self._mentions)

    # -- finding mentions --------------------------------------------------------------------------------

    @cached_property
    def _mentions(self) -> tuple[MentionMark, ...]:
        return tuple(sorted(self.paper.mentions or (), key=lambda mark: (mark.span.start, -mark.span.end)))

    @cached_property
    def _starts(self) -> list[int]:
        return [mark.span.start for mark in self._mentions]

    @cached_property
    def _reach(self) -> int:
        return max((mark.span.end - mark.span.start for mark in self._mentions), default=0)

    def _within(self, start: int, end: int) -> list[MentionMark]:
        """Mentions that begin at or after `start` and before `end`."""
        return list(self._mentions[bisect_right(self._starts, start - 1) : bisect_right(self._starts, end - 1)])

    def _mention_at(self, head: int) -> MentionMark | None:
        """The mention with this head, else the shortest that covers it; of two with one head, the longer."""
        over = [mark for mark in self._within(head - self._reach, head + 1) if mark.span.end > head]
        same = [mark for mark in over if mark.head == head]
        if same:
            return max(same, key=lambda mark: mark.span.end - mark.span.start)
        return min(over, key=lambda mark: mark.span.end - mark.span.start, default=None)

    def _owners(self, party: Party) -> list[MentionMark]:
        """Whoever owns or modifies a phrase whose head is no mention: "Baku's persistence", "the Azerbaijani and
        Armenian strikes", "the persistence of Baku"."""
        inside = [mark for mark in self._within(*party.span) if mark.span.end <= party.span.end]
        inside = [mark for mark in inside if not any(o is not mark and o.span.holds(mark.span) for o in inside)]
        text = self.paper.text
        before = [mark for mark in inside if mark.span.end <= party.head]
        possessors = [mark for mark in before if _is_possessive(text, mark)]
        if possessors:
            return possessors[-1:]
        if before:
            return before
        after = [
            mark for mark in inside if text[party.head : mark.span.start].split()[-1:] in (["of"], ["by"], ["from"])
        ]
        if not after:
            after = [mark for mark in inside if text[: mark.span.start].endswith(("of the ", "by the ", "from the "))]
        return after[:1]

    # -- naming them -------------------------------------------------------------------------------------

    def _refs(self, mark: MentionMark, depth: int = 0) -> tuple[ActorRef, ...]:
        if not mark.candidates:
            return self._speaker_of(mark, depth)
        if mark.form == "common" and mark.candidates[0].actor_id is None and depth < _DEPTH:
            ours = self._of_the_speaker(mark, depth)
            if ours is not None:
                return ours
        chosen = mark.candidates if mark.joint else (self._choose(mark),)
        return tuple(self._ref(one, mark.span, mark.reason) for one in chosen)

    def _choose(self, mark: MentionMark) -> Candidate:
        """The first candidate; of office-holders of one name the one in office at the day of publication; of
        territories that share a name none."""
        first = mark.candidates[0]
        if len(mark.candidates) == 1:
            return first
        if first.kind == "person":
            day = self._day
            names = (
                {one.name for one in self.knowledge.roster.officials_named(first.name.split()[-1], day)}
                if day
                else set()
            )
            fits = [one for one in mark.candidates if one.name in names]
            if len(fits) == 1:
                return fits[0]
        if len({one.territory for one in mark.candidates}) == 1:
            return first
        names_all = " or ".join(one.name for one in mark.candidates)
        words = self.paper.words(mark.span)
        return Candidate(None, words, first.kind, None, first.sector, 0.0, f"may be {names_all}")

    @cached_property
    def _day(self) -> date | None:
        if self.published is None or self.published.start is None:
            return None
        return date.fromisoformat(self.published.start)

    def _ref(self, one: Candidate, span: Span, reason: str) -> ActorRef:
        why = None
        if one.actor_id is None or (one.territory is None and one.kind not in _OWNERLESS):
            why = (one.reason or reason or "no territory is stated").rpartition("; ")[2]
        return ActorRef(
            actor_id=one.actor_id,
            name=one.name,
            territory=one.territory,
            sector=one.sector,
            kind=one.kind,
            evidence=self._evidence(span),
            unresolved=why,
        )

    def _unknown(self, span: Span, reason: str) -> ActorRef:
        return ActorRef(actor_id=None, name=self.paper.words(span), evidence=self._evidence(span), unresolved=reason)

    def _evidence(self, span: Span) -> Evidence:
        return Evidence(span.start, span.end, self.paper.words(span))

    # -- we and I ----------------------------------------------------------------------------------------

    def _speaker_of(self, mark: MentionMark, depth: int) -> tuple[ActorRef, ...]:
        """Whose words a "we" stands in: the innermost claim's speaker, else the author of the text."""
        claim = self._claim_around(mark.span)
        if claim is None:
            if self._is_quoted(mark.span):
                return (self._unknown(mark.span, "the speaker of the quotation is not known"),)
            return (replace(self.author, evidence=self._evidence(mark.span)),)
        speakers = [] if depth > _DEPTH else [self._mention_at(source.head) for source in claim.sources]
        known = [speaker for speaker in speakers if speaker is not None and speaker is not mark]
        if not known:
            return (self._unknown(mark.span, "the speaker of the claim is not named"),)
        alone = self.paper.words(mark.span).lower() in _SELVES
        refs = [ref for speaker in known for ref in self._refs(speaker, depth + 1)]
        return tuple(replace(ref if alone else self._side(ref), evidence=self._evidence(mark.span)) for ref in refs)

    def _of_the_speaker(self, mark: MentionMark, depth: int) -> tuple[ActorRef, ...] | None:
        """As in "our foreign minister": the office of the side that the speaker speaks for."""
        inner = next((one for one in self._within(mark.span.start, mark.span.start + 1) if not one.candidates), None)
        if inner is None:
            return None
        role, words = mark.candidates[0], self.paper.words(mark.span)
        found = []
        for side in self._speaker_of(inner, depth + 1):
            if side.territory is None or side.kind == "author" or role.name == words:
                found.append(self._unknown(mark.span, "the side that the speaker speaks for is not known"))
                continue
            name = f"{role.name} of {self.knowledge.territories.get(side.territory).name}"
            one = Candidate(
                make_id("act", name, role.kind, side.territory), name, role.kind, side.territory, role.sector
            )
            found.append(self._ref(one, mark.span, mark.reason))
        return tuple(found)

    def _side(self, ref: ActorRef) -> ActorRef:
        """The side a speaker speaks for: the territory of those who act for one, else the speaker."""
        if ref.territory is None or ref.kind not in _SIDED or ref.actor_id is None:
            return ref
        territory = self.knowledge.territories.get(ref.territory)
        kind = "state" if territory.kind in ("state", "former") else "other"
        return ActorRef(
            actor_id=make_id("act", territory.name, kind, territory.code),
            name=territory.name,
            territory=territory.code,
            kind="state" if kind == "state" else "other",
        )

    def _claim_around(self, span: Span) -> ClaimMark | None:
        """The claim with the shortest content that holds the span."""
        found = self._innermost(self._contents, span)
        return None if found is None or self.paper.claims is None else self.paper.claims[found]

    def _is_quoted(self, span: Span) -> bool:
        return self._innermost(self._quoted, span) is not None

    @cached_property
    def _contents(self) -> list[tuple[int, int, int]]:
        claims = self.paper.claims or ()
        return sorted((*content, number) for number, claim in enumerate(claims) for content in claim.contents)

    @cached_property
    def _quoted(self) -> list[tuple[int, int, int]]:
        quotations = self.paper.layout.quotations if self.paper.layout else ()
        return sorted(
            (*content, number)
            for number, quotation in enumerate(quotations)
            if quotation.kind in ("speech", "running")
            for content in quotation.contents
        )

    def _innermost(self, stretches: list[tuple[int, int, int]], span: Span) -> int | None:
        """The number of the shortest stretch that holds the span, among the last to begin before it."""
        last = bisect_right(stretches, (span.start, sys.maxsize, sys.maxsize))
        near = stretches[max(0, last - _NESTING) : last]
        holding = [(end - start, number) for start, end, number in near if end >= span.end]
        return min(holding)[1] if holding else None


def _is_possessive(text: str, mark: MentionMark) -> bool:
    return text[mark.span.end : mark.span.end + 2] in ("'s", "’s", "' ", "’ ")
