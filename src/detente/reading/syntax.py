"""A light view of the dependency parse: plain lists, built once a document, quick to walk.

The rules for events and factuality read this and not spaCy's tokens. Nothing here knows what a word means.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from spacy.tokens import Doc

WordClass = Literal["v", "n", "a", "r", "p", "x"]
"""verb, noun, adjective, adverb, preposition, anything else."""

SUBJECT_DEPS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_CLASSES: Final[dict[str, WordClass]] = {
    "VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a", "ADV": "r", "ADP": "p", "SCONJ": "p",
}  # fmt: skip


class Tree:
    """Tokens as parallel lists; `kids[i]` are the dependents of token `i` in text order.

    `starts` and `ends` are code point offsets into the text; `sents[i]` numbers the sentence of token `i`.
    """

    __slots__ = ("deps", "ends", "heads", "kids", "kinds", "lemmas", "sents", "starts", "tags", "words")

    def __init__(
        self,
        words: list[str],
        lemmas: list[str],
        tags: list[str],
        kinds: list[WordClass],
        deps: list[str],
        heads: list[int],
        starts: list[int],
        ends: list[int],
    ) -> None:
        self.words, self.lemmas, self.tags, self.kinds = words, lemmas, tags, kinds
        self.deps, self.heads, self.starts, self.ends = deps, heads, starts, ends
        self.kids: list[list[int]] = [[] for _ in words]
        self.sents = [0] * len(words)
        sentence = 0
        roots = [0] * len(words)
        for i, head in enumerate(heads):
            if head != i:
                self.kids[head].append(i)
            roots[i] = self._root(i)
            if i and roots[i] != roots[i - 1]:
                sentence += 1
            self.sents[i] = sentence

    def _root(self, i: int) -> int:
        for _ in range(200):
            head = self.heads[i]
            if head == i:
                return i
            i = head
        return i

    def __len__(self) -> int:
        return len(self.words)

    def kid(self, i: int, *deps: str) -> int | None:
        """The first dependent of `i` with one of these relations."""
        for k in self.kids[i]:
            if self.deps[k] in deps:
                return k
        return None

    def with_dep(self, i: int, *deps: str) -> list[int]:
        return [k for k in self.kids[i] if self.deps[k] in deps]

    def conjuncts(self, i: int) -> list[int]:
        """`i` and everything coordinated under it, in text order."""
        found = [i]
        for k in found:
            found.extend(c for c in self.kids[k] if self.deps[c] == "conj")
            if len(found) > 40:
                break
        return found

    def subtree(self, i: int, *, limit: int = 400) -> list[int]:
        """`i` and all under it, in no promised order, at most `limit` tokens."""
        found = [i]
        for k in found:
            found.extend(self.kids[k])
            if len(found) >= limit:
                break
        return found[:limit]

    def ancestors(self, i: int) -> Iterator[int]:
        """Heads of `i`, nearest first."""
        for _ in range(60):
            head = self.heads[i]
            if head == i:
                return
            yield head
            i = head

    def is_verb(self, i: int) -> bool:
        return self.kinds[i] == "v"

    def is_passive(self, i: int) -> bool:
        """A passive clause or a reduced passive relative ("tanks sent by Berlin")."""
        if self.tags[i] == "VBD" and self.deps[i] == "acl":
            return not any(self.deps[k] in {"dobj", "nsubj", "aux"} for k in self.kids[i])
        for _ in range(20):
            if self.tags[i] != "VBN":
                return False
            passive = self._is_passive_alone(i)
            if passive is not None:
                return passive
            i = self.heads[i]
        return False

    def _is_passive_alone(self, i: int) -> bool | None:
        """None where a coordinated participle is what its first conjunct is."""
        deps = [self.deps[k] for k in self.kids[i]]
        if "auxpass" in deps or "nsubjpass" in deps:
            return True
        if "aux" in deps or "nsubj" in deps:
            return False
        if self.deps[i] == "acl":
            return True
        if self.deps[i] == "conj":
            return None if self.is_verb(self.heads[i]) else False
        return "agent" in deps or (self.deps[i] == "advcl" and "dobj" not in deps)


def tree(doc: Doc) -> Tree:
    """The light view of one spaCy document."""
    from spacy.attrs import DEP, HEAD, IDX, LEMMA, LENGTH, LOWER, POS, TAG

    strings = doc.vocab.strings

    @cache
    def text(key: int) -> str:
        return strings[key] if key else ""

    @cache
    def lowered(key: int) -> str:
        return text(key).lower()

    columns = doc.to_array([LOWER, LEMMA, TAG, POS, DEP, HEAD, IDX, LENGTH]).T.tolist()
    lower, lemma, tag, pos, dep, head, idx, length = columns
    size = len(lower)
    wrap = 1 << 64
    return Tree(
        words=[text(k) for k in lower],
        lemmas=[lowered(k) for k in lemma],
        tags=[text(k) for k in tag],
        kinds=[_CLASSES.get(text(k), "x") for k in pos],
        deps=[text(k) for k in dep],
        heads=[i + (h if h < wrap >> 1 else h - wrap) for i, h in zip(range(size), head, strict=True)],
        starts=idx,
        ends=[i + n for i, n in zip(idx, length, strict=True)],
    )
