"""The word lists that the actor rules read, as typed sets. Which words they hold is data: `lexicons/<language>/`."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct

from detente.knowledge.loading import read_yaml
from detente.model.vocabulary import ActorKind

Strength: TypeAlias = Literal["strong", "weak"]


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
    kind: ActorKind
    sector: str | None
    strength: Strength


class ActorLexicon:
    """The groups of `actor_words.yaml`, ready for look-up in lower case."""

    def __init__(self, file: LexiconFile) -> None:
        self.file = file
        self.organisation = self._organisation_words()
        self.portfolio = self.words("portfolio")
        self.honorific: dict[str, str | None] = {
            word.lower(): group.gender for group in self._groups("honorific") for word in (*group.strong, *group.weak)
        }
        self.diplomatic = self.words("diplomatic")
        self.relational = self.words("relational")
        self.belonging = self.words("belonging")
        self.bystander = self.words("bystander")
        self.doubtful = self.words("doubtful")
        self.document = self.words("document", weak=False)
        self.document_weak = self.words("document") - self.document
        self.place_preposition = self.words("place_preposition")
        self.actor_preposition = self.words("actor_preposition")
        self.motion = self.words("motion")
        self.locating = self.words("locating")
        self.place_noun = self.words("place_noun")
        self.territory_anaphor = self.words("territory_anaphor", weak=False)
        self.joint_anaphor = self.words("joint_anaphor")
        self.first_person = self.words("first_person")
        self.title_territory = {
            word: group.territory for group in self._groups("title_territory") for word in (*group.strong, *group.weak)
        }
        self.homographs = {group.word: group for group in self._groups("homograph") if group.word}

    @classmethod
    def load(cls, language: str) -> ActorLexicon:
        """Raises KnowledgeError where the file is missing or breaks its form."""
        return cls(read_yaml(f"lexicons/{language}/actor_words.yaml", LexiconFile))

    def _groups(self, name: str) -> tuple[WordGroup, ...]:
        return self.file.groups.get(name, ())

    def words(self, name: str, *, weak: bool = True, folded: bool = True) -> frozenset[str]:
        return frozenset(
            word.lower() if folded else word
            for group in self._groups(name)
            for word in (*group.strong, *(group.weak if weak else ()))
        )

    def _organisation_words(self) -> dict[str, OrganisationWord]:
        found: dict[str, OrganisationWord] = {}
        for group in self._groups("organisation"):
            for strength, words in (("weak", group.weak), ("strong", group.strong)):
                for word in words:
                    meaning = OrganisationWord(group.kind or "other", group.sector, strength)  # type: ignore[arg-type]
                    found.setdefault(word.lower(), meaning)
        return found
