"""Whose an office is where no words beside it say: "Foreign Minister Halima Oduya", "the trade ministry".

Only what the article itself gives is used, and the score stays low: a body of the same portfolio named before; the
capital that the office-holder speaks in; the dateline; last the outlet's own territory, as a paper calls its own
ministers by their bare titles.
"""

from __future__ import annotations

from detente.reading.actors.persons import Persons
from detente.reading.actors.phrase import Page, Phrase

NATIONAL = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP"})
KINDS = frozenset({"person", "office", "ministry", "government"})
MATTERED = frozenset({"minister", "ministry", "secretary", "department"})
GENERAL = frozenset(
    {
        "official", "officials", "leader", "leaders", "chairman", "chairwoman", "chairperson", "chair", "director",
        "head", "chief", "captain", "member", "court", "tribunal", "judge", "lawyer", "prosecutor", "police",
        "neighbour", "neighbor",
    }
)  # heads and members of anything, and courts of anywhere  # fmt: skip
NEAR = 5  # sentences
FOREIGN = 2  # a person titled in an article on so many territories without the outlet's own is one of theirs
LOCAL = frozenset({"COP", "JUD", "GOV"})
PLACED = frozenset({"in", "at", "near", "of", "from", "outside"})
BODIES = frozenset(
    {"ministry", "ministries", "minister", "ministers", "embassy", "navy", "army", "parliament", "police"}
)
SURE_ENOUGH = 0.6


