"""Names found in the text become phrases: territories, listed organisations, officials by full name, persons.

Homographs (Georgia, Jordan, Turkey) are settled here; use is settled later.
"""

from __future__ import annotations

from detente.knowledge.roster import KnownActor, Official
from detente.knowledge.territory import SurfaceForm, Territories, Territory
from detente.model.vocabulary import ActorKind
from detente.reading.actors.lexicon import ActorLexicon
from detente.reading.actors.names import Hit, NameTables, NameValue
from detente.reading.actors.phrase import Origin, Page, Phrase
from detente.reading.actors.words import Pieces, Words, fold
from detente.reading.marks import Span

_ORIGIN: dict[str, Origin] = {
    "name": "name", "adjective": "adjective", "demonym": "adjective", "capital": "capital", "seat": "seat",
}  # fmt: skip
_PERSON_LINK = frozenset(
    {"de", "van", "von", "der", "al", "bin", "ibn", "el", "da", "di", "-", "’", "'", "du", "la", "le"}
)


class Naming:
    """Finds names on a page. Built once; holds only knowledge."""

    def __init__(self, tables: NameTables, territories: Territories, lexicon: ActorLexicon) -> None:
        self.tables = tables
        self.territories = territories
        self.lexicon = lexicon

    def mark(self, page: Page, parts: Pieces) -> None:
        hits = self.tables.names.find(page.words.text, parts)
        people = _person_stretches(page)
        named = _counts([code for hit in hits for code in _sure_codes(hit)])
        page.named = frozenset(named)
        page.common = frozenset(code for code, times in named.items() if times == max(named.values()))
        folded = set(parts.folded)
        for hit in hits:
            first, last = page.words.at(hit.start), page.words.at(hit.end - 1)
            if page.covering[first] is None:
                self._mark_hit(page, hit, first, last, people.get(first), folded)
        self._mark_persons(page, people)

    def _mark_hit(
        self, page: Page, hit: Hit[NameValue], first: int, last: int, person: tuple[int, int] | None, folded: set[str]
    ) -> None:
        span = Span(hit.start, hit.end)
        officials = tuple(value for value in hit.values if isinstance(value, Official))
        if officials:
            phrase = page.add(_official(page, officials, first, last, span))
            self._widen_honorific(page, phrase)
            return
        if person is not None and self._is_part_of_person(page, first, last, person):
            page.set_aside(span, page.words.text[hit.start : hit.end], "part of a person's name")
            return
        known = self._known(page, hit, first, last)
        forms = [value for value in hit.values if isinstance(value, SurfaceForm)]
        if known is not None:
            self._add_organisation(page, known, first, last, span)
            return
        if not forms:
            page.set_aside(span, page.words.text[hit.start : hit.end], "weak name without support")
            return
        before = page.words.raw[first - 1] if first else ""
        said = page.words.text[hit.start : hit.end]
        if said.lower() in self.lexicon.unused_form or before in self.lexicon.not_after.get(said, frozenset()):
            page.set_aside(span, said, "the word means something else here")
            return
        if self._is_in_longer_name(page.words, first, last, forms):
            page.set_aside(span, said, "part of a longer name of something else")
            return
        form, rivals = self._surface(forms, folded)
        if reason := self._other_meaning(page, form, hit, first, last, folded):
            page.set_aside(span, page.words.text[hit.start : hit.end], reason)
            return
        phrase = page.add(self._territory(page, form, first, last, span))
        self._widen_official(page, phrase)
        if rivals:
            phrase.rivals = tuple(self._territory(page, rival, first, last, span) for rival in (form, *rivals))
            phrase.territory = None
            phrase.reason = "may be " + " or ".join(rival.name for rival in phrase.rivals)

    def _is_in_longer_name(self, words: Words, first: int, last: int, forms: list[SurfaceForm]) -> bool:
        """As in "Lake Victoria", "Gulf of Guinea", "Port Sudan", "Niger River": the whole is another thing's name."""
        if not words.is_capitalised(first):
            return False
        after = last + 1
        if (
            after < len(words)
            and words.lower[after] in self.lexicon.name_after
            and words.is_capitalised(after)
            and all(form.kind != "adjective" for form in forms)
        ):
            return True
        at = first - 1
        while at > 0 and words.lower[at] == "the":
            at -= 1
        if at > 0 and words.lower[at] == "of":
            return words.lower[at - 1] in self.lexicon.name_before and words.is_capitalised(at - 1)
        if at > 0 and words.raw[at] == ".":
            at -= 1
        if at < max(0, first - 2) or words.sentence[at] != words.sentence[first]:
            return False
        return words.lower[at] in self.lexicon.name_before and words.is_capitalised(at)

    def _add_organisation(self, page: Page, known: KnownActor, first: int, last: int, span: Span) -> None:
        """A listed organisation, with the name of its own territory before it: "the US State Department"."""
        before = page.covering[first - 1] if first else None
        start = first
        if (
            before is not None
            and before.last == first - 1
            and before.is_territory
            and before.territory == known.territory
        ):
            start = before.first
        phrase = page.add(_organisation(page, known, first, last, span))
        if start != first:
            assert before is not None
            phrase.first, phrase.span = start, Span(before.span.start, span.end)
            before.outer = phrase
            for i in range(start, first):
                page.covering[i] = phrase

    def _known(self, page: Page, hit: Hit[NameValue], first: int, last: int) -> KnownActor | None:
        """The listed organisation meant; a weak alias needs capitals throughout or the parser's support."""
        words = page.words
        alias = words.text[hit.start : hit.end]
        actors = [value for value in hit.values if isinstance(value, KnownActor)]
        has_forms = len(actors) < len(hit.values)
        for actor in actors:
            if alias not in actor.weak and not has_forms:
                return actor
        label = words.labels[first] if words.labels[first] == words.labels[last] else ""
        if label not in ("ORG", "NORP") and not (alias.isupper() and len(alias) > 1 and not has_forms):
            return None
        near = page.named if label == "NORP" else page.common
        return next((actor for actor in actors if not near or actor.territory is None or actor.territory in near), None)

    def _surface(self, forms: list[SurfaceForm], folded: set[str]) -> tuple[SurfaceForm, tuple[SurfaceForm, ...]]:
        """The form meant, and its rivals where nothing decides between territories that share it."""
        ranked = sorted(forms, key=lambda form: (_RANK[form.kind], form.territory))
        codes = list(dict.fromkeys(form.territory for form in ranked))
        firsts = [next(form for form in ranked if form.territory == code) for code in codes]
        if len(codes) == 1:
            return firsts[0], ()
        support = [self._support(form, folded) for form in firsts]
        best = max(support)
        if best and support.count(best) == 1:
            return firsts[support.index(best)], ()
        alone = self.territories.by_name(forms[0].form)
        if alone is not None and alone.code in codes:
            return firsts[codes.index(alone.code)], ()
        strong = [form for form in firsts if self.territories.get(form.territory).kind != "former"]
        if len(strong) == 1:
            return strong[0], ()
        return firsts[0], tuple(firsts[1:])

    def _support(self, form: SurfaceForm, folded: set[str]) -> int:
        """How many other words for the territory the document has."""
        territory = self.territories.get(form.territory)
        words = {
            fold(word)
            for word in (*territory.names, *territory.adjectives, territory.capital or "", *territory.capital_forms)
        } - {fold(form.form), ""}  # fmt: skip
        return sum(1 for word in words if (word in folded if " " not in word else set(word.split()) <= folded))

    def _widen_official(self, page: Page, phrase: Phrase) -> None:
        """As in "official Baku": the government, not the city."""
        words, i = page.words, phrase.first - 1
        if phrase.origin != "capital" or i < 0 or words.lower[i] != "official" or page.covering[i] is not None:
            return
        phrase.first, phrase.span = i, Span(words.starts[i], phrase.span.end)
        phrase.origin, phrase.key, phrase.is_capital = "role", "government", True
        assert phrase.territory is not None
        phrase.territories = (phrase.territory,)
        phrase.name = "Government"
        phrase.reason = "official and a capital: the government"
        page.covering[i] = phrase

    def _territory(self, page: Page, form: SurfaceForm, first: int, last: int, span: Span) -> Phrase:
        words = page.words
        origin = _ORIGIN[form.kind]
        territory = self.territories.get(form.territory)
        kind: ActorKind = "state" if territory.kind in ("state", "former") else "other"
        phrase = Phrase(
            first, last, head_of(page, first, last), span, origin, "name",
            kind if origin in ("name", "adjective") else "government", territory.name, territory.code,
            plural=form.kind == "demonym" and words.tags[last] in ("NNS", "NNPS"),
        )  # fmt: skip
        if origin == "capital":
            phrase.name, phrase.sector = _capital_name(territory, form.form), "GOV"
        elif origin == "seat":
            phrase.name, phrase.sector = form.form, "GOV"
        elif origin == "adjective":
            phrase.people = people_name(territory, form.form)
        phrase.key = form.form.lower()
        phrase.reason = f"{form.kind} of {territory.code}"
        return phrase

    def _is_part_of_person(self, page: Page, first: int, last: int, person: tuple[int, int]) -> bool:
        """As in "Michael Jordan" and "Chad Smith", but not "Armenia Pashinyan" after a lost comma."""
        words = page.words
        begin, end = person
        if begin == first and end == last:
            return first > 0 and words.lower[first - 1].rstrip(".") in self.lexicon.honorific
        if first == begin and first and words.tags[first - 1] in ("IN", "TO") and end - last >= 2:
            return False
        if any(words.lower[i] in self.lexicon.not_a_name for i in range(begin, end + 1)):
            return False
        others = [i for i in range(begin, end + 1) if not first <= i <= last]
        return all(
            words.is_capitalised(i) or words.lower[i] in _PERSON_LINK or words.raw[i] == "." for i in others
        ) and not any(words.lower[i] in ("’s", "'s") for i in others)

    def _other_meaning(
        self, page: Page, form: SurfaceForm, hit: Hit[NameValue], first: int, last: int, folded: set[str]
    ) -> str | None:
        """Why the hit does not name the territory here, or None."""
        words = page.words
        if form.strength == "weak" and not self._is_supported(page, form, first, last):
            return "weak form without support"
        group = self.lexicon.homographs.get(page.words.text[hit.start : hit.end])
        if group is None:
            return None
        strong = sum(1 for cue in group.strong if _is_near(words.text, cue, hit.start, 400))
        weak = sum(1 for cue in group.weak if _is_near(words.text, cue, hit.start, 400))
        if (strong >= 1 or weak >= 2) and not self._support(form, folded):
            return "another place or person of that name, by the words around"
        return None

    def _is_supported(self, page: Page, form: SurfaceForm, first: int, last: int) -> bool:
        """A weak form stands where the parser sees a name that does not open the sentence, or an entity of places."""
        words = page.words
        label = words.labels[first]
        if label in ("GPE", "NORP", "LOC"):
            return True
        if label == "PERSON":
            return words.raw[last] not in words.surnames
        return words.tags[last].startswith(("NNP", "JJ")) and (
            not words.opens_sentence(first) or label != "" or form.kind == "name"
        )

    def _mark_persons(self, page: Page, people: dict[int, tuple[int, int]]) -> None:
        words = page.words
        often = _counts(words.raw)
        for first, last in sorted({*people.values(), *self._addressed(page, people)}):
            while first <= last and (page.covering[first] is not None or self.is_title_word(words.lower[first])):
                first += 1
            free = first
            while free <= last and page.covering[free] is None:
                free += 1
            last = free - 1
            while last >= first and not words.raw[last][-1:].isalpha():
                last -= 1
            while last >= first and words.lower[last] in ("’s", "'s"):
                last -= 1
            if last < first or not words.is_capitalised(first) or words.tags[last] in ("CD", "VBD"):
                continue
            if self._is_headline_chance(page, first, last, often):
                page.set_aside(words.span(first, last), "person", "capitals by the style of the headline")
                continue
            if first == last and words.lower[first] in self.lexicon.joint_anaphor | self.lexicon.territory_anaphor:
                continue
            is_thing = any(words.lower[i] in self.lexicon.not_a_name for i in range(first, last + 1))
            if is_thing or self._is_no_person(page, first, last, often):
                page.set_aside(words.span(first, last), "person", "a place or a thing, by the words around")
                continue
            if first == last and self._is_chance(words, first, often):
                page.set_aside(words.span(first, last), "person", "one capitalised word that opens a sentence")
                continue
            page.add(self.person(page, first, last))

    def _addressed(self, page: Page, people: dict[int, tuple[int, int]]) -> list[tuple[int, int]]:
        """Names that the parser missed after "Mr", "Ms" and the like."""
        words, found = page.words, []
        for i in range(len(words) - 1):
            if words.lower[i].rstrip(".") not in _COURTESIES or not words.is_capitalised(i):
                continue
            first = i + 2 if words.raw[i + 1] == "." else i + 1
            last = first - 1
            while (
                last + 1 < min(len(words), first + 4)
                and words.is_capitalised(last + 1)
                and words.raw[last + 1][-1].isalpha()
            ):
                last += 1
            if (
                last >= first
                and words.sentence[last] == words.sentence[i]
                and not any(k in people for k in range(first, last + 1))
                and words.lower[first] not in ("speaker", "president", "chairman", "minister")
            ):
                found.append((first, last))
        return found

    def _is_headline_chance(self, page: Page, first: int, last: int, often: dict[str, int]) -> bool:
        """A name in a headline with a capital on every word, that no given name opens and no other words repeat."""
        words = page.words
        if not any(span.holds(words.span(first, last)) for span in page.headlines):
            return False
        before = words.lower[first - 1].rstrip(".") if first else ""
        is_named = words.lower[first] in self.lexicon.given_name or before in self.lexicon.honorific
        known = self.tables.knowledge.roster.officials_named(words.quote(first, last))
        return not is_named and not known and often[words.raw[last]] == 1

    def _is_no_person(self, page: Page, first: int, last: int, often: dict[str, int]) -> bool:
        """A name met once that no given name or title opens, after a preposition of place or before a common noun."""
        words, after = page.words, last + 1
        before = words.lower[first - 1] if first else ""
        if words.lower[first] in self.lexicon.given_name or before.rstrip(".") in self.lexicon.honorific:
            return False
        if self._is_town_here(page, first, last, before):
            return True
        if often[words.raw[last]] > 1 or self.tables.knowledge.roster.officials_named(words.raw[last]):
            return False
        is_placed = before in self.lexicon.place_preposition and words.deps[last] == "pobj"
        is_before_noun = after < len(words) and words.tags[after] in ("NN", "NNS") and words.deps[last] == "compound"
        return is_placed or (is_before_noun and words.heads[last] > last)

    def _is_town_here(self, page: Page, first: int, last: int, before: str) -> bool:
        """A known town's name after a preposition of place or as the goal of a verb of motion, whose last word no
        person's full name on the page ends with."""
        words = page.words
        if page.towns is None or words.raw[last] in words.surnames or not page.towns.is_town(words.quote(first, last)):
            return False
        dep, above = words.deps[last], words.heads[last]
        if dep == "pobj" and before in self.lexicon.place_preposition | {"from", "to", "of", "towards", "toward"}:
            over = words.lemmas[words.heads[above]]
            if before == "of":
                return over in self.lexicon.place_noun
            if before in ("to", "from"):
                return over in self.lexicon.motion | self.lexicon.departing
            return over not in self.lexicon.trust
        return dep == "dobj" and words.lemmas[above] in self.lexicon.locating

    def _is_chance(self, words: Words, i: int, often: dict[str, int]) -> bool:
        """One word that opens a sentence, met nowhere else and no listed surname: capital letter by position."""
        if words.lower[i] in self.lexicon.not_a_name:
            return True
        known = self.tables.knowledge.roster.officials_named(words.raw[i])
        before = words.lower[i - 1].rstrip(".") if i else ""
        return (
            words.opens_sentence(i) and often[words.raw[i]] == 1 and not known and before not in self.lexicon.honorific
        )

    def is_title_word(self, lower: str) -> bool:
        return lower in self.lexicon.honorific or lower in _NEVER_FIRST_NAME

    def _widen_honorific(self, page: Page, phrase: Phrase) -> None:
        """Take in "Mr" or "Gen." before the name; the title, else the given name, tells he from she."""
        words, first = page.words, phrase.first
        phrase.gender = self.lexicon.given_name.get(words.lower[first])
        start = first - 2 if first > 1 and words.raw[first - 1] == "." else first - 1
        if start < 0 or words.sentence[start] != words.sentence[first]:
            return
        title = words.lower[start] + ("." if start == first - 2 else "")
        follows_name = start > 0 and (words.raw[start - 1] == "-" or words.tags[start - 1].startswith("NNP"))
        if title not in self.lexicon.honorific or follows_name:
            return
        phrase.first = start
        phrase.span = words.span(start, phrase.last)
        phrase.gender = self.lexicon.honorific[title] or phrase.gender
        for i in range(start, first):
            page.covering[i] = phrase

    def person(self, page: Page, first: int, last: int) -> Phrase:
        words = page.words
        name = _clean(words.quote(first, last))
        if name.isupper() and len(name) > 3:
            name = name.title()
        initial, _, surname = name.partition(" ")
        if len(initial.rstrip(".")) == 1 and surname and " " not in surname:
            name = surname
        phrase = Phrase(first, last, last, words.span(first, last), "person", "name", "person", name)
        self._widen_honorific(page, phrase)
        phrase.reason = "a person's name"
        phrase.score = 0.8
        return phrase


