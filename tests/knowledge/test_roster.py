"""The tables of actors: organisations, holders of office, role nouns."""

from __future__ import annotations

import csv
import importlib.util
import io
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.knowledge.loading import read_table, read_text
from detente.knowledge.roster import KnownActor, Official, Roster, Sector
from detente.knowledge.territory import Territories, without_marks
from detente.model.vocabulary import ActorKind

ROOT = Path(__file__).parents[2]
FACTBOOK = ROOT.parent / "shared/data/actors/officials_factbook_2014_2026.jsonl"
ROSTER = Roster.load("en")
TERRITORIES = Territories.load()
REGIONS = ("Africa", "Americas", "Asia", "Europe", "Middle East", "Oceania")


def named(name: str, on: date | None = None) -> set[tuple[str, str | None]]:
    return {(official.name, official.territory) for official in ROSTER.officials_named(name, on)}


def region(territory: str | None) -> str | None:
    return TERRITORIES.get(territory).region if territory is not None else None


# -- organisations --------------------------------------------------------------------------------------


def test_every_organisation_has_an_id_of_its_own_a_known_kind_and_sector() -> None:
    ids = [actor.actor_id for actor in ROSTER.organisations]
    assert len(ids) == len(set(ids)) >= 700
    assert {actor.kind for actor in ROSTER.organisations} <= set(get_args(ActorKind))
    assert {actor.sector for actor in ROSTER.organisations} <= set(get_args(Sector))


def test_the_territory_of_an_organisation_exists() -> None:
    for actor in ROSTER.organisations:
        assert actor.territory is None or actor.territory in TERRITORIES.by_code, actor.actor_id


def test_an_alias_belongs_to_one_organisation_or_is_weak_in_each() -> None:
    owners: dict[str, list[KnownActor]] = {}
    for actor in ROSTER.organisations:
        for alias in actor.aliases:
            owners.setdefault(alias, []).append(actor)
    strong = {
        alias: [actor.actor_id for actor in actors]
        for alias, actors in owners.items()
        if len(actors) > 1 and any(alias not in actor.weak for actor in actors)
    }
    assert not strong


def test_a_weak_alias_is_an_alias() -> None:
    for actor in ROSTER.organisations:
        assert set(actor.weak) <= set(actor.aliases)
        assert actor.name in actor.aliases


def test_no_organisation_is_called_what_a_territory_is_called() -> None:
    territories = {form.form for form in TERRITORIES.surface_forms()}
    assert not [alias for actor in ROSTER.organisations for alias in actor.aliases if alias in territories]


@pytest.mark.parametrize("name", REGIONS)
def test_every_region_has_bodies_of_each_sort(name: str) -> None:
    bodies = Counter(actor.sector for actor in ROSTER.organisations if region(actor.territory) == name)
    for sector in ("MED", "GOV", "MIL", "LEG", "PTY"):
        assert bodies[sector] >= (1 if name == "Oceania" else 5), (sector, bodies)


def test_no_state_has_more_than_a_tenth_of_the_national_bodies() -> None:
    bodies = Counter(actor.territory for actor in ROSTER.organisations if actor.territory is not None)
    assert max(bodies.values()) < sum(bodies.values()) / 10


@pytest.mark.parametrize(
    ("alias", "territory", "sector"),
    [
        ("State Department", "USA", "GOV"), ("US Department of State", "USA", "GOV"), ("Pentagon", "USA", "GOV"),
        ("Knesset", "ISR", "LEG"), ("IRGC", "IRN", "MIL"), ("Mossad", "ISR", "SPY"), ("Bundestag", "DEU", "LEG"),
        ("Verkhovna Rada", "UKR", "LEG"), ("FSB", "RUS", "SPY"), ("ANAMA", "AZE", "GOV"), ("PLA", "CHN", "MIL"),
        ("ISI", "PAK", "SPY"), ("Hezbollah", "LBN", "REB"), ("PKK", "TUR", "REB"), ("Ansar Allah", "YEM", "REB"),
        ("M23", "COD", "REB"), ("FARC", "COL", "REB"), ("LTTE", "LKA", "REB"), ("Boko Haram", "NGA", "REB"),
        ("Daesh", None, "REB"), ("NATO", None, "IGO"), ("ECOWAS", None, "IGO"), ("Minsk Group", None, "IGO"),
        ("Human Rights Watch", None, "NGO"), ("Freedom House", None, "NGO"), ("Reuters", None, "MED"),
        ("Yonhap", "KOR", "MED"), ("Al Jazeera", "QAT", "MED"),
    ],
)  # fmt: skip
def test_a_listed_body_is_found_by_its_alias(alias: str, territory: str | None, sector: str) -> None:
    actors = [actor for actor in ROSTER.organisations if alias in actor.aliases]
    assert [(actor.territory, actor.sector) for actor in actors] == [(territory, sector)]


