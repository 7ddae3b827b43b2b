"""Places by name, offline: towns, first-level regions, countries, and areas such as seas and straits.

The towns lie in one sorted text file that is searched where it lies on disk, so that opening it costs nothing.
Facts from GeoNames (CC BY 4.0) and the Factbook (public domain).
"""

from __future__ import annotations

import mmap
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from importlib.resources import as_file, files
from typing import Literal

from msgspec import Struct

from detente.knowledge.loading import read_table

EntryKind = Literal["city", "region", "country", "area"]


STRETCH = 65_536  # bytes of the town file between two landmarks


class Entry(Struct, frozen=True, kw_only=True):
    """One place. Degrees are WGS 84; `territory` is ISO alpha-3 or null; `region` GeoNames' first-level code."""

    name: str
    kind: EntryKind
    latitude: float
    longitude: float
    territory: str | None
    region: str | None = None
    geonameid: int | None = None
    population: int = 0


def folded(name: str) -> str:
    """The key of a name: lower case, no diacritics, only letters, digits and single spaces."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = (c if c.isalnum() else " " for c in plain if not unicodedata.combining(c) and c not in "'’.")
    return " ".join("".join(kept).split())


class Gazetteer:
    def __init__(self, towns: mmap.mmap, others: dict[str, list[Entry]]) -> None:
        self.towns = towns
        self.others = others
        # the first whole line of every stretch: where to look is found among these, without reading the file
        heads = (towns.find(b"\n", offset) + 1 for offset in range(0, len(towns), STRETCH))
        self.landmarks = [towns[start : towns.find(b"\n", start) + 1] for start in heads]

    @classmethod
    def load(cls) -> Gazetteer:
        with as_file(files("detente.knowledge") / "places/cities.tsv") as path, path.open("rb") as handle:
            towns = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
        others: dict[str, list[Entry]] = defaultdict(list)
        for name, entry in (*_regions(), *_areas()):
            others[folded(name)].append(entry)
        return cls(towns, dict(others))

    def named(self, name: str) -> list[Entry]:
        """All places of this name but countries, largest first; an empty list where there is none."""
        key = folded(name.removeprefix("the "))
        found = [*self.others.get(key, ()), *self._towns(key)]
        return sorted(found, key=lambda entry: (-entry.population, entry.kind, entry.geonameid or 0))

    def country(self, territory: str) -> Entry | None:
        return self._countries.get(territory)

    @cached_property
    def _countries(self) -> dict[str, Entry]:
        return {
            row["territory"]: Entry(
                name=row["territory"],
                kind="country",
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                territory=row["territory"],
            )
            for row in read_table("places/countries.csv")
        }

    def _towns(self, key: str) -> Iterator[Entry]:
        if not key:
            return
        wanted = b"\n" + key.encode() + b"\t"
        # the stretch that a line of this key can begin in, and one more, as the lines of one key may cross over
        first = max(bisect_left(self.landmarks, wanted[1:]) - 1, 0)
        last = bisect_right(self.landmarks, wanted[1:] + b"\xff") + 1
        start = self.towns.find(wanted, max(first * STRETCH - 1, 0), last * STRETCH)
        while start >= 0 and self.towns[start : start + len(wanted)] == wanted:
            end = self.towns.find(b"\n", start + 1)
            yield _town(self.towns[start + 1 : end].decode())
            start = end


def _town(line: str) -> Entry:
    _, geonameid, name, latitude, longitude, territory, region, population = line.split("\t")
    return Entry(
        name=name,
        kind="city",
        latitude=float(latitude),
        longitude=float(longitude),
        territory=territory,
        region=region,
        geonameid=int(geonameid),
        population=int(population),
    )


def _regions() -> Iterator[tuple[str, Entry]]:
    for row in read_table("places/regions.csv"):
        entry = Entry(
            name=row["name"],
            kind="region",
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            territory=row["territory"],
            region=row["code"],
            geonameid=int(row["geonameid"]) if row["geonameid"] else None,
            population=int(row["population"]),
        )
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            yield name, entry


def _areas() -> Iterator[tuple[str, Entry]]:
    for row in read_table("places/areas.csv"):
        entry = Entry(
            name=row["name"],
            kind="area",
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            territory=row["territory"] or None,
        )
        for name in {row["name"].removeprefix("the "): 1, **dict.fromkeys(filter(None, row["aliases"].split("|")))}:
            yield name, entry