_RANK = {"name": 0, "adjective": 1, "demonym": 2, "capital": 3, "seat": 4}
_NEVER_FIRST_NAME = frozenset(
    {"the", "a", "president", "minister", "prime", "foreign", "ambassador", "-", "and", "while"}
)
_COURTESIES = frozenset({"mr", "ms", "mrs", "dr", "sir"})
_OPENING_NAMES = frozenset({"will", "may", "can", "mark", "bill"})
_OPENING = frozenset(
    {
        "could", "would", "should", "did", "does", "do", "is", "are", "was", "were", "has", "have", "had", "must",
        "might", "shall", "if", "when", "why", "how", "what", "who", "whom", "whose", "that", "this", "these", "those",
        "but", "or", "after", "before", "since", "as", "then", "today", "yesterday", "tomorrow", "now", "so", "not",
        "no", "yes", "for", "in", "on", "at", "by", "with", "from", "to", "of", "both", "neither", "either", "even",
        "only", "although", "though", "because", "until", "unless", "nor", "yet", "here", "there", "once", "meanwhile",
    }
)  # fmt: skip


def _capital_name(territory: Territory, form: str) -> str:
    """The capital's own name; an older capital and a second spelling keep their own words."""
    capital = (territory.capital or territory.name).partition(",")[0]
    return capital if fold(form) in (fold(capital), fold(territory.capital or "")) else form


