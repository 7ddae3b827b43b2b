"""Parties of rows become actor references, with evidence, or stay open with a reason."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from detente.knowledge import Knowledge
from detente.model import ActorRef, Date, Document
from detente.reading.marks import ClaimMark, Party, Span
from detente.reading.paper import Paper
from detente.reading.pipeline import Pipeline, pipeline
from detente.recording.resolution import Resolver

KNOWLEDGE = Knowledge()


@cache
def steps() -> Pipeline:
    return pipeline(KNOWLEDGE, ("layout", "parse", "actors"))


@cache
def read(text: str) -> Paper:
    return steps().read(
        Document(
            document_id="doc-1", uri="x", text=text, text_sha256="", language="en", reader_version="",
            outlet="The Daily Ford", outlet_territory="NZL",
        )
    )  # fmt: skip


def party(text: str, words: str, head: str = "") -> Party:
    start = text.index(words)
    return Party(Span(start, start + len(words)), start + words.rindex(head or words.split()[-1]))


def resolve(text: str, words: str, head: str = "", on: str | None = None) -> tuple[ActorRef, ...]:
    date = Date(start=on, end=on, precision="day", basis="given", raw=on) if on else None
    return Resolver(KNOWLEDGE, read(text), date).resolve(party(text, words, head))


OWNED = [
    ("Lima’s persistence annoyed Quito.", "Lima’s persistence", "Lima", "PER"),
    ("The Kenyan strikes on the port failed.", "The Kenyan strikes", "Kenyan", "KEN"),
    ("The persistence of Hanoi paid off.", "The persistence of Hanoi", "Hanoi", "VNM"),
    ("The shelling by Chad went on.", "The shelling by Chad", "Chad", "TCD"),
    ("The deployment of Polish troops began.", "The deployment of Polish troops", "Polish troops", "POL"),
]


@pytest.mark.parametrize(("text", "words", "evidence", "territory"), OWNED)
def test_owner_stands_for_a_phrase_without_actor(text: str, words: str, evidence: str, territory: str) -> None:
    head = words.split()[1]
    (ref,) = resolve(text, words, head)
    assert ref.evidence is not None
    assert (ref.evidence.quote, ref.territory) == (evidence, territory)


def test_joint_modifiers_give_both_owners() -> None:
    refs = resolve("The Thai and Lao forces met.", "The Thai and Lao forces", "forces")
    assert [ref.territory for ref in refs] == ["THA", "LAO"]


def test_joint_mention_gives_every_actor_on_the_same_words() -> None:
    refs = resolve("Peru and Chile met. The two countries agreed.", "The two countries")
    assert [(ref.territory, ref.evidence.quote if ref.evidence else "") for ref in refs] == [
        ("PER", "The two countries"),
        ("CHL", "The two countries"),
    ]


def test_pronoun_has_its_own_words_as_evidence() -> None:
    text = "Ghana protested. It recalled its envoy."
    (ref,) = resolve(text, "It")
    assert (ref.territory, ref.name) == ("GHA", "Ghana")
    assert ref.evidence is not None
    assert text[ref.evidence.start : ref.evidence.end] == ref.evidence.quote == "It"


def test_words_without_an_actor_stay_open_under_their_own_name() -> None:
    (ref,) = resolve("The old harvest was good.", "The old harvest")
    assert (ref.actor_id, ref.name, ref.territory) == (None, "The old harvest", None)
    assert ref.unresolved


def test_unsafe_pronoun_stays_open_with_its_reason() -> None:
    (ref,) = resolve("The harvest was good. It made them rich.", "It")
    assert ref.actor_id is None
    assert ref.unresolved is not None
    assert "harvest" in ref.unresolved


def test_every_mention_has_references_with_true_evidence() -> None:
    text = "The Kenyan Foreign Ministry told Ana Quispe, Peru’s envoy, that it would wait. We agree, she said."
    for mark, refs in Resolver(KNOWLEDGE, read(text), None).references():
        assert refs
        for ref in refs:
            assert ref.evidence is not None
            assert text[ref.evidence.start : ref.evidence.end] == ref.evidence.quote
            assert (ref.evidence.start, ref.evidence.end) == mark.span
            assert ref.territory is not None or ref.unresolved or ref.kind in ("igo", "author")


# -- we and I ---------------------------------------------------------------------------------------------


def told(text: str, content: str, *sources: str) -> Resolver:
    """The paper of `text` with one claim: `sources` say `content`."""
    start = text.index(content)
    span = Span(start, start + len(content))
    claim = ClaimMark(
        evidence=Span(0, len(text)), contents=(span,), sources=tuple(party(text, words) for words in sources),
        cues=(), form="direct", act="state",
    )  # fmt: skip
    return Resolver(KNOWLEDGE, replace(read(text), claims=(claim,)), None)


def test_we_in_a_claim_is_the_side_of_its_speaker() -> None:
    text = "Kenyan Foreign Minister Ana Otieno said: “We will not yield, and I regret it.”"
    resolver = told(text, "We will not yield, and I regret it.", "Kenyan Foreign Minister Ana Otieno")
    (we,) = resolver.resolve(party(text, "We"))
    (myself,) = resolver.resolve(party(text, "I regret", "I"))
    assert (we.name, we.kind, we.territory) == ("Kenya", "state", "KEN")
    assert (myself.name, myself.kind, myself.territory) == ("Ana Otieno", "person", "KEN")
    assert we.evidence is not None
    assert we.evidence.quote == "We"


def test_we_of_a_body_without_territory_is_that_body() -> None:
    text = "NATO said: “We will not yield.”"
    (we,) = told(text, "We will not yield.", "NATO").resolve(party(text, "We"))
    assert we.kind == "igo"


def test_our_minister_is_the_minister_of_the_speakers_side() -> None:
    text = "Kenya said: “Our foreign minister will not yield.”"
    (ref,) = told(text, "Our foreign minister will not yield.", "Kenya").resolve(party(text, "Our foreign minister"))
    assert (ref.name, ref.territory) == ("Foreign Minister of Kenya", "KEN")


def test_we_outside_all_claims_is_the_author() -> None:
    (ref,) = resolve("We regret the war.", "We")
    assert (ref.kind, ref.name, ref.territory) == ("author", "The Daily Ford", "NZL")


def test_we_of_a_speaker_who_is_not_named_stays_open() -> None:
    text = "It was said: “We will not yield.”"
    (ref,) = told(text, "We will not yield.").resolve(party(text, "We"))
    assert ref.actor_id is None
    assert ref.unresolved


def test_speaker_who_is_we_does_not_go_round_for_ever() -> None:
    text = "We say that we agree."
    (ref,) = told(text, "We say that we agree.", "We").resolve(party(text, "We"))
    assert ref.unresolved


# -- offices and days -------------------------------------------------------------------------------------


def test_office_holder_is_told_by_the_day_of_publication() -> None:
    text = "President Clinton spoke."
    (ref,) = resolve(text, "President Clinton", on="2010-01-01")
    assert ref.unresolved is None or ref.territory is None


def test_ambassador_acts_for_the_sender() -> None:
    (ref,) = resolve("The Peruvian ambassador to Japan resigned.", "The Peruvian ambassador to Japan", "ambassador")
    assert ref.territory == "PER"


def test_member_of_an_organisation_of_states_acts_for_no_state() -> None:
    (ref,) = resolve("The members of the African Union agreed.", "The members of the African Union", "members")
    assert ref.territory is None
    assert ref.sector == "IGO"


def test_neighbour_does_not_act_for_its_possessor() -> None:
    (ref,) = resolve("Peru’s neighbours protested.", "Peru’s neighbours")
    assert ref.territory is None
    assert ref.unresolved
