"""Organisations that no list names: capitalised phrases around a head word ("Center for South Caucasus Studies"),
what the parser calls an organisation, and the abbreviations that the text introduces in brackets."""

from __future__ import annotations

import re

from detente.reading.actors.lexicon import ActorLexicon, OrganisationWord
from detente.reading.actors.phrase import Page, Phrase
from detente.reading.actors.words import Words
from detente.reading.marks import Span

_ABBREVIATION = re.compile(r"\s?[(\[]\s?(?:the\s)?[“\"‘']?([A-Z][A-Za-z0-9&.\-]{1,11})[”\"’']?\s?[)\]]")
_INNER = frozenset(
    {"of", "for", "and", "the", "&", "on", "in", "de", "des", "du", "la", "against", "to", "with", "-", "’s", "'s"}
)
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)")
_ACTS = ("nsubj", "nsubjpass", "agent", "poss")
_LONGEST = 25
_OPENERS = frozenset({"of", "for", "on", "against"})


class Organisations:
    """Finds unlisted organisations on a page. Built once; holds only knowledge."""

    def __init__(self, lexicon: ActorLexicon) -> None:
        self.lexicon = lexicon

    def mark(self, page: Page) -> None:
        words = page.words
        for i in range(len(words)):
            meaning = self.lexicon.organisation.get(words.lower[i])
            if meaning is not None and words.is_capitalised(i) and words.tags[i].startswith("NN"):
                self._mark_head(page, i, meaning, words.labels[i] in ("ORG", "FAC", "PRODUCT"))
        for first, last, label in words.entities:
            if label == "ORG":
                self._mark_entity(page, first, last)
        self._mark_abbreviations(page)
        page.sweep()
        self._unify(page)

    # -- around a head word ------------------------------------------------------------------------------

    def _mark_head(self, page: Page, head: int, meaning: OrganisationWord, is_entity: bool) -> None:
        words = page.words
        over = page.covering[head]
        if over is not None and over.origin in ("role", "organisation", "person") and over.first < head:
            return
        if over is not None:
            return
        first = self._leftmost(page, head)
        last = self._rightmost(page, head, first)
        if first == head == last:
            return
        after = head + 1
        heads = [i for i in range(after, last + 1) if words.lower[i] in self.lexicon.organisation]
        if heads and all(words.is_capitalised(i) for i in range(after, heads[0] + 1)):
            return
        if after <= last and words.is_capitalised(after) and words.lower[after] not in self.lexicon.organisation:
            page.set_aside(words.span(first, last), "organisation", f"{words.raw[head]} is not the head of this name")
            return
        if meaning.strength == "weak" and not is_entity and not self._is_long(words, first, last):
            return
        if words.opens_sentence(first) and first == head - 1 and not is_entity and page.covering[first] is None:
            return
        self._add(page, first, last, head, meaning)

    def _leftmost(self, page: Page, head: int) -> int:
        words = page.words
        first, i = head, head - 1
        while i >= max(0, head - _LONGEST) and words.sentence[i] == words.sentence[head]:
            over = page.covering[i]
            if over is not None and not (over.is_territory or over.origin == "organisation" or over.origin == "person"):
                break
            if (
                words.is_capitalised(i)
                and words.tags[i][:2] in ("NN", "JJ", "VB", "CD", "RB")
                and words.lower[i] not in ("the",)
            ):
                first = i
            elif (
                words.lower[i] in ("and", "&", "-", "’s", "'s") and i and words.is_capitalised(i - 1) and first == i + 1
            ):
                if words.lower[i] == "and" and page.covering[i - 1] is not None:
                    break
            else:
                break
            i -= 1
        while first < head and words.lower[first] in _INNER:
            first += 1
        return first

    def _rightmost(self, page: Page, head: int, first: int) -> int:
        words = page.words
        last, i, opened = head, head + 1, False
        while i < min(len(words), head + _LONGEST) and words.sentence[i] == words.sentence[head]:
            low = words.lower[i]
            if words.is_capitalised(i) and words.tags[i][:2] in ("NN", "JJ", "CD", "VB"):
                over = page.covering[i]
                if over is not None and over.origin == "person":
                    break
                last = i
                if over is not None and over.origin == "name" and opened and words.lower[i - 1] in ("of", "the", "in"):
                    return max(last, over.last)
            elif low in _OPENERS and not (
                low == "on" and words.lower[i + 1 : i + 2] and _MONTH.match(words.raw[i + 1])
            ):
                opened = True
            elif low == "in" and (i + 1 >= len(words) or page.covering[i + 1] is None):
                break
            elif low in _INNER and opened:
                pass
            else:
                break
            i += 1
        return last

    def _is_long(self, words: Words, first: int, last: int) -> bool:
        return sum(1 for i in range(first, last + 1) if words.is_capitalised(i)) >= 3

    def _add(self, page: Page, first: int, last: int, head: int, meaning: OrganisationWord | None) -> Phrase:
        words = page.words
        inner = list(dict.fromkeys(p for p in page.covering[first : last + 1] if p is not None and p.is_territory))
        name = words.quote(first, last)
        phrase = Phrase(first, last, head, words.span(first, last), "organisation", "name", "other", name)
        if meaning is not None:
            phrase.kind, phrase.sector = meaning.kind, meaning.sector
        phrase.key = words.lower[head]
        owners = [p for p in page.covering[first : last + 1] if p is not None and p.origin == "person"]
        if owners and phrase.key in ("administration", "government", "cabinet"):
            phrase.owner, phrase.kind = owners[0], "government"
        phrase.score = 0.8 if meaning is not None else 0.5
        phrase.reason = f"organisation word {words.raw[head]}" if meaning else "the parser calls it an organisation"
        adjectives = [p for p in inner if p.origin == "adjective" or p.last < head]
        owned = [
            p for p in inner if p.origin == "name" and p.first > head and words.lower[p.first - 1] in ("of", "the")
        ]
        stated = adjectives or owned
        if len({p.territory for p in stated}) == 1 and phrase.kind != "igo":
            phrase.territory = stated[0].territory
        self._place(page, phrase)
        return page.add(phrase)

    def _place(self, page: Page, phrase: Phrase) -> None:
        """As in "Baku based Center", "the Tehran-based Institute", "the Center in Baku"."""
        words = page.words
        i = phrase.first - 1
        if i >= 1 and words.lower[i] in ("based", "headquartered"):
            k = i - 2 if words.lower[i - 1] == "-" else i - 1
            over = page.covering[k] if k >= 0 else None
            if over is not None and over.is_territory:
                phrase.location = over.territory
                phrase.first = over.first
                phrase.span = Span(over.span.start, phrase.span.end)
        after = phrase.last + 1
        if after + 1 < len(words) and words.lower[after] == "in":
            over = page.covering[after + 1]
            if over is not None and over.is_territory and over.origin != "adjective":
                phrase.location = phrase.location or over.territory

    # -- what the parser found ---------------------------------------------------------------------------

    def _mark_entity(self, page: Page, first: int, last: int) -> None:
        words = page.words
        while first <= last and (words.lower[first] in ("the", "a", "an") or page.covering[first] is not None):
            first += 1
        while last >= first and (words.lower[last] in ("’s", "'s", ".", ",") or page.covering[last] is not None):
            last -= 1
        inside = [over for over in page.covering[first : last + 1] if over is not None]
        if last < first or not all(over.is_territory for over in inside):
            return
        capitals = [i for i in range(first, last + 1) if words.is_capitalised(i)]
        name = words.quote(first, last)
        is_abbreviation = first == last and name.isupper() and 2 <= len(name) <= 8 and name.isalpha()
        if not is_abbreviation and (len(capitals) < 2 or (words.opens_sentence(first) and len(capitals) < 3)):
            page.set_aside(words.span(first, last), "organisation", "one common word is no organisation's name")
            return
        if not words.tags[last].startswith("NN"):
            return
        meaning = self.lexicon.organisation.get(words.lower[last])
        if meaning is None and words.deps[last] not in _ACTS and not _ABBREVIATION.match(words.text, words.ends[last]):
            page.set_aside(
                words.span(first, last), "organisation", "neither acts nor has a word for a body in its name"
            )
            return
        self._add(page, first, last, last, meaning)

    def _unify(self, page: Page) -> None:
        """As in "Azerbaijan Center for Peace" and "Center for Peace" of one territory in one document are one body."""
        named = [p for p in page.phrases if p.origin == "organisation" and p.known is None]
        names = {p.name for p in named if " " in p.name}
        for phrase in named:
            shorter = phrase.name.partition(" ")[2]
            if shorter in names and phrase.territory is not None:
                phrase.name = shorter

    # -- abbreviations -----------------------------------------------------------------------------------

    def _mark_abbreviations(self, page: Page) -> None:
        """As in "… Studies (CSSC)" widens the mention, and every later CSSC names the same actor."""
        words = page.words
        known: dict[str, Phrase] = {}
        for phrase in [p for p in page.phrases if p.origin in ("organisation", "role") and p.outer is None]:
            found = _ABBREVIATION.match(words.text, phrase.span.end)
            if found is None or not _stands_for(found.group(1), words.quote(phrase.first, phrase.last)):
                continue
            closing = words.at(found.end() - 1)
            phrase.last = closing
            phrase.span = Span(phrase.span.start, found.end())
            for i in range(words.at(found.start(1)), closing + 1):
                inside = page.covering[i]
                if inside is not None and inside is not phrase:
                    inside.outer = phrase
                    inside.is_dropped = inside.origin == "organisation" and inside.known is None
                page.covering[i] = phrase
            known.setdefault(found.group(1), phrase)
        if not known:
            return
        for i in range(len(words)):
            meant = known.get(words.raw[i])
            over = page.covering[i]
            if meant is None or over is meant or (over is not None and over.known is not None):
                continue
            if over is not None:
                if over.first != i or over.last != i:
                    continue
                over.is_dropped = True
            again = Phrase(i, i, i, words.span(i, i), "organisation", "name", meant.kind, meant.name, meant.territory, meant.sector)  # fmt: skip  # noqa: E501
            again.key, again.location, again.known, again.owner = meant.key, meant.location, meant.known, meant.owner
            again.reason = "an abbreviation that the text introduces"
            again.territories = meant.territories
            if meant.origin == "role":
                again.origin = "role"
            page.add(again)


def _stands_for(short: str, long: str) -> bool:
    """The abbreviation's capitals are initials of the name, in order, all but one."""
    letters = [char for char in short if char.isupper()]
    initials = [word[0].upper() for word in re.findall(r"[^\W\d_]+", long)]
    at = 0
    missed = 0
    for letter in letters:
        try:
            at = initials.index(letter, at) + 1
        except ValueError:
            missed += 1
    return len(letters) >= 2 and missed <= (1 if len(letters) > 3 else 0)
