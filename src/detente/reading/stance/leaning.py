"""The strongest reason for a stance between two parties: words and acts between them, and what the one says."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from detente.reading.marks import ClaimMark, EventMark, Party, Span
from detente.reading.stance.lexicon import StanceLexicon
from detente.reading.stance.reader import Lean, StanceReader
from detente.reading.syntax import Tree

_TONE: Final = 0.32
"""What the tone of a voice's words shows towards those it speaks of: little, so that anything definite outweighs it."""
ENOUGH: Final = 0.3
"""A lean weaker than this counts as none."""


def strongest(
    tree: Tree,
    lexicon: StanceLexicon,
    claims: tuple[ClaimMark, ...],
    events: tuple[EventMark, ...],
    one: Span,
    other: Span,
) -> Lean | None:
    """The strongest reason for a stance between the two; None where nothing joins them."""
    reader = StanceReader(tree, lexicon)
    heads = head_of(tree, one), head_of(tree, other)
    found = reader.leans(*heads) + of_events(events, lexicon, one, other) + of_claims(claims, reader, *heads)
    return max(found, key=lambda lean: (abs(lean.value), lean.forward, lean.reason), default=None)


def head_of(tree: Tree, span: Span) -> int:
    """The word of the span that hangs on a word outside it; the first noun or the first word where none does."""
    first = bisect_left(tree.ends, span.start + 1)
    inside = list(range(first, bisect_left(tree.starts, span.end)))
    if not inside:
        return max(0, bisect_left(tree.starts, span.end) - 1)
    for i in inside:
        if tree.kinds[i] in "na" and (tree.heads[i] == i or not inside[0] <= tree.heads[i] <= inside[-1]):
            return i
    return next((i for i in inside if tree.kinds[i] == "n"), inside[0])


def of_events(events: tuple[EventMark, ...], lexicon: StanceLexicon, one: Span, other: Span) -> list[Lean]:
    """The stance that acts between the two show, in the type of each act."""
    found: list[Lean] = []
    for event in events:
        value = lexicon.events.get(event.type, 0.0)
        if event.polarity == "negated":
            value = -0.8 * value if value > 0 else 0.0
        for forward, source, target in ((True, one, other), (False, other, one)):
            if value and _has(event.sources, source) and _has(event.targets, target):
                found.append(Lean(forward, value, event.trigger.start, f"{event.type} (event)"))
    return found


def of_claims(claims: tuple[ClaimMark, ...], reader: StanceReader, one: int, other: int) -> list[Lean]:
    """The stance of a voice towards whom it speaks of: that of the cue, and of what the contents say."""
    tree = reader.tree
    found: list[Lean] = []
    for forward, voice, about in ((True, one, other), (False, other, one)):
        standing = reader.clause.standing(voice)
        for claim in claims:
            heads = [bisect_left(tree.starts, source.head) for source in claim.sources]
            held = max((standing.get(head, 0.0) for head in heads), default=0.0)
            start = tree.starts[about]
            if not held or not any(part.start <= start < part.end for part in claim.contents):
                continue
            cue = bisect_left(tree.starts, claim.cues[0].start) if claim.cues else heads[0]
            shown = [stance for party, stance in claim.about if party.span.start <= start < party.span.end and stance]
            said = reader.voiced(about, claim.contents)
            act = reader.lexicon.claims.get(claim.act, 0.0)
            if shown or act:
                found += [Lean(forward, held * stance, cue, f"{claim.act} (cue)") for stance in shown or [act]]
            elif not said and (tone := reader.tone(claim.contents)):
                found.append(Lean(forward, held * (_TONE if tone > 0 else -_TONE), cue, "tone (voiced)"))
            found += [Lean(forward, 0.7 * held * value, i, reason) for value, i, reason in said]
    return found


def _has(parties: tuple[Party, ...], span: Span) -> bool:
    return any(party.span.meets(span) for party in parties)
