"""Whom each mention acts for, by rules and encoder together.

A mention that the rules resolve keeps whom it acts for. Any other acts for whom the encoder says, where it is sure.
Mentions that only the encoder sees are added where it is sure of that, or where one of its acts names them as a party.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from detente.knowledge import Knowledge
from detente.model.identity import make_id
from detente.model.vocabulary import ActorKind
from detente.reading.encoder.decoding import Spot, View, head_of
from detente.reading.encoder.sheet import Sheet
from detente.reading.marks import Candidate, MentionMark, Span
from detente.reading.syntax import Tree

READS: Final = "the encoder reads it so"
_OPENING: Final = frozenset({"DT", "PRP$", "PDT"})


class Limits(Struct, frozen=True):
    """How sure an act must be to be added or kept, and a territory to be told or changed: what the rules resolve but by
    name is right more often than the encoder on it, so that it stays."""

    added: float = 0.5
    kept: float = 0.2
    told: float = 0.6
    changed: float = 1.0


class MentionJoiner:
    """Joins the mentions of one document."""

    def __init__(
        self, knowledge: Knowledge, sheet: Sheet, tree: Tree, limits: Limits, text: str, views: Sequence[View]
    ) -> None:
        self.knowledge = knowledge
        self.sheet = sheet
        self.tree = tree
        self.limits = limits
        self.text = text
        self.views = views
        self._named = _named(views)

    def join(self, mentions: Sequence[MentionMark]) -> tuple[MentionMark, ...]:
        """The rules' mentions, with the territories that the encoder tells, and those that only its acts name."""
        changed: dict[MentionMark, MentionMark] = {}
        added: list[MentionMark] = []
        for view in self.views:
            wanted = {spot.words for act in view.acts for spot in act.sources + act.targets}
            for spot in view.spots:
                if spot.mark is not None:
                    changed[spot.mark] = self._told(spot)
                elif spot.words in wanted or self._codes(spot):
                    added.append(self._new(spot))
        every = (*(changed.get(mark, mark) for mark in mentions), *added)
        return tuple(sorted(every, key=lambda m: (m.span.start, -m.span.end, m.head)))

    def _told(self, spot: Spot) -> MentionMark:
        mark = spot.mark
        assert mark is not None
        known = frozenset(one.territory for one in mark.candidates if one.territory)
        if known and mark.form == "name" and not mark.joint:
            return mark
        codes = self._codes(spot)
        if not codes or frozenset(codes) == known:
            return mark
        found = tuple(self._candidate(mark, spot.kind, code) for code in codes)
        sure = round(min(p for code, p in self._sides(spot) if code in codes), 2)
        return replace(mark, candidates=found, joint=len(codes) > 1, score=sure, reason=READS)

    def _codes(self, spot: Spot) -> tuple[str, ...]:
        known = spot.mark is not None and any(one.territory for one in spot.mark.candidates)
        sure = self.limits.changed if known else self.limits.told
        return tuple(code for code, p in self._sides(spot) if p > sure)

    def _sides(self, spot: Spot) -> tuple[tuple[str, float], ...]:
        """Of a person or body named several times what the encoder says on the whole."""
        name = _name(spot)
        return tuple(self._named[name].items()) if name in self._named else spot.sides

    def _new(self, spot: Spot) -> MentionMark:
        mark = MentionMark(
            spot.span,
            head_of(self.sheet, self.tree, *spot.words),
            "common",
            "actor",
            reason="the encoder sees an actor here",
        )
        codes = self._codes(spot)
        words = self.text[spot.span.start : spot.span.end]
        found = tuple(self._candidate(mark, spot.kind, code) for code in codes)
        open_ = (Candidate(None, words, spot.kind, None, None, 0.0, "no territory is stated"),)
        return replace(mark, candidates=found or open_, joint=len(codes) > 1)

    def _candidate(self, mark: MentionMark, kind: ActorKind, code: str) -> Candidate:
        territory = self.knowledge.territories.by_code.get(code)
        if territory is None:  # a code that a caller's own mentions brought
            return Candidate(make_id("act", code, kind, code), code, kind, code, None, 0.7, READS)
        sector = mark.candidates[0].sector if mark.candidates else None
        if mark.form == "pronoun":
            kind = "state" if territory.kind in ("state", "former") else "other"
            name, sector = territory.name, None
        elif mark.form == "name" and mark.candidates:
            name = mark.candidates[0].name
        else:
            name = f"{self._plain(mark.span)} of {territory.name}"
        return Candidate(make_id("act", name, kind, code), name, kind, code, sector, 0.7, READS)

    def _plain(self, span: Span) -> str:
        """The words of a phrase without the article or possessor that opens it, with a capital."""
        inside = [word for word in self.sheet.words if span.holds(word.span)]
        while len(inside) > 1 and inside[0].tag in _OPENING:
            inside = inside[1:]
        words = self.text[inside[0].span.start : span.end] if inside else self.text[span.start : span.end]
        return words[:1].upper() + words[1:]

    def sureness(self, spot: Spot) -> float:
        """How likely the encoder holds the territories that the spot is given."""
        mark = spot.mark
        known = (
            frozenset(one.territory for one in mark.candidates if one.territory) if mark is not None else frozenset()
        )
        given = known if mark is not None and mark.form == "name" and known else frozenset(self._codes(spot)) or known
        return min((p if code in given else 1 - p for code, p in self._sides(spot)), default=0.5)


def _name(spot: Spot) -> str:
    """What a person or body is called that is named; empty for any other spot."""
    mark = spot.mark
    return mark.candidates[0].name if mark is not None and mark.form == "name" and mark.candidates else ""


def _named(views: Sequence[View]) -> dict[str, dict[str, float]]:
    """For each name the mean of what the encoder says at its places, by territory."""
    sums: dict[str, dict[str, list[float]]] = {}
    for view in views:
        for spot in view.spots:
            if name := _name(spot):
                for code, p in spot.sides:
                    sums.setdefault(name, {}).setdefault(code, []).append(p)
    return {name: {code: sum(ps) / len(ps) for code, ps in by.items()} for name, by in sums.items()}
