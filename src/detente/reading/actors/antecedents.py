"""What pointing phrases point at: pronouns, "the country", "both sides", "the ministry", roles without a territory.

Phrases are followed in the order of the text with what went before as memory. A rule answers only where one
candidate stands out; else the phrase stays open with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.reading.actors.phrase import Page, Phrase
from detente.reading.actors.words import Words

_REACH = 2
_MEMORY = 60
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent", "csubj"})
_CLOSE = frozenset({"within", "from", "inside", "throughout", "across", "of"})
_NOMINAL = ("tion", "sion", "ment", "ance", "ence", "sal", "ism", "ing")
_SELF = frozenset({"itself", "themselves", "himself", "herself"})
_STATE_BODIES = frozenset({"president", "prime minister", "foreign minister", "defence minister", "defense minister", "government", "parliament", "foreign ministry", "ministry", "cabinet", "authorities", "army", "military", "leadership", "administration", "premier", "king", "monarch", "chancellor", "armed forces", "central bank", "ambassador", "embassy", "opposition"})  # fmt: skip  # noqa: E501


@dataclass(slots=True)
class _Memory:
    """What was met so far, latest last; bounded, so that long texts stay linear."""

    phrases: list[Phrase] = field(default_factory=list)
    bodies: dict[str, Phrase] = field(default_factory=dict)

    def keep(self, phrase: Phrase) -> None:
        self.phrases.append(phrase)
        if len(self.phrases) > _MEMORY:
            del self.phrases[: _MEMORY // 2]


class Antecedents:
    """Follows pointing phrases on one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.words: Words = page.words
        self.memory = _Memory()

    def follow(self) -> None:
        """Settle every phrase in the order of the text; inner phrases before the one that holds them."""
        for phrase in sorted(self.page.phrases, key=lambda p: (p.head, p.outer is None, p.span)):
            self._settle(phrase)
            self.memory.keep(phrase)

    # -- one phrase --------------------------------------------------------------------------------------

    def _settle(self, phrase: Phrase) -> None:
        if phrase.settled:
            return
        phrase.settled = True
        if phrase.owner is not None:
            self._settle(phrase.owner)
        if phrase.origin == "pronoun":
            self._settle_pronoun(phrase)
        elif phrase.origin == "territory_anaphor":
            self._point(phrase, *self._territory_before(phrase))
        elif phrase.origin == "joint_anaphor":
            self._settle_joint(phrase)
        elif phrase.origin == "latter":
            self._settle_latter(phrase)
        elif phrase.origin == "role":
            self._settle_role(phrase)
        elif phrase.origin == "organisation" and phrase.form == "common":
            self._settle_body(phrase)
        elif phrase.origin == "organisation":
            self.memory.bodies[phrase.key] = phrase
            self.memory.bodies[self.words.lower[phrase.head]] = phrase
        elif phrase.origin == "document" and phrase.key in ("document", "text", "paper"):
            self._settle_document(phrase)

    def _point(self, phrase: Phrase, antecedent: Phrase | None, reason: str) -> None:
        """Take over who the antecedent is; without one keep the reason."""
        if antecedent is None:
            phrase.reason = reason
            phrase.score = 0.0
            return
        phrase.joint = antecedent.joint or (antecedent,)
        phrase.territory = antecedent.territory
        phrase.reason = reason
        phrase.score = 0.7

    # -- pronouns ----------------------------------------------------------------------------------------

    def _settle_pronoun(self, phrase: Phrase) -> None:
        near = self._just_before(phrase)
        if near is not None:
            self._point(phrase, near, "the name right before")
        elif phrase.gender is not None:
            self._point(phrase, *self._person_before(phrase))
        elif phrase.plural:
            self._settle_they(phrase)
        else:
            self._point(phrase, *self._thing_before(phrase))

    def _recent(self, phrase: Phrase, reach: int = _REACH) -> list[Phrase]:
        """Phrases before this one within `reach` sentences, latest last, each as what it points at."""
        here = self.words.sentence[phrase.head]
        return [
            other
            for other in self.memory.phrases
            if here - self.words.sentence[other.head] <= reach and other.head < phrase.first and other.score > 0
        ]

    def _clause_subject(self, phrase: Phrase) -> tuple[int | None, bool]:
        """The subject that governs the phrase from the nearest verb above it, and whether a verb was passed by
        because its own object cannot be its subject."""
        words = self.words
        skip = words.tags[phrase.head] == "PRP" and phrase.key not in _SELF
        verb = words.verb_above(phrase.head)
        for _ in range(6):
            if verb is None:
                return None, skip
            subject = self._subject_of(verb)
            if subject is not None and subject != phrase.head and subject < phrase.first and not skip:
                return subject, False
            if subject is not None:
                skip = False
            above = words.verb_above(verb)
            if above == verb:
                return None, skip
            verb = above
        return None, skip

    def _subject_of(self, verb: int) -> int | None:
        words = self.words
        for i in range(max(0, verb - 40), verb):
            if words.heads[i] == verb and words.deps[i] in ("nsubj", "nsubjpass"):
                return i
        if words.deps[verb] == "conj":
            return self._subject_of(words.heads[verb]) if words.heads[verb] < verb else None
        return None

    def _phrase_at(self, token: int) -> Phrase | None:
        over = self.page.covering[token]
        return over if over is not None and over.head == token or over is not None and over.last == token else None

    def _person_before(self, phrase: Phrase) -> tuple[Phrase | None, str]:
        following = self._subject_after(phrase)
        if following is not None and self._is_person(following) and self._agrees(following, phrase):
            return following.person or following, "the subject that follows"
        if following is not None:
            return None, "another subject follows"
        barred = self._barred(phrase)
        people = [
            p
            for p in self._recent(phrase)
            if self._is_person(p)
            and self._agrees(p, phrase)
            and not ({n.name for n in (p.person or p,)} | {n.name for n in p.joint}) & barred
        ]
        subject, _ = self._clause_subject(phrase)
        if subject is not None:
            over = self._phrase_at(subject)
            if over is not None and self._is_person(over) and self._agrees(over, phrase):
                if self._rival_between(subject, phrase, over):
                    return None, "another person stands nearer than the subject"
                return over.person or over, "the person who is subject of the clause"
        distinct = _distinct(people)
        if len(distinct) == 1:
            return distinct[0], "the only person named just before"
        leading = _distinct([p for p in people if self.words.deps[self._outermost(p).head] in ("nsubj", "nsubjpass")])
        if distinct and len(leading) == 1:
            return leading[0], "the only person who was subject just before"
        return None, "several persons may be meant" if distinct else "no person was named just before"

    def _just_before(self, phrase: Phrase) -> Phrase | None:
        """ "Ukraine within its borders", "Armenians from their homes": the name right before the preposition."""
        words, i = self.words, phrase.head
        if (
            words.tags[i] != "PRP$"
            or i < 2
            or words.lower[i - 1] not in _CLOSE
            or words.sentence[i - 2] != words.sentence[i]
        ):
            return None
        over = self.page.covering[i - 2]
        if over is None or over.last != i - 2 or over.gender is not None or over.plural != phrase.plural:
            return None
        return over if over.origin not in ("pronoun", "first_person", "person") and over.score > 0 else None

    def _rival_between(self, subject: int, phrase: Phrase, over: Phrase) -> bool:
        """An actor of the same sort between the subject and the pronoun: "Biden told Xi that he"."""
        is_sort = self._is_person if phrase.gender is not None else self._is_thing
        who = over.person or over
        barred = self._barred(phrase)
        for i in range(subject + 1, phrase.first):
            other = self.page.covering[i]
            if (
                other is None
                or other.head != i
                or other is over
                or other.use == "modifier"
                or other.origin in ("pronoun", "document")
            ):
                continue
            if self.words.sentence[i] != self.words.sentence[phrase.head] or not is_sort(other):
                continue
            one = other.person or other
            if one.name in barred:
                continue
            if (
                one.name != who.name
                and (one.territory != who.territory or phrase.gender is not None)
                and self._agrees(other, phrase)
            ):
                return True
        return False

    def _subject_after(self, phrase: Phrase) -> Phrase | None:
        """ "In his speech, the minister said": the subject that follows a possessive in a fronted phrase."""
        words = self.words
        if words.tags[phrase.head] != "PRP$":
            return None
        verb = words.verb_above(phrase.head)
        if verb is None or verb < phrase.head or words.sentence[verb] != words.sentence[phrase.head]:
            return None
        subject = self._subject_of(verb)
        if subject is None or subject < phrase.head:
            return None
        i = phrase.head
        for _ in range(10):
            i = words.heads[i]
            if i == subject:
                return None
            if i == verb:
                break
        return self._phrase_at(subject)

    def _barred(self, phrase: Phrase) -> set[str]:
        """Who an object pronoun cannot be: the subject of its own clause."""
        words = self.words
        if words.tags[phrase.head] != "PRP" or phrase.key in _SELF:
            return set()
        verb = words.verb_above(phrase.head)
        subject = self._subject_of(verb) if verb is not None else None
        over = self._phrase_at(subject) if subject is not None and subject != phrase.head else None
        if over is None:
            return set()
        return {one.name for some in (over.joint or (over,)) for one in (some.person or some,)}

    def _outermost(self, phrase: Phrase) -> Phrase:
        while phrase.outer is not None:
            phrase = phrase.outer
        return phrase

    def _is_person(self, phrase: Phrase) -> bool:
        if phrase.origin == "pronoun":
            return phrase.gender is not None and bool(phrase.joint)
        return not phrase.plural and (
            phrase.kind == "person"
            or phrase.origin == "role"
            and phrase.kind == "office"
            and phrase.sector not in ("JUD", "LEG", "MIL")
        )

    def _agrees(self, other: Phrase, phrase: Phrase) -> bool:
        gender = (other.person.gender if other.person else None) or other.gender
        return gender in (None, phrase.gender)

    def _thing_before(self, phrase: Phrase) -> tuple[Phrase | None, str]:
        """it and its: the clause's own subject, else the one actor there is, else the subject before."""
        words = self.words
        following = self._subject_after(phrase)
        if following is not None and self._is_thing(following):
            return following, "the subject that follows"
        if words.tags[phrase.head] == "PRP$":
            possessor = self._possessor_around(phrase)
            if possessor is not None:
                return possessor, "the possessor of the same noun phrase"
        subject, _ = self._clause_subject(phrase)
        if subject is not None:
            over = self._phrase_at(subject)
            judged = self._judged(phrase)
            if judged is not None:
                return judged, "the object that the clause judges"
            if over is not None and self._is_thing(over) and not self._joined(subject):
                if self._rival_between(subject, phrase, over):
                    return None, "another actor stands nearer than the subject"
                return over, "the subject of the clause"
            possessor = self._possessor_of(subject)
            if possessor is not None and words.tags[phrase.head] == "PRP$":
                return possessor, "the possessor of the clause's subject"
            if over is None:
                return None, f"may mean {words.raw[subject]}, which is no actor"
        here = words.sentence[phrase.head]
        same = _distinct([p for p in self._recent(phrase, 0) if self._is_thing(p) and p.use != "modifier"])
        if len(same) == 1 and subject is None and words.tags[phrase.head] == "PRP$":
            return same[0], "the only actor in the sentence so far"
        if same:
            return None, "several actors may be meant"
        return self._subject_before(here, phrase)

    def _judged(self, phrase: Phrase) -> Phrase | None:
        """ "criticised Luxembourg for its policy": the object, where "for its" hangs on the same verb."""
        words, i = self.words, phrase.head
        if words.tags[i] != "PRP$":
            return None
        above = words.heads[words.heads[i]]
        if words.lower[above] != "for":
            return None
        for k in range(above - 1, max(-1, above - 12), -1):
            if words.deps[k] == "dobj" and words.heads[k] in (words.heads[above], words.heads[words.heads[above]]):
                over = self._phrase_at(k)
                return over if over is not None and self._is_thing(over) else None
        return None

    def _subject_before(self, here: int, phrase: Phrase) -> tuple[Phrase | None, str]:
        """The subject of the sentence before, where it is a thing and no other noun stands nearer as subject."""
        for i in range(phrase.first - 1, max(-1, phrase.first - 120), -1):
            distance = here - self.words.sentence[i]
            if distance > 1:
                break
            if distance < 1 or self.words.deps[i] not in ("nsubj", "nsubjpass"):
                continue
            verb = self.words.heads[i]
            if self.words.deps[verb] not in ("ROOT", "ccomp", "conj"):
                continue
            if self.words.deps[verb] == "conj" and self.words.deps[self.words.heads[verb]] != "ROOT":
                continue
            if self.words.tags[i] in ("NNS", "NNPS", "EX", "PRP", "WDT", "WP"):
                if self.words.tags[i] != "PRP" or self.words.lower[i] not in ("it",):
                    continue
            over = self._phrase_at(i)
            if over is not None and self._is_thing(over):
                return over, "the subject of the sentence before"
            if over is None:
                return None, f"may mean {self.words.raw[i]}, which is no actor"
            return None, "the sentence before has another subject"
        return None, "no actor was named just before"

    def _is_thing(self, phrase: Phrase) -> bool:
        if phrase.origin == "pronoun":
            return bool(phrase.joint) and len(phrase.joint) == 1 and phrase.gender is None and not phrase.plural
        if phrase.origin == "adjective":
            return False
        return (
            not phrase.plural
            and phrase.kind not in ("person", "people")
            and phrase.origin not in ("first_person", "latter", "joint_anaphor")
            and not (phrase.origin == "role" and phrase.kind == "office" and phrase.sector == "GOV")
        )

    def _possessor_around(self, phrase: Phrase) -> Phrase | None:
        """ "Azerbaijan's restoration of sovereignty throughout its territory": the possessor of a noun above."""
        words = self.words
        i = phrase.head
        for _ in range(8):
            above = words.heads[i]
            if above == i or words.tags[above].startswith("VB") and words.deps[above] not in ("pcomp", "acl"):
                return None
            possessor = self._possessor_of(above)
            if possessor is None and words.lower[above].endswith(_NOMINAL):
                possessor = self._possessor_of(above, deps=("compound", "nmod"))
            if possessor is not None and possessor.head < phrase.first:
                return possessor
            i = above
        return None

    def _possessor_of(self, noun: int, *, deps: tuple[str, ...] = ("poss",)) -> Phrase | None:
        words = self.words
        for i in range(noun - 1, max(-1, noun - 9), -1):
            if words.heads[i] == noun and words.deps[i] in deps:
                over = self._phrase_at(i)
                return over if over is not None and self._is_thing(over) else None
        return None

    def _settle_they(self, phrase: Phrase) -> None:
        subject, _ = self._clause_subject(phrase)
        if subject is not None:
            joined = self._joined(subject)
            if joined:
                self._point_jointly(phrase, joined, "the plural subject of the clause")
                return
            if self.words.tags[subject] in ("NNS", "NNPS"):
                phrase.reason, phrase.score = f"may mean {self.words.raw[subject]}", 0.0
                return
        nearest = self._plural_just_before(phrase)
        if nearest is not None:
            self._point_jointly(phrase, nearest.joint or (nearest,), "the only plural actor in the sentence so far")
            return
        here = self.words.sentence[phrase.head]
        i = phrase.first - 1
        while i >= 0 and self.words.sentence[i] == here:
            if self.words.tags[i] in ("NNS", "NNPS"):
                phrase.reason, phrase.score = f"may mean {self.words.raw[i]}", 0.0
                return
            i -= 1
        for i in range(phrase.first - 1, max(-1, phrase.first - 120), -1):
            distance = here - self.words.sentence[i]
            if distance > 1:
                break
            if self.words.deps[i] in ("nsubj", "nsubjpass") and (
                distance == 1 or not self.words.tags[phrase.head] == "PRP$"
            ):
                joined = self._joined(i)
                if joined:
                    self._point_jointly(phrase, joined, "the plural subject just before")
                    return
                if self.words.tags[i] in ("NNS", "NNPS"):
                    phrase.reason, phrase.score = f"may mean {self.words.raw[i]}, who are no known actor", 0.0
                    return
        phrase.reason, phrase.score = "no plural subject just before", 0.0

    def _plural_just_before(self, phrase: Phrase) -> Phrase | None:
        """The plural actor of the same sentence, where no other plural noun stands in it before the pronoun."""
        words = self.words
        found: Phrase | None = None
        i = phrase.first - 1
        while i >= 0 and words.sentence[i] == words.sentence[phrase.head]:
            if words.tags[i] in ("NNS", "NNPS"):
                over = self._phrase_at(i)
                if (
                    over is None
                    or not over.plural
                    or over.origin == "first_person"
                    or (found is not None and over is not found)
                ):
                    return None
                found = over
            i -= 1
        return found

    def _joined(self, subject: int) -> tuple[Phrase, ...]:
        """The plural actor at a subject, or the actors joined in it ("Armenia and Azerbaijan")."""
        over = self._phrase_at(subject)
        if over is None or over.origin == "first_person":
            return ()
        if over.plural:
            return over.joint or (over,)
        found = [over]
        words = self.words
        tip = subject
        for i in range(subject + 1, min(len(words), subject + 25)):
            if words.deps[i] == "conj" and words.heads[i] == tip:
                other = self._phrase_at(i)
                if other is None:
                    return ()
                found.append(other)
                tip = i
        return tuple(found) if len(found) > 1 else ()

    def _point_jointly(self, phrase: Phrase, joined: tuple[Phrase, ...], reason: str) -> None:
        flat = tuple(one for other in joined for one in (other.joint or (other,)))
        phrase.joint = tuple(_distinct(list(flat)))
        phrase.reason = reason
        phrase.score = 0.7

    # -- territories pointed at --------------------------------------------------------------------------

    def _territory_before(self, phrase: Phrase) -> tuple[Phrase | None, str]:
        """ "the country": the one territory of the sentence so far, else of the sentence before, else its subject."""
        words = self.words
        here = words.sentence[phrase.head]
        barred = None
        if words.deps[phrase.head] == "dobj":
            subject = self._subject_of(words.heads[phrase.head])
            barred = self._phrase_at(subject) if subject is not None else None
        if phrase.use == "place":
            places = {
                p.territory
                for p in self._recent(phrase, 3)
                if p.is_territory and p.use == "place" and p.territory is not None
            }
            if len(places) == 1:
                code = places.pop()
                return next(
                    p for p in self._recent(phrase, 3) if p.territory == code
                ), "the only territory that was a place just before"
        for distance in range(_REACH + 1):
            met = [
                p
                for p in self.memory.phrases
                if p.head < phrase.first
                and here - words.sentence[p.head] == distance
                and p.territory
                and (p.is_territory or p.origin in ("territory_anaphor", "role"))
                and not (p.origin == "adjective" and p.plural)
                and (barred is None or p.territory != barred.territory)
                and p.score > 0
            ]
            named = [
                p
                for p in met
                if (p.is_territory and p.origin != "adjective") or p.origin == "territory_anaphor" or p.is_capital
            ]
            named = named or [p for p in met if p.origin != "adjective"] or met
            codes = list(dict.fromkeys(p.territory for p in named))
            if len(codes) == 1 and (distance < _REACH or self.page.words.sentence[phrase.head] < _REACH + 1):
                return named[-1], "the only territory named just before"
            if codes:
                subjects = _distinct(
                    [p for p in named if words.deps[self._outermost(p).head] in ("nsubj", "nsubjpass")]
                )
                if len({p.territory for p in subjects}) == 1:
                    return subjects[0], "the only territory that was a subject just before"
                return None, "several territories may be meant"
        return None, "no territory was named just before"

    def _settle_joint(self, phrase: Phrase) -> None:
        """ "both sides", "the two countries": the two that the text just joined."""
        words = self.words
        if phrase.key == "each other":
            subject, _ = self._clause_subject(phrase)
            joined = self._joined(subject) if subject is not None else ()
            if joined:
                self._point_jointly(phrase, joined, "the subjects of the clause, to each other")
                phrase.joint = phrase.joint[:4]
                return
        listed = self._listed_after(phrase)
        if listed:
            self._point_jointly(phrase, listed, "named right after")
            return
        here = words.sentence[phrase.head]
        for distance in range(_REACH + 1):
            met = [
                p for p in self.memory.phrases
                if p.head < phrase.first and here - words.sentence[p.head] == distance and p.territory
                and p.kind not in ("person", "people", "document") and p.score > 0
            ]  # fmt: skip
            firsts = {p.territory: p for p in reversed(met)}
            if len(firsts) == 2:
                phrase.joint = tuple(sorted(firsts.values(), key=lambda p: p.head))
                phrase.reason, phrase.score = "the two territories named just before", 0.7
                return
            if len(firsts) > 2:
                phrase.reason, phrase.score = "more than two territories were named just before", 0.0
                return
        earlier = [p for p in self.memory.phrases if p.origin == "joint_anaphor" and len(p.joint) == 2]
        if earlier and here - words.sentence[earlier[-1].head] <= 4:
            phrase.joint, phrase.reason, phrase.score = earlier[-1].joint, "the two met before", 0.6
            return
        phrase.reason, phrase.score = "no two territories were named just before", 0.0

    def _listed_after(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """ "the other two countries – Peru and Luxembourg"."""
        words, i = self.words, phrase.last + 1
        if i >= len(words) or words.raw[i] not in ("–", "—", "-", ",", ":", "("):
            return ()
        found: list[Phrase] = []
        for k in range(i + 1, min(len(words), i + 14)):
            over = self.page.covering[k]
            if over is not None and over.is_territory and over.origin != "adjective":
                if over not in found:
                    found.append(over)
            elif words.lower[k] not in (",", "and", "the", "&"):
                break
        return tuple(found) if len(found) > 1 else ()

    def _settle_document(self, phrase: Phrase) -> None:
        before = [p for p in self.memory.phrases if p.origin == "document" and p is not phrase]
        names = {p.name for p in before}
        if len(names - {phrase.key}) == 1:
            phrase.name = (names - {phrase.key}).pop()
            phrase.reason = "the text named before"

    def _settle_latter(self, phrase: Phrase) -> None:
        """The last two actors that "and" or "or" joined, or the last two different ones of the sentence."""
        words = self.words
        for distance in (0, 1):
            met = _distinct([
                p for p in self.memory.phrases
                if p.head < phrase.first and words.sentence[phrase.head] - words.sentence[p.head] == distance
                and p.outer is None and p.use != "modifier" and p.score > 0 and p.origin not in ("pronoun", "latter", "document")
            ])  # fmt: skip
            if phrase.key == "latter" and met:
                self._point(phrase, met[-1], "the last actor named before")
                return
            if len(met) >= 2:
                self._point(phrase, met[-2], "the last but one actor named before")
                return
        phrase.reason, phrase.score = "no two actors were named just before", 0.0

    # -- roles and bodies --------------------------------------------------------------------------------

    def _settle_role(self, phrase: Phrase) -> None:
        owner = phrase.owner
        if phrase.relational and not phrase.territories:
            phrase.reason += "; it stands in a relation to its possessor and does not act for it"
            return
        if not phrase.territories and owner is not None and not _is_of_all(owner):
            if owner.territory is None and owner.joint:
                codes = list(dict.fromkeys(p.territory for p in owner.joint if p.territory))
                phrase.territories = tuple(codes)
            elif owner.territory is not None:
                phrase.territories = (owner.territory,)
            elif owner.territories:
                phrase.territories = owner.territories
        if owner is not None and _is_of_all(owner):
            phrase.sector = "IGO"
            phrase.reason += f"; acts for {owner.name}"
        if not phrase.territories and phrase.location is not None:
            phrase.territories = (phrase.location,)
        if not phrase.territories and owner is None and phrase.person is None:
            self._borrow(phrase)
        phrase.territory = phrase.territories[0] if len(phrase.territories) == 1 else None
        if phrase.territory is not None or phrase.owner is not None:
            self.memory.bodies[phrase.key] = phrase
            self.memory.bodies[phrase.key.split()[-1]] = phrase

    def _borrow(self, phrase: Phrase) -> None:
        """ "the ministry" after "the Turkish foreign ministry"; "MPs" joined to "the Azerbaijani Foreign Ministry"."""
        words = self.words
        if not phrase.definite:
            other = None
            if words.deps[phrase.head] == "conj" and words.heads[phrase.head] < phrase.first:
                other = self._phrase_at(words.heads[phrase.head])
            elif phrase.first > 1 and words.lower[phrase.first - 1] in ("and", "or"):
                other = self.page.covering[phrase.first - 2]
            if other is not None and other.origin == "role" and other.territories:
                phrase.territories = other.territories
                phrase.reason += "; shares the modifier of the phrase it is joined to"
                return
        if not phrase.definite:
            phrase.reason += "; no territory stated"
            return
        before = self.memory.bodies.get(phrase.key)
        if before is not None and before.plural == phrase.plural and before.head < phrase.first:
            phrase.territories = before.territories
            phrase.joint = (before,)
            phrase.reason += "; the one named before"
            return
        if phrase.key in _STATE_BODIES:
            antecedent, why = self._territory_before(phrase)
            if antecedent is not None and antecedent.territory:
                phrase.territories = (antecedent.territory,)
                phrase.score = 0.5
                phrase.reason += f"; {why}"
                return
        phrase.reason += "; no territory stated"

    def _settle_body(self, phrase: Phrase) -> None:
        before = self.memory.bodies.get(phrase.key) or self.memory.bodies.get(_OTHER_SPELLING.get(phrase.key, ""))
        if before is None:
            before = next(
                (
                    p for p in reversed(self.memory.phrases)
                    if p.origin == "organisation" and p.form == "name" and phrase.key in p.name.lower().split()
                ),
                None,
            )  # fmt: skip
        self._point(phrase, before, "the body named before" if before else "no body of that kind was named before")


_OTHER_SPELLING = {
    "center": "centre",
    "centre": "center",
    "organization": "organisation",
    "organisation": "organization",
}


def _is_of_all(owner: Phrase) -> bool:
    return owner.origin == "organisation" and owner.kind == "igo"


def _distinct(phrases: list[Phrase]) -> list[Phrase]:
    """Each actor once, the latest phrase of each, in the order of the text."""
    found: dict[tuple[str, str | None], Phrase] = {}
    for phrase in phrases:
        for some in phrase.joint or (phrase,):
            one = some.person or some
            key = (one.name.lower(), one.territory)
            found.pop(key, None)
            found[key] = one
    return list(found.values())
