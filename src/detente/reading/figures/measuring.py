"""What a figure measures and whose it is, read from the dependency parse. Where the parse fails, no measure."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from msgspec import Struct

from detente.knowledge.loading import read_yaml
from detente.knowledge.wordlist import WordList
from detente.reading.marks import Party, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NUMERIC = frozenset(("nummod", "compound", "quantmod", "amod", "nmod", "npadvmod", "advmod", "predet", "poss", "dep"))
_STEPS = 6


class Measure(Struct, frozen=True, forbid_unknown_fields=True):
    """One measure and the lemmas that lead to it."""

    measure: str
    object: tuple[str, ...]
    subject: tuple[str, ...]
    nouns: tuple[str, ...]
    party: Literal["subject", "none"]


class _MeasureFile(Struct, frozen=True, forbid_unknown_fields=True):
    language: str
    source: str
    licence: str
    measures: tuple[Measure, ...]


class Measured(NamedTuple):
    """`noun` is the counted noun's token, `of` the counted phrase without the number, `governor` the token that
    gives the measure."""

    measure: str | None
    of: Span | None
    noun: Any | None
    party: Party | None
    governor: Any | None


class Measures:
    """Reads measure, counted phrase and party of a number from the parse."""

    def __init__(self, words: WordList) -> None:
        file = read_yaml(f"lexicons/{words.language}/figure_measures.yaml", _MeasureFile)
        self.by_object = {lemma: entry for entry in file.measures for lemma in entry.object}
        self.by_subject = {lemma: entry for entry in file.measures for lemma in entry.subject}
        self.by_noun = {lemma: entry for entry in file.measures for lemma in entry.nouns}
        self.links = words.forms("link_verb")

    def tokens(self, doc: Doc) -> list[int]:
        """Offsets of the tokens, for `at`."""
        return [token.idx for token in doc]

    def read(self, doc: Doc, offsets: list[int], number: Span, whole: Span, *, is_unit: bool) -> Measured:
        """`number` is the number with its bounds, `whole` takes in its unit; `is_unit` where it has one, so that
        the counted noun follows "of" or "in"."""
        first = doc[max(0, bisect_right(offsets, whole.start) - 1)]
        last = doc[max(0, bisect_right(offsets, whole.end - 1) - 1)]
        anchor = _top(doc, first.i, last.i)
        noun = _counted(doc, anchor, last, number, is_unit=is_unit)
        of = _phrase(doc, noun, whole.end)
        entry, governor = self._governed(noun if noun is not None else anchor, anchor)
        if entry is None and noun is not None:
            entry, governor = self._governed(anchor, anchor)
        party = self._party(entry, noun, governor, anchor)
        return Measured(entry.measure if entry else None, of, noun, party, governor)

    # -- what governs the number ------------------------------------------------------------------------

    def _governed(self, token: Any, anchor: Any) -> tuple[Measure | None, Any | None]:
        weak: tuple[Measure, Any] | None = None
        entry = self.by_noun.get(_lemma(token))
        if entry is not None and token.pos_ in ("NOUN", "PROPN", "ADJ", "VERB"):
            if entry.measure not in ("troops", "refugees", "detained"):
                return entry, token
            weak = (entry, token)
        for child in (*token.children, *(anchor.children if anchor.i != token.i else ())):
            if child.dep_ in ("acl", "amod", "relcl") and child.i > token.i or child.dep_ == "acl":
                passive = child.tag_ == "VBN" and not any(kid.dep_ in ("dobj", "obj") for kid in child.children)
                found = self.by_object.get(_lemma(child)) if passive else None
                found = (
                    found
                    or self.by_noun.get(child.lower_)
                    or (self.by_subject.get(_lemma(child)) if not passive else None)
                )
                if found is not None:
                    return found, child
        node = token
        for _ in range(_STEPS):
            head, dep = node.head, node.dep_
            if head.i == node.i:
                found = (
                    self.by_object.get(_lemma(node)) or self.by_noun.get(_lemma(node)) if node.tag_ == "VBN" else None
                )
                return (found, node) if found else (weak or (None, None))
            found = self._by_head(head, dep, node)
            if found is not None:
                return found, head
            if dep in ("nsubj", "dobj", "relcl", "advcl", "ccomp", "nsubjpass") and head.pos_ in ("VERB", "AUX"):
                linked = self._linked(head, node) if head.lemma_.lower() in self.links else None
                return linked or weak or (None, None)
            if head.pos_ in ("VERB", "AUX") and dep in (
                "attr",
                "prep",
                "acomp",
                "npadvmod",
                "oprd",
                "advmod",
                "pobj",
                "xcomp",
            ):
                linked = self._linked(head, node) if head.lemma_.lower() in self.links else None
                return linked or weak or (None, None)
            node = head
        return weak or (None, None)

    def _by_head(self, head: Any, dep: str, node: Any) -> Measure | None:
        lemma = _lemma(head)
        if head.pos_ in ("VERB", "AUX"):
            if dep in ("dobj", "obj", "nsubjpass"):
                return self.by_object.get(lemma)
            if dep == "nsubj":
                if head.tag_ == "VBN" and not any(child.dep_ in ("dobj", "aux") for child in head.children):
                    return self.by_object.get(lemma) or self.by_subject.get(lemma)
                return self.by_subject.get(lemma)
            if dep == "prep" and lemma in ("fine", "lose", "round", "gun"):
                return self.by_object.get(lemma)
            return None
        if head.pos_ in ("NOUN", "PROPN", "ADJ") and dep in (
            "prep", "compound", "nummod", "nmod", "amod", "quantmod", "poss", "appos", "conj", "npadvmod",
        ):  # fmt: skip
            if dep == "prep" and node.lower_ not in ("of", "to", "at", "in", "for", "worth", "by"):
                return None
            return self.by_noun.get(lemma)
        return None

    def _linked(self, verb: Any, node: Any) -> tuple[Measure, Any] | None:
        """ "exports amounted to 6 billion": the measure of the subject."""
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubjpass", "csubj") and child.i != node.i:
                for part in (child, *(kid for prep in child.children if prep.dep_ == "prep" for kid in prep.children)):
                    entry = self.by_noun.get(_lemma(part))
                    if entry is not None:
                        return entry, part
                for kid in child.children:
                    if kid.dep_ in ("compound", "amod") and (entry := self.by_noun.get(_lemma(kid))) is not None:
                        return entry, child
        return None

    # -- whose ------------------------------------------------------------------------------------------

    def _party(self, entry: Measure | None, noun: Any | None, governor: Any | None, anchor: Any) -> Party | None:
        for token in (noun, governor):
            if token is not None and (found := _owner(token)) is not None:
                return found
        if entry is None or entry.party != "subject" or governor is None:
            return None
        verb = governor if governor.pos_ in ("VERB", "AUX") else None
        if verb is None:
            node = governor
            for _ in range(4):
                if node.head.pos_ == "VERB" and node.dep_ in ("dobj", "obj"):
                    verb = node.head
                    break
                node = node.head
        return _subject(verb) if verb is not None else None


def _lemma(token: Any) -> str:
    return str(token.lemma_.lower())


def _top(doc: Doc, first: int, last: int) -> Any:
    """The token among these whose head stands outside them."""
    for token in doc[first : last + 1]:
        if not first <= token.head.i <= last or token.head.i == token.i:
            if token.is_punct or token.dep_ in ("prep", "punct", "advmod", "case", "quantmod"):
                continue
            return token
    return doc[last]


def _counted(doc: Doc, anchor: Any, last: Any, number: Span, *, is_unit: bool) -> Any | None:
    """The noun that is counted: the head to the right, or what follows "of" after a unit or "hundreds"."""
    if anchor.dep_ in _NUMERIC and anchor.head.i > last.i and anchor.head.i - last.i <= 8:
        head = anchor.head
        if head.pos_ in ("NOUN", "PROPN", "ADJ", "SYM") or head.tag_ in ("VBN", "NNS", "NN"):
            return head
    place = last.i + 1
    if place < len(doc) and doc[place].lower_ in ("of", "in", "worth") and (is_unit or doc[place].lower_ == "of"):
        follower = doc[place]
        if follower.lower_ == "worth" and place + 1 < len(doc) and doc[place + 1].lower_ == "of":
            follower = doc[place + 1]
        for child in follower.children:
            if child.dep_ == "pobj" and child.i > place and child.ent_type_ not in ("DATE", "GPE", "TIME"):
                return child
    if is_unit:
        return None
    if (described := _described(anchor)) is not None:
        return described
    for child in anchor.children:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i == last.i + 1:
            for kid in child.children:
                if kid.dep_ == "pobj":
                    return kid
    if anchor.pos_ in ("NOUN", "PROPN") and anchor.i > last.i:
        return anchor
    return None


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


def _phrase(doc: Doc, noun: Any | None, start: int) -> Span | None:
    """The counted noun with what stands before it, up to the number."""
    if noun is None:
        return None
    left = noun
    for token in reversed(list(doc[max(0, noun.i - 8) : noun.i])):
        if (
            token.idx < start
            or token.is_punct
            or token.pos_ in ("ADP", "DET", "VERB", "SCONJ", "CCONJ", "NUM", "SPACE")
        ):
            break
        if token.lower_ in ("other", "more", "additional", "such", "its", "their", "his", "her", "our", "further"):
            break
        left = token
    return Span(left.idx, noun.idx + len(noun.text))


def _owner(noun: Any) -> Party | None:
    """A name among the noun's modifiers or the noun itself: Karabakh Armenians, Russian troops, Japan's exports."""
    if noun.pos_ == "PROPN" and noun.ent_type_ in ("NORP", "GPE", "ORG", "PERSON"):
        return _party_of(noun)
    for child in noun.children:
        if child.dep_ == "poss" and (
            child.pos_ in ("PROPN", "PRON") or child.ent_type_ in ("GPE", "NORP", "ORG", "PERSON")
        ):
            return _party_of(child)
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "nmod") and child.ent_type_ in ("GPE", "NORP", "ORG", "LOC"):
            return _party_of(child)
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("from", "of", "by"):
            for kid in child.children:
                if kid.dep_ == "pobj" and kid.ent_type_ in ("GPE", "NORP", "ORG") and kid.pos_ == "PROPN":
                    return _party_of(kid)
    return None


def _subject(verb: Any) -> Party | None:
    node = verb
    for _ in range(4):
        for child in node.children:
            if (
                child.dep_ == "nsubj"
                and child.pos_ in ("PROPN", "NOUN", "PRON")
                and child.lower_ not in ("which", "that", "who")
            ):
                return _party_of(child)
            if child.dep_ == "agent":
                for kid in child.children:
                    if kid.dep_ == "pobj":
                        return _party_of(kid)
        if node.dep_ == "relcl":
            return _party_of(node.head)
        if node.dep_ not in ("conj", "xcomp", "advcl", "acl"):
            return None
        node = node.head
    return None


def _party_of(token: Any) -> Party:
    """The token with its compounds and modifiers to the left."""
    start = token.idx
    for child in token.children:
        if child.dep_ in ("compound", "amod", "poss", "nmod") and child.i < token.i and token.i - child.i <= 4:
            start = min(start, child.idx)
    return Party(Span(start, token.idx + len(token.text)), token.idx)
