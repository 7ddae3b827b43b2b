"""Drafts become claims: doubles fall away, each finds the claim it stands in, and its form is told."""

from __future__ import annotations

from bisect import bisect_left

from detente.model.vocabulary import Form
from detente.reading.claims.drafts import Draft
from detente.reading.claims.enclosing import Enclosures
from detente.reading.marks import ClaimMark, Layout, Span


def without_doubles(drafts: list[Draft]) -> list[Draft]:
    """Of drafts that share a cue word or say the same of the same people, the better one stays."""
    nouns = {token for draft in drafts if draft.of_noun for token in draft.cue_tokens}
    drafts = [draft for draft in drafts if draft.object_noun not in nouns]
    ranked = sorted(drafts, key=lambda draft: (-len(draft.cue_tokens), -draft.score, draft.evidence.start))
    taken: set[int] = set()
    said: dict[Span, list[Draft]] = {}
    kept: list[Draft] = []
    for draft in ranked:
        if draft.cue_tokens and any(token in taken for token in draft.cue_tokens):
            continue
        whole = Span(draft.contents[0].start, draft.contents[-1].end)
        heads = {party.head for party in draft.sources}
        if any({party.head for party in other.sources} == heads for other in said.get(whole, ())):
            continue
        taken.update(draft.cue_tokens)
        said.setdefault(whole, []).append(draft)
        kept.append(draft)
    return sorted(kept, key=lambda draft: (draft.evidence.start, -draft.evidence.end, draft.contents[0].start))


def close_marks(draft: Draft, text: str) -> None:
    """A part that holds an opening mark and stops short of its closing one takes it in."""
    parts = list(draft.contents)
    for place, (start, end) in enumerate(parts):
        limit = parts[place + 1].start if place + 1 < len(parts) else len(text)
        for opening, closing in _PAIRS:
            inside = text[start:end]
            if opening == closing:
                is_open = inside.count(opening) % 2 == 1
            else:
                is_open = inside.count(opening) > inside.count(closing)
            reach = text[end : min(end + 2, limit)]
            if is_open and closing in reach and not reach.split(closing)[0].strip(".,;!?"):
                parts[place] = Span(start, end + reach.index(closing) + 1)
    draft.contents = tuple(parts)


_PAIRS = (("“", "”"), ('"', '"'), ("«", "»"))


def nest(drafts: list[Draft]) -> None:
    """Sets `parent`: the smallest claim in whose contents this one's cue and contents stand."""
    enclosures = Enclosures((part, index) for index, draft in enumerate(drafts) for part in draft.contents)
    for draft in drafts:
        own = [*draft.cues, *draft.contents]
        found: tuple[int, int] | None = None
        for other in enclosures.holding(own[0]):
            size = drafts[other].size
            if size > draft.size and (found is None or size < found[0]) and _holds(drafts[other], own):
                found = (size, other)
        draft.parent = found[1] if found else None


def _holds(draft: Draft, spans: list[Span]) -> bool:
    return all(any(part.holds(span) for part in draft.contents) for span in spans)


def name_first_persons(drafts: list[Draft]) -> list[Draft]:
    """The words "I" and "we" inside somebody's words are that speaker, who makes a claim of their own by them; outside
    they are the author, and no claim."""
    dropped = {index for index, draft in enumerate(drafts) if draft.first_person and not _is_spoken(drafts, index)}
    places: dict[int, int] = {}
    for index in range(len(drafts)):
        if index not in dropped:
            places[index] = len(places)
    kept = []
    for index, draft in enumerate(drafts):
        if index in dropped:
            continue
        above = draft.parent
        while above is not None and above in dropped:
            above = drafts[above].parent
        draft.parent = None if above is None else places[above]
        kept.append(draft)
    return kept


def _is_spoken(drafts: list[Draft], index: int) -> bool:
    """True where somebody else's claim holds this one."""
    above = drafts[index].parent
    while above is not None:
        if not drafts[above].first_person:
            return True
        above = drafts[above].parent
    return False


class Forms:
    """Tells direct from mixed and indirect by the quotations that stand in the contents."""

    def __init__(self, text: str, layout: Layout) -> None:
        self.text = text
        self.quotations = layout.quotations
        self.starts = [quotation.span.start for quotation in layout.quotations]
        self.around = Enclosures((quotation.span, index) for index, quotation in enumerate(layout.quotations))

    def of(self, draft: Draft) -> Form:
        """Direct where all words stand between marks that the cue stands outside of."""
        quoted = total = 0
        for part in draft.contents:
            total += part.end - part.start
            quoted += self._quoted(part, draft)
        if quoted == 0:
            return draft.form
        return "direct" if quoted >= 0.93 * total else "mixed"

    def _quoted(self, part: Span, draft: Draft) -> int:
        covered, at = 0, part.start
        outer = sorted(set(self.around.holding(Span(part.start, part.start + 1))))
        inner = range(bisect_left(self.starts, part.start), bisect_left(self.starts, part.end))
        for index in (*outer, *(k for k in inner if k not in outer)):
            quotation = self.quotations[index]
            if not quotation.span.meets(part) or (
                draft.cues and any(c.holds(draft.cues[0]) for c in quotation.contents)
            ):
                continue
            start, end = max(quotation.span.start, at), min(quotation.span.end, part.end)
            if end > start:
                covered += end - start
                at = end
        return covered


def mark(draft: Draft) -> ClaimMark:
    """The finished claim."""
    return ClaimMark(
        evidence=draft.evidence,
        contents=draft.contents,
        sources=draft.sources,
        cues=draft.cues,
        form=draft.form,
        act=draft.act,
        cue_polarity=draft.polarity,
        unnamed=draft.unnamed,
        parent=draft.parent,
        about=draft.about,
        loaded=draft.loaded,
        vouches=draft.vouches,
        score=draft.score,
        reason=draft.reason,
    )
