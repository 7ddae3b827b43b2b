"""The evidence invariant: every piece of evidence, wherever it hides in a row, quotes the text at its offsets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from detente.errors import EvidenceError
from detente.model import Claim, Document, Event, Evidence
from detente.recording.evidence import bearing_fields, check, walk
from records import article, ref, words

ARTICLE = article()
DOC = next(row for row in ARTICLE if isinstance(row, Document))
EVENT = next(row for row in ARTICLE if isinstance(row, Event))
CLAIM = next(row for row in ARTICLE if isinstance(row, Claim))
WRONG = Evidence(3, 9, "absent")


def test_check_accepts_an_article_whose_words_stand() -> None:
    check(ARTICLE, DOC.text)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (replace(EVENT, evidence=WRONG), "evidence"),
        (replace(EVENT, trigger=WRONG), "trigger"),
        (replace(EVENT, sources=(ref(("KEN", "Kenya"), WRONG),)), "sources[0].evidence"),
        (replace(EVENT, targets=(*EVENT.targets, ref(("PER", "Peru"), WRONG))), "targets[1].evidence"),
        (replace(EVENT, voices=(ref(("PER", "Peru"), WRONG),)), "voices[0].evidence"),
        (replace(EVENT, place=replace(EVENT.place, evidence=WRONG)), "place.evidence"),
        (replace(CLAIM, contents=(CLAIM.contents[0], WRONG)), "contents[1]"),
        (replace(CLAIM, cue=WRONG), "cue"),
        (replace(CLAIM, loaded=(WRONG,)), "loaded[0]"),
        (replace(CLAIM, speaker=ref(("PER", "Peru"), WRONG)), "speaker.evidence"),
        (replace(CLAIM, about=(ref(("PER", "Peru"), WRONG),)), "about[0].evidence"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_check_refuses_wrong_words_wherever_they_hide(row: Event | Claim, field: str) -> None:
    with pytest.raises(EvidenceError) as refused:
        check([row], DOC.text)
    assert f"its {field} says" in refused.value.what
    assert refused.value.value == "'absent'"


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(-6, -1, DOC.text[-6:-1]),
        Evidence(4, 4, ""),
        Evidence(len(DOC.text) - 2, len(DOC.text) + 2, DOC.text[-2:]),
        Evidence(9, 4, ""),
    ],
    ids=["negative", "empty", "past the end", "backwards"],
)
def test_check_refuses_offsets_that_only_slicing_forgives(evidence: Evidence) -> None:
    with pytest.raises(EvidenceError):
        check([replace(EVENT, evidence=evidence)], DOC.text)


def test_offsets_count_code_points_not_bytes_or_utf16_units() -> None:
    text = "Né 𝒦enya 🇰🇪 spoke"
    check([replace(EVENT, **dict.fromkeys(("sources", "targets", "voices"), ()), place=None,
                   trigger=words(text, "spoke"), evidence=words(text, "𝒦enya 🇰🇪 spoke"))], text)  # fmt: skip


def test_bearing_fields_know_every_field_that_can_hold_evidence() -> None:
    fields = bearing_fields()
    assert fields["event"] == ("evidence", "trigger", "sources", "targets", "place", "voices")
    assert fields["claim"] == ("evidence", "contents", "speaker", "cue", "about", "loaded", "voices")
    assert fields["dispute"] == ("versions",)
    assert fields["document"] == fields["actor"] == ()


@settings(max_examples=50, deadline=None)
@given(text=st.text(min_size=2, max_size=60), data=st.data())
def test_every_slice_of_a_text_passes_and_every_shifted_one_with_other_words_fails(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    row = replace(
        EVENT, sources=(), targets=(), voices=(), place=None, trigger=Evidence(start, end, text[start:end]),
        evidence=Evidence(0, len(text), text),
    )  # fmt: skip
    check([row], text)
    assert [path for path, _ in walk(row)] == ["evidence", "trigger"]
    changed = text[:start] + chr((ord(text[start]) + 1) % 0xD800) + text[start + 1 :]
    with pytest.raises(EvidenceError):
        check([row], changed)
