"""Labels of speakers as phrases: "MS. HARGROVE:" is a person, "QUESTION:" whoever asks, "A:" whoever is interviewed.

Where labels stand is layout's to say; what a labelled speaker says is the claim step's.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.reading.actors.memory import distinct, point
from detente.reading.actors.naming import Naming
from detente.reading.actors.phrase import Page, Phrase
from detente.reading.layout.labels import Label
from detente.reading.marks import Candidate

_ANSWERS = frozenset({"a", "answer"})
_LONGEST = 12


class Labelled:
    """Marks the labels of a page before other names are looked for. Built once; holds only knowledge."""

    def __init__(self, naming: Naming, titles: frozenset[str]) -> None:
        """`titles` are role nouns in lower case, which are no part of a name."""
        self.naming = naming
        self.titles = titles

    def mark(self, page: Page, labels: Sequence[Label]) -> None:
        words = page.words
        for label in labels:
            first, last = words.at(label.name.start), words.at(label.name.end - 1)
            if words.starts[first] != label.name.start or last - first > _LONGEST:
                continue
            said = words.text[slice(*label.name)].lower().strip(" .")
            if label.asks or said in _ANSWERS:
                self._add_bare(page, first, last, is_answer=said in _ANSWERS)
            else:
                self._add_person(page, first, last)

    def _add_bare(self, page: Page, first: int, last: int, *, is_answer: bool) -> None:
        words = page.words
        phrase = Phrase(
            first, last, last, words.span(first, last), "label", "name", "other" if is_answer else "media",
            words.quote(first, last), key="answer" if is_answer else "question", score=0.0,
        )  # fmt: skip
        phrase.reason = "the label of whoever answers" if is_answer else "the label of whoever asks, who is not named"
        if not is_answer:
            phrase.candidates = (Candidate(None, phrase.name, "media", None, "MED", 0.0, phrase.reason),)
        page.add(phrase)

    def _add_person(self, page: Page, first: int, last: int) -> None:
        words = page.words
        bracket = next((i for i in range(first, last + 1) if words.raw[i] in "(,"), None)
        if bracket is not None:
            last = bracket - 1
        while first <= last and (self._is_title(words.lower[first]) or words.raw[first] == "."):
            first += 1
        if first > last or not words.is_capitalised(first) or not words.raw[last][-1:].isalpha():
            return
        person = page.add(self.naming.person(page, first, last))
        person.is_label = True
        person.reason = "the label of a speaker"

    def _is_title(self, word: str) -> bool:
        return word in self.titles or word in ("the", "mr", "ms", "mrs", "dr") or self.naming.is_title_word(word)


def answer(page: Page, phrase: Phrase) -> None:
    """Let "A:" mean the one person whom the article introduces before the first label."""
    start = min((p.first for p in page.phrases if p.origin == "label" or p.is_label), default=0)
    people = distinct(p for p in page.phrases if p.origin == "person" and p.first < start)
    if len(people) == 1:
        point(phrase, (people[0],), "the one person introduced before the answers")
