"""Stance between two named parties: who is for or against whom, from the words between them.

The words are data (`knowledge/lexicons/<language>/stance.csv`); what a word's holder and target are is read from the
dependency parse. Nothing here judges whether a stance is deserved, and nothing resolves who the parties are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final, Literal, cast

from msgspec import Struct

from detente.errors import KnowledgeError
from detente.knowledge.loading import read_table
from detente.reading.marks import ClaimMark, EventMark, Party, Span
from detente.reading.syntax import Tree

Kind = Literal["towards", "felt", "person", "quality", "inverse", "flips"]
_KINDS: Final = frozenset({"towards", "felt", "person", "quality", "inverse", "flips"})
_INSIDE: Final[dict[str, float]] = {
    "poss": 0.8, "compound": 0.9, "nmod": 0.9, "amod": 0.9, "nn": 0.9, "appos": 1.0, "conj": 1.0, "npadvmod": 0.7,
    "relcl": 0.0,
}  # fmt: skip
_AGENT_PREPOSITIONS: Final = frozenset({"by", "from"})
_ASIDE: Final = frozenset(
    {
        "after",
        "before",
        "during",
        "until",
        "since",
        "while",
        "when",
        "although",
        "though",
        "despite",
        "unlike",
        "because",
    }
)
_RELATIVES: Final = frozenset({"who", "whom", "which", "that", "whose"})
_NO: Final = frozenset({"no", "not", "n't", "n’t", "never", "neither", "nor", "hardly", "without", "little", "cannot"})
_STEPS: Final = 7
ENOUGH: Final = 0.3
"""A lean weaker than this counts as none."""


class StanceWord(Struct, frozen=True):
    """`stance` from -1 to 1. `kind`: towards (its subject or owner holds it), felt (its object holds it), person (the
    one it names holds it), quality (the voice holds it, towards what the word describes), inverse (turns the noun it
    governs round), flips (denies what it governs; `stance` is the factor)."""

    words: tuple[str, ...]
    pos: str
    kind: Kind
    stance: float
    strong: bool


class Lean(Struct, frozen=True):
    """One reason to take a stance of the one for the other. `value` from -1 to 1; `word` is the token it rests on."""

    forward: bool
    value: float
    word: int
    reason: str


class StanceLexicon:
    """The words of favour and disfavour of one language, by their first word and word class."""

    def __init__(self, words: list[StanceWord]) -> None:
        self.words: dict[tuple[str, str], tuple[StanceWord, ...]] = {}
        self.events = {word.words[0]: word.stance for word in words if word.pos == "event"}
        for word in sorted(words, key=lambda word: -len(word.words)):
            key = (word.words[0], word.pos)
            self.words[key] = (*self.words.get(key, ()), word)

    @classmethod
    def load(cls, language: str) -> StanceLexicon:
        """The table of the language; KnowledgeError where a row has no known kind."""
        path = f"lexicons/{language}/stance.csv"
        return cls([_word(row, path) for row in read_table(path)])

    def at(self, tree: Tree, i: int) -> Iterator[StanceWord]:
        """The entries that token `i` opens, the longest of each kind."""
        seen: set[str] = set()
        kind = tree.kinds[i]
        for pos in {"v": "v", "n": "n", "a": "a"}.get(kind, ""), *(("a",) if tree.tags[i] in ("VBN", "VBG") else ()):
            for key in dict.fromkeys((tree.lemmas[i], tree.words[i])):
                for word in self.words.get((key, pos), ()):
                    if word.kind not in seen and _is_whole(tree, i, word):
                        seen.add(word.kind)
                        yield word


def _word(row: dict[str, str], path: str) -> StanceWord:
    if row["kind"] not in _KINDS:
        raise KnowledgeError("no such kind of stance word", value=f"{path}: {row['word']} {row['kind']}")
    return StanceWord(
        words=tuple(row["word"].split()),
        pos=row["pos"],
        kind=cast(Kind, row["kind"]),
        stance=float(row["stance"]),
        strong=row["strength"] == "strong",
    )


def _is_whole(tree: Tree, i: int, word: StanceWord) -> bool:
    """The further words of an entry hang on the first: "lash … out at", "crack down on"."""
    return all(
        any(tree.words[k] == part for k in tree.kids[i]) or tree.words[i + 1 : i + 2] == [part]
        for part in word.words[1:]
    )


class StanceReader:
    """Reads the stance between two tokens of one document."""

    def __init__(self, tree: Tree, lexicon: StanceLexicon) -> None:
        self.tree = tree
        self.lexicon = lexicon

    def leans(self, one: int, other: int) -> list[Lean]:
        """Every reason found in the sentence of `one` and `other`, for the stance of either towards the other."""
        tree = self.tree
        sides = self.standing(one), self.standing(other)
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
                    if weight:
                        value = word.stance * weight * (1.0 if word.strong else 0.8) * self._polarity(i, word.stance)
                        found.append(Lean(forward, value, i, f"{tree.words[i]} ({word.kind}{how})"))
        return found

    def voiced(self, other: int, contents: tuple[Span, ...]) -> list[tuple[float, int, str]]:
        """What a voice shows towards token `other` by what its words say of it: as the bearer of a quality, or as the
        doer of a hostile or friendly act. Values, the tokens they rest on, and reasons."""
        tree = self.tree
        target = self.standing(other)
        found: list[tuple[float, int, str]] = []
        for part in contents:
            for i in range(bisect_left(tree.starts, part.start), bisect_left(tree.starts, part.end)):
                if i == other:
                    continue
                for word in self.lexicon.at(tree, i):
                    if word.kind == "quality":
                        reached, how = self._described(i, word, target), "quality"
                    elif word.kind == "towards" and word.pos in ("v", "n"):
                        reached, how = 0.7 * self._doing(i, word, target), "act"
                    else:
                        continue
                    if reached:
                        value = word.stance * reached * self._polarity(i, word.stance)
                        found.append((value, i, f"{tree.words[i]} ({how} voiced)"))
        return found

    def _doing(self, i: int, word: StanceWord, doer: dict[int, float]) -> float:
        if word.pos == "v":
            return _best(self.subjects(i), doer)
        tree = self.tree
        return _best([k for k in tree.kids[i] if tree.deps[k] in ("poss", "amod", "compound", "nmod")], doer)

    # -- who stands where -------------------------------------------------------------------------------

    def standing(self, head: int) -> dict[int, float]:
        """The tokens that may stand for a party in its clause, nearest first: itself, and the heads of the phrases
        that it owns, modifies or is one of. Weights fall with each step."""
        tree = self.tree
        found = {head: 1.0}
        i, weight = head, 1.0
        for _ in range(_STEPS):
            above, dep = tree.heads[i], tree.deps[i]
            if above == i:
                break
            if dep in _INSIDE:
                weight *= _INSIDE[dep]
            elif (
                dep == "pobj" and tree.words[above] in ("of", "in", "from", "at", "for") and tree.deps[above] == "prep"
            ):
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
        if depth > _STEPS:
            return []
        if tree.is_passive(i):
            agents = [
                k for k in tree.kids[i] if tree.deps[k] == "agent" or (tree.deps[k] == "prep" and tree.words[k] == "by")
            ]
            return [p for a in agents for k in tree.with_dep(a, "pobj") for p in tree.conjuncts(k)]
        return self._surface(i, depth)

    def _surface(self, i: int, depth: int = 0) -> list[int]:
        """The surface subject of verb `i`, given or understood."""
        tree = self.tree
        subject = tree.kid(i, "nsubj", "nsubjpass", "csubj")
        if subject is not None:
            if tree.words[subject] in _RELATIVES and tree.deps[i] == "relcl":
                return [tree.heads[i]]
            return tree.conjuncts(subject)
        above, dep = tree.heads[i], tree.deps[i]
        if above == i or depth > _STEPS:
            return []
        if dep in ("conj", "advcl", "dep", "parataxis") and tree.is_verb(above):
            return self._surface(above, depth + 1)
        if dep in ("xcomp", "ccomp") and tree.is_verb(above):
            thing = tree.kid(above, "dobj")
            return tree.conjuncts(thing) if thing is not None else self._surface(above, depth + 1)
        if dep in ("acl", "relcl"):
            return [above]
        if dep == "xcomp" and tree.kinds[above] == "a":
            return self._bearers(above)
        if dep == "pcomp":
            over = tree.heads[above]
            if tree.is_verb(over):
                thing = tree.kid(over, "dobj")
                if thing is not None and tree.words[above] in ("of", "for", "with", "from"):
                    return tree.conjuncts(thing)
                return self._surface(over, depth + 1)
            return tree.with_dep(over, "poss") or [over]
        return []

    def _bearers(self, i: int) -> list[int]:
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
            return self._surface(above)
        if dep == "conj":
            return self._bearers(above)
        if dep == "appos":
            return [above]
        if dep == "pobj" and tree.words[above] == "as" and tree.is_verb(tree.heads[above]):
            over = tree.heads[above]
            thing = tree.kid(over, "dobj", "nsubjpass")
            return tree.conjuncts(thing) if thing is not None else self._surface(over)
        return []

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
            held = _best(self._bearers(i), holder)
            return held * self._below(i, target), ""
        return 0.0, ""

    def _of_verb(self, i: int, word: StanceWord, holder: dict[int, float], target: dict[int, float]) -> float:
        tree = self.tree
        if not tree.is_verb(i):
            return 0.0
        if word.kind == "felt":
            holder, target = target, holder
        held = _best(self.subjects(i), holder)
        if not held:
            return 0.0
        if tree.is_passive(i):
            reached = _best(self._surface(i), target)
        else:
            reached = self._below(i, target)
            if not reached and tree.deps[i] == "relcl" and _best([tree.heads[i]], holder) == 0.0:
                reached = _best([tree.heads[i]], target)
        return held * reached

    def _of_noun(self, i: int, holder: dict[int, float], target: dict[int, float]) -> float:
        """ "X's attack on Y", "criticism of Y by X", "X voiced support for Y", "X drew criticism from Y"."""
        tree = self.tree
        owners = [k for k in tree.kids[i] if tree.deps[k] in ("poss", "amod", "compound", "nmod")]
        agents = [
            p
            for k in tree.with_dep(i, "prep")
            if tree.words[k] in _AGENT_PREPOSITIONS
            for p in tree.with_dep(k, "pobj")
        ]
        held = max(_best(owners, holder), _best(agents, holder))
        reached = self._below(i, target, skip=_AGENT_PREPOSITIONS)
        above = i
        while tree.deps[above] == "conj":
            above = tree.heads[above]
        carrier = tree.heads[above]
        if tree.deps[above] == "pobj":
            carrier = tree.heads[carrier]
        if carrier != i and tree.is_verb(carrier) and tree.deps[above] in ("dobj", "pobj", "attr", "nsubjpass"):
            is_inverse = any(w.kind == "inverse" for w in self.lexicon.at(tree, carrier))
            bound = _best(self.subjects(carrier), holder if not is_inverse else target)
            if is_inverse:
                return bound * max(held, self._below(carrier, holder))
            held = max(held, bound)
            reached = max(reached, self._below(carrier, target), _best(owners, target) if bound else 0.0)
        return held * reached

    def _of_person(self, i: int, holder: dict[int, float], target: dict[int, float]) -> float:
        """ "X, a critic of Y", "Y's ally X", "X is an opponent of Y"."""
        tree = self.tree
        owners = [k for k in tree.kids[i] if tree.deps[k] in ("poss", "amod", "compound", "nmod")]
        named = [i, *self._bearers(i), *tree.with_dep(i, "appos")]
        held = _best(named, holder)
        reached = max(_best(owners, target), self._below(i, target) if tree.kid(i, "prep") is not None else 0.0)
        return held * reached

    def _of_quality(
        self, i: int, word: StanceWord, holder: dict[int, float], target: dict[int, float]
    ) -> tuple[float, str]:
        tree = self.tree
        bearers = self._surface(i) if word.pos == "v" else self._bearers(i)
        reached = self._described(i, word, target)
        if not reached:
            return 0.0, ""
        for above in tree.ancestors(i):
            if tree.is_verb(above) and tree.kid(above, "ccomp", "oprd", "prep", "parataxis") is not None:
                held = _best(self.subjects(above), holder)
                if held and above not in bearers:
                    return 0.8 * held * reached, f", said by {tree.words[above]}"
        return 0.0, ""

    def _described(self, i: int, word: StanceWord, target: dict[int, float]) -> float:
        """How near the target stands to what the word describes: the thing itself, its owner, or its object."""
        tree = self.tree
        bearers = self._surface(i) if word.pos == "v" else self._bearers(i)
        reached = _best(bearers, target)
        if not reached and word.pos != "v":
            reached = 0.8 * max((self._below(b, target) for b in bearers), default=0.0)
        if not reached and word.pos == "n":
            reached = 0.8 * _best([k for k in tree.kids[i] if tree.deps[k] == "poss"], target)
        return reached

    def _below(self, i: int, target: dict[int, float], skip: frozenset[str] = frozenset()) -> float:
        """How near under `i` the target stands: as its object or what a preposition of it governs, or deeper. The
        subject's own phrase and asides of time and cause do not count."""
        tree = self.tree
        best = 0.0
        for token, weight in target.items():
            reach, k = 1.0, token
            for _ in range(_STEPS):
                above, dep = tree.heads[k], tree.deps[k]
                if above == k or not reach:
                    break
                if above == i:
                    if dep in ("nsubj", "nsubjpass", "csubj", "agent", "conj", "advcl", "parataxis", "npadvmod"):
                        reach *= 0.3 if dep == "advcl" else 0.0
                    elif dep == "prep" and (tree.words[k] in _ASIDE or tree.words[k] in skip):
                        reach = 0.0
                    elif dep in ("ccomp", "xcomp", "pcomp"):
                        reach *= 0.8
                    best = max(best, weight * reach)
                    break
                if dep in ("relcl", "advcl", "conj", "parataxis"):
                    reach *= 0.4 if dep != "conj" else 0.9
                elif dep in ("ccomp", "xcomp", "acl"):
                    reach *= 0.7
                elif dep == "prep" and tree.words[k] in _ASIDE:
                    reach = 0.0
                else:
                    reach *= 0.9
                k = above
        return best

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
        return any(tree.deps[k] == "neg" or (tree.words[k] in _NO and k < i) for k in tree.kids[i]) or (
            tree.words[tree.heads[i]] == "without"
        )


