"""Places named as places: "in Ganja", "near the Strait of Hormuz", but not "Baku said" and not "the Baku-Ceyhan line".

A name is marked where actors were marked with the use place, where the parser sees a place that is no actor, or
where a locative preposition stands before a capitalised name that the gazetteer knows. Coordinates come later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

from detente.knowledge import Knowledge
from detente.knowledge.loading import read_yaml
from detente.reading.marks import PlaceMark, Rejected, Span
from detente.reading.paper import Paper

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
MODIFIERS = frozenset({"compound", "amod", "nmod", "poss"})
LONGEST_NAME = 5  # words
_DATELINE = re.compile(r"([A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3})(?=,? [^\n—–]{0,40}[—–])")
_WITHIN = re.compile(r",\s+([A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){0,3})")


class PlaceWords(Struct, frozen=True):
    """`lexicons/<language>/places.yaml`."""

    language: str
    source: str
    licence: str
    locatives: frozenset[str]
    directions: frozenset[str]


class PlaceStep:
    name: ClassVar[str] = "places"
    needs: ClassVar[frozenset[str]] = frozenset({"parse"})
    gives: ClassVar[frozenset[str]] = frozenset({"places"})

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    @cached_property
    def words(self) -> PlaceWords:
        return read_yaml(f"lexicons/{self.knowledge.language}/places.yaml", PlaceWords)

    def read(self, paper: Paper) -> Paper:
        assert paper.parse is not None
        found: dict[int, PlaceMark] = {}
        rejected = []
        taken = _covered(len(paper.text), _not_places(paper))
        placed = bytearray(len(paper.text))
        sources = (self._from_datelines, self._from_mentions, self._from_entities, self._from_names)
        for mark in (mark for source in sources for mark in source(paper)):
            start, end = mark.span
            if any(placed[start:end]):
                continue
            if any(taken[start:end]):
                rejected.append(
                    Rejected(mark.span, self.name, mark.name, "stands for an actor or modifies a noun here")
                )
                continue
            placed[start:end] = b"\1" * (end - start)
            found[start] = with_container(mark, paper.text)
        marks = tuple(found[start] for start in sorted(found))
        return paper.adding(places=marks, rejected=tuple(rejected))

    def _from_mentions(self, paper: Paper) -> Iterator[PlaceMark]:
        for mention in paper.mentions or ():
            if mention.use == "place" and mention.form == "name":
                territory = mention.candidates[0].territory if mention.candidates else None
                words = paper.words(mention.span)
                by_name = self.knowledge.territories.by_name(words)
                own_name = by_name is not None and by_name.code == territory
                reason = "an actor's name used as a place"
                yield PlaceMark(mention.span, words, territory=territory if own_name else None, reason=reason)

    def _from_entities(self, paper: Paper) -> Iterator[PlaceMark]:
        assert paper.parse is not None
        for entity in paper.parse.ents:
            if entity.label_ not in PLACE_LABELS or not entity.text[:1].isalpha():
                continue
            start = entity.start_char + (4 if entity.text.lower().startswith("the ") else 0)
            span = Span(start, entity.end_char)
            name = paper.words(span)
            if name[:1].isupper() and name not in self.words.directions and self._stands_alone(entity):
                yield PlaceMark(span, name, score=0.8, reason=f"the parser sees a place ({entity.label_})")

    def _stands_alone(self, entity: TokenSpan) -> bool:
        """False for a part of a longer name or a modifier ("the Freedom Support Act", "Karabakh war"), and for a
        name that no gazetteer knows and no preposition makes a place."""
        root = entity.root
        if root.dep_ in MODIFIERS and root.head.pos_ in ("NOUN", "PROPN") and root.head.i >= entity.end:
            return False
        before = entity.doc[entity.start - 1].lower_ if entity.start else ""
        return before in self.words.locatives or self._is_known(entity.text)

    def _is_known(self, name: str) -> bool:
        known = self.knowledge.territories.by_name(name) is not None or self.knowledge.gazetteer.named(name)
        return bool(known)

    def _from_datelines(self, paper: Paper) -> Iterator[PlaceMark]:
        """ "KISUMU, March 12 —" at the head of a paragraph."""
        assert paper.layout is not None
        for paragraph in paper.layout.paragraphs:
            if found := _DATELINE.match(paper.text, paragraph.span.start, paragraph.span.end):
                yield PlaceMark(Span(*found.span(1)), found.group(1), score=0.9, reason="the place of a dateline")

    def _from_names(self, paper: Paper) -> Iterator[PlaceMark]:
        """Capitalised names that the gazetteer knows: any after a locative preposition, seas and the like anywhere."""
        assert paper.parse is not None
        doc = paper.parse
        for token in doc:
            if not token.text[:1].isupper() or (token.i and doc[token.i - 1].text[:1].isupper()):
                continue
            before = doc[token.i - 1] if token.i else None
            if before is not None and before.lower_ == "the" and before.i:
                before = doc[before.i - 1]
            located = before is not None and before.lower_ in self.words.locatives
            yield from self._longest_known(token, paper.text, located=located)

    def _longest_known(self, first: Token, text: str, *, located: bool) -> Iterator[PlaceMark]:
        doc, end = first.doc, first.i
        while end < len(doc) and end - first.i < LONGEST_NAME and (doc[end].text[:1].isupper() or doc[end].text == "-"):
            end += 1
        for stop in range(end, first.i, -1):
            span = Span(first.idx, doc[stop - 1].idx + len(doc[stop - 1]))
            name = text[span.start : span.end]
            if len(name) < 3 or name in self.words.directions or first.ent_type_ == "DATE":
                return
            if _is_modifier(doc[stop - 1]) or not (located or stop - first.i > 1):
                continue
            known = self.knowledge.gazetteer.named(name)
            is_area = stop - first.i > 1 and any(entry.kind == "area" for entry in known)
            if is_area or (known and located and first.ent_type_ not in ("PERSON", "ORG")):
                yield PlaceMark(span, name, score=0.6, reason="a known place by its name")
                return


def _is_modifier(token: Token) -> bool:
    return token.dep_ in MODIFIERS and token.head.i > token.i


def _not_places(paper: Paper) -> list[Span]:
    """What is marked as an actor or a modifier, or as a time, cannot be a place too."""
    mentions = [mention.span for mention in paper.mentions or () if mention.use != "place"]
    return mentions + [time.span for time in paper.times or ()]


def _covered(length: int, spans: Iterable[Span]) -> bytearray:
    """1 for every character of a text of `length` that one of the spans holds."""
    covered = bytearray(length)
    for start, end in spans:
        covered[start:end] = b"\1" * (end - start)
    return covered


def with_container(mark: PlaceMark, text: str) -> PlaceMark:
    """The name after a comma, as in "Ganja, Azerbaijan", where one follows at once."""
    follows = _WITHIN.match(text, mark.span.end, mark.span.end + 80)
    if follows is None:
        return mark
    return PlaceMark(mark.span, mark.name, follows.group(1), mark.territory, mark.score, mark.reason)
