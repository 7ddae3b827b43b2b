"""Claims over several sentences: quotations, their holders, transcripts, nesting, loaded words and stance."""

from __future__ import annotations

import pytest

from detente.knowledge import Knowledge
from detente.model.document import Document
from detente.reading.marks import ClaimMark, MentionMark, Span
from detente.reading.paper import Paper
from detente.reading.pipeline import Pipeline, pipeline


@pytest.fixture(scope="module")
def reader() -> Pipeline:
    return pipeline(Knowledge(), ("layout", "parse", "claims"))


def read(reader: Pipeline, text: str) -> Paper:
    return reader.read(Document(document_id="d", uri="d", text=text, text_sha256="", language="en", reader_version=""))


def holding(paper: Paper, words: str) -> list[ClaimMark]:
    """The claims in whose contents the first place of `words` stands, the widest first."""
    start = paper.text.index(words)
    place = Span(start, start + len(words))
    found = [claim for claim in paper.claims or () if any(part.holds(place) for part in claim.contents)]
    return sorted(found, key=lambda claim: -sum(end - start for start, end in claim.contents))


def sources(paper: Paper, claim: ClaimMark) -> list[str]:
    return [paper.words(party.span) for party in claim.sources]


RUNNING = """The Institute for Coastal Policy (ICP) has published a commentary on the new fisheries treaty.

“A treaty for whom?”

“The treaty gives the larger fleet everything it asked for.

“The report states that 140 boats were scrapped. However, it fails to mention that their owners got nothing.

“Conclusions”

“Lisbon must understand that the sea has no owner.”

The debate in parliament opens on Monday."""


def test_each_sentence_of_a_running_quotation_is_a_claim_of_its_introducer(reader: Pipeline) -> None:
    paper = read(reader, RUNNING)
    for words in ("A treaty for whom", "larger fleet", "140 boats", "Conclusions", "has no owner"):
        outermost = holding(paper, words)[0]
        assert "Institute for Coastal Policy" in sources(paper, outermost)[0]
        assert len(outermost.contents) == 1
    assert holding(paper, "debate in parliament") == []


def test_claims_inside_a_running_quotation_have_it_as_parent(reader: Pipeline) -> None:
    paper = read(reader, RUNNING)
    claims = paper.claims or ()
    report = holding(paper, "140 boats")[-1]
    assert sources(paper, report) == ["The report"]
    assert report.parent is not None
    assert claims[report.parent] is holding(paper, "140 boats")[0]


def test_omission_adds_no_voice(reader: Pipeline) -> None:
    paper = read(reader, RUNNING)
    omission = holding(paper, "their owners")[-1]
    assert (omission.act, omission.cue_polarity, omission.vouches) == ("omit", "negated", False)


def test_free_standing_quotation_belongs_to_the_speaker_before(reader: Pipeline) -> None:
    paper = read(reader, "The envoy said the talks had failed. “We waited for nine hours and nobody came.”")
    assert sources(paper, holding(paper, "nine hours")[0]) == ["The envoy"]


def test_quotation_goes_on_after_its_reporting_clause(reader: Pipeline) -> None:
    paper = read(reader, "“We will stay,” said the mayor of Arica. “Nobody has asked us to leave. Nobody will.”")
    for words in ("We will stay", "Nobody has asked", "Nobody will"):
        claim = holding(paper, words)[0]
        assert sources(paper, claim) == ["the mayor of Arica"]
        assert claim.form == "direct"


def test_words_are_of_whom_they_are_signed_with(reader: Pipeline) -> None:
    paper = read(reader, "“The harbour has been closed to us for a year.” — Ana Rojas, skipper.\n\nThe sea was calm.")
    assert sources(paper, holding(paper, "closed to us")[0]) == ["Ana Rojas"]


def test_colon_opens_a_quotation(reader: Pipeline) -> None:
    paper = read(reader, "From the report: “In two of the camps there was no water.”")
    assert sources(paper, holding(paper, "no water")[0]) == ["the report"]


def test_scare_quotes_have_no_voice(reader: Pipeline) -> None:
    paper = read(reader, "The so-called “republic” printed its own stamps.")
    assert paper.claims == ()


@pytest.mark.parametrize("label", ["Q", "MODERATOR", "MS. OKAFOR", "Tomas Lindqvist"])
def test_labelled_speaker_holds_all_until_the_next(reader: Pipeline, label: str) -> None:
    asked, answered = f"{label}: Why did the fleet leave?", "ADMIRAL REYES: It was low on fuel.\n\nIt had no choice."
    text = f"{asked}\n\n{answered}\n\n{label}: And now?"
    paper = read(reader, text)
    assert sources(paper, holding(paper, "Why did the fleet")[0]) == [label]
    assert sources(paper, holding(paper, "no choice")[0]) == ["ADMIRAL REYES"]


def test_those_who_ask_ask(reader: Pipeline) -> None:
    paper = read(reader, "Q: Is the harbour open?\n\nA: It is open.\n\nQ: Since when?\n\nA: Since May.")
    assert [claim.act for claim in paper.claims or ()] == ["question", "state", "question", "state"]


