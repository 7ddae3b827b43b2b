"""Whose a role or a body is where the phrase does not say: "its minister", "the ministry", "MPs", "the Center"."""

from __future__ import annotations

from functools import cached_property

from detente.reading.actors.clauses import Clauses
from detente.reading.actors.lexicon import ActorLexicon
from detente.reading.actors.memory import Memory, distinct, point
from detente.reading.actors.phrase import Phrase
from detente.reading.actors.territory_antecedents import TerritoryAntecedents

_OTHER_SPELLING = {
    "center": "centre", "centre": "center", "organization": "organisation", "organisation": "organization",
}  # fmt: skip
_NEAR = 2
_AUTHORS = frozenset({"author", "authors"})
_GROUP_REACH = 4  # sentences
_BODY_KINDS = frozenset({"armed_group", "party", "ngo", "company", "igo", "media"})
_GENERIC_TEXTS = frozenset({"document", "text", "paper"})


class BodyAntecedents:
    """Follows roles and bodies on one page."""

    def __init__(
        self, clauses: Clauses, memory: Memory, territories: TerritoryAntecedents, lexicon: ActorLexicon
    ) -> None:
        self.clauses = clauses
        self.words = clauses.words
        self.memory = memory
        self.territories = territories
        self.lexicon = lexicon

    @cached_property
    def _codes(self) -> dict[str, set[str]]:
        """The territories that the text states for each role."""
        codes: dict[str, set[str]] = {}
        for phrase in self.clauses.page.phrases:
            if phrase.origin == "role":
                codes.setdefault(phrase.key, set()).update(phrase.territories)
        return codes

    def settle_role(self, phrase: Phrase) -> None:
        if phrase.relational and not phrase.territories and phrase.location is None:
            phrase.reason += "; it stands in a relation to its possessor and does not act for it"
            return
        owner = phrase.owner
        if owner is not None:
            self._take_from_owner(phrase, owner)
        if not phrase.territories and phrase.location is not None:
            phrase.territories = (phrase.location,)
        if not phrase.territories and owner is None and phrase.person is None:
            self._borrow(phrase)
        phrase.territory = phrase.territories[0] if len(phrase.territories) == 1 else None
        if phrase.territory is not None or owner is not None:
            self.memory.bodies[phrase.key] = phrase
            self.memory.bodies[phrase.key.split()[-1]] = phrase

    def _take_from_owner(self, phrase: Phrase, owner: Phrase) -> None:
        if owner.origin == "organisation" and owner.kind == "igo":
            if not phrase.is_stated:
                phrase.sector = "IGO"
            return
        if phrase.territories:
            return
        if owner.territory is not None:
            phrase.territories = (owner.territory,)
        elif owner.joint:
            phrase.territories = tuple(dict.fromkeys(one.territory for one in owner.joint if one.territory))
        else:
            phrase.territories = owner.territories
        if not phrase.territories:
            phrase.reason += "; whose it is is not known"

    def _borrow(self, phrase: Phrase) -> None:
        """The territory of the phrase it is joined to, of the one named before, or of the state just named."""
        group = self._group_before(phrase) if phrase.definite or phrase.is_faint else self._group_of(phrase)
        if group is not None:
            phrase.territories, phrase.joint = group.territories, ()
            phrase.reason += "; the group named before"
            return
        sender = self._sender(phrase) if not phrase.definite else None
        if sender is not None and sender.territory is not None:
            phrase.territories, phrase.score = (sender.territory,), 0.6
            phrase.reason += "; sent by the subject of the clause"
            return
        if phrase.key in _AUTHORS and phrase.definite:
            text = next((p for p in reversed(self.memory.phrases) if p.origin == "document" and p.territory), None)
            if text is not None:
                phrase.territories = (text.territory,) if text.territory is not None else ()
                phrase.reason += "; of the side whose text was named before"
                return
        if not phrase.definite:
            other = self._joined_to(phrase)
            if other is not None and other.origin == "role" and other.territories:
                phrase.territories = other.territories
                phrase.reason += "; shares the modifier of the phrase it is joined to"
            else:
                phrase.reason += "; no territory stated"
            return
        before = self.memory.bodies.get(phrase.key)
        if before is not None and self._is_same_body(phrase, before):
            phrase.territories, phrase.joint = before.territories, (before,)
            phrase.reason += "; the one named before"
            return
        body = self._only_body_before(phrase)
        if body is not None:
            phrase.joint, phrase.territories = (body,), () if body.territory is None else (body.territory,)
            phrase.reason += "; the only body of that kind named just before"
            return
        if phrase.key in self.lexicon.state_body and not self.words.is_capitalised(phrase.head):
            antecedent, why = self.territories.territory_before(phrase)
            if antecedent is not None and antecedent.territory and self.clauses.is_subject(antecedent):
                phrase.territories, phrase.score = (antecedent.territory,), 0.5
                phrase.reason += f"; {why}"
                return
        phrase.reason += "; no territory stated"

    def _group_before(self, phrase: Phrase) -> Phrase | None:
        """As in "the crews" after "two Chilean trawlers and their crews": the latest group of that word whose territory
        is known; for a word that takes up anybody, the one territory that groups just before are of."""
        word = self.words.lower[phrase.head]
        sort = next((one for one in (self.lexicon.generic_people, self.lexicon.generic_craft) if word in one), None)
        if sort is None and not phrase.is_faint:
            return None
        base = _singular(word)
        met = [
            p
            for p in self.territories.pronouns.recent(phrase, _GROUP_REACH)
            if p.origin == "role" and p.person is None and p.kind not in ("office", "ministry", "person")
        ]
        same = [p for p in met if _singular(self.words.lower[p.head]) == base]
        if same:
            return same[-1] if same[-1].territories else None
        if sort is None:
            return None
        craft = self.lexicon.generic_craft
        alike = [
            p
            for p in met
            if p.territories and (self.words.lower[p.head] in sort or (sort is not craft and p.kind == "people"))
        ]
        return alike[-1] if len({p.territories for p in alike}) == 1 else None

    def _group_of(self, phrase: Phrase) -> Phrase | None:
        """As in "an agent said" after "Mexican agents": one of the group named before."""
        words = self.words
        word = words.lower[phrase.head]
        if phrase.plural or words.lower[phrase.first] not in ("a", "an", "one", "another") or phrase.kind == "ministry":
            return None
        met = [
            p
            for p in self.memory.phrases
            if p.origin == "role" and p.plural and p.head < phrase.first and _singular(words.lower[p.head]) == word
        ]
        return met[-1] if met and len(met[-1].territories) == 1 else None

    def _sender(self, phrase: Phrase) -> Phrase | None:
        """As in "Algiers massed two brigades": whose they are."""
        words, verb = self.words, self.words.heads[phrase.head]
        if words.deps[phrase.head] != "dobj" or words.lemmas[verb] not in self.lexicon.sending:
            return None
        subject = self.clauses.subject_of(verb)
        over = self.clauses.phrase_at(subject) if subject is not None else None
        if over is None or over.kind in ("people", "igo", "media") or self.clauses.joined_at(subject or 0):
            return None
        return over

    def _is_same_body(self, phrase: Phrase, before: Phrase) -> bool:
        """A capitalised office ("the President") is the writer's own as often as the one just named: it needs that
        one near, and no other territory's in the text."""
        if before.plural != phrase.plural or before.head >= phrase.first:
            return False
        words = self.words
        if phrase.kind != "office" or not words.is_capitalised(phrase.head):
            return True
        is_near = words.sentence[phrase.head] - words.sentence[before.head] <= _NEAR
        return is_near and len(self._codes.get(phrase.key, ())) == 1

    def _only_body_before(self, phrase: Phrase, kinds: frozenset[str] = _BODY_KINDS) -> Phrase | None:
        """As in "the terrorist organisation" after Hamas: the one body of that kind named just before."""
        if phrase.kind not in kinds or phrase.plural:
            return None
        met = [
            p
            for p in self.territories.pronouns.recent(phrase)
            if p.origin == "organisation" and p.form == "name" and p.kind == phrase.kind and p.use != "modifier"
        ]
        bodies = distinct(met)
        return bodies[0] if len(bodies) == 1 else None

    def _joined_to(self, phrase: Phrase) -> Phrase | None:
        """As in "the Azerbaijani Foreign Ministry and MPs"."""
        words, head = self.words, self.words.heads[phrase.head]
        if words.deps[phrase.head] == "conj" and head < phrase.first:
            return self.clauses.phrase_at(head)
        if phrase.first > 1 and words.lower[phrase.first - 1] in ("and", "or"):
            return self.clauses.page.covering[phrase.first - 2]
        return None

    def settle_body(self, phrase: Phrase) -> None:
        """As in "the Center": the last body of that word; a body by name is remembered under its words."""
        bodies = self.memory.bodies
        if phrase.form != "common":
            bodies[phrase.key] = phrase
            bodies[self.words.lower[phrase.head]] = phrase
            return
        before = bodies.get(phrase.key) or bodies.get(_OTHER_SPELLING.get(phrase.key, ""))
        if before is None:
            before = next((p for p in reversed(self.memory.phrases) if _is_called(p, phrase.key)), None)
        if before is None and phrase.kind == "igo" and self.words.is_capitalised(phrase.head):
            known = distinct(p for p in self.memory.phrases if p.origin == "organisation" and p.kind == "igo")
            before = known[0] if len(known) == 1 else None
        if before is None or before.head >= phrase.first:
            point(phrase, (), "no body of that kind was named before")
        else:
            point(phrase, (before,), "the body named before")

    def settle_document(self, phrase: Phrase) -> None:
        """As in "the document" after one report alone is that report."""
        if phrase.key in _GENERIC_TEXTS:
            names = {p.name for p in self.memory.phrases if p.origin == "document"} - {phrase.key}
            if len(names) == 1:
                phrase.name = names.pop()
                phrase.reason = "the text named before"
        before = self.memory.bodies.get(f"document {phrase.name}")
        owner = phrase.owner or (before.owner if before is not None else None)
        if owner is not None and owner.kind != "people":
            phrase.owner, phrase.territory = owner, owner.territory
            phrase.reason += f"; the text is {owner.name}'s"
            self.memory.bodies[f"document {phrase.name}"] = phrase


def _singular(word: str) -> str:
    if word.endswith("men"):
        return word[:-2] + "an"
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def _is_called(phrase: Phrase, word: str) -> bool:
    return phrase.origin == "organisation" and phrase.form == "name" and word in phrase.name.lower().split()
