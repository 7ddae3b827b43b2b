"""Disputes from hand-made rows: what is one, of which kind, with which versions, and what is none and why."""

from __future__ import annotations

import pytest

from detente.relating.disputes import statements_of
from detente.relating.disputes.blocks import seeks_under
from detente.relating.disputes.settling import LEAST, MemoryPool, oppose
from detente.relating.disputes.statement import Link
from disputed import LEXICON, Draft, Party, kinds, one_happening, settled, told

KENYA: Party = ("KEN", "Kenya")
TANZANIA: Party = ("TZA", "Tanzania")
CLINIC: Party = ("TZA", "a nurse")
REPORT: Party = (None, "the report")


def toll(said: str, number: str, value: float, **more: object) -> Draft:
    """One article in which a side gives a number of dead."""
    side = KENYA if said == "Kenya" else TANZANIA
    other = TANZANIA if said == "Kenya" else KENYA
    published = str(more.pop("published", "2024-05-06"))
    draft = Draft(
        f"{said} said that {number} men were killed when {other[1]} shelled the ford on Sunday.",
        outlet=str(more.pop("outlet", f"{said} Post")), published=published,
    )  # fmt: skip
    draft.claim(side, draft.text[len(f"{said} said that ") : -1], cue="said")
    draft.event("shelled", [other], [side], date="2024-05-05")
    draft.figure(number, value, "killed", "men", **more)  # type: ignore[arg-type]
    return draft


# -- figures ------------------------------------------------------------------------------------------------


def test_two_numbers_of_one_measure_and_scene_are_a_dispute() -> None:
    (dispute,) = settled(toll("Kenya", "41", 41), toll("Tanzania", "9", 9)).disputes
    assert dispute.kind == "figure"
    assert sorted((version.value, version.voices[-1].territory) for version in dispute.versions) == [
        (9, "TZA"), (41, "KEN"),
    ]  # fmt: skip
    assert dispute.territories == ("KEN", "TZA")
    assert dispute.silent == ()
    assert dispute.date is not None and dispute.date.start == "2024-05-05"
    assert "killed" in dispute.about


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("at least 400", 400, {"bound": "at_least"}), ("500", 500, {})),
        (("about 400", 400, {"bound": "about"}), ("410", 410, {})),
        (("between 11 and 14", None, {"bound": "range", "low": 11, "high": 14}), ("12", 12, {})),
        (("no more than 20", 20, {"bound": "at_most"}), ("12", 12, {})),
        (("41", 41, {}), ("41", 41, {})),
    ],
)
def test_numbers_that_allow_each_other_are_no_dispute(one: tuple, other: tuple) -> None:  # type: ignore[type-arg]
    settlement = settled(toll("Kenya", one[0], one[1], **one[2]), toll("Tanzania", other[0], other[1], **other[2]))
    assert settlement.disputes == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("at least 500", 500, {"bound": "at_least"}), ("400", 400, {})),
        (("no more than 20", 20, {"bound": "at_most"}), ("at least 60", 60, {"bound": "at_least"})),
        (("between 11 and 14", None, {"bound": "range", "low": 11, "high": 14}), ("30", 30, {})),
        (("about 400", 400, {"bound": "about"}), ("500", 500, {})),
    ],
)
def test_bounds_that_exclude_each_other_are_a_dispute(one: tuple, other: tuple) -> None:  # type: ignore[type-arg]
    settlement = settled(toll("Kenya", one[0], one[1], **one[2]), toll("Tanzania", other[0], other[1], **other[2]))
    assert kinds(settlement) == ["figure"]


def test_a_toll_that_one_side_raises_is_an_update_and_kept_aside_with_its_reason() -> None:
    settlement = settled(toll("Kenya", "9", 9), toll("Kenya", "14", 14, published="2024-05-07", outlet="Lake Times"))
    assert settlement.disputes == ()
    assert any("update" in aside.reason for aside in settlement.aside)


