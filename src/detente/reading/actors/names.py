"""Listed names in the text: territories, organisations, officials by full name, role nouns.

One table of forms, keyed by first piece, longest form first. Whether a hit is an actor, a place or a modifier is
decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from detente.knowledge import Knowledge
from detente.knowledge.roster import KnownActor, Official, RoleNoun
from detente.knowledge.territory import SurfaceForm
from detente.reading.actors.words import Piece, pieces

T = TypeVar("T")
_JOINERS = frozenset({" ", "-", "’", "'", "–", "\u00a0", ". ", "&", " & ", "/", "' ", "’ ", "."})


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A listed form in the text; `values` are all that it may name, in the order of the tables."""

    start: int
    end: int
    values: tuple[T, ...]


class FormTable(Generic[T]):
    """Forms of one or more words, found in time linear in the text."""

    def __init__(self, forms: Iterable[tuple[str, T]]) -> None:
        table: dict[str, dict[tuple[Piece, ...], list[T]]] = {}
        keys: dict[tuple[str, ...], tuple[Piece, ...]] = {}
        for form, value in forms:
            parts = tuple(pieces(form))
            if not parts:
                continue
            key = keys.setdefault(tuple(part.raw for part in parts), parts)
            table.setdefault(parts[0].folded, {}).setdefault(key, []).append(value)
        self._table = {
            first: sorted(
                ((parts, tuple(values)) for parts, values in rows.items()),
                key=lambda row: (-len(row[0]), tuple(part.raw for part in row[0])),
            )
            for first, rows in table.items()
        }

    def find(self, text: str, parts: list[Piece]) -> list[Hit[T]]:
        """Leftmost, longest, not overlapping."""
        found: list[Hit[T]] = []
        i, table, count = 0, self._table, len(parts)
        while i < count:
            rows = table.get(parts[i].folded)
            length = 0
            if rows is not None:
                values: list[T] = []
                for form, some in rows:
                    if length and len(form) < length:
                        break
                    if _matches(form, parts, i, text):
                        length = len(form)
                        values += [value for value in some if value not in values]
                if length:
                    found.append(Hit(parts[i].start, parts[i + length - 1].end, tuple(values)))
            i += length or 1
        return found


def _matches(form: tuple[Piece, ...], parts: list[Piece], at: int, text: str) -> bool:
    if at + len(form) > len(parts):
        return False
    for k, wanted in enumerate(form):
        part = parts[at + k]
        if part.folded != wanted.folded or not _is_case_kept(wanted.raw, part.raw):
            return False
        if k and text[parts[at + k - 1].end : part.start] not in _JOINERS:
            return False
    return True


def _is_case_kept(form: str, word: str) -> bool:
    """Short abbreviations keep every capital (US, never us), other names their first."""
    if not form[0].isupper():
        return True
    if len(form) <= 4 and form.isupper():
        return word.isupper()
    return word[0].isupper()


NameValue = SurfaceForm | KnownActor | Official


class NameTables:
    """Both tables, built once from the knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        roster = knowledge.roster
        names: list[tuple[str, NameValue]] = [(form.form, form) for form in knowledge.territories.surface_forms()]
        names += [(alias, actor) for actor in roster.organisations for alias in (actor.name, *actor.aliases)]
        names += [
            (form, official)
            for official in roster.officials
            for form in (official.name, *official.forms)
            if len(form.split()) > 1
        ]
        self.names: FormTable[NameValue] = FormTable(names)
        self.roles: FormTable[RoleNoun] = FormTable(
            (form, role) for role in roster.roles for form in _numbers(role.word)
        )


def _numbers(word: str) -> tuple[str, ...]:
    """A role noun in singular and plural, and "ministers of defence" for "minister of defence"."""
    head, *rest = word.split(" of ")
    tail = "".join(f" of {part}" for part in rest)
    if head.endswith("s") and not head.endswith("ss"):
        return (word,)
    if head.endswith("man"):
        return word, head[:-2] + "en" + tail
    if head.endswith("y") and head[-2:-1] not in "aeou":
        return word, head[:-1] + "ies" + tail
    if head.endswith(("s", "ch", "x", "sh")):
        return word, head + "es" + tail
    return word, head + "s" + tail
