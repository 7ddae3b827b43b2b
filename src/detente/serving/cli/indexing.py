"""`detente index`: how warm or cold two parties stand, with a band, what moved it, and what it would be without."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import get_args

import click
from msgspec import Struct

from detente.errors import UsageError
from detente.model import Event, Happening
from detente.recording.store import Store
from detente.relating.index import (
    Change,
    IndexSeries,
    Opening,
    Period,
    Point,
    Share,
    Spreads,
    Step,
    index_of,
    left_out,
    named,
    opened,
)
from detente.relating.index.levels import LEAST
from detente.serving.cli import display, wording
from detente.serving.cli.display import Card, Line
from detente.serving.cli.options import as_json, database, dated, party_code, related
from detente.serving.cli.writing import keep_off
from detente.serving.plots.titles import between
from detente.serving.plots.writing import check_name

SHARES_SHOWN = 20  # for a person; a pipe gets all
UNSAID = "not enough to say"


@click.command(
    epilog="\b\nExamples:\n  detente index KEN TZA --step quarter\n  detente index KEN TZA --open 2025-03\n"
    "  detente index KEN TZA --without outlet='Dodoma Standard'\n"
    "  detente index KEN TZA --plot index.svg --csv rows.csv\n\n"
    "Piped: one line a period, with tabs: period, level, low, high, happenings; without: level, low, high, difference. "
    "With --open, one line a happening: id, share, points, day, type, who > whom."
)
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@database
@click.option("--step", type=click.Choice(get_args(Step)), default="month", show_default=True)
@click.option("--directed", is_flag=True, help="Only what A does to B.")
@click.option("--since", metavar="DATE", callback=dated, help="Show from this day, month or year on.")
@click.option("--until", metavar="DATE", callback=dated, help="Show up to this day, month or year.")
@click.option(
    "--without", multiple=True, metavar="WHAT=WHO",
    help="Also compute it without outlet=X, territory=X, speaker=X, status=claimed or document=ID. May be repeated.",
)  # fmt: skip
@click.option("--open", "period", metavar="PERIOD", help="The happenings that make up 2024-03, 2024-Q1 or 2024-03-05.")
@click.option("--csv", "table", type=click.Path(path_type=Path, dir_okay=False), help="Write all it rests on as CSV.")
@click.option("--plot", type=click.Path(path_type=Path, dir_okay=False), help="Draw it: FILE.svg or FILE.png.")
@as_json
def index(
    one: str, other: str, db: Path, step: Step, directed: bool, since: str | None, until: str | None,
    without: tuple[str, ...], period: str | None, table: Path | None, plot: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """How warm or cold A and B stand, from -10 (hostile) to +10 (friendly), with an 80 % band.

    A and B are territories, by code or name, or actors that act for none, by id or name. More press is not more
    conflict: it only narrows the band. Every number opens to the happenings that make it, and docs/index_method.md
    derives it.
    """
    leaving = [left_out(text) for text in without]
    asked = None if period is None else named(period)
    if plot is not None:
        check_name(plot)
    keep_off(db, table, plot)
    with related(db) as store:
        a, b = party(store, one), party(store, other)
        if not directed:
            a, b = sorted((a, b))
        series = index_of(store, a, b, step=step, directed=directed, since=since, until=until)
        less = None
        if leaving:
            less = index_of(store, a, b, step=step, directed=directed, since=since, until=until, without=leaving)
        last = series if less is None else less
        if table is not None:
            from detente.relating.index.audit import write_rows

            with table.open("w", encoding="utf-8", newline="") as stream:
                write_rows(last.observations, stream)
        if plot is not None:
            from detente.serving.plots import plot_index

            plot_index(series, (), plot, compared=less)
        if as_json:
            _json(series, less, asked)
        elif asked is not None:
            _open(store, last, asked)
        else:
            _show(series, less)


def party(store: Store, text: str) -> str:
    """The code of a territory, or the id of an actor of this record that acts for none, by id or name."""
    try:
        return party_code(text)
    except UsageError:
        found = store.reader.execute(
            "SELECT actor_id FROM record_actor WHERE territory IS NULL AND (actor_id = ?1 OR name = ?1 COLLATE NOCASE) "
            "ORDER BY actor_id LIMIT 1",
            (text.strip(),),
        ).fetchone()
        if found is None:
            raise
        return str(found[0])


class Shown(Struct, frozen=True, kw_only=True):
    """What `--json` prints. `points_without` and `without` are empty where nothing is left out; `opening` is of the
    index without it, where something is. `breaks` are the days on which the level started anew. `happenings` counts
    those with weight, `undated` those that have no place in time."""

    a: str
    b: str
    directed: bool
    step: Step
    happenings: int
    undated: int
    spreads: Spreads | None
    breaks: tuple[str, ...]
    points: tuple[Point, ...]
    changes: tuple[Change, ...]
    without: tuple[str, ...]
    points_without: tuple[Point, ...]
    opening: Opening | None


def _json(series: IndexSeries, less: IndexSeries | None, asked: Period | None) -> None:
    import msgspec

    assert series.parties is not None
    last = series if less is None else less
    shown = Shown(
        a=series.parties[0], b=series.parties[1], directed=series.directed, step=series.step,
        happenings=series.counted, undated=series.undated, spreads=series.spreads, breaks=series.breaks,
        points=series.points, changes=series.changes, without=() if less is None else less.without,
        points_without=() if less is None else less.points, opening=None if asked is None else opened(last, asked),
    )  # fmt: skip
    click.echo(msgspec.json.format(msgspec.json.encode(shown)).decode())


def _show(series: IndexSeries, less: IndexSeries | None) -> None:
    if display.is_for_people():
        display.heading(f"{between(series)}, by {series.step}: from -10 (hostile) to +10 (friendly), with an 80 % band")
    columns = ["period", "level", "band", "happenings"]
    if less is not None:
        columns = ["period", "level", "band", "without", "band", "difference"]
    beside = {} if less is None else {point.period: point for point in less.points}
    rows = [(point, beside.get(point.period)) for point in series.points]
    if not display.is_for_people():
        for point, other in rows:
            display.plain(_plain(point, other, compared=less is not None))
    else:
        display.table(columns, _lines(rows, compared=less is not None))
    said = [point for point in series.points if point.is_said]
    undated = f", {series.undated} more without a date" if series.undated else ""
    notes = [f"{series.counted} happening{'s' * (series.counted != 1)} with weight{undated}"]
    if less is not None:
        notes.append(f"{less.counted} without {' and '.join(less.without)}")
    display.note("; ".join(notes) + ".")
    if not said:
        display.note(f"There is {UNSAID}: {_why(series)}.")
    for change in series.changes:
        display.note(told(change))
    if said and display.is_for_people():
        display.note(f"What makes a number: add --open {said[-1].period}")


def _why(series: IndexSeries) -> str:
    if series.counted < LEAST:
        return f"a level rests on {LEAST} happenings with weight or more"
    if not series.points:
        return "the time asked for lies outside that of the happenings"
    return "the band would be wider than half of what is possible"


def _plain(point: Point, other: Point | None, *, compared: bool) -> list[str]:
    cells = [point.period, *_numbers(point), str(point.happenings)]
    if compared:
        cells += [*_numbers(other), _difference(point, other)]
    return cells


def _numbers(point: Point | None) -> tuple[str, str, str]:
    if point is None or not point.is_said:
        return "-", "-", "-"
    return f"{point.level:+.2f}", f"{point.low:+.2f}", f"{point.high:+.2f}"


def _difference(point: Point, other: Point | None) -> str:
    return f"{other.level - point.level:+.2f}" if other is not None and other.is_said and point.is_said else "-"


def _lines(rows: Sequence[tuple[Point, Point | None]], *, compared: bool) -> list[list[str]]:
    """One line a period; periods on end of which there is not enough to say share one."""
    lines: list[list[str]] = []
    for is_said, group in groupby(rows, key=lambda row: row[0].is_said):
        some = list(group)
        if not is_said:
            first, last = some[0][0].period, some[-1][0].period
            count = sum(point.happenings for point, _ in some)
            period = first if first == last else f"{first} to {last}"
            lines.append([period, "-", UNSAID, *(("-", "-", "-") if compared else (str(count),))])
            continue
        for point, other in some:
            level, low, high = _numbers(point)
            cells = [point.period, level, f"{low} to {high}"]
            if compared:
                level, low, high = _numbers(other)
                cells += [level, UNSAID if level == "-" else f"{low} to {high}", _difference(point, other)]
            else:
                counts = f"{point.happenings}"
                if point.happenings:
                    counts += f": {point.cooperation} friendly, {point.conflict} hostile"
                cells.append(counts)
            lines.append(cells)
    return lines


def told(change: Change) -> str:
    """`Colder from 2024-03-05 on: from -1.2 to -5.6, which is by 3.1 to 5.7.`"""
    which = "Warmer" if change.after > change.before else "Colder"
    when = f"at once on {change.start}" if change.kind == "step" else f"from {change.start} to {change.end}"
    least, most = sorted((abs(change.low), abs(change.high)))
    return f"{which} {when}: from {change.before:+.1f} to {change.after:+.1f}, by {least:.1f} to {most:.1f}."


def _open(store: Store, series: IndexSeries, asked: Period) -> None:
    found = opened(series, asked)
    if found is None:
        display.note(f"there is {UNSAID} of {asked.name}: the record holds no happening with weight up to then.")
        return
    columns = ["id", "adds", "share", "day", "what"]
    if not found.is_said:
        display.note(f"there is {UNSAID} of {found.period}: this is only what its number would be made of.")
    if not display.is_for_people():
        for share in found.shares:
            happening = _happening(store, share)
            display.plain(
                (share.happening_id, f"{share.share:.6f}", f"{share.points:+.6f}", share.day, share.type,
                 wording.parties(happening) if happening else "-")
            )  # fmt: skip
        return
    display.heading(f"{between(series)}, {found.period}: {found.level:+.2f}, and what adds up to it")
    display.cards(columns, (_card(store, share) for share in found.shares[:SHARES_SHOWN]))
    rest = found.shares[SHARES_SHOWN:]
    if rest:
        click.echo(f"{len(rest)} others add {sum(one.points for one in rest):+.2f}")
    click.echo(f"knowing nothing at the start weighs {found.start_share:.1%} and adds 0")


def _happening(store: Store, share: Share) -> Happening | None:
    found = store.get(share.happening_id)
    return found if isinstance(found, Happening) else None


def _card(store: Store, share: Share) -> Card:
    happening = _happening(store, share)
    who = wording.parties(happening) if happening else share.happening_id
    event = store.get(happening.event_ids[0]) if happening and happening.event_ids else None
    words = event.evidence.quote if isinstance(event, Event) else ""
    counts = f"score {share.score:+g}, weight {share.weight:.2f}, {share.witnesses} witness" + "es" * (
        share.witnesses != 1
    )
    return Card(
        cells=(),
        lead=(display.short(share.happening_id), f"{share.points:+.2f}", f"{share.share:.1%}", share.day),
        body=(Line(f"{share.type}: {who}", "bold"), Line(words, is_quote=True), Line(counts, "dim")),
    )
