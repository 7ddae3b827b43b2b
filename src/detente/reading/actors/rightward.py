"""Rightwards from a role noun: a portfolio, a territory, a body, a post abroad, a seat, and a person's name."""

from __future__ import annotations

from detente.knowledge.roster import RoleNoun
from detente.reading.actors.growth import Core, Left, Right, is_diplomatic
from detente.reading.actors.lexicon import ActorLexicon
from detente.reading.actors.phrase import Page, Phrase

_PREPOSITIONS = frozenset({"of", "for", "to", "in", "from", "at"})
_SKIPPED = frozenset({"those", "these", "both", "the", "a", "an", "this", "that", "its", "his", "her", "their"})
_FURTHEST = 4
_LONGEST = 25
_NAME_WORDS = 8


class Rightward:
    """Gathers what stands after a role noun. Built once; holds only knowledge."""

    def __init__(self, lexicon: ActorLexicon) -> None:
        self.lexicon = lexicon

    def gather(self, page: Page, core: Core, left: Left) -> Right:
        words, i = page.words, core.last + 1
        right = Right(core.last)
        for _ in range(_FURTHEST):
            if i + 1 >= len(words) or words.sentence[i] != words.sentence[i - 1] or words.lower[i] not in _PREPOSITIONS:
                break
            is_settled = left.is_owned and core.role.kind != "people" and not is_diplomatic(core.role, self.lexicon)
            if words.lower[i] in ("from", "in") and (is_settled or self._is_moved(page, core)):
                break
            start = i + 1
            while start < len(words) and (words.lower[start] in _SKIPPED or words.tags[start] == "DT"):
                start += 1
            if start >= len(words):
                break
            self._build_ahead(page, start)
            taken = self._take(page, i, start, core.role, right)
            if taken is None:
                break
            right.last = self._take_more(page, taken, core, words.lower[i], right)
            i = right.last + 1
        return right

    def _is_moved(self, page: Page, core: Core) -> bool:
        """As in "withdraws its forces from Afghanistan": where they leave, not whose they are."""
        words = page.words
        return words.deps[core.head] == "dobj" and words.lemmas[words.heads[core.head]] in self.lexicon.departing

    def _build_ahead(self, page: Page, start: int) -> None:
        """As in "adviser to the UN Secretary-General": the role phrase that follows is built first."""
        words = page.words
        for i in range(start, min(start + 6, len(words))):
            if i in page.pending:
                page.pending.pop(i)()
                return
            if words.tags[i] in ("IN", "TO", "VBZ", "VBD", "VBP", "MD", "WDT", "WP", ",", "."):
                return

    def _take(self, page: Page, at: int, start: int, role: RoleNoun, right: Right) -> int | None:
        """The last token of the prepositional phrase where it belongs to the role; fills `right`."""
        over, preposition = page.outermost(start), page.words.lower[at]
        if over is None or over.first > start:
            taken = self._take_portfolio(page, start, right) if preposition in ("of", "for") else None
            return taken if taken is not None else self._take_town(page, start, preposition, role, right)
        if over.first <= at or over.last - at > _LONGEST or self._modifies_on(page, over):
            return None
        if over.origin in ("name", "capital", "seat"):
            return over.last if self._take_territory(preposition, over, role, right) else None
        if over.origin in ("organisation", "role"):
            if preposition in ("to", "at") and is_diplomatic(role, self.lexicon):
                right.destination = over
                return over.last
            if preposition != "in" and not right.names:
                right.affiliation = over
                return over.last
        return None

    def _take_town(self, page: Page, start: int, preposition: str, role: RoleNoun, right: Right) -> int | None:
        """As in "residents of Narvik", "dockers in Santo": people and local bodies are of their town."""
        if page.towns is None or preposition not in ("in", "of", "from") or right.names or right.location is not None:
            return None
        is_there = role.kind in ("people", "company", "media") or _is_local(role) or role.strength == "weak"
        if not is_there or role.sector == "MIL" or is_diplomatic(role, self.lexicon):
            return None
        last, code = page.towns.name_at(start)
        if code is None or (last + 1 < len(page.words) and page.words.tags[last + 1] == "POS"):
            return None
        town = Phrase(start, last, last, page.words.span(start, last), "name", "name", "other", "", territory=code)
        right.location = town
        return last

    def _modifies_on(self, page: Page, over: Phrase) -> bool:
        """As in "of the Minsk group": the name stands before another noun, which is the one meant."""
        words, after = page.words, over.last + 1
        if after >= len(words) or not (over.is_territory or over.origin == "organisation"):
            return False
        stands_before = words.deps[over.head] in ("compound", "nmod", "amod") and words.heads[over.head] > over.last
        return stands_before and words.tags[after][:2] in ("NN", "JJ")

    def _take_territory(self, preposition: str, over: Phrase, role: RoleNoun, right: Right) -> bool:
        if preposition == "of" or (preposition == "from" and role.sector != "REB"):
            if right.names:
                return False
            right.names.append(over)
        elif is_diplomatic(role, self.lexicon) or (preposition == "for" and role.kind in ("office", "ministry")):
            right.destination = over
        elif preposition == "in" and (_is_local(role) or role.word in self.lexicon.relational):
            right.location = over
        else:
            return False
        return True

    def _take_more(self, page: Page, last: int, core: Core, preposition: str, right: Right) -> int:
        """As in "the presidents of Ghana and Togo"."""
        words, i = page.words, last + 1
        while (
            core.plural
            and preposition in ("of", "from")
            and right.names
            and i + 1 < len(words)
            and words.lower[i] in ("and", ",")
        ):
            step = i + 1 + (words.lower[i + 1] in ("the", "and"))
            more = page.covering[step] if step < len(words) else None
            if more is None or more.first != step or more.origin not in ("name", "capital"):
                break
            right.names.append(more)
            last = more.last
            i = last + 1
        return last

    def _take_portfolio(self, page: Page, start: int, right: Right) -> int | None:
        """As in "of Foreign Affairs"; "of this country" points back."""
        words, lexicon = page.words, self.lexicon
        opener, low = words.lower[start - 1], words.lower[start]
        points = low in lexicon.territory_anaphor and opener in ("the", "this", "that")
        if points or (low in lexicon.joint_anaphor and opener in ("those", "these", "both")):
            right.anaphor = (start - 1, start)
            return start
        last, i = None, start
        while i < min(len(words), start + _LONGEST) and page.covering[i] is None:
            if words.lower[i] in lexicon.portfolio:
                last = i
            elif words.lower[i] not in ("and", ",", "the", "of") or last is None:
                break
            i += 1
        if last is not None:
            right.portfolio += [k for k in range(start, last + 1) if words.lower[k] in lexicon.portfolio]
        return last

    # -- a name after a title ----------------------------------------------------------------------------

    def person_after(self, page: Page, i: int, core: Core) -> Phrase | None:
        """The person named right after the title; capitalised words count where the title is capitalised too."""
        words = page.words
        if core.plural or core.role.kind not in ("office", "person"):
            return None
        if i >= len(words) or words.sentence[i] != words.sentence[i - 1]:
            return None
        over = page.covering[i]
        if over is not None:
            return over if over.origin == "person" and over.first == i else None
        last = i - 1
        while (
            last + 1 < min(len(words), i + _NAME_WORDS)
            and words.sentence[last + 1] == words.sentence[i]
            and self._is_name_word(page, last + 1)
        ):
            last += 1
        if last < i or not words.is_capitalised(core.head) or not words.raw[last][-1].isalpha():
            return None
        person = Phrase(i, last, last, words.span(i, last), "person", "name", "person", words.quote(i, last))
        person.reason = "capitalised words after a title"
        person.gender = self.lexicon.given_name.get(words.lower[i])
        return page.add(person)

    def _is_name_word(self, page: Page, i: int) -> bool:
        words = page.words
        return (
            words.tags[i] == "NNP" and words.is_capitalised(i) and page.covering[i] is None
            and words.lower[i] not in self.lexicon.not_a_name and i not in page.pending
        )  # fmt: skip


def _is_local(role: RoleNoun) -> bool:
    """Officials in Tehran serve there; the minister, or the troops, in Tehran may be guests."""
    if role.sector in ("MIL", "REB", "SPY"):
        return False
    if role.kind in ("government", "people", "ministry"):
        return True
    return role.number == "plural" and role.kind in ("office", "person") and role.acts_for_state
