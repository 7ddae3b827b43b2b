"""Who does and who undergoes what a word says, read off the parse: subjects elided, controlled or shared, objects of
passives and relatives, and the verb that carries an act noun. Slots and conditions are `roles`'.
"""

from __future__ import annotations

from typing import Final

from detente.reading.events.lexicon import Acts
from detente.reading.events.sides import Sides
from detente.reading.syntax import SUBJECT_DEPS, Tree

CARRYING: Final = frozenset({"in", "into", "to", "with", "for", "by", "on", "through", "of", "under", "from"})
"""Prepositions over which a verb carries an act noun: "resort to blackmail", "respond with strikes"."""


class Grammar:
    """Asked about the tokens of one document; answers are kept."""

    def __init__(self, tree: Tree, sides: Sides, acts: Acts) -> None:
        self.tree = tree
        self.sides = sides
        self.acts = acts
        self._subjects: dict[int, list[int]] = {}
        self._patients: dict[int, list[int]] = {}
        self._depth = 0

    # -- verbs ------------------------------------------------------------------------------------------

    def subjects(self, v: int, depth: int = 0) -> list[int]:
        """Tokens that do what verb `v` says: its subject, the by-phrase of a passive, or the elided
        subject that control, coordination or a relative clause implies."""
        if v not in self._subjects:
            self._subjects[v] = []
            if depth <= 8:
                find = self._find_subjects if self.tree.kinds[v] != "a" else self._bearers
                self._subjects[v] = [self._copular(t, depth) for t in find(v, depth)]
        return self._subjects[v]

    def _bearers(self, a: int, depth: int) -> list[int]:
        """Whom an adjective is said of: "Chad is grateful to Libya", "ministers critical of Libya"."""
        tree = self.tree
        head = tree.heads[a]
        if tree.deps[a] in {"acomp", "conj", "advcl", "oprd", "xcomp"} and head != a:
            return self.subjects(head, depth + 1)
        return (
            [head] if tree.deps[a] in {"amod", "relcl", "acl"} else [k for k in tree.kids[a] if tree.deps[k] == "nsubj"]
        )

    def _copular(self, t: int, depth: int) -> int:
        """ "Japan was among the first states to recognise …": the states are Japan."""
        tree = self.tree
        if tree.kinds[t] not in "nx" or tree.tags[t] in {"NNP", "NNPS"}:
            return t
        node = t
        for _ in range(4):
            dep, head = tree.deps[node], tree.heads[node]
            if dep == "attr" or (dep == "prep" and tree.words[node] == "among" and tree.lemmas[head] == "be"):
                own = [k for k in tree.kids[head] if tree.deps[k] == "nsubj"]
                return own[0] if own and tree.words[own[0]] not in {"it", "there", "this", "that"} else t
            if (dep in {"pobj", "prep"} and tree.kinds[head] in "pnx") or (
                dep == "prep" and tree.words[node] == "among"
            ):
                node = head
                continue
            return t
        return t

    def _find_subjects(self, v: int, depth: int) -> list[int]:
        tree = self.tree
        if tree.is_passive(v):
            agents = [p for k in tree.kids[v] if self.is_agent(k) for p in tree.with_dep(k, "pobj")]
            return agents or self._agents_lower(v)
        own = [k for k in tree.kids[v] if tree.deps[k] == "nsubj"]
        if own:
            return own
        if v in self.sides.astray:
            return [self.sides.astray[v]]
        finite = tree.tags[v] in {"VBZ", "VBP", "VBD"} or (tree.tags[v] == "VB" and self._has_auxiliary(v))
        if finite and (misread := self._misread_subject(v)) is not None:
            return [misread]
        return self._implied(v, depth)

    def _agents_lower(self, v: int) -> list[int]:
        """A by-phrase that the parse hung on a phrase before it: "was annexed as a colony by Belgium"."""
        tree = self.tree
        lower = [p for k in tree.with_dep(v, "prep") for p in tree.with_dep(k, "pobj")]
        return [
            q
            for p in lower
            for k in tree.kids[p]
            if tree.words[k] == "by" and self.is_agent(k)
            for q in tree.with_dep(k, "pobj")
            if self.sides.mention(q) is not None
        ]

    def _has_auxiliary(self, v: int) -> bool:
        return any(self.tree.deps[k] == "aux" and self.tree.words[k] != "to" for k in self.tree.kids[v])

    def _misread_subject(self, v: int) -> int | None:
        """A name before a finite verb that the parse took for a modifier: "if Turkey attacks"."""
        tree = self.tree
        return next(
            (
                k
                for k in reversed(tree.kids[v])
                if k < v
                and tree.deps[k] in {"compound", "npadvmod", "nmod", "dep", "amod"}
                and tree.tags[k] in {"NNP", "NNPS", "JJ", "NN", "NNS"}
                and self.sides.mention(k) is not None
            ),
            None,
        )

    def is_agent(self, k: int) -> bool:
        return self.tree.deps[k] == "agent" or (self.tree.deps[k] == "prep" and self.tree.words[k] == "by")

    def _implied(self, v: int, depth: int) -> list[int]:
        tree = self.tree
        dep, head = tree.deps[v], tree.heads[v]
        if head == v or any(tree.deps[k] in SUBJECT_DEPS for k in tree.kids[v] if tree.deps[v] != "relcl"):
            return []
        if dep == "conj" and tree.is_verb(head):
            if tree.is_passive(head):
                return self.patients(head)
            return self.subjects(head, depth + 1)
        if dep == "acl":
            return self._of_modified_noun(v, head, depth)
        if dep == "relcl":
            return [head]
        if dep == "pcomp":
            return self._of_preposition(head, depth)
        if dep in {"xcomp", "ccomp", "advcl", "dep", "prep"} and tree.kinds[head] in "va":
            return self._controller(head, dep, depth)
        return []

    def _controller(self, head: int, dep: str, depth: int) -> list[int]:
        tree = self.tree
        if dep != "advcl" and tree.lemmas[head] in self.acts.object_control:
            patients = self.patients(head)
            if patients:
                return patients
        if tree.is_passive(head):
            return [k for k in tree.kids[head] if tree.deps[k] == "nsubjpass"] or self.subjects(head, depth + 1)
        return self.subjects(head, depth + 1)

    def _of_modified_noun(self, v: int, noun: int, depth: int) -> list[int]:
        tree = self.tree
        to_infinitive = any(tree.words[k] == "to" and tree.deps[k] == "aux" for k in tree.kids[v])
        if self.sides.mention(noun) is not None and not (to_infinitive and tree.kinds[noun] != "n"):
            return [noun]
        return self.doers(noun, depth + 1)

    def _of_preposition(self, p: int, depth: int) -> list[int]:
        """ "accused Y of shelling": Y; "by attacking", "for attacking", "insists on leaving": the subject."""
        tree = self.tree
        head = tree.heads[p]
        if tree.kinds[head] == "n" and head != p:
            return self.doers(head, depth + 1)
        if (
            p > head
            and tree.words[p] in {"of", "for", "from", "into", "over", "in"}
            and tree.lemmas[head] in self.acts.object_control
        ):
            patients = self.patients(head)
            if patients:
                return patients
        if tree.is_passive(head):
            return [k for k in tree.kids[head] if tree.deps[k] == "nsubjpass"] or self.subjects(head, depth + 1)
        return self.subjects(head, depth + 1)

    def patients(self, v: int) -> list[int]:
        """Tokens that undergo what verb `v` says: its object, the subject of a passive, the noun a
        relative or reduced relative clause modifies, or the object shared with the next verb."""
        if v not in self._patients:
            self._patients[v] = []
            self._depth += 1
            if self._depth < 40:
                self._patients[v] = self._find_patients(v)
            self._depth -= 1
        return self._patients[v]

    def _find_patients(self, v: int) -> list[int]:
        tree = self.tree
        own = [k for k in tree.kids[v] if tree.deps[k] in {"dobj", "nsubjpass"}]
        if own:
            return [self.sides.antecedent(own[0])]
        dep, head = tree.deps[v], tree.heads[v]
        if dep == "acl" and (tree.tags[v] == "VBN" or tree.is_passive(v)):
            return [head]
        if dep == "relcl" and any(tree.tags[k] == "WRB" for k in tree.kids[v]):
            return []
        if dep == "relcl" and any(tree.deps[k] == "nsubj" and self.sides.antecedent(k) == k for k in tree.kids[v]):
            return [head]
        if dep == "conj" and tree.is_verb(head):
            if tree.is_passive(v):
                return self.patients(head) if tree.is_passive(head) else self.subjects(head)
            return self.patients(head) if tree.deps[head] == "relcl" else []
        if dep == "xcomp" and tree.is_passive(v) and tree.is_verb(head):
            return [k for k in tree.kids[head] if tree.deps[k] in {"nsubj", "nsubjpass"}]
        nearest = next((k for k in tree.kids[v] if tree.deps[k] == "conj" and tree.is_verb(k) and k - v <= 3), None)
        return self.patients(nearest) if nearest is not None else []

    # -- nouns ------------------------------------------------------------------------------------------

    def top(self, n: int) -> int:
        """The noun phrase an act noun stands for: the head of "aid package", of "a series of strikes"."""
        tree = self.tree
        for _ in range(4):
            head = tree.heads[n]
            if head == n:
                return n
            if tree.deps[n] in {"compound", "nmod", "amod"} and tree.lemmas[head] in self.acts.containers:
                n = head
            elif (
                tree.deps[n] == "pobj"
                and tree.words[head] in {"of", "with"}
                and tree.lemmas[tree.heads[head]] in self.acts.containers
            ):
                n = tree.heads[head]
            else:
                return n
        return n

    def carrier(self, n: int) -> tuple[int, str] | None:
        """The verb that carries an act noun, and how: as its object (`obj`) or after a preposition."""
        tree = self.tree
        n = self.top(n)
        for _ in range(4):
            dep, head = tree.deps[n], tree.heads[n]
            if dep in {"dobj", "nsubjpass"}:
                return head, "obj"
            if dep == "pobj" and tree.kinds[tree.heads[head]] in "va" and tree.heads[head] != head:
                return (tree.heads[head], tree.words[head]) if tree.words[head] in CARRYING else None
            if dep == "conj" and head != n:
                n = head
                continue
            break
        for k in tree.kids[n]:
            if tree.deps[k] == "acl" and tree.tags[k] == "VBN":
                return k, "obj"
            if tree.deps[k] == "relcl" and n in self.patients(k):
                return k, "obj"
            if tree.deps[k] == "relcl" and any(
                self.sides.antecedent(x) == n for x in tree.kids[k] if tree.deps[x] in {"dobj", "nsubjpass"}
            ):
                return k, "obj"
        return None

    def doers(self, n: int, depth: int = 0) -> list[int]:
        """Tokens that do what noun `n` says: possessor, adjective, by-phrase, or the carrier's subject."""
        tree = self.tree
        if owner := self.sides.owners(n):
            return [k for _, k in owner]
        agents = [p for k in tree.kids[n] if self.is_agent(k) for p in tree.with_dep(k, "pobj")]
        if agents:
            return agents
        if (carried := self.carrier(n)) is not None and depth < 6 and tree.is_verb(carried[0]):
            return self.subjects(carried[0], depth + 1)
        return [p for k in tree.kids[n] if tree.words[k] in {"of", "from"} for p in tree.with_dep(k, "pobj")]
