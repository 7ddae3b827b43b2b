"""Territories and the words that name them: states, dependencies, disputed and former ones.

What lives here: the tables of `knowledge/territories/` as types, and look-up by code and by name. What does not:
whether a name in a text is an actor or a place (`reading.actors`), coordinates (`knowledge.gazetteer`), and any
opinion: a disputed territory lists who claims it and who administers it, under every name in use.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, cast

from msgspec import Struct

from detente.errors import KnowledgeError, LookupFailed
from detente.knowledge.loading import read_table

TerritoryKind = Literal["state", "dependency", "disputed", "former"]
SurfaceKind = Literal["name", "adjective", "demonym", "capital", "seat"]
Strength = Literal["strong", "weak"]

TABLES = ("territories/territories.csv", "territories/disputed.csv", "territories/former.csv")
AMBIGUOUS = "territories/ambiguous.csv"
# letters that Unicode does not take apart into a base and a mark
PLAIN_LETTERS = str.maketrans("ıøØłŁđĐəƏʻ", "ioOlLdDaA'")


class Territory(Struct, frozen=True, kw_only=True):
    """One territory.

    `code` is ISO 3166 alpha-3 where there is one (`XKX` for Kosovo), else our own from the range ISO leaves to
    users. `kind`: state (member of the United Nations, and the Vatican), dependency (under another's sovereignty,
    self-governing parts included), disputed (sovereignty or statehood claimed by several, or not admitted to the
    United Nations and contested), former. `cow` and `cow_number` are the Correlates of War abbreviation and
    number, `fips` the FIPS 10-4 / GEC code. `demonyms` are words for people, both numbers. `capital_forms` holds
    other spellings, and other cities that the government sits in. `seats` are buildings, streets and districts
    that stand for the government. `administrators` and `claimants` are codes of territories; its own code there
    stands for a body of its own. `successors` are codes; `since` and `until` bound the territory itself.
    """

    code: str
    name: str
    kind: TerritoryKind
    region: str
    iso2: str | None = None
    cow: str | None = None
    cow_number: int | None = None
    fips: str | None = None
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: str | None = None
    capital_forms: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    administrators: tuple[str, ...] = ()
    claimants: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    note: str = ""


class SurfaceForm(Struct, frozen=True):
    """One spelling that points at one territory. A form that names several territories, or something else as
    well ("Georgia", "Jordan", "Korean"), is weak and may occur once for each of its territories."""

    form: str
    territory: str
    kind: SurfaceKind
    strength: Strength


class Territories:
    def __init__(self, by_code: Mapping[str, Territory], alone: Mapping[str, str | None]) -> None:
        """`alone` tells for each ambiguous form which territory it means where nothing else decides, if any."""
        self.by_code = dict(by_code)
        self._alone = dict(alone)
        self._forms = tuple(_surface_forms(self.by_code.values(), self._alone))
        self._by_form: dict[str, tuple[str, ...]] = {}
        for form in self._forms:
            if form.kind == "name":
                self._by_form[form.form] = (*self._by_form.get(form.form, ()), form.territory)
        self._by_folded = {form.casefold(): form for form in self._by_form if len(form) > 4}

    @classmethod
    def load(cls) -> Territories:
        territories = [_territory(row) for path in TABLES for row in read_table(path)]
        by_code = {territory.code: territory for territory in territories}
        if len(by_code) != len(territories):
            codes = [territory.code for territory in territories]
            twice = sorted({code for code in codes if codes.count(code) > 1})
            raise KnowledgeError("two territories have one code", value=", ".join(twice))
        alone = {row["form"]: row["meant_by_name_alone"] or None for row in read_table(AMBIGUOUS)}
        return cls(by_code, alone)

    def get(self, code: str) -> Territory:
        """The territory with this code; LookupFailed where there is none."""
        try:
            return self.by_code[code]
        except KeyError:
            raise LookupFailed(
                "no such territory",
                value=code,
                expected="an ISO 3166 alpha-3 code or a listed one",
                todo="see `detente where territories`",
            ) from None

    def surface_forms(self) -> Sequence[SurfaceForm]:
        """Every spelling of every territory, sorted by form; straight and curly apostrophes, with and without
        diacritics. Capitals and seats of former territories are left to their successors."""
        return self._forms

    def by_name(self, text: str) -> Territory | None:
        """The territory that a name (no adjective, no capital) means where nothing else decides.

        Case counts for names of up to four letters ("US" is not "us"). None for names that several bear and
        that nobody means first."""
        name = text.strip().removeprefix("the ").removeprefix("The ")
        if name not in self._by_form and len(name) > 4:
            name = self._by_folded.get(name.casefold(), name)
        codes = self._by_form.get(name, ())
        if codes and (len(codes) > 1 or name in self._alone):
            code = self._alone.get(name)
            return self.by_code[code] if code is not None else None
        return self.by_code[codes[0]] if codes else None

    def is_absent(self, code: str, on: date) -> bool:
        """True where this territory did not exist on that day."""
        territory = self.get(code)
        too_early = territory.since is not None and on < territory.since
        return too_early or (territory.until is not None and on > territory.until)


def spellings(form: str) -> tuple[str, ...]:
    """A form as written, with curly apostrophes, and both without diacritics; each once."""
    if form.isascii() and "'" not in form:
        return (form,)
    straight = form.replace("’", "'")
    plain = without_marks(straight)
    forms = (straight, straight.replace("'", "’"), plain, plain.replace("'", "’"))
    return tuple(dict.fromkeys(forms))


def without_marks(text: str) -> str:
    """The text without diacritics, and with straight apostrophes: Vučić -> Vucic, Løkke -> Lokke."""
    if text.isascii():
        return text
    taken_apart = unicodedata.normalize("NFKD", text.replace("’", "'").translate(PLAIN_LETTERS))
    return "".join(sign for sign in taken_apart if not unicodedata.combining(sign))


def _territory(row: dict[str, str]) -> Territory:
    return Territory(
        code=row["code"],
        name=row["name"],
        kind=cast(TerritoryKind, row["kind"]),
        region=row["region"],
        iso2=row["iso2"] or None,
        cow=row["cow"] or None,
        cow_number=int(row["cow_number"]) if row["cow_number"] else None,
        fips=row["fips"] or None,
        names=_listed(row["names"]),
        adjectives=_listed(row["adjectives"]),
        demonyms=_listed(row["demonyms"]),
        capital=row["capital"] or None,
        capital_forms=_listed(row["capital_forms"]),
        seats=_listed(row["seats"]),
        administrators=_listed(row["administrators"]),
        claimants=_listed(row["claimants"]),
        successors=_listed(row["successors"]),
        since=date.fromisoformat(row["since"]) if row["since"] else None,
        until=date.fromisoformat(row["until"]) if row["until"] else None,
        note=row["note"],
    )


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _surface_forms(territories: Iterable[Territory], alone: Mapping[str, str | None]) -> list[SurfaceForm]:
    found: dict[tuple[str, str, SurfaceKind], SurfaceForm] = {}
    for territory in territories:
        for kind, forms in _worded(territory):
            for form in forms:
                for spelled in spellings(form):
                    strength: Strength = "weak" if form in alone or spelled in alone else "strong"
                    key = (spelled, territory.code, kind)
                    found.setdefault(key, SurfaceForm(*key, strength))
    return [found[key] for key in sorted(found)]


def _worded(territory: Territory) -> tuple[tuple[SurfaceKind, tuple[str, ...]], ...]:
    words: tuple[tuple[SurfaceKind, tuple[str, ...]], ...] = (
        ("name", territory.names),
        ("adjective", territory.adjectives),
        ("demonym", territory.demonyms),
    )
    if territory.kind == "former":
        return words
    capital = (territory.capital,) if territory.capital is not None else ()
    return (*words, ("capital", (*capital, *territory.capital_forms)), ("seat", territory.seats))
