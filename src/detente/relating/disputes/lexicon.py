"""The words of disputes as tables: `knowledge/lexicons/<language>/disputes.yaml` and `disputes_naming.csv`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, cast

from msgspec import Struct

from detente.errors import KnowledgeError
from detente.knowledge.loading import read_table
from detente.knowledge.wordlist import WordList
from detente.relating.disputes.wording import Stems, Token

View = Literal["condemns", "defends"]
Phrases = Mapping[str, tuple[tuple[str, ...], ...]]
"""Phrases as words, by their first word, the longest first."""


class Term(Struct, frozen=True):
    """A name for a contested thing. Of one `matter`, names that condemn stand against names that defend."""

    term: str
    matter: str
    view: View
    is_strong: bool
    stems: tuple[str, ...]


class Found(Struct, frozen=True):
    """A term at its place in the text: tokens `first` to `last`, both included."""

    term: Term
    first: int
    last: int


class DisputeLexicon:
    """Built once; look-ups are by word or stem, phrases by one compiled pattern each."""

    def __init__(self, words: WordList, terms: Sequence[dict[str, str]]) -> None:
        irregular = {form: group.note for group in words.entries if group.kind == "form" for form in group.forms}
        self.stems = Stems(irregular)
        self.modals = words.forms("modal")
        self.personal = words.forms("personal")
        self.nobody = words.forms("nobody")
        self.supposing = self.modals - {"to"}
        self.finite = words.forms("finite")
        self.unsaid = words.forms("unsaid")
        self.negators = words.forms("negator", "strong")
        self.answer_nouns = words.forms("answer-noun")
        self.pronouns = words.forms("answer-pronoun")
        self.part_before = words.forms("part-before")
        self.plain = words.forms("plain")
        self.plain_stems = frozenset(self.stems.of(word) for word in self.plain)
        self.persons = frozenset(self.stems.of(word) for word in words.forms("person"))
        self.complements = words.forms("complement")
        self.purposes = words.forms("purpose")
        self.measures = {
            form: group.note for group in words.entries if group.kind == "same-measure" for form in group.forms
        }
        self.remainder = _phrases(words.forms("remainder"))
        self.part_after = _phrases(words.forms("part-after"))
        self.contrast = _phrases(words.forms("contrast", "strong"))
        self.equation = _phrases(words.forms("equation"))
        self.reciprocal = _phrases(words.forms("reciprocal"))
        self.calling = _phrases(words.forms("calling"))
        self.clears = _phrases(words.forms("clears"))
        self.first = _phrases(words.forms("first"))
        self.doer = _phrases(words.forms("doer"))
        self.blame = frozenset(self.stems.of(word) for word in words.forms("blame"))
        self.motive = _by_first_word(words.forms("motive"))
        self.weak_motive = _by_first_word(words.forms("motive-weak"))
        self.motive_after = _by_first_word(words.forms("motive-after"))
        self.denying = _phrases(words.forms("denying"))
        self.reason = _by_first_word(words.forms("reason"))
        self.untold = _phrases(words.forms("untold"))
        self.terms = self._by_first_stem(terms)

    @classmethod
    @cache
    def load(cls, language: str) -> DisputeLexicon:
        """The lists of the language; KnowledgeError where a term has no known view."""
        return cls(WordList.load(language, "disputes"), read_table(f"lexicons/{language}/disputes_naming.csv"))

    def _by_first_stem(self, rows: Sequence[dict[str, str]]) -> dict[str, tuple[Term, ...]]:
        found: dict[str, list[Term]] = {}
        for row in rows:
            if row["view"] not in ("condemns", "defends"):
                raise KnowledgeError("no such view of a matter", value=f"{row['term']}: {row['view']}")
            stems = self.stems.all(re.split(r"[ ]", row["term"].lower()))
            term = Term(row["term"], row["matter"], cast(View, row["view"]), row["strength"] == "strong", stems)
            found.setdefault(stems[0], []).append(term)
        return {stem: tuple(sorted(terms, key=lambda term: -len(term.stems))) for stem, terms in found.items()}

    def _is_form(self, term: Term, word: str) -> bool:
        """Defenders are not defending: who does a thing and what is done are told apart, which stems do not."""
        return len(term.stems) > 1 or _is_agent(term.term) == _is_agent(word)

    def names_in(self, words: Sequence[Token], stems: Sequence[str]) -> Iterator[Found]:
        """The terms that stand in a run of words, at each place the longest of each matter, and none inside another."""
        taken: dict[str, int] = {}
        for first in range(len(words)):
            for term in self.terms.get(stems[first], ()):
                last = first + len(term.stems) - 1
                if taken.get(term.matter, -1) >= first or tuple(stems[first : last + 1]) != term.stems:
                    continue
                if not self._is_form(term, words[first].word):
                    continue
                taken[term.matter] = last
                yield Found(term, first, last)

    def content_stems(self, words: Sequence[Token]) -> tuple[str, ...]:
        """The stems that can tell one act from another, sorted, each once; numbers are left out."""
        kept = {self.stems.of(token.word) for token in words if token.word not in self.plain}
        return tuple(sorted(stem for stem in kept if stem not in self.plain_stems and not stem[0].isdigit()))

    def measure(self, word: str | None) -> str | None:
        """The measure that stands for all that count the same."""
        return None if word is None else self.measures.get(word.lower(), word.lower())


def _is_agent(word: str) -> bool:
    return re.search(r"(?:er|or|ist)s?$", word.lower()) is not None


def phrases_in(phrases: Phrases, words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where phrases stand in a text: numbers of their first and last word, of those that begin at one word the
    longest."""
    for first, token in enumerate(words):
        for phrase in phrases.get(token.word, ()):
            last = first + len(phrase) - 1
            if last < len(words) and all(words[first + k].word == phrase[k] for k in range(1, len(phrase))):
                yield first, last
                break


def _by_first_word(forms: frozenset[str]) -> Phrases:
    found: dict[str, list[tuple[str, ...]]] = {}
    for form in forms:
        words = tuple(form.lower().split())
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(phrases, key=lambda words: (-len(words), words))) for first, phrases in found.items()}


def _phrases(forms: frozenset[str]) -> re.Pattern[str]:
    """One pattern for all forms, whole words only, longest first."""
    alternatives = "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE)
