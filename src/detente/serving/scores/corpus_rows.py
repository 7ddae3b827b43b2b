"""The rows of the compiled corpus: one passage with its annotation, all spans as offsets into the passage's text.

`corpus/compile.py` writes them; training and the `corpus` score read them. Actors are the hub: events, claims and
stances point at them by index, so that each phrase is resolved once. Voices are chains of groups of actors, the
passage's author left out because it stands first in every chain.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from detente.errors import InputError
from detente.model.vocabulary import Act, ActorKind, Bound, EventType, Form, Modality, Polarity, Use

Voiced = Literal["named", "unnamed", "author"]
Construction = Literal["active", "passive", "nominal", "participle", "idiom"]
SentenceKind = Literal["text", "heading", "title", "byline", "label"]


class Stretch(Struct, frozen=True, kw_only=True):
    """`text[start:end] == quote`."""

    start: int
    end: int
    quote: str


class SentenceRow(Struct, frozen=True, kw_only=True):
    """`none` says why the sentence holds no interstate event, null where it holds one. `line` is in the source file."""

    start: int
    end: int
    kind: SentenceKind
    paragraph: int
    line: int
    none: str | None = None


class ActorRow(Struct, frozen=True, kw_only=True):
    """One mention. `refers` is the index of the earlier mention that a pointing word stands for. `territories` holds
    several codes for a joint mention, none where the actor acts for no territory or it is not known."""

    sentence: int
    span: Stretch
    kind: ActorKind
    use: Use
    territories: tuple[str, ...] = ()
    sector: str | None = None
    refers: int | None = None


class Link(Struct, frozen=True, kw_only=True):
    """One voice: several actors speaking as one, or an unnamed or the author's own voice (`actors` is empty)."""

    voiced: Voiced
    actors: tuple[int, ...] = ()


class EventRow(Struct, frozen=True, kw_only=True):
    """`trigger` has several pieces where words stand between them. `sources` and `targets` are indices of actors, which
    may stand in an earlier sentence. Each pair of a source and a target is one triple; nobody acts on itself."""

    sentence: int
    trigger: tuple[Stretch, ...]
    type: EventType
    evidence: Stretch
    mode: str | None = None
    sources: tuple[int, ...] = ()
    targets: tuple[int, ...] = ()
    reciprocal: bool = False
    polarity: Polarity = "affirmed"
    modality: Modality = "actual"
    construction: Construction = "active"
    voices: tuple[Link, ...] = ()


class ClaimRow(Struct, frozen=True, kw_only=True):
    """`parent` is the index of the claim in whose contents this one stands. `voices` ends with this claim's source.
    `vouches` is false where the source does not stand for the contents (a negated cue, an omission)."""

    sentence: int
    voiced: Voiced
    contents: tuple[Stretch, ...]
    form: Form
    act: Act
    sources: tuple[int, ...] = ()
    cues: tuple[Stretch, ...] = ()
    cue_polarity: Polarity = "affirmed"
    parent: int | None = None
    vouches: bool = True
    voices: tuple[Link, ...] = ()


class FigureRow(Struct, frozen=True, kw_only=True):
    sentence: int
    span: Stretch
    value: float | None
    low: float | None
    high: float | None
    bound: Bound
    unit: str
    measure: str
    of: Stretch | None = None
    voices: tuple[Link, ...] = ()


class TimeRow(Struct, frozen=True, kw_only=True):
    """`value` is the TIMEX3 value against the date of publication."""

    sentence: int
    span: Stretch
    value: str


class StanceRow(Struct, frozen=True, kw_only=True):
    """How a speaker (null: the author) speaks of an actor in this sentence, from -1 to 1."""

    sentence: int
    speaker: int | None
    actor: int
    value: float


class PassageRow(Struct, frozen=True, kw_only=True):
    """One passage; the same text never stands in two splits."""

    id: str
    split: Literal["train", "dev", "test"]
    genre: str
    writer: str
    published: str
    dyads: tuple[str, ...]
    text: str
    outlet: str | None = None
    sentences: tuple[SentenceRow, ...] = ()
    actors: tuple[ActorRow, ...] = ()
    events: tuple[EventRow, ...] = ()
    claims: tuple[ClaimRow, ...] = ()
    figures: tuple[FigureRow, ...] = ()
    times: tuple[TimeRow, ...] = ()
    stances: tuple[StanceRow, ...] = ()
    loaded: tuple[Stretch, ...] = ()


def passages(path: Path, limit: int | None = None) -> Iterator[PassageRow]:
    """The rows of a compiled file; InputError names the line that is none."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if limit is not None and number > limit:
                return
            if line.strip():
                try:
                    yield msgspec.json.decode(line, type=PassageRow)
                except msgspec.DecodeError as error:
                    raise InputError(
                        "a row is no compiled passage",
                        value=f"{path} line {number}: {error}",
                        expected="what corpus/compile.py writes",
                    ) from error
