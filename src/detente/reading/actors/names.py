"""Listed names in the text: territories, organisations, officials by full name, role nouns.

One table of forms, keyed by first piece, longest form first. Whether a hit is an actor, a place or a modifier is
decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar, cast

from detente.knowledge import Knowledge
from detente.knowledge.roster import KnownActor, Official, RoleNoun, Sector
from detente.knowledge.territory import SurfaceForm
from detente.reading.actors.lexicon import ActorLexicon
from detente.reading.actors.words import PIECE, Pieces, fold

T = TypeVar("T")
_JOINERS = frozenset({" ", "-", "’", "'", "–", "\u00a0", ". ", "&", " & ", "/", "' ", "’ ", "."})


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A listed form in the text; `values` are all that it may name, in the order of the tables."""

    start: int
    end: int
    values: tuple[T, ...]


class FormTable(Generic[T]):
    """Forms of one or more words, found in time linear in the text.

    Under the first word, folded, lie the lengths that occur, longest first; under each length the forms by their
    folded words.
    """

    def __init__(self, forms: Iterable[tuple[str, T]]) -> None:
        rows: dict[tuple[str, ...], dict[tuple[str, ...], list[T]]] = {}
        for form, value in forms:
            words = tuple(PIECE.findall(form))
            if words:
                rows.setdefault(tuple(map(fold, words)), {}).setdefault(words, []).append(value)
        self._forms = {
            folded: tuple(_Form(tuple(map(_case, words)), tuple(values)) for words, values in sorted(same.items()))
            for folded, same in rows.items()
        }
        lengths: dict[str, set[int]] = {}
        for folded in self._forms:
            lengths.setdefault(folded[0], set()).add(len(folded))
        self._lengths = {first: sorted(sizes, reverse=True) for first, sizes in lengths.items()}

    def find(self, text: str, parts: Pieces) -> list[Hit[T]]:
        """Leftmost, longest, not overlapping."""
        found: list[Hit[T]] = []
        i, folded = 0, parts.folded
        while i < len(folded):
            step = 1
            for size in self._lengths.get(folded[i], ()):
                forms = self._forms.get(tuple(folded[i : i + size])) if i + size <= len(folded) else None
                values = self._values(forms, parts, i, text) if forms is not None else []
                if values:
                    found.append(Hit(parts.starts[i], parts.ends[i + size - 1], tuple(values)))
                    step = size
                    break
            i += step
        return found

    def _values(self, forms: tuple[_Form, ...], parts: Pieces, at: int, text: str) -> list[T]:
        return list(dict.fromkeys(v for form in forms if _fits(form, parts, at, text) for v in form.values))


class _Form(NamedTuple):
    """One spelling: what case each word needs (any, a capital, all capitals, or just this spelling), and what it
    names."""

    cases: tuple[str, ...]
    values: tuple[Any, ...]


def _fits(form: _Form, parts: Pieces, at: int, text: str) -> bool:
    for k, case in enumerate(form.cases):
        if case != "any":
            word = parts.raw[at + k]
            if case in ("capital", "capitals") and not (word[0].isupper() if case == "capital" else word.isupper()):
                return False
            if case not in ("capital", "capitals") and word != case and not (word.isupper() and len(word) > 4):
                return False
        if k and text[parts.ends[at + k - 1] : parts.starts[at + k]] not in _JOINERS:
            return False
    return True


def _case(word: str) -> str:
    """Short abbreviations keep every capital (US, never us; LeT, never Let), other names their first."""
    if not word[0].isupper():
        return "any"
    if len(word) <= 4 and not word.isupper() and word[1:] != word[1:].lower():
        return word
    return "capitals" if len(word) <= 4 and word.isupper() and len(word) > 1 else "capital"


NameValue = SurfaceForm | KnownActor | Official


class NameTables:
    """Both tables, built once from the knowledge."""

    def __init__(self, knowledge: Knowledge, lexicon: ActorLexicon) -> None:
        self.knowledge = knowledge
        roster = knowledge.roster
        names: list[tuple[str, NameValue]] = [(form.form, form) for form in knowledge.territories.surface_forms()]
        names += [
            (form, actor)
            for actor in roster.organisations
            for alias in dict.fromkeys((actor.name, *actor.aliases))
            for form in ((alias, "United Nations" + alias[2:]) if alias.startswith("UN ") else (alias,))
        ]
        names += [
            (form, official)
            for official in roster.officials
            for form in (official.name, *official.forms)
            if len(form.split()) > 1
        ]
        self.names: FormTable[NameValue] = FormTable(names)
        belonging = [
            RoleNoun(word=word, sector="UNK", kind="person", strength="weak", acts_for_state=False)
            for word in sorted(lexicon.belonging)
        ]
        listed = {role.word for role in roster.roles}
        trades = [
            RoleNoun(
                word=word, sector=cast("Sector", group.sector or "UNK"), kind=group.kind or "people", strength="weak",
                acts_for_state=group.kind in ("government", "ministry"),
            )
            for group in lexicon.trade
            for word in group.weak
            if word not in listed
        ]  # fmt: skip
        self.roles: FormTable[RoleNoun] = FormTable(
            (form, role)
            for role in (*roster.roles, *belonging, *trades)
            if role.kind != "document"
            for form in (_numbers(role.word) if role.number != "plural" else (role.word,))
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
