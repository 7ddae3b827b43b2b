"""Nesting of claims and chains of voices of one passage, computed from where things stand.

A claim whose cue and contents lie in the contents of another of its sentence is nested in it; `in:N` and `top` say
otherwise. Every event and figure is vouched for by the speakers of the claims that hold it, outermost first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from detente.serving.scores.corpus_rows import ClaimRow, EventRow, FigureRow, Link, Stretch


class Voiced(NamedTuple):
    events: tuple[EventRow, ...]
    claims: tuple[ClaimRow, ...]
    figures: tuple[FigureRow, ...]
    problems: tuple[tuple[int, str], ...]


def voiced(
    events: tuple[EventRow, ...],
    claims: tuple[ClaimRow, ...],
    figures: tuple[FigureRow, ...],
    given: dict[int, int | None],
) -> Voiced:
    """All three with parents and voices; `given` are the parents that writers set. Problems by sentence."""
    problems: list[tuple[int, str]] = []
    parents = [given[i] if i in given else _parent(i, claims) for i in range(len(claims))]
    for i, claim in enumerate(claims):
        if _is_circular(i, parents):
            problems.append((claim.sentence, f"the nesting of claims runs in a circle: {_shown(claim.contents)}"))
    problems += _crossings(claims, events)
    if problems:
        return Voiced(events, claims, figures, tuple(problems))
    nested = tuple(replace(claim, parent=parent) for claim, parent in zip(claims, parents, strict=True))
    chains = [_links([*_lineage(parents[i], nested), i], nested, last=i) for i in range(len(nested))]
    return Voiced(
        tuple(replace(e, voices=_links(_holders(e.sentence, e.trigger[:1], nested), nested)) for e in events),
        tuple(replace(claim, voices=chain) for claim, chain in zip(nested, chains, strict=True)),
        tuple(replace(f, voices=_links(_holders(f.sentence, (f.span,), nested), nested)) for f in figures),
        (),
    )


def _parent(index: int, claims: tuple[ClaimRow, ...]) -> int | None:
    """The smallest other claim of the sentence whose contents hold this one's cue and contents."""
    inner = claims[index]
    parts = [*inner.cues, *inner.contents]
    holding = [
        (_size(outer), other)
        for other, outer in enumerate(claims)
        if other != index and outer.sentence == inner.sentence and all(_is_held(part, outer) for part in parts)
    ]
    holding = [
        (size, other) for size, other in holding if size > _size(inner) or (size == _size(inner) and other < index)
    ]
    return min(holding)[1] if holding else None


def _crossings(claims: tuple[ClaimRow, ...], events: tuple[EventRow, ...]) -> Iterable[tuple[int, str]]:
    for i, one in enumerate(claims):
        for other in claims[i + 1 :]:
            if one.sentence == other.sentence:
                for a in one.contents:
                    for b in other.contents:
                        if a.start < b.start < a.end < b.end or b.start < a.start < b.end < a.end:
                            yield one.sentence, f"the contents of two claims cross: “{a.quote}” and “{b.quote}”"
        for event in events:
            for piece in event.trigger[:1]:
                for part in one.contents:
                    if part.start < piece.end and piece.start < part.end and not _holds(part, piece):
                        yield (
                            event.sentence,
                            f"the trigger “{piece.quote}” crosses the edge of the contents “{part.quote}”",
                        )


def _is_circular(index: int, parents: list[int | None]) -> bool:
    seen, above = {index}, parents[index]
    while above is not None:
        if above in seen:
            return True
        seen.add(above)
        above = parents[above]
    return False


def _lineage(parent: int | None, claims: tuple[ClaimRow, ...]) -> list[int]:
    """The parent and those above it, outermost first."""
    line: list[int] = []
    while parent is not None:
        line.insert(0, parent)
        parent = claims[parent].parent
    return line


def _holders(sentence: int, spans: tuple[Stretch, ...], claims: tuple[ClaimRow, ...]) -> list[int]:
    """The innermost claim that holds the spans, and its lineage: outermost first."""
    holding = [
        (len(_lineage(claim.parent, claims)), -_size(claim), index)
        for index, claim in enumerate(claims)
        if claim.sentence == sentence and all(_is_held(span, claim) for span in spans)
    ]
    found: list[int] = []
    for _, _, index in sorted(holding):
        found += [i for i in (*_lineage(claims[index].parent, claims), index) if i not in found]
    return found


def _links(indices: list[int], claims: tuple[ClaimRow, ...], last: int | None = None) -> tuple[Link, ...]:
    """One link a claim; claims that nobody vouches for add none, save the last's own in its own chain."""
    links: list[Link] = []
    for index in indices:
        claim = claims[index]
        if claim.vouches or index == last:
            link = Link(voiced=claim.voiced, actors=claim.sources)
            if not links or links[-1] != link:
                links.append(link)
    return tuple(links)


def _is_held(part: Stretch, claim: ClaimRow) -> bool:
    return any(_holds(content, part) for content in claim.contents)


def _holds(outer: Stretch, inner: Stretch) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _size(claim: ClaimRow) -> int:
    return sum(content.end - content.start for content in claim.contents)


def _shown(contents: tuple[Stretch, ...]) -> str:
    return " … ".join(f"“{part.quote}”" for part in contents)
