"""The gate: scores the reader on committed passages and fails where a figure falls below its floor. `make gate`.

    python -m training.gate                       score and compare
    python -m training.gate --pin                 raise floors to what is scored now, add those of new sets
    python -m training.gate --pin --lower NOTE    let them fall too; the note says why and stays in the file

Two sets: the development passages, which rules were written with an eye on, and the passages of the training part that
are held out of training (`held`), which rules were not written with and weights not trained on. `gate.json` keeps the
floors, the digest of each set and of the weights, and the notes. The test passages are not scored here.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from detente.knowledge import Knowledge
from detente.serving.scores.corpus import CorpusScore
from detente.serving.scores.corpus_rows import PassageRow, passages
from training.held import is_held

ROOT = Path(__file__).parents[1]
FILE = ROOT / "training/gate.json"
BUILD = ROOT / "corpus/build"
WEIGHTS = ROOT / "src/detente/knowledge/weights/en"
MARGIN = 0.005
"""How far under what was scored a floor is set: a fifth decimal that another processor rounds otherwise is no drop."""
FIGURES = (
    "triple precision", "triple recall", "triple F1", "pair F1", "no-event sentences without a pair",
    "actor and territory F1", "claim pair F1", "nested chains right", "claim act", "polarity macro F1",
    "modality macro F1", "figure value, bound, measure F1",
)  # fmt: skip


class Floors(Struct, kw_only=True):
    """One set: the digest of its rows, and for each figure the least that passes."""

    digest: str
    passages: int
    floors: dict[str, float]


class Gate(Struct, kw_only=True):
    """The committed state of the gate; `notes` are the reasons for which floors were lowered, oldest first."""

    weights: str = ""
    sets: dict[str, Floors] = {}
    notes: list[str] = []


class Scored(Struct, frozen=True):
    digest: str
    passages: int
    figures: dict[str, float]


def chosen(name: str, build: Path = BUILD) -> Iterator[PassageRow]:
    """The passages of one set, in the order of the compiled file."""
    if name == "dev":
        yield from passages(build / "dev.jsonl")
    else:
        yield from (row for row in passages(build / "train.jsonl") if is_held(row.id))


def scored(name: str, knowledge: Knowledge, build: Path = BUILD) -> Scored:
    """What the reader reaches on one set."""
    rows = list(chosen(name, build))
    lines = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.jsonl"
        path.write_bytes(lines)
        report = CorpusScore().score(path, knowledge)
    found = {figure.name: round(figure.value, 4) for figure in report.figures if figure.name in FIGURES}
    return Scored(sha256(lines).hexdigest(), len(rows), found)


def digest_of_weights(folder: Path = WEIGHTS) -> str:
    """One digest of both files; empty where there are none."""
    files = [folder / "encoder.onnx", folder / "encoder.json"]
    if not all(path.is_file() for path in files):
        return ""
    return sha256(b"".join(sha256(path.read_bytes()).digest() for path in files)).hexdigest()


def load(path: Path = FILE) -> Gate:
    return msgspec.json.decode(path.read_bytes(), type=Gate) if path.exists() else Gate()


def failures(gate: Gate, found: dict[str, Scored]) -> list[str]:
    """What keeps the gate shut, in words: a set that is not the pinned one, or a figure under its floor."""
    lines = []
    for name, now in found.items():
        pinned = gate.sets.get(name)
        if pinned is None or pinned.digest != now.digest:
            lines.append(f"{name}: not the passages that the floors were pinned with; pin them anew with --pin")
        for figure, floor in (pinned.floors if pinned else {}).items():
            if now.figures.get(figure, 0.0) < floor:
                lines.append(f"{name}: {figure} {now.figures.get(figure, 0.0):.4f} is under its floor {floor:.4f}")
    return lines


def pinned(gate: Gate, found: dict[str, Scored], *, note: str = "", weights: str = "") -> Gate:
    """The gate with floors at what is scored now. Without a note floors of unchanged sets only rise."""
    sets = dict(gate.sets)
    for name, now in found.items():
        old = gate.sets.get(name)
        keeps = old.floors if old is not None and old.digest == now.digest and not note else {}
        floors = {
            figure: max(round(value - MARGIN, 4), keeps.get(figure, 0.0)) for figure, value in now.figures.items()
        }
        sets[name] = Floors(digest=now.digest, passages=now.passages, floors=floors)
    return Gate(weights=weights, sets=sets, notes=[*gate.notes, note] if note else gate.notes)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--pin", action="store_true")
    asked.add_argument("--lower", metavar="NOTE", default="")
    given = asked.parse_args()
    gate, knowledge = load(), Knowledge()
    found = {name: scored(name, knowledge) for name in ("dev", "held")}
    for name, now in found.items():
        print(f"{name}: {now.passages} passages")
        for figure, value in now.figures.items():
            floor = gate.sets[name].floors.get(figure) if name in gate.sets else None
            print(f"  {figure:36} {value:.4f}" + (f"  floor {floor:.4f}" if floor is not None else ""))
    lines = failures(gate, found)
    if given.pin:
        drops = [line for line in lines if "under its floor" in line]
        if drops and not given.lower:
            print(*drops, "Floors fall only with --lower and a note that says why.", sep="\n")
            return 1
        gate = pinned(gate, found, note=given.lower, weights=digest_of_weights())
        FILE.write_bytes(msgspec.json.format(msgspec.json.encode(gate), indent=2) + b"\n")
        return 0
    if gate.weights != digest_of_weights():
        lines.append("the weights are not those that the floors were pinned with")
    print(*(lines or ["every figure stands at or over its floor"]), sep="\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
