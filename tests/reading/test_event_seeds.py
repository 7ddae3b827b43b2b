"""The plain interstate statements a careful reader lists in the two seed articles: eight in ten must be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.knowledge import Knowledge
from detente.model.date import Date
from detente.model.document import Document
from detente.reading.paper import Paper
from detente.reading.pipeline import pipeline
from detente.recording.resolution import Resolver

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
STEPS = ("layout", "parse", "actors", "times", "places", "claims", "events")

# (type, source, target, polarity, whether it is actual)
LISTED = {
    "000_": (
        "2024-07-01",
        {
            ("REQUEST", "AZE", "ARM", "affirmed", True),
            ("THREATEN", "USA", "AZE", "affirmed", True),
            ("REQUEST", "USA", "AZE", "affirmed", True),
            ("AID", "USA", "ARM", "negated", True),
            ("ACCUSE", "AZE", "USA", "affirmed", True),  # analysts of the centre denounce the report
            ("ACCUSE", "USA", "AZE", "affirmed", True),  # the document's accusation against Azerbaijan
            ("AGREE", "ARM", "AZE", "affirmed", False),
            ("AGREE", "AZE", "ARM", "affirmed", False),
        },
    ),
    "004_": (
        "2024-01-20",
        {
            ("REJECT", "AZE", "USA", "affirmed", True),
            ("ACCUSE", "USA", "AZE", "affirmed", True),
            ("SUPPORT", "AZE", "PER", "affirmed", True),
            ("SUPPORT", "AZE", "LUX", "affirmed", True),
            ("SUPPORT", "AZE", "JPN", "affirmed", True),
            ("SUPPORT", "JPN", "AZE", "affirmed", True),
            ("AID", "JPN", "AZE", "affirmed", True),
            ("ACCUSE", "AZE", "LUX", "affirmed", True),
            ("CONSULT", "AZE", "LUX", "affirmed", True),
            ("SUPPORT", "LUX", "ARM", "affirmed", True),
            ("SANCTION", "AZE", "USA", "affirmed", True),
            ("SUPPORT", "AZE", "USA", "negated", False),
            ("REJECT", "USA", "AZE", "affirmed", True),
            ("ASSAULT", "RUS", "GEO", "affirmed", True),
            ("CONSULT", "AZE", "USA", "affirmed", True),
            ("AID", "LUX", "AZE", "affirmed", False),
            ("AGREE", "ARM", "AZE", "affirmed", False),
            ("AGREE", "AZE", "ARM", "affirmed", False),
            ("SANCTION", "USA", "AZE", "affirmed", True),  # the amendment that prohibits state aid
        },
    ),
}


def seed(prefix: str) -> Path:
    found = sorted(SEEDS.glob(f"{prefix}*.txt")) if SEEDS.is_dir() else []
    if not found:
        pytest.skip("the seed articles are not beside this checkout (../shared/seeds)")
    return found[0]


def rows(paper: Paper, published: str) -> set[tuple[str, str, str, str, bool]]:
    day = Date(start=published, end=published, precision="day", basis="given", raw=published)
    resolver = Resolver(Knowledge(), paper, day)
    found = set()
    for event in paper.events or ():
        sources = {ref.territory for party in event.sources for ref in resolver.resolve(party)}
        targets = {ref.territory for party in event.targets for ref in resolver.resolve(party)}
        found |= {
            (event.type, s, t, event.polarity, event.modality == "actual")
            for s in sources for t in targets if s and t and s != t
        }  # fmt: skip
    return found


@pytest.mark.seeds
@pytest.mark.parametrize("prefix", sorted(LISTED))
def test_eight_in_ten_listed_statements_are_read(prefix: str) -> None:
    published, listed = LISTED[prefix]
    text = seed(prefix).read_text(encoding="utf-8")
    doc = Document(document_id="x", uri="x", text=text, text_sha256="", language="en", reader_version="")
    found = rows(pipeline(Knowledge(), STEPS).read(doc), published)
    assert len(listed & found) >= 0.8 * len(listed), (sorted(listed - found), sorted(found - listed))
