"""What a row states that another row could contradict, with all that is needed to hold the two against each other.

A statement carries its own words, voices and scene, so that it can be compared without its document. How statements
are found in a document is told by the module of each kind, when two of them are of one matter by `matters`.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from detente.model import ActorRef, Date, Evidence
from detente.model.identity import make_id
from detente.model.vocabulary import Bound, DisputeKind, EventType, VersionStance

Dyad = tuple[str, str]
Key = tuple[str, int, int, str, str, str]
Role = Literal["source", "target"]


class Holder(Struct, frozen=True):
    """Who holds a statement: the last named link of its chain of voices.

    `key` tells holders apart; `territory` is the side, for an author that of the outlet. `is_named` is False where the
    text does not say who speaks.
    """

    key: str
    territory: str | None
    is_author: bool
    is_named: bool


class Deed(Struct, frozen=True):
    """A material act of a scene: its type, and the territories of who did and who underwent it."""

    type: EventType
    sources: tuple[str, ...]
    targets: tuple[str, ...]


class Scene(Struct, frozen=True, kw_only=True):
    """Where, when and between whom what is stated took place. `parties` are territories named by the statement or its
    event, `happenings` those of the events, an event that joined none standing for itself, `dyads` the pairs the
    document is about; `start` and `end` are days, null where the words do not tell."""

    event_ids: tuple[str, ...] = ()
    happenings: tuple[str, ...] = ()
    deeds: tuple[Deed, ...] = ()
    parties: tuple[str, ...] = ()
    dyads: tuple[Dyad, ...] = ()
    start: str | None = None
    end: str | None = None
    published: str | None = None
    place: str | None = None
    place_name: str | None = None


class Count(Struct, frozen=True, kw_only=True, tag_field="states", tag="figure"):
    """A number of something. `low` and `high` bound what it allows, both included; `of` are stems of what is counted.
    `is_loose` is True where the measure is only the counted noun, `contrast` where the text says that accounts differ,
    `is_rest` where no number stands but what a number before leaves over ("the remaining were armed")."""

    low: float | None
    high: float | None
    is_about: bool
    value: float | None
    bound: Bound
    unit: str | None
    measure: str | None
    of: tuple[str, ...]
    words: str
    territory: str | None
    is_loose: bool = False
    contrast: bool = False
    is_rest: bool = False


class Act(Struct, frozen=True, kw_only=True, tag_field="states", tag="occurrence"):
    """That something was done. `sources` and `targets` are territories, groups and peoples by their names;
    `source_sides` and `target_sides` are the territories of both; `trigger` are the stems of the words that name it,
    `stems` of the clause around them, without the parties.

    `names_doer` is True for what says who did it more than that it was done; a denial of that kind ("had no part in")
    leaves the act standing. `is_first` where it says who began, `is_worded` where a denial is read from a negation in
    what somebody says, `is_accusing` where it is said as an accusation, `is_loaded` where it is named by a word that
    condemns it, `is_renaming` where a denial gives another name ("not a ban but a pause"); `views` are those of the
    contested names in its words, each as its matter and view. `is_event` where the row of an event stands behind it,
    `points_back` where the words only point at what was said before ("denies this").
    """

    type: EventType | None
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    source_sides: tuple[str, ...]
    target_sides: tuple[str, ...]
    trigger: tuple[str, ...]
    stems: tuple[str, ...]
    words: str
    names_doer: bool
    is_event: bool
    points_back: bool
    is_first: bool
    is_worded: bool = False
    is_accusing: bool = False
    is_renaming: bool = False
    is_loaded: bool = False
    views: tuple[str, ...] = ()


class Name(Struct, frozen=True, kw_only=True, tag_field="states", tag="naming"):
    """A name given to a contested thing. `beside` are stems of the words around it; `is_equation` is True where the
    sentence says that one thing is called another, `is_trigger` where it names an act; `role` is that of those whom it
    names in an act."""

    matter: str
    view: str
    term: str
    is_strong: bool
    beside: tuple[str, ...]
    is_equation: bool
    is_trigger: bool
    role: Role | None


class Motive(Struct, frozen=True, kw_only=True, tag_field="states", tag="motive"):
    """Why it was done. `why` are stems of the reason, `act` of what it is the reason for; `is_near` is True where the
    act stands in the same sentence."""

    type: EventType | None
    sources: tuple[str, ...]
    why: tuple[str, ...]
    act: tuple[str, ...]
    words: str
    act_words: str
    is_strong: bool
    is_near: bool


Content = Count | Act | Name | Motive


class Statement(Struct, frozen=True, kw_only=True):
    """One row's part in what may be a dispute. `row_ids` names the row first, then the others that state the same at
    this place; `witness_id` is the document that this one copies, or its own; `sentence` counts from the beginning of
    the document; `answers` are rows of the same document that a denial or an omission is about."""

    content: Content
    row_ids: tuple[str, ...]
    document_id: str
    witness_id: str
    evidence: Evidence
    sentence: int
    voices: tuple[ActorRef, ...]
    holder: Holder
    stance: VersionStance
    answers: tuple[str, ...] = ()
    scene: Scene
    outlet: str | None
    outlet_territory: str | None
    published: Date | None

    @property
    def kind(self) -> str:
        """The kind of dispute it could be part of."""
        return str(self.content.__struct_config__.tag)

    @property
    def key(self) -> Key:
        """Stable order: document, place in the text, row, stance, kind. No two statements share one."""
        return self.document_id, self.evidence.start, self.evidence.end, self.row_ids[0], self.stance, self.kind

    @property
    def statement_id(self) -> str:
        return make_id("sta", *self.key)


class Link(Struct, frozen=True):
    """Two statements that cannot both hold: of what kind the dispute is, how surely they are of one matter and exclude
    each other, and why."""

    kind: DisputeKind
    score: float
    reasons: tuple[str, ...]


class Aside(Struct, frozen=True, kw_only=True):
    """Two statements that were held against each other and are no dispute, with the reason."""

    kind: str
    row_ids: tuple[str, str]
    document_ids: tuple[str, str]
    reason: str
