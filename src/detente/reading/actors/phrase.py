"""One stretch under consideration while the actor rules work, and the page they share. Marks are made from these at
the end; nothing outside this package sees them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from detente.knowledge.roster import KnownActor, Official
from detente.model.vocabulary import ActorKind, Use
from detente.reading.actors.words import Words
from detente.reading.marks import Candidate, Rejected, Span

if TYPE_CHECKING:
    from detente.reading.actors.towns import Towns

Origin = Literal[
    "name", "adjective", "capital", "seat", "organisation", "person", "role", "people", "document", "pronoun",
    "territory_anaphor", "joint_anaphor", "latter", "first_person", "label",
]  # fmt: skip


@dataclass(slots=True, eq=False)
class Phrase:
    """Tokens `first` to `last`, both included, with the head token; `span` may end inside a token ("U.S.-led").

    `territory` is what the phrase itself states; `owner` is the phrase it takes it from (possessor, affiliation);
    `name` is canonical where known. `definite` tells "the ministry" from "ministry". `is_faint` phrases ("the crews")
    stay only where they point at somebody.
    """

    first: int
    last: int
    head: int
    span: Span
    origin: Origin
    form: Literal["name", "common", "pronoun"]
    kind: ActorKind
    name: str
    territory: str | None = None
    sector: str | None = None
    plural: bool = False
    definite: bool = False
    use: Use | None = None
    outer: Phrase | None = None
    owner: Phrase | None = None
    location: str | None = None
    person: Phrase | None = None
    gender: str | None = None
    key: str = ""
    known: KnownActor | None = None
    officials: tuple[Official, ...] = ()
    territories: tuple[str, ...] = ()
    joint: tuple[Phrase, ...] = ()
    rivals: tuple[Phrase, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    people: str = ""
    settled: bool = False
    relational: bool = False
    is_stated: bool = False
    is_capital: bool = False
    is_dropped: bool = False
    is_polity: bool = False
    is_label: bool = False
    is_faint: bool = False
    score: float = 1.0
    reason: str = ""

    @property
    def is_territory(self) -> bool:
        return self.origin in ("name", "adjective", "capital", "seat")


@dataclass(slots=True)
class Page:
    """What the rules share about one paper: its words and the phrases so far.

    `covering` is the phrase of each token; `voice` its quotation, 0 for the author's own words; `named` the
    territories that the text names surely, `common` those named most often. Of role nouns, by their first token:
    `unnamed` name nobody here, `pending` are not yet built, `waiting` may belong to a body not found yet.
    `headlines` have a capital on most words.
    """

    words: Words
    document_id: str
    phrases: list[Phrase] = field(default_factory=list)
    covering: list[Phrase | None] = field(default_factory=list)
    common: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    voice: list[int] = field(default_factory=list)
    unnamed: set[int] = field(default_factory=set)
    waiting: list[Callable[[], None]] = field(default_factory=list)
    pending: dict[int, Callable[[], None]] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    datelines: tuple[Span, ...] = ()
    headlines: tuple[Span, ...] = ()
    towns: Towns | None = None

    def add(self, phrase: Phrase) -> Phrase:
        """Keep `phrase`; phrases that it holds become inner to it."""
        self.cover(phrase)
        self.phrases.append(phrase)
        return phrase

    def cover(self, phrase: Phrase) -> None:
        """Let `phrase` hold its tokens, and the phrases on them."""
        for i in range(phrase.first, phrase.last + 1):
            inner = self.covering[i]
            if inner is not None and inner is not phrase:
                inner.outer = phrase
            self.covering[i] = phrase

    def outermost(self, i: int) -> Phrase | None:
        """The largest phrase that holds token i; None past the last token."""
        over = self.covering[i] if i < len(self.covering) else None
        while over is not None and over.outer is not None:
            over = over.outer
        return over

    def drop(self, phrase: Phrase, what: str, reason: str) -> None:
        """Take a phrase back; it leaves `phrases` at the next `sweep`."""
        phrase.is_dropped = True
        for i in range(phrase.first, phrase.last + 1):
            if self.covering[i] is phrase:
                self.covering[i] = None
        self.set_aside(phrase.span, what, reason)

    def sweep(self) -> None:
        """Forget the phrases that were taken back."""
        self.phrases = [phrase for phrase in self.phrases if not phrase.is_dropped]

    def set_aside(self, span: Span, what: str, reason: str) -> None:
        self.rejected.append(Rejected(span, "actors", what, reason))
