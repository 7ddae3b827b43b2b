"""Gold rows as labels on words: an act stands at the first word of its trigger, arcs lead to each word of a party."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from training.labels import ACTS, labels

from detente.reading.encoder.sheet import Sheet, Word
from detente.reading.encoder.windows import TYPES
from detente.reading.marks import Span
from detente.serving.scores.corpus_rows import ActorRow, ClaimRow, EventRow, PassageRow, SentenceRow, Stretch

TEXT = "Peru's navy handed Chad a note."


def at(words: str) -> Stretch:
    start = TEXT.index(words)
    return Stretch(start=start, end=start + len(words), quote=words)


def words() -> tuple[Word, ...]:
    found, place = [], 0
    for piece in ("Peru", "'", "s", "navy", "handed", "Chad", "a", "note", "."):
        start = TEXT.index(piece, place)
        place = start + len(piece)
        found.append(Word(Span(start, place), 0))
    return tuple(found)


ROW = PassageRow(
    id="x", split="train", genre="wire", writer="x", published="2020-01-01", dyads=(), text=TEXT,
    sentences=(SentenceRow(start=0, end=len(TEXT), kind="text", paragraph=0, line=1),),
    actors=(
        ActorRow(sentence=0, span=at("Peru's navy"), kind="government", use="actor", territories=("PER",)),
        ActorRow(sentence=0, span=at("Chad"), kind="state", use="actor", territories=("TCD",)),
    ),
    events=(
        EventRow(sentence=0, trigger=(at("handed"), at("a note")), type="ACCUSE", evidence=at(TEXT), mode="disapprove",
                 sources=(0,), targets=(1,), polarity="negated"),
    ),
    claims=(
        ClaimRow(sentence=0, voiced="named", contents=(at("a note"),), form="indirect", act="accuse", sources=(0,),
                 cues=(at("handed"),)),
        ClaimRow(sentence=0, voiced="named", contents=(at("Chad"),), form="direct", act="state", sources=(0,)),
    ),
)  # fmt: skip


def test_an_act_stands_at_the_first_word_of_its_trigger() -> None:
    (event,) = labels(ROW, Sheet(words(), (Span(0, len(TEXT)),))).events
    assert (event.at, event.trigger) == (4, frozenset({4}))
    assert TYPES[event.type] == "ACCUSE"
    assert event.mode == "ACCUSE/disapprove"
    assert event.negated


def test_arcs_lead_to_every_word_of_a_party() -> None:
    (event,) = labels(ROW, Sheet(words(), (Span(0, len(TEXT)),))).events
    assert event.sources == {0, 1, 2, 3}
    assert event.targets == {5}


def test_a_claim_without_a_cue_has_no_label() -> None:
    (claim,) = labels(ROW, Sheet(words(), (Span(0, len(TEXT)),))).claims
    assert ACTS[claim.act] == "accuse"
    assert claim.contents == {6, 7}
