"""How a claim speaks of others: loaded words in its contents, and the actors named there with the stance of the cue.

The stance is that of the words used; nothing here judges whether it is deserved.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Final

from detente.reading.claims.drafts import Draft
from detente.reading.claims.lexicon import LoadedTerm
from detente.reading.marks import MentionMark, Party, Span
from detente.reading.stance import ENOUGH, StanceLexicon, StanceReader
from detente.reading.syntax import Tree

_SIDED: Final = re.compile(r"(?:anti|pro)-[^\W\d_]{3,}|[^\W\d_]{3,}(?:centric|phobia|phobic)$")
_TELLING: Final = frozenset({"state", "accuse", "criticise", "praise"})
"""Acts whose contents are told as done; what is demanded or promised says nothing of who would do it."""
_BLAMED: Final = 0.4
_CLAIMED: Final = 0.7
"""What a voice shows towards an actor by telling of its act or quality, against a cue that judges it."""
_REACH: Final = 6
"""Tokens between a loaded word and the actor it may colour."""


def _actor(mention: MentionMark) -> str:
    """Who the mention is most likely of, so that one actor stands once."""
    first = mention.candidates[0] if mention.candidates else None
    return f"{mention.span.start}" if first is None else first.actor_id or first.name


class StanceRules:
    """One document's loaded words and actors."""

    def __init__(
        self,
        tree: Tree,
        terms: dict[str, tuple[LoadedTerm, ...]],
        mentions: tuple[MentionMark, ...],
        lexicon: StanceLexicon,
    ) -> None:
        self.tree = tree
        self.reader = StanceReader(tree, lexicon)
        self.words = self._find(terms)
        self.starts = [span.start for span, _ in self.words]
        self.all_at: dict[int, list[MentionMark]] = {}
        for mark in mentions:
            self.all_at.setdefault(mark.head, []).append(mark)
        self.mentions = sorted(
            (mention for mention in mentions if mention.form == "name" and mention.use != "place"),
            key=lambda mention: mention.span,
        )
        self.mention_starts = [mention.span.start for mention in self.mentions]

    def _find(self, terms: dict[str, tuple[LoadedTerm, ...]]) -> list[tuple[Span, float]]:
        tree = self.tree
        found: list[tuple[Span, float]] = []
        at = 0
        while at < len(tree):
            word = tree.words[at]
            length = 0
            for term in () if self._is_tail(at) else terms.get(word, ()):
                if tuple(tree.words[at : at + len(term.words)]) == term.words:
                    length = len(term.words)
                    found.append((Span(tree.starts[at], tree.ends[at + length - 1]), term.stance))
                    break
            if not length and word in ("anti", "pro") and tree.words[at + 1 : at + 2] == ["-"] and at + 2 < len(tree):
                length = 3
                found.append((Span(tree.starts[at], tree.ends[at + 2]), 0.6 if word == "pro" else -0.6))
            elif not length and len(word) > 6 and _SIDED.match(word):
                found.append((Span(tree.starts[at], tree.ends[at]), 0.6 if word.startswith("pro-") else -0.6))
            at += max(length, 1)
        return found

    def _is_tail(self, at: int) -> bool:
        """The end of a hyphened word: "counter-terrorism" is not "terrorism"."""
        tree = self.tree
        return at > 0 and tree.words[at - 1] == "-" and tree.ends[at - 1] == tree.starts[at]

    def add_to(self, draft: Draft) -> None:
        """Fills `loaded` and `about` of a draft."""
        loaded: list[Span] = []
        about: dict[str, tuple[Party, float]] = {}
        speakers = {party.head for party in draft.sources}
        for part in draft.contents:
            low, high = bisect_left(self.starts, part.start), bisect_right(self.starts, part.end)
            loaded += [span for span, _ in self.words[low:high] if part.holds(span)]
            first = bisect_left(self.mention_starts, part.start)
            for mention in self.mentions[first : bisect_right(self.mention_starts, part.end)]:
                if part.holds(mention.span) and mention.head not in speakers:
                    stance, actor = self._stance(mention, draft, part), _actor(mention)
                    if actor not in about or abs(stance) > abs(about[actor][1]):
                        about[actor] = (Party(mention.span, mention.head), stance)
        if draft.act == "state" and draft.sources and draft.polarity == "affirmed" and self._blames(draft):
            draft.act = "accuse"
        draft.loaded = tuple(loaded)
        draft.about = tuple(sorted(about.values(), key=lambda item: item[0].span))

    def _stance(self, mention: MentionMark, draft: Draft, part: Span) -> float:
        """A loaded word's stance for the actor it describes; the cue's for the actor that the contents are about:
        the first thing named there, or whose it is."""
        near = self._coloured(mention)
        if near is not None:
            return near
        if draft.stance and self._is_topic(mention, draft, part):
            return draft.stance
        return self._voiced(mention, part) if draft.act in _TELLING else 0.0

    def _blames(self, draft: Draft) -> bool:
        """True where the contents tell a hostile act of somebody who is not of the speaker's own side."""
        own = {code for party in draft.sources for code in self._codes(party.head)}
        if not own:
            return False
        for part in draft.contents:
            first = bisect_left(self.mention_starts, part.start)
            for mention in self.mentions[first : bisect_right(self.mention_starts, part.end)]:
                codes = {one.territory for one in mention.candidates[:1] if one.territory}
                if not part.holds(mention.span) or not codes or codes & own:
                    continue
                head = bisect_right(self.tree.starts, mention.head) - 1
                for value, _, reason in self.reader.voiced(head, (part,)):
                    if value <= -_BLAMED and "act" in reason:
                        return True
        return False

    def _codes(self, head: int) -> set[str]:
        return {one.territory for mark in self.all_at.get(head, ()) for one in mark.candidates if one.territory}

    def _voiced(self, mention: MentionMark, part: Span) -> float:
        """What the words of the contents say of the actor: a quality, or a hostile or friendly act of its own."""
        head = bisect_right(self.tree.starts, mention.head) - 1
        said = [value for value, _, _ in self.reader.voiced(head, (part,)) if abs(value) >= ENOUGH]
        return round(max(-1.0, min(1.0, _CLAIMED * max(said, key=abs, default=0.0))), 2)

    def _is_topic(self, mention: MentionMark, draft: Draft, part: Span) -> bool:
        tree = self.tree
        if part != draft.contents[0]:
            return False
        head = bisect_right(tree.starts, mention.head) - 1
        above = tree.heads[head]
        if above == head or not part.start <= tree.starts[above] < part.end:
            return tree.deps[head] not in ("npadvmod", "advcl")
        if tree.deps[head] in ("poss", "amod", "compound", "nmod"):
            over = tree.heads[above]
            return over == above or not part.start <= tree.starts[over] < part.end
        return False

    def _coloured(self, mention: MentionMark) -> float | None:
        """The stance of a loaded word that the mention modifies, or that modifies it."""
        tree = self.tree
        head = bisect_right(tree.starts, mention.head) - 1
        at = bisect_left(self.starts, mention.span.start - 60)
        for span, stance in self.words[at:]:
            if span.start > mention.span.end + 60:
                break
            if mention.span.meets(span) or not stance:
                continue
            word = bisect_left(tree.starts, span.end) - 1
            if abs(word - head) <= _REACH and self._is_joined(head, word):
                return stance
        return None

    def _is_joined(self, one: int, other: int) -> bool:
        """One hangs on the other, directly or by "by", or through a copula; "of" leads to the victim as often."""
        tree = self.tree
        for low, high in ((one, other), (other, one)):
            at = tree.heads[low]
            if at == high and tree.deps[low] in ("poss", "amod", "compound", "nmod", "appos"):
                return True
            if tree.words[at] == "by" and tree.heads[at] == high:
                return True
        shared = tree.heads[one]
        return shared == tree.heads[other] and tree.deps[one] == "nsubj" and tree.deps[other] in ("attr", "acomp")
