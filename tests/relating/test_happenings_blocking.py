"""Which tellings are compared: whoever is asked first, and never more than share something."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.knowledge import Knowledge
from detente.relating.happenings.blocking import entries, may_meet, ranges
from detente.relating.happenings.telling import Telling, telling_of
from detente.relating.happenings.weighing import weights
from detente.relating.happenings.words import word_table
from happening_articles import Article, Told, documents_of, drawn, events_of, told

KNOWLEDGE = Knowledge()


def tellings(*articles: Article) -> list[Telling]:
    words = word_table(KNOWLEDGE)
    documents = {document.document_id: document for document in documents_of(*articles)}
    return [telling_of(event, documents[event.document_id], words) for event in events_of(*articles)]


def finds(one: Telling, other: Telling) -> bool:
    stands = entries(other)
    return any(
        asked.key == entry.key and asked.first <= entry.day <= asked.last
        for asked in ranges(one, weights())
        for entry in stands
    )


@given(st.integers(0, 10**6))
@settings(max_examples=30, deadline=None)
def test_what_may_meet_is_found_from_both_sides(seed: int) -> None:
    random = Random(seed)
    found = tellings(*(drawn(random, number) for number in range(6)))
    for one in found:
        for other in found:
            assert may_meet(one, other, weights()) == may_meet(other, one, weights())
            if one is not other and may_meet(one, other, weights()):
                assert finds(one, other) and finds(other, one)


def test_other_parties_and_other_months_are_never_compared() -> None:
    one, far, later = tellings(
        told(Told(words="Kenya shelled Peru at Ombara.", trigger="shelled", day="2024-03-04")),
        told(
            Told(
                words="Laos shelled Fiji at Ombara.", trigger="shelled", source="Laos", target="Fiji", day="2024-03-04"
            )
        ),
        told(Told(words="Kenya shelled Peru at Ombara.", trigger="shelled", day="2024-05-04"), published="2024-05-05"),
    )
    assert not may_meet(one, far, weights()) and not finds(one, far)
    assert not may_meet(one, later, weights()) and not finds(one, later)
    assert may_meet(one, one, weights()) and finds(one, one)
