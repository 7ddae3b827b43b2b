"""What a role noun has gathered on its left and on its right, and how its name is written.

The gathering itself is `leftward` and `rightward`; joining both to one phrase is `composing`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.knowledge.roster import RoleNoun
from detente.reading.actors.lexicon import ActorLexicon
from detente.reading.actors.phrase import Page, Phrase
from detente.reading.actors.words import Words

_SPELLING = {"defense": "defence", "labor": "labour", "external": "foreign", "home": "interior", "internal": "interior"}
_SMALL = frozenset({"of", "for", "and", "to", "the", "in", "at"})


@dataclass(slots=True)
class Left:
    """`names` from right to left; `possessor_words` where the possessor is no phrase of its own yet;
    `based` is where a body sits ("Baku-based")."""

    first: int
    names: list[Phrase] = field(default_factory=list)
    possessor: Phrase | None = None
    possessor_words: tuple[int, int] | None = None
    definite: bool = False
    determined: bool = False
    based: Phrase | None = None
    former: bool = False

    @property
    def is_owned(self) -> bool:
        return bool(self.names or self.possessor or self.possessor_words)


@dataclass(slots=True)
class Right:
    """`names` are territories after "of" and "from"; `affiliation` the body after "of"; `destination` where an
    envoy serves; `location` where an authority sits; `anaphor` "of this country"."""

    last: int
    names: list[Phrase] = field(default_factory=list)
    portfolio: list[int] = field(default_factory=list)
    affiliation: Phrase | None = None
    destination: Phrase | None = None
    location: Phrase | None = None
    anaphor: tuple[int, int] | None = None


@dataclass(slots=True)
class Core:
    """The role noun itself: its tokens, the one that heads it, and its number here."""

    role: RoleNoun
    first: int
    head: int
    last: int
    plural: bool

    def word(self, words: Words) -> str:
        return words.lower[self.last] if self.first == self.last else self.role.word

    def is_in(self, words: Words, group: frozenset[str]) -> bool:
        return words.lower[self.head] in group or self.role.word in group


def name_ending(page: Page, i: int) -> Phrase | None:
    """The territory's name that ends at token i."""
    over = page.covering[i] if i >= 0 else None
    return over if over is not None and over.last == i and over.is_territory else None


def is_diplomatic(role: RoleNoun, lexicon: ActorLexicon) -> bool:
    """Roles sent by one territory to another: the sender is whom they act for."""
    return role.word in lexicon.diplomatic or role.word.split()[-1] in lexicon.diplomatic or role.word.endswith("envoy")


def canonical(words: Words, core: Core, left: int, portfolio: list[int], lexicon: ActorLexicon) -> str:
    """Rank and portfolio before the role noun: "Ministry of Foreign Affairs" and "Foreign Ministry" alike."""
    before = [
        words.lower[i]
        for i in range(left, core.first)
        if words.lower[i] in lexicon.rank or words.lower[i] in lexicon.portfolio
    ]
    after = [words.lower[i] for i in portfolio]
    body = [_as_said(words, i) for i in range(core.first, core.last + 1)]
    if "of" in body and body[0] in ("minister", "ministers", "ministry"):
        after, body = body[2:], body[:1]
    elif len(body) > 1:
        body = [word for word in body if word not in ("affairs", "the")]
    said = [word for word in before if word != "affairs"]
    after = [word for word in after if word not in ("affairs", "the") and word not in said]
    return " ".join(_titled(_SPELLING.get(part, part)) for part in (*said, *after, *body))


def _as_said(words: Words, i: int) -> str:
    """Lower case, but MPs and NGOs as they are."""
    return words.raw[i] if words.raw[i][1:] != words.lower[i][1:] and not words.raw[i].isupper() else words.lower[i]


def _titled(word: str) -> str:
    return word if word in _SMALL else word[:1].upper() + word[1:]
