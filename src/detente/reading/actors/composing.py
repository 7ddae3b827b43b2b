"""Role nouns and what belongs to them become one phrase: "Russia's defence minister", "the Azerbaijani Foreign Ministry",
"Minister of Foreign Affairs of Luxembourg", "US Ambassador Mark Libby", "the authorities in Tehran".

The phrase grows left over modifiers, a territory and a possessor, then right over "of", "for", "to", "in" and a name.
Inner names keep their own phrase, as modifiers. Which territory an unowned role acts for is settled later.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.knowledge.roster import RoleNoun
from detente.reading.actors.lexicon import ActorLexicon
from detente.reading.actors.names import FormTable, Hit
from detente.reading.actors.phrase import Page, Phrase
from detente.reading.actors.pronouns import pronoun_phrase
from detente.reading.actors.words import Pieces, Words
from detente.reading.marks import Span

_MODIFIER_TAGS = frozenset({"JJ", "JJS", "JJR", "NN", "NNP", "NNPS", "VBN", "VBG", "CD", "RB", "AFX"})
_APOSTROPHE = frozenset({"'s", "’s", "'", "’"})
_DETERMINERS = frozenset({"the", "this", "that", "these", "those"})
_TURNING = frozenset({"anti", "pro", "non", "ex", "neo"})
_BASED = frozenset({"based", "backed", "led", "held", "controlled", "occupied", "born", "sponsored", "funded", "made", "brokered", "supported", "trained", "mediated", "aligned", "linked", "educated", "installed", "appointed"})  # fmt: skip  # noqa: E501
_PREPOSITION_SKIPS = frozenset({"the", "a", "an", "this", "that", "its", "his", "her", "their"})
_FORMER = frozenset({"former", "ex", "late", "then", "ousted", "deposed", "outgoing", "previous", "retired"})
RANKS = frozenset({"prime", "deputy", "vice", "first", "second", "acting", "interim", "assistant", "permanent", "special", "chief", "supreme", "national", "general", "crown", "attorney", "senior", "under", "high", "joint", "central", "constitutional", "ruling", "opposition", "armed", "air", "border", "riot", "intelligence", "state", "federal", "secret", "security", "peacekeeping", "military", "naval", "ground", "presidential", "prosecutor"})  # fmt: skip  # noqa: E501


@dataclass(slots=True)
class _Left:
    first: int
    names: list[Phrase] = field(default_factory=list)
    possessor: Phrase | None = None
    possessor_words: tuple[int, int] | None = None
    definite: bool = False
    determined: bool = False
    based: Phrase | None = None
    former: bool = False


@dataclass(slots=True)
class _Right:
    last: int
    names: list[Phrase] = field(default_factory=list)
    portfolio: list[int] = field(default_factory=list)
    affiliation: Phrase | None = None
    destination: Phrase | None = None
    location: Phrase | None = None
    anaphor: tuple[int, int] | None = None


class Composing:
    """Builds role phrases on a page. Built once; holds only knowledge."""

    def __init__(self, roles: FormTable[RoleNoun], lexicon: ActorLexicon) -> None:
        self.roles = roles
        self.lexicon = lexicon

    def mark(self, page: Page, parts: Pieces) -> None:
        for hit in self.roles.find(page.words.text, parts):
            first, last = page.words.at(hit.start), page.words.at(hit.end - 1)
            if page.words.starts[first] != hit.start or page.words.ends[last] != hit.end:
                continue
            self._mark_hit(page, hit, first, last)

    def _mark_hit(self, page: Page, hit: Hit[RoleNoun], first: int, last: int) -> None:
        words = page.words
        said = words.text[hit.start : hit.end].lower()
        role = next((value for value in hit.values if value.word.lower() == said), hit.values[0])
        over = page.covering[last]
        if over is not None and over.origin != "person" and over.first <= first:
            return
        if over is not None and over.origin == "person" and not words.is_capitalised(first):
            return
        if role.word in self.lexicon.place_noun or self._is_in_a_name(page, role, first, last):
            return
        head = next((i - 1 for i in range(first + 1, last + 1) if words.lower[i] in ("of", "for", "-", "to")), last)
        if not words.tags[head].startswith("NN") and not words.is_capitalised(head):
            page.set_aside(Span(hit.start, hit.end), "role noun", "not a noun here")
            return
        if self._is_modifier_itself(words, head, last, page):
            return
        plural = (
            role.number == "plural" or words.tags[head] in ("NNS", "NNPS") or _is_plural_of(role, words, first, last)
        )
        person = None if plural else self._person_after(page, last + 1, role, words.is_capitalised(head))
        left = self._left(page, first - 1, person.last if person else last)
        right = _Right(last)
        if person is None:
            right = self._right(page, last + 1, role, plural, left)
            person = None if plural else self._person_after(page, right.last + 1, role, words.is_capitalised(head))
        if reason := self._is_nobody(page, role, (first, head, last), left, right, person, plural):
            page.set_aside(words.span(first, last), "role noun", reason)
            return
        self._add(page, role, (first, head, last), left, right, person, plural)

    def _is_in_a_name(self, page: Page, role: RoleNoun, first: int, last: int) -> bool:
        """ "Institute of Border Studies", "Boundary Commission": the whole is a name, found as such."""
        words, lexicon = page.words, self.lexicon
        if not words.is_capitalised(last) or words.lower[last] not in lexicon.organisation:
            return False
        after = last + 1
        if after + 1 < len(words) and words.lower[after] in ("of", "for", "on"):
            follows = after + 1 + (words.lower[after + 1] == "the")
            if follows < len(words) and words.is_capitalised(follows):
                over = page.covering[follows]
                named = over is not None and over.is_territory and over.first == follows and over.origin != "adjective"
                return not named and words.lower[follows] not in lexicon.portfolio
        if (
            after < len(words)
            and words.is_capitalised(after)
            and words.tags[after].startswith("NNP")
            and page.covering[after] is None
        ):
            return words.lower[after] in lexicon.organisation
        before = first - 1
        if before < 0 or words.sentence[before] != words.sentence[first] or page.covering[before] is not None:
            return False
        low = words.lower[before]
        return (
            words.tags[before].startswith("NNP") and words.is_capitalised(before)
            and low not in RANKS and low not in lexicon.portfolio and low not in _FORMER
        )  # fmt: skip

    def _is_nobody(
        self, page: Page, role: RoleNoun, core: tuple[int, int, int], left: _Left, right: _Right,
        person: Phrase | None, plural: bool,
    ) -> str | None:  # fmt: skip
        """Why the role noun names no actor here, or None."""
        words, lexicon = page.words, self.lexicon
        first, head, last = core
        word = words.lower[last] if first == last else role.word
        possessor = left.possessor is not None or left.possessor_words is not None
        stated = bool(left.names or right.names or right.affiliation or right.location or right.anaphor or person)
        if word in lexicon.territory_anaphor or word in lexicon.joint_anaphor:
            if not (left.names or right.names or left.possessor is not None):
                return "points at territories"
            if word in ("countries", "nations", "country", "nation"):
                return "a noun for territories"
        if word in lexicon.bystander and not stated and left.possessor is None:
            return "people who are not said to act for anybody"
        pronoun = left.possessor_words is not None and words.tags[left.possessor_words[0]] == "PRP$"
        if pronoun and not stated and (role.strength == "weak" or word in lexicon.doubtful):
            whose = words.lower[left.possessor_words[0]] if left.possessor_words else ""
            if whose not in ("its", "their", "our") or word in lexicon.doubtful:
                return "weak role noun with a pronoun"
        if (role.strength == "weak" or word in lexicon.doubtful) and not (
            stated or possessor or right.portfolio or right.destination
        ):
            return "weak role noun without territory, title or name"
        bare = not (stated or possessor or left.determined or right.portfolio or right.destination or plural)
        if bare and role.number == "singular" and (not words.is_capitalised(head) or words.opens_sentence(first)):
            return "a title that nobody is said to hold here"
        if role.kind == "person" and not plural and not stated and left.possessor is None:
            return "a person without a name or territory"
        return None

    def _is_modifier_itself(self, words: Words, head: int, last: int, page: Page) -> bool:
        """ "the police report", "government forces": the noun that follows decides."""
        after = last + 1
        return (
            words.deps[head] in ("compound", "nmod", "amod")
            and after < len(words)
            and words.heads[head] > last
            and words.tags[after] in ("NN", "NNS", "JJ", "VBG")
            and not words.is_capitalised(after)
        )

    # -- leftwards ---------------------------------------------------------------------------------------

    def _left(self, page: Page, i: int, end: int) -> _Left:
        words, covering = page.words, page.covering
        left = _Left(i + 1)
        sentence = words.sentence[i + 1]
        while i >= 0 and words.sentence[i] == sentence:
            over, low, tag = covering[i], words.lower[i], words.tags[i]
            while over is not None and over.outer is not None:
                over = over.outer
            if over is not None and over.last >= i and over.first <= i:
                if over.span.end < words.ends[i] and over.is_territory:
                    left.first = i
                    i -= 1
                    continue
                if not self._is_joined(page, over, left, end):
                    break
                left.names.append(over)
                left.first = over.first
                i = over.first - 1
                continue
            if low in _APOSTROPHE and tag == "POS":
                self._possess(page, i, left)
                break
            if tag == "PRP$":
                left.first = i
                left.possessor_words = (i, i)
                left.definite = left.determined = True
                break
            if tag in ("DT", "PDT", "WDT") or low in _DETERMINERS:
                if left.first != i + 1:
                    break
                left.first = i
                left.determined = True
                left.definite = left.definite or low in _DETERMINERS
                if i and words.lower[i - 1] in ("both", "all", "half") and words.sentence[i - 1] == sentence:
                    left.first = i - 1
                break
            if low in _TURNING and left.names and left.names[-1].first == i + 2:
                left.names.pop()
                left.first = i
            elif low == "-" or tag == "HYPH":
                if i == 0 or words.ends[i] != words.starts[i + 1] or words.starts[i] != words.ends[i - 1]:
                    break
            elif low in ("and", "or", "&"):
                if not self._joins_names(page, i, left):
                    break
            elif low == ",":
                if not (left.names and left.names[-1].first == i + 1 and self._name_ends(page, i - 1)):
                    break
            elif low in _BASED and tag in ("VBN", "VBD", "JJ", "NN"):
                name = self._name_ends(page, i - 1) or (self._name_ends(page, i - 2) if i > 1 else None)
                if name is None or (words.lower[i - 1] != "-" and name.last != i - 1):
                    break
                if low in ("based", "headquartered"):
                    left.based = name
                left.first = name.first
                i = name.first - 1
                continue
            elif self._modifies(words, i, end, left):
                left.first = i
                left.former = left.former or low in _FORMER
            else:
                break
            i -= 1
        while left.first < i + 2 and words.lower[left.first] in ("-", "and", ",", "or"):
            left.first += 1
        return left

    def _modifies(self, words: Words, i: int, end: int, left: _Left) -> bool:
        tag = words.tags[i]
        if tag not in _MODIFIER_TAGS:
            return False
        if words.is_capitalised(i) and tag.startswith("NNP") and not words.opens_sentence(i):
            return True
        if tag in ("VBN", "VBG") and words.deps[i] != "amod":
            return False
        return i < words.heads[i] <= end or words.lower[i] in RANKS or words.lower[i] in self.lexicon.portfolio

    def _name_ends(self, page: Page, i: int) -> Phrase | None:
        over = page.covering[i] if i >= 0 else None
        return over if over is not None and over.last == i and over.is_territory else None

    def _joins_names(self, page: Page, i: int, left: _Left) -> bool:
        """ "Armenian and Azerbaijani leaders", "Foreign and Trade Minister"."""
        words = page.words
        before = self._name_ends(page, i - 1)
        if before is not None and left.names and left.names[-1].first == i + 1:
            return before.origin == "adjective" or left.names[-1].origin != "adjective"
        if i < 1 or left.names:
            return False
        ahead, behind = words.lower[i + 1], words.lower[i - 1]
        return ahead in self.lexicon.portfolio and behind in self.lexicon.portfolio and words.is_capitalised(i - 1)

    def _is_joined(self, page: Page, over: Phrase, left: _Left, end: int) -> bool:
        """Whether a name directly before belongs to the phrase."""
        words = page.words
        if over.origin == "adjective" and not over.plural:
            return True
        if over.is_territory or over.origin == "organisation":
            dep, head = words.deps[over.head], words.heads[over.head]
            if (
                left.names
                and over.origin != "adjective"
                and words.lower[over.last + 1] != "-"
                and not left.names[-1].is_territory
            ):
                return False
            if dep in ("compound", "nmod", "amod", "npadvmod") or over.last < head <= end:
                return True
            return dep not in ("pobj", "dobj", "nsubj", "nsubjpass", "conj", "appos") and head > over.last
        return (
            over.origin in ("role", "organisation", "person")
            and words.deps[over.head] in ("compound", "nmod")
            and words.heads[over.head] > over.last
        )

    def _possess(self, page: Page, i: int, left: _Left) -> None:
        words = page.words
        over = page.covering[i - 1] if i else None
        while over is not None and over.outer is not None:
            over = over.outer
        if over is not None and over.last in (i - 1, i):
            left.possessor = over
            left.first = over.first
            if over.first and words.lower[over.first - 1] == "the":
                left.first = over.first - 1
        else:
            start = i - 1
            while start > 0 and words.tags[start] in ("NN", "NNP", "NNS", "JJ", "NNPS", "VBN", "CD"):
                start -= 1
            if words.tags[start] not in ("DT", "PRP$"):
                start += 1
            if start >= i:
                return
            left.first = start
            left.possessor_words = (start, i - 1)
        left.definite = left.determined = True

    # -- rightwards --------------------------------------------------------------------------------------

    def _right(self, page: Page, i: int, role: RoleNoun, plural: bool, left: _Left) -> _Right:
        words, covering = page.words, page.covering
        right = _Right(i - 1)
        for _ in range(4):
            if i + 1 >= len(words) or words.sentence[i] != words.sentence[i - 1]:
                break
            preposition = words.lower[i]
            if preposition not in ("of", "for", "to", "in", "from", "at"):
                break
            start = i + 1
            while start < len(words) and (words.lower[start] in _PREPOSITION_SKIPS or words.tags[start] == "DT"):
                start += 1
            if start >= len(words):
                break
            over = covering[start]
            while over is not None and over.outer is not None:
                over = over.outer
            owned = left.names or left.possessor or left.possessor_words
            if preposition in ("from", "in") and owned and role.kind != "people" and not self._is_diplomatic(role.word):
                break
            taken = self._take(page, preposition, start, over, role, right)
            if taken is None:
                break
            right.last = taken
            i = taken + 1
            while right.names and i + 1 < len(words) and words.lower[i] in ("and", ","):
                step = i + 1 + (words.lower[i + 1] == "the")
                more = covering[step] if step < len(words) else None
                if not (
                    plural
                    and more is not None
                    and more.first == step
                    and more.origin in ("name", "capital")
                    and preposition == "of"
                ):
                    break
                right.names.append(more)
                right.last = more.last
                i = more.last + 1
        return right

    def _take(
        self, page: Page, preposition: str, start: int, over: Phrase | None, role: RoleNoun, right: _Right
    ) -> int | None:
        """The last token of the prepositional phrase where it belongs to the role; fills `right`."""
        words = page.words
        diplomatic = self._is_diplomatic(role.word)
        if over is not None and over.first == start and over.origin in ("name", "capital", "seat"):
            if preposition == "of" or (preposition == "from" and role.sector != "REB"):
                if right.names:
                    return None
                right.names.append(over)
            elif preposition in ("to", "for", "in", "at") and diplomatic:
                right.destination = over
            elif preposition == "in" and is_local(role):
                right.location = over
            elif preposition == "for" and role.kind in ("office", "ministry"):
                right.destination = over
            else:
                return None
            return over.last
        if over is not None and over.first == start and over.origin in ("organisation", "role"):
            if preposition in ("to", "at") and diplomatic:
                right.destination = over
                return over.last
            if preposition in ("of", "for", "to", "at", "from") and not right.names:
                right.affiliation = over
                return over.last
            return None
        if preposition in ("of", "for") and over is None or (over is not None and over.first > start):
            return self._portfolio(page, start, right)
        return None

    def _portfolio(self, page: Page, start: int, right: _Right) -> int | None:
        words = page.words
        if words.lower[start] in self.lexicon.territory_anaphor and words.lower[start - 1] in ("the", "this", "that"):
            right.anaphor = (start - 1, start)
            return start
        last = None
        i = start
        while i < len(words) and page.covering[i] is None:
            if words.lower[i] in self.lexicon.portfolio:
                last = i
            elif words.lower[i] not in ("and", ",", "the", "of") or last is None:
                break
            i += 1
        if last is not None:
            right.portfolio += [k for k in range(start, last + 1) if words.lower[k] in self.lexicon.portfolio]
        return last

    def _is_diplomatic(self, word: str) -> bool:
        return word in self.lexicon.diplomatic or word.split()[-1] in self.lexicon.diplomatic or word.endswith("envoy")

    def _person_after(self, page: Page, i: int, role: RoleNoun, capitalised: bool) -> Phrase | None:
        words = page.words
        if i >= len(words) or words.sentence[i] != words.sentence[i - 1] or role.kind not in ("office", "person"):
            return None
        over = page.covering[i]
        if over is not None:
            return over if over.origin == "person" and over.first == i else None
        if words.tags[i] != "NNP" or not words.is_capitalised(i) or not capitalised:
            return None
        last = i
        while (
            last + 1 < len(words)
            and words.tags[last + 1] == "NNP"
            and words.is_capitalised(last + 1)
            and page.covering[last + 1] is None
            and words.sentence[last + 1] == words.sentence[i]
        ):
            last += 1
        if not words.raw[last][-1].isalpha():
            return None
        person = Phrase(i, last, last, words.span(i, last), "person", "name", "person", words.quote(i, last))
        person.reason = "capitalised words after a title"
        return page.add(person)

    # -- together ----------------------------------------------------------------------------------------

    def _add(
        self, page: Page, role: RoleNoun, core: tuple[int, int, int], left: _Left, right: _Right,
        person: Phrase | None, plural: bool,
    ) -> None:  # fmt: skip
        words = page.words
        first, head, last = core
        end = person.last if person else right.last
        stated = [*left.names[::-1], *right.names]
        territories = tuple(dict.fromkeys(name.territory for name in stated if name.is_territory and name.territory))
        start_char = min(words.starts[left.first], *(name.span.start for name in stated), words.starts[first])
        phrase = Phrase(
            left.first, end, person.head if person else head, Span(start_char, words.ends[end]), "role",
            "name" if stated or person else "common", role.kind, "", sector=role.sector, plural=plural,
            definite=left.definite or (words.is_capitalised(head) and not plural and not words.opens_sentence(left.first)),
        )  # fmt: skip
        phrase.territories = territories
        phrase.is_stated = bool(territories)
        phrase.territory = territories[0] if len(territories) == 1 else None
        phrase.key = role.word
        phrase.person = person
        phrase.name = self.canonical(words, core, left.first, right.portfolio)
        if role.kind == "person" and person is None:
            phrase.kind = "government" if plural and role.acts_for_state else "people" if plural else "person"
        phrase.owner = left.possessor or right.affiliation
        if (words.lower[head] in self.lexicon.relational or role.word in self.lexicon.relational) and not left.names:
            phrase.relational = True
        affiliations = [name for name in left.names if name.origin in ("organisation", "role", "person")]
        if phrase.owner is None and affiliations:
            phrase.owner = affiliations[0]
        if left.based is not None:
            phrase.location = left.based.territory
        if right.location is not None:
            phrase.location = right.location.territory
        phrase.reason = f"role noun {role.word}"
        if not territories and phrase.owner is None and person is not None:
            usual = self.lexicon.title_territory.get(" ".join(words.lower[i] for i in range(first, right.last + 1)))
            usual = usual or self.lexicon.title_territory.get(phrase.name.lower())
            if usual is not None:
                phrase.territories, phrase.territory = (usual,), usual
                phrase.reason += "; a title of one territory by usage"
        if plural and not territories and phrase.owner is None:
            self._enumerate(page, phrase)
        if left.former:
            phrase.sector = None
            phrase.reason += ", no longer held"
        phrase.joint = ()
        page.add(phrase)
        self._link_pointer(page, phrase, left.possessor_words or right.anaphor)
        if person is not None:
            person.outer = phrase
            phrase.kind, phrase.gender = "person", person.gender

    def _enumerate(self, page: Page, phrase: Phrase) -> None:
        """ "three ambassadors: Peru, Luxembourg and Japan"."""
        words, i = page.words, phrase.last + 1
        if i >= len(words) or words.raw[i] != ":":
            return
        codes = []
        for k in range(i + 1, min(len(words), i + 40)):
            over = page.covering[k]
            if over is not None and over.origin == "name" and over.territory:
                codes.append(over.territory)
            elif words.lower[k] not in (",", "and", "the", ";", "of", "from"):
                break
        phrase.territories = tuple(dict.fromkeys(codes))
        if codes:
            phrase.reason += "; listed after a colon"

    def _link_pointer(self, page: Page, phrase: Phrase, at: tuple[int, int] | None) -> None:
        """A possessor that points back ("its minister", "the country's leadership") waits to be followed."""
        if at is None:
            return
        words = page.words
        first, last = at
        low = words.lower[last]
        if words.tags[last] == "PRP$":
            made = pronoun_phrase(words, last, self.lexicon)
            if made is None:
                return
            pointer = made
        elif low in self.lexicon.territory_anaphor:
            pointer = Phrase(
                first, last, last, words.span(first, last), "territory_anaphor", "common", "state", words.raw[last]
            )
        else:
            return
        pointer.key = low
        pointer.use = "modifier"
        pointer.outer = phrase
        phrase.owner = pointer
        page.phrases.append(pointer)

    def canonical(self, words: Words, core: tuple[int, int, int], left: int, portfolio: list[int]) -> str:
        """ "Ministry of Foreign Affairs" and "Foreign Ministry" alike: rank and portfolio before the role noun."""
        first, head, last = core
        before = [
            words.lower[i]
            for i in range(left, first)
            if words.lower[i] in RANKS or words.lower[i] in self.lexicon.portfolio and words.lower[i] != "of"
        ]
        after = [words.lower[i] for i in portfolio if words.lower[i] != "affairs"]
        body = [
            words.raw[i] if words.raw[i][1:] != words.lower[i][1:] else words.lower[i] for i in range(first, last + 1)
        ]
        if "of" in body and body[0] in ("minister", "ministers", "ministry"):
            after, body = [word for word in body[2:] if word != "affairs"], body[:1]
        body = [word for word in body if word not in ("affairs", "the")] if len(body) > 1 else body
        said = [word for word in before if word != "affairs"]
        parts = [*said, *(word for word in after if word not in said), *body]
        return " ".join(_titled(_SPELLING.get(part, part)) for part in parts)


def _titled(word: str) -> str:
    return word if word in ("of", "for", "and", "to", "the", "in") else word[:1].upper() + word[1:]


def is_local(role: RoleNoun) -> bool:
    """Officials "in Tehran" serve there; the minister, or the troops, in Tehran may be guests."""
    if role.sector in ("MIL", "REB", "SPY"):
        return False
    if role.kind in ("government", "people", "ministry"):
        return True
    return role.number == "plural" and role.kind in ("office", "person") and role.acts_for_state


def _is_plural_of(role: RoleNoun, words: Words, first: int, last: int) -> bool:
    """The text has more letters than the listed singular: MPs, whatever the tagger says."""
    return role.number == "singular" and len(words.quote(first, last)) > len(role.word)


_SPELLING = {"defense": "defence", "labor": "labour", "external": "foreign", "home": "interior", "internal": "interior"}