def test_a_people_does_not_act_for_the_states_it_lives_in() -> None:
    states = {code for code, one in TERRITORIES.by_code.items() if one.kind == "state"}
    assert not [actor.name for actor in ROSTER.organisations if actor.kind == "people" and actor.territory in states]


# -- officials ------------------------------------------------------------------------------------------


def test_dates_of_office_are_in_order() -> None:
    for official in ROSTER.officials:
        assert official.since is None or official.until is None or official.since <= official.until, official


def test_the_territory_of_an_office_exists_or_its_body_does() -> None:
    bodies = {actor.actor_id for actor in ROSTER.organisations}
    for official in ROSTER.officials:
        assert (official.territory in TERRITORIES.by_code) or official.organisation in bodies, official
        assert official.accredited is None or official.accredited in TERRITORIES.by_code, official


def test_names_hold_no_titles_and_no_capitals_of_the_source() -> None:
    for official in ROSTER.officials:
        assert not any(word.isupper() and len(word) > 3 for word in official.name.split()), official.name
        assert not official.name.startswith(("President", "Prime", "Ambassador", "Minister", "represented", "note"))
        assert official.name in official.forms and official.surname


def test_one_person_has_one_name_in_one_territory() -> None:
    names: dict[tuple[str | None, str], set[str]] = {}
    for official in ROSTER.officials:
        for form in official.forms:
            if " " in form and form != official.surname:
                names.setdefault((official.territory, without_marks(form)), set()).add(official.name)
    several = {form: people for form, people in names.items() if len(people) > 1}
    # father and son, presidents of the United States, do share a full name
    assert set(several) == {("USA", "George Bush")}


@pytest.mark.parametrize(
    ("name", "on", "who", "territory"),
    [
        ("Pashinyan", date(2023, 6, 1), "Nikol Pashinyan", "ARM"),
        ("Ilham Aliyev", date(2023, 6, 1), "Ilham Aliyev", "AZE"),
        ("O’Brien", date(2024, 3, 1), "James O'Brien", "USA"),
        ("Asselborn", date(2020, 1, 1), "Jean Asselborn", "LUX"),
        ("Lavrov", date(2015, 1, 1), "Sergei Lavrov", "RUS"),
        ("Wang Yi", date(2018, 1, 1), "Wang Yi", "CHN"),
        ("Jaishankar", date(2022, 1, 1), "S. Jaishankar", "IND"),
        ("Kuleba", date(2022, 1, 1), "Dmytro Kuleba", "UKR"),
        ("Erdogan", date(2019, 1, 1), "Recep Tayyip Erdoğan", "TUR"),
        ("Vučić", date(2021, 1, 1), "Aleksandar Vučić", "SRB"),
        ("Ramaphosa", date(2021, 1, 1), "Cyril Ramaphosa", "ZAF"),
        ("Lula", date(2005, 1, 1), "Luiz Inácio Lula da Silva", "BRA"),
        ("Kim Jong-un", date(2019, 1, 1), "Kim Jong Un", "PRK"),
        ("Mandela", date(1995, 1, 1), "Nelson Mandela", "ZAF"),
        ("Kofi Annan", date(2003, 1, 1), "Kofi Annan", None),
        ("Stoltenberg", date(2022, 1, 1), "Jens Stoltenberg", None),
    ],
)
def test_a_name_finds_who_held_office_that_day(name: str, on: date, who: str, territory: str | None) -> None:
    assert named(name, on) == {(who, territory)}


def test_two_of_one_name_are_told_apart_by_the_day() -> None:
    assert named("George Bush", date(1990, 6, 1)) == {("George H. W. Bush", "USA")}
    assert named("George Bush", date(2004, 6, 1)) == {("George W. Bush", "USA")}
    assert named("Stoltenberg", date(2010, 6, 1)) == {("Jens Stoltenberg", "NOR")}


def test_who_has_left_office_is_no_answer() -> None:
    assert named("Trump", date(2022, 6, 1)) == set()
    assert named("Trump", date(2019, 6, 1)) == {("Donald Trump", "USA")}


def test_heads_of_state_come_before_envoys_of_the_same_surname() -> None:
    offices = [official.office for official in ROSTER.officials_named("Johnson", date(2021, 1, 1))]
    assert offices[0] == "head_of_government" and "us_ambassador" in offices


@pytest.mark.parametrize(
    ("territory", "office", "on", "who"),
    [
        ("ARM", "head_of_government", date(2020, 10, 1), "Nikol Pashinyan"),
        ("USA", "head_of_state", date(2021, 1, 20), "Joe Biden"),
        ("GBR", "head_of_government", date(2022, 10, 1), "Liz Truss"),
        ("GBR", "head_of_state", date(2022, 9, 8), "King Charles III"),
        ("FRA", "head_of_state", date(2003, 3, 1), "Jacques Chirac"),
        ("IRN", "foreign_minister", date(2016, 1, 1), "Mohammad Javad Zarif"),
        ("NGA", "head_of_state", date(2012, 1, 1), "Goodluck Jonathan"),
        ("IDN", "head_of_state", date(2025, 1, 1), "Prabowo Subianto"),
        (None, "un_secretary_general", date(2011, 1, 1), "Ban Ki-moon"),
    ],
)
def test_an_office_finds_its_holder(territory: str | None, office: str, on: date, who: str) -> None:
    holder = ROSTER.holder_of(territory, office, on)
    assert holder is not None and holder.name == who