def test_killed_and_wounded_are_two_matters() -> None:
    one, other = toll("Kenya", "41", 41), toll("Tanzania", "9", 9)
    other.figures.clear()
    other.figure("9", 9, "wounded", "men")
    assert settled(one, other).disputes == ()


def test_numbers_of_two_days_are_two_matters() -> None:
    one, other = toll("Kenya", "41", 41), toll("Tanzania", "9", 9)
    other.events.clear()
    other.event("shelled", [KENYA], [TANZANIA], date="2024-04-02")
    assert settled(one, other).disputes == ()


def test_a_part_does_not_contradict_its_total() -> None:
    draft = Draft("Kenya said that 12 men were killed. Tanzania said that another 3 men were killed.")
    draft.claim(KENYA, "12 men were killed", cue="said")
    draft.claim(TANZANIA, "another 3 men were killed")
    draft.figure("12", 12, "killed", "men")
    draft.figure("3", 3, "killed", "men")
    assert settled(draft).disputes == ()


def test_what_a_figure_leaves_over_answers_it_and_the_silence_is_told() -> None:
    draft = Draft(
        "The foundation reads the report. It states that 80 men died and 20 were villagers. "
        "It does not mention that the remaining men were armed."
    )
    foundation: Party = ("KEN", "The foundation")
    outer = draft.claim(foundation, draft.text[33:-1])
    inner = draft.claim(REPORT, "80 men died and 20 were villagers", parent=outer, kind="document")
    assert inner.voices[-1].name == "the report"
    draft.figure("80", 80, "killed", "men")
    draft.figure("20", 20, "killed", "villagers")
    draft.claim(REPORT, "the remaining men were armed", act="omit", cue="does not mention", parent=outer)
    (dispute,) = settled(draft).disputes
    assert dispute.kind == "figure"
    assert {version.stance for version in dispute.versions} == {"holds", "omits"}
    (omitted,) = [version for version in dispute.versions if version.stance == "omits"]
    assert omitted.voices[-1].name == "the report"
    held = next(version for version in dispute.versions if "remaining" in version.evidence.quote)
    assert held.voices[-1].name == "The foundation"
    assert held.row_id in omitted.answers


# -- occurrence and responsibility --------------------------------------------------------------------------


def charge_and_denial(text: str, denied: str, **more: object) -> Draft:
    draft = Draft(text, **more)  # type: ignore[arg-type]
    draft.claim(KENYA, "Tanzania shelled the ford", act="accuse", cue="said")
    draft.event("shelled", [TANZANIA], [KENYA])
    draft.claim(TANZANIA, denied, act="deny", cue="denied")
    return draft


def test_a_bare_denial_points_at_what_was_said_before_it() -> None:
    draft = charge_and_denial("Kenya said Tanzania shelled the ford. Tanzania denied this.", "this")
    (dispute,) = settled(draft).disputes
    assert dispute.kind == "occurrence"
    held, denied = dispute.versions
    assert (held.stance, denied.stance) == ("holds", "denies")
    assert set(denied.answers) <= {*held.row_ids}
    assert denied.evidence.quote.startswith("Tanzania denied")


def test_a_negated_event_denies_one_of_the_same_happening() -> None:
    one = Draft("Kenya said that Tanzania shelled the ford.")
    one.claim(KENYA, "Tanzania shelled the ford", cue="said")
    first = one.event("shelled", [TANZANIA], [KENYA])
    two = Draft("Tanzania said that its guns had not fired.")
    two.claim(TANZANIA, "its guns had not fired", cue="said")
    second = two.event("fired", [TANZANIA], [], polarity="negated")
    (dispute,) = settled(one, two, happenings=[one_happening(first, second)]).disputes
    assert dispute.kind == "occurrence"
    assert dispute.happening_id is not None


def test_a_denial_that_only_clears_the_denier_is_of_responsibility() -> None:
    draft = charge_and_denial(
        "Kenya said Tanzania shelled the ford. Tanzania denied any involvement.", "any involvement"
    )
    assert kinds(settled(draft)) == ["responsibility"]