def people_name(territory: Territory, form: str) -> str:
    """The plural of a demonym where it is listed, else the form itself."""
    longer = [word for word in territory.demonyms if word != form and word.startswith(form) and word.endswith("s")]
    return min(longer, key=len) if longer and not form.endswith("s") else form


def _official(page: Page, officials: tuple[Official, ...], first: int, last: int, span: Span) -> Phrase:
    phrase = Phrase(first, last, last, span, "person", "name", "person", _clean(page.words.quote(first, last)))
    phrase.officials = officials
    phrase.reason = "a listed official by full name"
    return phrase


def _organisation(page: Page, actor: KnownActor, first: int, last: int, span: Span) -> Phrase:
    phrase = Phrase(
        first,
        last,
        head_of(page, first, last),
        span,
        "organisation",
        "name",
        actor.kind,
        actor.name,
        actor.territory,
        actor.sector,
    )
    phrase.known = actor
    phrase.key = actor.name.lower()
    phrase.reason = "a listed organisation"
    return phrase


def _person_stretches(page: Page) -> dict[int, tuple[int, int]]:
    """For each token inside a person's name as the parser sees it: the first and last token of that name. A word that
    only opens the sentence ("Will Mongolia pay?") is no part of it, nor is what stands on another line."""
    words = page.words
    found: dict[int, tuple[int, int]] = {}
    for first, last, label in words.entities:
        if label != "PERSON":
            continue
        if first < last and words.opens_sentence(first) and _only_opens(words, first):
            first += 1
        for i in range(first, last + 1):
            found[i] = (first, last)
    return found


