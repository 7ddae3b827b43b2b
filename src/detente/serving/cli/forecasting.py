"""`detente forecast`: how likely it is that one side does this or that to the other soon, and how good such forecasts
were so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.serving.cli import display
from detente.serving.cli.options import as_json, database, party_code, related

if TYPE_CHECKING:
    from detente.relating.forecast.forecasting import Chance, Forecast
    from detente.relating.forecast.scorecard import Bin

HORIZONS = ("7", "30", "90")
BOUNDS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
PARTS_SHOWN = 3
DRIVERS_SHOWN = 3
_GROUPS = {
    "own": "such acts by {a} towards {b}",
    "back": "such acts by {b} towards {a}",
    "kin": "other acts of this sign by {a} towards {b}",
    "kin_back": "other acts of this sign by {b} towards {a}",
    "contrary": "acts of the other sign between them",
    "out": "such acts by {a} towards anyone",
    "into": "such acts by anyone towards {b}",
    "world": "such acts between any two",
    "year": "such acts by {a} towards {b} at this time last year",
    "year_back": "such acts by {b} towards {a} at this time last year",
}


@click.command(
    epilog="\b\nExamples:\n  detente forecast KEN TZA\n  detente forecast kenya tanzania --horizon 30 --plot next.svg\n"
    "  detente forecast KEN TZA --as-of 2024-12-31 --json\n\n"
    "Piped: one line a forecast, with tabs: class, days, until, probability, base rate, recurrence, Brier, Brier of "
    "the base rate, Brier of recurrence, past happenings, why there is none."
)
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@database
@click.option("--horizon", type=click.Choice(HORIZONS), help="Days ahead; all three where it is not given.")
@click.option(
    "--as-of",
    "as_of",
    metavar="DAY",
    show_default="the last day of the record",
    help="Forecast as if it were this day.",
)
@click.option("--plot", type=click.Path(path_type=Path, dir_okay=False), help="Also draw it: FILE.svg or FILE.png.")
@as_json
def forecast(
    one: str, other: str, db: Path, horizon: str | None, as_of: str | None, plot: Path | None, as_json: bool
) -> None:
    """How likely it is that A does this or that to B soon, by what this record holds, with the score card of such
    forecasts on past days.

    A and B are ISO codes or names; their order matters. Where the record is too thin, or such forecasts were no better
    than saying that what came lately comes again, there is none, and it says why.
    """
    from detente.relating.forecast.forecasting import HORIZONS as ALL
    from detente.relating.forecast.forecasting import forecast as foresee
    from detente.serving.plots.writing import check_name

    source, target = party_code(one), party_code(other)
    if plot is not None:
        check_name(plot)
    with related(db) as store:
        found = foresee(store, source, target, horizons=ALL if horizon is None else (int(horizon),), as_of=as_of)
    if plot is not None:
        from detente.serving.plots.chances import plot_forecast

        plot_forecast(found, plot)
    if as_json:
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
    elif display.is_for_people():
        _tell(found)
    else:
        for chance in found.chances:
            display.plain(_cells(chance))
        _note(found)


def odds(probability: float) -> str:
    """`about 3 in 10`; nearer to 0 or 1, `about 4 in 100`, `less than 1 in 100`."""
    if probability < 0.01:
        return "less than 1 in 100"
    if probability > 0.99:
        return "more than 99 in 100"
    if 0.075 <= probability <= 0.925:
        return f"about {round(10 * probability)} in 10"
    return f"about {round(100 * probability)} in 100"


def percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f} %"


def _tell(found: Forecast) -> None:
    display.heading(f"{found.source} towards {found.target}, seen from {found.as_of}")
    click.echo(
        f"{_happenings(found.forward)} from {found.source} to {found.target} and {found.back} back since "
        f"{found.since}; fitted on {found.pooled} pair{'s' * (found.pooled != 1)} of this record"
    )
    whys = {chance.abstains for chance in found.chances}
    if len(whys) == 1 and all(chance.probability is None for chance in found.chances):
        for why in whys.pop():
            click.echo(f"No forecast: {why}.")
        _tell_ahead(found)
        _note(found)
        return
    for horizon in sorted({chance.horizon for chance in found.chances}):
        chances = [chance for chance in found.chances if chance.horizon == horizon]
        display.heading(f"\nWithin {horizon} days, up to {chances[0].until}")
        for chance in chances:
            _tell_one(chance, found)
        if any(chance.card for chance in chances):
            _tell_cards(chances)
    _tell_ahead(found)
    _note(found)


def _note(found: Forecast) -> None:
    """What was not counted, beside the forecast and not in it."""
    for note in found.notes:
        display.note(note)


def _tell_one(chance: Chance, found: Forecast) -> None:
    name = chance.what.replace("_", " ")
    if chance.probability is None:
        click.echo(f"  {click.style(name, bold=True)}: no forecast")
        for why in chance.abstains:
            click.echo(f"      {why}")
        return
    last = f", the last on {chance.last}" if chance.last else ""
    rivals = f"base rate {percent(chance.base_rate)}, recurrence {percent(chance.recurrence)}"
    said = click.style(odds(chance.probability), bold=True)
    click.echo(f"  {click.style(name, bold=True)}: {said}, {percent(chance.probability)} ({rivals})")
    click.echo(f"      {chance.past} so far{last}")
    if chance.card is not None and not chance.card.beats_base_rate:
        click.echo("      on past days the base rate alone did as well or better: see the score card")
    names = {"a": found.source, "b": found.target}
    shares = [
        f"{100 * part.share:.0f} % {_GROUPS[part.group].format(**names)}{_span(part.group, part.span)}"
        for part in chance.parts[:PARTS_SHOWN]
    ]
    if shares:
        click.echo(f"      rests on {'; '.join(shares)}")
    for driver in chance.drivers[:DRIVERS_SHOWN]:
        way = (found.source, found.target) if driver.forward else (found.target, found.source)
        ids = ", ".join(display.short(event) for event in driver.event_ids[:2])
        more = f" and {len(driver.event_ids) - 2} more" if len(driver.event_ids) > 2 else ""
        click.secho(
            f"      {100 * driver.share:4.1f} %  {driver.day}  {driver.type}  {' > '.join(way)}  {ids}{more}", dim=True
        )


def _span(group: str, days: float | None) -> str:
    if group.startswith("year"):
        return "" if not days else f", give or take {days:.0f} days"
    return " over the whole record" if days is None else f", halved every {days:.0f} days"


def _tell_cards(chances: Sequence[Chance]) -> None:
    cards = [(chance.what.replace("_", " "), chance.card) for chance in chances if chance.card is not None]
    first = cards[0][1]
    click.echo(
        f"\n  Score card: such forecasts made on {first.origins} past days, {first.first_origin} to "
        f"{first.last_origin},\n  for all pairs, by what was known then, and held against what came. 0 is perfect.\n"
    )
    click.secho(f"  {'':22}{'Brier score':^30}{'log score':^30}  this pair", dim=True)
    click.secho(f"  {'':22}{'forecast base recurrence':^30}{'forecast base recurrence':^30}  Brier", dim=True)
    for name, card in cards:
        brier, log = (
            f"{one:8.3f}{base:6.3f}{again:9.3f}".center(30)
            for one, base, again in (
                (card.forecast.brier, card.base_rate.brier, card.recurrence.brier),
                (card.forecast.log, card.base_rate.log, card.recurrence.log),
            )
        )
        pair = "-" if card.pair is None else f"{card.pair.brier:.3f}"
        click.echo(f"  {name:22}{brier}{log}  {pair}")
    click.echo("\n  Do chances mean what they say?")
    for one in _together([card.reliability for _, card in cards]):
        said, came = percent(one.forecast), percent(one.came)
        click.echo(
            f"  {100 * one.low:4.0f} to {100 * one.high:3.0f} %: {said} said, {came} came, {one.count} forecasts"
        )


def _together(tables: Iterable[Sequence[Bin]]) -> list[Bin]:
    """The reliability of all classes in one table of few bins."""
    from detente.relating.forecast.scorecard import Bin

    every = [one for table in tables for one in table]
    found = []
    for low, high in pairwise(BOUNDS):
        some = [one for one in every if low <= one.low < high]
        if count := sum(one.count for one in some):
            said = sum(one.forecast * one.count for one in some) / count
            came = sum(one.came * one.count for one in some) / count
            found.append(Bin(low=low, high=high, count=count, forecast=said, came=came))
    return found


def _tell_ahead(found: Forecast) -> None:
    display.heading("\nThe index ahead")
    if found.ahead.now is None:
        click.echo(f"  {found.ahead.note}")
        return
    for level in (found.ahead.now, *found.ahead.levels):
        when = "now" if level.horizon == 0 else f"in {level.horizon} days"
        click.echo(f"  {when}, {level.day}: {level.level:+.1f} (80 %: {level.low:+.1f} to {level.high:+.1f})")


def _happenings(count: int) -> str:
    return f"{count} happening{'s' * (count != 1)}"


def _cells(chance: Chance) -> list[str]:
    card = chance.card
    scores = ["-"] * 3
    if card is not None:
        scores = [f"{one.brier:.4f}" for one in (card.forecast, card.base_rate, card.recurrence)]
    chances = [
        "-" if value is None else f"{value:.4f}" for value in (chance.probability, chance.base_rate, chance.recurrence)
    ]
    why = "; ".join(chance.abstains) or "-"
    return [chance.what, str(chance.horizon), chance.until, *chances, *scores, str(chance.past), why]