def test_two_doers_named_for_one_act_are_of_responsibility_not_occurrence() -> None:
    draft = charge_and_denial("Kenya said Tanzania shelled the ford. Tanzania denied this.", "this")
    other = Draft("Tanzania blamed smugglers for the shelling.")
    smugglers: Party = ("KEN", "smugglers")
    other.claim(TANZANIA, "smugglers for the shelling", act="accuse", cue="blamed")
    second = other.event("shelling", [smugglers], [KENYA], actor="armed_group")
    (dispute,) = settled(draft, other, happenings=[one_happening(draft.events[0], second)]).disputes
    assert dispute.kind == "responsibility"
    assert len(dispute.versions) == 3


def test_a_denial_that_nobody_contradicts_is_no_dispute() -> None:
    draft = Draft("Tanzania denied that its guns had fired on the ford.")
    draft.claim(TANZANIA, "its guns had fired on the ford", act="deny", cue="denied")
    draft.event("fired", [TANZANIA], [], polarity="negated")
    assert settled(draft).disputes == ()


def test_one_voice_that_says_both_is_an_inconsistency_with_a_reason() -> None:
    draft = Draft("Tanzania said that it had shelled the ford. Tanzania said that it had not shelled the ford.")
    draft.claim(TANZANIA, "it had shelled the ford", cue="said")
    held = draft.event("shelled", [TANZANIA], [KENYA])
    draft.claim(TANZANIA, "it had not shelled the ford")
    denied = draft.event("shelled", [TANZANIA], [KENYA], polarity="negated", nth=1)
    settlement = settled(draft, happenings=[one_happening(held, denied)])
    assert settlement.disputes == ()
    assert [aside.reason for aside in settlement.aside if held.event_id in aside.row_ids] == ["one voice says both"]


def test_who_leaves_an_act_out_adds_a_version_and_makes_no_dispute() -> None:
    text = "Kenya said Tanzania shelled the ford. Tanzania denied this. The note of Uganda is silent on that shelling."
    draft = Draft(text)
    draft.claim(KENYA, "Tanzania shelled the ford", act="accuse", cue="said")
    first = draft.event("shelled", [TANZANIA], [KENYA])
    denial = draft.claim(TANZANIA, "this", act="deny", cue="denied")
    draft.claim(("UGA", "The note of Uganda"), "that shelling", act="omit", cue="is silent on")
    second = draft.event("shelling", [TANZANIA], [])
    (dispute,) = settled(draft, happenings=[one_happening(first, second)]).disputes
    assert [version.stance for version in dispute.versions] == ["holds", "holds", "denies", "omits"]
    assert dispute.versions[-1].voices[-1].territory == "UGA"
    assert second.event_id in dispute.versions[-1].answers
    draft.claims.remove(denial)
    assert settled(draft, happenings=[one_happening(first, second)]).disputes == ()


# -- naming -------------------------------------------------------------------------------------------------


def test_two_names_of_opposed_views_for_one_happening() -> None:
    one = Draft("Kenya said that Tanzania had kidnapped eight fishermen.", published="2024-05-06")
    one.claim(KENYA, "Tanzania had kidnapped eight fishermen", cue="said")
    first = one.event("kidnapped", [TANZANIA], [KENYA], "COERCE")
    two = Draft("Tanzania said that its patrol had rescued eight fishermen.", published="2024-05-07")
    two.claim(TANZANIA, "its patrol had rescued eight fishermen", cue="said")
    second = two.event("rescued", [TANZANIA], [KENYA], "AID")
    (dispute,) = settled(one, two, happenings=[one_happening(first, second)]).disputes
    assert dispute.kind == "naming"
    assert dispute.about.startswith("what to call it: “kidnapped” or “rescued”")
    assert sorted(told(dispute)) == [("holds", "kidnapped", "KEN"), ("holds", "rescued", "TZA")]