class Home:
    """Settles the roles of one page. `outlet` is the territory of the outlet where it is known."""

    def __init__(self, page: Page, outlet: str | None) -> None:
        self.page = page
        self.words = page.words
        self.outlet = outlet
        self.dateline = self._dateline()

    def settle(self, persons: Persons) -> None:
        for role in sorted(self.page.phrases, key=lambda phrase: phrase.first):
            if not self._is_open(role):
                continue
            portrait = persons.portraits.get(role.person.name) if role.person is not None else None
            if portrait is not None and (portrait.territory is not None or portrait.rivals):
                continue
            code, why = self._home_of(role)
            if code is None:
                continue
            role.territory, role.territories = code, (code,)
            role.score = min(role.score, SURE_ENOUGH)
            role.reason = f"{role.reason.removesuffix('; no territory stated')}; {why}"
            if portrait is not None:
                portrait.territory, portrait.reason = code, f"{role.name}; {why}"
        self._settle_labels(persons)
        persons.identify()

    def _is_open(self, role: Phrase) -> bool:
        """A national office or body that nothing says the territory of; "this newspaper"."""
        if role.kind == "media" and not role.territories and self.words.lower[role.first] == "this":
            return True
        if role.origin != "role" or role.territories or role.owner is not None or role.relational or role.joint:
            return False
        if role.sector not in NATIONAL or role.kind not in KINDS or role.key in GENERAL:
            return False
        if role.person is not None or (role.definite and not role.plural):
            return True
        return role.sector in LOCAL and not role.plural and self._of_town(role) is not None

    def _home_of(self, role: Phrase) -> tuple[str | None, str]:
        code = self._of_portfolio(role)
        if code is not None:
            return code, "a body of the same portfolio was named before"
        code = self._of_speaking_place(role) or self._of_town(role)
        if code is not None:
            return code, "named in that territory's capital"
        code = self._of_body_before(role)
        if code is not None:
            return code, "the only body of that kind named just before"
        is_foreign = self.outlet not in self.page.named and len(self.page.named) >= FOREIGN
        if self.outlet is not None and not (is_foreign and role.person is not None and not role.person.is_label):
            return self.outlet, "the outlet's own: no other territory is stated"
        if self.dateline is not None:
            return self.dateline, "of the dateline's territory: no other is stated"
        return None, ""

    def _of_portfolio(self, role: Phrase) -> str | None:
        """The one territory whose ministry or minister of the same matter stands shortly before."""
        matter = self._matter(role)
        if not matter:
            return None
        found = {
            other.territory
            for other in self.page.phrases
            if other.origin in ("role", "organisation")
            and other.territory is not None
            and other.last < role.first
            and self.words.sentence[role.head] - self.words.sentence[other.head] <= NEAR
            and self._matter(other) == matter
        }
        return found.pop() if len(found) == 1 else None

    def _of_town(self, role: Phrase) -> str | None:
        """As in "taken to the port of Paita, where a prosecutor …": the territory of the one town named before it in
        its sentence."""
        words, towns = self.words, self.page.towns
        if towns is None or role.sector not in LOCAL:
            return None
        found, i = set(), role.first - 1
        while i > 0 and words.sentence[i] == words.sentence[role.first]:
            before = words.lower[i - 1]
            if words.is_capitalised(i) and before in PLACED and self.page.covering[i] is None:
                found.add(towns.name_at(i)[1])
            i -= 1
        return found.pop() if len(found) == 1 else None

    def _of_body_before(self, role: Phrase) -> str | None:
        """As in "the ministry" after one ministry or minister alone: the one territory whose it is."""
        word = self.words.lower[role.head]
        if word not in BODIES or role.person is not None:
            return None
        kin = MATTERED if word in MATTERED else {word}
        found = {
            other.territory
            for other in self.page.phrases
            if other.origin in ("role", "organisation")
            and other.territory is not None
            and other.last < role.first
            and (other.is_stated or other.owner is not None)
            and self.words.sentence[role.head] - self.words.sentence[other.head] <= NEAR
            and set(self.words.lower[other.first : other.last + 1]) & kin
        }
        return found.pop() if len(found) == 1 else None

    def _settle_labels(self, persons: Persons) -> None:
        """Speakers who stand in labels alone, as in a briefing: the article does not introduce them, so they are of the
        house that publishes it."""
        if self.outlet is None:
            return
        told = {phrase.name for phrase in self.page.phrases if phrase.origin == "person" and not phrase.is_label}
        for phrase in self.page.phrases:
            if not phrase.is_label or (phrase.name in told and self.outlet not in self.page.named):
                continue
            portrait = persons.portraits.get(phrase.name)
            if portrait is None or portrait.territory is not None or portrait.rivals:
                continue
            portrait.territory = self.outlet
            portrait.reason = "a labelled speaker whom the article does not introduce: of the outlet's territory"
            phrase.score = min(phrase.score, SURE_ENOUGH)

    def _matter(self, phrase: Phrase) -> str:
        """ "foreign" of "the Chilean foreign ministry" and "Foreign Minister"; empty for "the president"."""
        lower = self.words.lower
        head = next((i for i in range(phrase.first, phrase.last + 1) if lower[i] in MATTERED), None)
        if head is None:
            return ""
        if lower[head + 1 : head + 2] == ["of"]:
            return " ".join(word for word in lower[head + 2 : head + 4] if word != "the").split(" ")[0]
        if not head or self.words.sentence[head - 1] != self.words.sentence[head]:
            return ""
        over = self.page.covering[head - 1]
        is_word = lower[head - 1].isalpha() and (self.words.is_capitalised(head - 1) or head > phrase.first)
        return lower[head - 1] if is_word and not (over is not None and over.is_territory) else ""

    def _of_speaking_place(self, role: Phrase) -> str | None:
        found = {
            phrase.territory
            for phrase in self.page.phrases
            if phrase.origin == "capital"
            and phrase.use == "place"
            and phrase.first
            and self.words.sentence[phrase.head] == self.words.sentence[role.head]
            and self.words.lower[phrase.first - 1] == "in"
        }
        return found.pop() if len(found) == 1 else None

    def _dateline(self) -> str | None:
        """The territory of the capital that the first paragraph begins with in capital letters."""
        first = next((phrase for phrase in self.page.phrases if phrase.first == 0), None)
        if first is None or first.origin != "capital" or not self.words.raw[0].isupper():
            return None
        return first.territory
