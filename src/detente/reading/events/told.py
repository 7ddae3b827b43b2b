"""Acts that the words point back at: "the arrests", "rejected the charge" have the sides of the act told before."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from detente.reading.events.lexicon import Acts
from detente.reading.events.matching import Act
from detente.reading.events.sides import Side
from detente.reading.syntax import Tree

POINTING: Final = frozenset({"the", "this", "that", "these", "those", "such"})
BACK: Final = 4  # sentences in which an act is looked for that "the charge" points back to
ANSWERS: Final = frozenset({"REJECT", "CONCEDE"})
ANSWERED: Final = frozenset({"ACCUSE", "REQUEST", "AGREE", "THREATEN"})
FORGIVEN: Final = frozenset({"CONCEDE"})
FORGIVING: Final = "056"


class Told:
    """Looks back from an act over those told before it in the same document."""

    def __init__(self, tree: Tree, acts: Acts) -> None:
        self.tree = tree
        self.acts = acts

    def fill(self, act: Act, before: list[Act]) -> Act | None:
        """ "The arrests", "rejected the charge": the sides of the act that the words point back at."""
        if act.base.kind == "n" and not act.base.op and self.points_back(act.trigger):
            return self._same_again(act, before)
        if (act.type in ANSWERS or act.base.cameo == FORGIVING) and act.sources and not act.targets:
            return self._answered(act, before)
        return None

    def points_back(self, noun: int) -> bool:
        return any(self.tree.words[k] in POINTING for k in self.tree.with_dep(noun, "det"))

    def _earlier(self, act: Act, before: list[Act]) -> list[Act]:
        sentence = self.tree.sents[act.trigger]
        return [
            a for a in reversed(before) if sentence - self.tree.sents[a.trigger] <= BACK and a.trigger < act.trigger
        ]

    def _same_again(self, act: Act, before: list[Act]) -> Act | None:
        for earlier in self._earlier(act, before):
            if earlier.type != act.type or not (earlier.sources or earlier.targets):
                continue
            if _clash(act.sources, earlier.sources) or _clash(act.targets, earlier.targets):
                continue
            return replace(
                act,
                sources=act.sources or _pointed(earlier.sources),
                targets=act.targets or _pointed(earlier.targets),
                reasons=(*act.reasons, f"points back at “{self.tree.words[earlier.trigger]}”"),
            )
        return None

    def _answered(self, act: Act, before: list[Act]) -> Act | None:
        """Whoever charged, asked or offered before is whom the answer is for."""
        if not self._is_answer(act):
            return None
        own = territories(act.sources)
        for earlier in self._earlier(act, before):
            if earlier.type not in (FORGIVEN if act.base.cameo == FORGIVING else ANSWERED) or not earlier.sources:
                continue
            towards = territories(earlier.targets)
            fits = towards & own or (not towards and act.base.cameo == FORGIVING)
            if own and fits and not territories(earlier.sources) & own:
                return replace(
                    act,
                    targets=_pointed(earlier.sources),
                    reasons=(*act.reasons, f"answers “{self.tree.words[earlier.trigger]}”"),
                )
        return None

    def _is_answer(self, act: Act) -> bool:
        """True where the verb's object is a noun that points back, or a pronoun."""
        tree = self.tree
        objects = [k for k in tree.kids[act.trigger] if tree.deps[k] in {"dobj", "nsubj", "ccomp"} and k > act.trigger]
        if tree.deps[act.trigger] == "relcl" and tree.kinds[tree.heads[act.trigger]] == "n":
            head = tree.heads[act.trigger]
            return tree.deps[head] == "appos" or self.points_back(head)
        return any(tree.tags[k] == "PRP" or (tree.kinds[k] == "n" and self.points_at_act(k)) for k in objects)

    def points_at_act(self, noun: int) -> bool:
        """ "The charge", "the step": a noun that points at an act and says no more about it."""
        tree = self.tree
        return (
            self.points_back(noun)
            and ((tree.lemmas[noun], "n") in self.acts.entries or tree.lemmas[noun] in self.acts.pointers)
            and not any(tree.deps[k] in {"prep", "acl", "relcl", "amod", "compound"} for k in tree.kids[noun])
        )


def _clash(ours: tuple[Side, ...], theirs: tuple[Side, ...]) -> bool:
    return bool(ours) and bool(theirs) and not (territories(ours) & territories(theirs))


def _pointed(sides: tuple[Side, ...]) -> tuple[Side, ...]:
    return tuple(replace(side, fit=min(side.fit, 0.8), elided=True) for side in sides)


def territories(sides: tuple[Side, ...]) -> frozenset[str]:
    """Where the sides are known to belong."""
    return frozenset(t for side in sides for t in side.territories)
