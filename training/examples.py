"""Compiled passages read by the rules, as examples to train on; and the tables of what has a number of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from detente.knowledge import Knowledge
from detente.model.date import Date
from detente.model.document import Document
from detente.reading.encoder.pairs import paths
from detente.reading.encoder.sheet import Sheet, Surfaces, sheet
from detente.reading.encoder.windows import Pieces, pieces_of
from detente.reading.paper import Paper
from detente.reading.pipeline import pipeline
from detente.reading.syntax import Tree, tree
from detente.serving.scores.corpus_rows import PassageRow
from training.labels import Labels, labels
from training.lexical import PRACTICE

STEPS = ("layout", "parse", "actors", "times", "figures", "claims", "events")
LEAST_WAY = 5.0
"""A way through the parse has a number where it leads to a party this often; elsewhere it counts a tenth."""


class Example(Struct, frozen=True):
    """One passage: its gold row, the rules' paper, and both as the encoder sees them. `ways` keeps what is worked out
    once: for a word the numbers of the ways from it. Of practice sentences only acts and parties are gold."""

    row: PassageRow
    paper: Paper
    sheet: Sheet
    tree: Tree
    labels: Labels
    pieces: list[tuple[int, ...]]
    ways: dict[int, dict[int, int]]
    is_practice: bool = False


class Numbers(Struct, frozen=True):
    """What has a number: tags and relations of the parse and ways from 1, modes from 0."""

    tags: dict[str, int]
    deps: dict[str, int]
    modes: dict[str, int]
    ways: dict[str, int]


def examples(rows: Iterable[PassageRow], knowledge: Knowledge, vocabulary: Pieces) -> list[Example]:
    """The passages in their order."""
    reader, surfaces = pipeline(knowledge, STEPS), Surfaces(knowledge.territories)
    found = []
    for row in rows:
        paper = reader.read(document(row))
        assert paper.parse is not None
        view = tree(paper.parse)
        page = sheet(paper, view, surfaces)
        pieces = pieces_of(row.text, page.words, vocabulary)
        is_practice = row.genre == PRACTICE
        gold = labels(row, page)
        found.append(Example(row, paper, page, view, gold, pieces, {}, is_practice))
    return found


def document(row: PassageRow) -> Document:
    published = Date(start=row.published, end=row.published, precision="day", basis="given", raw=row.published)
    return Document(
        document_id=row.id, uri="", text=row.text, text_sha256="", language="en", reader_version="",
        published=published, outlet_territory=row.outlet,
    )  # fmt: skip


def numbers(train: Sequence[Example]) -> Numbers:
    """Every tag, relation and mode of the training passages, and the ways that lead to parties often enough."""
    words = [word for one in train for word in one.sheet.words]
    modes = sorted({event.mode for one in train for event in one.labels.events if event.mode})
    counts: Counter[str] = Counter()
    for one in train:
        for act in (*one.labels.events, *one.labels.claims):
            parties = act.sources | getattr(act, "targets", frozenset())
            for word, way in paths(one.sheet, one.tree, act.at).items():
                counts[way] += 10 if word in parties else 1  # type: ignore[assignment]
    ways = sorted(way for way, times in counts.items() if times >= 10 * LEAST_WAY)
    return Numbers(
        tags=_numbered(word.tag for word in words),
        deps=_numbered(word.dep for word in words),
        modes={mode: number for number, mode in enumerate(modes)},
        ways={way: number for number, way in enumerate(ways, start=1)},
    )


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(sorted({name for name in names if name}), start=1)}
