"""What the parse is known to get wrong, mended in the light view of one document before the acts are looked for.

Verbs taken for nouns in clipped sentences ("Peru hosts nine Chadians", "Mali and Niger resume talks", "Did Chad bomb
Libya?"), names taken for verbs after "to" ("returned the boat to Windhoek"), and finite verbs hung on the gerund before
them ("denies shelling and accuses"). Nothing is touched without a name beside it or a form that only one reading has.
"""

from __future__ import annotations

from typing import Final

from detente.reading.events.lexicon import Acts
from detente.reading.events.sides import Sides
from detente.reading.syntax import Tree

_FINITE: Final = frozenset({"VBZ", "VBP", "VBD"})


def mend(tree: Tree, sides: Sides, acts: Acts) -> None:
    """Turns such nouns into verbs with the name before them as subject and the noun after them as object."""
    for i in range(1, len(tree)):
        if tree.deps[i] == "conj" and tree.tags[i] in _FINITE:
            _lift(tree, i)
        if tree.tags[i] == "VB" and tree.words[i - 1] == "to" and i in sides.at and sides.at[i].form == "name":
            _name_place(tree, i)
        if tree.tags[i] not in {"NNS", "NN"} or sides.at.get(i - 1) is None or i in sides.at:
            continue
        if not _is_verb(tree, i, acts) or tree.words[i - 1].endswith("s'"):
            continue
        if tree.heads[i - 1] == i and tree.deps[i - 1] == "compound" and (_governs(tree, i) or _is_asked(tree, i)):
            _raise(tree, i, i)
        elif tree.tags[i] in {"NN", "NNS"} and tree.deps[i] == "compound" and _is_clause(tree, i):
            _raise(tree, i, tree.heads[i])


def _is_verb(tree: Tree, i: int, acts: Acts) -> bool:
    """True where the lexicon knows the word as a verb; its lemma is then the verb's."""
    for lemma in (tree.lemmas[i], tree.words[i].removesuffix("s")):
        if (lemma, "v") in acts.entries:
            tree.lemmas[i] = lemma
            return True
    return False


def _is_asked(tree: Tree, i: int) -> bool:
    """ "Did Chad bomb Libya?": an auxiliary before the name."""
    return any(tree.deps[k] == "aux" and tree.lemmas[k] == "do" for k in tree.kids[i])


def _lift(tree: Tree, i: int) -> None:
    """A finite verb coordinated with a gerund or infinitive goes with the finite verb over that."""
    above = tree.heads[i]
    if tree.tags[above] not in {"VBG", "VB"} or any(tree.deps[k] in {"nsubj", "nsubjpass"} for k in tree.kids[i]):
        return
    for head in tree.ancestors(above):
        if tree.tags[head] in _FINITE and tree.is_verb(head):
            tree.kids[above] = [k for k in tree.kids[above] if k != i]
            tree.heads[i] = head
            tree.kids[head] = sorted({*tree.kids[head], i})
            return


def _name_place(tree: Tree, i: int) -> None:
    """A name read as an infinitive becomes what the preposition before it governs."""
    over, to = tree.heads[i], i - 1
    if over == i:
        return
    tree.kinds[i], tree.tags[i], tree.deps[i] = "n", "NNP", "pobj"
    tree.kinds[to], tree.tags[to], tree.deps[to] = "p", "IN", "prep"
    for k in tree.kids[i]:
        if k > i:
            tree.heads[k] = over
    tree.kids[over] = sorted({*(k for k in tree.kids[over] if k != i), to, *(k for k in tree.kids[i] if k > i)})
    tree.kids[i] = [k for k in tree.kids[i] if k < to]
    tree.kids[to] = [i]
    tree.heads[i], tree.heads[to] = to, over


def _governs(tree: Tree, i: int) -> bool:
    """The noun has an object of its own, which only verbs have."""
    objects = [k for k in tree.kids[i] if tree.deps[k] in {"dobj", "appos"} and k > i]
    if tree.tags[i] != "NNS" or not objects or (tree.deps[objects[0]] == "appos" and not _touch(tree, i, objects[0])):
        return False
    tree.deps[objects[0]] = "dobj"
    return True


def _touch(tree: Tree, i: int, k: int) -> bool:
    """No comma between two words: what looks like an apposition is none."""
    return all(tree.words[j] not in {",", "(", "-", "–"} for j in range(i, k))


def _is_clause(tree: Tree, i: int) -> bool:
    """ "A and B resume talks" read as one noun phrase without an article that is the whole sentence."""
    head = tree.heads[i]
    before = [k for k in tree.kids[head] if k < i]
    return (
        head > i
        and tree.deps[head] == "ROOT"
        and tree.tags[head] in {"NNS", "NN"}
        and any(tree.deps[k] in {"nmod", "compound"} and tree.kid(k, "cc") is not None for k in before)
        and not any(tree.deps[k] in {"det", "poss"} for k in tree.kids[head])
    )


def _raise(tree: Tree, verb: int, head: int) -> None:
    """`verb` becomes the root over `head`; the names before it become its subject."""
    tree.kinds[verb], tree.tags[verb] = "v", "VBZ"
    before = [k for k in (*tree.kids[verb], *(tree.kids[head] if head != verb else ())) if k < verb]
    names = [k for k in before if tree.deps[k] in {"compound", "nmod"}]
    if head != verb:
        tree.kids[head] = [k for k in tree.kids[head] if k not in {*names, verb}]
        tree.heads[verb], tree.deps[verb] = verb, "ROOT"
        tree.heads[head], tree.deps[head] = verb, "dobj"
        tree.kids[verb] = sorted({*tree.kids[verb], *names, head})
    if not names:
        return
    first = names[0]
    for k in names:
        tree.heads[k] = verb if k == first else first
        tree.deps[k] = "nsubj" if k == first else "conj"
    tree.kids[first] = sorted({*tree.kids[first], *names[1:]})
    tree.kids[verb] = [k for k in tree.kids[verb] if k not in names[1:]]
