"""Actor, place or modifier: "Baku said", "in Baku", "the Baku-Ceyhan pipeline".

Every rule names its reason. Rules read prepositions, the verb above, possessors and the noun a name stands before;
they know no territory by name, so that exchanging two territories exchanges the outcome.
"""

from __future__ import annotations

import re

from detente.model.vocabulary import Use
from detente.reading.actors.lexicon import ActorLexicon
from detente.reading.actors.phrase import Page, Phrase
from detente.reading.actors.words import Words

_DATELINE = re.compile(r"[^\n]{0,60}?(?:—|–|―|--| - |\)\s*[-—–:])")
_MONTH = re.compile(r"(?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)")


class Metonymy:
    """Decides the use of every phrase. Built once; holds only knowledge."""

    def __init__(self, lexicon: ActorLexicon, acts: frozenset[str] = frozenset()) -> None:
        """`acts` are nouns that name an act between states ("raid"): whoever's it is acts."""
        self.lexicon = lexicon
        self.acts = acts

    def mark(self, page: Page) -> None:
        for phrase in page.phrases:
            if phrase.use is not None:
                continue
            phrase.use, why = self.use_of(page, phrase)
            phrase.reason = f"{phrase.reason}; {why}" if phrase.reason else why

    def use_of(self, page: Page, phrase: Phrase) -> tuple[Use, str]:
        """The use and its reason."""
        words = page.words
        if phrase.outer is not None and phrase.outer.person is phrase:
            return "actor", "the name inside a titled name"
        if phrase.outer is not None:
            return "modifier", "part of a larger actor phrase"
        if phrase.origin == "organisation" and any(span.holds(phrase.span) for span in page.datelines):
            return "modifier", "the agency of a dateline"
        if phrase.origin == "territory_anaphor":
            return self._of_a_name(page, phrase)
        if phrase.origin in ("pronoun", "first_person", "document", "joint_anaphor", "latter", "label"):
            return "actor", "points at an actor"
        if phrase.origin in ("person", "role", "organisation"):
            return self._of_a_body(words, phrase)
        if phrase.origin == "adjective":
            return self._of_an_adjective(words, phrase)
        if any(span.holds(phrase.span) for span in page.datelines):
            return "place", "dateline"
        return self._of_a_name(page, phrase)

    def _of_a_body(self, words: Words, phrase: Phrase) -> tuple[Use, str]:
        after = phrase.last + 1
        if phrase.origin == "person" and after < len(words) and words.lower[after] == "-":
            return "modifier", "first part of a hyphened compound"
        if self._is_before_noun(words, phrase):
            return "modifier", "stands before the noun it modifies"
        return "actor", "a person, office or body"

    def _of_an_adjective(self, words: Words, phrase: Phrase) -> tuple[Use, str]:
        head, i = words.heads[phrase.head], phrase.head
        if phrase.plural:
            phrase.kind, phrase.name = "people", phrase.people or phrase.name
            return "actor", "a people by its plural name"
        if (
            words.tags[i].startswith("NN")
            and words.deps[i]
            in (
                "nsubj",
                "nsubjpass",
                "pobj",
                "dobj",
                "conj",
                "appos",
                "attr",
            )
            and not self._is_before_noun(words, phrase)
        ):
            phrase.kind, phrase.name = "people", phrase.people or phrase.name
            return "actor", "a person or people by the demonym"
        if words.deps[i] in ("nsubj", "nsubjpass") and i and words.lower[i - 1] == "the" and head > i:
            phrase.kind, phrase.name, phrase.plural = "people", phrase.people or phrase.name, True
            return "actor", "the and an adjective: a people"
        if (
            words.lemmas[head] in self.acts
            and head > i
            and words.tags[head] in ("NN", "NNS")
            and self._is_party(words, i, head)
        ):
            return "actor", "whose act the noun names"
        return "modifier", "an adjective before its noun"

    def _is_party(self, words: Words, i: int, head: int) -> bool:
        """The adjective stands right before the act, with other adjectives at most between."""
        return words.deps[i] == "amod" and all(
            words.tags[k].startswith(("JJ", "NN", "VB", "CC")) for k in range(i + 1, head)
        )

    def _is_before_noun(self, words: Words, phrase: Phrase) -> bool:
        after = phrase.last + 1
        if after >= len(words) or words.sentence[after] != words.sentence[phrase.last]:
            return False
        if words.deps[phrase.head] in ("compound", "nmod", "amod") and words.heads[phrase.head] > phrase.last:
            return (
                words.tags[after][:2] in ("NN", "JJ", "HY", "VB", "CD", "AF", "``", "NNP", ":")
                or words.raw[after] in "“\"'‘-–/"
            )
        return False

    def _of_a_name(self, page: Page, phrase: Phrase) -> tuple[Use, str]:
        words, _lexicon = page.words, self.lexicon
        first, last = phrase.first, phrase.last
        sentence = words.sentence[first]
        after = last + 1 if last + 1 < len(words) and words.sentence[last + 1] == sentence else None
        before = first - 1 if first and words.sentence[first - 1] == sentence else None
        if before is not None and words.lower[before] == "the" and phrase.origin != "territory_anaphor":
            before = before - 1 if before and words.sentence[before - 1] == sentence else None
        is_city = phrase.origin in ("capital", "seat")
        if phrase.span.end < words.ends[last]:
            return "modifier", "part of a hyphened word"
        if after is not None and words.raw[after] in "-–/" and words.starts[after] == words.ends[last]:
            return "modifier", "part of a hyphened compound"
        if before is not None and words.raw[before] in "-–/" and words.ends[before] == words.starts[first]:
            return "modifier", "part of a hyphened compound"
        if self._is_dateline(page, phrase):
            return "place", "dateline"
        if after is not None and words.tags[after] == "POS":
            return self._of_a_possessor(words, phrase, after)
        if self._is_before_noun(words, phrase) and words.tags[after or 0] != "CC":
            return "modifier", "stands before the noun it modifies"
        if after is not None and words.lower[after] in ("based", "headquartered"):
            return "modifier", "says where a body is based"
        verdict = self._of_a_preposition(words, phrase, before)
        if verdict is not None:
            return verdict
        if (
            before is not None
            and words.raw[before] == ","
            and is_city is False
            and self._follows_place(page, before - 1)
        ):
            return "place", "names the country of the place before it"
        return self._of_a_verb(page, phrase, is_city)

    def _of_a_possessor(self, words: Words, phrase: Phrase, after: int) -> tuple[Use, str]:
        thing = words.heads[phrase.head]
        noun = words.lemmas[thing] if thing > after else ""
        stretch = {words.lower[k] for k in range(after + 1, min(thing + 1, after + 6))}
        if noun in self.lexicon.place_noun or stretch & {
            "capital",
            "border",
            "borders",
            "territory",
            "airspace",
            "coast",
        }:
            return "place", f"its {noun} is a place"
        return "actor", "a possessor that acts or is acted on"

    def _of_a_preposition(self, words: Words, phrase: Phrase, before: int | None) -> tuple[Use, str] | None:
        i = phrase.head
        chain = 0
        while words.deps[i] == "conj" and words.heads[i] < i and chain < 6:
            i, chain = words.heads[i], chain + 1
        preposition = words.heads[i] if words.deps[i] == "pobj" else before
        if preposition is None or words.tags[preposition] not in ("IN", "TO", "RP", "RB", "VBG", "VBN"):
            return None
        low, lexicon = words.lower[preposition], self.lexicon
        governor = words.heads[preposition]
        lemma = words.lemmas[governor]
        if low in lexicon.place_preposition:
            if low == "in" and lemma in lexicon.trust:
                return "actor", f"{lemma} in an actor"
            return "place", f"after {low}"
        if low == "from":
            is_motion = lemma in lexicon.departing and words.tags[governor].startswith("VB")
            if is_motion or self._pairs_with_to(words, preposition):
                return "place", "from, with a verb of motion"
            return "actor", "from, with an act"
        if low in ("to", "toward", "towards", "over", "for"):
            if lemma in lexicon.motion:
                return "place", f"{low}, with {lemma}"
            return "actor", f"{low}, without motion"
        if low == "of":
            if lemma in lexicon.place_noun:
                return "place", f"the {lemma} of it"
            return "actor", "of, with an act or a quality"
        if low in lexicon.actor_preposition:
            return "actor", f"after {low}"
        return None

    def _pairs_with_to(self, words: Words, preposition: int) -> bool:
        """As in "from Baku to Tbilisi"."""
        end = min(len(words) - 1, preposition + 5)
        return any(
            words.lower[k] in ("to", "through", "via", "into") and words.is_capitalised(k + 1)
            for k in range(preposition + 1, end)
        )

    def _of_a_verb(self, page: Page, phrase: Phrase, is_city: bool) -> tuple[Use, str]:
        words = page.words
        i = phrase.head
        chain = 0
        while words.deps[i] in ("conj", "appos") and words.heads[i] < i and chain < 6:
            i, chain = words.heads[i], chain + 1
        if i != phrase.head:
            other = page.covering[i]
            if other is not None and other is not phrase and other.use is not None and other.is_territory:
                return other.use, "as the name it is joined to"
        dep, verb = words.deps[i], words.lemmas[words.heads[i]]
        if dep == "dobj" and (is_city or phrase.origin == "territory_anaphor") and verb in self.lexicon.locating:
            return "place", f"a city, object of {verb}"
        if dep in ("nsubj", "nsubjpass", "agent", "dobj", "dative"):
            return "actor", "subject or object of a verb"
        if dep == "npadvmod" and is_city:
            return "place", "an adverb of place"
        return "actor", "no sign of a place"

    def _follows_place(self, page: Page, i: int) -> bool:
        """As in "in Ganja, Azerbaijan": a capitalised word after a preposition of place, just before the comma."""
        words = page.words
        if i < 1 or not words.is_capitalised(i) or words.tags[i] not in ("NNP", "NNPS"):
            return False
        other = page.covering[i]
        if other is not None and not (other.is_territory and other.origin == "capital"):
            return False
        while i > 0 and words.is_capitalised(i):
            i -= 1
        return words.lower[i] in self.lexicon.place_preposition | {"from", "to", "of", ",", "the", "and"}

    def _is_dateline(self, page: Page, phrase: Phrase) -> bool:
        """As in "BAKU, July 1 —" or "Baku (Agency) -" where a paragraph opens."""
        text, start = page.words.text, phrase.span.start
        line = text.rfind("\n", max(0, start - 31), start) + 1
        if start - line > 30 or text[line:start].strip(" \t").count(" ") > 3:
            return False
        found = _DATELINE.match(text, phrase.span.end)
        if found is None:
            return False
        between = found.group()[:-1]
        lead = text[line : phrase.span.end]
        return lead.isupper() or bool(_MONTH.search(between)) or "(" in between
