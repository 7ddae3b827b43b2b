"""Fits the trained weights of `knowledge/relating/happenings.yaml` on the training part of ECB+ (CC BY 3.0).

    python data_build/happenings_weights.py ../shared/data/clustering/ecbplus_train.jsonl

Pairs of marked events inside a gold story are described by the very function that the tool uses; a logistic model with
a little ridge is fitted by Newton's method, and its weights are written into the file, rounded. Running it again gives
the same bytes. Weights called `reasoned` in that file, and the thresholds, are not touched.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.knowledge import Knowledge
from detente.relating.happenings.likeness import word_evidence
from detente.relating.happenings.weighing import weights
from detente.relating.happenings.words import word_table
from detente.serving.scores.coreference import article_rows, mention_key, scorer_of, tellings_of

FILE = Path(__file__).parents[1] / "src/detente/knowledge/relating/happenings.yaml"
RIDGE = 5.0
Vector = NDArray[np.float64]


def described(path: Path, names: list[str]) -> tuple[Vector, Vector]:
    """One row for each pair inside a gold story, and whether it is of one happening."""
    words = word_table(Knowledge())
    rows = article_rows(path)
    articles = scorer_of(rows, words).articles
    chain = {mention_key(row, place): mention.chain for row in rows for place, mention in enumerate(row.events)}
    stories = defaultdict(list)
    for row in rows:
        stories[row.subtopic] += tellings_of(row, words)
    column = {name: place for place, name in enumerate(names)}
    data: list[list[float]] = []
    truth: list[float] = []
    for _, tellings in sorted(stories.items()):
        tellings.sort(key=lambda telling: telling.key)
        for place, one in enumerate(tellings):
            for other in tellings[place + 1 :]:
                line = [0.0] * len(names)
                pair = word_evidence(one, other, articles[one.document_id], articles[other.document_id], words)
                for name, value in pair:
                    line[column[name]] = value
                data.append(line)
                truth.append(float(chain[one.key] == chain[other.key]))
    return np.array(data), np.array(truth)


def fitted(data: Vector, truth: Vector) -> Vector:
    """Logistic regression with a ridge on all weights but the first, the bias."""
    ridge = np.full(data.shape[1], RIDGE)
    ridge[0] = 0.0
    found = np.zeros(data.shape[1])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-data @ found))
        slope = data.T @ (likely - truth) + ridge * found
        bend = (data * (likely * (1 - likely))[:, None]).T @ data + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        found = found - step
        if np.abs(step).max() < 1e-9:
            break
    return found


def main() -> None:
    names = list(weights().trained)
    assert names[0] == "bias"
    found = fitted(*described(Path(sys.argv[1]), names))
    text = FILE.read_text(encoding="utf-8")
    head, tail = text.split("reasoned:", 1)
    for name, value in zip(names, found, strict=True):
        head = re.sub(rf"(?m)^  {name}: .*$", f"  {name}: {value:.2f}", head)
        print(f"{name:24} {value:6.2f}")
    FILE.write_text(f"{head}reasoned:{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
