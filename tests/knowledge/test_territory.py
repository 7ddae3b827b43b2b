"""The tables of territories, and looking one up by code and by name."""

from __future__ import annotations

import csv
import importlib.util
import io
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import LookupFailed
from detente.knowledge.loading import read_table, read_text
from detente.knowledge.territory import AMBIGUOUS, Territories, spellings

ROOT = Path(__file__).parents[2]
FACTBOOK = ROOT.parent / "shared/data/actors/country_names_factbook.jsonl"
REGIONS = ("Africa", "Americas", "Asia", "Europe", "Middle East", "Oceania")
TERRITORIES = Territories.load()


def test_every_member_of_the_united_nations_has_its_codes() -> None:
    states = [one for one in TERRITORIES.by_code.values() if one.kind == "state" and one.code != "VAT"]
    assert len(states) == 193
    assert all(one.iso2 and one.cow and one.cow_number and one.fips and one.adjectives for one in states)


@pytest.mark.parametrize("column", ["code", "iso2", "fips"])
def test_codes_are_unique_among_territories_that_exist(column: str) -> None:
    codes = [getattr(one, column) for one in TERRITORIES.by_code.values() if one.kind != "former"]
    assert not [code for code, count in Counter(filter(None, codes)).items() if count > 1]


@pytest.mark.parametrize("column", ["cow", "cow_number"])
def test_cow_codes_are_unique_among_territories_that_exist(column: str) -> None:
    codes = [getattr(one, column) for one in TERRITORIES.by_code.values() if one.kind != "former"]
    assert not [code for code, count in Counter(filter(None, codes)).items() if count > 1]


def test_claimants_administrators_and_successors_exist() -> None:
    for one in TERRITORIES.by_code.values():
        for code in (*one.claimants, *one.administrators, *one.successors):
            assert code in TERRITORIES.by_code, (one.code, code)


def test_a_disputed_territory_has_claimants_and_a_former_one_successors_and_dates() -> None:
    for one in TERRITORIES.by_code.values():
        if one.kind == "disputed" and "claimed by neither" not in one.note:
            assert one.claimants, one.code
        if one.kind == "former":
            assert one.successors and one.since and one.until, one.code
        if one.kind == "dependency":
            assert one.administrators, one.code


def test_dates_are_in_order() -> None:
    for one in TERRITORIES.by_code.values():
        assert one.since is None or one.until is None or one.since < one.until, one.code


def test_a_successor_begins_no_later_than_it_is_succeeded_by_itself() -> None:
    for one in TERRITORIES.by_code.values():
        assert one.code not in one.successors


def test_a_name_belongs_to_one_territory_or_is_listed_as_ambiguous() -> None:
    listed = {row["form"] for row in read_table(AMBIGUOUS)}
    owners: dict[str, set[str]] = {}
    for form in TERRITORIES.surface_forms():
        owners.setdefault(form.form, set()).add(form.territory)
    shared = {form for form, codes in owners.items() if len(codes) > 1}
    assert shared <= listed


def test_what_is_listed_as_ambiguous_is_weak() -> None:
    listed = {row["form"] for row in read_table(AMBIGUOUS)}
    strengths = {form.form: form.strength for form in TERRITORIES.surface_forms()}
    assert {strengths.get(form, "weak") for form in listed} == {"weak"}