def test_a_rejected_name_leaves_the_act_standing() -> None:
    draft = Draft(
        "Kenya said that Tanzania had kidnapped eight men. "
        "Tanzania said that there was no kidnapping and that its patrol had rescued them."
    )
    draft.claim(KENYA, "Tanzania had kidnapped eight men", cue="said")
    first = draft.event("kidnapped", [TANZANIA], [KENYA], "COERCE")
    draft.claim(TANZANIA, "there was no kidnapping and that its patrol had rescued them")
    second = draft.event("kidnapping", [], [], "COERCE", polarity="negated")
    third = draft.event("rescued", [TANZANIA], [KENYA], "AID")
    (dispute,) = settled(draft, happenings=[one_happening(first, second, third)]).disputes
    assert dispute.kind == "naming"
    assert {version.stance for version in dispute.versions} == {"holds", "denies"}


def test_one_is_said_to_be_called_the_other() -> None:
    draft = Draft("The voluntary departure of the herders is described as ethnic cleansing, the centre said.")
    centre: Party = ("KEN", "the centre")
    outer = draft.claim(centre, "The voluntary departure of the herders is described as ethnic cleansing", cue="said")
    draft.claim(None, "as ethnic cleansing", parent=outer)
    (dispute,) = settled(draft).disputes
    assert dispute.kind == "naming"
    assert {quote for _, quote, _ in told(dispute)} == {"voluntary departure", "ethnic cleansing"}


def test_names_of_two_happenings_are_no_dispute() -> None:
    draft = Draft("Kenya said that Tanzania had kidnapped eight men. Tanzania said that it rescued a goat in Malawi.")
    draft.claim(KENYA, "Tanzania had kidnapped eight men", cue="said")
    draft.event("kidnapped", [TANZANIA], [KENYA], "COERCE", date="2024-05-01")
    draft.claim(TANZANIA, "it rescued a goat in Malawi")
    draft.event("rescued", [TANZANIA], [("MWI", "Malawi")], "AID", date="2023-02-01")
    assert settled(draft).disputes == ()


def test_a_proper_name_calls_nothing_anything() -> None:
    draft = Draft(
        "Kenya met the Lake Liberation Front. Tanzania speaks of an occupation of the lake by the same people."
    )
    draft.claim(KENYA, "met the Lake Liberation Front")
    draft.claim(TANZANIA, "an occupation of the lake", cue="speaks of")
    assert settled(draft).disputes == ()


# -- motive -------------------------------------------------------------------------------------------------


def test_two_sides_give_two_reasons_for_one_act() -> None:
    draft = Draft(
        "Kenya said that Tanzania had closed the bridge to punish fishermen. "
        "Tanzania said that it had closed the bridge because of cholera."
    )
    draft.claim(KENYA, "Tanzania had closed the bridge to punish fishermen", cue="said")
    first = draft.event("closed", [TANZANIA], [KENYA], "COERCE")
    draft.claim(TANZANIA, "it had closed the bridge because of cholera")
    second = draft.event("closed", [TANZANIA], [KENYA], "COERCE", nth=1)
    (dispute,) = settled(draft, happenings=[one_happening(first, second)]).disputes
    assert dispute.kind == "motive"
    assert [quote for _, quote, _ in told(dispute)] == ["to punish fishermen", "because of cholera"]


def test_reasons_of_one_side_may_both_hold() -> None:
    draft = Draft(
        "Kenya said that Tanzania had closed the bridge to punish fishermen. "
        "A Kenyan union said that it had closed the bridge because of cholera."
    )
    draft.claim(KENYA, "Tanzania had closed the bridge to punish fishermen", cue="said")
    first = draft.event("closed", [TANZANIA], [KENYA], "COERCE")
    draft.claim(("KEN", "A Kenyan union"), "it had closed the bridge because of cholera")
    second = draft.event("closed", [TANZANIA], [KENYA], "COERCE", nth=1)
    assert settled(draft, happenings=[one_happening(first, second)]).disputes == ()


# -- what a dispute tells -----------------------------------------------------------------------------------


