"""Phrases that point at actors without naming them: pronouns, "the country", "both sides", "the latter", and texts
that speak ("the report"). What they point at is settled in `antecedents`."""

from __future__ import annotations

from detente.reading.actors.lexicon import ActorLexicon
from detente.reading.actors.phrase import Origin, Page, Phrase
from detente.reading.actors.pronouns import pronoun_phrase, why_nobody
from detente.reading.actors.words import Words

_LONGEST = 15
_EACH = frozenset({"either", "neither", "each"})
_ONE_OF_TWO = frozenset(
    {"side", "country", "government", "party", "nation", "state", "capital", "delegation", "minister"}
)
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "said"})
_COUNTS = frozenset({"two", "both", "three", "four", "other", "neighbouring", "neighboring", "rival", "warring", "conflicting", "opposing"})  # fmt: skip  # noqa: E501


class Pointing:
    """Finds pointing phrases on a page. Built once; holds only knowledge."""

    def __init__(self, lexicon: ActorLexicon) -> None:
        self.lexicon = lexicon

    def mark(self, page: Page) -> None:
        words = page.words
        for i in range(len(words)):
            low, tag = words.lower[i], words.tags[i]
            if tag in ("PRP", "PRP$"):
                self._mark_pronoun(page, i, low)
            elif page.covering[i] is not None:
                continue
            elif low in ("latter", "former") and i and words.lower[i - 1] == "the" and not _has_noun_after(words, i):
                self._add(page, i - 1, i, "latter", low)
            elif (low == "other" and i and words.lower[i - 1] == "each") or (
                low == "another" and i and words.lower[i - 1] == "one"
            ):
                self._add(page, i - 1, i, "joint_anaphor", "each other", plural=True)
            elif low in ("both", "either", "neither", "each") and self._is_alone(words, i, low):
                self._add(page, i, i, "joint_anaphor", "both", plural=True)
            elif low == "two" and i and words.lower[i - 1] == "the" and not _has_noun_after(words, i):
                self._add(page, i - 1, i, "joint_anaphor", "the two", plural=True)
            elif tag.startswith("NN"):
                self._mark_noun(page, i, low)

    def _is_alone(self, words: Words, i: int, low: str) -> bool:
        """As in "both agreed", "an offer to both": no noun follows and no "and"."""
        if words.deps[i] not in ("nsubj", "nsubjpass", "dobj", "pobj", "dative"):
            return False
        after = words.lower[i + 1] if i + 1 < len(words) else "."
        if after == "of" and i + 2 < len(words):
            return words.lower[i + 2] in ("them", "us")
        if low != "both":
            return words.deps[i] == "nsubj" and i + 1 < len(words) and words.tags[i + 1][:2] in ("VB", "MD")
        return words.tags[min(i + 1, len(words) - 1)][:2] not in ("NN", "JJ", "DT", "CD", "PR")

    def _mark_pronoun(self, page: Page, i: int, low: str) -> None:
        words = page.words
        over = page.covering[i]
        if over is not None and (over.origin in ("pronoun", "first_person") or words.tags[i] != "PRP$"):
            return
        if over is not None and over.first == i:
            return
        if low == "it" and (reason := why_nobody(words, i)):
            page.set_aside(words.span(i, i), "pronoun", reason)
            return
        phrase = pronoun_phrase(words, i, self.lexicon)
        if phrase is None:
            return
        phrase.outer = over
        page.phrases.append(phrase)
        if over is None:
            page.covering[i] = phrase

    def _mark_noun(self, page: Page, i: int, low: str) -> None:
        words = page.words
        first = self._opening(page, i)
        if first is None and i and words.lower[i - 1] in _EACH:
            first = i - 1
        if first is None:
            if low in self.lexicon.document and words.deps[i] in ("nsubj", "nsubjpass"):
                page.set_aside(words.span(i, i), "document", "an indefinite text is not a voice met before")
            return
        opener = words.lower[first]
        between = [words.lower[k] for k in range(first + 1, i)]
        if low in self.lexicon.territory_anaphor and not any(
            words.tags[k].startswith("NN") for k in range(first + 1, i)
        ):
            if opener in ("the", "this", "that") and not [
                w for w in between if w not in ("same", "entire", "whole", "latter", "south", "host")
            ]:
                self._add(page, first, i, "territory_anaphor", low)
            return
        if i and words.lower[i - 1] in _EACH and low in _ONE_OF_TWO:
            self._add(page, i - 1, i, "joint_anaphor", low, plural=True)
            return
        if low in self.lexicon.joint_anaphor and words.tags[i] in ("NNS", "NNPS"):
            if opener == "the" and not between and low not in ("sides", "parties", "neighbours", "neighbors"):
                self._add(page, first, i, "joint_anaphor", low, plural=True)
                page.phrases[-1].is_faint = True
                return
            if (
                opener in ("both", "these", "those")
                or set(between) & _COUNTS
                or low in ("sides", "parties", "neighbours", "neighbors")
            ) and all(w in _COUNTS or words.tags[first + 1 + k] == "JJ" for k, w in enumerate(between)):
                self._add(page, first, i, "joint_anaphor", low, plural=True)
            return
        if low in self.lexicon.document and opener in _DEFINITE | {"its", "their", "his"}:
            self._add_document(page, first, i, low)
        elif low in self.lexicon.organisation and opener in ("the", "this", "that") and not between:
            self._add(page, first, i, "organisation", low)

    def _opening(self, page: Page, i: int) -> int | None:
        """The determiner that opens the noun phrase of token i, where no other phrase stands between."""
        words = page.words
        k = i - 1
        while k >= max(0, i - _LONGEST) and words.sentence[k] == words.sentence[i]:
            low, tag = words.lower[k], words.tags[k]
            if low in _DEFINITE or tag == "PRP$":
                return k - 1 if low in _DEFINITE and k and words.lower[k - 1] == "both" else k
            if tag not in (
                "JJ",
                "NN",
                "NNP",
                "NNPS",
                "NNS",
                "VBN",
                "CD",
                "JJS",
                "VBG",
                "HYPH",
                "``",
                "''",
                "POS",
                ":",
                "JJR",
                "RB",
            ):
                return None
            k -= 1
        return None

    def _add_document(self, page: Page, first: int, i: int, low: str) -> None:
        words = page.words
        inner = next((p for p in page.covering[first:i] if p is not None and p.outer is None), None)
        if inner is not None and inner.origin not in ("adjective", "name", "organisation", "pronoun"):
            return
        quoted = inner is not None and inner.first and words.raw[inner.first - 1] in "“\"‘'"
        begin = (
            max(first, inner.last + 1) if inner is not None and inner.origin != "adjective" and not quoted else first
        )
        while begin < i and not words.raw[begin][0].isalnum():
            begin += 1
        phrase = self._new(page, begin, i, "document", low)
        phrase.head, phrase.kind, phrase.name = i, "document", low
        phrase.definite = True
        phrase.owner = inner if inner is not None and not quoted else self._issuer(page, i)
        if begin == first:
            page.add(phrase)
        else:
            page.phrases.append(phrase)
            for k in range(begin, i + 1):
                page.covering[k] = phrase

    def _issuer(self, page: Page, i: int) -> Phrase | None:
        """As in "the report, commissioned by the ministry" and "the statement of the ministry": whose text it is."""
        words, k = page.words, i + 1
        if k < len(words) and words.raw[k] == ",":
            k += 1
        if k + 2 < len(words) and words.lower[k] in self.lexicon.issued:
            k += 1
        if k + 1 >= len(words) or words.lower[k] not in ("by", "of", "from"):
            return None
        over = page.outermost(k + 1 + (words.lower[k + 1] == "the"))
        is_text = over is not None and over.origin in ("document", "pronoun", "first_person")
        return over if over is not None and over.first > k and not is_text else None

    def _new(self, page: Page, first: int, last: int, origin: Origin, key: str) -> Phrase:
        words = page.words
        phrase = Phrase(first, last, last, words.span(first, last), origin, "common", "other", words.quote(first, last))
        phrase.key = key
        return phrase

    def _add(self, page: Page, first: int, last: int, origin: Origin, key: str, *, plural: bool = False) -> None:
        phrase = self._new(page, first, last, origin, key)
        phrase.plural = plural
        phrase.definite = True
        if origin == "territory_anaphor":
            phrase.kind = "state"
        elif origin == "organisation":
            meaning = self.lexicon.organisation[key]
            phrase.kind, phrase.sector = meaning.kind, meaning.sector
        page.add(phrase)


def _has_noun_after(words: Words, i: int) -> bool:
    return (
        i + 1 < len(words)
        and words.tags[i + 1][:2] in ("NN", "JJ", "CD", "HY", "VB")
        and words.heads[i] > i
        and words.tags[i + 1][:2] != "VB"
    )
