"""The claims of rules and encoder put together.

A claim that both see keeps the rules' words, with the encoder's act and polarity of the cue; one that only the encoder
sees is added. What stands in what is worked out anew, as the rules do it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from detente.reading.claims.drafts import Draft
from detente.reading.claims.joining import Forms, mark, nest
from detente.reading.claims.stance import StanceRules
from detente.reading.encoder.decoding import Heard, View
from detente.reading.encoder.sheet import Sheet
from detente.reading.marks import ClaimMark, Layout, MentionMark, Party, Span

_EDGES: Final = frozenset(",;:.–—-“”\"'’‘")
_READS: Final = "the encoder reads it so"


class ClaimLimits(Struct, frozen=True):
    """How likely a cue must be for a claim to be added, and for one of the rules to take the encoder's act."""

    added: float = 0.7
    agrees: float = 0.5


class ClaimJoiner:
    """Joins the claims of one document."""

    def __init__(self, sheet: Sheet, text: str, layout: Layout, limits: ClaimLimits) -> None:
        self.sheet = sheet
        self.text = text
        self.forms = Forms(text, layout)
        self.limits = limits

    def join(
        self,
        views: Sequence[View],
        claims: Sequence[ClaimMark],
        mentions: Sequence[MentionMark],
        stances: StanceRules | None,
    ) -> tuple[ClaimMark, ...]:
        """`mentions` are those of both; `stances` finds whom an added claim is about."""
        marks = {one.span: one for one in mentions}
        left = [one for view in views for one in view.claims if one.p > self.limits.agrees and one.contents]
        drafts: list[Draft] = []
        for claim in claims:
            near = [one for one in left if any(one.cue.meets(cue) for cue in claim.cues)]
            left = [one for one in left if one not in near]
            drafts.append(_draft(claim, near[0] if near else None))
        for one in left:
            if one.p > self.limits.added:
                draft = self._new(one, marks)
                if draft is not None and not any(_is_same(draft, other) for other in drafts):
                    if stances is not None:
                        stances.add_to(draft)
                    drafts.append(draft)
        drafts.sort(key=lambda draft: (draft.evidence.start, -draft.evidence.end, draft.contents[0].start))
        nest(drafts)
        return tuple(mark(draft) for draft in drafts)

    def _new(self, one: Heard, marks: dict[Span, MentionMark]) -> Draft | None:
        contents = self._spans(one.contents)
        if not contents:
            return None
        sources = tuple(Party(spot.span, marks[spot.span].head) for spot in one.speakers if spot.span in marks)
        draft = Draft(
            cue_tokens=(),
            cues=(one.cue,),
            sources=sources,
            contents=contents,
            act=one.act,
            reason=_READS,
            score=round(one.p, 2),
            polarity="negated" if one.negated else "affirmed",
            unnamed=not sources,
            vouches=not one.negated and one.act != "omit",
        )
        draft.form = self.forms.of(draft)
        return draft

    def _spans(self, contents: tuple[int, ...]) -> tuple[Span, ...]:
        """Runs of words as spans, without marks at their edges; a gap of one word is closed."""
        runs: list[list[int]] = []
        for at in contents:
            if runs and at - runs[-1][-1] <= 2:
                runs[-1].append(at)
            else:
                runs.append([at])
        spans = []
        for run in runs:
            first, last = run[0], run[-1]
            while first < last and self._word(first) in _EDGES:
                first += 1
            while last > first and self._word(last) in _EDGES:
                last -= 1
            if len(run) > 1 or len(runs) == 1:
                spans.append(Span(self.sheet.words[first].span.start, self.sheet.words[last].span.end))
        return tuple(spans)

    def _word(self, at: int) -> str:
        span = self.sheet.words[at].span
        return self.text[span.start : span.end]


def _draft(claim: ClaimMark, one: Heard | None) -> Draft:
    draft = Draft(
        cue_tokens=(), cues=claim.cues, sources=claim.sources, contents=claim.contents, act=claim.act,
        reason=claim.reason, score=claim.score, polarity=claim.cue_polarity, unnamed=claim.unnamed,
        vouches=claim.vouches, form=claim.form, about=claim.about, loaded=claim.loaded,
    )  # fmt: skip
    if one is not None:
        draft.act = one.act
        draft.polarity = "negated" if one.negated else "affirmed"
    return draft


def _is_same(one: Draft, other: Draft) -> bool:
    """True where two say the same of the same people."""
    heads = {party.head for party in one.sources}
    return heads == {party.head for party in other.sources} and any(
        part.meets(piece) for part in one.contents for piece in other.contents
    )