def test_a_side_without_a_version_is_silent() -> None:
    draft = Draft(
        "Kenya said that 12 men were killed when Tanzania shelled the ford. A Ugandan clinic counted 40 killed men."
    )
    draft.claim(KENYA, "12 men were killed when Tanzania shelled the ford", cue="said")
    draft.event("shelled", [TANZANIA], [KENYA])
    draft.claim(("UGA", "A Ugandan clinic"), "40 killed men", cue="counted")
    draft.figure("12", 12, "killed", "men")
    draft.figure("40", 40, "killed", "men")
    (dispute,) = settled(draft).disputes
    assert dispute.territories == ("KEN", "TZA")
    assert dispute.silent == ("TZA",)


def test_copies_of_one_text_are_one_version_with_one_witness() -> None:
    one, copy, other = toll("Kenya", "41", 41), toll("Kenya", "41", 41, outlet="Copy"), toll("Tanzania", "9", 9)
    ids = one.document.document_id, copy.document.document_id
    (dispute,) = settled(one, copy, other, witnesses=dict.fromkeys(ids, min(ids))).disputes
    assert len(dispute.versions) == 2
    (version,) = [version for version in dispute.versions if version.value == 41]
    assert sorted(version.document_ids) == sorted(ids)
    assert version.witnesses == 1


def test_a_version_told_by_two_outlets_has_two_witnesses() -> None:
    one, again, other = toll("Kenya", "41", 41), toll("Kenya", "41", 41, outlet="Lake Times"), toll("Tanzania", "9", 9)
    (dispute,) = settled(one, again, other).disputes
    assert [version.witnesses for version in dispute.versions if version.value == 41] == [2]


def test_two_voices_of_one_side_weigh_less_than_two_sides() -> None:
    def confidence(second: Party) -> float:
        draft = Draft("Kenya said that 12 men were killed at the ford. The second voice said that 40 men were killed.")
        draft.claim(KENYA, "12 men were killed at the ford", cue="said")
        draft.claim(second, "40 men were killed")
        draft.figure("12", 12, "killed", "men")
        draft.figure("40", 40, "killed", "men")
        (dispute,) = settled(draft).disputes
        return dispute.confidence

    assert confidence(("KEN", "The second voice")) < confidence(("TZA", "The second voice"))


def test_the_author_is_a_voice_like_any_other() -> None:
    draft = Draft("The dead number 12 men. Tanzania said that 40 men were killed.", outlet_territory="KEN")
    draft.claim(TANZANIA, "40 men were killed", cue="said")
    draft.figure("12", 12, "killed", "men")
    draft.figure("40", 40, "killed", "men")
    (dispute,) = settled(draft).disputes
    assert [version.voices[-1].kind for version in dispute.versions] == ["author", "government"]


# -- the blocks ---------------------------------------------------------------------------------------------


def test_who_contradicts_another_finds_it_and_is_found_by_it() -> None:
    """Else what a dispute holds would depend on which article came last."""
    drafts = [toll("Kenya", "41", 41), toll("Tanzania", "9", 9)]
    denial = Draft(
        "Tanzania said that a mine, not its guns, had hit the ford where men of Kenya were killed on Sunday."
    )
    denial.claim(TANZANIA, denial.text[len("Tanzania said that ") : -1], act="deny", cue="said")
    again = Draft("Tanzania denied that its guns had shelled the ford.")
    again.claim(TANZANIA, "its guns had shelled the ford", act="deny", cue="denied")
    again.event("shelled", [TANZANIA], [KENYA], polarity="negated", date="2024-05-05")
    found = [
        statement
        for draft in (*drafts, denial, again)
        for statement in statements_of(draft.article, LEXICON, happenings={})
    ]
    pool = MemoryPool(found)
    linked = 0
    for one in found:
        for other in found:
            first, second = sorted((one, other), key=lambda statement: statement.key)
            link = oppose(first, second) if first is not second else None
            if isinstance(link, Link) and link.score >= LEAST:
                linked += 1
                assert other in list(pool.under(seeks_under(one)))
    assert linked >= 4