def _only_opens(words: Words, first: int) -> bool:
    """A function word with a capital by position; "Will" and "May", which are names too, only in a question."""
    low = words.lower[first]
    if low in _OPENING_NAMES:
        last = first
        while last + 1 < len(words) and words.sentence[last + 1] == words.sentence[first] and last < first + 60:
            last += 1
        return words.raw[last] == "?" or words.raw[last - 1] == "?"
    return low in _OPENING


def head_of(page: Page, first: int, last: int) -> int:
    """The token before the first "of" or "for" in a name, else its last: Department in "Department of State"."""
    for i in range(first + 1, last):
        if page.words.lower[i] in ("of", "for", "on", "to", "in", "against"):
            return i - 1
    return last


def _sure_codes(hit: Hit[NameValue]) -> list[str]:
    """The territory of a strong form."""
    return [v.territory for v in hit.values if isinstance(v, SurfaceForm) and v.strength == "strong"][:1]


def _counts(words: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for word in words:
        found[word] = found.get(word, 0) + 1
    return found


def _is_near(text: str, cue: str, at: int, reach: int) -> bool:
    return text.find(cue, max(0, at - reach), at + reach) >= 0


def _clean(name: str) -> str:
    return " ".join(name.replace("’s", "").replace("'s", "").split())
