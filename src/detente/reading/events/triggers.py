"""Which words of a document name acts, and which act is governed by which operator ("refused to meet", "threat of
sanctions"). What the acts are and who stands in them is `matching`'s and `filling`'s.
"""

from __future__ import annotations

from msgspec import Struct

from detente.reading.events.grammar import Grammar
from detente.reading.events.lexicon import Acts, Entry
from detente.reading.events.roles import Roles
from detente.reading.events.sides import Sides
from detente.reading.syntax import Tree


class Governor(Struct, frozen=True):
    """The operator over an act and the tokens passed on the way up."""

    token: int
    through: tuple[int, ...]


class Triggers:
    """The triggers of one document: `entries` by token, `governors` by governed token, `governed` by operator."""

    def __init__(self, tree: Tree, sides: Sides, acts: Acts, grammar: Grammar, roles: Roles) -> None:
        self.tree = tree
        self.sides = sides
        self.acts = acts
        self.grammar = grammar
        self.roles = roles
        self.entries: dict[int, Entry] = {}
        self.governors: dict[int, Governor] = {}
        self.governed: dict[int, list[int]] = {}
        self.taken: dict[int, int] = {}

    def find(self) -> None:
        """Fills the tables."""
        self._find()
        for t in sorted(self.entries):
            if (governor := self._governor(t)) is not None:
                self.governors[t] = governor
                self.governed.setdefault(governor.token, []).append(t)

    # -- triggers ---------------------------------------------------------------------------------------

    def _find(self) -> None:
        tree, acts = self.tree, self.acts
        for i, kind in enumerate(tree.kinds):
            if kind not in "vna":
                continue
            if kind == "v" and tree.deps[i] == "amod":
                continue
            group = acts.entries.get((self._hyphened(i), kind)) or acts.entries.get((tree.lemmas[i], kind))
            if kind == "v" and tree.tags[i] == "VBN" and self._is_state(i):
                group = acts.entries.get((tree.words[i], "a")) or group
            if group is None and kind == "v" and tree.tags[i] in {"VBN", "VBG"}:
                group = acts.entries.get((tree.words[i], "a"))
            if group is None and kind == "a" and tree.tags[i] == "JJ":
                group = acts.entries.get((tree.words[i], "a"))
            if group is None or (kind == "n" and self._is_name(i)):
                continue
            entry = next((e for e in group if all(self.roles.holds(i, need) for need in e.needs)), None)
            if entry is not None:
                self.entries[i] = entry
        for i, entry in sorted(self.entries.items()):
            for part in self.parts(i, entry):
                if part != i and part in self.entries and not (entry.op or self.entries[part].op):
                    self.taken[part] = i
        for part in self.taken:
            self.entries.pop(part, None)

    def _is_state(self, i: int) -> bool:
        """ "is opposed to": a participle with "to" and no doer describes its subject."""
        words = [self.tree.words[k] for k in self.tree.kids[i] if self.tree.deps[k] in {"prep", "agent"}]
        return "to" in words and "by" not in words

    def _hyphened(self, i: int) -> str:
        """The whole of a word the tokens split at its hyphen: "cease-fire", "co-operate"."""
        tree = self.tree
        if (
            i < 2
            or tree.words[i - 1] != "-"
            or tree.starts[i] != tree.ends[i - 1]
            or tree.starts[i - 1] != tree.ends[i - 2]
        ):
            return ""
        return f"{tree.words[i - 2]}-{tree.lemmas[i]}"

    def _is_name(self, i: int) -> bool:
        """Part of a proper name ("Strike Group", "the Talks Foundation")."""
        tree = self.tree
        return tree.tags[i] in {"NNP", "NNPS"} and (tree.deps[i] == "compound" or self.sides.mention(i) is not None)

    def parts(self, i: int, entry: Entry) -> tuple[int, ...]:
        tree, found = self.tree, [i]
        for need in entry.needs:
            if need.absent or not need.words:
                continue
            if need.slot == "prt":
                found.extend(k for k in tree.kids[i] if tree.words[k] in need.words)
            elif need.slot not in {"mod", "carrier"}:
                found.extend(t for t in self.roles.tokens(i, need.slot) if tree.lemmas[t] in need.words)
        if entry.kind == "n" and (carried := self.grammar.carrier(i)) is not None:
            verb, _ = carried
            if tree.lemmas[verb] in self.acts.light and verb not in self.entries:
                found.append(verb)
        return tuple(sorted(set(found)))

    # -- operators --------------------------------------------------------------------------------------

    def _governor(self, t: int) -> Governor | None:
        """The word over `t` that takes it as its complement, through light and passing words."""
        tree = self.tree
        node = self.grammar.top(t) if tree.kinds[t] == "n" else t
        through: list[int] = []
        for _ in range(8):
            step = self._step_up(node)
            if step is None:
                return None
            above, link = step
            entry = self.entries.get(above)
            if entry is not None and entry.op and self._takes(above, entry, link):
                return Governor(above, tuple(through))
            lemma = tree.lemmas[above]
            passes = (
                lemma in self.acts.light
                or lemma in self.acts.passing
                or (entry is None and link == "conj")
                or (tree.kinds[above] == "n" and lemma in self.acts.containers)
            )
            if not passes:
                return None
            through.append(above)
            node = above
        return None

    def _step_up(self, node: int) -> tuple[int, str] | None:
        tree = self.tree
        dep, head = tree.deps[node], tree.heads[node]
        if head == node:
            return None
        if dep in {"dobj", "nsubjpass", "dative", "attr", "oprd"}:
            return head, "obj"
        if dep in {"xcomp", "ccomp", "acomp"}:
            return (head, dep) if node > head or ";" not in tree.words[node:head] else None
        if dep in {"pobj", "pcomp"}:
            above = tree.heads[head]
            return (
                (above, tree.words[head]) if above < head and tree.deps[head] in {"prep", "agent", "dative"} else None
            )
        if dep == "acl":
            return (
                (head, "acl")
                if tree.tags[node] in {"VB", "VBG"}
                else (head, "acl")
                if self._is_that_clause(node)
                else None
            )
        if dep == "advcl" and tree.tags[node] == "VB" and not any(tree.deps[k] == "mark" for k in tree.kids[node]):
            return head, "advcl"
        if dep == "conj":
            return head, "conj"
        if dep == "compound" and tree.lemmas[head] in self.acts.containers:
            return head, "obj"
        return None

    def _is_that_clause(self, node: int) -> bool:
        return any(self.tree.deps[k] == "mark" for k in self.tree.kids[node])

    def _takes(self, above: int, entry: Entry, link: str) -> bool:
        """An operator verb takes objects, clauses and the prepositions it is used with; a conjunct never."""
        if link == "conj":
            return False
        if link == "advcl":
            return (
                entry.kind == "v"
                and self.acts.operators[entry.op].towards == "objects"
                and not self.governed.get(above)
            )
        if link in {"obj", "xcomp", "ccomp", "acl", "acomp"}:
            return True
        return link in {"for", "to", "of", "with", "on", "in", "over", "against", "from", "about", "at", "into"}
