"""Which tokens fill which slot of a word, and whether the words around it meet a frame's conditions.

Slots are named in the lexicon: `subj`, `obj`, `iobj`, `poss`, `mod`, `by`, `carrier`, `comp` (inside the complement),
`csubj` (the complement's subject), `anti` ("anti-X"), `under` (whoever stands under the act), or a preposition.
"""

from __future__ import annotations

from typing import Final

from detente.reading.events.grammar import Grammar
from detente.reading.events.lexicon import Acts, Condition
from detente.reading.events.sides import Side, Sides
from detente.reading.syntax import Tree

OWN_ONLY: Final = frozenset({"of", "in", "by", "at", "over", "from", "as", "for"})
"""Prepositions that belong to the phrase they stand in, never to a word further up."""


class Roles:
    """The slots of the words of one document."""

    def __init__(self, tree: Tree, sides: Sides, acts: Acts, grammar: Grammar) -> None:
        self.tree = tree
        self.sides = sides
        self.acts = acts
        self.grammar = grammar
        self._prepositions: dict[int, dict[str, list[int]]] = {}

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
            return self.grammar.subjects(i)
        if slot == "obj":
            return self.grammar.patients(i)
        if slot == "iobj":
            given = [
                p
                for k in tree.with_dep(i, "dative")
                for p in (tree.with_dep(k, "pobj") if tree.kinds[k] == "p" else [k])
            ]
            objects = [k for k in tree.with_dep(i, "dobj") if k > i]
            return given or self._given_before(i) or (objects[:1] if len(objects) > 1 else [])
        if slot == "anti":
            return [k for n in self.grammar.patients(i) for k in self.tree.kids[n] if k < n and self._is_opposed(k)]
        if slot == "comp":
            return self._complement(i)
        if slot == "csubj":
            return [s for k in tree.with_dep(i, "ccomp") for s in self._clause_subjects(k)]
        if slot == "ifsubj":
            return [s for k in self._conditions(i) for s in self._clause_subjects(k)]
        return self._after(i, slot)

    def _conditions(self, i: int) -> list[int]:
        """Clauses with "if" or "unless" under the word or what it governs: "threatened to shoot unless Peru …"."""
        tree = self.tree
        near = [i, *(c for k in tree.with_dep(i, "xcomp", "ccomp", "dobj") for c in tree.conjuncts(k))]
        return [
            k
            for at in near
            for k in tree.with_dep(at, "advcl")
            if any(
                tree.deps[m] == "mark" and tree.words[m] in {"if", "unless", "should", "until"} for m in tree.kids[k]
            )
        ]

    def _given_before(self, i: int) -> list[int]:
        """The receiver that the parse took for a modifier of the gift: "sent Fiji tents", "offered Peru sympathy"."""
        tree = self.tree
        return [
            k
            for gift in tree.with_dep(i, "dobj")
            if tree.tags[gift] in {"NNS", "NN"} and gift > i and not tree.with_dep(gift, "det", "poss")
            for k in tree.with_dep(gift, "compound", "nmod")
            if i < k < gift and (tree.tags[k] == "PRP" or (tree.tags[k] in {"NNP", "NNPS"} and self._is_named(k)))
        ]

    def _is_named(self, k: int) -> bool:
        """True for a state or a seat by its own name, not by its adjective."""
        mention = self.sides.mention(k)
        if mention is None or mention.form != "name" or not mention.candidates:
            return False
        name = mention.candidates[0].name.casefold()
        return name.endswith(self.tree.words[k]) and mention.candidates[0].kind in {"state", "government", "igo"}

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
        top = self.grammar.top(n)
        if slot in {"poss", "mod"}:
            owners = self.sides.owners(n) or (self.sides.owners(top) if top != n else [])
            return [k for _, k in owners if (self._is_possessive(k)) == (slot == "poss")]
        if slot == "by":
            return self._agents(n, top)
        if slot == "carrier":
            carried = self.grammar.carrier(n)
            if carried is None:
                return self._shared_owner(top)
            return self.grammar.subjects(carried[0]) if tree.is_verb(carried[0]) else []
        if slot == "under":
            carried = self.grammar.carrier(n)
            return self.grammar.subjects(carried[0]) if carried is not None and carried[1] == "under" else []
        if slot == "anti":
            return [k for t in dict.fromkeys((n, top)) for k in tree.kids[t] if k < t and self._is_opposed(k)]
        if slot == "comp":
            return self._complement(n)
        if slot == "csubj":
            return [s for k in tree.with_dep(n, "acl", "ccomp") for s in self._clause_subjects(k)]
        found = self.prepositions(n).get(slot) or self.prepositions(top).get(slot)
        if found:
            return found
        carried = self.grammar.carrier(n)
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
            own = [p for k in tree.kids[at] if self.grammar.is_agent(k) for p in tree.with_dep(k, "pobj")]
            if own:
                return own
        undergone = [p for k in tree.kids[n] if tree.words[k] == "of" for p in tree.with_dep(k, "pobj")]
        return [
            p for u in undergone for k in tree.kids[u] if self.grammar.is_agent(k) for p in tree.with_dep(k, "pobj")
        ]

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

    def fill(self, i: int, slots: tuple[str, ...], *, through: bool = True, placed: bool = True) -> list[Side]:
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
                    found.extend(self.sides.who(t, through=through, placed=placed, elided=elided))
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
            carried = self.grammar.carrier(i)
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
        if need.slot in {"kind", "doer"}:
            found = self.fill(i, ("obj",) if need.slot == "kind" else ("subj",), placed=False)
            return any(c.kind in need.words for side in found for c in side.mention.candidates[:1])
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
