"""Near-copies of one text are one witness; other texts on the same matter are not."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.relating.witnesses import bands_of, groups_of, is_copy, sketch_of

WIRE = (
    "Fishing crews in the northern harbour stopped work on Monday after a patrol boat cut their nets for the "
    "second time this month. The mayor said that 14 boats had lost gear worth a year of catch and that nobody had"
    " come to look at the damage. A spokesman for the coast guard answered that the nets had been laid across a "
    "marked channel and that three warnings had been given by radio. Talks between the two sides are to begin on "
    "Thursday in the town hall. The crews want the channel to be moved by half a mile, which the port authority "
    "calls impossible before the autumn storms."
)
OTHER = (
    "A round of talks on the use of the river ended without a paper on Friday. Both delegations praised the "
    "weather and the food. The older of the two envoys told a radio station that the dam would be filled in July "
    "whatever the neighbours thought of it, and that the water of a mountain belongs to those who live on its "
    "slopes. His colleague from downstream left by the back door. Farmers who had waited in the square since the "
    "morning went home in the rain."
)
EXTRA = (
    " The ministry had no comment by the evening. A second boat is said to have been seen near the lighthouse at dusk."
)


def groups(*texts: str) -> list[str]:
    found = groups_of({f"doc-{number}": text for number, text in enumerate(texts)})
    return [found[f"doc-{number}"] for number in range(len(texts))]


@pytest.mark.parametrize(
    "copy",
    [
        WIRE,
        "Crews stop work after nets are cut\n\n" + WIRE,
        WIRE + EXTRA,
        WIRE[: WIRE.index("The crews want")],
        WIRE.replace("The mayor said", "The town's mayor told reporters").replace("impossible", "out of the question"),
        WIRE.upper(),
    ],
    ids=["same", "headline", "one more paragraph", "cut", "edited", "in capitals"],
)
def test_a_near_copy_is_one_witness_with_its_source(copy: str) -> None:
    assert groups(WIRE, copy) == ["doc-0", "doc-0"]


def test_another_report_is_a_witness_of_its_own() -> None:
    assert groups(WIRE, OTHER) == ["doc-0", "doc-1"]


def test_a_quoted_sentence_does_not_make_a_copy() -> None:
    quoted = OTHER + " " + WIRE[: WIRE.index(". ") + 1]
    assert groups(WIRE, quoted) == ["doc-0", "doc-1"]


def test_half_of_a_longer_article_is_the_same_witness_and_a_small_part_is_not() -> None:
    assert groups(WIRE, WIRE + " " + OTHER) == ["doc-0", "doc-0"]
    digest = " ".join([WIRE, OTHER, *(text[::-1] for text in (WIRE, OTHER, WIRE[1:]))])
    assert groups(WIRE, digest) == ["doc-0", "doc-1"]


def test_bulletins_with_the_same_words_and_other_figures_are_two() -> None:
    bulletin = WIRE + " The count of the day: {} boats, {} nets, {} men, {} hours."
    one, other = bulletin.format(3, 7, 12, 20), bulletin.format(4, 9, 31, 6)
    assert not is_copy(sketch_of(one.replace("14", "15")), sketch_of(other))
    assert is_copy(sketch_of(one), sketch_of(one + " It rained."))


def test_a_copy_of_a_copy_is_the_same_witness() -> None:
    longer = WIRE + EXTRA
    longest = longer + " " + OTHER[: len(OTHER) // 2]
    assert set(groups(WIRE, longer, longest)) == {"doc-0"}


@pytest.mark.parametrize("text", ["", "!?", "Strait closed", "word " * 20000])
def test_odd_texts_do_no_harm(text: str) -> None:
    assert groups(text, WIRE)[1] == "doc-1"
    assert len(bands_of(sketch_of(text))) in (0, 28)


@given(st.lists(st.sampled_from([WIRE, WIRE + EXTRA, OTHER, OTHER + EXTRA, "Strait closed"]), max_size=6), st.randoms())
@settings(max_examples=30, deadline=None)
def test_witnesses_do_not_depend_on_order(texts: list[str], random: Random) -> None:
    named = {f"doc-{number}": text for number, text in enumerate(texts)}
    shuffled = list(named.items())
    random.shuffle(shuffled)
    assert groups_of(dict(shuffled)) == groups_of(named)


@given(st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=50, deadline=None)
def test_being_a_copy_is_mutual(one: str, other: str) -> None:
    assert is_copy(sketch_of(one), sketch_of(other)) == is_copy(sketch_of(other), sketch_of(one))
    assert bool(sketch_of(one).shingles) == is_copy(sketch_of(one), sketch_of(one))
