"""`detente dyad`: the page on two territories, in the order in which a desk officer reads it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from detente.knowledge import Knowledge
from detente.model import Dispute, Figure
from detente.recording.store import Store
from detente.relating.dyad.changes import Change
from detente.relating.dyad.page import DyadPage
from detente.relating.dyad.rows import Speaker
from detente.serving.cli import display, wording
from detente.serving.cli.display import Card, Line
from detente.serving.cli.options import as_json, database, dated, party_code, related
from detente.serving.cli.telling import dispute_card, happening_card, version_cells

FIGURES_SHOWN = 12
NAMES_SHOWN = 3
_CHANGES = {
    "more": "{type}: {latest} in the last 30 days, {before} in the 90 before",
    "fewer": "{type}: {latest} in the last 30 days, {before} in the 90 before",
    "first": "{type}: {latest} in the last 30 days, none in this record before",
    "ended": "{type}: none in the last 30 days, {before} in the 90 before",
}


@click.command(
    epilog="\b\nExamples:\n  detente dyad GUY SUR\n  detente dyad azerbaijan armenia --since 2023-09 --plot page.svg\n"
    '  detente dyad GUY SUR --without outlet="Continental Wire"'
)
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@database
@click.option("--since", metavar="DATE", callback=dated, help="From this day, month or year on.")
@click.option("--until", metavar="DATE", callback=dated, help="Up to this day, month or year.")
@click.option("--without", multiple=True, metavar="WHAT=WHO", help="Index without outlet=X, territory=X, speaker=X, …")
@click.option("--plot", type=click.Path(path_type=Path, dir_okay=False), help="Also draw the index: .svg or .png.")
@as_json
def dyad(
    one: str, other: str, db: Path, since: str | None, until: str | None, without: tuple[str, ...],
    plot: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """What the record says between two territories: direction and why, changes, chronology, disputes, who speaks,
    figures, and what it does not hold.

    A and B are ISO codes or names; their order does not matter.
    """
    from detente.relating.dyad.page import dyad_page
    from detente.relating.index import left_out
    from detente.serving.plots.writing import check_name

    first, second = sorted((party_code(one), party_code(other)))
    knowledge = Knowledge()
    if plot is not None:
        check_name(plot)
    with related(db) as store:
        page = dyad_page(store, first, second, since=since, until=until, without=[left_out(one) for one in without])
        if plot is not None:
            from detente.serving.plots import plot_index

            plot_index(page.series, page.chronology, plot)
        if as_json:
            import msgspec

            click.echo(msgspec.json.format(msgspec.json.encode(page)).decode())
        else:
            _tell(store, knowledge, page)


def _tell(store: Store, knowledge: Knowledge, page: DyadPage) -> None:
    names = tuple(knowledge.territories.get(code).name for code in (page.one, page.other))
    display.heading(f"{names[0]} ({page.one}) and {names[1]} ({page.other}){_time(page)}")
    if page.series.without:
        display.heading(f"The index without {' and '.join(page.series.without)}; all else with it")
    display.heading(page.headline.words)
    _part("What changed", [_changed(change) for change in page.changes], "nothing that counting shows")
    title = "Chronology"
    if page.happenings > len(page.chronology):
        title += f": the last {len(page.chronology)} of {page.happenings}"
    _cards(
        title, ["id", "date", "type", "who > whom"], [happening_card(store, row, quotes=1) for row in page.chronology]
    )
    _disputes(page.disputes)
    speakers = [f"{who}, {line}" for who in ("outlets", "voices") for line in _balance(getattr(page, who))]
    copies = page.articles - page.independent
    spoken = f"Who speaks, in {page.articles} article{'s' * (page.articles != 1)}"
    _part(spoken + (f", {copies} of them copies" if copies else ""), speakers, "nobody")
    figures = [_figure(row) for row in page.figures[:FIGURES_SHOWN]]
    _cards("Figures", ["id", "number", "of what, and who says so"], figures)
    _part("What is not here", list(page.gaps), "no gap was found")


def _time(page: DyadPage) -> str:
    if page.since is None and page.until is None:
        return ""
    return f", {page.since or 'the beginning'} to {page.until or 'the end'}"


def _part(title: str, lines: Sequence[str], otherwise: str) -> None:
    click.echo()
    display.heading(title)
    for line in lines or [otherwise + "."]:
        click.echo(f"  {line}")


def _cards(title: str, columns: list[str], cards: list[Card]) -> None:
    click.echo()
    display.heading(title + ("" if cards else ": none"))
    display.cards(columns, cards)


def _disputes(disputes: Sequence[Dispute]) -> None:
    if display.is_for_people():
        _cards("Disputes", ["id", "kind", "who says what"], [dispute_card(row) for row in disputes])
        return
    click.echo("\nDisputes" + ("" if disputes else ": none"))
    for row in disputes:
        for cells in version_cells(row):
            display.plain(cells)


def _changed(change: Change) -> str:
    words = _CHANGES[change.kind].format(type=change.type, latest=change.latest, before=change.before)
    return f"{change.kind} {words} ({', '.join(display.short(one) for one in change.happening_ids[:3])})"


def _balance(speakers: Sequence[Speaker]) -> list[str]:
    return [
        f"{speaker.territory or 'territory not known'}: {speaker.count} ({speaker.share:.0%}), "
        + ", ".join(speaker.names[:NAMES_SHOWN])
        + (" …" if len(speaker.names) > NAMES_SHOWN else "")
        for speaker in speakers
    ]


def _figure(figure: Figure) -> Card:
    value, voices, counted = wording.amount(figure), wording.chain(figure.voices), wording.counted(figure)
    return Card(
        cells=(figure.figure_id, value, counted, voices, figure.evidence.quote),
        lead=(display.short(figure.figure_id), value),
        body=(Line(counted, "bold"), Line(f"“{figure.evidence.quote}”: {voices}", "dim")),
    )
