"""The relation index on invented histories whose true level is known, beside sums and means of scores; and its speed.

python bench/index.py                       the tables of docs/index_method.md
python bench/index.py --events 1000000      also the time it takes on a record of a million events
python bench/index.py --events 1000000 --record big.db        the same on a record made before
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from math import sqrt
from pathlib import Path
from statistics import fmean

from msgspec import Struct

from detente.recording.store import Store
from detente.relating.dyad.page import dyad_page
from detente.relating.index import IndexSeries, Weights, index_of, levels, refresh
from detente.relating.index.observations import Observation, observation, ordinal
from detente.relating.index.simulating import FIRST_DAY, History, World, draw_world, simulate

PRIOR = Weights.load().prior
YEARS = 8
MONTH = 365.25 / 12
CALM = World(days=4 * 365, rate=0.5, year=0.3, day=1.5, start=2.0)


class Trial(Struct, frozen=True):
    """One drawn history: how many happenings, which months' bands held the truth, by how much each measure missed."""

    happenings: int
    held: tuple[bool, ...]
    missed: tuple[float, ...]
    mean_missed: tuple[float, ...]


def months(history: History, series: IndexSeries) -> Iterable[tuple[int, int, int]]:
    """The place of each point that is said, with the days it speaks of, counted from the first of the history."""
    assert series.fitted is not None
    for place, point in enumerate(series.points):
        first = max(ordinal(point.start), series.fitted.first_day) - FIRST_DAY
        last = min(ordinal(point.end) - FIRST_DAY + 1, len(history.truth))
        if point.is_said and last > first:
            yield place, first, last


def trial(seed: int) -> Trial:
    world = draw_world(seed, years=YEARS)
    history = simulate(world, seed)
    series = levels(history.observations, prior=PRIOR)
    held, missed, mean_missed = [], [], []
    for place, first, last in months(history, series):
        truth, point = fmean(history.truth[first:last]), series.points[place]
        held.append(point.low <= truth <= point.high)
        missed.append(point.level - truth)
        inside = [one.score for one in history.observations if first <= one.day - FIRST_DAY < last]
        if inside:
            mean_missed.append(fmean(inside) - truth)
    return Trial(len(history.observations), tuple(held), tuple(missed), tuple(mean_missed))


def root_mean(values: Iterable[float]) -> float:
    return sqrt(fmean(value * value for value in values))


def bands(count: int) -> None:
    with ProcessPoolExecutor(2) as pool:
        trials = list(pool.map(trial, range(count), chunksize=8))
    print(f"\n## The band, on {count} histories of {YEARS} years drawn from the prior (months that are said)\n")
    print("| happenings | histories | truth in the 80 % band | index misses by | monthly mean misses by |")
    print("|---|---:|---:|---:|---:|")
    for low, high, words in (
        (0, 250, "under 250"),
        (250, 1000, "250 to 1,000"),
        (1000, 10**9, "over 1,000"),
        (0, 10**9, "all"),
    ):
        some = [one for one in trials if low <= one.happenings < high and one.held]
        share = fmean(held for one in some for held in one.held)
        miss = root_mean(value for one in some for value in one.missed)
        mean_miss = root_mean(value for one in some for value in one.mean_missed)
        print(f"| {words} | {len(some)} | {share:.1%} | {miss:.2f} | {mean_miss:.2f} |")


def steps_of(history: History) -> list[int]:
    """The days, from the first, on which the index tells a step."""
    changes = levels(history.observations, prior=PRIOR).changes
    return [ordinal(change.start) - FIRST_DAY for change in changes if change.kind == "step"]


def power(seeds: int) -> None:
    print(f"\n## Steps, on {seeds} histories of four years (told within 30 days of the day; false ones further off)\n")
    print("| size of the step | 3 a month | 10 a month | 30 a month |")
    print("|---|---:|---:|---:|")
    for size in (0.0, 3.0, 5.0, 8.0):
        cells = []
        for rate in (0.1, 1 / 3, 1.0):
            breaks = ((700, 4.0 - size),) if size else ()
            world = World(days=4 * 365, rate=rate, year=0.5, day=1.5, start=4.0, breaks=breaks)
            found = [[day - 700 for day in steps_of(simulate(world, seed))] for seed in range(seeds)]
            near = sum(any(abs(day) <= 30 for day in days) for days in found)
            false = sum(not size or abs(day) > 30 for days in found for day in days)
            cells.append(f"{near} of {seeds}, {false} false" if size else f"{false} false")
        print(f"| {size:g} | {' | '.join(cells)} |" if size else f"| none | {' | '.join(cells)} |")


def sums(history: History, *, told: bool) -> list[float]:
    """The monthly sum of scores; with `told`, a happening as often as it is told."""
    found = [0.0] * (int(len(history.truth) / MONTH) + 1)
    for one in history.observations:
        found[int((one.day - FIRST_DAY) / MONTH)] += one.score * (one.witnesses if told else 1)
    return found


def means(history: History, *, told: bool) -> list[float]:
    weights = [0.0] * (int(len(history.truth) / MONTH) + 1)
    for one in history.observations:
        weights[int((one.day - FIRST_DAY) / MONTH)] += one.witnesses if told else 1
    return [total / weight for total, weight in zip(sums(history, told=told), weights, strict=True) if weight]


