"""The rows of the compiled stories: a few articles on one matter, and what holds between them.

`corpus/compile_stories.py` writes them; the `stories` score reads them. What the articles themselves say is in their
own rows (`corpus_rows`); articles, events and actors are pointed at by index.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from detente.errors import InputError
from detente.model.vocabulary import DisputeKind
from detente.serving.scores.corpus_rows import PassageRow, Stretch, Voiced

Stance = Literal["holds", "denies", "omits"]


class EventAt(Struct, frozen=True, kw_only=True, order=True):
    """One annotated event: the article's index in the story, the event's in the article."""

    article: int
    event: int


class HappeningRow(Struct, frozen=True, kw_only=True):
    """Two or more annotated events that are one act. Whatever stands in no happening is one of its own."""

    name: str
    events: tuple[EventAt, ...]


class WordsAt(Struct, frozen=True, kw_only=True):
    """Where one article tells a version."""

    article: int
    sentence: int
    words: tuple[Stretch, ...]


class VersionRow(Struct, frozen=True, kw_only=True):
    """What one voice says of the matter. `places` are all the places where articles tell this version, the writer's
    choice first; `actors` are the voice, by index in the first place's article, empty unless `voiced` is named."""

    stance: Stance
    voiced: Voiced
    places: tuple[WordsAt, ...]
    actors: tuple[int, ...] = ()


class DisputeRow(Struct, frozen=True, kw_only=True):
    kind: DisputeKind
    about: str
    versions: tuple[VersionRow, ...]


class EventDay(Struct, frozen=True, kw_only=True):
    """The day of one event where its sentence's own times would mislead; null: the sentence gives it none."""

    at: EventAt
    value: str | None


class StoryRow(Struct, frozen=True, kw_only=True):
    """`copies` are groups of articles that are one witness; an article in none is its own."""

    id: str
    split: Literal["dev", "test"]
    articles: tuple[PassageRow, ...]
    copies: tuple[tuple[int, ...], ...] = ()
    happenings: tuple[HappeningRow, ...] = ()
    disputes: tuple[DisputeRow, ...] = ()
    days: tuple[EventDay, ...] = ()


def stories(path: Path, limit: int | None = None) -> Iterator[StoryRow]:
    """The rows of a compiled file; InputError names the line that is none."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if limit is not None and number > limit:
                return
            if line.strip():
                try:
                    yield msgspec.json.decode(line, type=StoryRow)
                except msgspec.DecodeError as error:
                    raise InputError(
                        "a row is no compiled story",
                        value=f"{path} line {number}: {error}",
                        expected="what corpus/compile_stories.py writes",
                    ) from error
