"""Corpus to weights in one command: `make train`, or `python -m training.run` (see `docs/training.md`).

Writes `encoder.onnx` and `encoder.json` into the package, and `training/report.json`: how it was made and what the
passages held out of training say of it.
"""

from __future__ import annotations

import argparse
import sys
import time
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from detente.knowledge import Knowledge
from detente.reading.encoder.session import OnnxSession
from detente.reading.encoder.step import EncoderStep
from detente.reading.encoder.weights import Weights
from detente.reading.encoder.windows import Pieces
from detente.serving.scores.corpus_rows import passages
from training.calibrate import Bin, crossed, fit, reliability
from training.examples import Example, examples, numbers
from training.export import export
from training.held import is_held
from training.judging import judged
from training.lexical import practice
from training.train import Plan, train
from training.vocabulary import kept

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus/build/train.jsonl"
PACKAGE = ROOT / "src/detente/knowledge/weights/en"
REPORT = ROOT / "training/report.json"


class Report(Struct, frozen=True, kw_only=True):
    """`held` passages decide which epoch is kept; with the development passages they calibrate confidence. None of them
    is trained on. `bins` are of drafts weighed without their own fold."""

    passages: int
    sentences: int
    held: int
    seconds: float
    plan: Plan
    bins: list[Bin]
    calibration_error: float
    log: list[str]


def divided(every: list[Example], share: float = 1.0) -> tuple[list[Example], list[Example]]:
    """What is trained on and what is held out; a smaller share leaves out passages by their digest, too."""
    held = [one for one in every if is_held(one.row.id)]
    rest = sorted(
        (one for one in every if not is_held(one.row.id)), key=lambda one: sha256(one.row.id.encode()).digest()
    )
    return rest[: round(len(rest) * share)], held


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=PACKAGE)
    asked.add_argument("--corpus", type=Path, default=CORPUS)
    asked.add_argument("--report", type=Path, default=REPORT)
    asked.add_argument("--layers", default="0,1,2,3,4,5")
    asked.add_argument("--epochs", type=int, default=Plan().epochs)
    asked.add_argument("--width", type=int, default=Plan().width)
    asked.add_argument("--share", type=float, default=1.0, help="of the passages, for the learning curve")
    asked.add_argument("--threads", type=int, default=2)
    asked.add_argument("--without-parse", action="store_true")
    given = asked.parse_args()
    layers = tuple(int(number) for number in given.layers.split(","))
    plan = Plan(
        layers=layers, epochs=given.epochs, width=given.width, parse=not given.without_parse, threads=given.threads
    )
    make(given.corpus, given.out, given.report, plan, given.share)


def make(corpus: Path, out: Path, report: Path, plan: Plan, share: float) -> None:
    began = time.monotonic()
    lines: list[str] = []

    def log(line: str) -> None:
        lines.append(line)
        sys.stderr.write(line + "\n")

    knowledge, vocabulary = Knowledge(), kept()
    pieces = Pieces(vocabulary)
    rows, held = divided(examples(passages(corpus), knowledge, pieces), share)
    drill = examples(practice(knowledge, plan.seed), knowledge, pieces) if plan.practice else []
    table = numbers(rows)
    log(f"{len(rows)} passages to train on, {len(held)} held out, {len(table.ways)} ways")
    net = train(rows, drill, held, vocabulary, table, plan, log)
    out.mkdir(parents=True, exist_ok=True)
    export(net, out / "encoder.onnx")
    weights = Weights(
        vocabulary=vocabulary, tags=table.tags, deps=table.deps, modes=table.modes, ways=table.ways,
        distance=_rounded(net.distance.weight.tolist()), sentence=_rounded(net.sentence.weight.tolist()),
        way=_rounded(net.way.weight.tolist()), role=_rounded(net.role.weight.tolist()),
        calibration={}, width=plan.width,
    )  # fmt: skip
    step = EncoderStep(knowledge, weights=weights, session=OnnxSession(out / "encoder.onnx"))
    drafts = judged(step, [*held, *examples(passages(corpus.parent / "dev.jsonl"), knowledge, pieces)], knowledge)
    right = [one.right for one in drafts]
    fitted = fit(drafts)
    bins, error = reliability(crossed(drafts), right)
    weights = msgspec.structs.replace(weights, calibration=fitted)
    (out / "encoder.json").write_bytes(msgspec.json.encode(weights) + b"\n")
    done = Report(
        passages=len(rows), sentences=sum(len(one.row.sentences) for one in rows), held=len(held),
        seconds=round(time.monotonic() - began), plan=plan, bins=bins, calibration_error=error, log=lines,
    )  # fmt: skip
    report.write_bytes(msgspec.json.format(msgspec.json.encode(done), indent=2) + b"\n")


def _rounded(rows: list[list[float]]) -> list[list[float]]:
    return [[round(value, 5) for value in row] for row in rows]


if __name__ == "__main__":
    main()
