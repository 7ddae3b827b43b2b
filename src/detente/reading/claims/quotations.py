"""Quotations find their holder: the cue beside them, the clause that introduces them, or the speaker before.

Layout says where quotations stand and of which kind they are; verbs and nouns have already been read. Here the
two are joined, so that one act of quoting is one claim with the contents of all its parts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Final

from detente.reading.claims.beside import BesideRules
from detente.reading.claims.drafts import Clauses, Draft
from detente.reading.claims.lexicon import CueLexicon
from detente.reading.claims.speakers import Speakers
from detente.reading.marks import Layout, Party, Quotation, Span

_NEAR: Final = 60
"""Characters between a quotation and a cue of saying that may still be its own."""
_LOOKED_AT: Final = 40
"""Claims before a quotation that may name its speaker."""
_LONGEST_GAP: Final = 6
"""Paragraphs without marks that an unclosed quotation may run through."""
_SHORTEST_SIGNED: Final = 30
_SIGNED: Final = re.compile(
    r"[ \u00a0]?\n?[ \u00a0]?(?P<mark>[―—–]|--)[ \u00a0]?(?P<name>[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,5})"
    r"(?=[.,]?[ \u00a0]*(?:\n|$|, ))"
)
_SMALL: Final = frozenset({"scare", "title"})


class QuotationRules:
    """One document's quotations."""

    def __init__(
        self, clauses: Clauses, layout: Layout, speakers: Speakers, lexicon: CueLexicon, persons: frozenset[int]
    ) -> None:
        self.clauses, self.layout, self.speakers = clauses, layout, speakers
        self.tree = clauses.tree
        self.publication = lexicon.groups["publication"]
        self.beside = BesideRules(clauses, speakers, lexicon, lexicon.groups)
        self.persons = persons
        self.paragraph_starts = [paragraph.span.start for paragraph in layout.paragraphs]

    def join(self, drafts: list[Draft]) -> list[Draft]:
        """`drafts` with the quotations added to those that hold them, and new ones for the rest."""
        self.drafts = sorted(drafts, key=lambda draft: (draft.cues[0].start, draft.cues[-1].end))
        self.cue_starts = [draft.cues[0].start for draft in self.drafts]
        added: list[Draft] = []
        last: tuple[Quotation, Draft] | None = None
        outer: Quotation | None = None
        for quotation in self.layout.quotations:
            if quotation.kind in _SMALL or not quotation.contents:
                continue
            inner = outer is not None and outer.span.holds(quotation.span)
            if not inner:
                outer = quotation
            holder = self._signed(quotation) if not inner else None
            if holder is not None:
                added.append(holder)
            holder = holder or self._beside(quotation)
            if holder is None and (holder := self._reported(quotation)) is not None:
                added.append(holder)
            if holder is None and not inner and last is not None and self._continues(last, quotation):
                holder = last[1]
            if holder is None and not inner and last is not None and self._runs_on(last[0], quotation):
                holder = last[1]
                self._bridge(holder, last[0], quotation)
            if holder is None and not inner:
                holder = self._introduced(quotation)
                if holder is None and self._opens_sentence(quotation):
                    holder = self._before(quotation, last) or self._orphan(quotation)
                if holder is not None:
                    added.append(holder)
            if holder is None:
                continue
            self._give(holder, quotation)
            if not inner:
                last = (quotation, holder)
        return [draft for draft in (*self.drafts, *added) if draft.contents]

    # -- the cue beside it ------------------------------------------------------------------------------

    def _beside(self, quotation: Quotation) -> Draft | None:
        """The draft whose contents already meet the quotation, or the nearest verb of saying in its sentence."""
        best: tuple[tuple[int, int, int], Draft] | None = None
        span = quotation.span
        low = bisect_left(self.cue_starts, span.start - 600)
        high = bisect_right(self.cue_starts, span.end + 400)
        for draft in self.drafts[low:high]:
            cue = draft.cues[0]
            if span.start <= cue.start and cue.end <= span.end and not self._is_between_parts(cue, quotation):
                continue
            before = cue.end <= span.start
            gap = span.start - draft.cues[-1].end if before else cue.start - span.end
            meets = any(part.meets(content) for part in draft.contents for content in quotation.contents)
            if meets:
                rank = (0, gap, -draft.size)
            elif draft.takes_quotation and not draft.contents and self._is_near(draft, quotation, gap, before):
                rank = (1 if not before else 2, gap, 0)
            elif draft.takes_quotation and before and 0 <= gap <= 3 and self._ends_open(draft, span):
                rank = (3, gap, 0)
            else:
                continue
            if best is None or rank < best[0]:
                best = (rank, draft)
        return best[1] if best is not None else None

    def _is_between_parts(self, cue: Span, quotation: Quotation) -> bool:
        at = bisect_right(quotation.contents, cue.start, key=lambda content: content.start) - 1
        return at < 0 or not quotation.contents[at].holds(cue)

    def _is_near(self, draft: Draft, quotation: Quotation, gap: int, before: bool) -> bool:
        """A verb of saying without contents, beside the quotation with nothing but its subject between."""
        if gap < 0 or gap > _NEAR + 140:
            return False
        text = self.clauses.text
        if before:
            between = text[draft.cues[-1].end : quotation.span.start]
            if gap > _NEAR and ":" not in between and "," not in between:
                return False
        else:
            between = text[quotation.span.end : draft.cues[0].start]
            if gap > _NEAR and not any(party.span.start >= quotation.span.end for party in draft.sources):
                return False
        if "\n" in between:
            return before and between.rstrip().endswith(":")
        return not any(mark in between.strip() for mark in (". ", "? ", "! "))

    def _ends_open(self, draft: Draft, span: Span) -> bool:
        return (
            draft.contents != ()
            and draft.contents[-1].end <= span.start
            and draft.contents[-1].end > draft.cues[-1].start
        )

    def _signed(self, quotation: Quotation) -> Draft | None:
        """As in “…” — Ana Rojas: words that close a line, with the name of their speaker after a dash."""
        found = _SIGNED.match(self.clauses.text, quotation.span.end)
        if found is None or quotation.span.end - quotation.span.start < _SHORTEST_SIGNED:
            return None
        name = Span(*found.span("name"))
        head = name.start + self.clauses.text[slice(*name)].rfind(" ") + 1
        draft = self._draft(quotation, (Party(name, head),), (), "the name it is signed with", 0.8)
        draft.cues = (Span(*found.span("mark")),)
        return draft

    def _reported(self, quotation: Quotation) -> Draft | None:
        found = self.beside.read(quotation.span)
        if found is None:
            return None
        return self._draft(quotation, found.sources, found.tokens, found.reason, 0.8)

    def _opens_sentence(self, quotation: Quotation) -> bool:
        """Words that stand free: nothing of their sentence comes before them."""
        here = self.layout.paragraphs[max(self._paragraph(quotation.span.start), 0)].span.start
        at = quotation.span.start - 1
        while at >= here and self.clauses.text[at].isspace():
            at -= 1
        return at < here or self.clauses.text[at] in ".!?:”’'\""

    # -- going on ---------------------------------------------------------------------------------------

    def _continues(self, last: tuple[Quotation, Draft], quotation: Quotation) -> bool:
        """The same paragraph goes on quoting: “A,” said X. “B.”"""
        before = last[0]
        if self._paragraph(before.span.end - 1) != self._paragraph(quotation.span.start):
            return False
        between = self.clauses.text[before.span.end : quotation.span.start]
        if len(between) > 250:
            return False
        cue = last[1].cues[0] if last[1].cues else before.span
        rest = between
        if before.span.end <= cue.start < quotation.span.start:
            rest = self.clauses.text[cue.end : quotation.span.start]
        return rest.count(". ") + rest.count("? ") + rest.count("! ") <= 1

    def _runs_on(self, before: Quotation, quotation: Quotation) -> bool:
        """A long quotation that was never closed and takes up its marks again some paragraphs later."""
        if before.kind != "running" or self._is_closed(before):
            return False
        gap = self._paragraph(quotation.span.start) - self._paragraph(before.span.end - 1)
        return quotation.kind == "running" and gap <= _LONGEST_GAP

    def _is_closed(self, quotation: Quotation) -> bool:
        return self.clauses.text[quotation.span.end - 1] in "”\"’'»"

    def _bridge(self, draft: Draft, before: Quotation, quotation: Quotation) -> None:
        """The paragraphs between the two belong to the same speaker."""
        first, last = self._paragraph(before.span.end - 1) + 1, self._paragraph(quotation.span.start)
        between = [paragraph.span for paragraph in self.layout.paragraphs[first:last]]
        draft.contents = _merged([*draft.contents, *between], self.clauses.text)

    def _paragraph(self, offset: int) -> int:
        return bisect_right(self.paragraph_starts, offset) - 1

    # -- introduced -------------------------------------------------------------------------------------

    def _introduced(self, quotation: Quotation) -> Draft | None:
        """The subject of the clause that introduces the quotation, the last verb of publishing first."""
        span = quotation.introducer
        if span is None:
            return None
        low, high = bisect_left(self.tree.starts, span.start), bisect_left(self.tree.starts, span.end)
        published = [i for i in range(low, high) if self.tree.is_verb(i) and self.tree.lemmas[i] in self.publication]
        for verb in reversed(published):
            sources, _ = self.speakers.of_verb(verb)
            if sources:
                held = self.tree.kid(verb, "dobj")
                tokens = (verb,) if held is None or span.end < self.tree.starts[held] else (verb, held)
                self._empty(verb)
                return self._draft(quotation, sources, tokens, "the subject of the clause that introduces it", 0.8)
        held_by = self._speaker_within(span)
        if held_by is not None:
            return self._draft(
                quotation, held_by.sources, (), "the speaker of the sentence that introduces it", 0.65, held_by
            )
        for verb in range(low, high):
            if self.tree.is_verb(verb) and self.tree.heads[verb] == verb:
                sources, noun = self.speakers.of_verb(verb)
                if sources and noun is not None and self._may_speak(noun):
                    return self._draft(quotation, sources, (), "the subject of the sentence that introduces it", 0.5)
        return None

    def _empty(self, verb: int) -> None:
        """What the verb of publishing governs is no contents of its own: the quotation is."""
        start = self.tree.starts[verb]
        for draft in self.drafts[bisect_left(self.cue_starts, start - 80) : bisect_right(self.cue_starts, start)]:
            if verb in draft.cue_tokens:
                draft.contents = ()

    def _may_speak(self, noun: int) -> bool:
        return self.tree.tags[noun] in ("NNP", "NNPS", "PRP") or self.tree.starts[noun] in self.persons

    def _speaker_within(self, span: Span) -> Draft | None:
        low, high = bisect_left(self.cue_starts, span.start), bisect_right(self.cue_starts, span.end)
        for draft in reversed(self.drafts[max(low, high - _LOOKED_AT) : high]):
            if draft.sources and not draft.unnamed and draft.polarity == "affirmed":
                return draft
        return None

    def _before(self, quotation: Quotation, last: tuple[Quotation, Draft] | None) -> Draft | None:
        """The speaker named last in the paragraph before, where nothing else introduces the quotation."""
        here = self._paragraph(quotation.span.start)
        if here <= 0 and last is None:
            return None
        start = self.layout.paragraphs[max(here - 1, 0)].span.start
        found = self._speaker_within(Span(start, quotation.span.start))
        if found is not None:
            return self._draft(quotation, found.sources, (), "the speaker named last before it", 0.5, found)
        if last is not None and last[1].sources and self._paragraph(last[0].span.end - 1) >= here - 1:
            return self._draft(quotation, last[1].sources, (), "the holder of the quotation before it", 0.45)
        return None

    def _orphan(self, quotation: Quotation) -> Draft | None:
        if quotation.span.end - quotation.span.start < 40:
            return None
        return self._draft(quotation, (), (), "a quotation that nothing introduces", 0.3)

    def _draft(
        self,
        quotation: Quotation,
        sources: tuple[Party, ...],
        tokens: tuple[int, ...],
        reason: str,
        score: float,
        like: Draft | None = None,
    ) -> Draft:
        cues = self.clauses.cue_spans(tokens) if tokens else ()
        return Draft(
            cue_tokens=tokens,
            cues=cues,
            sources=tuple(Party(party.span, party.head, True) for party in sources) if like is not None else sources,
            contents=(),
            act="state",
            reason=f"quotation; its holder is {reason}" if sources else reason,
            score=score,
            unnamed=False,
            vouches=True,
        )

    # -- giving -----------------------------------------------------------------------------------------

    def _give(self, draft: Draft, quotation: Quotation) -> None:
        """The quotation's stretches join the contents: what they touch is widened to them, and marks fall away."""
        contents = [self.clauses.trimmed(part) for part in quotation.contents]
        kept: list[Span] = []
        for part in draft.contents:
            kept += _outside(part, quotation, contents)
        draft.contents = _merged([*kept, *contents], self.clauses.text)


def _outside(part: Span, quotation: Quotation, contents: list[Span]) -> list[Span]:
    """What of `part` stands outside the quotation. Where it begins before and runs into a quotation of one
    paragraph, the whole stays one stretch (mixed form)."""
    if not part.meets(quotation.span):
        return [part]
    if len(contents) == 1 and part.start < quotation.span.start:
        return [Span(part.start, max(part.end, contents[0].end))]
    pieces = [Span(part.start, quotation.span.start), Span(quotation.span.end, part.end)]
    return [piece for piece in pieces if piece.end - piece.start > 3]


def _merged(spans: list[Span], text: str) -> tuple[Span, ...]:
    """Sorted, overlapping ones joined, edges without marks or blanks."""
    found: list[Span] = []
    for span in sorted(spans):
        start, end = span
        while start < end and text[start] in " \t\n\u00a0,;:":
            start += 1
        while start < end and text[end - 1] in " \t\n\u00a0,;:":
            end -= 1
        if not any(c.isalnum() for c in text[start:end]):
            continue
        if found and start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, end))
        else:
            found.append(Span(start, end))
    return tuple(found)
