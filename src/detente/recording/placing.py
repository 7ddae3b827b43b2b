"""Place marks to coordinates: the candidates of the gazetteer, weighed by size and by the rest of the article.

A name is more likely the place whose territory and region the article speaks of anyway, more likely the larger, and
certainly the one inside the place that the words name after a comma. One name means one place in one article.
"""

from __future__ import annotations

from collections import Counter
from math import asin, cos, exp, log10, radians, sin, sqrt

from msgspec import Struct

from detente.knowledge import Knowledge
from detente.knowledge.gazetteer import Entry, folded
from detente.model.vocabulary import PlacePrecision
from detente.reading.marks import PlaceMark
from detente.reading.paper import Paper

PRIORS = {"country": 9.0, "area": 8.0, "region": 5.6, "city": 0.0}  # in powers of ten of inhabitants
SAME_TERRITORY = 2.5  # the article speaks of nothing but this territory
SAME_REGION = 2.5
NEAR_OTHERS = 3.0  # the article's other places lie all at the same spot
NEAR_KM = 150.0  # how fast nearness fades
INSIDE_NAMED = 8.0
EARTH_RADIUS_KM = 6371.0
SURE = 3.0  # a lead over the second best that leaves no doubt
PRECISIONS: dict[str, PlacePrecision] = {"country": "country", "area": "area", "region": "region", "city": "city"}


class Placed(Struct, frozen=True, kw_only=True):
    """Where a mark lies. Coordinates are null and precision unknown where the gazetteer has no such name."""

    name: str
    geonameid: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: PlacePrecision = "unknown"
    territory: str | None = None
    confidence: float = 0.0


class Placer:
    def __init__(self, knowledge: Knowledge, paper: Paper) -> None:
        self.knowledge = knowledge
        self.gazetteer = knowledge.gazetteer
        self.marks = paper.places or ()
        self.named = {mark.name: self._candidates(mark.name) for mark in self.marks}
        self.territories: Counter[str] = Counter(_mentioned(paper))
        self.regions: Counter[tuple[str, str]] = Counter()
        self.settled: dict[str, Entry] = {}
        self._weigh_context()

    def place(self, mark: PlaceMark) -> Placed:
        """The best candidate for this mark; unknown where there is none."""
        if mark.territory is not None and (country := self.gazetteer.country(mark.territory)) is not None:
            return _placed(country, 0.99)
        ranked = self._ranked(mark.name, mark.within or self._within(mark.name))
        if not ranked:
            return Placed(name=mark.name)
        lead = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else SURE
        return _placed(ranked[0][1], 0.5 + 0.45 * min(lead / SURE, 1.0))

    # -- weighing ---------------------------------------------------------------------------------------

    def _candidates(self, name: str) -> list[Entry]:
        territory = self.knowledge.territories.by_name(name)
        country = self.gazetteer.country(territory.code) if territory is not None else None
        found = self.gazetteer.named(name) or self.gazetteer.named(_without_kind(name))
        return [country, *found] if country is not None else found

    def _weigh_context(self) -> None:
        """Two rounds: what is certain of its own speaks for what is not."""
        mentioned = Counter(self.territories)
        for _ in range(2):
            settled = {name: ranked[0][1] for name in self.named if (ranked := self._ranked(name, self._within(name)))}
            self.territories, self.regions = Counter(mentioned), Counter()
            for entry in settled.values():
                if entry.territory:
                    self.territories[entry.territory] += 1
                    if entry.region:
                        self.regions[entry.territory, entry.region] += 1
            self.settled = settled

    def _within(self, name: str) -> str | None:
        """What some mark of this name says that it lies in."""
        return next((mark.within for mark in self.marks if mark.name == name and mark.within), None)

    def _ranked(self, name: str, within: str | None) -> list[tuple[float, Entry]]:
        inside = self._inside(within)
        scored = [(self._score(entry, inside, name), entry) for entry in self.named.get(name) or self._candidates(name)]
        return sorted(scored, key=lambda pair: (-pair[0], pair[1].geonameid or 0))

    def _score(self, entry: Entry, inside: set[tuple[str | None, str | None]], name: str) -> float:
        size = PRIORS[entry.kind] + (log10(entry.population + 300) if entry.kind == "city" else 0.0)
        here = self.territories[entry.territory or ""] / max(self.territories.total(), 1)
        region = self.regions[entry.territory or "", entry.region or ""] / max(self.regions.total(), 1)
        named = INSIDE_NAMED if (entry.territory, entry.region) in inside or (entry.territory, None) in inside else 0.0
        near = self._nearness(entry, name) if entry.kind in ("city", "region") else 0.0
        return size + SAME_TERRITORY * here + SAME_REGION * region + NEAR_OTHERS * near + named

    def _nearness(self, entry: Entry, name: str) -> float:
        """From 0 to 1: how close the article's other towns and regions lie, the mean of the nearest three."""
        fades = sorted(
            (
                exp(-kilometres(entry.latitude, entry.longitude, other.latitude, other.longitude) / NEAR_KM)
                for named, other in self.settled.items()
                if named != name and other.kind in ("city", "region")
            ),
            reverse=True,
        )[:3]
        return sum(fades) / 3

    def _inside(self, within: str | None) -> set[tuple[str | None, str | None]]:
        """Territory and region of every state or region called `within`."""
        if within is None:
            return set()
        territory = self.knowledge.territories.by_name(within)
        around: set[tuple[str | None, str | None]] = {(territory.code, None)} if territory is not None else set()
        around |= {(entry.territory, entry.region) for entry in self.gazetteer.named(within) if entry.kind == "region"}
        return around


def _mentioned(paper: Paper) -> list[str]:
    """Territories that the article's actors act for, as often as it speaks of them."""
    firsts = (mention.candidates[0] for mention in paper.mentions or () if mention.candidates)
    return [candidate.territory for candidate in firsts if candidate.territory is not None]


def _without_kind(name: str) -> str:
    """ "Rankin County", "Hubei province", "the city of Basra": the name alone."""
    kinds = {"county", "parish", "province", "state", "city", "district", "region", "governorate", "oblast", "town"}
    words = [word for word in name.split() if folded(word) not in kinds]
    return " ".join(words).removeprefix("of ")


def _placed(entry: Entry, confidence: float) -> Placed:
    return Placed(
        name=entry.name,
        geonameid=entry.geonameid,
        latitude=entry.latitude,
        longitude=entry.longitude,
        precision=PRECISIONS[entry.kind],
        territory=entry.territory,
        confidence=confidence,
    )


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance between two points in degrees, by the haversine formula."""
    a = sin(radians(lat2 - lat1) / 2) ** 2
    b = cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, a + b)))
