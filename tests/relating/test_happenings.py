"""What is one happening and what is two: evidence for and against, realms, links, decisions."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.knowledge import Knowledge
from detente.model import AnyRecord, Happening
from detente.relating.happenings import cluster
from detente.relating.happenings.weighing import weights
from happening_articles import Told, documents_of, events_of, told

SHELLED = Told(words="Kenyan guns shelled the Peruvian post at Ombara on Monday.", trigger="shelled", day="2024-03-04")


def happenings(*articles: list[AnyRecord], knowledge: Knowledge) -> list[Happening]:
    return cluster(events_of(*articles), documents_of(*articles), knowledge=knowledge)


def count(knowledge: Knowledge, *sentences: Told, published: tuple[str, ...] = ()) -> int:
    """How many happenings the sentences tell of, each in an article of another outlet."""
    days = published or ("2024-03-05",) * len(sentences)
    articles = [
        told(sentence, outlet=f"Outlet {number}", published=day)
        for number, (sentence, day) in enumerate(zip(sentences, days, strict=True))
    ]
    return len(happenings(*articles, knowledge=knowledge))


OTHER_WORDS = Told(
    words="The shelling of the post at Ombara by Kenya killed two, a nurse said.", trigger="shelling", day="2024-03-04"
)


def test_two_outlets_tell_one_happening_in_other_words(knowledge: Knowledge) -> None:
    (one,) = happenings(told(SHELLED), told(OTHER_WORDS, outlet="Other"), knowledge=knowledge)
    assert one.witnesses == 2
    assert len(one.event_ids) == len(one.document_ids) == 2
    assert [ref.territory for ref in one.sources + one.targets] == ["KEN", "PER"]
    assert one.date is not None and one.date.start == "2024-03-04"


def test_one_article_may_tell_it_twice(knowledge: Knowledge) -> None:
    (one,) = happenings(told(SHELLED, OTHER_WORDS), knowledge=knowledge)
    assert (one.witnesses, len(one.event_ids), len(one.document_ids)) == (1, 2, 1)


@pytest.mark.parametrize(
    "other",
    [
        Told(words="Kenyan guns shelled the Peruvian post at Ombara.", trigger="shelled", day="2024-03-14"),
        Told(words="Kenyan guns shelled a Norwegian trawler off Sanfara.", trigger="shelled", target="Norway",
             day="2024-03-04"),
        Told(words="Kenya accused Peru of firing first.", trigger="accused", type="ACCUSE", day="2024-03-04"),
        Told(words="Kenyan guns will shell the Peruvian post at Ombara.", trigger="shell", modality="future"),
        Told(words="Kenyan guns would shell the Peruvian post at Ombara if asked.", trigger="shell",
             modality="hypothetical", day="2024-03-04"),
        Told(words="Kenyan guns often shell the Peruvian post at Ombara.", trigger="shell", modality="habitual",
             day="2024-03-04"),
    ],
    ids=["another day", "another target", "an act of words", "planned", "hypothetical", "habitual"],
)  # fmt: skip
def test_another_act_is_another_happening(other: Told, knowledge: Knowledge) -> None:
    assert count(knowledge, SHELLED, other) == 2


def test_two_acts_of_one_day_in_two_towns_are_two(knowledge: Knowledge) -> None:
    one = Told(words="Kenyan guns shelled Ombara on Monday.", trigger="shelled", day="2024-03-04", place="Ombara")
    other = Told(words="Kenyan guns shelled Quilla on Monday.", trigger="shelled", day="2024-03-04", place="Quilla")
    again = Told(
        words="The shelling of Ombara went on till dark.", trigger="shelling", day="2024-03-04", place="Ombara"
    )
    assert count(knowledge, one, other) == 2
    assert count(knowledge, one, other, again) == 2


def test_a_denial_of_the_act_belongs_to_it_as_a_version(knowledge: Knowledge) -> None:
    denied = Told(
        words="No Kenyan gun shelled the post at Ombara, Nairobi said.", trigger="shelled", target=None,
        day="2024-03-04", polarity="negated", voice="Kenya",
    )  # fmt: skip
    (one,) = happenings(told(SHELLED), told(denied, outlet="Other"), knowledge=knowledge)
    assert (one.asserted, one.claimed, one.denied, one.planned) == (1, 0, 1, 0)


def test_one_side_may_be_missing(knowledge: Knowledge) -> None:
    passive = Told(words="The post at Ombara was shelled on Monday.", trigger="shelled", source=None, day="2024-03-04")
    assert count(knowledge, SHELLED, passive) == 1


def test_types_that_tell_one_act_may_differ(knowledge: Knowledge) -> None:
    assault = Told(words="Kenya seized the tanker Orla off Callao.", trigger="seized", day="2024-03-04")
    coerce = Told(words="The tanker Orla was seized by Kenya.", trigger="seized", type="COERCE", day="2024-03-04")
    assert count(knowledge, assault, coerce) == 1


def test_what_was_planned_is_linked_with_what_was_done(knowledge: Knowledge) -> None:
    plan = Told(words="Kenya's envoy will visit Lima on Thursday for talks on the strait.", trigger="visit",
                type="CONSULT", day="2024-03-07", modality="future")  # fmt: skip
    done = Told(words="Kenya's envoy visited Lima on Thursday for talks on the strait.", trigger="visited",
                type="CONSULT", day="2024-03-07")  # fmt: skip
    found = happenings(told(plan), told(done, published="2024-03-08"), knowledge=knowledge)
    by_realm = {happening.realm: happening for happening in found}
    assert set(by_realm) == {"planned", "actual"}
    (link,) = by_realm["actual"].links
    assert (link.kind, link.happening_id) == ("fulfils", by_realm["planned"].happening_id)
    assert by_realm["planned"].links == ()


def test_a_single_act_is_part_of_a_series(knowledge: Knowledge) -> None:
    series = Told(words="A series of strikes by Kenya hit Peruvian posts near Ombara in March.", trigger="strikes",
                  day="2024-03-01", until="2024-03-31")  # fmt: skip
    single = Told(words="A Kenyan strike hit a Peruvian post near Ombara on Monday.", trigger="strike",
                  day="2024-03-04")  # fmt: skip
    found = happenings(told(series, published="2024-04-01"), told(single), knowledge=knowledge)
    by_grain = {happening.granularity: happening for happening in found}
    assert set(by_grain) == {"series", "single"}
    (link,) = by_grain["single"].links
    assert (link.kind, link.happening_id) == ("part_of", by_grain["series"].happening_id)


def test_a_statement_about_an_earlier_attack_refers_to_it(knowledge: Knowledge) -> None:
    words = "Peru condemned the shelling of its post at Ombara on 4 March."
    condemned = Told(words=words, trigger="condemned", source="Peru", target="Kenya", type="ACCUSE", day="2024-03-20")
    mention = Told(words=words, trigger="shelling", source=None, target="Peru", day="2024-03-04")
    late = told(condemned, published="2024-03-20", outlet="Late")
    late += events_of(_as_in(late, told(mention, published="2024-03-20", outlet="Late")))
    found = happenings(told(SHELLED), late, knowledge=knowledge)
    assert sorted(happening.type for happening in found) == ["ACCUSE", "ASSAULT"]
    attack = next(happening for happening in found if happening.type == "ASSAULT")
    statement = next(happening for happening in found if happening.type == "ACCUSE")
    assert attack.witnesses == 2
    assert [(link.kind, link.happening_id) for link in statement.links] == [("about", attack.happening_id)]


def _as_in(article: list[AnyRecord], other: list[AnyRecord]) -> list[AnyRecord]:
    """The events of an article of the same text, as events of this one."""
    assert documents_of(article)[0].document_id == documents_of(other)[0].document_id
    return other


def test_wire_copies_are_one_witness_of_the_happening(knowledge: Knowledge) -> None:
    more = (
        " The post lies on a ridge above the river and was built in the spring. Nobody has lived there since the flood."
    )
    copies = [told(SHELLED, outlet=f"Outlet {number}", more=more) for number in range(5)]
    (one,) = happenings(*copies, told(OTHER_WORDS, outlet="Other"), knowledge=knowledge)
    assert (one.witnesses, len(one.document_ids)) == (2, 6)


def test_an_undated_telling_goes_by_its_publication(knowledge: Knowledge) -> None:
    undated = Told(words="Kenyan guns shelled the Peruvian post at Ombara.", trigger="shelled")
    assert count(knowledge, SHELLED, undated) == 1
    assert count(knowledge, SHELLED, undated, published=("2024-03-05", "2024-08-05")) == 2
    (one,) = happenings(told(undated), knowledge=knowledge)
    assert one.date is not None and (one.date.start, one.date.basis) == ("2024-03-05", "inferred")


def test_without_any_date_words_decide(knowledge: Knowledge) -> None:
    undated = Told(words="Kenyan guns shelled the Peruvian post at Ombara.", trigger="shelled")
    again = Told(words="The Peruvian post at Ombara was shelled by Kenyan guns.", trigger="shelled")
    (one,) = happenings(told(undated, published=None), told(again, published=None, outlet="Other"), knowledge=knowledge)
    assert one.date is None


def test_two_countries_exchanged_change_nothing_else(knowledge: Knowledge) -> None:
    def told_of(one: str, other: str) -> list[list[AnyRecord]]:
        return [
            told(Told(words=f"{one} shelled the post of {other} at Ombara.", trigger="shelled", source=one,
                      target=other, day="2024-03-04")),
            told(Told(words=f"The shelling of {other} by {one} went on for an hour.", trigger="shelling", source=one,
                      target=other), outlet="B"),
            told(Told(words=f"{other} accused {one} of shelling.", trigger="accused", source=other, target=one,
                      type="ACCUSE"), outlet="C"),
        ]  # fmt: skip

    def shape(articles: list[list[AnyRecord]]) -> list[list[int]]:
        place = {doc.document_id: number for number, doc in enumerate(documents_of(*articles))}
        found = happenings(*articles, knowledge=knowledge)
        return sorted(sorted(place[document_id] for document_id in happening.document_ids) for happening in found)

    assert shape(told_of("Norway", "Chad")) == shape(told_of("Chad", "Norway")) == shape(told_of("Laos", "Fiji"))


def test_the_page_shows_every_weight_as_it_is() -> None:
    page = (Path(__file__).parents[2] / "docs/happenings.md").read_text(encoding="utf-8")
    lines = {**weights().trained, **weights().reasoned}
    assert [name for name, weight in lines.items() if f"| `{name}` | {weight:g} |" not in page] == []


def test_every_type_is_near_itself_and_nearness_is_mutual() -> None:
    near = weights().near
    assert all(kind in near[kind] for kind in near)
    assert all(kind in near[other] for kind in near for other in near[kind])
    assert len(near) == 17


def test_the_name_of_a_party_in_a_trigger_names_no_act(knowledge: Knowledge) -> None:
    asked = Told(words="We ask Peru to return to the talks, Kenya said.", trigger="ask Peru to return", type="REQUEST")
    refused = Told(
        words="Kenya has never recognised Peru's claim.", trigger="recognised Peru's claim", type="SUPPORT",
        polarity="negated",
    )  # fmt: skip
    assert len(happenings(told(asked, refused), knowledge=knowledge)) == 2