def test_an_ambiguous_name_that_has_a_first_meaning_names_an_existing_territory() -> None:
    for row in read_table(AMBIGUOUS):
        assert not row["meant_by_name_alone"] or row["meant_by_name_alone"] in TERRITORIES.by_code, row


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("US", "USA"), ("U.S.", "USA"), ("the United States", "USA"), ("UK", "GBR"), ("UAE", "ARE"), ("DPRK", "PRK"),
        ("North Korea", "PRK"), ("South Korea", "KOR"), ("DRC", "COD"), ("DR Congo", "COD"), ("Türkiye", "TUR"),
        ("Turkiye", "TUR"), ("Turkey", "TUR"), ("Burma", "MMR"), ("Myanmar", "MMR"), ("Ivory Coast", "CIV"),
        ("Côte d’Ivoire", "CIV"), ("Cote d'Ivoire", "CIV"), ("Georgia", "GEO"), ("Jordan", "JOR"), ("Chad", "TCD"),
        ("USSR", "SUN"), ("Soviet Union", "SUN"), ("East Germany", "DDR"), ("Zaire", "ZAR"), ("Czechoslovakia", "CSK"),
        ("Kosovo", "XKX"), ("Taiwan", "TWN"), ("Holy See", "VAT"), ("Malvinas", "FLK"), ("Falkland Islands", "FLK"),
        ("Diaoyu Islands", "XSK"), ("Senkaku Islands", "XSK"), ("Takeshima", "XDK"), ("Dokdo", "XDK"),
        ("Nagorno-Karabakh", "XNK"), ("Artsakh", "XNK"), ("Abkhazia", "XAB"), ("Somaliland", "XSL"),
        ("Western Sahara", "ESH"), ("Golan Heights", "XGH"), ("brazil", "BRA"), ("KENYA", "KEN"),
    ],
)  # fmt: skip
def test_a_name_finds_its_territory(name: str, code: str) -> None:
    found = TERRITORIES.by_name(name)
    assert found is not None and found.code == code


@pytest.mark.parametrize("name", ["us", "Korean", "Dominican", "Atlantis", "", "the"])
def test_what_names_no_territory_or_several_finds_none(name: str) -> None:
    assert TERRITORIES.by_name(name) is None


def test_an_unknown_code_fails_with_what_is_expected() -> None:
    with pytest.raises(LookupFailed, match="QQQ"):
        TERRITORIES.get("QQQ")


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_has_seats_of_government_that_stand_for_it(region: str) -> None:
    states = [one for one in TERRITORIES.by_code.values() if one.kind == "state" and one.region == region]
    with_seat = [one for one in states if one.seats]
    assert len(with_seat) >= len(states) / (6 if region == "Oceania" else 3), [
        one.code for one in states if not one.seats
    ]


def test_every_state_has_a_region_capital_and_people() -> None:
    for one in TERRITORIES.by_code.values():
        if one.kind == "state":
            assert one.region in REGIONS, one.code
            assert one.capital, one.code
            assert one.demonyms or one.code == "VAT", one.code


def test_both_names_of_a_disputed_place_are_listed_alike() -> None:
    strengths = {form.form: form.strength for form in TERRITORIES.surface_forms()}
    for one, other in (
        ("Senkaku Islands", "Diaoyu Islands"), ("Dokdo", "Takeshima"), ("Imia", "Kardak"), ("Falklands", "Malvinas"),
        ("Azad Kashmir", "Pakistan-occupied Kashmir"), ("Stepanakert", "Khankendi"), ("Golan Heights", "Syrian Golan"),
    ):  # fmt: skip
        assert strengths[one] == strengths[other], (one, other)


def test_a_former_territory_gives_up_its_capital_to_its_successor() -> None:
    kinds = {(form.form, form.territory) for form in TERRITORIES.surface_forms() if form.kind == "capital"}
    assert ("Moscow", "RUS") in kinds
    assert ("Moscow", "SUN") not in kinds


def test_a_territory_did_not_exist_before_it_began_or_after_it_ended() -> None:
    assert TERRITORIES.is_absent("SUN", date(1995, 1, 1))
    assert not TERRITORIES.is_absent("SUN", date(1980, 1, 1))
    assert TERRITORIES.is_absent("SSD", date(2010, 1, 1))
    assert not TERRITORIES.is_absent("FRA", date(1700, 1, 1))


def test_surface_forms_are_sorted_and_without_repeats() -> None:
    keys = [(form.form, form.territory, form.kind) for form in TERRITORIES.surface_forms()]
    assert keys == sorted(set(keys))


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(TERRITORIES.surface_forms()))
def test_a_spelling_without_marks_is_a_form_too(form: object) -> None:
    known = {one.form for one in TERRITORIES.surface_forms()}
    assert set(spellings(form.form)) <= known  # type: ignore[attr-defined]


@pytest.mark.skipif(not FACTBOOK.exists(), reason="the factbook's country names are not beside this checkout")
def test_building_territories_again_gives_what_is_committed() -> None:
    spec = importlib.util.spec_from_file_location("build_territories", ROOT / "data_build/territories.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(module.COLUMNS)
    writer.writerows(module.build(FACTBOOK))
    assert text.getvalue() == read_text("territories/territories.csv")
