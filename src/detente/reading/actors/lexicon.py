"""The word lists that the actor rules read, as typed sets. Which words they hold is data: `lexicons/<language>/`."""

from __future__ import annotations

from typing import Literal, NamedTuple

from msgspec import Struct

from detente.knowledge.loading import read_yaml
from detente.model.vocabulary import ActorKind

Strength = Literal["strong", "weak"]


class WordGroup(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that share a meaning. `strong` ones hold anywhere, `weak` ones only with support from the text."""

    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    kind: ActorKind | None = None
    sector: str | None = None
    gender: Literal["m", "f"] | None = None
    territory: str | None = None
    word: str | None = None


class LexiconFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    language: str
    source: str
    licence: str
    groups: dict[str, tuple[WordGroup, ...]]


class OrganisationWord(NamedTuple):
    """What a head word says of the organisation that bears it in its name."""

    kind: ActorKind
    sector: str | None
    strength: Strength


class ActorLexicon:
    """The groups of `actor_words.yaml`, each under its own name there, ready for look-up in lower case."""

    def __init__(self, file: LexiconFile) -> None:
        self.file = file
        self.organisation = self._organisation_words()
        self.honorific: dict[str, str | None] = {word: group.gender for group, word in self._each("honorific")}
        self.given_name: dict[str, str | None] = {word: group.gender for group, word in self._each("given_name")}
        self.title_territory = {word: group.territory for group, word in self._each("title_territory")}
        self.homographs = {group.word: group for group in self._groups("homograph") if group.word}
        self.not_after = {
            group.word: frozenset(group.strong) for group in self._groups("not_after") if group.word is not None
        }
        self.document = self.words("document", weak=False)
        self.territory_anaphor = self.words("territory_anaphor", weak=False)
        self.portfolio = self.words("portfolio")
        self.diplomatic = self.words("diplomatic")
        self.relational = self.words("relational")
        self.belonging = self.words("belonging")
        self.bystander = self.words("bystander")
        self.doubtful = self.words("doubtful")
        self.abstract = self.words("abstract")
        self.place_preposition = self.words("place_preposition")
        self.actor_preposition = self.words("actor_preposition")
        self.motion = self.words("motion")
        self.departing = self.words("departing")
        self.trust = self.words("trust")
        self.locating = self.words("locating")
        self.place_noun = self.words("place_noun")
        self.joint_anaphor = self.words("joint_anaphor")
        self.first_person = self.words("first_person")
        self.rank = self.words("rank")
        self.former = self.words("former")
        self.participle = self.words("participle")
        self.attitude = self.words("attitude")
        self.state_body = self.words("state_body")
        self.not_a_name = self.words("not_a_name")
        self.issued = self.words("issued")
        self.polity = self.words("polity")
        self.quantity = self.words("quantity")
        self.unused_form = self.words("unused_form")
        self.saying = self.words("saying")
        self.no_people = self.words("no_people")
        self.leading = self.words("leading")
        self.sending = self.words("sending")
        self.hostile = self.words("hostile")
        self.generic_people = self.words("generic_people")
        self.generic_craft = self.words("generic_craft")
        self.name_before = self.words("name_before")
        self.name_after = self.words("name_after")
        self.trade = self._groups("trade")
        self.things = self.words("doubtful") | self.words("trade")

    @classmethod
    def load(cls, language: str) -> ActorLexicon:
        """Raises KnowledgeError where the file is missing or breaks its form."""
        return cls(read_yaml(f"lexicons/{language}/actor_words.yaml", LexiconFile))

    def words(self, name: str, *, weak: bool = True) -> frozenset[str]:
        """The words of a group in lower case, with or without the weak ones."""
        return frozenset(
            word.lower()
            for group in self._groups(name)
            for word in (*group.strong, *(group.weak if weak else ()))
        )  # fmt: skip

    def _groups(self, name: str) -> tuple[WordGroup, ...]:
        return self.file.groups.get(name, ())

    def _each(self, name: str) -> list[tuple[WordGroup, str]]:
        return [(group, word.lower()) for group in self._groups(name) for word in (*group.strong, *group.weak)]

    def _organisation_words(self) -> dict[str, OrganisationWord]:
        found: dict[str, OrganisationWord] = {}
        weak: Strength = "weak"
        for group in self._groups("organisation"):
            for word in (*group.weak, *group.strong):
                strength = weak if word in group.weak else "strong"
                found.setdefault(word.lower(), OrganisationWord(group.kind or "other", group.sector, strength))
        return found