def test_first_person_inside_a_quotation_is_its_speaker(reader: Pipeline) -> None:
    paper = read(reader, "“We condemn the raid on the mission,” said Kampala.")
    inner = next(claim for claim in paper.claims or () if claim.act == "criticise")
    assert sources(paper, inner) == ["We"]
    assert inner.parent is not None
    assert sources(paper, (paper.claims or ())[inner.parent]) == ["Kampala"]


def test_author_speaking_for_himself_adds_no_claim(reader: Pipeline) -> None:
    paper = read(reader, "I think the pact is dead. We condemn the raid on the mission.")
    assert paper.claims == ()


def test_loaded_words_are_found_in_contents_only(reader: Pipeline) -> None:
    paper = read(reader, "The terrorist attack came late. The club called the march an act of aggression.")
    assert [paper.words(span) for claim in paper.claims or () for span in claim.loaded] == ["act of aggression"]


def test_hyphened_word_is_not_its_tail(reader: Pipeline) -> None:
    paper = read(reader, "The club said the counter-terrorism unit had left.")
    assert [claim.loaded for claim in paper.claims or ()] == [()]


def with_mentions(reader: Pipeline, text: str, *names: str) -> Paper:
    """The claims of `text`, where `names` are marked as actors."""
    marks = tuple(
        MentionMark(Span(start, start + len(name)), start, "name", "actor")
        for name in names
        if (start := text.index(name)) >= 0
    )
    layout, parse, claims = reader.steps
    return claims.read(parse.read(layout.read(read_nothing(text))).adding(mentions=marks))


def read_nothing(text: str) -> Paper:
    return Paper(Document(document_id="d", uri="d", text=text, text_sha256="", language="en", reader_version=""))


@pytest.mark.parametrize(("one", "other"), [("Lima", "Quito"), ("Quito", "Lima"), ("Oslo", "Riga"), ("Riga", "Oslo")])
def test_stance_falls_on_whom_the_cue_is_about(reader: Pipeline, one: str, other: str) -> None:
    paper = with_mentions(reader, f"{one} accused {other} of smuggling.", one, other)
    (claim,) = paper.claims or ()
    (about,) = claim.about
    assert paper.words(about[0].span) == other
    assert about[1] < 0


def test_victim_bears_no_stance(reader: Pipeline) -> None:
    paper = with_mentions(reader, "Accra condemned the Lagos raid on Lome.", "Lagos", "Lome")
    (claim,) = paper.claims or ()
    stances = {paper.words(party.span): stance for party, stance in claim.about}
    assert stances["Lagos"] < 0
    assert stances["Lome"] == 0


def test_rejected_duty_says_why(reader: Pipeline) -> None:
    paper = read(reader, "Lisbon must understand that the sea has no owner.")
    assert [rejected.step for rejected in paper.rejected if rejected.what == "claim"] == ["claims"]


def test_speaker_before_a_headline(reader: Pipeline) -> None:
    paper = read(reader, "Envoy: Talks with the rebels have failed\n\nThe delegation left the hotel at noon.")
    assert sources(paper, holding(paper, "have failed")[0]) == ["Envoy"]


def test_a_list_of_entries_is_no_list_of_speakers(reader: Pipeline) -> None:
    paper = read(reader, "Chad-Niger: The border is open.\n\nChad-Libya: The road is mined.\n\nChad-Sudan: Quiet.")
    assert paper.claims == ()


def test_questions_may_be_labelled_without_a_colon(reader: Pipeline) -> None:
    text = "MR. OKORO: The ship has left.\n\nQ Where is it going?\n\nMR. OKORO: To Mombasa."
    paper = read(reader, text)
    assert sources(paper, holding(paper, "going")[0]) == ["Q"]
    assert sources(paper, holding(paper, "Mombasa")[0]) == ["MR. OKORO"]


def test_an_unclosed_quotation_runs_through_paragraphs_without_marks(reader: Pipeline) -> None:
    text = (
        "The Delta Forum (DF) has answered with a commentary.\n\n“One bank only”\n\n“The study leaves things out.\n\n"
        "It counts the boats of one side.\n\n“Why now?”\n\n“The gas talks open in June.”\n\nThe talks are in Geneva."
    )
    paper = read(reader, text)
    for words in ("leaves things out", "boats of one side", "Why now", "open in June"):
        assert "Delta Forum" in sources(paper, holding(paper, words)[0])[0]
    assert holding(paper, "are in Geneva") == []


def test_a_letter_is_its_signer_s(reader: Pipeline) -> None:
    whole = pipeline(Knowledge(), ("layout", "parse", "actors", "claims"))
    text = (
        "Letter dated 3 May 2019 from the Permanent Representative of Fiji addressed to the President\n\n"
        "I have the honour to draw your attention to the reef. Nobody has answered us for a year."
    )
    paper = read(whole, text)
    for words in ("I have the honour", "Nobody has answered"):
        assert sources(paper, holding(paper, words)[0]) == ["the Permanent Representative of Fiji"]
