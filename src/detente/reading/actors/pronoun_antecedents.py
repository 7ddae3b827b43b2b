"""Whom he, she, it and they mean: the subject of the clause, the one candidate there is, or nobody.

A rule answers only where one candidate stands out: not where another of the same sort stands nearer, and not across
the bounds of a quotation.
"""

from __future__ import annotations

from detente.reading.actors.clauses import Clauses
from detente.reading.actors.memory import Memory, distinct, point
from detente.reading.actors.phrase import Phrase
from detente.reading.actors.words import Words

Answer = tuple[Phrase | None, str]

_REACH = 2
_WINDOW = 80
_CLOSE = frozenset({"within", "from", "inside", "throughout", "across"})
_NOMINAL = ("tion", "sion", "ment", "ance", "ence", "sal", "ism", "ing")
_PLURAL_TAGS = ("NNS", "NNPS")


class PronounAntecedents:
    """Follows the pronouns of one page."""

    def __init__(
        self, clauses: Clauses, memory: Memory, hostile: frozenset[str], saying: frozenset[str]
    ) -> None:  # fmt: skip
        """`hostile` are verbs of what nobody does to one's own, `saying` those of which only actors are subjects."""
        self.saying = saying
        self.hostile = hostile
        self.clauses = clauses
        self.words = clauses.words
        self.memory = memory

    def settle(self, phrase: Phrase) -> None:
        near = self._just_before(phrase)
        if near is not None:
            point(phrase, (near,), "the name right before")
        elif phrase.plural:
            point(phrase, *self._several_before(phrase))
        else:
            found, why = self._person_before(phrase) if phrase.gender is not None else self._thing_before(phrase)
            point(phrase, () if found is None else (found,), why)

    def recent(self, phrase: Phrase, reach: int = _REACH) -> list[Phrase]:
        """Phrases before this one within `reach` sentences and in the same voice, latest last."""
        here = self.words.sentence[phrase.head]
        return [
            other
            for other in self.memory.phrases
            if here - self.words.sentence[other.head] <= reach
            and other.head < phrase.first
            and other.score > 0
            and not other.is_label
            and self.clauses.is_same_voice(other.head, phrase.head)
        ]

    def _left_open(self, phrase: Phrase) -> list[Phrase]:
        """Phrases of this sentence and the one before that point at nobody known."""
        here = self.words.sentence[phrase.head]
        return [
            p
            for p in self.memory.phrases
            if p.score == 0
            and here - self.words.sentence[p.head] <= 1
            and self.clauses.is_same_voice(p.head, phrase.head)
        ]

    def _just_before(self, phrase: Phrase) -> Phrase | None:
        """As in "Ukraine within its borders", "Armenians from their homes": the name right before the preposition."""
        words, i = self.words, phrase.head
        if words.tags[i] != "PRP$" or i < 2 or words.lower[i - 1] not in _CLOSE | {"and"}:
            return None
        over = self.clauses.page.covering[i - 2]
        if over is not None and over.last == i - 2 and words.lower[i - 1] == "and" and phrase.gender is not None:
            return over.person or over if self._is_person(over) and _agrees(over, phrase) else None
        if over is None or over.last != i - 2 or over.gender is not None or over.plural != phrase.plural:
            return None
        if words.sentence[i - 2] != words.sentence[i] or over.origin in ("pronoun", "first_person", "person"):
            return None
        return over if over.score > 0 and over.kind != "person" else None

    # -- persons -----------------------------------------------------------------------------------------

    def _person_before(self, phrase: Phrase) -> Answer:
        following = self.clauses.subject_after(phrase)
        if following is not None:
            if self._is_person(following) and _agrees(following, phrase):
                return following.person or following, "the subject that follows"
            return None, "another subject follows"
        subject = self.clauses.subject_above(phrase)
        over = self.clauses.phrase_at(subject) if subject is not None else None
        if subject is not None and over is not None and self._is_person(over) and _agrees(over, phrase):
            if self._has_rival(subject, phrase, over):
                return None, "another person stands nearer than the subject"
            return over.person or over, "the person who is subject of the clause"
        nearest = subject if subject is not None else next(iter(self.clauses.subjects_before(phrase, 1)), None)
        if nearest is not None and nearest in self.clauses.page.unnamed:
            return None, f"may mean {self.words.raw[nearest]}"
        barred = self.clauses.barred_names(phrase)
        people = [
            p
            for p in self.recent(phrase)
            if self._is_person(p)
            and _agrees(p, phrase)
            and not {one.name for one in (p.person or p, *p.joint)} & barred
        ]
        found = distinct(people)
        if any(p.origin == "pronoun" and p.gender == phrase.gender for p in self._left_open(phrase)):
            return None, "the same pronoun just before was left open"
        if len(found) == 1:
            return found[0], "the only person named just before"
        leading = distinct(p for p in people if self.clauses.is_subject(p))
        if len(leading) == 1:
            return leading[0], "the only person who was subject just before"
        return None, "several persons may be meant" if found else "no person was named just before"

    def _is_person(self, phrase: Phrase) -> bool:
        if phrase.origin == "pronoun":
            return phrase.gender is not None and bool(phrase.joint)
        if phrase.plural:
            return False
        return phrase.kind == "person" or (phrase.origin == "role" and phrase.kind == "office")

    # -- things ------------------------------------------------------------------------------------------

    def _thing_before(self, phrase: Phrase) -> Answer:
        """it and its: the clause's own subject, else the one actor there is, else the subject before."""
        is_possessive = self.words.tags[phrase.head] == "PRP$"
        if is_possessive:
            following = self.clauses.subject_after(phrase)
            if following is not None and self._is_thing(following):
                return following, "the subject that follows"
            owner = self._owner_around(phrase)
            if owner is not None:
                return owner, "the possessor of the same noun phrase"
        subject = self._singular_subject(phrase)
        if subject is not None:
            if is_possessive and (victim := self._owner_of_victims(phrase, subject)) is not None:
                return victim, "another than who does it to them"
            return self._of_subject(phrase, subject, is_possessive=is_possessive)
        same = distinct(p for p in self.recent(phrase, 0) if self._is_thing(p) and p.use != "modifier")
        if len(same) == 1 and is_possessive:
            return same[0], "the only actor in the sentence so far"
        leading = [p for p in same if self.clauses.is_subject(p)]
        if len(leading) == 1 and self.words.deps[phrase.head] in ("nsubj", "nsubjpass"):
            return leading[0], "the only actor that is a subject in the sentence so far"
        if same:
            return None, "several actors may be meant"
        return self._subject_before(phrase)

    def _singular_subject(self, phrase: Phrase) -> int | None:
        """The subject that governs the phrase; plural nouns and persons, which "it" cannot mean, are passed over."""
        beyond: set[int] = set()
        for _ in range(4):
            subject = self.clauses.subject_above(phrase, frozenset(beyond))
            if subject is None:
                return None
            over = self.clauses.phrase_at(subject)
            is_person = over is not None and (self._is_person(over) or over.kind == "people")
            is_nobody = over is None and self._needs_actor(phrase)
            if self.words.tags[subject] not in _PLURAL_TAGS and not is_person and not is_nobody:
                return subject
            if self.clauses.possessor_of(subject) is not None and self.words.tags[phrase.head] == "PRP$":
                return subject
            beyond.add(subject)
        return None

    def _needs_actor(self, phrase: Phrase) -> bool:
        """As in "its engineers", "it said": no thing has engineers or says anything."""
        words, above = self.words, self.words.heads[phrase.head]
        if words.tags[phrase.head] == "PRP$":
            over = self.clauses.page.covering[above]
            return over is not None and over.origin == "role"
        return words.deps[phrase.head] == "nsubj" and words.lemmas[above] in self.saying

    def _owner_of_victims(self, phrase: Phrase, doer: int) -> Phrase | None:
        """As in "Ecuador protested after the navy detained its fishermen": whoever does it does not own them, so the
        actor of the clause above does."""
        words, i = self.words, words_above(self.words, phrase.head)
        verb = words.heads[i]
        if words.deps[i] not in ("dobj", "nsubjpass") or words.lemmas[verb] not in self.hostile:
            return None
        here = self.clauses.phrase_at(doer)
        above = self.clauses.subject_above(phrase, frozenset({doer}))
        over = self.clauses.phrase_at(above) if above is not None else None
        if over is None or here is None or not self._is_thing(over) or over.territory in (None, here.territory):
            return None
        return over

    def _of_subject(self, phrase: Phrase, subject: int, *, is_possessive: bool) -> Answer:
        judged = self._judged(phrase) if is_possessive else None
        if judged is not None:
            return judged, "the object that the clause judges"
        over = self.clauses.phrase_at(subject)
        if over is not None and self._is_thing(over) and not self.clauses.joined_at(subject):
            if self._has_rival(subject, phrase, over):
                return None, "another actor stands nearer than the subject"
            return over, "the subject of the clause"
        owner = self.clauses.possessor_of(subject) if is_possessive else None
        if owner is not None and self._is_thing(owner):
            return owner, "the possessor of the clause's subject"
        if over is None:
            return None, f"may mean {self.words.raw[subject]}, which is no actor"
        return None, "the clause has another subject"

    def _judged(self, phrase: Phrase) -> Phrase | None:
        """As in "criticised Luxembourg for its policy": the object, where "for its" hangs on the same verb."""
        words = self.words
        above = words.heads[words.heads[phrase.head]]
        if words.lower[above] != "for":
            return None
        verbs = (words.heads[above], words.heads[words.heads[above]])
        for k in range(above - 1, max(-1, above - 12), -1):
            if words.deps[k] == "dobj" and words.heads[k] in verbs:
                over = self.clauses.phrase_at(k)
                return over if over is not None and self._is_thing(over) else None
        return None

    def _owner_around(self, phrase: Phrase) -> Phrase | None:
        """As in "Azerbaijan's restoration of sovereignty throughout its territory": the owner of a noun above."""
        words, i = self.words, phrase.head
        for _ in range(8):
            above = words.heads[i]
            if above == i or (words.tags[above].startswith("VB") and words.deps[above] not in ("pcomp", "acl")):
                return None
            owner = self.clauses.possessor_of(above)
            if owner is None and words.lower[above].endswith(_NOMINAL):
                owner = self.clauses.possessor_of(above, ("compound", "nmod"))
            if owner is not None and owner.head < phrase.first and self._is_thing(owner):
                return owner
            i = above
        return None

    def _subject_before(self, phrase: Phrase) -> Answer:
        """The subject of the sentence before, where it is a thing and no other noun stands nearer as subject."""
        words = self.words
        for i in self.clauses.subjects_before(phrase, 1):
            if words.sentence[i] == words.sentence[phrase.head] or words.tags[i] in ("NNS", "NNPS", "EX", "WDT", "WP"):
                continue
            verb = words.heads[i]
            is_main = words.deps[verb] in ("ROOT", "ccomp")
            if not is_main and not (words.deps[verb] == "conj" and words.deps[words.heads[verb]] == "ROOT"):
                continue
            if words.tags[i] == "PRP" and words.lower[i] != "it":
                continue
            over = self.clauses.phrase_at(i)
            if over is None and (words.deps[verb] == "ccomp" or self._needs_actor(phrase)):
                continue
            if over is None:
                return None, f"may mean {words.raw[i]}, which is no actor"
            return (
                (over, "the subject of the sentence before")
                if self._is_thing(over)
                else (None, "another subject before")
            )
        return None, "no actor was named just before"

    def _is_thing(self, phrase: Phrase) -> bool:
        if phrase.origin == "pronoun":
            return len(phrase.joint) == 1 and phrase.gender is None and not phrase.plural
        if phrase.origin in ("adjective", "first_person", "latter", "joint_anaphor") or phrase.plural:
            return False
        return phrase.kind not in ("person", "people") and not (phrase.origin == "role" and phrase.kind == "office")

    def _has_rival(self, subject: int, phrase: Phrase, over: Phrase) -> bool:
        """An actor of the same sort between the subject and the pronoun: "Biden told Xi that he"."""
        fits = self._is_person if phrase.gender is not None else self._is_thing
        if phrase.first - subject > _WINDOW:
            return True
        after = phrase.last + 1
        if after < len(self.words) and self.words.lower[after] == "own":
            return False
        told = self._head_of_clause(phrase)
        who, barred = over.person or over, self.clauses.barred_names(phrase)
        for i in range(subject + 1, phrase.first):
            other = self.clauses.page.covering[i]
            if other is None or other.head != i or other is over or other.use == "modifier":
                continue
            if told is not None and other.first <= told <= other.last:
                continue
            if other.origin in ("pronoun", "document") or not fits(other) or not _agrees(other, phrase):
                continue
            one = other.person or other
            is_other = one.territory != who.territory or phrase.gender is not None
            if one.name not in barred and one.name != who.name and is_other:
                return True
        return False

    def _head_of_clause(self, phrase: Phrase) -> int | None:
        """As in "Belarus, which it accused", "the mission it leads": the noun whose clause holds the pronoun."""
        words, i = self.words, phrase.head
        for _ in range(6):
            if words.deps[i] == "relcl":
                return words.heads[i]
            if words.heads[i] == i:
                return None
            i = words.heads[i]
        return None

    # -- several -----------------------------------------------------------------------------------------

    def _several_before(self, phrase: Phrase) -> tuple[tuple[Phrase, ...], str]:
        """they and their: the plural subject of the clause, the one plural there is, the plural subject before."""
        words = self.words
        subject = self.clauses.subject_above(phrase)
        if subject is not None:
            joined = self.clauses.joined_at(subject)
            if joined:
                return joined, "the plural subject of the clause"
            if words.tags[subject] in _PLURAL_TAGS:
                return (), f"may mean {words.raw[subject]}"
        plurals = self._plurals_before(phrase)
        if plurals:
            over = self.clauses.phrase_at(plurals[0])
            is_alone = all(self.clauses.phrase_at(i) is over for i in plurals)
            if over is not None and is_alone and over.plural and over.origin != "first_person":
                return over.joint or (over,), "the only plural actor in the sentence so far"
            return (), f"may mean {words.raw[plurals[0]]}"
        for i in self.clauses.subjects_before(phrase, 1):
            joined = self.clauses.joined_at(i)
            if joined:
                return joined, "the plural subject just before"
            if words.tags[i] in _PLURAL_TAGS:
                return (), f"may mean {words.raw[i]}, who are no known actor"
        return (), "no plural subject just before"

    def _plurals_before(self, phrase: Phrase) -> list[int]:
        """Plural nouns of the sentence before the pronoun, nearest first."""
        words, found, i = self.words, [], phrase.first - 1
        while i >= max(0, phrase.first - _WINDOW) and words.sentence[i] == words.sentence[phrase.head]:
            if words.tags[i] in _PLURAL_TAGS and self.clauses.is_same_voice(i, phrase.head):
                found.append(i)
            i -= 1
        return found


def words_above(words: Words, i: int) -> int:
    """The noun that a possessive belongs to, or what counts it: "boats" and "two" in "two of its boats"."""
    noun = words.heads[i]
    if words.deps[noun] == "pobj" and words.lower[words.heads[noun]] == "of":
        counted = words.heads[words.heads[noun]]
        if words.tags[counted] == "CD" or words.lower[counted] in ("some", "several", "one", "many", "all", "most"):
            return counted
    return noun


def _agrees(other: Phrase, phrase: Phrase) -> bool:
    gender = (other.person.gender if other.person else None) or other.gender
    return gender in (None, phrase.gender) or phrase.gender is None