def index_levels(history: History) -> list[float]:
    return [point.level for point in levels(history.observations, prior=PRIOR).points]


MEASURES: tuple[tuple[str, Callable[[History], list[float]]], ...] = (
    ("relation index", index_levels),
    ("mean score of happenings", lambda history: means(history, told=False)),
    ("mean score of tellings", lambda history: means(history, told=True)),
    ("sum of scores of happenings", lambda history: sums(history, told=False)),
    ("sum of scores of tellings", lambda history: sums(history, told=True)),
)


def coverage(seeds: int) -> None:
    half = CALM.days // 2
    press: Callable[[int], float] = lambda day: 1.0 if day < half else 2.0  # noqa: E731
    histories = [simulate(CALM, seed, coverage=press) for seed in range(seeds)]
    loud = [with_a_loud_day(simulate(CALM, seed)) for seed in range(seeds)]
    plain = [simulate(CALM, seed) for seed in range(seeds)]
    print(f"\n## More press, and one loud day, on {seeds} histories of four years about +2\n")
    print(
        "| measure | first two years | coverage doubled in the next two | turned by | year of a loud day | without it |"
    )
    print("|---|---:|---:|---:|---:|---:|")
    for name, measure in MEASURES:
        found = [measure(history) for history in histories]
        before, after = (fmean(fmean(v[:24] if first else v[24:48]) for v in found) for first in (True, False))
        shouted, calm = (fmean(fmean(measure(history)[24:36]) for history in some) for some in (loud, plain))
        print(f"| {name} | {before:+.2f} | {after:+.2f} | {after - before:+.2f} | {shouted:+.2f} | {calm:+.2f} |")


def with_a_loud_day(history: History) -> History:
    """The history with a day on which two hundred assaults are told, each by three witnesses."""
    day = FIRST_DAY + 30 * 30
    shouts = [observation(f"loud-{n:03}", "ASSAULT", day, day, -9.0, 1.0, 0.9, 3) for n in range(200)]
    return History(truth=history.truth, observations=(*history.observations, *shouts))


def exchanged(seeds: int) -> None:
    """Friend for foe: the level must turn over exactly. Which country is which no number knows; tests hold that."""
    worst = 0.0
    for seed in range(seeds):
        rows = simulate(draw_world(seed), seed).observations
        turned = [
            Observation(*(getattr(one, f) if f != "score" else -one.score for f in one.__struct_fields__))
            for one in rows
        ]
        pair = (levels(some, prior=PRIOR).points for some in (rows, turned))
        worst = max(worst, *(abs(a.level + b.level) for a, b in zip(*pair, strict=True)))
    print(f"\nFriend and foe exchanged in {seeds} histories: the level turned over, to within {worst:.1e}.")


def speed(events: int, record: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = record or Path(folder) / "record.db"
        if not path.exists():
            from synthetic_record import write

            write(path, events=events)
        with Store.open(path) as store:
            start = time.perf_counter()
            with store.transaction("weighing") as connection:
                weighed = refresh(connection)
            print(f"\n## Speed, on a record of {events:,} events\n")
            print(f"weighing {weighed:,} happenings for the first time: {time.perf_counter() - start:.1f} s")
            pairs = store.reader.execute(
                "SELECT min(source, target) a, max(source, target) b, count(*) FROM relate_index "
                "GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"
            ).fetchall()
            print(
                "\n| dyad | happenings | monthly index | without one outlet | whole page |\n|---|---:|---:|---:|---:|"
            )
            for words, place in (("the busiest", 0), ("the tenth", 9), ("the hundredth", 99), ("the thousandth", 999)):
                a, b, count = pairs[min(place, len(pairs) - 1)]
                whole, less = (
                    timed(lambda w=w, a=a, b=b: index_of(store, a, b, without=w)) for w in ((), ("outlet=Outlet 3",))
                )
                page = timed(lambda a=a, b=b: dyad_page(store, a, b))
                print(f"| {words} | {count:,} | {whole:.0f} ms | {less:.0f} ms | {page:.0f} ms |")
        a, b, _ = pairs[0]
        command = [sys.executable, "-m", "detente", "index", a, b, "--db", str(path)]
        cold = timed(lambda: subprocess.run(command, check=True, capture_output=True), _children)
        print(f"\n`detente index` from a cold start, for the busiest: {cold:.0f} ms of the processor")


def _children() -> float:
    """Processor time of the programs started from here, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(what: Callable[[], object], clock: Callable[[], float] = time.process_time, rounds: int = 9) -> float:
    """Milliseconds, the best of the rounds: of the processor, which is what it takes where nothing else runs."""
    found = []
    for _ in range(rounds):
        start = clock()
        what()
        found.append(clock() - start)
    return min(found) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--histories", type=int, default=300)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--events", type=int, default=0)
    parser.add_argument("--record", type=Path)
    options = parser.parse_args()
    if options.histories:
        bands(options.histories)
    if options.seeds:
        power(options.seeds)
        coverage(options.seeds)
        exchanged(options.seeds)
    if options.events:
        speed(options.events, options.record)


if __name__ == "__main__":
    main()
