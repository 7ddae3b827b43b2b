"""Languages told apart offline."""

from __future__ import annotations

import pytest

import specimens
from detente.reading.sources import language
from detente.reading.sources.language import identify

FRENCH = (
    "La Norvège a rappelé son ambassadeur au Tchad lundi, après des semaines de dispute sur des bateaux de pêche. Le "
    "ministère a déclaré que douze marins étaient encore retenus dans un port du lac et que personne ne les avait vus."
)


def test_plain_english_is_told_without_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_identifier", lambda: pytest.fail("the model was loaded"))
    assert identify(specimens.ARTICLE).language == "en"


def test_model_agrees_on_plain_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_is_plainly_english", lambda sample: False)
    assert identify(specimens.ARTICLE).language == "en"


def test_other_language_with_english_words_in_it_is_not_english() -> None:
    assert identify(FRENCH).language == "fr"
    assert identify(FRENCH + " The head of the port said that the men were guests of the town.").language == "fr"


def test_long_text_is_judged_by_pieces_from_all_of_it() -> None:
    assert identify(FRENCH * 10 + specimens.ARTICLE).language == "fr"
    assert identify("The minister said no. " * 3 + FRENCH * 100).language == "fr"


def test_too_short_to_tell() -> None:
    assert identify("Norvège : non.").language is None
    assert identify("12 345 678").language is None
