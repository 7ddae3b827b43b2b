"""Role nouns and what belongs to them become one phrase: "Russia's defence minister", "the Polish Foreign Ministry",
"Minister of Foreign Affairs of Luxembourg", "US Ambassador Mark Libby", "the authorities in Tehran".

Inner names keep their own phrase, as modifiers. Which territory an unowned role acts for is settled in `antecedents`.
"""

from __future__ import annotations

from functools import partial

from detente.knowledge.roster import RoleNoun
from detente.model.vocabulary import ActorKind
from detente.reading.actors.growth import Core, Left, Right, canonical
from detente.reading.actors.leftward import Leftward
from detente.reading.actors.lexicon import ActorLexicon
from detente.reading.actors.names import FormTable, Hit
from detente.reading.actors.phrase import Page, Phrase
from detente.reading.actors.pronouns import pronoun_phrase
from detente.reading.actors.rightward import Rightward
from detente.reading.actors.words import Pieces, Words
from detente.reading.marks import Span

_ENDINGS = ("ers", "ors", "men", "women", "ists", "eers")
_PEOPLE = RoleNoun(
    word="people by trade", sector="CVL", kind="people", strength="weak", number="plural", acts_for_state=False
)


class Composing:
    """Builds role phrases on a page. Built once; holds only knowledge."""

    def __init__(self, roles: FormTable[RoleNoun], lexicon: ActorLexicon) -> None:
        self.roles = roles
        self.lexicon = lexicon
        self.leftward = Leftward(lexicon)
        self.rightward = Rightward(lexicon)

    def mark(self, page: Page, parts: Pieces) -> None:
        words, pending = page.words, page.pending
        for hit in self.roles.find(words.text, parts):
            first, last = words.at(hit.start), words.at(hit.end - 1)
            if words.starts[first] == hit.start and words.ends[last] == hit.end:
                pending[first] = partial(self._mark_hit, page, hit, first, last)
        seen: set[str] = set()
        for i in range(1, len(words)):
            if i in pending:
                continue
            if self._names_people(page, i):
                seen.add(words.lower[i])
            if words.lower[i] in seen and (self._names_people(page, i) or words.lower[i - 1] == "the"):
                pending[i] = partial(self._mark_hit, page, Hit(words.starts[i], words.ends[i], (_PEOPLE,)), i, i)
        for first in sorted(pending):
            if first in pending:
                pending.pop(first)()

    def _names_people(self, page: Page, i: int) -> bool:
        """As in "Senegalese transporters": a plural that its ending makes people, right after an adjective of a
        territory or its possessor."""
        words, word = page.words, page.words.lower[i]
        if words.tags[i] != "NNS" or len(word) < 6 or page.covering[i] is not None or words.is_capitalised(i):
            return False
        if not word.endswith(_ENDINGS) or word in self.lexicon.no_people or self._is_compound(words, i):
            return False
        for k in (i - 1, i - 2):
            over = page.covering[k] if k >= 0 else None
            if over is not None and over.is_territory and over.last == k and (over.origin == "adjective" or k == i - 2):
                return words.sentence[k] == words.sentence[i]
        return False

    def _is_compound(self, words: Words, i: int) -> bool:
        return words.deps[i] in ("compound", "nmod") and words.heads[i] > i

    def link_bodies(self, page: Page) -> None:
        """Once unlisted organisations are found: "analysts at the Center for Peace", set aside or unowned till then."""
        for again in page.waiting:
            again()
        page.waiting.clear()
        words = page.words
        for phrase in [p for p in page.phrases if p.origin == "role" and p.outer is None and p.owner is None]:
            i = phrase.last + 1
            if phrase.territories or phrase.person or i + 1 >= len(words) or words.lower[i] not in ("of", "at", "from"):
                continue
            body = page.outermost(i + 1 + (words.lower[i + 1] == "the"))
            if body is None or body.origin != "organisation" or body.first <= i or body.form == "common":
                continue
            phrase.owner, phrase.last = body, body.last
            phrase.span = Span(phrase.span.start, body.span.end)
            page.cover(phrase)

    def _may_belong(self, words: Words, i: int) -> bool:
        return i + 1 < len(words) and words.lower[i] in ("of", "at", "from")

    def _mark_hit(
        self, page: Page, hit: Hit[RoleNoun], first: int, last: int, *, is_final: bool = False
    ) -> None:  # fmt: skip
        words = page.words
        core = self._core(words, hit, first, last)
        over = page.covering[last]
        if over is not None and (over.origin != "person" or not words.is_capitalised(first)) and over.first <= first:
            return
        if core.role.word in self.lexicon.place_noun | self.lexicon.unused_form or self._is_in_a_name(page, core):
            return
        if not words.tags[core.head].startswith("NN") and not words.is_capitalised(core.head):
            page.set_aside(Span(hit.start, hit.end), "role noun", "not a noun here")
            return
        if last + 2 < len(words) and words.raw[last + 1] == "-" and words.lower[last + 2] in self.lexicon.participle:
            page.set_aside(Span(hit.start, hit.end), "role noun", "part of a hyphened word")
            return
        if self._modifies_on(words, core):
            page.set_aside(Span(hit.start, hit.end), "role noun", "stands before the noun it modifies")
            return
        person = self.rightward.person_after(page, last + 1, core)
        left = self.leftward.gather(page, first - 1, person.last if person else last)
        right = Right(last)
        if person is None:
            right = self.rightward.gather(page, core, left)
            person = self.rightward.person_after(page, right.last + 1, core)
        if reason := self._why_nobody(words, core, left, right, person):
            if is_final or not self._may_belong(words, last + 1):
                page.set_aside(words.span(first, last), "role noun", reason)
                page.unnamed.add(core.head)
            else:
                page.waiting.append(partial(self._mark_hit, page, hit, first, last, is_final=True))
            return
        self._add(page, core, left, right, person)

    def _core(self, words: Words, hit: Hit[RoleNoun], first: int, last: int) -> Core:
        said = words.text[hit.start : hit.end].lower()
        role = next((value for value in hit.values if value.word.lower() == said), hit.values[0])
        head = next((i - 1 for i in range(first + 1, last + 1) if words.lower[i] in ("of", "for", "-", "to")), last)
        is_longer = role.number == "singular" and len(said) > len(role.word)
        plural = role.number == "plural" or words.tags[head] in ("NNS", "NNPS") or is_longer
        return Core(role, first, head, last, plural)

    # -- is it an actor at all ---------------------------------------------------------------------------

    def _is_in_a_name(self, page: Page, core: Core) -> bool:
        """As in "Institute of Border Studies", "Boundary Commission": the whole is a name, found as such."""
        words, lexicon = page.words, self.lexicon
        if not words.is_capitalised(core.last) or words.lower[core.last] not in lexicon.organisation:
            return False
        after, before = core.last + 1, core.first - 1
        if after + 1 < len(words) and words.lower[after] in ("of", "for", "on"):
            follows = after + 1 + (words.lower[after + 1] == "the")
            if follows < len(words) and words.is_capitalised(follows):
                over = page.covering[follows]
                named = over is not None and over.is_territory and over.first == follows and over.origin != "adjective"
                return not named and words.lower[follows] not in lexicon.portfolio
        if after < len(words) and words.is_capitalised(after) and words.tags[after].startswith("NNP"):
            return page.covering[after] is None and words.lower[after] in lexicon.organisation
        if before < 0 or words.sentence[before] != words.sentence[core.first] or page.covering[before] is not None:
            return False
        known = lexicon.rank | lexicon.portfolio | lexicon.former
        return (
            words.tags[before].startswith("NNP") and words.is_capitalised(before) and words.lower[before] not in known
        )

    def _modifies_on(self, words: Words, core: Core) -> bool:
        """As in "the police report", "government forces": the noun that follows decides."""
        after = core.last + 1
        return (
            words.deps[core.head] in ("compound", "nmod", "amod") and after < len(words)
            and words.heads[core.head] > core.last and words.tags[after] in ("NN", "NNS", "JJ", "VBG")
            and not words.is_capitalised(after)
        )  # fmt: skip

    def _why_nobody(
        self, words: Words, core: Core, left: Left, right: Right, person: Phrase | None
    ) -> str | None:  # fmt: skip
        """Why the role noun names no actor here, or None."""
        lexicon, role, word = self.lexicon, core.role, core.word(words)
        stated = bool(left.names or right.names or right.affiliation or right.location or right.anaphor or person)
        possessed = left.possessor is not None or left.possessor_words is not None
        qualified = stated or possessed or bool(right.portfolio or right.destination)
        if word in lexicon.territory_anaphor | lexicon.joint_anaphor:
            if not (left.names or right.names or right.anaphor or left.possessor is not None):
                return "points at territories"
            if word in ("countries", "nations", "country", "nation"):
                return "a noun for territories"
        if word in lexicon.bystander and not stated and left.possessor is None:
            if self._points_back(words, core, left) or self._speaks(words, core):
                return None
            return "people who are not said to act for anybody"
        is_faint = role.strength == "weak" or word in lexicon.doubtful
        if is_faint and not qualified:
            if self._points_back(words, core, left) or self._speaks(words, core):
                return None
            return "weak role noun without territory, title or name"
        is_placed_only = right.location is not None and not (left.names or right.names or possessed or person)
        if word in lexicon.doubtful and is_placed_only and role.kind not in ("people", "company", "media"):
            return "a doubtful role noun with a place alone"
        if is_faint and not stated and left.possessor_words is not None:
            at = left.possessor_words[0]
            whose = words.lower[at] if words.tags[at] == "PRP$" else ""
            if whose and (whose not in ("its", "their", "our") or word in lexicon.doubtful):
                return "weak role noun with a pronoun"
        if not (qualified or left.determined or core.plural):
            if role.number == "singular" and (not words.is_capitalised(core.head) or words.opens_sentence(core.first)):
                return "a title that nobody is said to hold here"
            if word in lexicon.abstract and not words.is_capitalised(core.head):
                return "an abstract noun without article or owner"
        if role.kind == "person" and not core.plural and not stated and left.possessor is None:
            if self._points_back(words, core, left) or self._speaks(words, core):
                return None
            return "a person without a name or territory"
        return None

    def _points_back(self, words: Words, core: Core, left: Left) -> bool:
        """As in "the crews", "the drivers": who they are is settled once the phrases before are known."""
        lexicon, word = self.lexicon, core.word(words)
        if not left.definite or left.possessor_words is not None or words.is_capitalised(core.head):
            return False
        return word in lexicon.generic_people | lexicon.generic_craft or core.plural

    def _speaks(self, words: Words, core: Core) -> bool:
        """As in "one analyst predicts", "told reporters"."""
        dep, verb = words.deps[core.head], words.lemmas[words.heads[core.head]]
        if dep == "nsubj":
            return verb in self.lexicon.saying
        above = words.heads[core.head]
        if dep == "pobj" and words.lower[above] == "to" and above and words.lower[above - 1] == "according":
            return True
        return dep in ("dobj", "dative") and verb == "tell" and core.role.kind in ("person", "people", "office")

    # -- together ----------------------------------------------------------------------------------------

    def _add(self, page: Page, core: Core, left: Left, right: Right, person: Phrase | None) -> None:
        words, role = page.words, core.role
        end = person.last if person else right.last
        inside = [p for p in page.covering[core.first : core.last + 1] if p is not None and p.territory]
        stated = [*left.names[::-1], *dict.fromkeys(inside), *right.names]
        if person is not None and not stated and left.possessor is None and right.affiliation is None:
            end = self._take_territory_after(page, end, stated)
        codes = tuple(
            dict.fromkeys(name.territory for name in stated if name.territory and (name.is_territory or name in inside))
        )
        opens = words.opens_sentence(left.first)
        indefinite = left.determined and not left.definite
        phrase = Phrase(
            left.first, end, person.head if person else core.head,
            Span(min([words.starts[left.first], *(name.span.start for name in stated)]), words.ends[end]),
            "role", "name" if stated or person else "common", self._kind(core, person),
            canonical(words, core, left.first, right.portfolio, self.lexicon),
            territory=codes[0] if len(codes) == 1 else None, sector=role.sector, plural=core.plural,
            definite=not self._is_qualified(page, core, left) and (
                left.definite or (words.is_capitalised(core.head) and not (core.plural or opens or indefinite))
            ),
        )  # fmt: skip
        phrase.territories, phrase.is_stated = codes, bool(codes)
        if len(codes) == 1 and words.is_capitalised(core.head) and core.is_in(words, self.lexicon.polity):
            phrase.kind, phrase.is_polity = "state", True
        phrase.key, phrase.person = role.word, person
        is_weak = role.strength == "weak" or core.word(words) in self.lexicon.doubtful | self.lexicon.bystander
        is_bare = not codes and person is None and left.possessor is None and right.affiliation is None
        phrase.is_faint = (
            is_weak and is_bare and right.location is None and self._points_back(words, core, left)
        ) and not self._speaks(words, core)
        phrase.owner = left.possessor or right.affiliation or next((n for n in left.names if not n.is_territory), None)
        phrase.relational = core.is_in(words, self.lexicon.relational) and not left.names
        seat = right.location or left.based
        phrase.location = seat.territory if seat is not None else None
        phrase.reason = f"role noun {role.word}"
        if left.former:
            phrase.sector = None
            phrase.reason += ", no longer held"
        if not codes and phrase.owner is None:
            if person is not None:
                self._apply_usage(words, core, right, phrase)
            elif core.plural:
                self._enumerate(page, phrase)
        page.add(phrase)
        self._link_pointer(page, phrase, left.possessor_words or right.anaphor)
        if person is not None:
            person.outer, phrase.gender = phrase, person.gender

    def _is_qualified(self, page: Page, core: Core, left: Left) -> bool:
        """As in "the Vermont senator": a name that no list holds says that another one is meant."""
        words, known = page.words, self.lexicon.rank | self.lexicon.portfolio
        return any(
            words.tags[i].startswith("NNP") and page.covering[i] is None and words.lower[i] not in known
            for i in range(left.first, core.first)
        )

    def _kind(self, core: Core, person: Phrase | None) -> ActorKind:
        role = core.role
        if person is not None:
            return "person"
        if role.kind == "person" and core.plural:
            return "government" if role.acts_for_state else "people"
        return role.kind

    def _take_territory_after(self, page: Page, end: int, stated: list[Phrase]) -> int:
        """As in "President Sandu of Moldova"."""
        words, i = page.words, end + 1
        if i + 1 >= len(words) or words.lower[i] != "of" or words.sentence[i] != words.sentence[end]:
            return end
        start = i + 1 + (words.lower[i + 1] == "the")
        over = page.covering[start] if start < len(words) else None
        if over is None or over.first != start or over.origin != "name" or words.deps[over.head] == "compound":
            return end
        stated.append(over)
        return over.last

    def _apply_usage(self, words: Words, core: Core, right: Right, phrase: Phrase) -> None:
        """As in "Assistant Secretary of State" belongs to one territory by usage, where none is stated."""
        said = " ".join(words.lower[i] for i in range(core.first, right.last + 1))
        usual = self.lexicon.title_territory.get(said) or self.lexicon.title_territory.get(phrase.name.lower())
        if usual is not None:
            phrase.territories, phrase.territory = (usual,), usual
            phrase.reason += "; a title of one territory by usage"

    def _enumerate(self, page: Page, phrase: Phrase) -> None:
        """As in "three ambassadors: Peru, Luxembourg and Japan"."""
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
        words, (first, last) = page.words, at
        pointer: Phrase | None = None
        if words.tags[last] == "PRP$":
            pointer = pronoun_phrase(words, last, self.lexicon)
        elif words.lower[last] in self.lexicon.joint_anaphor and words.lower[first] in ("those", "these", "both"):
            span, said = words.span(first, last), words.quote(first, last)
            pointer = Phrase(first, last, last, span, "joint_anaphor", "common", "other", said, plural=True)
            pointer.key = words.lower[last]
        elif words.lower[last] in self.lexicon.territory_anaphor:
            span = words.span(first, last)
            pointer = Phrase(first, last, last, span, "territory_anaphor", "common", "state", words.quote(first, last))
            pointer.key = words.lower[last]
        if pointer is None:
            return
        pointer.use, pointer.outer, pointer.reason = "modifier", phrase, "points back, before what it owns"
        phrase.owner = pointer
        page.phrases.append(pointer)
