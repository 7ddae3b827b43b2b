"""What the reading steps leave behind: marks on stretches of one document's text.

Marks hold no resolved actors, dates or coordinates; `recording` resolves them. Offsets are Unicode code
points into the document's text. Every mark carries the score and the reason of the rule or model that made it,
and each step also keeps what it considered and set aside.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from msgspec import Struct

from detente.model.vocabulary import (
    Act,
    ActorKind,
    Bound,
    EventType,
    Form,
    Modality,
    MomentKind,
    Polarity,
    Use,
)


class Span(NamedTuple):
    """`text[start:end]`."""

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """True where the two share at least one character."""
        return self.start < other.end and other.start < self.end


class Party(Struct, frozen=True):
    """Someone named at a place in the text: the whole phrase, and the first character of its head word.

    Resolution finds the mention that covers `head`. `elided` marks a party that the syntax implies
    (a shared subject) and whose span stands in another clause. `stand_in` is the relative pronoun that stands
    for the party in the clause itself ("the minister, who said").
    """

    span: Span
    head: int
    elided: bool = False
    stand_in: Span | None = None


# -- layout ---------------------------------------------------------------------------------------------


class Paragraph(Struct, frozen=True):
    span: Span
    kind: Literal["text", "heading", "title", "byline", "dateline", "list", "caption"] = "text"


class Sentence(Struct, frozen=True):
    span: Span
    paragraph: int


class Quotation(Struct, frozen=True):
    """A stretch between marks. `kind`: speech (words somebody said), running (over several paragraphs,
    whose paragraphs open with a mark), scare (a few words no speaker said: no voice), title (of a work).

    `contents` are the stretches without the marks, one a paragraph; `introducer` is the stretch outside
    that may name the holder (the rest of the sentence, or the sentence or paragraph before); None where
    nothing introduces it.
    """

    span: Span
    contents: tuple[Span, ...]
    kind: Literal["speech", "running", "scare", "title"]
    introducer: Span | None = None


class Layout(Struct, frozen=True):
    paragraphs: tuple[Paragraph, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    quotations: tuple[Quotation, ...] = ()


# -- marks ----------------------------------------------------------------------------------------------


class Candidate(Struct, frozen=True):
    """One actor that a mention may be. `unresolved` says why `actor_id` or `territory` is missing."""

    actor_id: str | None
    name: str
    kind: ActorKind
    territory: str | None = None
    sector: str | None = None
    score: float = 1.0
    reason: str = ""


class MentionMark(Struct, frozen=True):
    """One mention of a possible actor: a name, a common noun phrase ("the ministry") or a pronoun.

    `candidates` best first; several for one joint mention ("the two countries") where `joint`.
    """

    span: Span
    head: int
    form: Literal["name", "common", "pronoun"]
    use: Use
    candidates: tuple[Candidate, ...] = ()
    joint: bool = False
    plural: bool = False
    score: float = 1.0
    reason: str = ""


class TimeMark(Struct, frozen=True):
    """`value` is the TIMEX3 value where the words alone give it, else None; `offset` then says how to get
    it from the date of publication (a small grammar of its own, documented in `reading.times`)."""

    span: Span
    kind: MomentKind
    value: str | None
    offset: str | None = None
    mod: str | None = None
    score: float = 1.0
    reason: str = ""


class PlaceMark(Struct, frozen=True):
    """A place named as a place. `within` is the larger place that the words put it in ("Ganja, Azerbaijan");
    `territory` is set where the name is a state's own."""

    span: Span
    name: str
    within: str | None = None
    territory: str | None = None
    score: float = 1.0
    reason: str = ""


class FigureMark(Struct, frozen=True):
    span: Span
    value: float | None
    low: float | None
    high: float | None
    bound: Bound
    unit: str | None
    measure: str | None
    of: Span | None = None
    party: Party | None = None
    moment: Span | None = None
    score: float = 1.0
    reason: str = ""


class ClaimMark(Struct, frozen=True):
    """One attributed stretch. `parent` is the index of the claim in whose contents this one stands.

    `sources` is empty and `unnamed` true for "it is believed that". `evidence` holds source, cue and contents.
    `vouches` is false where the source does not stand for the contents ("fails to mention that P", "did not say
    that P", "seeks to V"): such a claim adds no voice to what it holds.
    """

    evidence: Span
    contents: tuple[Span, ...]
    sources: tuple[Party, ...]
    cues: tuple[Span, ...]
    form: Form
    act: Act
    cue_polarity: Polarity = "affirmed"
    unnamed: bool = False
    parent: int | None = None
    about: tuple[tuple[Party, float], ...] = ()
    loaded: tuple[Span, ...] = ()
    vouches: bool = True
    score: float = 1.0
    reason: str = ""


class EventMark(Struct, frozen=True):
    """`vouchers` are parties who vouch for this event by an act of their own in the same clause
    ("X accused Y of shelling Z": X vouches for the shelling). `moment` and `place` point at time and place
    marks by their spans. `outward` says that the words make clear that the act crosses states even where one side
    turns out to be nobody known."""

    evidence: Span
    trigger: Span
    type: EventType
    cameo: str
    mode: str | None
    contexts: tuple[str, ...]
    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    polarity: Polarity
    modality: Modality
    vouchers: tuple[Party, ...] = ()
    moment: Span | None = None
    place: Span | None = None
    outward: bool = True
    score: float = 1.0
    reasons: tuple[str, ...] = ()


class Rejected(Struct, frozen=True):
    """What a step considered and set aside, and why: `explain` shows these."""

    span: Span
    step: str
    what: str
    reason: str