def _best(tokens: list[int], side: dict[int, float]) -> float:
    return max((side.get(token, 0.0) for token in tokens), default=0.0)


def strongest(
    tree: Tree,
    lexicon: StanceLexicon,
    claims: tuple[ClaimMark, ...],
    events: tuple[EventMark, ...],
    one: Span,
    other: Span,
) -> Lean | None:
    """The strongest reason for a stance between the two; None where nothing joins them."""
    reader = StanceReader(tree, lexicon)
    heads = head_of(tree, one), head_of(tree, other)
    found = reader.leans(*heads) + of_events(events, lexicon, one, other) + of_claims(claims, reader, *heads)
    return max(found, key=lambda lean: (abs(lean.value), lean.forward, lean.reason), default=None)


def head_of(tree: Tree, span: Span) -> int:
    """The word of the span that hangs on a word outside it; the first noun or the first word where none does."""
    first = bisect_left(tree.ends, span.start + 1)
    inside = list(range(first, bisect_left(tree.starts, span.end)))
    if not inside:
        return max(0, bisect_left(tree.starts, span.end) - 1)
    for i in inside:
        if tree.kinds[i] in "na" and (tree.heads[i] == i or not inside[0] <= tree.heads[i] <= inside[-1]):
            return i
    return next((i for i in inside if tree.kinds[i] == "n"), inside[0])


