"""The lexicon of acts: which words name an act between political actors, and who does it to whom.

The entries are data (`knowledge/lexicons/<language>/events_*.csv`, `events.yaml`); this module gives them a
type and an index. It does not look at a text.
"""

from __future__ import annotations

from typing import Final, Literal, cast

from msgspec import Struct

from detente.errors import KnowledgeError
from detente.knowledge.loading import read_table, read_yaml
from detente.knowledge.ontology import Ontology
from detente.model.vocabulary import EventType, Modality, Polarity
from detente.reading.syntax import WordClass

TABLES: Final = ("events_verbs.csv", "events_frames.csv", "events_nouns.csv")
OPTIONS: Final = frozenset({"reciprocal", "mutual", "strict", "alone", "both"})
CONFLICT: Final[frozenset[str]] = frozenset(
    {"ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
)


class Condition(Struct, frozen=True):
    """What a frame needs around its word: a slot (`obj`, `prt`, `mod`, a preposition, …) filled by one of
    `words`, or by anything where `words` is empty; `absent` turns it round."""

    slot: str
    words: frozenset[str]
    absent: bool = False


class Entry(Struct, frozen=True):
    """One way to name an act. `source` and `target` are slots in order of preference; `op` says that the word
    takes another act as its complement and what becomes of the two (see `events_composition.csv`).
    A `reciprocal` act has everybody on both sides; a `mutual` one only where all stand in the source.
    `strict` forbids looking through the target's noun phrase for a possessor; `alone` lets the act stand with
    one side named; `both` makes it an act only between two that are named and belong to two territories."""

    word: str
    kind: WordClass
    needs: tuple[Condition, ...]
    type: EventType | None
    cameo: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    op: str = ""
    reciprocal: bool = False
    mutual: bool = False
    strict: bool = False
    alone: bool = False
    both: bool = False
    strong: bool = True
    name: str = ""


class Composed(Struct, frozen=True):
    """What an operator makes of an inner act of one type."""

    type: EventType
    cameo: str


class Operator(Struct, frozen=True):
    """`inner` says whether the act spoken of stands as an event of its own: kept always, only where it names its own
    two sides (`named`), or dropped; then with this polarity and modality, and vouched for by the operator's
    source where `vouch`. `carries` says that its subject also does the act its object names. `towards` says where to
    look for the target when the operator's own slots are empty: the inner act's `doers` or its `objects` first.
    With `needs_inner` the word names no act by itself."""

    inner: Literal["kept", "named", "dropped"] = "kept"
    polarity: Polarity | None = None
    modality: Modality | None = None
    vouch: bool = False
    towards: Literal["doers", "objects", "none"] = "objects"
    needs_inner: bool = False
    carries: bool = False


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    language: str
    source: str
    licence: str
    classes: dict[str, list[str]]
    defaults: dict[str, list[str]]
    light: list[str]
    mutual: list[str]
    inverse: list[str]
    containers: list[str]
    passing: list[str]
    pointers: list[str]
    calendar: list[str]
    object_control: list[str]
    operators: dict[str, Operator]


class Acts:
    """All entries by word and word class, most demanding first, and the closed lists the matcher needs."""

    def __init__(self, entries: list[Entry], composition: dict[tuple[str, str], Composed], lists: _File) -> None:
        self.entries: dict[tuple[str, WordClass], list[Entry]] = {}
        for entry in entries:
            self.entries.setdefault((entry.word, entry.kind), []).append(entry)
        for group in self.entries.values():
            group.sort(key=_demands)
        self.composition = composition
        self.operators = lists.operators
        self.light = frozenset(lists.light)
        self.mutual = frozenset(lists.mutual)
        self.inverse = frozenset(lists.inverse)
        self.containers = frozenset(lists.containers)
        self.passing = frozenset(lists.passing)
        self.pointers = frozenset(lists.pointers)
        self.carrying = (
            self.light
            | self.inverse
            | self.passing
            | {e.word for e in entries if e.kind == "v" and e.op and lists.operators[e.op].carries}
        )
        self.object_control = frozenset(lists.object_control)
        self.calendar = frozenset(lists.calendar)

    def composed(self, op: str, inner: Entry) -> Composed | None:
        """The act that `op` makes of `inner`: by its code from the longest to the shortest prefix, then by type."""
        for length in range(len(inner.cameo), 1, -1):
            if found := self.composition.get((op, inner.cameo[:length])):
                return found
        return self.composition.get((op, inner.type or "")) or self.composition.get((op, "*"))

    @classmethod
    def load(cls, language: str, ontology: Ontology) -> Acts:
        """Every table of the language; a broken row stops with its file and word."""
        base = f"lexicons/{language}/"
        lists = read_yaml(base + "events.yaml", _File)
        entries = [
            _entry(row, lists, ontology, f"{base}{table}") for table in TABLES for row in read_table(base + table)
        ]
        composition = {
            (row["op"], row["inner"]): Composed(cast(EventType, row["type"]), ontology.code(row["cameo"]).code)
            for row in read_table(base + "events_composition.csv")
        }
        return cls(entries, composition, lists)


def _demands(entry: Entry) -> tuple[int, int, int]:
    """Most demanding first: conditions that must hold, those that name words, those that must not hold."""
    held = [need for need in entry.needs if not need.absent]
    return -len(held), -sum(1 for need in held if need.words), -len(entry.needs)


def _entry(row: dict[str, str], lists: _File, ontology: Ontology, path: str) -> Entry:
    where = f"{path}: {row['word']} ({row['pos']})"
    op, options = row["op"], frozenset(row["options"].split())
    if unknown := options - OPTIONS:
        raise KnowledgeError("no such option", value=f"{where} {sorted(unknown)}", expected=", ".join(sorted(OPTIONS)))
    if op and op not in lists.operators:
        raise KnowledgeError("no such operator", value=f"{where} {op}")
    if row["cameo"]:
        ontology.code(row["cameo"])
    elif not op:
        raise KnowledgeError("an entry has neither a code nor an operator", value=where)
    code = ontology.codes.get(row["cameo"])
    target = _slots(row["target"], lists.defaults[row["pos"] + ".target"])
    kind = cast(EventType, row["type"]) if row["type"] else (code.type if code else None)
    if kind in CONFLICT and target:
        target = (*target, "anti")
    if kind == "THREATEN" and row["pos"] == "v":
        target = (*target, "ifsubj")
    if row["pos"] == "n" and kind in CONFLICT | {"REQUEST"}:
        target = (*target, "under")
    return Entry(
        word=row["word"],
        kind=cast(WordClass, row["pos"]),
        needs=tuple(_condition(text, lists, where) for text in row["needs"].split()),
        type=kind,
        cameo=row["cameo"],
        source=_slots(row["source"], lists.defaults[row["pos"] + ".source"]),
        target=target,
        op=op,
        reciprocal="reciprocal" in options,
        mutual="mutual" in options,
        strict="strict" in options,
        alone="alone" in options,
        both="both" in options,
        strong=row["strength"] == "strong",
        name=" ".join(filter(None, (row["word"], row["needs"]))),
    )


def _slots(text: str, default: list[str]) -> tuple[str, ...]:
    if text == "-":
        return ()
    return tuple(text.split()) if text else tuple(default)


def _condition(text: str, lists: _File, where: str) -> Condition:
    absent = text.startswith("!")
    slot, _, words = text.removeprefix("!").partition("=")
    found: set[str] = set()
    for word in words.split("|") if words else ():
        if word.startswith("@"):
            if word[1:] not in lists.classes:
                raise KnowledgeError("no such class of words", value=f"{where} {word}")
            found.update(lists.classes[word[1:]])
        else:
            found.add(word)
    return Condition(slot, frozenset(found), absent)
