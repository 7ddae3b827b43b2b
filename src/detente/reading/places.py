"""Places named as places: "in Ganja", "near the Strait of Hormuz", but not "Baku said" and not "the Baku-Ceyhan line".

A name is marked where actors were marked with the use place, where the parser sees a place that is no actor, or
where a locative preposition stands before a capitalised name that the gazetteer knows. Coordinates come later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from detente.knowledge import Knowledge
from detente.reading.marks import PlaceMark, Rejected, Span
from detente.reading.paper import Paper

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
LOCATIVES = frozenset(
    "in at near from of outside inside around across to into toward towards via through between beyond off".split()
)
LONGEST_NAME = 5  # words
_WITHIN = re.compile(r",\s+([A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){0,3})")


class PlaceStep:
    name: ClassVar[str] = "places"
    needs: ClassVar[frozenset[str]] = frozenset({"parse"})
    gives: ClassVar[frozenset[str]] = frozenset({"places"})

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def read(self, paper: Paper) -> Paper:
        assert paper.parse is not None
        found: dict[int, PlaceMark] = {}
        rejected = []
        taken = _not_places(paper)
        for mark in (*self._from_mentions(paper), *self._from_entities(paper), *self._from_prepositions(paper.parse)):
            if any(mark.span.meets(Span(other.span.start, other.span.end)) for other in found.values()):
                continue
            if any(mark.span.meets(span) for span in taken):
                rejected.append(Rejected(mark.span, self.name, mark.name, "stands for an actor or modifies a noun here"))
                continue
            found[mark.span.start] = with_container(mark, paper.text)
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
            if name[:1].isupper():
                yield PlaceMark(span, name, score=0.8, reason=f"the parser sees a place ({entity.label_})")

    def _from_prepositions(self, doc: Doc) -> Iterator[PlaceMark]:
        for token in doc:
            if token.lower_ in LOCATIVES and token.i + 1 < len(doc):
                yield from self._named_after(doc[token.i + 1])

    def _named_after(self, first: Token) -> Iterator[PlaceMark]:
        """The longest capitalised run from `first` on that is a known place."""
        doc = first.doc
        if first.lower_ == "the" and first.i + 1 < len(doc):
            first = doc[first.i + 1]
        end = first.i
        while end < len(doc) and end - first.i < LONGEST_NAME and (doc[end].text[:1].isupper() or doc[end].text == "-"):
            end += 1
        for stop in range(end, first.i, -1):
            span = Span(first.idx, doc[stop - 1].idx + len(doc[stop - 1]))
            name = doc.text[span.start : span.end]
            if len(name) > 2 and first.ent_type_ not in ("PERSON", "DATE", "ORG") and self.knowledge.gazetteer.named(name):
                yield PlaceMark(span, name, score=0.6, reason="a known place after a locative preposition")
                return


def _not_places(paper: Paper) -> list[Span]:
    """What is marked as an actor or a modifier, or as a time, cannot be a place too."""
    mentions = [mention.span for mention in paper.mentions or () if mention.use != "place"]
    return mentions + [time.span for time in paper.times or ()]


def with_container(mark: PlaceMark, text: str) -> PlaceMark:
    """The name after a comma, as in "Ganja, Azerbaijan", where one follows at once."""
    follows = _WITHIN.match(text, mark.span.end, mark.span.end + 80)
    if follows is None:
        return mark
    return PlaceMark(mark.span, mark.name, follows.group(1), mark.territory, mark.score, mark.reason)
