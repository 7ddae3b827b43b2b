"""Mentions of actors: found, whole, with the right use, kind and territory."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from time import process_time

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
    ("The Comorian Republic signed the treaty.", "The Comorian Republic", "actor", "state", "COM"),
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
    (
        "The Minister of Foreign Affairs of Ghana spoke.",
        "The Minister of Foreign Affairs of Ghana", "actor", "office", "GHA",
    ),
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
    (
        "Algerian Foreign Ministry spokesman Karim Ziani spoke.",
        "Algerian Foreign Ministry spokesman Karim Ziani", "actor", "person", "DZA",
    ),
    ("The Kazakh side proposed a date.", "The Kazakh side", "actor", None, "KAZ"),
    ("The prime minister of New Zealand flew home.", "The prime minister of New Zealand", "actor", "office", "NZL"),
]  # fmt: skip
PEOPLES = [
    ("Thousands of Venezuelans fled.", "Venezuelans", "actor", "people", "VEN"),
    ("Syrian refugees arrived in Jordan.", "Syrian refugees", "actor", "people", "SYR"),
    ("Syrian refugees arrived in Jordan.", "Syrian", "modifier", "state", "SYR"),
    ("The Polish diaspora in Chile protested.", "The Polish diaspora in Chile", "actor", "people", "POL"),
    ("The Kenyan lobby in London wrote letters.", "The Kenyan lobby in London", "actor", "people", "KEN"),
    ("The Uyghurs demanded their rights.", "Uyghurs", "actor", "people", "-"),
    ("The Rohingya fled to Bangladesh.", "Rohingya", "actor", "people", "-"),
]
ORGANISATIONS = [
    ("The United Nations condemned the raid.", "United Nations", "actor", "igo", "-"),
    ("NATO rejected the demand.", "NATO", "actor", "igo", "-"),
    ("The African Union sent observers.", "African Union", "actor", "igo", "-"),
    ("Hamas fired rockets.", "Hamas", "actor", None, "PSE"),
    (
        "The Nairobi-based Institute for Coastal Policy published a study.",
        "Nairobi-based Institute for Coastal Policy", "actor", "ngo", "KEN",
    ),
    (
        "Oslo based Center for Arctic Dialogue (CAD) wrote to them.",
        "Oslo based Center for Arctic Dialogue (CAD)", "actor", "ngo", "NOR",
    ),
    (
        "The Chilean Institute of Border Studies warned them.",
        "Chilean Institute of Border Studies", "actor", "ngo", "CHL",
    ),
    ("The US State Department announced sanctions.", "US State Department", "actor", "ministry", "USA"),
    (
        "Analysts at the Oslo Center for Arctic Dialogue disagreed.",
        "Analysts at the Oslo Center for Arctic Dialogue",
        "actor",
        None,
        "NOR",
    ),
    (
        "Members of the International Criminal Court objected.",
        "Members of the International Criminal Court", "actor", None, "-",
    ),
]  # fmt: skip
JOINT = [
    ("Kenya and Uganda met. Both sides agreed.", "Both sides", "KEN UGA"),
    ("Talks between Peru and Chile ended. The two countries signed a pact.", "The two countries", "PER CHL"),
    ("Peru and Chile accused each other.", "each other", "PER CHL"),
    ("The Thai and Cambodian foreign ministers met.", "The Thai and Cambodian foreign ministers", "THA KHM"),
    ("The presidents of Ghana and Togo met.", "The presidents of Ghana and Togo", "GHA TGO"),
    ("Chile hosted Peru and Fiji, but those two countries left early.", "those two countries", "PER FJI"),
    ("He asked Mexico and Brazil, but the governments of those countries refused.", "those countries", "MEX BRA"),
    ("India and China said they would talk.", "they", "IND CHN"),
    ("Three ambassadors: Peru, Japan and Malta, were received.", "Three ambassadors", "PER JPN MLT"),
]
POINTING = [
    ("Kenya protested. It recalled its envoy.", "It", "KEN"),
    ("The report, commissioned by the Peruvian government, is long. The report accuses Chile.", "The report", "PER"),
    ("The statement of the Kenyan foreign ministry is short.", "The statement", "KEN"),
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
    ("We call on Peru to heed the voices of its citizens.", "its", "PER"),
    ("In its reply, Ghana was brief.", "its", "GHA"),
    ("Millions of Venezuelans were driven from their homes.", "their", "VEN"),
    ("Hamas fired rockets. The militant group denied it.", "The militant group", "PSE"),
    ("Ivan Petrov, Bulgaria’s premier, met Ana Quispe. She smiled.", "She", "-"),
]
OPEN = [
    ("Clubs and choirs from Peru came to Malta. They danced.", "They"),
    ("The ambassador to Canberra was late.", "The ambassador to Canberra"),
    ("Protesters gathered in the square.", "Protesters"),
    ("Several men came. He spoke.", "He"),
    ("The harvest was good. It made them rich.", "It"),
    ("Ivan Petrov told Oleg Sidorov that he was wrong.", "he"),
    ("Kenya assured Uganda of its goodwill.", "its"),
    ("Peru’s neighbours protested.", "Peru’s neighbours"),
    ("Malta thanked Togo and Fiji. The two countries signed.", "The two countries"),
    ("“He must resign,” Karim Ziani told reporters.", "He"),
    ("The troops in Georgia waited.", "The troops"),
]
NOBODY = [
    ("It is difficult to say what Peru wants.", "It"),
    ("It should be remembered that Peru left.", "It"),
    ("He ran for president of the club.", "president"),
    ("Embassy Kabul closed early.", "Embassy Kabul"),
    ("They sought justice for all.", "justice"),
    ("Central American farmers protested.", "American"),
    ("Michael Jordan scored again.", "Jordan"),
    ("Voters in Atlanta, Georgia, elected a new senator.", "Georgia"),
    ("They cooked turkey and rice on fine china.", "china"),
    ("Please tell us the truth.", "US"),
]
SEVERAL = {
    "Baku": ("AZE", "government"),
    "Official Baku": ("AZE", "government"),
    "The Azerbaijani leadership": ("AZE", "government"),
    "Aliyev": ("AZE", "person"),
}


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


@pytest.mark.parametrize(("text", "words"), NOBODY)
def test_words_that_name_nobody_are_no_mention(text: str, words: str) -> None:
    paper = read(text)
    assert words not in [paper.words(mark.span) for mark in paper.mentions or () if mark.candidates]


def test_one_side_has_several_actors_and_one_territory() -> None:
    text = " ".join(f"{words} rejected the plan." for words in SEVERAL)
    marks = [mention(text, words, "2024-01-20") for words in SEVERAL]
    assert [(mark.candidates[0].territory, mark.candidates[0].kind) for mark in marks] == list(SEVERAL.values())
    assert len({mark.candidates[0].actor_id for mark in marks}) == len(SEVERAL)


def test_one_actor_has_one_id_in_every_spelling() -> None:
    text = (
        "The US State Department spoke. The Department of State spoke again. The Kenyan foreign ministry agreed. "
        "The Ministry of Foreign Affairs of Kenya agreed again. Türkiye and Turkey are one."
    )
    pairs = [
        ("US State Department", "Department of State"),
        ("The Kenyan foreign ministry", "The Ministry of Foreign Affairs of Kenya"),
        ("Türkiye", "Turkey"),
    ]
    for one, other in pairs:
        assert mention(text, one).candidates[0].actor_id == mention(text, other).candidates[0].actor_id


def test_name_inside_a_title_is_its_own_mention() -> None:
    paper = read("Peruvian Foreign Minister Ana Quispe arrived.")
    marks = {paper.words(mark.span): mark for mark in paper.mentions or ()}
    assert list(marks) == ["Peruvian Foreign Minister Ana Quispe", "Peruvian", "Ana Quispe"]
    assert marks["Peruvian"].use == "modifier"
    assert marks["Peruvian Foreign Minister Ana Quispe"].head == marks["Ana Quispe"].head == paper.text.index("Quispe")
    assert {one.candidates[0].territory for one in marks.values()} == {"PER"}


def test_office_holder_follows_the_day_of_publication() -> None:
    text = "President Trump spoke to reporters. Biden did not answer."
    assert territories(mention(text, "President Trump", "2018-03-01")) == "USA"
    assert territories(mention(text, "Biden", "2022-03-01")) == "USA"


def test_leader_by_surname_alone_needs_the_territory() -> None:
    text = "Armenia waited. They urged Pashinyan to sign."
    assert territories(mention(text, "Pashinyan", "2024-01-20")) == "ARM"


def test_first_person_waits_for_its_speaker() -> None:
    assert mention("We demand an answer.", "We").candidates == ()


def test_office_named_once_is_its_holder_later() -> None:
    text = "Peruvian Foreign Minister Ana Quispe arrived. The Peruvian Foreign Minister spoke. Quispe left."
    ids = {mention(text, words).candidates[0].actor_id for words in ("The Peruvian Foreign Minister", "Quispe")}
    assert ids == {mention(text, "Peruvian Foreign Minister Ana Quispe").candidates[0].actor_id}


def test_step_keeps_what_it_set_aside() -> None:
    paper = read("It is hard to say what Peru wants.")
    set_aside = [(paper.words(one.span), one.what) for one in paper.rejected if one.step == "actors"]
    assert set_aside == [("It", "pronoun")]


STATES = [
    # name, adjective, capital, an official's office
    ("Kenya", "Kenyan", "Nairobi", "KEN"),
    ("Chile", "Chilean", "Santiago", "CHL"),
    ("Vietnam", "Vietnamese", "Hanoi", "VNM"),
    ("Poland", "Polish", "Warsaw", "POL"),
    ("Iran", "Iranian", "Tehran", "IRN"),
    ("Canada", "Canadian", "Ottawa", "CAN"),
    ("Azerbaijan", "Azerbaijani", "Baku", "AZE"),
    ("Armenia", "Armenian", "Yerevan", "ARM"),
    ("Russia", "Russian", "Moscow", "RUS"),
    ("Ukraine", "Ukrainian", "Kyiv", "UKR"),
    ("Israel", "Israeli", "Jerusalem", "ISR"),
    ("Nigeria", "Nigerian", "Abuja", "NGA"),
    ("Australia", "Australian", "Canberra", "AUS"),
]
TEMPLATE = (
    "{0} accused {1} of shelling its border. The {2} Foreign Ministry summoned the {3} ambassador in {4}. "
    "{5} rejected the claim, and the {3} leadership said that both countries would suffer. "
    "Talks between {4} and {5} failed. The president of {1} flew to {4}. {0}'s defence minister blamed {3} troops."
)
state = st.sampled_from(STATES)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(state, state)
def test_exchanging_two_states_exchanges_the_territories(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    def told(a: tuple[str, ...], b: tuple[str, ...]) -> list[tuple[str, str, str]]:
        paper = read(TEMPLATE.format(a[0], b[0], a[1], b[1], a[2], b[2]))
        names = {a[3]: "A", b[3]: "B"}
        return [
            (mark.use, mark.form, " ".join(names.get(code, code) for code in territories(mark).split()))
            for mark in paper.mentions or ()
        ]

    if one != other:
        assert told(one, other) == told(other, one)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="The US and Baku’s “minister” (CSSC) of Peru, it-its.\n'", max_size=120))
def test_any_text_gives_mentions_that_slice(text: str) -> None:
    paper = read(text)
    for mark in paper.mentions or ():
        assert 0 <= mark.span.start <= mark.head < mark.span.end <= len(text)
        assert paper.words(mark.span).strip() == paper.words(mark.span)


JUNK = [
    "minister ",
    "the Baku’s ",
    "they and its ",
    "““““ Peru ",
    "Ilham Aliyev Xx ",
    "Kenya and Uganda, ",
    "(CSSC) Center ",
]


@pytest.mark.slow
@pytest.mark.parametrize("junk", JUNK)
def test_junk_without_end_takes_time_in_proportion(junk: str) -> None:
    step = steps().steps[-1]
    spent = []
    for size in (2_000, 8_000):
        paper = replace(read(junk * (size // len(junk.split()))), mentions=None)
        start = process_time()
        step.read(paper)
        spent.append(process_time() - start)
    assert spent[1] < 12 * spent[0] + 0.5


@pytest.mark.parametrize(
    ("text", "outlet", "name", "territory"),
    [
        ("Foreign Minister Halima Oduya spoke to reporters.", "KEN", "Halima Oduya", "KEN"),
        ("Foreign Minister Halima Oduya spoke to reporters.", None, "Halima Oduya", None),
        ("Home Minister Rashid Kombo spoke in Dodoma on Thursday.", None, "Rashid Kombo", "TZA"),
        (
            "The Chilean Fisheries Ministry closed the bay. Fisheries Minister Ana Rojas blamed the weather.",
            "PER",
            "Ana Rojas",
            "CHL",
        ),
        ("OSLO, May 3 — Fisheries Minister Odd Hagen spoke to reporters.", None, "Odd Hagen", "NOR"),
        ("The club's chairman, Peter Ouma, spoke to reporters.", "KEN", "Peter Ouma", None),
    ],
)
def test_a_bare_title_belongs_where_the_article_points(
    text: str, outlet: str | None, name: str, territory: str | None
) -> None:
    doc = Document(
        document_id="d", uri="d", text=text, text_sha256="", language="en", reader_version="", outlet_territory=outlet
    )
    mentions = steps().read(doc).mentions or ()
    found = [mark.candidates[0].territory for mark in mentions if mark.candidates and mark.candidates[0].name == name]
    assert found
    assert set(found) == {territory}


@pytest.mark.parametrize(
    ("text", "words", "territory"),
    [
        ("Will Mongolia pay for the bridge?", "Mongolia", "MNG"),
        ("Two Tongan ferrymen were fined.", "Two Tongan ferrymen", "TON"),
        ("Senegalese transporters blocked the road.", "Senegalese transporters", "SEN"),
        ("A Fijian cutter rammed the raft.", "A Fijian cutter", "FJI"),
        ("Chad protested after the Sudanese navy detained its fishermen.", "its fishermen", "TCD"),
        ("Togo's military-led government denied any role by its troops.", "its troops", "TGO"),
        ("Guatemala's consul in Tapachula, Irma Xitu, wept.", "Irma Xitu", "GTM"),
        ("Colonel Adama Sidi, who led Mali's northern command, spoke.", "Colonel Adama Sidi", "MLI"),
        ("Peru and Chile met. Had either side wanted a quarrel, it would have come.", "either side", "PER CHL"),
        ("Algeria massed two brigades along the border.", "two brigades", "DZA"),
    ],
)
def test_groups_and_pointing_words_act_for_their_territory(text: str, words: str, territory: str) -> None:
    assert territories(mention(text, words)) == territory


@pytest.mark.parametrize(
    "text", ["Boats met on Lake Victoria.", "Shells fell on Mount Lebanon.", "The Niger River rose."]
)
def test_a_territory_inside_a_longer_name_is_no_actor(text: str) -> None:
    assert not [mark for mark in read(text).mentions or () if mark.candidates and mark.candidates[0].territory]


def test_labels_are_whoever_speaks_and_asks() -> None:
    text = "QUESTION: Has Iran replied?\n\nMS. HARDING: We thank Vietnam.\n\nQUESTION: And Oman?\n\nMS. HARDING: No."
    doc = Document(
        document_id="d", uri="d", text=text, text_sha256="", language="en", reader_version="", outlet_territory="PHL"
    )
    paper = steps().read(doc)
    named = {paper.words(mark.span): mark.candidates[0] for mark in paper.mentions or () if mark.candidates}
    assert named["QUESTION"].kind == "media"
    assert named["QUESTION"].actor_id is None
    assert (named["MS. HARDING"].name, named["MS. HARDING"].territory) == ("Harding", "PHL")


def test_groups_are_named_by_their_adjective_and_old_capitals_by_their_words() -> None:
    assert mention("Kenyan boats left.", "Kenyan boats").candidates[0].name == "Kenyan boats"
    assert mention("Bujumbura protested.", "Bujumbura").candidates[0].name == "Bujumbura"
