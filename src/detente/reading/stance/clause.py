"""Who stands where in a clause: the tokens that may stand for a party, the doers of a verb, the bearers of a quality.

Rules read the light view of the parse. Nothing here knows what a word means.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from detente.reading.syntax import Tree

_INSIDE: Final[dict[str, float]] = {
    "poss": 0.8, "compound": 0.9, "nmod": 0.9, "amod": 0.9, "nn": 0.9, "appos": 1.0, "conj": 1.0, "npadvmod": 0.7,
    "relcl": 0.0,
}  # fmt: skip
_OWNERS: Final = ("poss", "amod", "compound", "nmod")
STEPS: Final = 7
"""How far a rule walks up or down the parse."""


class Clause:
    """The clauses of one document."""

    def __init__(self, tree: Tree, groups: Mapping[str, frozenset[str]]) -> None:
        """`groups` are the closed groups of the lexicon, by kind."""
        self.tree = tree
        self.groups = groups

    def standing(self, head: int) -> dict[int, float]:
        """The tokens that may stand for a party in its clause, nearest first: itself, and the heads of the phrases
        that it owns, modifies or is one of. Weights fall with each step."""
        tree = self.tree
        found = {head: 1.0}
        i, weight = head, 1.0
        for _ in range(STEPS):
            above, dep = tree.heads[i], tree.deps[i]
            if above == i:
                break
            if dep in _INSIDE:
                weight *= _INSIDE[dep]
            elif dep == "pobj" and tree.words[above] in self.groups["part"] and tree.deps[above] == "prep":
                noun = tree.heads[above]
                if tree.kinds[noun] != "n":
                    break
                above, weight = noun, weight * 0.6
            else:
                break
            if weight < 0.2 or tree.kinds[above] == "v":
                break
            found.setdefault(above, weight)
            i = above
        for k in tree.kids[head]:
            if tree.deps[k] == "appos":
                found.setdefault(k, 1.0)
        return found

    def subjects(self, i: int, depth: int = 0) -> list[int]:
        """The tokens that do what verb `i` says, through control, conjunction, relatives and passives."""
        tree = self.tree
        if depth > STEPS:
            return []
        if tree.is_passive(i):
            agents = [
                k for k in tree.kids[i] if tree.deps[k] == "agent" or (tree.deps[k] == "prep" and tree.words[k] == "by")
            ]
            return [p for a in agents for k in tree.with_dep(a, "pobj") for p in tree.conjuncts(k)]
        return self.surface(i, depth)

    def surface(self, i: int, depth: int = 0) -> list[int]:
        """The surface subject of verb `i`, given or understood."""
        tree = self.tree
        subject = tree.kid(i, "nsubj", "nsubjpass", "csubj")
        if subject is not None:
            if tree.words[subject] in self.groups["relative"] and tree.deps[i] == "relcl":
                return [tree.heads[i]]
            return tree.conjuncts(subject)
        above, dep = tree.heads[i], tree.deps[i]
        if above == i or depth > STEPS:
            return []
        if dep in ("conj", "advcl", "dep", "parataxis") and tree.is_verb(above):
            return self.surface(above, depth + 1)
        if dep in ("xcomp", "ccomp") and tree.is_verb(above):
            thing = tree.kid(above, "dobj")
            return tree.conjuncts(thing) if thing is not None else self.surface(above, depth + 1)
        if dep in ("acl", "relcl"):
            return [above]
        if dep == "xcomp" and tree.kinds[above] == "a":
            return self.bearers(above)
        if dep == "pcomp":
            over = tree.heads[above]
            if tree.is_verb(over):
                thing = tree.kid(over, "dobj")
                if thing is not None and tree.words[above] in self.groups["about"]:
                    return tree.conjuncts(thing)
                return self.surface(over, depth + 1)
            return tree.with_dep(over, "poss") or [over]
        return []

    def bearers(self, i: int, depth: int = 0) -> list[int]:
        """What an adjective or a predicate noun describes."""
        tree = self.tree
        above, dep = tree.heads[i], tree.deps[i]
        if dep == "amod":
            return [above]
        if dep in ("acomp", "attr", "oprd", "xcomp", "ccomp") or (dep in ("advcl", "pobj") and tree.is_verb(above)):
            if not tree.is_verb(above):
                return []
            thing = tree.kid(above, "dobj")
            if dep == "oprd" and thing is not None:
                return tree.conjuncts(thing)
            return self.surface(above)
        if dep == "conj" and depth < STEPS:
            return self.bearers(above, depth + 1)
        if dep == "appos":
            return [above]
        if dep == "pobj" and tree.words[above] == "as" and tree.is_verb(tree.heads[above]):
            over = tree.heads[above]
            thing = tree.kid(over, "dobj", "nsubjpass")
            return tree.conjuncts(thing) if thing is not None else self.surface(over)
        return []

    def owners(self, i: int) -> list[int]:
        """Possessors and modifiers of noun `i`: "X's", "the X attack"."""
        return self.tree.with_dep(i, *_OWNERS)

    def carrier(self, i: int) -> int | None:
        """The verb that noun `i` is the object of, directly or by a preposition."""
        tree = self.tree
        above = i
        while tree.deps[above] == "conj":
            above = tree.heads[above]
        carrier = tree.heads[above]
        if tree.deps[above] == "pobj":
            carrier = tree.heads[carrier]
        if carrier == i or not tree.is_verb(carrier) or tree.deps[above] not in ("dobj", "pobj", "attr", "nsubjpass"):
            return None
        return carrier


def best(tokens: list[int], side: dict[int, float]) -> float:
    """The weight of the nearest of these tokens that stands for the side; 0 where none does."""
    return max((side.get(token, 0.0) for token in tokens), default=0.0)
