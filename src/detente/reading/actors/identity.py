"""From phrases to candidates: the actor's canonical name, kind, territory, sector and id."""

from __future__ import annotations

from msgspec.structs import replace

from detente.knowledge.territory import Territories
from detente.model.identity import make_id
from detente.model.vocabulary import ActorKind
from detente.reading.actors.lexicon import ActorLexicon
from detente.reading.actors.persons import Persons, usual_name
from detente.reading.actors.phrase import Page, Phrase
from detente.reading.actors.titles import name_in
from detente.reading.marks import Candidate

_DEEPEST = 8
_POINTING = ("pronoun", "territory_anaphor", "joint_anaphor", "latter", "label")
_OF_STATES = frozenset(
    {
        "countries",
        "nations",
        "states",
        "governments",
        "sides",
        "neighbours",
        "neighbors",
        "republics",
        "capitals",
        "powers",
    }
)
_OPEN = "no territory is stated"


def actor_id(name: str, kind: ActorKind, territory: str | None) -> str:
    """One id for one actor: the hash of canonical name, kind and territory."""
    return make_id("act", name, kind, territory)


class Identity:
    """Gives each phrase of one page its candidates."""

    def __init__(self, page: Page, territories: Territories, lexicon: ActorLexicon, persons: Persons) -> None:
        self.page = page
        self.territories = territories
        self.lexicon = lexicon
        self.persons = persons

    def tell(self) -> None:
        for phrase in sorted(
            self.page.phrases,
            key=lambda p: (p.origin in _POINTING, p.span),
        ):
            phrase.candidates = self._of(phrase)

    def _of(self, phrase: Phrase, depth: int = 0) -> tuple[Candidate, ...]:
        if phrase.candidates:
            return phrase.candidates
        if phrase.origin in _POINTING or (phrase.origin == "organisation" and phrase.form == "common"):
            if not phrase.joint or depth > _DEEPEST:
                return (self._open(phrase, phrase.reason),)
            if phrase.origin == "territory_anaphor" and phrase.territory is not None:
                return (self._state(phrase.territory, phrase),)
            if phrase.origin == "joint_anaphor" and phrase.key in _OF_STATES:
                codes = [code for other in phrase.joint for code in (other.territories or (other.territory,)) if code]
                if len(set(codes)) > 1:
                    return tuple(self._state(code, phrase) for code in dict.fromkeys(codes))
            found = [
                one
                for other in phrase.joint
                for one in self._of(other, depth + 1)[: None if other.territories[1:] else 1]
            ]
            return tuple({(one.actor_id, one.name): one for one in found}.values())
        if phrase.origin == "first_person":
            return ()
        if phrase.rivals:
            return tuple(one for rival in phrase.rivals for one in self._of(rival, depth + 1))
        if phrase.origin == "person":
            return self._of_person(phrase)
        if phrase.origin == "role":
            return self._of_role(phrase, depth)
        if phrase.origin == "document":
            name = phrase.name
            made = make_id("act", name, "document", self.page.document_id)
            return (Candidate(made, name, "document", phrase.territory, None, phrase.score, phrase.reason),)
        if phrase.origin == "organisation":
            return (self._of_organisation(phrase),)
        return (self._made(phrase.name, phrase.kind, phrase.territory, phrase.sector, phrase),)

    def _state(self, code: str, phrase: Phrase) -> Candidate:
        territory = self.territories.get(code)
        kind: ActorKind = "state" if territory.kind in ("state", "former") else "other"
        return self._made(territory.name, kind, code, None, phrase)

    def _of_person(self, phrase: Phrase) -> tuple[Candidate, ...]:
        portrait = self.persons.portraits.get(phrase.name)
        if portrait is None:
            return (self._made(phrase.name, "person", phrase.territory, phrase.sector, phrase),)
        if portrait.rivals:
            return tuple(
                Candidate(
                    actor_id(usual_name(one), "person", one.territory), usual_name(one), "person", one.territory, "GOV",
                    0.4, portrait.reason,
                )
                for one in portrait.rivals
            )  # fmt: skip
        score = phrase.score if portrait.territory else min(phrase.score, 0.6)
        made = actor_id(portrait.name, "person", portrait.territory)
        return (Candidate(made, portrait.name, "person", portrait.territory, portrait.sector, score, portrait.reason),)

    def _of_role(self, phrase: Phrase, depth: int) -> tuple[Candidate, ...]:
        if phrase.is_polity and phrase.territory is not None:
            return (self._state(phrase.territory, phrase),)
        if phrase.person is not None:
            return self._of_person(phrase.person)
        if phrase.relational and not phrase.territories:
            return (self._open(phrase, phrase.reason),)
        if len(phrase.joint) == 1 and phrase.joint[0].origin == "organisation" and depth < _DEEPEST:
            return self._of(phrase.joint[0], depth + 1)
        owner = self._owner(phrase, depth)
        if owner is not None:
            return (owner,)
        if phrase.owner is not None and phrase.owner.origin == "first_person":
            return (replace(self._open(phrase, "whose it is hangs on the speaker"), name=phrase.name),)
        if not phrase.territories:
            return (self._open(phrase, phrase.reason or _OPEN),)
        if not phrase.plural and len(phrase.territories) == 1:
            holder = self.persons.holder(phrase.territories[0], phrase.key)
            if holder is not None:
                portrait = self.persons.portraits[holder]
                made = actor_id(portrait.name, "person", portrait.territory)
                reason = f"{phrase.reason}; the document names the holder"
                return (
                    Candidate(made, portrait.name, "person", portrait.territory, portrait.sector, phrase.score, reason),
                )
        name = phrase.name
        if phrase.plural and len(phrase.territories) > 1 and phrase.kind == "office" and name.endswith("s"):
            name = name[:-1]
        return tuple(self._of_role_in(phrase, name, code) for code in phrase.territories)

    def _owner(self, phrase: Phrase, depth: int) -> Candidate | None:
        """The candidate named by the body or person that the role belongs to: "Official of Hamas"."""
        owner = phrase.owner
        if (
            owner is None
            or phrase.is_stated
            or depth > _DEEPEST
            or owner.origin not in ("organisation", "role", "person")
        ):
            return None
        if owner.origin == "person" and phrase.kind == "government" and phrase.territories:
            return None
        if owner.origin == "role" and phrase.territories and owner.person is None and phrase.kind != "office":
            return None
        body = self._of(owner, depth + 1)[0]
        if body.actor_id is None:
            return None
        if body.kind == "igo" and (phrase.plural or phrase.key in self.lexicon.belonging):
            return replace(body, reason=f"{phrase.reason}; they act for the body")
        sector = body.sector if owner.origin == "organisation" else phrase.sector
        return self._made(f"{phrase.name} of {body.name}", phrase.kind, body.territory, sector, phrase)

    def _of_role_in(self, phrase: Phrase, name: str, code: str) -> Candidate:
        is_thing = phrase.kind == "government" and (phrase.key in self.lexicon.things or phrase.key == "side")
        name = name_in(name, phrase.kind, self.territories.get(code), is_plural=phrase.plural, is_thing=is_thing)
        return self._made(name, phrase.kind, code, phrase.sector, phrase)

    def _of_organisation(self, phrase: Phrase) -> Candidate:
        if phrase.known is not None:
            known = phrase.known
            made = actor_id(known.name, known.kind, known.territory)
            if known.territory is None:
                phrase.reason += "; no territory is listed for this body"
            return Candidate(made, known.name, known.kind, known.territory, known.sector, phrase.score, phrase.reason)
        territory = phrase.territory or phrase.location
        if territory is None and phrase.owner is not None:
            territory = phrase.owner.territory
        if territory is None:
            phrase.reason += "; no territory is known for this body"
        return self._made(phrase.name, phrase.kind, territory, phrase.sector, phrase)

    def _made(self, name: str, kind: ActorKind, territory: str | None, sector: str | None, phrase: Phrase) -> Candidate:
        return Candidate(actor_id(name, kind, territory), name, kind, territory, sector, phrase.score, phrase.reason)

    def _open(self, phrase: Phrase, reason: str) -> Candidate:
        words = self.page.words.text[phrase.span.start : phrase.span.end]
        return Candidate(None, words, phrase.kind, None, phrase.sector, 0.0, reason)