def test_an_office_before_anyone_known_held_it_has_no_holder() -> None:
    assert ROSTER.holder_of("ARM", "head_of_government", date(1900, 1, 1)) is None


def test_a_bound_that_is_no_exact_day_rules_out_only_what_is_far() -> None:
    official = Official(
        name="Ada Brook", forms=("Ada Brook",), territory="USA", office="envoy", since=date(2020, 6, 30),
        until=date(2021, 1, 1), source="test", since_exact=False, until_exact=False,
    )  # fmt: skip
    assert not official.is_in_office(date(2020, 5, 1)) and official.has_perhaps_office(date(2020, 5, 1))
    assert not official.has_perhaps_office(date(2025, 1, 1))


def test_leaders_before_2014_are_known_for_eighty_states_of_all_regions() -> None:
    heads = {
        official.territory
        for official in ROSTER.officials
        if official.office in ("head_of_state", "head_of_government") and official.since and official.since.year < 2014
    }
    assert len(heads) >= 80
    assert {region(code) for code in heads} >= set(REGIONS)


def test_the_table_of_our_own_is_large_and_spread() -> None:
    rows = read_table("actors/officials_extra.csv")
    assert len(rows) >= 400
    share = Counter(region(row["territory"] or None) for row in rows)
    assert all(share[name] >= (15 if name == "Oceania" else 60) for name in REGIONS), share
    states = Counter(row["territory"] for row in rows if row["territory"])
    assert max(states.values()) <= len(rows) / 10


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(ROSTER.officials), st.integers(0, 20_000))
def test_whoever_is_found_on_a_day_was_or_may_have_been_in_office(official: Official, days: int) -> None:
    on = date(1970, 1, 1) + timedelta(days=days)
    for found in ROSTER.officials_named(official.surname, on):
        assert found.is_in_office(on) or found.has_perhaps_office(on)


@pytest.mark.skipif(not FACTBOOK.exists(), reason="the factbook's office-holders are not beside this checkout")
def test_building_officials_again_gives_what_is_committed() -> None:
    spec = importlib.util.spec_from_file_location("build_officials", ROOT / "data_build/officials.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(module.COLUMNS)
    writer.writerows(module.build(FACTBOOK))
    assert text.getvalue() == read_text("actors/officials.csv")


# -- role nouns -----------------------------------------------------------------------------------------


def test_role_nouns_are_many_unique_and_of_known_kinds() -> None:
    words = [role.word for role in ROSTER.roles]
    assert len(words) == len(set(words)) >= 350
    assert {role.kind for role in ROSTER.roles} <= set(get_args(ActorKind))
    assert {role.sector for role in ROSTER.roles} <= set(get_args(Sector))
    assert {role.strength for role in ROSTER.roles} == {"strong", "weak"}


@pytest.mark.parametrize(
    ("word", "sector", "kind"),
    [
        ("president", "GOV", "office"), ("foreign minister", "GOV", "office"), ("ambassador", "GOV", "office"),
        ("leadership", "GOV", "government"), ("foreign ministry", "GOV", "ministry"), ("troops", "MIL", "person"),
        ("warships", "MIL", "person"), ("lawmakers", "LEG", "office"), ("court", "JUD", "government"),
        ("police", "COP", "government"), ("rebels", "REB", "armed_group"), ("separatists", "REB", "armed_group"),
        ("protesters", "CVL", "people"), ("diaspora", "CVL", "people"), ("newspaper", "MED", "media"),
    ],
)  # fmt: skip
def test_a_role_noun_has_its_sector_and_kind(word: str, sector: str, kind: str) -> None:
    role = next(role for role in ROSTER.roles if role.word == word)
    assert (role.sector, role.kind) == (sector, kind)


@pytest.mark.parametrize("word", ["lobby", "diaspora", "rebels", "separatists", "newspaper", "company"])
def test_a_lobby_a_diaspora_or_rebels_are_not_the_state(word: str) -> None:
    assert not next(role for role in ROSTER.roles if role.word == word).acts_for_state


def test_no_role_noun_names_a_state() -> None:
    territories = {form.form.casefold() for form in TERRITORIES.surface_forms() if form.kind != "seat"}
    assert not [role.word for role in ROSTER.roles if role.word.casefold() in territories]


def test_a_language_without_role_nouns_still_has_its_actors() -> None:
    roster = Roster.load("xx")
    assert roster.roles == () and roster.organisations == ROSTER.organisations