def of_events(events: tuple[EventMark, ...], lexicon: StanceLexicon, one: Span, other: Span) -> list[Lean]:
    """The stance that acts between the two show, in the type of each act."""
    found: list[Lean] = []
    for event in events:
        value = lexicon.events.get(event.type, 0.0)
        if event.polarity == "negated":
            value = -0.8 * value if value > 0 else 0.0
        for forward, source, target in ((True, one, other), (False, other, one)):
            if value and _has(event.sources, source) and _has(event.targets, target):
                found.append(Lean(forward, value, event.trigger.start, f"{event.type} (event)"))
    return found


def of_claims(claims: tuple[ClaimMark, ...], reader: StanceReader, one: int, other: int) -> list[Lean]:
    """The stance of a voice towards whom it speaks of: that of the cue, and of what the contents say."""
    tree = reader.tree
    found: list[Lean] = []
    for forward, voice, about in ((True, one, other), (False, other, one)):
        standing = reader.standing(voice)
        for claim in claims:
            heads = [bisect_left(tree.starts, source.head) for source in claim.sources]
            held = max((standing.get(head, 0.0) for head in heads), default=0.0)
            start = tree.starts[about]
            if not held or not any(part.start <= start < part.end for part in claim.contents):
                continue
            cue = bisect_left(tree.starts, claim.cues[0].start) if claim.cues else heads[0]
            for party, stance in claim.about:
                if stance and party.span.start <= start < party.span.end:
                    found.append(Lean(forward, held * stance, cue, f"{claim.act} (cue)"))
            found += [
                Lean(forward, 0.7 * held * value, i, reason)
                for value, i, reason in reader.voiced(about, claim.contents)
            ]
    return found


def _has(parties: tuple[Party, ...], span: Span) -> bool:
    return any(party.span.meets(span) for party in parties)
