"""Which token fills which slot of a word: subjects (also elided and controlled), objects, prepositions, carriers.

Slots are named in the lexicon: `subj`, `obj`, `iobj`, `poss`, `mod`, `by`, `carrier`, `comp`, or a preposition.
"""

from __future__ import annotations

from typing import Final

from detente.reading.events.lexicon import Acts, Condition
from detente.reading.events.sides import Side, Sides
from detente.reading.syntax import SUBJECT_DEPS, Tree

OWN_ONLY: Final = frozenset({"of", "in", "by", "at", "over", "from", "as", "for"})
"""Prepositions that belong to the phrase they stand in, never to a word further up."""
CARRYING: Final = frozenset({"in", "into", "to", "with", "for", "by", "on", "through", "of", "under", "from"})
"""Prepositions over which a verb carries an act noun: "resort to blackmail", "respond with strikes"."""


class Roles:
    """The slots of the words of one document."""

    def __init__(self, tree: Tree, sides: Sides, acts: Acts) -> None:
        self.tree = tree
        self.sides = sides
        self.acts = acts
        self._subjects: dict[int, list[int]] = {}
        self._patients: dict[int, list[int]] = {}
        self._depth = 0
        self._prepositions: dict[int, dict[str, list[int]]] = {}

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
            return [p for k in tree.kids[v] if self._is_agent(k) for p in tree.with_dep(k, "pobj")]
        own = [k for k in tree.kids[v] if tree.deps[k] == "nsubj"]
        if own:
            return own
        if v in self.sides.astray:
            return [self.sides.astray[v]]
        if tree.tags[v] in {"VBZ", "VBP", "VBD"} and (misread := self._misread_subject(v)) is not None:
            return [misread]
        return self._implied(v, depth)

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

    def _is_agent(self, k: int) -> bool:
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
        if dep == "acl" and tree.tags[v] == "VBN":
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
        agents = [p for k in tree.kids[n] if self._is_agent(k) for p in tree.with_dep(k, "pobj")]
        if agents:
            return agents
        if (carried := self.carrier(n)) is not None and depth < 6 and tree.is_verb(carried[0]):
            return self.subjects(carried[0], depth + 1)
        return [p for k in tree.kids[n] if tree.words[k] in {"of", "from"} for p in tree.with_dep(k, "pobj")]

    # -- slots ------------------------------------------------------------------------------------------

    def prepositions(self, i: int) -> dict[str, list[int]]:
        """Objects of the prepositions under `i`, nearest first, also those that the parse hung one phrase lower."""
        if i not in self._prepositions:
            found: dict[str, list[int]] = {}
            queue = [i]
            near = {i}
            tree = self.tree
            for at in queue:
                for k in tree.kids[at]:
                    dep = tree.deps[k]
                    if dep in {"prep", "agent", "dative"} and tree.kinds[k] in "px":
                        objects = tree.with_dep(k, "pobj")
                        if objects and (at in near or tree.words[k] not in OWN_ONLY):
                            found.setdefault(tree.words[k], []).extend(objects)
                            queue.extend(objects)
                        queue.extend(p for p in tree.with_dep(k, "prep"))
                    elif dep in {"dobj", "attr", "oprd", "nsubjpass"} and at == i and tree.is_verb(i):
                        queue.append(k)
                        near.add(k)
                    elif dep == "acl" and tree.tags[k] == "VBN" and tree.kinds[at] == "n":
                        queue.append(k)
                if len(queue) > 12:
                    break
            self._prepositions[i] = found
        return self._prepositions[i]

    def tokens(self, i: int, slot: str) -> list[int]:
        """Tokens in one slot of the word at `i`."""
        tree = self.tree
        if tree.kinds[i] == "n":
            return self._noun_slot(i, slot)
        if slot == "subj":
            return self.subjects(i)
        if slot == "obj":
            return self.patients(i)
        if slot == "iobj":
            return [
                p
                for k in tree.with_dep(i, "dative")
                for p in (tree.with_dep(k, "pobj") if tree.kinds[k] == "p" else [k])
            ]
        if slot == "anti":
            return [k for n in self.patients(i) for k in self.tree.kids[n] if k < n and self._is_opposed(k)]
        if slot == "comp":
            return self._complement(i)
        if slot == "csubj":
            return [s for k in tree.with_dep(i, "ccomp") for s in self._clause_subjects(k)]
        return self._after(i, slot)

    def _clause_subjects(self, v: int) -> list[int]:
        found = self.tree.with_dep(v, "nsubj", "nsubjpass")
        return [k for k in found if self.tree.words[k] not in {"we", "i", "this", "that", "there"}]

    def _after(self, i: int, slot: str) -> list[int]:
        found = self.prepositions(i).get(slot, [])
        if not found and self.tree.deps[i] == "conj" and self.tree.is_verb(self.tree.heads[i]):
            return []
        return found

    def _noun_slot(self, n: int, slot: str) -> list[int]:
        tree = self.tree
        top = self.top(n)
        if slot in {"poss", "mod"}:
            owners = self.sides.owners(n) or (self.sides.owners(top) if top != n else [])
            return [k for _, k in owners if (self._is_possessive(k)) == (slot == "poss")]
        if slot == "by":
            return self._agents(n, top)
        if slot == "carrier":
            carried = self.carrier(n)
            if carried is None:
                return self._shared_owner(top)
            return self.subjects(carried[0]) if tree.is_verb(carried[0]) else []
        if slot == "under":
            carried = self.carrier(n)
            return self.subjects(carried[0]) if carried is not None and carried[1] == "under" else []
        if slot == "anti":
            return [k for t in dict.fromkeys((n, top)) for k in tree.kids[t] if k < t and self._is_opposed(k)]
        if slot == "comp":
            return self._complement(n)
        if slot == "csubj":
            return [s for k in tree.with_dep(n, "acl", "ccomp") for s in self._clause_subjects(k)]
        found = self.prepositions(n).get(slot) or self.prepositions(top).get(slot)
        if found:
            return found
        carried = self.carrier(n)
        if carried is None:
            return []
        verb, how = carried
        if tree.lemmas[verb] not in self.acts.carrying:
            return []
        if slot == "iobj":
            return self.tokens(verb, "iobj")
        if slot == how:
            return []
        return self.prepositions(verb).get(slot, [])

    def _agents(self, n: int, top: int) -> list[int]:
        """The by-phrase of an act noun, also where the parse hung it on what the act undergoes."""
        tree = self.tree
        for at in dict.fromkeys((n, top)):
            own = [p for k in tree.kids[at] if self._is_agent(k) for p in tree.with_dep(k, "pobj")]
            if own:
                return own
        undergone = [p for k in tree.kids[n] if tree.words[k] == "of" for p in tree.with_dep(k, "pobj")]
        return [p for u in undergone for k in tree.kids[u] if self._is_agent(k) for p in tree.with_dep(k, "pobj")]

    def _shared_owner(self, n: int) -> list[int]:
        """ "The conduct of the ministry and the issuing of claims": the second noun shares the first one's owner."""
        tree = self.tree
        head = tree.heads[n]
        if tree.deps[n] != "conj" or tree.kinds[head] != "n" or self.sides.mention(head) is not None:
            return []
        return [k for _, k in self.sides.owners(head)] or self.prepositions(head).get("of", [])[:1]

    def _is_opposed(self, k: int) -> bool:
        """The name in "anti-Russian sanctions"."""
        words = self.tree.words
        return (k > 1 and words[k - 1] == "-" and words[k - 2] == "anti") or words[k].startswith("anti-")

    def _is_possessive(self, k: int) -> bool:
        tree = self.tree
        for _ in range(4):
            if tree.deps[k] == "poss":
                return True
            if tree.deps[k] != "conj":
                return False
            k = tree.heads[k]
        return False

    def _complement(self, i: int) -> list[int]:
        """Nouns inside the clause or phrase that the word governs, in text order, for a target named only there."""
        tree = self.tree
        found: list[int] = []
        for k in tree.kids[i]:
            if tree.deps[k] in {"xcomp", "ccomp", "prep", "dobj", "acl", "pcomp", "dative", "nsubjpass"}:
                found.extend(t for t in tree.subtree(k, limit=60) if t in self.sides.at)
        return sorted(found)

    def fill(self, i: int, slots: tuple[str, ...], *, through: bool = True) -> list[Side]:
        """The parties in the first of these slots that names any."""
        for slot in slots:
            found: list[Side] = []
            for t in self.tokens(i, slot):
                elided = slot in {"subj", "carrier"} and self.tree.heads[t] != i
                if slot in {"poss", "mod"}:
                    mention = self.sides.mention(self.sides.antecedent(t))
                    found.extend([Side(mention, t, t, 0.95)] if mention else [])
                elif slot == "comp":
                    found.extend(self.sides.who(t, through=False)[:1])
                else:
                    found.extend(self.sides.who(t, through=through, elided=elided))
            if found:
                return found[:1] if slot == "comp" else found
        return []

    # -- conditions -------------------------------------------------------------------------------------

    def holds(self, i: int, need: Condition) -> bool:
        """True where the words around `i` meet a condition of a frame."""
        return self._meets(i, need) != need.absent

    def _meets(self, i: int, need: Condition) -> bool:
        tree = self.tree
        if need.slot == "prt":
            return any(tree.words[k] in need.words for k in tree.kids[i] if tree.deps[k] in {"prt", "advmod", "prep"})
        if need.slot == "mod":
            return any(
                tree.lemmas[k] in need.words or tree.words[k] in need.words
                for k in tree.kids[i]
                if k < i and tree.deps[k] in {"amod", "compound", "nmod", "poss", "nummod", "npadvmod", "advmod"}
            )
        if need.slot == "carrier":
            carried = self.carrier(i)
            return carried is not None and (not need.words or tree.lemmas[carried[0]] in need.words)
        if need.slot in {"xcomp", "ccomp"}:
            return any(
                tree.deps[k] == need.slot and (not need.words or tree.lemmas[k] in need.words) for k in tree.kids[i]
            )
        if need.slot == "modal":
            return any(
                tree.deps[k] == "aux" and tree.lemmas[k] in need.words
                for c in tree.with_dep(i, "ccomp")
                for k in tree.kids[c]
            )
        if need.slot == "oprd":
            return any(
                i < t <= i + 8 and (tree.lemmas[t] in need.words or (not need.words and tree.deps[t] == "oprd"))
                for t in tree.subtree(i, limit=60)
            )
        if need.slot == "acomp":
            return any(
                tree.deps[k] in {"acomp", "oprd", "xcomp", "advmod", "amod"} and tree.lemmas[k] in need.words
                for k in tree.kids[i]
            )
        if need.slot == "party":
            return bool(self.fill(i, ("obj",), through=False))
        fillers = self.tokens(i, need.slot)
        if not need.words:
            return any(tree.words[t] not in self.acts.calendar for t in fillers)
        return any(
            tree.lemmas[t] in need.words or tree.words[t] in need.words or self._names(t, need.words) for t in fillers
        )

    def _names(self, t: int, words: frozenset[str]) -> bool:
        """A filler that holds the word one step lower: "a list of sponsors", "an aid package"."""
        tree = self.tree
        if any(tree.lemmas[c] in words for c in tree.conjuncts(t)):
            return True
        if tree.lemmas[t] not in self.acts.containers:
            return False
        inside = [p for k in tree.with_dep(t, "prep") for p in tree.with_dep(k, "pobj")]
        return any(tree.lemmas[k] in words for k in (*inside, *tree.with_dep(t, "compound", "amod")))
