"""Real text under our guide: what is packed comes back word for word, and no word of the texts stands in the pack."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import InputError
from detente.knowledge import Knowledge
from detente.serving.scores.corpus_rows import PassageRow

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
TEXTS = ROOT.parent / "shared/data/text"
sys.path.insert(0, str(CORPUS))

import codes  # noqa: E402
import drawing  # noqa: E402
import standoff  # noqa: E402

KNOWLEDGE = Knowledge()
CODES = codes.Codes(KNOWLEDGE)
TEXT = (
    "The hall was full. Peru thanked Ecuador for its patience on Monday. Ecuador has since recalled two envoys.\n\n"
    "It gave no reason. The lake lies between Peru and Ecuador."
)
HEAD = "=== so-x\n// piece: x-1\ngenre: communique\ndyads: PER-ECU\npublished: 2020-05-04\nwriter: test\n"
BODY = """
> Peru thanked Ecuador for its patience on Monday.
a Peru (PER); Ecuador (ECU)
e thanked | SUPPORT | Peru > Ecuador
c Peru | thanked | its patience | praise
t Monday | 2020-05-04
> Ecuador has since recalled two envoys.
a Ecuador (ECU)
e recalled & envoys | SANCTION/withdraw | Ecuador > -
f two | 2 - recalled | envoys
>> It gave no reason.
n speech
"""


def piece(text: str = TEXT, name: str = "x-1", **more: str) -> drawing.Piece:
    given = {"source": "un_general_debate", "genre": "speech", "licence": "CC0", "speaker_state": "PER"} | more
    return drawing.Piece(id=name, text=text, **given)


def packed(folder: Path, body: str = BODY, text: str = TEXT) -> standoff.Packed:
    path = folder / "x.txt"
    path.write_text(HEAD + body, encoding="utf-8")
    return standoff.packed([path], {"x-1": piece(text)}, KNOWLEDGE)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs(text: str, size: int = 4) -> set[tuple[str, ...]]:
    found = words(text)
    return set(zip(*(found[n:] for n in range(size)), strict=False))


@pytest.fixture(scope="module")
def texts() -> dict[str, drawing.Piece]:
    found = drawing.pieces(TEXTS)
    if not found:
        pytest.skip(f"no texts in {TEXTS}")
    return found


# -- what is committed ------------------------------------------------------------------------------------------------


def test_no_four_consecutive_words_of_a_piece_stand_in_the_pack(texts: dict[str, drawing.Piece]) -> None:
    committed = {excerpt.piece: excerpt for excerpt in standoff.excerpts()}
    licences = {excerpt.licence for excerpt in committed.values()}  # they name the makers, as the texts may do
    kept = set()
    for path in sorted(standoff.PACKED.glob("*.jsonl")):
        written = path.read_text("utf-8")
        for licence in licences:
            written = written.replace(licence, "")
        kept |= runs(written)
    assert committed
    for name in committed:
        shared = {run for run in runs(texts[name].text) & kept if not all(word.isdigit() for word in run)}
        assert not shared, name


def test_every_committed_excerpt_is_rebuilt_word_for_word(texts: dict[str, drawing.Piece]) -> None:
    for excerpt in standoff.excerpts():
        row = standoff.worded(excerpt, texts[excerpt.piece].text)
        assert row.split == "train"
        for (start, end), sentence in zip(excerpt.places, row.sentences, strict=True):
            assert row.text[sentence.start : sentence.end] == texts[excerpt.piece].text[start:end]
        for actor in row.actors:
            assert row.text[actor.span.start : actor.span.end] == actor.span.quote != ""


def test_ids_of_excerpts_are_unique_and_none_stands_twice() -> None:
    those = standoff.excerpts()
    assert those
    assert len({one.row["id"] for one in those}) == len({one.piece for one in those}) == len(those)


def test_no_territory_beside_the_speakers_own_leads_more_than_a_tenth_of_the_excerpts() -> None:
    those = standoff.excerpts()
    leads = [one.row["dyads"][0].split("-")[1] for one in those]
    assert max(leads.count(lead) for lead in set(leads)) <= len(those) / 10


# -- packing and joining ----------------------------------------------------------------------------------------------


def test_a_packed_excerpt_holds_no_word_and_comes_back_whole(tmp_path: Path) -> None:
    done = packed(tmp_path)
    assert [str(problem) for problem in done.problems] == []
    written = msgspec.json.encode(done.excerpts[0]).decode()
    for word in ("thanked", "patience", "Monday", "Ecuador", "envoys", "reason"):
        assert word not in written
    row = standoff.worded(msgspec.json.decode(written, type=standoff.Excerpt), TEXT)
    assert isinstance(row, PassageRow)
    assert row.text.endswith("recalled two envoys.\n\nIt gave no reason.")
    assert [event.trigger[0].quote for event in row.events] == ["thanked", "recalled"]
    assert row.events[1].evidence.quote == "Ecuador has since recalled two envoys"
    assert row.figures[0].of is not None and row.figures[0].of.quote == "envoys"
    assert row.claims[0].contents[0].quote == "its patience"


def test_another_text_is_refused(tmp_path: Path) -> None:
    excerpt = packed(tmp_path).excerpts[0]
    with pytest.raises(InputError, match="x-1"):
        standoff.worded(excerpt, TEXT.replace("patience", "Patience"))


def test_a_sentence_that_the_piece_lacks_is_named(tmp_path: Path) -> None:
    done = packed(tmp_path, BODY.replace("Monday", "Tuesday"))
    assert done.excerpts == []
    assert "does not stand in the piece" in str(done.problems[0])


def test_a_wrong_annotation_is_named_as_in_the_corpus(tmp_path: Path) -> None:
    done = packed(tmp_path, BODY.replace("e thanked | SUPPORT", "e thanked | SUPORT"))
    assert done.excerpts == []
    assert "SUPORT" in str(done.problems[0])


def test_an_excerpt_without_its_piece_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(HEAD.replace("// piece: x-1\n", "") + BODY, encoding="utf-8")
    assert "piece" in str(standoff.packed([path], {"x-1": piece()}, KNOWLEDGE).problems[0])


def test_joining_without_the_texts_says_so_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(standoff, "JOINED", tmp_path / "standoff.jsonl")
    assert standoff.main(["join", "--texts", str(tmp_path / "nowhere")]) == 0
    assert "left out" in capsys.readouterr().out
    assert not (tmp_path / "standoff.jsonl").exists()


def test_a_folder_inside_the_repository_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        standoff.main(["draw", str(CORPUS / "skeletons")])
    assert "outside the repository" in capsys.readouterr().err


# -- drawing ----------------------------------------------------------------------------------------------------------


def many(number: int) -> list[drawing.Piece]:
    names = [t.name for t in KNOWLEDGE.territories.by_code.values() if CODES.named_in(t.name) == {t.code}][:number]
    return [
        piece(f"{name} met Peru. " + f"The port of {name} is near. " * 4 + "Nobody came at all. " * 4, f"x-{n}")
        for n, name in enumerate(names)
        for _ in "x"
    ]


def test_the_draw_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    pool = [msgspec.structs.replace(one, speaker_state=None) for one in many(40)]
    first = drawing.drawn(pool, CODES, 1, 12)
    assert len(first) == 12
    assert first == drawing.drawn(list(reversed(pool)), CODES, 1, 12)
    assert first != drawing.drawn(pool, CODES, 2, 12)


def test_no_territory_leads_more_than_two_of_a_few_excerpts() -> None:
    text = "Ghana met Peru. " + "The port of Ghana is near. " * 8
    pool = [piece(text, f"x-{n}", source="kremlin_en", speaker_state="") for n in range(9)]
    assert len(drawing.drawn(pool, CODES, 1, 9)) == 2


def test_excerpts_with_signs_of_the_format_are_passed_over() -> None:
    text = "Ghana met Peru … at last. " + "The port of Ghana is near. " * 7
    assert drawing.drawn([piece(text, source="kremlin_en", speaker_state="")], CODES, 1, 5) == []


def test_abbreviations_and_initials_end_no_sentence() -> None:
    found = drawing.sentences("Mr. Osei met J. K. Ampofo of the U.S. Senate. They spoke.\n“Who won?” Nobody did.")
    assert [one.text for one in found] == [
        "Mr. Osei met J. K. Ampofo of the U.S. Senate.", "They spoke.", "“Who won?”", "Nobody did.",
    ]  # fmt: skip
    assert [one.opens for one in found] == [True, False, True, False]


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="Ab. \n?”!,1", max_size=200))
def test_sentences_are_pieces_of_the_text_in_its_order(text: str) -> None:
    last = 0
    for one in drawing.sentences(text):
        start = text.find(one.text, last)
        assert start >= 0 and one.text.strip() == one.text != ""
        last = start + len(one.text)


def test_a_drawn_skeleton_packs_once_every_sentence_has_a_reason(tmp_path: Path) -> None:
    cut = drawing.drawn([piece(many(1)[0].text, source="kremlin_en", speaker_state="")], CODES, 1, 1)[0]
    lines = drawing.skeleton(cut, 1, standoff.PIECE).splitlines()
    path = tmp_path / "001.txt"
    path.write_text("\n".join(f"{line}\nn other" if line[:1] == ">" else line for line in lines), encoding="utf-8")
    done = standoff.packed([path], {"x-1": cut.piece}, KNOWLEDGE)
    assert [str(problem) for problem in done.problems] == []
    assert len(done.excerpts[0].places) == len(cut.sentences)


def test_random_subsets_of_the_pool_keep_the_order_of_sources() -> None:
    pool = [piece(p.text, f"{source}-{n}", source=source, speaker_state="")
            for source in ("kremlin_en", "us_state_dept") for n, p in enumerate(many(20))]  # fmt: skip
    random.Random(3).shuffle(pool)
    sources = [cut.piece.source for cut in drawing.drawn(pool, CODES, 1, 8)]
    assert sources == ["us_state_dept", "kremlin_en"] * 4
