"""Who speaks: from a cue word to the parties that stand as its source.

Subjects shared or controlled, relative pronouns, agents of passives, possessors and light verbs. What the source
says is found elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from detente.reading.claims.drafts import Clauses
from detente.reading.marks import Party, Span
from detente.reading.syntax import Tree

_RELATIVE: Final = frozenset({"who", "which", "that", "whom"})
_NOBODY: Final = frozenset({"nobody", "none", "nothing", "neither", "no-one"})
_HELD_IN: Final = frozenset({"in", "with", "of", "for"})
_HELD: Final = frozenset({"hope", "belief", "expectation", "fear", "conviction"})
_FAR: Final = 12
"""Tokens between a verb of saying and its subject, from which on a name right beside the verb is the likelier one."""
_LEFT_OUT: Final = frozenset({"relcl", "acl", "advcl", "appos", "punct", "conj", "cc", "parataxis", "preconj", "ccomp"})


def is_passive(tree: Tree, verb: int) -> bool:
    """A passive clause, a reduced one ("a man accused of"), or one after "with" ("with 34 identified as")."""
    if tree.is_passive(verb):
        return True
    if tree.tags[verb] != "VBN" or tree.deps[verb] not in ("pcomp", "ccomp", "advcl", "acl"):
        return False
    return tree.kid(verb, "aux", "dobj") is None and tree.kid(verb, "nsubj") is not None


class Speakers:
    """Finds the source of one document's cues."""

    def __init__(self, clauses: Clauses, groups: Mapping[str, frozenset[str]]) -> None:
        self.clauses = clauses
        self.tree = clauses.tree
        self.utterances = groups["utterance"]
        self.light = groups["light"]
        self.object_control = groups["object-control"]
        self.plain_saying = groups["plain-saying"]

    # -- parties ----------------------------------------------------------------------------------------

    def parties(self, noun: int, *, elided: bool = False) -> tuple[Party, ...]:
        """The party headed by `noun` and those coordinated with it."""
        return tuple(self.party(head, elided=elided) for head in self.tree.conjuncts(noun) if self._is_nominal(head))

    def party(self, noun: int, *, elided: bool = False) -> Party:
        noun = self._whose(noun)
        tokens = self._core(noun)
        return Party(self.clauses.span(tokens), self.tree.starts[noun], elided)

    def _core(self, noun: int) -> list[int]:
        tree = self.tree
        tokens = [noun]
        for kid in tree.kids[noun]:
            if tree.deps[kid] not in _LEFT_OUT and not (tree.words[kid] == "as" and tree.deps[kid] == "prep"):
                tokens += tree.subtree(kid, limit=40)
        if "case" in (tree.deps[kid] for kid in tree.kids[noun]):
            tokens = [k for k in tokens if tree.deps[k] != "case" or tree.heads[k] != noun]
        return tokens

    def _whose(self, noun: int) -> int:
        """As in "Baku's statement said": Baku speaks, not the statement; so too "the statement by Baku"."""
        if self.tree.lemmas[noun] in self.utterances:
            owner = self.tree.kid(noun, "poss")
            if owner is not None:
                return owner
            for kid in self.tree.kids[noun]:
                if self.tree.deps[kid] == "prep" and self.tree.words[kid] in ("by", "from"):
                    held = self.tree.kid(kid, "pobj")
                    if held is not None and self.tree.lemmas[noun] != "report":
                        return held
        return noun

    def _is_nominal(self, i: int) -> bool:
        return self.tree.kinds[i] in ("n", "x", "a") and self.tree.tags[i] not in ("VBG", "VBN")

    # -- verbs ------------------------------------------------------------------------------------------

    def is_passive(self, verb: int) -> bool:
        return is_passive(self.tree, verb)

    def of_verb(self, verb: int) -> tuple[tuple[Party, ...], int | None]:
        """The parties that do the act of `verb`, and the token they were found at (None where there is none)."""
        if self.is_passive(verb):
            return self.of_agent(verb)
        return self.of_subject(verb)

    def of_subject(self, verb: int) -> tuple[tuple[Party, ...], int | None]:
        """The parties that stand as subject of `verb`, passive or not."""
        noun, elided = self._subject(verb, 0)
        if noun is None or (noun < verb - _FAR and not elided):
            nearer = self._beside(verb)
            if nearer is not None and (noun is None or self._follows_comma(nearer)):
                noun, elided = nearer, False
        if noun is None:
            return (), None
        found = self.parties(noun, elided=elided)
        relative = self._relative(verb) if elided else None
        if relative is not None:
            found = tuple(Party(party.span, party.head, True, relative) for party in found)
        return found, noun

    def _relative(self, verb: int) -> Span | None:
        """The pronoun that stands for the subject in a relative clause."""
        tree = self.tree
        for _ in range(4):
            own = self._own_subject(verb)
            if own is not None:
                return Span(tree.starts[own], tree.ends[own]) if tree.words[own] in _RELATIVE else None
            if tree.heads[verb] == verb or tree.deps[verb] not in ("conj", "xcomp", "advcl"):
                return None
            verb = tree.heads[verb]
        return None

    def _beside(self, verb: int) -> int | None:
        """Where the parser lost the subject of a finite verb of saying: the name right before or behind it."""
        tree = self.tree
        if tree.lemmas[verb] not in self.plain_saying or tree.tags[verb] not in ("VBD", "VBZ", "VBP"):
            return None
        for step in (-1, 1):
            at = verb + step
            while 0 <= at < len(tree) and tree.sents[at] == tree.sents[verb]:
                named = tree.tags[at] in ("NNP", "NNPS", "NN", "NNS", "PRP") or self._has_capital(at)
                if named and tree.deps[at] not in ("npadvmod", "dobj"):
                    return self._top(at, verb)
                if tree.tags[at] not in ("RB", "DT", "JJ", "NNP", "PRP$"):
                    break
                at += step
        return None

    def _follows_comma(self, noun: int) -> bool:
        """A phrase cut off from what comes before it: "…, President X said"."""
        first = min(self._core(noun))
        return first > 0 and self.tree.words[first - 1] in (",", "”", "''", '"')

    def _has_capital(self, i: int) -> bool:
        return (
            self.clauses.text[self.tree.starts[i]].isupper() and i > 0 and self.tree.sents[i - 1] == self.tree.sents[i]
        )

    def _top(self, noun: int, verb: int) -> int:
        """The noun that the whole phrase around `noun` hangs on, on the same side of the verb."""
        tree = self.tree
        for _ in range(6):
            head = tree.heads[noun]
            if tree.deps[noun] in ("compound", "amod", "poss", "nmod", "flat") and (head < verb) == (noun < verb):
                noun = head
            else:
                break
        return noun

    def negating_subject(self, verb: int) -> bool:
        """As in "neither side says", "nobody in Accra has admitted": the subject negates its verb."""
        own = self._own_subject(verb)
        if own is None:
            return False
        if self.tree.words[own] in _NOBODY:
            return True
        return any(self.tree.words[k] in ("no", "neither") and self.tree.deps[k] != "poss" for k in self.tree.kids[own])

    def of_agent(self, verb: int) -> tuple[tuple[Party, ...], int | None]:
        """The "by" phrase of a passive."""
        for kid in self.tree.kids[verb]:
            if self.tree.deps[kid] == "agent" or (self.tree.deps[kid] == "prep" and self.tree.words[kid] == "by"):
                noun = self.tree.kid(kid, "pobj")
                if noun is not None:
                    return self.parties(noun), noun
        return (), None

    def _own_subject(self, verb: int) -> int | None:
        """The subject in the clause of `verb` itself, where the parser may have hung it on the auxiliary."""
        subjects = self.tree.with_dep(verb, "nsubj", "nsubjpass")
        before = [k for k in subjects if k < verb]
        own = before[-1] if before else (subjects[0] if subjects else None)
        if own is None:
            for auxiliary in self.tree.with_dep(verb, "aux", "auxpass"):
                own = own or self.tree.kid(auxiliary, "nsubj", "nsubjpass")
        return own

    def _subject(self, verb: int, depth: int) -> tuple[int | None, bool]:
        """The subject of `verb`, in its own clause or in the one that controls it."""
        tree = self.tree
        if depth > 8:
            return None, False
        own = self._own_subject(verb)
        if own is not None:
            if tree.words[own] in _RELATIVE and tree.tags[own] in ("WDT", "WP", "IN", "DT"):
                antecedent = self._antecedent(verb, depth)
                if antecedent is not None:
                    return antecedent, True
            return own, depth > 0
        clausal = tree.kid(verb, "csubj", "expl")
        if clausal is not None:
            held = tree.kid(clausal, "dobj")
            if tree.tags[clausal] in ("VBN", "VBD") and held is not None:
                return held, False
            return None, False
        head, dep = tree.heads[verb], tree.deps[verb]
        if head == verb:
            return None, False
        if dep == "conj" and tree.is_verb(head):
            return self._subject(head, depth + 1)
        if dep in ("acl", "relcl") and tree.kinds[head] in ("n", "x"):
            if any(tree.tags[k] == "TO" for k in tree.kids[verb]):
                return self._holder_of_aim(head, depth)
            above = tree.heads[head]
            if tree.lemmas[head] in self.utterances and tree.deps[head] == "dobj" and tree.lemmas[above] in self.light:
                return self._subject(above, depth + 1)
            return head, True
        if dep in ("xcomp", "ccomp"):
            return self._controller(head, depth)
        if dep == "advcl" and tree.is_verb(head) and tree.tags[verb] in ("VBG", "VBN", "VB"):
            return self._subject(head, depth + 1)
        if dep in ("pcomp", "prep"):
            return self._through_preposition(verb if dep == "prep" else head, depth)
        if dep == "aux" or (dep == "advmod" and tree.is_verb(head)):
            return self._subject(head, depth + 1)
        return None, False

    def _holder_of_aim(self, noun: int, depth: int) -> tuple[int | None, bool]:
        """As in "its attempts to persuade", "made a bid to": whose attempt it is."""
        tree = self.tree
        owner = self.possessor(noun)
        if owner is not None:
            return owner, True
        head = tree.heads[noun]
        if tree.deps[noun] in ("dobj", "attr") and tree.is_verb(head):
            return self._subject(head, depth + 1)
        return None, False

    def _controller(self, head: int, depth: int) -> tuple[int | None, bool]:
        tree = self.tree
        if tree.kinds[head] == "a":
            head = tree.heads[head]
            noun, elided = self._subject(head, depth + 1)
            if noun is not None and tree.words[noun] == "it":
                return None, False
            return noun, elided
        if tree.lemmas[head] in self.object_control:
            held = tree.kid(head, "nsubjpass") if self.is_passive(head) else tree.kid(head, "dobj", "dative")
            if held is not None and tree.kinds[held] != "v":
                return held, True
        noun, elided = self._subject(head, depth + 1)
        if noun is not None and tree.words[noun] == "it" and tree.kid(head, "acomp") is not None:
            return None, False
        return noun, elided

    def _through_preposition(self, prep: int, depth: int) -> tuple[int | None, bool]:
        """As in "accused X of saying", "X was quoted as saying", "X's persistence in demanding"."""
        tree = self.tree
        head = tree.heads[prep]
        if head == prep:
            return None, False
        if tree.deps[head] == "advmod" and tree.is_verb(tree.heads[head]):  # "stopped short of"
            head = tree.heads[head]
        if tree.is_verb(head):
            held = tree.kid(head, "dobj")
            if tree.words[prep] in ("of", "for", "as", "from", "into") and held is not None:
                return held, True
            return self._subject(head, depth + 1)
        if tree.kinds[head] == "n":
            owner = self.possessor(head)
            if owner is not None:
                return owner, True
            above = tree.heads[head]
            if tree.is_verb(above) and tree.deps[head] in ("dobj", "pobj", "attr"):
                return self._subject(above, depth + 1)
        return None, False

    def _antecedent(self, verb: int, depth: int) -> int | None:
        """The noun a relative clause hangs on; of coordinated clauses, that of the first."""
        tree = self.tree
        while tree.deps[verb] == "conj" and tree.is_verb(tree.heads[verb]):
            verb = tree.heads[verb]
        while tree.deps[verb] in ("ccomp", "xcomp") and tree.is_verb(tree.heads[verb]):
            verb = tree.heads[verb]
        if tree.deps[verb] in ("relcl", "acl"):
            return tree.heads[verb]
        if tree.lemmas[verb] == "be" and any(tree.words[k] == "it" for k in tree.kids[verb]):
            return tree.kid(verb, "attr")
        return None

    # -- nouns ------------------------------------------------------------------------------------------

    def possessor(self, noun: int) -> int | None:
        """Whose: "Baku's", "its", or a name or adjective of a people before the noun ("the US explanation")."""
        tree = self.tree
        owner = tree.kid(noun, "poss")
        if owner is not None:
            return owner
        named = [
            kid
            for kid in tree.kids[noun]
            if tree.deps[kid] in ("compound", "amod", "nmod") and kid < noun and self._is_name(kid)
        ]
        return named[0] if named else None

    def _is_name(self, i: int) -> bool:
        tree = self.tree
        first = self.clauses.text[tree.starts[i]]
        starts_sentence = i == 0 or tree.sents[i - 1] != tree.sents[i]
        return first.isupper() and (tree.tags[i] in ("NNP", "NNPS") or (tree.tags[i] == "JJ" and not starts_sentence))

    def of_noun(self, noun: int) -> tuple[tuple[Party, ...], tuple[int, ...]]:
        """The parties whose word `noun` is, and the tokens of a light verb that belongs to the cue."""
        tree = self.tree
        owner = self.possessor(noun)
        if owner is not None:
            return self.parties(owner), ()
        for kid in tree.kids[noun]:
            if tree.deps[kid] in ("prep", "agent") and tree.words[kid] in ("by", "from", "among"):
                held = tree.kid(kid, "pobj")
                if held is not None:
                    return self.parties(held), ()
        verb = tree.heads[noun]
        if tree.deps[noun] in ("dobj", "attr") and tree.is_verb(verb) and tree.lemmas[verb] in self.light:
            parties, _ = self.of_verb(verb)
            return parties, (verb,)
        above = tree.heads[verb]
        if tree.deps[noun] == "pobj" and tree.words[verb] in _HELD_IN and tree.is_verb(above):
            if tree.words[verb] == "with" or (tree.lemmas[noun] in _HELD and tree.words[verb] != "of"):
                return self.of_subject(above)[0], ()
            if tree.lemmas[above] in self.light or tree.lemmas[above] in ("say", "reply", "respond"):
                return self.of_verb(above)[0], ()
        return (), ()
