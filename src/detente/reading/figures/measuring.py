"""What a figure measures and whose it is, read from the dependency parse. Where the parse fails, no measure."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from msgspec import Struct

from detente.knowledge.loading import read_yaml
from detente.knowledge.wordlist import WordList
from detente.reading.figures.counting import STATES, counted_noun, counted_phrase, state_after, top_of
from detente.reading.marks import Party, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_STEPS = 6
_WEAK = frozenset(("troops", "refugees", "detained"))
"""Measures that a counted noun names by itself, which a verb overrides: 90 prisoners released."""
_MEASURED_BY = frozenset(("of", "to", "at", "in", "for", "worth", "by", "on", "against"))
_PEOPLED = frozenset(("country", "nation", "city", "town", "village", "region", "island"))
_STATIVE = frozenset(("be", "become", "remain", "take", "leave", "hold", "report", "go", "lie", "declare", "presume"))
_TRADED = frozenset(("buy", "purchase", "sell", "order", "acquire"))


class Measure(Struct, frozen=True, forbid_unknown_fields=True):
    """One measure and the lemmas that lead to it."""

    measure: str
    object: tuple[str, ...]
    subject: tuple[str, ...]
    nouns: tuple[str, ...]
    party: Literal["subject", "none"]
    counts: Literal["people", "things"]
    otherwise: str | None = None
    needs: tuple[str, ...] = ()

    def name_for(self, noun: Any | None, *, counts_people: bool) -> str | None:
        """What this measure is called where such a noun is counted."""
        if self.counts == "people" and not counts_people:
            return self.otherwise
        if self.needs and noun is not None and _lemma(noun) not in self.needs:
            return self.otherwise
        return self.measure


class _MeasureFile(Struct, frozen=True, forbid_unknown_fields=True):
    language: str
    source: str
    licence: str
    measures: tuple[Measure, ...]


class Measured(NamedTuple):
    """`noun` is the counted noun's token, `of` the counted phrase without the number, `governor` the token that
    gives the measure."""

    entry: Measure | None
    of: Span | None
    noun: Any | None
    party: Party | None
    governor: Any | None


class Measures:
    """Reads measure, counted phrase and party of a number from the parse."""

    def __init__(self, words: WordList, names: frozenset[str]) -> None:
        """`names` are names, adjectives and demonyms of territories, to know whose a figure is."""
        self.names = names
        file = read_yaml(f"lexicons/{words.language}/figure_measures.yaml", _MeasureFile)
        self.by_object = {lemma: entry for entry in file.measures for lemma in entry.object}
        self.by_subject = {lemma: entry for entry in file.measures for lemma in entry.subject}
        self.by_noun = {lemma: entry for entry in file.measures for lemma in entry.nouns}
        self.links = words.forms("link_verb")

    def tokens(self, doc: Doc) -> list[int]:
        """Offsets of the tokens, for `at`."""
        return [token.idx for token in doc]

    def read(self, doc: Doc, offsets: list[int], number: Span, whole: Span, unit: str | None) -> Measured:
        """`number` is the number with its bounds, `whole` takes in its unit; `unit` is the kind of its unit, with
        which the counted noun follows "of" or "in"."""
        first = doc[max(0, bisect_right(offsets, whole.start) - 1)]
        last = doc[max(0, bisect_right(offsets, whole.end - 1) - 1)]
        anchor = top_of(doc, first.i, last.i)
        noun = state_after(doc, last) if unit is None else None
        if noun is None:
            noun = counted_noun(doc, anchor, last, unit)
        if noun is not None and noun.pos_ == "PRON":
            noun = None
        of = None if noun is not None and noun.lower_ in STATES else counted_phrase(doc, noun, whole.end)
        nodes = [anchor] if noun is None else [anchor, noun] if unit in ("percent", "money") else [noun, anchor]
        found: tuple[Measure, Any] | None = None
        for node in nodes:
            found = found or self._governed(node, anchor, first.i, may_link=noun is None or unit is not None)
        if found is None and unit is not None:
            found = self._priced(anchor, first.i)
        entry, governor = found or (None, None)
        return Measured(entry, of, noun, self._party(entry, noun, governor), governor)

    # -- what governs the number ------------------------------------------------------------------------

    def _governed(self, token: Any, anchor: Any, first: int, *, may_link: bool) -> tuple[Measure, Any] | None:
        """The measure of a token by its own lemma, its participles, and the words above it."""
        weak: tuple[Measure, Any] | None = None
        entry = self.by_noun.get(_lemma(token)) or self.by_noun.get(token.lower_)
        if entry is not None and token.pos_ in ("NOUN", "PROPN", "ADJ", "VERB"):
            if entry.measure not in _WEAK:
                return entry, token
            weak = (entry, token)
        if (participle := self._participle(token, anchor)) is not None:
            return participle
        node = token
        for _ in range(_STEPS):
            head, dep = node.head, node.dep_
            if head.i == node.i:
                root = _entry(self.by_object, node) or self.by_noun.get(_lemma(node)) if node.tag_ == "VBN" else None
                return (root, node) if root else weak
            if head.pos_ == "ADP" and head.i >= first:
                # "from 3 to 5 million": the preposition belongs to the number
                head, dep = head.head, "dobj" if head.dep_ == "prep" else head.dep_
            found = self._by_head(head, dep, node)
            if found is not None:
                return found, head
            if head.pos_ in ("VERB", "AUX") and dep not in ("conj", "appos"):
                linked = self._linked(head, node) if may_link and _lemma(head) in self.links else None
                return linked or weak
            node = head
        return weak

    def _participle(self, token: Any, anchor: Any) -> tuple[Measure, Any] | None:
        """ "12 people killed in the raid", "34 identified", "those missing"."""
        own = () if anchor.i == token.i else tuple(anchor.children)
        for child in (*token.children, *own):
            if child.dep_ == "acl" or (child.dep_ in ("amod", "relcl") and child.i > token.i):
                passive = child.tag_ == "VBN" and not any(kid.dep_ in ("dobj", "obj") for kid in child.children)
                found = _entry(self.by_object, child) if passive else _entry(self.by_subject, child)
                found = found or (self.by_noun.get(child.lower_) if child.lower_ in STATES else None)
                if found is not None:
                    return found, child
        return None

    def _priced(self, anchor: Any, first: int) -> tuple[Measure, Any] | None:
        """ "was fined 3 million", "cost 20 million", "bought the jets for 4 billion"."""
        node = anchor
        for _ in range(3):
            head = node.head
            if head.i == node.i:
                return None
            if head.pos_ in ("VERB", "AUX"):
                lemma = _lemma(head)
                if node.dep_ == "prep":
                    entry = self.by_noun.get("price") if lemma in _TRADED and node.lower_ in ("for", "at") else None
                else:
                    entry = _entry(self.by_object, head) if node.dep_ not in ("nsubj", "advcl", "nsubjpass") else None
                return (entry, head) if entry is not None else None
            node = head
        return None

    def _by_head(self, head: Any, dep: str, node: Any) -> Measure | None:
        lemma = _lemma(head)
        if head.lower_ in STATES and dep in ("nsubj", "nsubjpass"):
            return self.by_noun.get(head.lower_) or _entry(self.by_object, head)
        if head.pos_ in ("VERB", "AUX"):
            for child in head.children if lemma in _STATIVE else ():
                if child.lower_ in STATES or child.lower_ in ("hostage", "prisoner", "captive"):
                    return self.by_noun.get(child.lower_)
            if dep in ("dobj", "obj", "nsubjpass"):
                return _entry(self.by_object, head)
            if dep == "nsubj":
                if head.tag_ == "VBN" and not any(child.dep_ in ("dobj", "aux") for child in head.children):
                    return _entry(self.by_object, head) or _entry(self.by_subject, head)
                return _entry(self.by_subject, head)
            if dep == "prep" and lemma in ("fine", "lose", "round", "gun"):
                return _entry(self.by_object, head)
            return None
        if head.pos_ in ("NOUN", "PROPN", "ADJ") and dep in (
            "prep", "compound", "nummod", "nmod", "amod", "quantmod", "poss", "appos", "conj", "npadvmod",
        ):  # fmt: skip
            if lemma in _PEOPLED:
                return self.by_noun.get("population") if dep == "prep" and node.lower_ == "of" else None
            if dep == "prep" and node.lower_ not in _MEASURED_BY:
                return None
            return self.by_noun.get(lemma)
        return None

    def _linked(self, verb: Any, node: Any) -> tuple[Measure, Any] | None:
        """ "exports amounted to 6 billion": the measure of the subject."""
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubjpass", "csubj", "dobj") and child.i < node.i:
                for part in (child, *(kid for prep in child.children if prep.dep_ == "prep" for kid in prep.children)):
                    entry = self.by_noun.get(_lemma(part))
                    if entry is not None:
                        return entry, part
                for kid in child.children:
                    if kid.dep_ in ("compound", "amod") and (entry := self.by_noun.get(_lemma(kid))) is not None:
                        return entry, child
        return None

    # -- whose ------------------------------------------------------------------------------------------

    def _party(self, entry: Measure | None, noun: Any | None, governor: Any | None) -> Party | None:
        for token in (noun, governor):
            if token is not None and (found := self._owner(token)) is not None:
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

    def _owner(self, noun: Any) -> Party | None:
        """A name among the noun's modifiers or the noun itself: Karabakh Armenians, Russian troops, Japan's exports."""
        if self._is_name(noun, "PERSON"):
            return _party_of(noun)
        for child in noun.children:
            if child.dep_ == "poss" and (child.pos_ == "PRON" or self._is_name(child, "PERSON")):
                return _party_of(child)
        for child in noun.children:
            if child.dep_ in ("amod", "compound", "nmod") and self._is_name(child, "LOC"):
                return _party_of(child)
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in ("from", "of", "by"):
                for kid in child.children:
                    if kid.dep_ == "pobj" and self._is_name(kid):
                        return _party_of(kid)
        return None

    def _is_name(self, token: Any, *more: str) -> bool:
        return token.text in self.names or (
            token.text[:1].isupper()
            and token.pos_ != "NUM"
            and token.text not in ("GDP", "GNP")
            and token.ent_type_ in ("NORP", "GPE", "ORG", *more)
        )


def _lemma(token: Any) -> str:
    return str(token.lemma_.lower())


def _entry(table: dict[str, Measure], token: Any) -> Measure | None:
    return table.get(_lemma(token)) or table.get(token.lower_)


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
        if (
            child.dep_ in ("compound", "amod", "poss", "nmod")
            and child.lower_ != "strong"
            and child.i < token.i
            and token.i - child.i <= 4
        ):
            start = min(start, child.idx)
    return Party(Span(start, token.idx + len(token.text)), token.idx)
