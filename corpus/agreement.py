"""How far two people agree who annotated the same passages without seeing each other's work.

    python corpus/agreement.py [fir_01 …]               every file both in a split and in corpus/second/, or these
    python corpus/agreement.py --differences [fir_01 …]  each difference between the two in words, by sentence

Prints a table. F1 counts what both have twice over what either has, so that neither is taken for the truth. A party is
its territories or, where it has none, its kind. Kappa is Cohen's (1960, doi:10.1177/001316446002000104).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Final, TypeVar

ROOT: Final = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from authoring import read  # noqa: E402
from building import Builder  # noqa: E402
from codes import Codes  # noqa: E402
from differences import listed  # noqa: E402

from detente.knowledge import Knowledge  # noqa: E402
from detente.serving.scores.corpus_rows import ClaimRow, EventRow, PassageRow, Stretch  # noqa: E402

SPLITS: Final = ("train", "dev", "test")
SAME_CONTENTS: Final = 0.5  # Dice coefficient of the characters, from which two claims have the same contents
Row = TypeVar("Row", EventRow, ClaimRow)


def rows(path: Path, split: str, codes: Codes) -> dict[str, PassageRow]:
    """The passages of one file by id; raises SystemExit where it does not compile."""
    passages, problems = read(path, split, path.name)
    builders = [Builder(passage, codes) for passage in passages]
    found = {builder.passage.id: builder.build() for builder in builders}
    if problems := problems + [problem for builder in builders for problem in builder.problems]:
        raise SystemExit("\n".join(str(problem) for problem in problems))
    return found


def covered(pieces: Iterable[Stretch]) -> set[int]:
    return {place for piece in pieces for place in range(piece.start, piece.end)}


def parties(row: PassageRow, actors: Iterable[int]) -> set[str]:
    return {code for index in actors for code in row.actors[index].territories or (row.actors[index].kind,)} or {"-"}


def triples(row: PassageRow) -> set[tuple[str, int, str, str, str]]:
    return {
        (row.id, event.sentence, source, event.type, target)
        for event in row.events
        for source, target in product(parties(row, event.sources), parties(row, event.targets))
        if source != target or len(parties(row, event.sources + event.targets)) == 1
    }


def alike(first: Sequence[Row], second: Sequence[Row], likeness: Callable[[Row, Row], float]) -> list[tuple[Row, Row]]:
    """Pairs of one sentence, one to one, the likest first."""
    pairs: list[tuple[int, int]] = []
    for score, i, j in sorted((-likeness(a, b), i, j) for i, a in enumerate(first) for j, b in enumerate(second)):
        if score and first[i].sentence == second[j].sentence and not any(i == a or j == b for a, b in pairs):
            pairs.append((i, j))
    return [(first[i], second[j]) for i, j in pairs]


def measured(pairs: Sequence[tuple[PassageRow, PassageRow]]) -> Iterator[tuple[str, float, int]]:
    """Measure, agreement, and of how many: items of both together for F1, pairs or sentences for the others."""

    def f1(name: str, both: int, total: int) -> tuple[str, float, int]:
        return f"{name}, F1", 2 * both / max(total, 1), total

    def overlap(one: EventRow, other: EventRow) -> float:
        return len(covered(one.trigger) & covered(other.trigger)) * (1.5 if one.type == other.type else 1.0)

    def dice(one: ClaimRow, other: ClaimRow) -> float:
        ours, theirs = covered(one.contents), covered(other.contents)
        found = 2 * len(ours & theirs) / (len(ours) + len(theirs))
        same = one.voiced == other.voiced and parties(a, one.sources) == parties(b, other.sources)
        return found if same and found >= SAME_CONTENTS else 0.0

    events = [match for a, b in pairs for match in alike(a.events, b.events, overlap)]
    claims: list[tuple[ClaimRow, ClaimRow]] = []
    for a, b in pairs:
        claims += alike(a.claims, b.claims, dice)
    left, right = ({one for pair in pairs for one in triples(pair[side])} for side in (0, 1))
    yield f1("triples (source, type, target)", len(left & right), len(left) + len(right))
    yield f1("events whose triggers overlap", len(events), sum(len(row.events) for pair in pairs for row in pair))
    for field in ("type", "polarity", "modality"):
        same = sum(getattr(one, field) == getattr(other, field) for one, other in events)
        yield f"{field}, same trigger", same / max(len(events), 1), len(events)
    spans = [tuple({(one.span.start, one.span.end): one for one in row.actors} for row in pair) for pair in pairs]
    actors = [(one[key], other[key]) for one, other in spans for key in one.keys() & other.keys()]
    yield f1("actors, same words", len(actors), sum(len(side) for pair in spans for side in pair))
    same = sum(set(one.territories) == set(other.territories) for one, other in actors)
    yield "territory, same words", same / max(len(actors), 1), len(actors)
    yield f1("claims, same source and contents", len(claims), sum(len(row.claims) for pair in pairs for row in pair))
    none = [(bool(x.none), bool(y.none)) for a, b in pairs for x, y in zip(a.sentences, b.sentences, strict=True)]
    yield f1("sentences without an event", sum(x and y for x, y in none), sum(x + y for x, y in none))
    seen = sum(x == y for x, y in none) / max(len(none), 1)
    ours, theirs = (sum(pair[side] for pair in none) / max(len(none), 1) for side in (0, 1))
    chance = ours * theirs + (1 - ours) * (1 - theirs)
    yield "event or none in a sentence, Cohen's kappa", (seen - chance) / max(1 - chance, 1e-9), len(none)


def main(names: Sequence[str]) -> None:
    codes, pairs = Codes(Knowledge()), []
    told, names = "--differences" in names, [name for name in names if not name.startswith("--")]
    for second in sorted((ROOT / "second").glob("*.txt")):
        for split in SPLITS:
            if (ROOT / split / second.name).exists() and (not names or second.stem in names):
                one, two = rows(ROOT / split / second.name, split, codes), rows(second, split, codes)
                pairs += [(one[key], two[key]) for key in one if key in two and one[key].text == two[key].text]
    if told:
        for one, two in pairs:
            sys.stdout.write(f"=== {one.id}\n" + "".join(f"{line}\n" for line in listed(one, two)))
        return
    lines = [f"| {name} | {value:.2f} | {size} |\n" for name, value, size in measured(pairs)]
    sys.stdout.write(f"{len(pairs)} passages.\n\n| measure | agreement | of |\n|---|---|---|\n" + "".join(lines))


if __name__ == "__main__":
    main(sys.argv[1:])
