"""The noun that a number counts, and the phrase it stands in, read from the dependency parse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.reading.marks import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NUMERIC = frozenset(("nummod", "compound", "quantmod", "amod", "nmod", "npadvmod", "advmod", "predet", "poss", "dep"))
STATES = frozenset(("dead", "killed", "wounded", "injured", "missing", "displaced", "homeless", "hurt", "infected"))
"""States of people that are counted in place of them: 2,000 dead."""


def top_of(doc: Doc, first: int, last: int) -> Any:
    """The token among these whose head stands outside them."""
    for token in doc[first : last + 1]:
        if not first <= token.head.i <= last or token.head.i == token.i:
            if token.is_punct or token.dep_ in ("prep", "punct", "advmod", "case", "quantmod"):
                continue
            return token
    return doc[last]


def counted_noun(doc: Doc, anchor: Any, last: Any, unit: str | None) -> Any | None:
    """The noun that is counted: the head to the right, or what follows "of" after a unit or "hundreds"."""
    if anchor.dep_ in _NUMERIC and anchor.head.i > last.i and anchor.head.i - last.i <= 8:
        head = anchor.head
        if head.lower_ == "strong" and head.head.pos_ == "NOUN":
            return head.head
        if head.pos_ in ("NOUN", "PROPN") or (unit is None and head.tag_ in ("VBN", "NNS", "NN")):
            return head
    place = last.i + 1
    joints = ("of", "in", "worth") if unit in ("money", "quantity") else ("of",)
    if place < len(doc) and doc[place].lower_ in joints:
        follower = doc[place]
        if follower.lower_ == "worth" and place + 1 < len(doc) and doc[place + 1].lower_ == "of":
            follower = doc[place + 1]
        for child in follower.children:
            if child.dep_ == "pobj" and child.i > place and child.ent_type_ not in ("DATE", "GPE", "TIME"):
                return child
    if unit is not None:
        return None
    if (described := _described(anchor)) is not None:
        return described
    for child in anchor.children:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i == last.i + 1:
            for kid in child.children:
                if kid.dep_ == "pobj":
                    return kid
    return _next_noun(doc, last)


def _next_noun(doc: Doc, last: Any) -> Any | None:
    """The plural noun that ends the run of adjectives and nouns after the number, where the parse lost it."""
    found = None
    for token in doc[last.i + 1 : last.i + 6]:
        if token.pos_ not in ("ADJ", "NOUN", "PROPN") or token.is_sent_start:
            break
        found = token
    return found if found is not None and found.tag_ in ("NNS", "NNPS") else None


def _described(anchor: Any) -> Any | None:
    """The noun that says what a bare number counts: "34 identified as civilians", "of whom 12 were children"."""
    verbs = [child for child in anchor.children if child.dep_ in ("acl", "relcl")]
    if anchor.dep_ in ("nsubj", "nsubjpass"):
        verbs.append(anchor.head)
    for verb in verbs:
        for child in verb.children:
            if child.dep_ == "attr" and child.tag_ == "NNS" and verb.lemma_ == "be":
                return child
            if child.dep_ == "prep" and child.lower_ == "as" and verb.tag_ == "VBN":
                for kid in child.children:
                    if kid.dep_ == "pobj" and kid.tag_ in ("NNS", "NNPS"):
                        return kid
    return None


def counted_phrase(doc: Doc, noun: Any | None, start: int) -> Span | None:
    """The counted noun with what stands before it, up to the number."""
    if noun is None:
        return None
    left = noun
    for token in reversed(list(doc[max(0, noun.i - 8) : noun.i])):
        if (
            token.idx < start
            or token.is_punct
            or token.pos_ in ("ADP", "DET", "VERB", "AUX", "PRON", "SCONJ", "CCONJ", "NUM", "SPACE")
        ):
            break
        if token.lower_ in (
            "other",
            "strong",
            "more",
            "additional",
            "such",
            "its",
            "their",
            "his",
            "her",
            "our",
            "further",
        ):
            break
        left = token
    return Span(left.idx, noun.idx + len(noun.text))


def state_after(doc: Doc, last: Any) -> Any | None:
    """ "2,000 dead", "9,000 injured": the state that follows the number is the counted noun."""
    if last.i + 1 < len(doc) and doc[last.i + 1].tag_ in ("JJ", "VBN", "VBD", "NN", "NNS"):
        token = doc[last.i + 1]
        after = doc[last.i + 2] if last.i + 2 < len(doc) else None
        if token.lower_ in STATES and not (after is not None and after.pos_ in ("NOUN", "PROPN")):
            return token
    return None
