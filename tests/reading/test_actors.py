"""Mentions of actors: found, whole, with the right use, kind and territory."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.knowledge import Knowledge
from detente.model import Date, Document
from detente.reading.marks import MentionMark
from detente.reading.paper import Paper
from detente.reading.pipeline import Pipeline, pipeline


@cache
def steps() -> Pipeline:
    return pipeline(Knowledge(), ("layout", "parse", "actors"))


@cache
def read(text: str, published: str | None = None) -> Paper:
    date = None
    if published:
        date = Date(start=published, end=published, precision="day", basis="given", raw=published)
    return steps().read(
        Document(
            document_id="doc-1", uri="x", text=text, text_sha256="", language="en", reader_version="", published=date
        )
    )


def mention(text: str, words: str, published: str | None = None) -> MentionMark:
    paper = read(text, published)
    assert paper.mentions is not None
    found = [mark for mark in paper.mentions if paper.words(mark.span) == words]
    assert found, f"{words!r} is not among {[paper.words(mark.span) for mark in paper.mentions]}"
    return found[-1]


def territories(mark: MentionMark) -> str:
    return " ".join(one.territory or "-" for one in (mark.candidates if mark.joint else mark.candidates[:1]))


# sentence, words of the mention, use, kind, territory
NAMES = [
    ("Kenya welcomed the offer.", "Kenya", "actor", "state", "KEN"),
    ("Chile recalled its envoy on Monday.", "Chile", "actor", "state", "CHL"),
    ("The two blocs put pressure on Vietnam.", "Vietnam", "actor", "state", "VNM"),
    ("Talks between Fiji and Samoa resumed.", "Samoa", "actor", "state", "WSM"),
    ("A treaty with Bolivia was signed.", "Bolivia", "actor", "state", "BOL"),
    ("Sanctions against Belarus were extended.", "Belarus", "actor", "state", "BLR"),
    ("The U.S. warned of new tariffs.", "U.S.", "actor", "state", "USA"),
    ("The UK and the UAE agreed on a pact.", "UAE", "actor", "state", "ARE"),
    ("Côte d’Ivoire rejected the accusation.", "Côte d’Ivoire", "actor", "state", "CIV"),
    ("South Korea protested to North Korea.", "North Korea", "actor", "state", "PRK"),
    ("Papua New Guinea hosted the forum.", "Papua New Guinea", "actor", "state", "PNG"),
    ("The Dominican Republic closed its border with Haiti.", "Dominican Republic", "actor", "state", "DOM"),
]
METONYMY = [
    ("Nairobi said it would not yield.", "Nairobi", "actor", "government", "KEN"),
    ("Talks between Lima and Quito failed.", "Quito", "actor", "government", "ECU"),
    ("The pressure on Hanoi is growing.", "Hanoi", "actor", "government", "VNM"),
    ("Ankara’s persistence annoyed its allies.", "Ankara", "actor", "government", "TUR"),
    ("The envoys met in Nairobi on Tuesday.", "Nairobi", "place", "government", "KEN"),
    ("The delegation arrived in Lima.", "Lima", "place", "government", "PER"),
    ("The convoy drove from Kampala to Kigali.", "Kampala", "place", "government", "UGA"),
    ("The convoy drove from Kampala to Kigali.", "Kigali", "place", "government", "RWA"),
    ("The minister flew to Canberra for talks.", "Canberra", "place", "government", "AUS"),
    ("CAIRO, July 1 — Officials gathered for the summit.", "CAIRO", "place", "government", "EGY"),
    ("HANOI (Agency) - Officials gathered for the summit.", "HANOI", "place", "government", "VNM"),
    ("The Kremlin denied the report.", "Kremlin", "actor", "government", "RUS"),
    ("Downing Street declined to comment.", "Downing Street", "actor", "government", "GBR"),
    ("Official Tehran rejected the charge.", "Official Tehran", "actor", "government", "IRN"),
    ("The Paris climate agreement entered into force.", "Paris", "modifier", "government", "FRA"),
    ("The Kampala-Kigali railway was blown up.", "Kampala", "modifier", "government", "UGA"),
    ("The Minsk agreements were signed by all.", "Minsk", "modifier", "government", "BLR"),
    ("They sold Chilean wine.", "Chilean", "modifier", "state", "CHL"),
    ("The Ukraine war dragged on.", "Ukraine", "modifier", "state", "UKR"),
    ("Kenya-Somalia relations are tense.", "Kenya", "modifier", "state", "KEN"),
    ("Kenya-Somalia relations are tense.", "Somalia", "modifier", "state", "SOM"),
    ("The Thai-Cambodian conflict flared up.", "Cambodian", "modifier", "state", "KHM"),
    ("The troops massed near the Iranian border.", "Iranian", "modifier", "state", "IRN"),
    ("Washington expects help from Jakarta.", "Jakarta", "actor", "government", "IDN"),
    ("Peru’s territory was not affected.", "Peru", "place", "state", "PER"),
    ("The capital of Mali was calm.", "Mali", "place", "state", "MLI"),
]
ROLES = [
    ("The Kenyan Foreign Ministry protested.", "The Kenyan Foreign Ministry", "actor", "ministry", "KEN"),
    ("Chile's defence minister resigned.", "Chile's defence minister", "actor", "office", "CHL"),
    ("The Minister of Foreign Affairs of Ghana spoke.", "The Minister of Foreign Affairs of Ghana", "actor", "office", "GHA"),
    ("Vietnamese troops crossed the river.", "Vietnamese troops", "actor", None, "VNM"),
    ("The authorities in Khartoum denied it.", "The authorities in Khartoum", "actor", "government", "SDN"),
    ("The US ambassador to Kenya was summoned.", "The US ambassador to Kenya", "actor", "office", "USA"),
    ("The ambassador of Peru in Canberra left.", "The ambassador of Peru in Canberra", "actor", "office", "PER"),
    ("The Indonesian embassy in Cairo was attacked.", "The Indonesian embassy in Cairo", "actor", None, "IDN"),
    ("The Rwandan leadership rejected the plan.", "The Rwandan leadership", "actor", "government", "RWA"),
    ("The government of Paraguay accepted.", "The government of Paraguay", "actor", "government", "PRY"),
    ("Japanese officials met them.", "Japanese officials", "actor", None, "JPN"),
    ("Malian lawmakers voted on the law.", "Malian lawmakers", "actor", None, "MLI"),
    ("The Polish parliament condemned the attack.", "The Polish parliament", "actor", None, "POL"),
    ("Algerian Foreign Ministry spokesman Karim Ziani spoke.", "Algerian Foreign Ministry spokesman Karim Ziani", "actor", "person", "DZA"),
    ("The Kazakh side proposed a date.", "The Kazakh side", "actor", None, "KAZ"),
    ("The prime minister of New Zealand flew home.", "The prime minister of New Zealand", "actor", "office", "NZL"),
]  # fmt: skip
PEOPLES = [
    ("Thousands of Venezuelans fled.", "Venezuelans", "actor", "people", "VEN"),
    ("Syrian refugees arrived in Jordan.", "Syrian refugees", "actor", "people", "SYR"),
    ("Syrian refugees arrived in Jordan.", "Syrian", "modifier", "state", "SYR"),
    ("The Armenian diaspora in France protested.", "The Armenian diaspora in France", "actor", "people", "ARM"),
    ("The Uyghurs demanded their rights.", "Uyghurs", "actor", "people", "-"),
    ("The Rohingya fled to Bangladesh.", "Rohingya", "actor", "people", "-"),
]
ORGANISATIONS = [
    ("The United Nations condemned the raid.", "United Nations", "actor", "igo", "-"),
    ("NATO rejected the demand.", "NATO", "actor", "igo", "-"),
    ("The African Union sent observers.", "African Union", "actor", "igo", "-"),
    ("Hamas fired rockets.", "Hamas", "actor", None, "PSE"),
    ("The Nairobi-based Institute for Coastal Policy published a study.", "Nairobi-based Institute for Coastal Policy", "actor", "ngo", "KEN"),
    ("Oslo based Center for Arctic Dialogue (CAD) wrote to them.", "Oslo based Center for Arctic Dialogue (CAD)", "actor", "ngo", "NOR"),
    ("The Chilean Institute of Border Studies warned them.", "Chilean Institute of Border Studies", "actor", "ngo", "CHL"),
    ("The US State Department announced sanctions.", "US State Department", "actor", "ministry", "USA"),
    ("Members of the International Criminal Court objected.", "Members of the International Criminal Court", "actor", None, "-"),
]  # fmt: skip
JOINT = [
    ("Kenya and Uganda met. Both sides agreed.", "Both sides", "KEN UGA"),
    ("Talks between Peru and Chile ended. The two countries signed a pact.", "The two countries", "PER CHL"),
    ("Peru and Chile accused each other.", "each other", "PER CHL"),
    ("The Thai and Cambodian foreign ministers met.", "The Thai and Cambodian foreign ministers", "THA KHM"),
    ("The presidents of Ghana and Togo met.", "The presidents of Ghana and Togo", "GHA TGO"),
    ("India and China said they would talk.", "they", "IND CHN"),
    ("Three ambassadors: Peru, Japan and Malta, were received.", "Three ambassadors", "PER JPN MLT"),
]
POINTING = [
    ("Kenya protested. It recalled its envoy.", "It", "KEN"),
    ("Kenya said its patience had limits.", "its", "KEN"),
    ("Ghana's defence of its rights went on.", "its", "GHA"),
    ("Lima criticised Bolivia and added the country to a list.", "the country", "BOL"),
    ("Japan thanked Malta; the latter was pleased.", "the latter", "MLT"),
    ("Japan thanked Malta; the former was pleased.", "the former", "JPN"),
    ("The Turkish foreign ministry protested. The ministry demanded an apology.", "The ministry", "TUR"),
    ("Oslo based Center for Arctic Dialogue (CAD) wrote. CAD wants peace.", "CAD", "NOR"),
    ("Oslo based Center for Arctic Dialogue (CAD) wrote. The Center wants peace.", "The Center", "NOR"),
    ("Karim Ziani, Algeria's foreign minister, spoke. He left.", "He", "DZA"),
    ("Karim Ziani, Algeria's foreign minister, spoke. Ziani left.", "Ziani", "DZA"),
    ("The Kenyan Foreign Ministry and MPs scolded Malta for its policy.", "its", "MLT"),
    ("The Kenyan Foreign Ministry and MPs scolded Malta.", "MPs", "KEN"),
]
OPEN = [
    ("It is difficult to say what Peru wants. Malta and Chad met Togo, and they danced.", "they"),
    ("The ambassador to Canberra was late.", "The ambassador to Canberra"),
    ("Protesters gathered in the square.", "Protesters"),
    ("Several men came. He spoke.", "He"),
    ("The harvest was good. It made them rich.", "It"),
]


@pytest.mark.parametrize(
    ("text", "words", "use", "kind", "territory"), [*NAMES, *METONYMY, *ROLES, *PEOPLES, *ORGANISATIONS]
)
def test_mention_has_use_kind_and_territory(text: str, words: str, use: str, kind: str | None, territory: str) -> None:
    mark = mention(text, words)
    assert (mark.use, territories(mark)) == (use, territory)
    assert kind is None or mark.candidates[0].kind == kind


@pytest.mark.parametrize(("text", "words", "territory"), [*JOINT, *POINTING])
def test_pointing_words_lead_to_their_actors(text: str, words: str, territory: str) -> None:
    assert territories(mention(text, words)) == territory


@pytest.mark.parametrize(("text", "words"), OPEN)
def test_unsafe_stays_open_with_a_reason(text: str, words: str) -> None:
    mark = mention(text, words)
    assert mark.candidates[0].actor_id is None
    assert mark.candidates[0].reason
