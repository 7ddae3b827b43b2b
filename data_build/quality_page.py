"""Makes `docs/quality.md`: every score on the annotated sets at hand, as `detente score` gives it.

    python data_build/quality_page.py ../shared/data          (some minutes)

A set that is not at hand keeps no line. The best known figures are published ones, or measured by us where the page
says so; where sets or conventions differ, the page says that too.
"""

from __future__ import annotations

import sys
from pathlib import Path

from msgspec import Struct

from detente import __version__, registry
from detente.knowledge import Knowledge
from detente.serving.scores.report import ScoreReport

PAGE = Path(__file__).parents[1] / "docs/quality.md"
CORPUS = Path(__file__).parents[1] / "corpus/build"


class Line(Struct, frozen=True):
    """One set: which task, which file, which figures of the report count, and the best known figure beside it."""

    task: str
    file: str
    figures: tuple[str, ...]
    known: str
    limit: int | None = None


PUBLICATION = ("answered", "inside", "median days", "year known inside", "year known median days")
LINES = (
    Line(
        "relations",
        "events/plv_train.jsonl",
        ("root macro F1", "quad macro F1", "binary macro F1"),
        "on PLV test: zero-shot ZSP .82 / .89 / .96; Universal Petrarch .46 / .52 / .81",
    ),
    Line("triples", "events/petr2_gsr.jsonl", ("triple F1", "pair F1"), "Universal Petrarch P .20, R .17"),
    Line("triples", "events/petr_unittest.jsonl", ("triple F1", "pair F1"), ""),
    Line(
        "attribution",
        "attribution/polnear_dev.jsonl",
        ("content F1", "source F1", "pair F1", "negated cues found"),
        "on PolNeAR test, pair: Citron .64, two people .82",
    ),
    Line("times", "time/timebank_train.jsonl", ("span F1", "value F1"), "HeidelTime value .78 (TempEval-3)"),
    Line("times", "time/aquaint_train.jsonl", ("span F1", "value F1"), ""),
    Line("publication", "time/timebank_train.jsonl", PUBLICATION, "right year: NeuralDater .64 (APW)"),
    Line("publication", "time/aquaint_train.jsonl", PUBLICATION, ""),
    Line("places", "place/trnews.jsonl", ("within 161 km, names given",), "offline floor .81"),
    Line("places", "place/lgl.jsonl", ("within 161 km, names given",), "offline floor .63"),
    Line("factuality", "attribution/factuality_uw_dev.jsonl", ("Pearson", "MAE"), ""),
    Line("factuality", "attribution/factuality_meantime_dev.jsonl", ("Pearson", "MAE"), ""),
    Line("stance", "attribution/directed_stance_dev.jsonl", ("macro F1", "accuracy"), ""),
    Line(
        "coreference",
        "clustering/ecbplus_dev.jsonl",
        ("events: CoNLL F1", "articles by story: B3 F1"),
        "on ECB+ test, events: same lemma .765, CDLM .856; stories: TF-IDF .825",
    ),
    Line(
        "forecast",
        "forecast/icews14_valid.jsonl",
        ("MRR", "Hits@1", "Hits@10"),
        "on ICEWS14 test, MRR: recurrency .372, TiRGN .440, L2TKG .474",
    ),
)
CORPUS_FIGURES = (
    "triple F1",
    "triple precision",
    "triple recall",
    "no-event sentences without a pair",
    "actor and territory F1",
    "claim pair F1",
    "nested chains right",
    "figure value, bound, measure F1",
    "polarity macro F1",
    "modality macro F1",
)


def main(data: Path) -> None:
    knowledge = Knowledge()
    rows = []
    for line in LINES:
        path = data / line.file
        if path.is_file():
            report = registry.find("scores", line.task)().score(path, knowledge, limit=line.limit)
            rows.append((line, report))
            print(line.task, line.file, _shown(report, line.figures))
    told = {}
    for split in ("dev", "test"):
        stories = CORPUS / f"stories_{split}.jsonl"
        if stories.is_file():
            told[split] = registry.find("scores", "stories")().score(stories, knowledge)
    dev = CORPUS / "dev.jsonl"
    own = registry.find("scores", "corpus")().score(dev, knowledge) if dev.is_file() else None
    PAGE.write_text(page(rows, own, told), encoding="utf-8")


def page(rows: list[tuple[Line, ScoreReport]], own: ScoreReport | None, told: dict[str, ScoreReport]) -> str:
    parts = [
        "# Quality\n",
        f"What version {__version__} scores by rules alone: an encoder is trained and measured, and not good enough to",
        "ship yet ([model card](model_card.md)). The page is made by",
        "`python data_build/quality_page.py ../shared/data`; every line is what `detente score TASK FILE` prints.",
        "The sets are development parts: rules were written with an eye on their classes of errors, so held-out",
        "figures will be lower.\n",
        "| task | set | rows | figures | best known |",
        "|---|---|---:|---|---|",
    ]
    for line, report in rows:
        name = Path(line.file).name
        parts.append(f"| {line.task} | `{name}` | {report.rows} | {_shown(report, line.figures)} | {line.known} |")
    if own is not None:
        parts += [
            "\n## Our own passages\n",
            "Passages written and annotated for Détente (`corpus/dev`, compiled by `python corpus/compile.py`), which",
            "the rules were developed with, as `detente score corpus corpus/build/dev.jsonl` prints them:\n",
            "| figure | value | gold items |",
            "|---|---:|---:|",
        ]
        wanted = [figure for figure in own.figures if figure.name in CORPUS_FIGURES]
        parts += [f"| {figure.name} | {figure.value:.2f} | {figure.count} |" for figure in wanted]
        parts += ["\nSome of the worst errors, in words:\n", *(f"- {error}" for error in own.errors[:20])]
    if told:
        parts += _stories(told)
    return "\n".join(parts) + "\n"


def _stories(told: dict[str, ScoreReport]) -> list[str]:
    """Happenings and disputes of the story sets, once from annotated rows and once from what the reader reads."""
    names = list(dict.fromkeys(figure.name for report in told.values() for figure in report.figures))
    values = {split: {figure.name: figure.value for figure in report.figures} for split, report in told.items()}
    parts = [
        "\n## Across articles\n",
        "Stories written and annotated for Détente (`corpus/stories`, compiled by `python corpus/compile_stories.py`),",
        "as `detente score stories corpus/build/stories_dev.jsonl` prints them: from annotated rows, which shows what",
        "relating does, and from the rows that the reader finds, which shows what a user gets. `dev` was read while",
        "rules were written, `test` was not.\n",
        "| figure | " + " | ".join(told) + " |",
        "|---|" + "---:|" * len(told),
    ]
    for name in names:
        cells = (f"{values[split][name]:.2f}" if name in values[split] else "" for split in told)
        parts.append(f"| {name} | " + " | ".join(cells) + " |")
    return parts


def _shown(report: ScoreReport, wanted: tuple[str, ...]) -> str:
    """The wanted figures that rest on any gold item, or the first three where the names have changed."""
    named = {figure.name: figure.value for figure in report.figures if figure.count}
    kept = [name for name in wanted if name in named] or list(named)[:3]
    return ", ".join(f"{name} {named[name]:.3f}" for name in kept)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
