"""Who stands where in the clauses of a page: subjects, possessors, joined names, the phrase at a token.

These are questions to the parse; no rule about pronouns lives here.
"""

from __future__ import annotations

from detente.reading.actors.phrase import Page, Phrase

_REFLEXIVE = frozenset({"itself", "themselves", "himself", "herself"})
_SUBJECTS = ("nsubj", "nsubjpass")
_WINDOW = 40


class Clauses:
    """Answers about one page."""

    def __init__(self, page: Page, quantities: frozenset[str]) -> None:
        self.page = page
        self.quantities = quantities
        self.words = page.words

    def phrase_at(self, token: int) -> Phrase | None:
        """The outermost phrase that this token heads or closes."""
        over = self.page.covering[token]
        return over if over is not None and token in (over.head, over.last) else None

    def is_same_voice(self, one: int, other: int) -> bool:
        """True where both tokens stand in the same quotation, or both in none."""
        return self.page.voice[one] == self.page.voice[other]

    def subject_of(self, verb: int) -> int | None:
        """The subject of a verb, its own or that of the verb it is joined to."""
        words = self.words
        controller = self._controller_of(verb)
        if controller is not None:
            return controller
        for _ in range(4):
            for i in range(max(0, verb - _WINDOW), verb):
                if words.heads[i] == verb and words.deps[i] in _SUBJECTS:
                    return i
            if words.deps[verb] != "conj" or words.heads[verb] >= verb:
                return None
            verb = words.heads[verb]
        return None

    def _controller_of(self, verb: int) -> int | None:
        """As in "called on Armenia to withdraw": the object of the verb above is the subject of the infinitive."""
        words, above = self.words, self.words.heads[verb]
        if words.deps[verb] not in ("xcomp", "advcl") or above >= verb or words.tags[verb] != "VB":
            return None
        if any(words.heads[i] == verb and words.deps[i] in _SUBJECTS for i in range(above + 1, verb)):
            return None
        for i in range(verb - 1, above, -1):
            under = words.heads[i]
            is_object = words.deps[i] == "dobj" and under == above
            is_addressed = (
                words.deps[i] == "pobj" and words.heads[under] == above and words.lower[under] in ("on", "upon")
            )
            if (is_object or is_addressed) and self.phrase_at(i) is not None:
                return i
        return None

    def subject_above(self, phrase: Phrase, beyond: frozenset[int] = frozenset()) -> int | None:
        """The subject that governs the phrase, from the nearest verb upwards; an object pronoun skips the subject of
        its own verb. Those in `beyond` are passed over. None where the voice changes on the way."""
        words = self.words
        skips = words.tags[phrase.head] == "PRP" and phrase.key not in _REFLEXIVE
        verb = words.verb_above(phrase.head)
        for _ in range(6):
            if verb is None:
                return None
            subject = self.subject_of(verb)
            if (
                subject is not None
                and subject != phrase.head
                and subject < phrase.first
                and subject not in beyond
                and not skips
            ):
                return subject if self.is_same_voice(subject, phrase.head) else None
            skips = skips and subject is None
            above = words.verb_above(verb)
            if above == verb:
                return None
            verb = above
        return None

    def subject_after(self, phrase: Phrase) -> Phrase | None:
        """As in "In his speech, the minister said": the subject that follows a possessive in a fronted phrase."""
        words = self.words
        if words.tags[phrase.head] != "PRP$":
            return None
        verb = words.verb_above(phrase.head)
        if verb is None or verb < phrase.head or words.sentence[verb] != words.sentence[phrase.head]:
            return None
        subject = self.subject_of(verb)
        if subject is None or subject < phrase.head or not self.is_same_voice(subject, phrase.head):
            return None
        i = phrase.head
        for _ in range(10):
            i = words.heads[i]
            if i == subject:
                return None
            if i == verb:
                break
        return self.phrase_at(subject)

    def barred_names(self, phrase: Phrase) -> set[str]:
        """Whom an object pronoun cannot mean: the subject of its own clause."""
        words = self.words
        if words.tags[phrase.head] != "PRP" or phrase.key in _REFLEXIVE:
            return set()
        verb = words.verb_above(phrase.head)
        subject = self.subject_of(verb) if verb is not None else None
        over = self.phrase_at(subject) if subject is not None and subject != phrase.head else None
        if over is None:
            return set()
        return {one.name for some in (over.joint or (over,)) for one in (some.person or some,)}

    def possessor_of(self, noun: int, deps: tuple[str, ...] = ("poss",)) -> Phrase | None:
        """Who owns the noun: "Azerbaijan's restoration"."""
        words = self.words
        for i in range(noun - 1, max(-1, noun - 9), -1):
            if words.heads[i] == noun and words.deps[i] in deps:
                return self.phrase_at(i)
        return None

    def joined_at(self, subject: int) -> tuple[Phrase, ...]:
        """The plural actor at a token, or the actors joined there ("Armenia and Azerbaijan"); none for one alone."""
        over = self.phrase_at(self._counted(subject))
        if over is None or over.origin == "first_person":
            return ()
        if over.plural:
            return over.joint or (over,)
        found, tip, words = [over], subject, self.words
        for i in range(subject + 1, min(len(words), subject + 25)):
            if words.deps[i] == "conj" and words.heads[i] == tip:
                other = self.phrase_at(i)
                if other is None:
                    return ()
                found.append(other)
                tip = i
        return tuple(found) if len(found) > 1 else ()

    def _counted(self, noun: int) -> int:
        """As in "millions of Venezuelans": the people, not the number."""
        words = self.words
        if words.lower[noun] in self.quantities:
            for i in range(noun + 2, min(len(words), noun + 6)):
                if words.deps[i] == "pobj" and words.heads[words.heads[i]] == noun:
                    return i
        return noun

    def is_subject(self, phrase: Phrase) -> bool:
        while phrase.outer is not None:
            phrase = phrase.outer
        return self.words.deps[phrase.head] in _SUBJECTS

    def subjects_before(self, phrase: Phrase, reach: int) -> list[int]:
        """Subjects in the sentences before, nearest first, of the same voice; `reach` in sentences."""
        words, here = self.words, self.words.sentence[phrase.head]
        found = []
        for i in range(phrase.first - 1, max(-1, phrase.first - 120), -1):
            if here - words.sentence[i] > reach:
                break
            if words.deps[i] in _SUBJECTS and self.is_same_voice(i, phrase.head):
                found.append(i)
        return found
