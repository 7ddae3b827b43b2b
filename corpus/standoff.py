"""Real text under the corpus's own guide, kept as offsets and labels: the words stay where they are.

    python corpus/standoff.py draw FOLDER --texts ../shared/data/text --seed 1 --passages 70
    python corpus/standoff.py pack FOLDER --texts ../shared/data/text
    python corpus/standoff.py join --texts ../shared/data/text

`draw` writes excerpts to be annotated (`format.md`), one file each, into a folder outside the repository. `pack` checks
them as `compile.py` checks a passage and writes `corpus/standoff/*.jsonl`, in which no word of the texts stands. `join`
puts words and labels together again, into `corpus/build/standoff.jsonl`, rows as in `train.jsonl`.

What lives here: packing and joining. What does not: which excerpts are drawn (`drawing`).
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import Struct

ROOT: Final = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from authoring import Passage, Problem, read  # noqa: E402
from building import Builder  # noqa: E402
from codes import Codes  # noqa: E402
from drawing import Piece, drawn, pieces, skeleton  # noqa: E402

from detente.errors import InputError  # noqa: E402
from detente.knowledge import Knowledge  # noqa: E402
from detente.serving.scores.corpus_rows import PassageRow  # noqa: E402

PACKED: Final = ROOT / "standoff"
JOINED: Final = ROOT / "build" / "standoff.jsonl"
PIECE: Final = "// piece: "
_STRETCH: Final = {"start", "end"}


class Excerpt(Struct, frozen=True, kw_only=True):
    """An excerpt without its words. `places` are the offsets of each sentence in the text of the piece; `row` is the
    passage's row less its text and all quotes, with offsets into the text that the sentences make when they are joined;
    `sha256` is of that text in UTF-8. `genre` is the piece's own; the row has the corpus's nearest."""

    piece: str
    source: str
    licence: str
    genre: str
    sha256: str
    places: tuple[tuple[int, int], ...]
    row: dict[str, Any]


class Packed(NamedTuple):
    """Sound excerpts, and what must be mended in the others."""

    excerpts: list[Excerpt]
    problems: list[Problem]


def wordless(row: PassageRow) -> dict[str, Any]:
    """The row as plain values, without `text` and every `quote`."""
    plain = msgspec.to_builtins(row)
    del plain["text"]
    return _bare(plain)  # type: ignore[no-any-return]


def worded(excerpt: Excerpt, piece: str) -> PassageRow:
    """The row again, from the text of the piece; InputError where that is not the text that was annotated."""
    text, last = "", 0
    for (start, end), sentence in zip(excerpt.places, excerpt.row["sentences"], strict=True):
        text += {0: "", 1: " "}.get(sentence["start"] - last, "\n\n") + piece[start:end]
        last = sentence["end"]
    if _digest(text) != excerpt.sha256:
        raise InputError(
            "the text of a piece is not the one that was annotated",
            value=excerpt.piece,
            expected=f"sha256 {excerpt.sha256} of the excerpt {excerpt.row['id']}",
        )
    return msgspec.convert({**_quoted(excerpt.row, text), "text": text}, PassageRow)


def packed(paths: Sequence[Path], texts: dict[str, Piece], knowledge: Knowledge) -> Packed:
    """The annotated excerpts of these files, in the order of the files."""
    codes = Codes(knowledge)
    done = Packed([], [])
    for path in paths:
        passages, problems = read(path, "train", path.name)
        names = [line[len(PIECE) :].strip() for line in path.read_text("utf-8").splitlines() if line.startswith(PIECE)]
        if len(names) != len(passages):
            problems.append(Problem(path.name, "-", 1, f"each passage has one line `{PIECE}ID`"))
        done.problems.extend(problems)
        for passage, name in zip(passages, names, strict=False):
            _pack(passage, texts.get(name), codes, done)
    return done


def _pack(passage: Passage, piece: Piece | None, codes: Codes, done: Packed) -> None:
    builder = Builder(passage, codes)
    row = builder.build()
    places = list(_places(passage, piece.text)) if piece is not None else []
    if piece is None:
        builder.problems.append(Problem(passage.file, passage.id, passage.line, "the piece is not in the texts"))
    elif len(places) < len(passage.sentences):
        line = passage.sentences[len(places)].line
        builder.problems.append(Problem(passage.file, passage.id, line, "the sentence does not stand in the piece"))
    done.problems.extend(builder.problems)
    if builder.problems or piece is None:
        return
    done.excerpts.append(
        Excerpt(
            piece=piece.id,
            source=piece.source,
            licence=piece.licence,
            genre=piece.genre,
            sha256=_digest(row.text),
            places=tuple(places),
            row=wordless(row),
        )
    )


def _places(passage: Passage, text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence stands in the piece, up to the first that does not."""
    last = 0
    for sentence in passage.sentences:
        start = text.find(sentence.text, last)
        if start < 0:
            return
        last = start + len(sentence.text)
        yield start, last


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(part) for key, part in value.items() if key != "quote"}
    return [_bare(part) for part in value] if isinstance(value, list | tuple) else value


