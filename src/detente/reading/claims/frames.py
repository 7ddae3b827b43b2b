"""Where the contents of a cue stand: one finder a frame.

A frame says which dependents of a verb, noun or adjective hold what is said. Finders return token indices, never
spans. Which cue has which frame is data.
"""

from __future__ import annotations

from typing import Final

from detente.reading.claims.speakers import is_passive
from detente.reading.syntax import Tree

_QUESTION: Final = frozenset({"WDT", "WP", "WRB", "WP$"})
ORDER: Final = (
    "pobj-inf", "pobj-as", "pobj-for", "that", "obj-that", "obj-inf", "obj-as", "obj-comp", "obj-of", "obj-for",
    "obj-with", "obj-to", "obj-over", "obj-about", "obj-against", "obj-on", "pobj", "inf", "ger", "obj",
)  # fmt: skip
"""Frames of verbs, the more telling first."""


class Frames:
    """Finders over one tree. Each returns the tokens of the contents, empty where the frame does not fit."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def find(self, frame: str, verb: int, last: int) -> set[int]:
        """The contents of `verb` by `frame`; `last` is the last token of the cue ("of" in "warn of")."""
        if frame == "that":
            return (self.clause(last) if last != verb else set()) or self.clause(verb)
        if frame == "inf":
            return self.infinitive(verb) or (self.infinitive(last) if last != verb else set())
        if frame == "ger":
            return self.gerund(verb)
        if frame == "pobj":
            return self.after(last)
        if frame.startswith("pobj-"):
            return self._after_with(frame[5:], verb, last)
        if frame == "obj":
            return self.object_of(verb)
        return self._object_with(frame[4:], verb)

    # -- clauses ----------------------------------------------------------------------------------------

    def clause(self, head: int) -> set[int]:
        """Finite clauses that `head` governs: with and without "that", questions, words before the verb."""
        found: set[int] = set()
        for kid in self.tree.kids[head]:
            if self.tree.deps[kid] == "ccomp" and not self._is_bare_infinitive(kid):
                found |= self.without_marker(kid)
            elif self.tree.deps[kid] in ("xcomp", "advcl", "acl") and self._has_question_word(kid):
                found |= set(self.tree.subtree(kid))
            elif self.tree.deps[kid] in ("advcl", "acl") and self.tree.kinds[head] != "n" and self._has_that(kid):
                found |= self.without_marker(kid)
        return found - {head}

    def _has_that(self, verb: int) -> bool:
        return any(self.tree.deps[k] == "mark" and self.tree.words[k] == "that" for k in self.tree.kids[verb])

    def _is_bare_infinitive(self, verb: int) -> bool:
        tree = self.tree
        if tree.tags[verb] not in ("VB", "VBG"):
            return False
        if tree.tags[verb] == "VBG" and tree.kid(verb, "nsubj") is not None:
            return False
        if any(tree.deps[k] == "mark" and tree.words[k] != "for" for k in tree.kids[verb]):
            return False
        if any(
            tree.tags[k] in ("MD", "VBZ", "VBP", "VBD") for k in tree.kids[verb] if tree.deps[k] in ("aux", "auxpass")
        ):
            return False
        return tree.tags[verb] == "VBG" or any(tree.tags[k] == "TO" for k in tree.kids[verb])

    def _has_question_word(self, verb: int) -> bool:
        tree = self.tree
        first = min(tree.subtree(verb, limit=60))
        if tree.tags[first] == "WRB" and tree.deps[verb] != "ccomp":
            return False
        return tree.tags[first] in _QUESTION or (tree.words[first] in ("whether", "if") and tree.deps[verb] != "advcl")

    def without_marker(self, verb: int) -> set[int]:
        """A clause without the "that" that opens it."""
        tokens = set(self.tree.subtree(verb))
        for kid in self.tree.kids[verb]:
            if self.tree.deps[kid] == "mark" and self.tree.words[kid] == "that":
                tokens.discard(kid)
        return tokens

    def infinitive(self, head: int) -> set[int]:
        """As in "to withdraw": an infinitive clause that `head` governs."""
        tree = self.tree
        found: set[int] = set()
        for kid in tree.kids[head]:
            if tree.deps[kid] in ("xcomp", "acl", "advcl", "ccomp", "relcl") and kid > head and self.is_infinitive(kid):
                if tree.deps[kid] == "advcl" and found:
                    continue
                found |= set(tree.subtree(kid))
        return found

    def is_infinitive(self, verb: int) -> bool:
        tree = self.tree
        if any(tree.tags[k] == "TO" for k in tree.kids[verb]):
            return True
        return any(tree.tags[k] == "TO" for c in tree.with_dep(verb, "auxpass", "aux") for k in tree.kids[c])

    def gerund(self, verb: int) -> set[int]:
        tree = self.tree
        for kid in tree.kids[verb]:
            if tree.deps[kid] not in ("xcomp", "ccomp", "dobj", "pcomp"):
                continue
            if tree.tags[kid] == "VBG" or any(tree.words[k] in ("having", "being") for k in tree.kids[kid]):
                return set(tree.subtree(kid))
        return set()

    # -- objects ----------------------------------------------------------------------------------------

    def object_head(self, verb: int) -> int | None:
        """The direct object, or the subject of a passive, or the noun a reduced passive hangs on."""
        tree = self.tree
        if is_passive(tree, verb):
            held = tree.kid(verb, "nsubjpass", "nsubj")
            if held is None and tree.deps[verb] in ("acl", "relcl"):
                held = tree.heads[verb]
            while held is None and tree.deps[verb] in ("conj", "xcomp") and tree.is_verb(tree.heads[verb]):
                verb = tree.heads[verb]
                held = tree.kid(verb, "nsubjpass", "nsubj")
        else:
            held = tree.kid(verb, "dobj")
        if held is not None and tree.words[held] in ("that", "which", "who", "whom") and tree.tags[held] in _QUESTION:
            return self._antecedent(verb)
        return held

    def _antecedent(self, verb: int) -> int | None:
        tree = self.tree
        while tree.deps[verb] in ("conj", "xcomp", "ccomp") and tree.is_verb(tree.heads[verb]):
            verb = tree.heads[verb]
        return tree.heads[verb] if tree.deps[verb] in ("relcl", "acl") else None

    def object_of(self, verb: int) -> set[int]:
        held = self.object_head(verb)
        if held is None or (self.tree.words[held] == "it" and self.tree.deps[held] == "nsubjpass"):
            return set()
        return self.phrase(held, verb)

    def phrase(self, noun: int, verb: int) -> set[int]:
        """A noun phrase with all that hangs on it, but for the cue's own clause."""
        tree = self.tree
        tokens = set(tree.subtree(noun))
        if verb in tokens:
            tokens = {noun}
            for kid in tree.kids[noun]:
                if kid != verb and tree.deps[kid] not in ("relcl", "acl", "punct", "appos", "cc", "conj"):
                    tokens |= set(tree.subtree(kid, limit=60))
            tokens.discard(verb)
        return tokens

    def _object_with(self, extra: str, verb: int) -> set[int]:
        tree = self.tree
        if extra == "that":
            return self.clause(verb) if tree.kid(verb, "dobj", "dative", "nsubjpass") is not None else set()
        if extra == "inf":
            return self._object_infinitive(verb)
        held = self.object_head(verb)
        if extra == "comp":
            return self._complement(verb, held)
        words = (extra,)
        places = [verb, *([held] if held is not None else [])]
        places += [k for agent in tree.with_dep(verb, "agent") for k in tree.kids[agent]]
        for place in places:
            for kid in tree.kids[place]:
                if tree.deps[kid] in ("prep", "mark", "advmod") and tree.words[kid] in words and kid > verb:
                    rest = set(tree.subtree(kid))
                    if len(rest) == 1 and tree.deps[kid] == "mark":
                        continue
                    if extra == "as" and tree.kid(kid, "pobj", "pcomp", "amod", "acomp") is None and len(rest) == 1:
                        continue
                    if held is None:
                        return rest if extra == "as" else set()
                    if self._is_question_object(verb, held):
                        return rest - {kid}
                    return self.phrase(held, verb) | rest
        return set()

    def _is_question_object(self, verb: int, held: int) -> bool:
        """As in "what X describes as Y": the object is the question word."""
        return self.tree.tags[held] == "WP" and self.tree.words[held] == "what"

    def _complement(self, verb: int, held: int | None) -> set[int]:
        """As in "called the act a crime", "what X calls a crime", "was called a crime"."""
        tree = self.tree
        for kid in tree.kids[verb]:
            if tree.deps[kid] in ("oprd", "attr", "acomp") and kid > verb:
                rest = set(tree.subtree(kid))
                if held is None:
                    return set()
                return rest if self._is_question_object(verb, held) else self.phrase(held, verb) | rest
            if tree.deps[kid] in ("ccomp", "xcomp") and not tree.is_verb(kid) and kid > verb:
                return set(tree.subtree(kid))
            if held is not None and verb < held < kid and tree.deps[kid] != "punct" and self._opens_with_mark(kid):
                return self.phrase(held, verb) | set(tree.subtree(kid))
        return set()

    def _opens_with_mark(self, kid: int) -> bool:
        """Words between marks as a complement: called the step “out of proportion”."""
        first = min(self.tree.subtree(kid, limit=60))
        return self.tree.tags[first] == "``" or (first > 0 and self.tree.tags[first - 1] == "``")

    def _object_infinitive(self, verb: int) -> set[int]:
        tree = self.tree
        for kid in tree.kids[verb]:
            if tree.deps[kid] in ("ccomp", "xcomp", "advcl") and kid > verb and self.is_infinitive(kid):
                held = tree.kid(verb, "dobj", "dative") if not is_passive(tree, verb) else self.object_head(verb)
                inner = tree.kid(kid, "nsubj")
                if held is None and inner is None and tree.deps[kid] != "ccomp":
                    return set()
                if held is None:
                    return set(tree.subtree(kid))
                return self.phrase(held, verb) | set(tree.subtree(kid))
        return set()

    # -- prepositions -----------------------------------------------------------------------------------

    def after(self, prep: int) -> set[int]:
        """What a preposition governs; "for" may also open a clause ("called for the base to be closed")."""
        tree = self.tree
        if tree.deps[prep] == "mark":
            return set(tree.subtree(tree.heads[prep])) - {prep}
        for kid in tree.kids[prep]:
            if tree.deps[kid] in ("pobj", "pcomp", "prep", "ccomp", "amod"):
                return set(tree.subtree(kid))
        if tree.deps[prep] in ("prt", "advmod") or tree.tags[prep] in ("IN", "RP", "TO"):
            head = tree.heads[prep]
            held = tree.kid(head, "dobj", "pobj", "xcomp")
            if held is not None and held > prep:
                return set(tree.subtree(held))
        return set()

    def _after_with(self, extra: str, verb: int, last: int) -> set[int]:
        held = self.after(last)
        if not held:
            return set()
        if extra == "inf":
            rest = self.infinitive(verb)
            if not rest and any(self.tree.tags[k] == "TO" for k in held):
                return held
        else:
            rest = set()
            for kid in self.tree.kids[verb]:
                if self.tree.deps[kid] == "prep" and self.tree.words[kid] == extra and kid > last:
                    rest = set(self.tree.subtree(kid))
            if not rest and any(self.tree.words[k] == extra for k in held):
                return held
        return held | rest if rest else set()

    def preposition(self, head: int, words: frozenset[str]) -> set[int]:
        """What hangs on `head` by one of the prepositions: "opposition to …", "critical of …"."""
        tree = self.tree
        for kid in tree.kids[head]:
            if tree.deps[kid] == "prep" and tree.words[kid] in words and kid > head:
                held = tree.kid(kid, "pobj", "pcomp")
                if held is not None:
                    return set(tree.subtree(held))
        return set()

    # -- the clause around ------------------------------------------------------------------------------

    def around(self, token: int) -> int:
        """The head of the smallest clause that `token` stands in as an adjunct."""
        tree = self.tree
        at = tree.heads[token]
        for _ in range(30):
            if tree.heads[at] == at or (
                tree.is_verb(at) and tree.deps[at] not in ("xcomp", "amod", "aux", "auxpass", "pcomp")
            ):
                return at
            at = tree.heads[at]
        return at
