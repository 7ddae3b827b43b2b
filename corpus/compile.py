"""Compiles the corpus: `corpus/{train,dev,test}/*.txt` to `corpus/build/{train,dev,test}.jsonl`, or says what is wrong.

    python corpus/compile.py                    everything, into corpus/build/
    python corpus/compile.py corpus/train/x.txt check these files only, write nothing

Exits with 1 where a line must be mended. Files are read in the order of their names, so the output is the same on any
machine.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

ROOT: Final = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from authoring import Problem, read  # noqa: E402
from building import Builder  # noqa: E402
from codes import Codes  # noqa: E402

from detente.knowledge import Knowledge  # noqa: E402
from detente.serving.scores.corpus_rows import PassageRow  # noqa: E402

SPLITS: Final = ("train", "dev", "test")
SAME_WORDS: Final = 8  # a sentence of this many words may stand once only


class Compiled(NamedTuple):
    """Rows of sound passages, and what must be mended in the others."""

    rows: list[PassageRow]
    problems: list[Problem]


def sources(root: Path = ROOT) -> list[Path]:
    """The files of all splits."""
    return [path for split in SPLITS for path in sorted((root / split).glob("*.txt"))]


def compiled(paths: Sequence[Path], knowledge: Knowledge) -> Compiled:
    """The passages of these files; the split is the name of the folder."""
    codes = Codes(knowledge)
    done = Compiled([], [])
    places: dict[str, tuple[str, int]] = {}
    for path in paths:
        name = f"{path.parent.name}/{path.name}"
        passages, problems = read(path, path.parent.name, name)
        done.problems.extend(problems)
        for passage in passages:
            builder = Builder(passage, codes)
            row = builder.build()
            found = builder.problems
            if passage.split not in SPLITS:
                found.append(Problem(name, passage.id, passage.line, f"no split: {passage.split}"))
            if passage.id in places:
                where, line = places[passage.id]
                found.append(Problem(name, passage.id, passage.line, f"the id stands already in {where}:{line}"))
            if not passage.sentences:
                found.append(Problem(name, passage.id, passage.line, "a passage without sentences"))
            places.setdefault(passage.id, (name, passage.line))
            done.problems.extend(found)
            if not found:
                done.rows.append(row)
    done.problems.extend(_repeated(done.rows))
    return done


def _repeated(rows: Sequence[PassageRow]) -> list[Problem]:
    """Sentences that stand twice: between splits they would leak, within one they add nothing."""
    problems: list[Problem] = []
    first: dict[str, str] = {}
    for row in rows:
        for sentence in row.sentences:
            words = " ".join(row.text[sentence.start : sentence.end].casefold().split())
            if len(words.split()) < SAME_WORDS:
                continue
            if words in first:
                problems.append(
                    Problem(row.split, row.id, sentence.line, f"the sentence stands already in {first[words]}")
                )
            first.setdefault(words, f"{row.split}, passage {row.id}")
    return problems


def write(rows: Sequence[PassageRow], folder: Path) -> None:
    """One file a split, one passage a line."""
    folder.mkdir(parents=True, exist_ok=True)
    for split in SPLITS:
        lines = [msgspec.json.encode(row) for row in rows if row.split == split]
        (folder / f"{split}.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))


def main(arguments: Sequence[str]) -> int:
    given = [Path(argument).resolve() for argument in arguments]
    done = compiled(given or sources(), Knowledge())
    for problem in sorted(done.problems, key=lambda one: (one.file, one.line)):
        sys.stdout.write(f"{problem}\n")
    sentences = sum(len(row.sentences) for row in done.rows)
    sys.stdout.write(f"{len(done.rows)} passages, {sentences} sentences; {len(done.problems)} to mend\n")
    if not given and not done.problems:
        write(done.rows, ROOT / "build")
    return 1 if done.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
