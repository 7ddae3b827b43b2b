"""Stance words joined to the two parties: who holds which stance towards whom, by the parse of their sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from msgspec import Struct

from detente.reading.marks import Span
from detente.reading.stance.clause import STEPS, Clause, best
from detente.reading.stance.lexicon import StanceLexicon, StanceWord
from detente.reading.syntax import Tree


class Lean(Struct, frozen=True):
    """One reason to take a stance of the one for the other. `value` from -1 to 1; `word` is the token it rests on."""

    forward: bool
    value: float
    word: int
    reason: str


class StanceReader:
    """Reads the stance between two tokens of one document."""

    def __init__(self, tree: Tree, lexicon: StanceLexicon) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.clause = Clause(tree, lexicon.groups)
        self._words: dict[int, tuple[StanceWord, ...]] = {}
        self._shown: dict[int, list[tuple[float, int, str]]] = {}

    def leans(self, one: int, other: int) -> list[Lean]:
        """Every reason found in the sentence of `one` and `other`, for the stance of either towards the other."""
        tree = self.tree
        sides = self.clause.standing(one), self.clause.standing(other)
        found: list[Lean] = []
        low, high = sorted((one, other))
        first = next((i for i in range(low, -1, -1) if tree.sents[i] != tree.sents[low]), -1) + 1
        last = next((i for i in range(high, len(tree)) if tree.sents[i] != tree.sents[high]), len(tree))
        for i in range(first, last):
            if i in (one, other):
                continue
            for word in self.lexicon.at(tree, i):
                for forward, (holder, target) in ((True, sides), (False, sides[::-1])):
                    weight, how = self._fit(i, word, holder, target)
                    # who backs an attack on somebody is against him; who condemns it shows nothing of the kind
                    if weight > 0 or (weight < 0 and word.stance > 0):
                        value = word.stance * weight * (1.0 if word.strong else 0.8) * self._polarity(i, word.stance)
                        found.append(Lean(forward, value, i, f"{tree.words[i]} ({word.kind}{how})"))
        return found

    def voiced(self, other: int, contents: tuple[Span, ...]) -> list[tuple[float, int, str]]:
        """What a voice shows towards token `other` by what its words say of it: as the bearer of a quality, or as the
        doer of a hostile or friendly act. Values, the tokens they rest on, and reasons."""
        shown = self._shown_towards(other)
        places = [i for _, i, _ in shown]
        starts = self.tree.starts
        found: list[tuple[float, int, str]] = []
        for part in contents:
            first, last = bisect_left(starts, part.start), bisect_left(starts, part.end)
            found += shown[bisect_left(places, first) : bisect_left(places, last)]
        return found

    def _shown_towards(self, other: int) -> list[tuple[float, int, str]]:
        """All that the sentence of token `other` shows of it, whosever words they are; worked out once a token."""
        if other not in self._shown:
            self._shown[other] = list(self._find_shown(other))
        return self._shown[other]

    def _find_shown(self, other: int) -> Iterator[tuple[float, int, str]]:
        tree = self.tree
        target = self.clause.standing(other)
        sentence = tree.sents[other]
        for i in range(bisect_left(tree.sents, sentence), bisect_right(tree.sents, sentence)):
            if i == other:
                continue
            for word in self._words_at(i):
                if word.kind == "quality":
                    reached, how = self._described(i, word, target), "quality"
                elif word.kind == "towards" and word.pos in ("v", "n"):
                    reached, how = 0.7 * self._doing(i, word, target), "act"
                else:
                    continue
                if reached:
                    value = word.stance * reached * self._polarity(i, word.stance)
                    yield value, i, f"{tree.words[i]} ({how} voiced)"

    def _words_at(self, i: int) -> tuple[StanceWord, ...]:
        if i not in self._words:
            self._words[i] = tuple(self.lexicon.at(self.tree, i))
        return self._words[i]

    def tone(self, contents: tuple[Span, ...]) -> int:
        """Words of favour less words of disfavour in what a voice says, each turned round where it is negated."""
        total = 0
        for part in contents:
            for i in range(bisect_left(self.tree.starts, part.start), bisect_left(self.tree.starts, part.end)):
                for word in self.lexicon.at(self.tree, i):
                    if word.kind in ("towards", "quality", "person"):
                        total += 1 if (word.stance > 0) != self._is_negated(i) else -1
                        break
        return total

    def _doing(self, i: int, word: StanceWord, doer: dict[int, float]) -> float:
        if word.pos == "v":
            return best(self.clause.subjects(i), doer)
        held = best(self.clause.owners(i), doer)
        carrier = self.clause.carrier(i)
        if carrier is None or self._is_inverse(carrier):
            return held
        return max(held, best(self.clause.subjects(carrier), doer))

    def _is_inverse(self, verb: int) -> bool:
        """True for a verb whose subject is hit by the noun it governs: "drew criticism"."""
        return any(word.kind == "inverse" for word in self.lexicon.at(self.tree, verb))

    # -- how a word joins them --------------------------------------------------------------------------

    def _fit(self, i: int, word: StanceWord, holder: dict[int, float], target: dict[int, float]) -> tuple[float, str]:
        if word.kind == "quality":
            return self._of_quality(i, word, holder, target)
        if word.kind == "person" and word.pos == "n":
            return self._of_person(i, holder, target), ""
        if word.pos == "v" and word.kind in ("towards", "felt"):
            return self._of_verb(i, word, holder, target), ""
        if word.pos == "n" and word.kind == "towards":
            return self._of_noun(i, holder, target), ""
        if word.pos == "a" and word.kind == "towards":
            held = best(self.clause.bearers(i), holder)
            return held * self._below(i, target), ""
        return 0.0, ""

    def _of_verb(self, i: int, word: StanceWord, holder: dict[int, float], target: dict[int, float]) -> float:
        tree = self.tree
        if not tree.is_verb(i):
            return 0.0
        if word.kind == "felt":
            holder, target = target, holder
        held = best(self.clause.subjects(i), holder)
        if not held:
            return 0.0
        if tree.is_passive(i):
            reached = best(self.clause.surface(i), target)
        else:
            reached = self._below(i, target)
            if not reached and tree.deps[i] == "relcl" and best([tree.heads[i]], holder) == 0.0:
                reached = best([tree.heads[i]], target)
        return held * reached

    def _of_noun(self, i: int, holder: dict[int, float], target: dict[int, float]) -> float:
        """ "X's attack on Y", "criticism of Y by X", "X voiced support for Y", "X drew criticism from Y"."""
        tree = self.tree
        owners = self.clause.owners(i)
        agents = [
            p
            for k in tree.with_dep(i, "prep")
            if tree.words[k] in self.lexicon.groups["agent"]
            for p in tree.with_dep(k, "pobj")
        ]
        held = max(best(owners, holder), best(agents, holder))
        reached = self._below(i, target, skip=self.lexicon.groups["agent"])
        carrier = self.clause.carrier(i)
        if carrier is not None:
            doers = self.clause.subjects(carrier)
            if self._is_inverse(carrier):
                return best(doers, target) * max(held, self._below(carrier, holder))
            # "condemned the attack": the verb says already what its doer holds
            if not any(word.kind == "towards" for word in self.lexicon.at(tree, carrier)):
                held = max(held, best(doers, holder))
            over = best(owners, target) if best(doers, holder) else 0.0
            reached = max(reached, self._below(carrier, target), over, key=abs)
        return held * reached

    def _of_person(self, i: int, holder: dict[int, float], target: dict[int, float]) -> float:
        """ "X, a critic of Y", "Y's ally X", "X is an opponent of Y"."""
        tree = self.tree
        owners = self.clause.owners(i)
        named = [i, *self.clause.bearers(i), *tree.with_dep(i, "appos")]
        held = best(named, holder)
        reached = max(best(owners, target), self._below(i, target) if tree.kid(i, "prep") is not None else 0.0)
        return held * reached

    def _of_quality(
        self, i: int, word: StanceWord, holder: dict[int, float], target: dict[int, float]
    ) -> tuple[float, str]:
        tree = self.tree
        bearers = self.clause.surface(i) if word.pos == "v" else self.clause.bearers(i)
        reached = self._described(i, word, target)
        if not reached:
            return 0.0, ""
        for above in tree.ancestors(i):
            if tree.is_verb(above) and tree.kid(above, "ccomp", "oprd", "prep", "parataxis") is not None:
                held = best(self.clause.subjects(above), holder)
                if held and above not in bearers:
                    return 0.8 * held * reached, f", said by {tree.words[above]}"
        return 0.0, ""

    def _described(self, i: int, word: StanceWord, target: dict[int, float]) -> float:
        """How near the target stands to what the word describes: the thing itself, its owner, or its object."""
        tree = self.tree
        bearers = self.clause.surface(i) if word.pos == "v" else self.clause.bearers(i)
        # "a generous host" describes whom it calls a host
        bearers += [b for k in bearers if tree.deps[k] in ("attr", "appos", "oprd") for b in self.clause.bearers(k)]
        reached = best(bearers, target)
        if not reached and word.pos != "v":
            reached = 0.8 * max((self._below(b, target) for b in bearers), default=0.0)
        if not reached and word.pos == "n":
            reached = 0.8 * best([k for k in tree.kids[i] if tree.deps[k] == "poss"], target)
        return reached

    def _below(self, i: int, target: dict[int, float], skip: frozenset[str] = frozenset()) -> float:
        """How near under `i` the target stands: as its object or what a preposition of it governs, or deeper. The
        subject's own phrase and asides of time and cause do not count."""
        tree = self.tree
        best = 0.0
        for token, weight in target.items():
            reach, k = 1.0, token
            for _ in range(STEPS):
                above, dep = tree.heads[k], tree.deps[k]
                if above == k or not reach:
                    break
                if above == i:
                    if dep in ("nsubj", "nsubjpass", "csubj", "agent", "conj", "advcl", "parataxis", "npadvmod"):
                        reach *= 0.3 if dep == "advcl" else 0.0
                    elif dep == "prep" and (tree.words[k] in self.lexicon.groups["aside"] or tree.words[k] in skip):
                        reach = 0.0
                    elif dep in ("ccomp", "xcomp", "pcomp"):
                        reach *= 0.8
                    best = max(best, weight * reach, key=abs)
                    break
                if dep in ("relcl", "advcl", "conj", "parataxis"):
                    reach *= 0.4 if dep != "conj" else 0.9
                elif dep in ("ccomp", "xcomp", "acl"):
                    reach *= 0.7
                elif dep == "prep" and tree.words[k] in self.lexicon.groups["aside"]:
                    reach = 0.0
                else:
                    reach *= 0.9
                if reach > 0 and self._is_hit(above, k):
                    reach = -reach
                k = above
        return best

    def _is_hit(self, i: int, k: int) -> bool:
        """True where `i` names a hostile act or attitude and `k`, which hangs on it, leads to whom it hits."""
        tree = self.tree
        if tree.kinds[i] == "n":
            if tree.deps[k] != "prep" or tree.words[k] not in self.lexicon.groups["onto"]:
                return False
        elif not tree.is_verb(i) or tree.deps[k] not in ("dobj", "prep"):
            return False
        return any(word.kind == "towards" and word.stance < 0 for word in self.lexicon.at(tree, i))

    def _polarity(self, i: int, stance: float) -> float:
        """What negation and the verbs above make of the word: a favour denied is a disfavour, not the other way."""
        tree = self.tree
        factor = -1.0 if self._is_negated(i) else 1.0
        k = i
        for _ in range(2):
            above = tree.heads[k]
            if above == k or tree.deps[k] not in ("xcomp", "dobj", "pcomp", "prep", "acomp", "attr", "pobj", "ccomp"):
                break
            for word in self.lexicon.at(tree, above):
                if word.kind == "flips" and tree.deps[k] in ("xcomp", "dobj", "pcomp"):
                    factor = -factor
            if self._is_negated(above):
                factor = -factor
            k = above
        if factor > 0:
            return 1.0
        return -0.8 if stance > 0 else 0.0

    def _is_negated(self, i: int) -> bool:
        tree = self.tree
        return any(
            tree.deps[k] == "neg" or (tree.words[k] in self.lexicon.groups["negation"] and k < i) for k in tree.kids[i]
        ) or (tree.words[tree.heads[i]] == "without")