def _quoted(value: Any, text: str) -> Any:
    """The same with its quote beside every bare stretch."""
    if isinstance(value, dict):
        if value.keys() == _STRETCH:
            return {**value, "quote": text[value["start"] : value["end"]]}
        return {key: _quoted(part, text) for key, part in value.items()}
    return [_quoted(part, text) for part in value] if isinstance(value, list | tuple) else value


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def excerpts(folder: Path = PACKED) -> list[Excerpt]:
    """All that are packed, in the order of files and lines."""
    return [
        msgspec.json.decode(line, type=Excerpt)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_bytes().splitlines()
    ]


def write(done: Iterable[Excerpt], folder: Path = PACKED) -> None:
    """One file a source, one excerpt a line, sorted by the excerpt's id."""
    folder.mkdir(parents=True, exist_ok=True)
    by_source: dict[str, list[Excerpt]] = {}
    for excerpt in sorted(done, key=lambda one: str(one.row["id"])):
        by_source.setdefault(excerpt.source, []).append(excerpt)
    for source, those in sorted(by_source.items()):
        (folder / f"{source}.jsonl").write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in those))


def _join(texts: Path) -> int:
    found = pieces(texts)
    if not found:
        sys.stdout.write(f"no texts in {texts}: the standoff part of the corpus is left out\n")
        return 0
    those = excerpts()
    missing = sorted({one.piece for one in those if one.piece not in found})
    for name in missing:
        sys.stdout.write(f"the piece {name} is not in {texts}: its excerpts are left out\n")
    rows = [worded(one, found[one.piece].text) for one in those if one.piece in found]
    JOINED.parent.mkdir(parents=True, exist_ok=True)
    JOINED.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    sys.stdout.write(f"{len(rows)} excerpts, {sum(len(row.sentences) for row in rows)} sentences\n")
    return 0


def _pack_folder(folder: Path, texts: Path) -> int:
    done = packed(sorted(folder.glob("*.txt")), pieces(texts), Knowledge())
    for problem in done.problems:
        sys.stdout.write(f"{problem}\n")
    sentences = sum(len(one.places) for one in done.excerpts)
    sys.stdout.write(f"{len(done.excerpts)} excerpts, {sentences} sentences; {len(done.problems)} to mend\n")
    if not done.problems:
        write(done.excerpts)
    return 1 if done.problems else 0


def _draw(folder: Path, texts: Path, seed: int, number: int) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    cut = drawn(pieces(texts).values(), Codes(Knowledge()), seed, number)
    for place, excerpt in enumerate(cut, start=1):
        (folder / f"{place:03}.txt").write_text(skeleton(excerpt, place, PIECE), encoding="utf-8")
    sys.stdout.write(f"{len(cut)} excerpts, {sum(len(one.sentences) for one in cut)} sentences\n")
    return 0


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=("draw", "pack", "join"))
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--texts", type=Path, default=ROOT.parent.parent / "shared/data/text")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--passages", type=int, default=70)
    given = parser.parse_args(arguments)
    if given.what == "join":
        return _join(given.texts)
    if given.folder is None or given.folder.resolve().is_relative_to(ROOT.parent):
        parser.error("a folder outside the repository is needed: the texts do not enter it")
    if given.what == "pack":
        return _pack_folder(given.folder, given.texts)
    return _draw(given.folder, given.texts, given.seed, given.passages)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
