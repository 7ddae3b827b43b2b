"""The gazetteer finds every line it holds, by any spelling of its key, and nothing that it does not hold."""

from __future__ import annotations

import pytest

from detente.knowledge.gazetteer import Gazetteer, folded


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize(
    ("name", "territory", "kind"),
    [
        ("Ganja", "AZE", "city"),
        ("Kampala", "UGA", "city"),
        ("Córdoba", "ARG", "region"),
        ("CORDOBA", "ARG", "region"),
        ("Calif.", "USA", "region"),
        ("Hubei", "CHN", "region"),
        ("the Black Sea", None, "area"),
        ("Strait of Hormuz", None, "area"),
    ],
)
def test_a_name_leads_to_its_largest_place(gazetteer: Gazetteer, name: str, territory: str | None, kind: str) -> None:
    best = gazetteer.named(name)[0]
    assert (best.territory, best.kind) == (territory, kind)


def test_an_unknown_name_finds_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.named("Nowhere-upon-Nothing") == []
    assert gazetteer.named("") == []


def test_the_town_file_is_sorted_so_that_halving_finds_every_line(gazetteer: Gazetteer) -> None:
    lines = gazetteer.towns[:].split(b"\n")[1:-1]
    assert lines == sorted(lines)
    for line in (lines[0], lines[-1], *lines[:: len(lines) // 300]):
        key, geonameid = line.decode().split("\t")[:2]
        assert int(geonameid) in {entry.geonameid for entry in gazetteer.named(key)}


def test_coordinates_are_degrees(gazetteer: Gazetteer) -> None:
    for line in gazetteer.towns[:].split(b"\n")[1:-1:500]:
        _, _, _, latitude, longitude, territory, _, _ = line.decode().split("\t")
        assert -90 <= float(latitude) <= 90
        assert -180 <= float(longitude) <= 180
        assert len(territory) == 3


@pytest.mark.parametrize(("name", "key"), [("São Paulo", "sao paulo"), ("N.Y.", "ny"), ("Sana'a", "sanaa"), ("—", "")])
def test_folding_keeps_letters_only(name: str, key: str) -> None:
    assert folded(name) == key
