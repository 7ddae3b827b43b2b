"""Whether the words say that something happened: polarity, modality, and a degree from -3 (certainly not) to 3.

The judgement is the author's, read off the parse: negation, modals, conditionals, tense, and the words that
embed the clause (implicatives, factives, plans, demands). Word lists are data
(`lexicons/<language>/factuality.yaml`). Not tied to events: any token can be asked about.

Method: signatures of embedding predicates, after Nairn, Condoravdi and Karttunen (2006) and Saurí's factuality
profiles: each predicate maps the degree of its own clause to that of its complement.
"""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from detente.knowledge.loading import read_yaml
from detente.model.vocabulary import Modality, Polarity
from detente.reading.syntax import Tree

Link = Literal["clause", "object", "other"]
_CLIMB: Final = frozenset(
    {"xcomp", "ccomp", "pcomp", "acl", "advcl", "conj", "dobj", "nsubjpass", "pobj", "prep", "csubj", "acomp",
     "attr", "dative", "relcl", "nsubj", "oprd", "csubjpass", "parataxis", "agent", "amod", "compound", "dep"}
)  # fmt: skip


class Status(Struct, frozen=True):
    """`degree` runs from -3 (certainly not) over 0 (open) to 3 (certainly so)."""

    polarity: Polarity = "affirmed"
    modality: Modality = "actual"
    degree: float = 3.0
    reasons: tuple[str, ...] = ()


class Signature(Struct, frozen=True, forbid_unknown_fields=True):
    """What a group of embedding words does to its complement. `affirmed` and `negated` are the complement's degrees
    under the affirmed and the negated word; `modality` applies where the degree is neither end; `reach` says
    whether clauses, objects or both are touched."""

    words: list[str]
    affirmed: float
    negated: float
    modality: Modality = "actual"
    reach: Literal["clause", "object", "both"] = "both"


class FactualityWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The word lists of one language."""

    language: str
    source: str
    licence: str
    negators: list[str]
    negative_determiners: list[str]
    negative_prepositions: list[str]
    near_negators: list[str]
    pending_adverbs: list[str]
    possible_modals: dict[str, float]
    future_modals: dict[str, float]
    unreal_modals: dict[str, float]
    conditions: list[str]
    possible_adverbs: dict[str, float]
    habitual_adverbs: list[str]
    iterative_adverbs: list[str]
    performatives: list[str]
    making: list[str]
    certain_nouns: list[str]
    pending_prepositions: list[str]
    settled_prepositions: list[str]
    signatures: dict[str, Signature]


class Factuality:
    """Asks about tokens of any tree. Building one compiles the lists; asking is a walk to the root."""

    def __init__(self, words: FactualityWords) -> None:
        self.words = words
        self.negators = frozenset(words.negators)
        self.conditions = frozenset(words.conditions)
        self.habitual = frozenset(words.habitual_adverbs)
        self.iterative = frozenset(words.iterative_adverbs)
        self.performatives = frozenset(words.performatives)
        self.making = frozenset(words.making)
        self.certain_nouns = frozenset(words.certain_nouns)
        self.pending = frozenset(words.pending_prepositions)
        self.settled = frozenset(words.settled_prepositions)
        self.near = frozenset(words.near_negators)
        self.negative_determiners = frozenset(words.negative_determiners)
        self.negative_prepositions = frozenset(words.negative_prepositions)
        self.signatures: dict[str, list[tuple[str, Signature]]] = {}
        for name, signature in words.signatures.items():
            for word in signature.words:
                self.signatures.setdefault(word, []).append((name, signature))

    @classmethod
    def load(cls, language: str) -> Factuality:
        return cls(read_yaml(f"lexicons/{language}/factuality.yaml", FactualityWords))

    def of(self, tree: Tree, i: int, *, stop: int | None = None) -> Status:
        """The status of what the token at `i` names. `stop` is a governing token whose own effect, and that of all
        above it, is left out."""
        path: list[tuple[int, str]] = []
        node = i
        for head in tree.ancestors(i):
            dep = tree.deps[node]
            if dep not in _CLIMB or len(path) > 24 or head == stop:
                break
            path.append((head, dep))
            node = head
        degree, modality = 3.0, "actual"
        reasons: list[str] = []
        chain = [(i, ""), *path]
        for place in range(len(chain) - 1, -1, -1):
            token, dep = chain[place]
            below = chain[place - 1][0] if place else None
            degree, modality = self._own(tree, token, degree, modality, reasons, is_target=place == 0, below=below)
            if place:
                degree, modality = self._embed(
                    tree, token, chain[place - 1][0], chain[place][1], degree, modality, reasons
                )
        return _status(degree, modality, reasons)

    # -- what stands beside a word ----------------------------------------------------------------------

    def _own(
        self,
        tree: Tree,
        i: int,
        degree: float,
        modality: str,
        reasons: list[str],
        *,
        is_target: bool,
        below: int | None,
    ) -> tuple[float, str]:
        flips = 0
        if (
            tree.deps[i] == "ROOT"
            and tree.tags[i] == "VB"
            and not any(tree.deps[k] in {"nsubj", "nsubjpass", "aux", "csubj", "expl"} for k in tree.kids[i])
        ):
            degree, modality = 0.2, "hypothetical"
            reasons.append("an order or advice")
        elif tree.deps[i] == "ROOT" and self._is_asked(tree, i):
            degree, modality = 0.3, "possible"
            reasons.append("asked, not said")
        for k in tree.kids[i]:
            word, dep = tree.words[k], tree.deps[k]
            if k == below:
                continue
            if dep == "advmod" and k and f"{tree.words[k - 1]} {word}" in self.negators:
                flips += 1
                reasons.append(f"negated by “{tree.words[k - 1]} {word}”")
                continue
            if dep == "neg" or (dep in {"advmod", "preconj"} and word in self.negators):
                if word in self.negators or word in {"n't", "n’t", "not"}:
                    flips += 1
                    reasons.append(f"negated by “{word}”")
            elif dep == "det" and word in self.negative_determiners and tree.lemmas[i] not in self.certain_nouns:
                flips += 1
                reasons.append(f"negated by “{word}”")
            elif word in self.near and dep in {"advmod", "amod"}:
                degree, modality = degree * 0.33 if degree > 0 else degree, modality
                flips += 1
                reasons.append(f"nearly negated by “{word}”")
            elif dep == "aux" and tree.is_verb(i):
                degree, modality = self._modal(tree, i, k, degree, modality, reasons)
            elif dep in {"advmod", "amod"} and (weight := self.words.possible_adverbs.get(word)) is not None:
                degree, modality = degree * weight, "possible" if weight < 0.8 and modality == "actual" else modality
                reasons.append(f"weakened by “{word}”")
            elif word in self.habitual and dep in {"advmod", "amod", "npadvmod"} and modality == "actual" and is_target:
                if word in self.iterative and self._is_over(tree, i):
                    continue
                modality = "habitual"
                reasons.append(f"habitual by “{word}”")
            elif (
                dep in {"dobj", "nsubj", "nsubjpass", "pobj"}
                and any(
                    tree.deps[d] in {"det", "neg"} and tree.words[d] in self.negative_determiners for d in tree.kids[k]
                )
            ) or (word in {"nobody", "none", "nothing"} and dep in {"nsubj", "nsubjpass", "dobj"}):
                if is_target or tree.is_verb(i):
                    flips += 1
                    reasons.append("negated by “no” in its clause")
            elif dep == "mark" and word in self.conditions:
                degree, modality = (0.3 if degree > 0 else degree), "hypothetical"
                reasons.append(f"conditional after “{word}”")
        if flips % 2:
            degree = -max(degree, 0.3) if degree >= 0 else -degree
        return degree, modality

    def _is_over(self, tree: Tree, i: int) -> bool:
        """A past or a perfect: "has repeatedly asked" tells of asking done."""
        return tree.tags[i] in {"VBD", "VBN"} or any(
            tree.lemmas[k] == "have" and tree.deps[k] == "aux" for k in tree.kids[i]
        )

    def _is_asked(self, tree: Tree, i: int) -> bool:
        """A question that can be answered by yes or no; "why did …?" takes the act for granted."""
        kids = tree.kids[i]
        if not kids or tree.words[kids[-1]] != "?":
            return False
        subject = tree.kid(i, "nsubj", "nsubjpass")
        return (
            subject is not None
            and any(k < subject and tree.deps[k] in {"aux", "auxpass"} for k in kids)
            and not any(tree.tags[k] in {"WRB", "WP", "WDT"} for k in kids)
        )

    def _modal(self, tree: Tree, i: int, k: int, degree: float, modality: str, reasons: list[str]) -> tuple[float, str]:
        word = tree.words[k]
        if word == "to" or tree.tags[k] != "MD":
            return degree, modality
        if word in {"could", "should", "might"} and any(
            tree.lemmas[x] == "have" and tree.deps[x] == "aux" for x in tree.kids[i]
        ):
            reasons.append(f"counterfactual after “{word} have”")
            return (-1.5 if word != "might" else 0.5), "hypothetical" if word != "might" else "possible"
        if word in {"would", "'d"} and self._is_reported(tree, i):
            reasons.append(f"future in the past after “{word}”")
            return degree * 0.7, "future"
        for modals, name in (
            (self.words.possible_modals, "possible"),
            (self.words.future_modals, "future"),
            (self.words.unreal_modals, "hypothetical"),
        ):
            if (weight := modals.get(word)) is not None:
                reasons.append(f"{name} after “{word}”")
                return degree * weight, name if modality in {
                    "actual",
                    "habitual",
                } or name == "hypothetical" else modality
        return degree, modality

    def _is_reported(self, tree: Tree, i: int) -> bool:
        """ "said it would withdraw": the future as seen from a past word of saying or planning."""
        if any(tree.lemmas[k] == "have" and tree.deps[k] == "aux" for k in tree.kids[i]):
            return False
        if any(tree.words[m] in self.conditions for k in tree.kids[i] if tree.deps[k] == "advcl" for m in tree.kids[k]):
            return False
        head = tree.heads[i]
        return tree.deps[i] == "ccomp" and head != i and tree.tags[head] in {"VBD", "VBN"}

    # -- what stands above it ---------------------------------------------------------------------------

    def _embed(
        self, tree: Tree, head: int, below: int, dep: str, degree: float, modality: str, reasons: list[str]
    ) -> tuple[float, str]:
        word = tree.lemmas[head]
        if dep == "ccomp" and below < head and ";" in tree.words[below:head]:
            return 3.0, "actual"
        if dep in {"nsubj", "parataxis"} and (dep == "parataxis" or tree.kinds[below] == "n"):
            return 3.0, "actual"
        if dep in {"conj", "relcl", "nsubj", "amod", "compound"}:
            if dep == "conj" and modality in {"future", "possible", "hypothetical", "actual"}:
                return self._shared(tree, head, below, degree, modality)
            return (3.0, "actual") if dep in {"relcl", "amod"} else (degree, modality)
        if dep in {"advcl"}:
            return self._adverbial(tree, below, degree, modality, reasons)
        if tree.kinds[head] == "p":
            names = {tree.words[head], *(tree.words[k] for k in tree.kids[head] if k < head)}
            if tree.words[head] in {"of", "than"}:
                names.add(tree.words[tree.heads[head]])
            if names & self.negative_prepositions and dep in {"pobj", "pcomp"}:
                reasons.append(f"negated by “{tree.words[head]}”")
                return -3.0, "actual"
            if tree.words[head] in self.settled and dep == "pcomp":
                return 3.0, "actual"
            if tree.words[head] in self.pending and dep in {"pobj", "pcomp"}:
                reasons.append(f"not yet, after “{tree.words[head]}”")
                return 0.9, "future"
            return degree, modality
        if (
            tree.lemmas[below] in self.performatives
            and word in {"like", "want", "wish", "let"}
            and dep in {"xcomp", "ccomp"}
        ):
            reasons.append(f"said by saying “{tree.words[below]}”")
            return 3.0, "actual"
        if dep == "xcomp" and any(
            tree.words[k] in self.words.pending_adverbs for k in (*tree.kids[head], *tree.kids[below])
        ):
            reasons.append("not yet done")
            return -2.5, "actual"
        clausal = dep in {"xcomp", "ccomp", "pcomp", "acl", "csubj", "acomp"} or tree.is_verb(below)
        link = "clause" if clausal or tree.kid(below, "pcomp") is not None else "object"
        for name, signature in self.signatures.get(word, ()):
            if signature.reach not in {"both", link}:
                continue
            if signature.modality == "future" and dep == "ccomp" and self._is_over(tree, below):
                return degree, modality  # "agreed that Togo had attacked": what is over is no plan
            value = (
                signature.affirmed if degree > 0.5 else signature.negated if degree < -0.5 else 0.5 * signature.affirmed
            )
            reasons.append(f"under “{tree.words[head]}” ({name.replace('_', ' ')})")
            if min(signature.affirmed, signature.negated) >= 2.5:
                return value, "actual"
            if abs(value) >= 2.5 and signature.modality == "actual":
                return value, modality if modality != "habitual" else "actual"
            return value, signature.modality if modality in {"actual", "habitual"} else modality
        if dep == "acl" and tree.tags[below] == "VB":
            if any(tree.lemmas[k] in {"first", "last", "only", "second", "third", "latest"} for k in tree.kids[head]):
                return degree, modality
            return min(degree, 0.8), "future" if modality == "actual" else modality
        if dep == "ccomp" and degree < 0:
            return 0.0, "possible"
        if dep == "xcomp" and tree.tags[below] == "VB" and word not in self.making:
            return min(degree, 0.6) if degree > 0 else degree, "hypothetical" if modality == "actual" else modality
        if link == "object" and tree.is_verb(head) and word not in self.making:
            return 3.0, "actual"
        return degree, modality

    def _shared(self, tree: Tree, head: int, below: int, degree: float, modality: str) -> tuple[float, str]:
        """A coordinated verb shares modals only where it has no tense of its own."""
        if tree.tags[below] in {"VB", "VBG", "VBN", "NN", "NNS", "NNP"} and not any(
            tree.deps[k] in {"aux", "auxpass", "nsubj", "nsubjpass"} for k in tree.kids[below]
        ):
            return degree, modality
        if tree.tags[below] == "VB" and not any(tree.tags[k] == "MD" for k in tree.kids[below]):
            return degree, modality
        return 3.0, "actual"

    def _adverbial(self, tree: Tree, below: int, degree: float, modality: str, reasons: list[str]) -> tuple[float, str]:
        """An adverbial clause stands for itself, except a purpose ("to secure …"), which is open."""
        marks = {tree.words[k] for k in tree.kids[below] if tree.deps[k] in {"mark", "aux"}}
        if "to" in marks and tree.tags[below] == "VB":
            reasons.append("a purpose, not yet done")
            return (0.9 if degree >= -0.5 else -0.9), "future"
        if modality in {"hypothetical"} and marks & self.conditions:
            return 3.0, "actual"
        if "until" in marks or "before" in marks:
            return 1.5, "actual" if "before" in marks else "future"
        return 3.0, "actual"


def _status(degree: float, modality: str, reasons: list[str]) -> Status:
    unreal = any(r.startswith("counterfactual") for r in reasons) and not any(r.startswith("negated") for r in reasons)
    polarity: Polarity = "negated" if degree < -0.25 and not unreal else "affirmed"
    if modality == "actual" and abs(degree) < 1.0:
        modality = "possible"
    return Status(polarity, modality, round(max(-3.0, min(3.0, degree)), 3), tuple(reasons))  # type: ignore[arg-type]
