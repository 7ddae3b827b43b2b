"""A name is placed by its size and by what else the article speaks of."""

from __future__ import annotations

import pytest

from detente.knowledge import Knowledge
from detente.model import Document
from detente.reading.marks import Candidate, MentionMark, PlaceMark, Span
from detente.reading.paper import Paper
from detente.reading.places import with_container
from detente.recording.placing import Placed, Placer


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge()


def _paper(text: str, *names: str, territory: str | None = None) -> Paper:
    """A paper whose places are `names`, and whose one actor acts for `territory`."""
    doc = Document(document_id="d", uri="d", text=text, text_sha256="", language="en", reader_version="")
    marks = [PlaceMark(Span(text.index(name), text.index(name) + len(name)), name) for name in names]
    actor = (Candidate("a", "an actor", "state", territory),) if territory else ()
    mention = MentionMark(Span(0, 1), 0, "name", "actor", actor)
    return Paper(doc, places=tuple(with_container(mark, text) for mark in marks), mentions=(mention,) * 3)


def _placed(knowledge: Knowledge, paper: Paper, index: int = 0) -> Placed:
    return Placer(knowledge, paper).place((paper.places or ())[index])


def test_the_larger_place_wins_where_nothing_else_speaks(knowledge: Knowledge) -> None:
    assert _placed(knowledge, _paper("Fighting near Tripoli went on.", "Tripoli")).territory == "LBY"


def test_the_article_s_own_territory_moves_a_shared_name(knowledge: Knowledge) -> None:
    assert _placed(knowledge, _paper("They met in Tripoli.", "Tripoli", territory="LBN")).territory == "LBN"


def test_the_place_named_after_a_comma_decides(knowledge: Knowledge) -> None:
    placed = _placed(knowledge, _paper("A fire in Paris, Texas, was put out.", "Paris"))
    assert (placed.territory, placed.precision) == ("USA", "city")


def test_a_sea_has_an_area_and_no_territory(knowledge: Knowledge) -> None:
    placed = _placed(knowledge, _paper("Ships in the Red Sea turned back.", "Red Sea"))
    assert (placed.precision, placed.territory) == ("area", None)


def test_an_unknown_name_is_left_without_coordinates(knowledge: Knowledge) -> None:
    placed = _placed(knowledge, _paper("They met in Qwxyzzy.", "Qwxyzzy"))
    assert (placed.latitude, placed.precision, placed.confidence) == (None, "unknown", 0.0)


def test_a_state_s_name_is_placed_with_the_precision_of_a_country(knowledge: Knowledge) -> None:
    placed = _placed(knowledge, _paper("Floods in Mongolia spread.", "Mongolia"))
    assert (placed.territory, placed.precision) == ("MNG", "country")
