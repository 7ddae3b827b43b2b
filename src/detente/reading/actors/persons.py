"""Persons: short names and full names of one document brought together, with title, apposition and office telling
whom they act for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from detente.knowledge.roster import Official, Roster
from detente.knowledge.territory import Territories
from detente.reading.actors.phrase import Page, Phrase
from detente.reading.actors.shortening import full_names

_CLOSERS = frozenset({",", ".", ";", ")", "—", "–", "-", "”", '"', "who", "said", "says", "has", "told", ":"})


_LEADERS = frozenset({"head_of_state", "head_of_government", "foreign_minister", "vice_president", "deputy_head_of_government", "secretary_general", "defence_minister"})  # fmt: skip  # noqa: E501
_OFFICES = {
    "president": ("head_of_state",),
    "king": ("head_of_state",),
    "queen": ("head_of_state",),
    "monarch": ("head_of_state",),
    "emir": ("head_of_state",),
    "prime minister": ("head_of_government",),
    "premier": ("head_of_government",),
    "chancellor": ("head_of_government",),
    "vice president": ("vice_president",),
    "foreign minister": ("foreign_minister",),
    "defence minister": ("defence_minister",),
    "defense minister": ("defence_minister",),
}


@dataclass(slots=True)
class Portrait:
    """What one document says about a person. `territory` is the one stated, else that of the listed office."""

    name: str
    territory: str | None = None
    sector: str | None = None
    reason: str = ""
    gender: str | None = None
    roles: list[str] = field(default_factory=list)
    rivals: tuple[Official, ...] = ()
    official: Official | None = None


class Persons:
    """Knows the persons of one page. `on` is the day of publication where it is known."""

    def __init__(self, page: Page, roster: Roster, territories: Territories, on: date | None) -> None:
        self.page = page
        self.territories = territories
        self.roster = roster
        self.on = on
        self.portraits: dict[str, Portrait] = {}
        self.led: dict[str, str] = {}
        self.holders: dict[tuple[str, str], list[str]] = {}
        self._listed_holders: dict[tuple[str, str], str | None] = {}

    # -- finding -----------------------------------------------------------------------------------------

    def complete(self) -> None:
        """Mark the bare surnames that the parser missed, once their full name or title stands in the text."""
        words = self.page.words
        surnames: dict[str, Phrase] = {}
        seen: dict[str, int] = {}
        for phrase in self.page.phrases:
            if phrase.origin == "person" and words.is_capitalised(phrase.last) and len(words.raw[phrase.last]) > 2:
                seen[phrase.name] = seen.get(phrase.name, 0) + 1
                if " " in phrase.name or phrase.outer is not None or seen[phrase.name] > 1:
                    surnames.setdefault(words.raw[phrase.last], phrase)
        for i, word in enumerate(words.raw):
            if not words.tags[i].startswith("NN") or not words.is_capitalised(i):
                continue
            over = self.page.covering[i]
            if word in surnames:
                if (
                    over is not None
                    and over.first == over.last
                    and over.origin == "organisation"
                    and over.known is None
                ):
                    over.is_dropped = True
                    over = None
                if over is None:
                    self._add_bare(self._first_of(i, surnames[word].name.split()), i, "a person named in full")
            elif over is None and self._is_leader(word):
                self._add_bare(i, i, "a leader of a territory that the text names")
        self.page.sweep()

    def _first_of(self, i: int, full: list[str]) -> int:
        """Where the name that ends at token i begins, as far as the words of the full name stand before it."""
        words, first = self.page.words, i
        while first and len(full) > i - first + 1 and words.raw[first - 1] == full[-(i - first) - 2]:
            first -= 1
        return first if self.page.covering[first] is None else i

    def _add_bare(self, first: int, last: int, whose: str) -> None:
        words = self.page.words
        span = words.span(first, last)
        phrase = Phrase(first, last, last, span, "person", "name", "person", words.quote(first, last))
        phrase.reason = f"the surname of {whose}"
        self.page.covering[last] = None
        self.page.add(phrase)

    def _is_leader(self, word: str) -> bool:
        """A surname, no common word, of somebody who on that day leads a territory that the text names."""
        return len(word) > 3 and any(
            official.office in _LEADERS and official.territory in self._met and not official.surname_is_weak
            for official in self.roster.officials_named(word, self.on)
        )  # fmt: skip

    def link_appositions(self) -> None:
        """As in "Nikol Pashinyan, Armenia's prime minister," and "the new US ambassador, Mark Libby,"."""
        by_start = {p.first: p for p in self.page.phrases if p.outer is None and p.origin in ("person", "role")}
        words = self.page.words
        for phrase in [p for p in self.page.phrases if p.outer is None and p.origin in ("person", "role")]:
            comma = self._after_post(phrase)
            if comma + 1 >= len(words) or words.raw[comma] not in (",", "(", "–", "—"):
                continue
            other = by_start.get(comma + 1)
            if (
                other is None
                or other.plural
                or phrase.plural
                or words.sentence[other.head] != words.sentence[phrase.head]
            ):
                continue
            after = other.last + 1
            closed = after >= len(words) or words.raw[after] in _CLOSERS or words.deps[other.head] == "appos"
            if not closed:
                continue
            if (
                phrase.origin == "role"
                and phrase.person is not None
                and other.origin == "role"
                and other.person is None
            ):
                if other.kind in ("office", "person"):
                    other.person, phrase.person.owner = phrase.person, other
            elif phrase.origin == "person" and other.origin == "role" and other.person is None:
                if other.kind in ("office", "person"):
                    other.person, phrase.owner = phrase, other
            elif (
                phrase.origin == "role"
                and other.origin == "person"
                and phrase.person is None
                and phrase.kind in ("office", "person")
            ):
                phrase.person, other.owner = other, phrase

    def _after_post(self, phrase: Phrase) -> int:
        """The token after a role and the place it is held in: "consul in Port Vila", "ambassador to the bloc"."""
        words, i = self.page.words, phrase.last + 1
        if phrase.origin == "role" and i + 1 < len(words) and words.lower[i] in ("in", "to", "at", "for"):
            k = i + 1
            while k < min(len(words), i + 6) and (words.is_capitalised(k) or words.lower[k] == "the"):
                k += 1
            if k > i + 1 and k < len(words) and words.raw[k] == ",":
                return k
        return i

    def link_clauses(self, leading: frozenset[str]) -> None:
        """As in "Colonel Sidi, who led Mali's northern command": the territory of what the person leads."""
        words = self.page.words
        for phrase in [p for p in self.page.phrases if p.origin == "person"]:
            outer = phrase.outer if phrase.outer is not None and phrase.outer.person is phrase else phrase
            if outer.territories or outer.owner is not None:
                continue
            i = outer.last + 1
            if i + 3 >= len(words):
                continue
            is_clause = words.raw[i] == "," and words.lower[i + 1] == "who"
            start = i + 2 if is_clause else i
            verb = next((k for k in range(start, min(start + 3, len(words))) if words.lemmas[k] in leading), None)
            if verb is None or not words.tags[verb].startswith("VB"):
                continue
            if not is_clause and words.heads[outer.head] != verb:
                continue
            for k in range(verb + 1, min(verb + 6, len(words))):
                over = self.page.outermost(k)
                if words.raw[k] in (",", ".") or words.tags[k] == "IN":
                    break
                whose = over.owner if over is not None and over.territory is None else over
                if whose is not None and whose.territory is not None:
                    self.led[phrase.name] = whose.territory
                    break

    @cached_property
    def _met(self) -> frozenset[str | None]:
        """The territories that the page names."""
        return frozenset(phrase.territory for phrase in self.page.phrases if phrase.is_territory)

    # -- telling -----------------------------------------------------------------------------------------

    def identify(self) -> None:
        """One portrait a person: the name in full, and whom they act for."""
        people = [p for p in self.page.phrases if p.origin == "person"]
        full = full_names(phrase.name for phrase in people)
        for phrase in people:
            name = full.get(phrase.name, phrase.name)
            phrase.name = name
            portrait = self.portraits.setdefault(name, Portrait(name))
            portrait.gender = phrase.gender or portrait.gender
            for role in (phrase.outer, phrase.owner):
                if role is not None and role.origin == "role" and role.person is phrase:
                    self._tell_role(portrait, role)
        for short, code in self.led.items():
            led = self.portraits.get(full.get(short, short))
            if led is not None and led.territory is None:
                led.territory, led.reason = code, "by what the person leads"
        for name, portrait in self.portraits.items():
            if portrait.territory is None:
                self._tell_office(name, portrait)
        for phrase in people:
            portrait = self.portraits[phrase.name]
            for role in (phrase.outer, phrase.owner):
                if role is None or role.origin != "role" or role.person is not phrase or role.territories:
                    continue
                if portrait.territory is not None and role.territory is None:
                    role.territory, role.territories = portrait.territory, (portrait.territory,)
                    self._tell_role(portrait, role)
        for phrase in people:
            portrait = self.portraits[phrase.name]
            phrase.name = portrait.name
            phrase.territory, phrase.sector, phrase.gender = portrait.territory, portrait.sector, portrait.gender
            self.portraits.setdefault(portrait.name, portrait)

    def _tell_role(self, portrait: Portrait, role: Phrase) -> None:
        if role.name and role.name not in portrait.roles:
            portrait.roles.append(role.name)
        if portrait.sector is None and role.sector is not None:
            portrait.sector = role.sector
        if portrait.territory is None and role.territory is not None:
            portrait.territory = role.territory
            portrait.reason = f"by the title: {role.name}"
        if role.territory is not None:
            held = self.holders.setdefault((role.territory, role.key), [])
            if portrait.name not in held:
                held.append(portrait.name)

    def _tell_office(self, name: str, portrait: Portrait) -> None:
        """A listed office-holder of that name: in office on the day of publication, or the only one ever so named."""
        named = self._of_their_own(self._listed(name, portrait))
        people = list(dict.fromkeys(official.name for official in named))
        if len(people) > 1:
            met = self._met
            near = tuple(official for official in named if official.territory in met)
            if len({official.name for official in near}) == 1:
                named, people = near, [near[0].name]
        if len(people) > 1:
            portrait.rivals = tuple(next(o for o in named if o.name == one) for one in people)
            portrait.reason = "several office-holders bear the name: " + ", ".join(people[:4])
            return
        if not people:
            portrait.reason = portrait.reason or "no territory stated for this person"
            return
        official = max(named, key=lambda one: (one.since or date.min, one.office))
        portrait.name = usual_name(official)
        portrait.official = official
        portrait.territory = official.territory
        portrait.sector = portrait.sector or ("GOV" if official.organisation is None else "IGO")
        portrait.reason = f"listed: {official.office} since {official.since}"
        if official.territory is None:
            portrait.reason += "; the office acts for no one territory"

    def _of_their_own(self, named: tuple[Official, ...]) -> tuple[Official, ...]:
        """Without the offices that somebody holds elsewhere by holding the first: a state's head is also that of its
        dependencies."""
        own = tuple(o for o in named if o.territory is None or self.territories.get(o.territory).kind != "dependency")
        return own or named

    def _listed(self, name: str, portrait: Portrait) -> tuple[Official, ...]:
        """Officials of that name. A bare surname means leaders only; a short first name may stand for the long one
        ("Joe" for "Joseph"); a full name holds though the office has ended."""
        first, _, surname = name.rpartition(" ")
        named = self.roster.officials_named(name, self.on)
        if first:
            named = named or self.roster.officials_named(name)
            if not named:
                start = first[:2].casefold() if " " not in first else "?"
                named = tuple(
                    official
                    for official in self.roster.officials_named(surname, self.on)
                    if official.office in _LEADERS and official.name.casefold().startswith(start)
                )
            return named
        met = self._met
        is_unique = len({one.name for one in self._of_their_own(self.roster.officials_named(name))}) == 1
        return tuple(
            official
            for official in named
            if ((is_unique and not self._is_town(name)) or official.territory in met or portrait.roles)
            and not (official.surname_is_weak and not portrait.roles)
            if official.office in _LEADERS or ("ambassador" in official.office and "Ambassador" in portrait.roles)
        )

    def _is_town(self, name: str) -> bool:
        return self.page.towns is not None and self.page.towns.is_town(name)

    def holder(self, territory: str, key: str) -> str | None:
        """The one person whom the document names in this office, or whom it names and who is listed in it."""
        held = self.holders.get((territory, key), [])
        if held:
            return held[0] if len(held) == 1 else None
        if (territory, key) not in self._listed_holders:
            self._listed_holders[territory, key] = self._listed_holder(territory, _OFFICES.get(key, ()))
        return self._listed_holders[territory, key]

    def _listed_holder(self, territory: str, offices: tuple[str, ...]) -> str | None:
        names = [name for name, portrait in self.portraits.items() if self._holds(portrait, territory, offices)]
        return names[0] if len({self.portraits[name].name for name in names}) == 1 else None

    def _holds(self, portrait: Portrait, territory: str, offices: tuple[str, ...]) -> bool:
        official = portrait.official
        if official is None or portrait.territory != territory or official.office not in offices:
            return False
        return self.on is None or official.is_in_office(self.on)


def usual_name(official: Official) -> str:
    """First and last name where the list has both so, else the listed name: "Vladimir Putin"."""
    first, last = official.name.split()[0], official.name.split()[-1]
    return f"{first} {last}" if f"{first} {last}" in official.forms else official.name
