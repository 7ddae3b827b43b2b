"""What "the country", "both sides", "each other" and "the latter" point at."""

from __future__ import annotations

from detente.reading.actors.clauses import Clauses
from detente.reading.actors.memory import Memory, distinct, point
from detente.reading.actors.phrase import Phrase
from detente.reading.actors.pronoun_antecedents import Answer, PronounAntecedents

_REACH = 2
_PLACE_REACH = 3
_JOINERS = frozenset({",", "and", "the", "&"})


class TerritoryAntecedents:
    """Follows phrases that point at territories on one page."""

    def __init__(self, clauses: Clauses, memory: Memory, pronouns: PronounAntecedents) -> None:
        self.clauses = clauses
        self.words = clauses.words
        self.memory = memory
        self.pronouns = pronouns
        self._counted: dict[str, list[Phrase]] | None = None

    def settle(self, phrase: Phrase) -> None:
        found, why = self.territory_before(phrase)
        point(phrase, () if found is None else (found,), why)

    def territory_before(self, phrase: Phrase) -> Answer:
        """The one territory of the sentence so far, else of the sentence before; of several the one that was subject.
        Where one is in ("in the country"), the one place named just before. Named states win over their bodies."""
        if phrase.use == "place":
            places = [p for p in self.pronouns.recent(phrase, _PLACE_REACH) if p.is_territory and p.use == "place"]
            if len({p.territory for p in places}) == 1 and places[0].territory is not None:
                return places[-1], "the only territory that was a place just before"
        barred = self._barred(phrase)
        here = self.words.sentence[phrase.head]
        for distance in range(_REACH + 1):
            met = [
                p
                for p in self.pronouns.recent(phrase, distance)
                if here - self.words.sentence[p.head] == distance and self._names_one(p) and p.territory != barred
            ]
            named = [p for p in met if _is_named_state(p)] or [p for p in met if p.origin != "adjective"] or met
            if not named:
                continue
            if len({p.territory for p in named}) == 1:
                return named[-1], "the only territory named just before"
            leading = distinct(p for p in named if self.clauses.is_subject(p))
            if len({p.territory for p in leading}) == 1:
                return leading[0], "the only territory that was a subject just before"
            return None, "several territories may be meant"
        return None, "no territory was named just before"

    def _names_one(self, phrase: Phrase) -> bool:
        is_people = phrase.origin == "adjective" and phrase.plural
        return bool(phrase.territory) and not is_people and (
            phrase.is_territory or phrase.origin in ("territory_anaphor", "role")
        )  # fmt: skip

    def _barred(self, phrase: Phrase) -> str | None:
        """As in "X attacked the country": not X's own."""
        if self.words.deps[phrase.head] != "dobj":
            return None
        subject = self.clauses.subject_of(self.words.heads[phrase.head])
        over = self.clauses.phrase_at(subject) if subject is not None else None
        return over.territory if over is not None else None

    # -- two together ------------------------------------------------------------------------------------

    def settle_joint(self, phrase: Phrase) -> None:
        """As in "both sides", "the two countries": the two that the text just named together."""
        if phrase.key == "each other":
            subject = self.clauses.subject_above(phrase)
            joined = self.clauses.joined_at(subject) if subject is not None else ()
            if joined:
                point(phrase, joined, "the subjects of the clause, to each other")
                return
        if (before := self._named_together(phrase)) is not None:
            point(phrase, (before,), "those of that name, named together before")
            return
        if phrase.is_faint:
            point(phrase, (), "none of that name were named together before")
            return
        listed = self._listed_after(phrase)
        if listed:
            point(phrase, listed, "named right after")
            return
        here = self.words.sentence[phrase.head]
        for distance in range(_REACH + 1):
            met = [
                p
                for p in self.pronouns.recent(phrase, distance)
                if here - self.words.sentence[p.head] == distance and p.territory
                and p.kind not in ("people", "document") and p.use != "place"
                and (p.kind != "person" or p.outer is None)
            ]  # fmt: skip
            firsts = {p.territory: p for p in reversed(met)}
            if len(firsts) == 2:
                two = sorted(firsts.values(), key=lambda p: p.head)
                point(phrase, tuple(two), "the two territories named just before")
                return
            last = self._last_joined(phrase) if distance == 0 and len(firsts) > 2 else ()
            if last:
                point(phrase, last, "the two joined just before")
                return
            if len(firsts) > 2:
                break
        earlier = [p for p in self.memory.phrases if p.origin == "joint_anaphor" and len(p.joint) == 2]
        if earlier and here - self.words.sentence[earlier[-1].head] <= _REACH * 2:
            point(phrase, earlier[-1].joint, "the two met before", 0.6)
            return
        if phrase.key in ("sides", "parties") and self.words.is_capitalised(phrase.head):
            opening = self._first_two(phrase)
            if opening:
                point(phrase, opening, "the two that the text is between", 0.6)
                return
        dyad = self._dyad(phrase)
        if dyad:
            point(phrase, dyad, "the two that the article speaks of most", 0.5)
            return
        point(phrase, (), "no two territories were named just before")

    def _named_together(self, phrase: Phrase) -> Phrase | None:
        """As in "the ministers" after "the foreign ministers of Laos and Japan": the latest of that word."""
        word = self.words.lower[phrase.head]
        met = [
            p
            for p in self.memory.phrases
            if p.origin == "role" and len(p.territories) > 1 and p.head < phrase.first
            and self.words.lower[p.head] == word and self.clauses.is_same_voice(p.head, phrase.head)
        ]  # fmt: skip
        return met[-1] if met else None

    def _first_two(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """The first two territories of the text, named in one sentence: the sides of a statement or treaty."""
        met: dict[str, Phrase] = {}
        for p in self.clauses.page.phrases:
            if p.territory and p.use == "actor" and p.origin in ("name", "role", "capital") and p.head < phrase.first:
                met.setdefault(p.territory, p)
            elif p.territories and p.origin == "role" and len(p.territories) == 2 and p.head < phrase.first:
                return (p,)
        firsts = sorted(met.values(), key=lambda p: p.head)[:2]
        is_together = len(firsts) == 2 and self.words.sentence[firsts[0].head] == self.words.sentence[firsts[1].head]
        return tuple(firsts) if is_together else ()

    def _dyad(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """The two territories that actors of the whole article are of, where all others are rare."""
        if self._counted is None:
            self._counted = {}
            for p in self.clauses.page.phrases:
                if (
                    p.territory
                    and p.use == "actor"
                    and p.outer is None
                    and p.origin in ("name", "capital", "role", "seat")
                ):
                    self._counted.setdefault(p.territory, []).append(p)
        ranked = sorted(self._counted.items(), key=lambda item: (-len(item[1]), item[0]))
        if len(ranked) < 2 or len(ranked[1][1]) < 2:
            return ()
        if len(ranked) > 2 and len(ranked[2][1]) * 2 > len(ranked[1][1]):
            return ()
        return tuple(sorted((found[0] for _, found in ranked[:2]), key=lambda p: p.head))

    def _last_joined(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """As in "Peru and Fiji, but those two": the two last names, where "and" joins them."""
        named = [p for p in self.pronouns.recent(phrase, 0) if p.is_territory and p.origin != "adjective"][-2:]
        words = self.words
        is_joined = (
            len(named) == 2 and words.deps[named[1].head] == "conj" and words.heads[named[1].head] == named[0].head
        )
        return tuple(named) if is_joined else ()

    def _listed_after(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """As in "the other two countries – Peru and Luxembourg"."""
        words, i = self.words, phrase.last + 1
        if i >= len(words) or words.raw[i] not in ("–", "—", "-", ",", ":", "("):
            return ()
        found: list[Phrase] = []
        for k in range(i + 1, min(len(words), i + 14)):
            over = self.clauses.page.covering[k]
            if over is not None and over.is_territory and over.origin != "adjective":
                if over not in found:
                    found.append(over)
            elif words.lower[k] not in _JOINERS:
                break
        return tuple(found) if len(found) > 1 else ()

    def settle_latter(self, phrase: Phrase) -> None:
        """The last actor named before, or the last but one."""
        here = self.words.sentence[phrase.head]
        for distance in (0, 1):
            met = distinct(
                p
                for p in self.pronouns.recent(phrase, distance)
                if here - self.words.sentence[p.head] == distance and p.outer is None and p.use != "modifier"
                and p.origin not in ("pronoun", "first_person", "latter", "document")
            )  # fmt: skip
            if phrase.key == "latter" and met:
                point(phrase, (met[-1],), "the last actor named before")
                return
            if len(met) >= 2:
                point(phrase, (met[-2],), "the last but one actor named before")
                return
        point(phrase, (), "no two actors were named just before")


def _is_named_state(phrase: Phrase) -> bool:
    return phrase.is_capital or phrase.origin == "territory_anaphor" or (
        phrase.is_territory and phrase.origin != "adjective"
    )  # fmt: skip
