"""Who stands at a place in the parse: mentions of actors by token, coordination, relatives, and possessors looked
through a noun phrase. Which place an act looks at is the business of `roles`."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from msgspec import Struct

from detente.reading.marks import MentionMark, Party, Span
from detente.reading.syntax import SUBJECT_DEPS, Tree

SURE: Final = 0.1
"""Mentions scored lower are guesses at nobody and stand for no side."""
OWNED: Final = frozenset(
    {"locate", "base", "seat", "belong", "own", "license", "register", "licence", "flag", "operate", "charter"}
)
"""Participles that say whose a thing is: "rafts belonging to Peru", "a ship licensed by Guyana"."""
RELATIVES: Final = frozenset({"who", "which", "that", "whom", "whose"})
LOOK_THROUGH: Final = frozenset({"of", "by", "from", "in", "belonging", "along", "inside"})
STANDING: Final = frozenset({"in", "along", "inside"})
"""Prepositions that say where a thing is, not whose it is."""
_MODIFIERS: Final = frozenset({"amod", "compound", "nmod", "nounmod"})
_HYPHENS: Final = frozenset("-–—")


class Side(Struct, frozen=True):
    """One party found: its mention, the token that filled the slot, and how far the two lie apart
    (1 the phrase itself, less for a possessor or modifier looked through)."""

    mention: MentionMark
    token: int
    filler: int
    fit: float
    elided: bool = False

    @property
    def party(self) -> Party:
        return Party(self.mention.span, self.mention.head, self.elided)

    @property
    def territories(self) -> frozenset[str]:
        return frozenset(c.territory for c in self.mention.candidates[:1] if c.territory)


class Sides:
    """Mentions of one document, by token."""

    def __init__(self, tree: Tree, mentions: tuple[MentionMark, ...], calendar: frozenset[str] = frozenset()) -> None:
        self.tree = tree
        self.calendar = calendar
        self.at: dict[int, MentionMark] = {}
        starts = {start: i for i, start in enumerate(tree.starts)}
        for mention in mentions:
            head = starts.get(mention.head)
            if head is None or mention.score < SURE:
                continue
            known = self.at.get(head)
            if known is None or _width(known.span) < _width(mention.span):
                self.at[head] = mention

    @cached_property
    def astray(self) -> dict[int, int]:
        """Subjects that the parse hung on the noun before: "freed four sailors and Tunisia released two" gives the
        verb its Tunisia. Keys are the verbs."""
        tree = self.tree
        found: dict[int, int] = {}
        for v in range(1, len(tree)):
            if tree.tags[v] not in {"VBD", "VBZ", "VBP"} or tree.deps[v] in {"aux", "auxpass"} or not tree.is_verb(v):
                continue
            if tree.kid(v, *SUBJECT_DEPS) is not None:
                continue
            k = v - 1
            while k > 0 and tree.deps[k] in {"aux", "advmod", "neg"} and tree.heads[k] == v:
                k -= 1
            if tree.deps[k] == "conj" and k in self.at and tree.heads[k] < k:
                found[v] = k
        return found

    @cached_property
    def _astray_nouns(self) -> frozenset[int]:
        return frozenset(self.astray.values())

    def antecedent(self, i: int) -> int:
        """The noun a relative pronoun stands for; any other token is itself."""
        tree = self.tree
        if tree.words[i] not in RELATIVES or tree.tags[i] not in {"WDT", "WP", "WP$", "IN", "DT"}:
            return i
        for a in tree.ancestors(i):
            if tree.deps[a] == "relcl":
                return tree.heads[a]
            cleft = tree.kid(tree.heads[a], "attr") if tree.deps[a] == "ccomp" else None
            if cleft is not None and tree.lemmas[tree.heads[a]] == "be":
                return cleft
        return i

    def mention(self, i: int) -> MentionMark | None:
        """The mention headed by this token, or by a name that the token is only a part of."""
        found = self.at.get(i)
        if found is not None:
            return found
        tree = self.tree
        for k in tree.kids[i]:
            near = self.at.get(k)
            if near is None:
                continue
            if near.span.start <= tree.starts[i] < near.span.end:
                return near
            if tree.words[i] in self.calendar and tree.deps[k] in _MODIFIERS:
                return near
        return None

    def who(self, i: int, *, through: bool = True, placed: bool = True, elided: bool = False) -> list[Side]:
        """Everybody named by the noun phrase at `i` and those coordinated with it. `through` looks for those whom an
        unnamed thing belongs to, `placed` also for where it stands ("a school in Mali" may be hit as Mali's, while
        "a bomber in Mali" does not act for Mali)."""
        found: list[Side] = []
        for c in self.tree.conjuncts(self.antecedent(i)):
            if c != i and c in self._astray_nouns:
                continue
            found.extend(self._one(c, c, through, elided, 1.0, 0, placed))
        return _distinct(found)

    def _one(
        self, i: int, filler: int, through: bool, elided: bool, fit: float, depth: int, placed: bool
    ) -> list[Side]:
        mention = self.mention(i)
        tree = self.tree
        if mention is not None and (mention.use != "modifier" or fit == 1.0):
            named = self._listed(i)
            own = [Side(mention, i, filler, fit, elided)]
            if named and mention.form == "common":
                own = []
            elif not self._is_listing(i):
                named = []
            return own + [Side(m, c, filler, fit, elided) for c, m in named]
        for k in tree.kids[i]:
            if tree.deps[k] == "appos" and (named := self._listed(i)):
                return [Side(m, c, filler, fit * 0.95, elided) for c, m in named]
        if tree.deps[i] == "appos" and (near := self.mention(tree.heads[i])) is not None:
            return [Side(near, tree.heads[i], filler, fit * 0.95, elided)]
        if not through or depth > 2 or not (tree.kinds[i] == "n" or self._is_count(i)):
            return []
        return self._inside(i, filler, elided, fit * 0.8, depth, placed)

    def _is_count(self, i: int) -> bool:
        """A number or pronoun that stands for some of a group: "two of the soldiers", "those in Peru"."""
        tree = self.tree
        return tree.tags[i] in {"CD", "DT", "PDT", "JJ", "JJR", "JJS", "RBR"} and any(
            tree.deps[k] == "prep" and tree.words[k] in {"of", "from", "in"} for k in tree.kids[i]
        )

    def _listed(self, i: int) -> list[tuple[int, MentionMark]]:
        """Those named in apposition: "three ambassadors: Peru, Luxembourg and Japan"."""
        near = [c for k in self.tree.with_dep(i, "appos") for c in self.tree.conjuncts(k)]
        return [(c, m) for c in near if (m := self.mention(c)) is not None]

    def _is_listing(self, i: int) -> bool:
        """ "The US, Russia, and Oman": the parse may hang the rest of a list on its first name as an apposition."""
        tree = self.tree
        return any(
            tree.tags[k] in {"NNP", "NNPS"} and any(tree.kid(c, "cc") is not None for c in tree.conjuncts(k))
            for k in tree.with_dep(i, "appos")
        )

    def _inside(self, i: int, filler: int, elided: bool, fit: float, depth: int, placed: bool) -> list[Side]:
        if owner := self.owners(i):
            return [Side(m, k, filler, fit, elided) for m, k in owner]
        tree = self.tree
        for k in tree.kids[i]:
            if (
                tree.deps[k] in {"prep", "agent"}
                and tree.words[k] in LOOK_THROUGH
                and (placed or tree.words[k] not in STANDING)
            ):
                for p in tree.with_dep(k, "pobj"):
                    step = 0.9 if tree.words[k] == "of" else 0.75
                    found = [
                        s
                        for c in tree.conjuncts(p)
                        for s in self._one(c, filler, True, elided, fit * step, depth + 1, placed)
                    ]
                    if found:
                        return found
        return [s for p in self._seated(i) for s in self._one(p, filler, True, elided, fit * 0.75, depth + 1, placed)]

    def _seated(self, i: int) -> list[int]:
        """Where a phrase says its head sits: "two banks located in Oman", "a firm based in Oman"."""
        tree = self.tree
        return [
            p
            for k in tree.with_dep(i, "acl")
            if tree.lemmas[k] in OWNED
            for q in tree.with_dep(k, "prep", "agent")
            for p in tree.with_dep(q, "pobj")
        ]

    def owners(self, i: int, depth: int = 0) -> list[tuple[MentionMark, int]]:
        """Those who stand before a noun as its possessor or as an adjective: "Baku's", "Iranian", "US"."""
        tree = self.tree
        found: list[tuple[MentionMark, int]] = []
        for dep in ("poss", "amod", "compound", "nmod"):
            for k in tree.kids[i]:
                if tree.deps[k] != dep or (dep != "poss" and k > i):
                    continue
                for c in tree.conjuncts(k):
                    mention = self.mention(self.antecedent(c))
                    if mention is None or (dep != "poss" and (self._is_hyphened(c) or _is_seat(mention))):
                        continue
                    found.append((mention, c))
                if not found and tree.kinds[k] == "n" and k not in self.at and depth < 3:
                    found.extend(self.owners(k, depth + 1))
            if found:
                break
        return found

    def _is_hyphened(self, i: int) -> bool:
        """Part of "Baku-Ceyhan" or "Russian-backed", which does nothing."""
        tree = self.tree
        return any(
            0 <= k < len(tree) and tree.words[k][:1] in _HYPHENS and tree.heads[k] in {i, tree.heads[i]}
            for k in (i - 1, i + 1)
        )


def _is_seat(mention: MentionMark) -> bool:
    """A capital before a noun names where, not who: "the Madrid summit", "the Minsk agreements"."""
    return (
        mention.use == "modifier"
        and mention.form == "name"
        and any(candidate.kind == "government" for candidate in mention.candidates[:1])
    )


def _width(span: Span) -> int:
    return span.end - span.start


def _distinct(sides: list[Side]) -> list[Side]:
    seen: set[Span] = set()
    found = []
    for side in sides:
        if side.mention.span not in seen:
            seen.add(side.mention.span)
            found.append(side)
    return found
