"""The tables of `docs/forecast.md`: the forecast on simulated records beside its rivals and the truth, on real dated
facts as a record of territories, who-is-next on ICEWS14, and speed on a record of a million.

    python bench/forecast.py                  simulated records (some minutes)
    python bench/forecast.py --real FOLDER    also the sets in FOLDER (../shared/data/forecast)
    python bench/forecast.py --speed 16       also a record of 16 times 40 pairs over ten years: 884,341 happenings

Seeds 11 and on were not looked at while the forecast was made.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from detente.knowledge import Knowledge
from detente.relating.forecast.counts import Classes
from detente.relating.forecast.forecasting import HORIZONS
from detente.relating.forecast.history import TYPES, Happened, History, history_of
from detente.relating.forecast.pooling import QUADS, pool
from detente.relating.forecast.rolling import SCORED_MOST, WEEK, Roller
from detente.relating.forecast.scorecard import method
from detente.relating.forecast.simulating import LAWS, Simulated, simulate

DAYS, PAIRS = 1460, 40


def classes(knowledge: Knowledge) -> Classes:
    quads = [knowledge.ontology.type(name).quad for name in TYPES]
    return Classes(QUADS, tuple(QUADS.index(quad) for quad in quads), tuple(one.endswith("conflict") for one in QUADS))


def scored_days(last: int) -> tuple[int, ...]:
    """Days from the beginning, in a record that ends on day `last`, from which a forecast is scored."""
    spacings = [max(2, -(-horizon // WEEK)) for horizon in HORIZONS]
    every = {last - WEEK * spacing * number for spacing in spacings for number in range(1, SCORED_MOST + 1)}
    return tuple(sorted(day for day in every if day > 120))


def simulated(seeds: list[int], known: Classes, paths: int) -> None:
    print(
        "| record | days ahead | forecast | base rate | recurrence | the truth "
        "| log: forecast | base rate | recurrence |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for law in LAWS:
        found: dict[int, list[list[float]]] = {horizon: [] for horizon in HORIZONS}
        for seed in seeds:
            made = simulate(
                law, pairs=PAIRS, days=DAYS, seed=seed, truth_on=scored_days(DAYS - 1) if paths else (), paths=paths
            )
            for horizon, row in score(made, known):
                found[horizon].append(row)
        for horizon, rows in found.items():
            cells = " | ".join("-" if np.isnan(value) else f"{value:.4f}" for value in np.mean(rows, axis=0))
            print(f"| {law.name} | {horizon} | {cells} |", flush=True)


def score(made: Simulated, known: Classes) -> Iterator[tuple[int, list[float]]]:
    """Mean Brier and log scores over the four classes, for each horizon."""
    parties = np.arange(len(made.history.parties))
    pairs = np.stack([parties, parties ^ 1], axis=1)
    roller = Roller(made.history, known, pairs, made.first_day + DAYS - 1, made.first_day)
    for number, horizon in enumerate(HORIZONS):
        cards = [roller.roll(place, horizon, 0).card for place in range(4)]
        rows = [
            [
                card.forecast.brier, card.base_rate.brier, card.recurrence.brier, truth(made, roller, place, number),
                card.forecast.log, card.base_rate.log, card.recurrence.log,
            ]
            for place, card in enumerate(cards)
            if card is not None
        ]  # fmt: skip
        yield horizon, np.mean(rows, axis=0).tolist()


def truth(made: Simulated, roller: Roller, place: int, number: int) -> float:
    """The Brier score of the true chances, on the rows of the score card."""
    horizon = HORIZONS[number]
    came = roller.came(place, horizon, roller.as_of)
    spacing = max(2, -(-horizon // WEEK))
    chances, outcomes = [], []
    for at in list(range(len(roller.origins) - 1 - spacing, -1, -spacing))[:SCORED_MOST]:
        day = int(roller.origins[at])
        if day in made.truth:
            told = roller.is_told[at]
            chances.append(made.truth[day][number].reshape(len(roller.pairs), 4)[told, place])
            outcomes.append(came[at, told])
    if not chances:
        return float("nan")
    return method(np.concatenate(chances), np.concatenate(outcomes)).brier


def real(folder: Path, knowledge: Knowledge, known: Classes) -> None:
    """Dated facts between actors, as a record of what territories do to each other."""
    history, first = record_of(folder, knowledge)
    codes = np.minimum(history.source, history.target) * len(history.parties) + np.maximum(
        history.source, history.target
    )
    busiest = int(np.bincount(codes).argmax())
    pairs = pool(history, *divmod(busiest, len(history.parties)))
    last = int(history.day.max())
    roller = Roller(history, known, pairs, last, first)
    print(f"\n{len(history)} facts between {len(history.parties)} territories over {last - first + 1} days\n")
    print("| class | days ahead | forecast | base rate | recurrence | origins | forecasts | came |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for horizon in HORIZONS[:2]:
        for place, name in enumerate(QUADS):
            card = roller.roll(place, horizon, 0).card
            if card is not None:
                scores = (card.forecast.brier, card.base_rate.brier, card.recurrence.brier)
                cells = " | ".join(f"{value:.4f}" for value in scores)
                print(f"| {name} | {horizon} | {cells} | {card.origins} | {card.forecasts} | {card.came} |")


def record_of(folder: Path, knowledge: Knowledge) -> tuple[History, int]:
    kinds = {code.label.casefold(): code.type for code in knowledge.ontology.codes.values()}
    rows: list[Happened] = []
    for file in sorted(folder.glob("icews14_*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            fact = json.loads(line)
            kind = kinds.get(fact["r"].replace("_", " ").casefold())
            source, target = (territory(fact[side], knowledge) for side in "so")
            if kind and source and target and source != target:
                rows.append(
                    Happened(source, target, kind, fact["t"] // 24 + 735_234, fact["t"] // 24 + 735_234, len(rows))
                )
    history = history_of(rows)
    return history, int(history.day.min())


def territory(name: str, knowledge: Knowledge) -> str | None:
    inside = re.search(r"\(([^()]*)\)$", name)
    found = knowledge.territories.by_name((inside.group(1) if inside else name).replace("_", " "))
    return None if found is None else found.code


def who_is_next(folder: Path, knowledge: Knowledge) -> None:
    from detente.serving.scores.forecast import ForecastScore

    print("\n| who is next, ICEWS14 valid | MRR | Hits@1 | Hits@3 | Hits@10 | seconds | CPU seconds |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for names in (True, False):
        began, spent = time.perf_counter(), time.process_time()
        report = ForecastScore(names=names).score(folder / "icews14_valid.jsonl", knowledge)
        cells = " | ".join(f"{figure.value:.4f}" for figure in report.figures[:4])
        used = f"{time.perf_counter() - began:.0f} | {time.process_time() - spent:.0f}"
        print(f"| {'with' if names else 'without'} the words in names | {cells} | {used} |", flush=True)


def speed(worlds: int, knowledge: Knowledge) -> None:
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from detente.recording.store import Store
    from detente.relating.forecast import forecast
    from simulated_record import fill

    histories = [simulate(LAWS[-1], pairs=PAIRS, days=3650, seed=100 + number).history for number in range(worlds)]
    size = len(histories[0].parties)
    together = History(
        tuple(f"W{world:02d}{name}" for world, one in enumerate(histories) for name in one.parties),
        *(
            np.concatenate([column(one, world * size) for world, one in enumerate(histories)])
            for column in (
                lambda one, shift: one.source + shift, lambda one, shift: one.target + shift, lambda one, _: one.kind,
                lambda one, _: one.day, lambda one, _: one.known, lambda one, shift: one.happening + shift * 10**6,
            )
        ),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = fill(Path(folder) / "record.db", together, {name: name for name in together.parties})
        print(f"\n{len(together)} happenings, {path.stat().st_size / 1e9:.1f} GB", flush=True)
        with Store.open(path, read_only=True) as store:
            for horizons in ((30,), HORIZONS):
                began, spent = time.perf_counter(), time.process_time()
                forecast(store, "W00P000", "W00P001", horizons=horizons, knowledge=knowledge)
                wall, used = time.perf_counter() - began, time.process_time() - spent
                print(f"a forecast over {horizons} days: {wall:.1f} s, {used:.1f} s of one core", flush=True)
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GiB")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, nargs="*", default=[11, 12])
    options.add_argument("--paths", type=int, default=100, help="futures for each true chance; 0 leaves the truth out")
    options.add_argument("--real", type=Path, help="a folder with icews14_train.jsonl and icews14_valid.jsonl")
    options.add_argument("--speed", type=int, default=0, help="worlds of 40 pairs over ten years")
    asked = options.parse_args()
    knowledge = Knowledge()
    known = classes(knowledge)
    if asked.seeds:
        simulated(asked.seeds, known, asked.paths)
    if asked.real is not None:
        real(asked.real, knowledge, known)
        who_is_next(asked.real, knowledge)
    if asked.speed:
        speed(asked.speed, knowledge)


if __name__ == "__main__":
    main()
