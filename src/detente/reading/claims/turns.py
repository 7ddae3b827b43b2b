"""A speaker's turn becomes one claim a sentence: what is asked, granted and denied in it are acts of their own.

The sentence that holds the cue keeps it; the others have the same speaker and no cue.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from detente.reading.claims.drafts import Draft
from detente.reading.marks import Party, Sentence, Span


def by_sentence(drafts: Sequence[Draft], sentences: Sequence[Sentence], text: str) -> list[Draft]:
    """The drafts, those that run over several sentences cut at the sentence ends."""
    starts = [sentence.span.start for sentence in sentences]
    found: list[Draft] = []
    for draft in drafts:
        groups: dict[int, list[Span]] = {}
        for part in draft.contents:
            for number, piece in _pieces(part, starts, text):
                groups.setdefault(number, []).append(piece)
        if len(groups) < 2:
            found.append(draft)
            continue
        home = _home(draft, groups, starts)
        for number, pieces in groups.items():
            cued = number == home
            found.append(_part(draft, pieces, text, keeps_cue=cued))
    return found


def _pieces(part: Span, starts: Sequence[int], text: str) -> list[tuple[int, Span]]:
    """The stretches of one part by the number of their sentence, without blanks at their edges."""
    found = []
    at = part.start
    number = max(bisect_right(starts, at) - 1, 0)
    while at < part.end:
        end = min(part.end, starts[number + 1]) if number + 1 < len(starts) else part.end
        start, stop = at, end
        while start < stop and text[start].isspace():
            start += 1
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        if any(char.isalnum() for char in text[start:stop]):
            found.append((number, Span(start, stop)))
        at, number = end, number + 1
    return found


def _home(draft: Draft, groups: dict[int, list[Span]], starts: Sequence[int]) -> int:
    """The sentence that the cue belongs to: its own, else the nearest after it, else the last."""
    if not draft.cues:
        return next(iter(groups))
    own = bisect_right(starts, draft.cues[0].start) - 1
    after = [number for number in groups if number >= own]
    return min(after) if after else max(groups)


def _part(draft: Draft, pieces: list[Span], text: str, *, keeps_cue: bool) -> Draft:
    said = text[pieces[0].start : pieces[-1].end]
    asks = said.rstrip("”\"’' ").endswith("?")
    act = draft.act
    if not keeps_cue:
        act = "question" if asks else "state"
    elif draft.act == "question" and not asks and not draft.cue_tokens:
        act = "state"
    if keeps_cue:
        return replace(draft, contents=tuple(pieces), act=act)
    sources = tuple(Party(party.span, party.head, True, party.stand_in) for party in draft.sources)
    return replace(
        draft, contents=tuple(pieces), act=act, cues=(), cue_tokens=(), sources=sources, form="direct", stance=0.0,
        polarity="affirmed", vouches=True, reason=f"{draft.reason}; the speaker goes on",
        unnamed=draft.unnamed,
    )  # fmt: skip
