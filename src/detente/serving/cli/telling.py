"""`detente happenings` and `disputes`: what is found across articles, one after the other."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, get_args

import click

from detente.errors import UsageError
from detente.model import Dispute, Document, Event, Happening, Version
from detente.model.vocabulary import DisputeKind, EventType
from detente.recording.order import kind_of
from detente.recording.store import Store
from detente.serving.cli import display, wording
from detente.serving.cli.display import Card, Line
from detente.serving.cli.options import SHOWN, Command, as_json, database, dated, party_code, related
from detente.serving.cli.showing import found


def _scope(kind: str, kinds: Sequence[str]) -> Callable[[Command], Command]:
    """The filters that both listings have."""
    options = (
        click.option("--dyad", nargs=2, metavar="A B", help="Between two territories, either way: AZE USA, or names."),
        click.option(f"--{kind}", "kind", type=click.Choice(kinds, case_sensitive=False), metavar=kind.upper()),
        click.option("--since", metavar="DATE", callback=dated, help="From this day, month or year on."),
        click.option("--until", metavar="DATE", callback=dated, help="Up to this day, month or year."),
        click.option("--document", "document_id", metavar="ID", help="In which this document has a part."),
        click.option("--limit", type=click.IntRange(1), show_default=f"{SHOWN} on a terminal, else all"),
        click.option("--offset", type=click.IntRange(0), default=0, help="Leave out the first so many."),
    )

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@click.command(
    epilog="\b\nExamples:\n  detente happenings --dyad KEN TZA\n  detente happenings --type ASSAULT --since 2024-03\n"
    "  detente happenings --dyad KEN TZA --plot line.svg\n\n"
    "Piped: one line a happening, with tabs: id, date, type, sources, targets, witnesses, articles, standing, words."
)
@database
@_scope("type", get_args(EventType))
@click.option("--plot", type=click.Path(path_type=Path, dir_okay=False), help="With --dyad, draw them: .svg or .png.")
@as_json
def happenings(db: Path, as_json: bool, kind: str | None, plot: Path | None, **options: Any) -> None:
    """List happenings: the same event told by several articles, once, with its witnesses.

    Copies of one text count as one witness. `detente decide` joins or parts happenings where the reader is wrong.
    """
    from detente.relating.happenings import happenings_of

    if plot is not None:
        _check_plot(plot, options)
    with related(db) as store:
        asked = _asked(store, options)
        if plot is not None:
            from detente.serving.plots import plot_timeline

            every = list(happenings_of(store, type=kind, **{**asked, "limit": None, "offset": 0}))
            plot_timeline(every, plot, parties=asked["dyad"])
        rows = happenings_of(store, type=kind, **asked)
        _list("happening", rows, lambda row: happening_card(store, row), ["id", "date", "type", "who > whom"],
              as_json=as_json, options=options)  # fmt: skip


def _check_plot(plot: Path, options: dict[str, Any]) -> None:
    from detente.serving.plots.writing import check_name

    check_name(plot)
    if not options["dyad"]:
        raise UsageError(
            "a picture shows what two did to one another", value=str(plot), expected="--dyad A B beside it"
        )


def happening_card(store: Store, row: Happening, *, quotes: int = 3) -> Card:
    """One happening: who did what to whom, some of its words, and how many tell it."""
    date, who = wording.date(row.date), wording.parties(row)
    told = [event for event_id in row.event_ids if isinstance(event := store.get(event_id), Event)]
    words = list(dict.fromkeys(event.evidence.quote for event in told))
    standing = wording.standing(row)
    return Card(
        cells=(row.happening_id, date, row.type, wording.actors(row.sources), wording.actors(row.targets),
               str(row.witnesses), str(len(row.document_ids)), standing, " / ".join(words)),
        lead=(display.short(row.happening_id), date, row.type),
        body=(Line(who, "bold"), *(Line(one, is_quote=True) for one in words[:quotes]), Line(standing, "dim")),
    )  # fmt: skip


@click.command(
    epilog="\b\nExamples:\n  detente disputes --dyad GUY SUR\n  detente disputes --kind figure\n\n"
    "Piped: one line a version, with tabs: dispute, kind, about, stance, voices, outlet, date, row, words."
)
@database
@_scope("kind", get_args(DisputeKind))
@as_json
def disputes(db: Path, as_json: bool, kind: str | None, **options: Any) -> None:
    """List disputes: where versions by different voices cannot all hold, side by side.

    Détente does not say which version is true; it says who holds it, in which words, and who is silent.
    """
    from detente.relating.disputes import disputes_of

    with related(db) as store:
        rows = disputes_of(store, kind=kind, **_asked(store, options))
        if as_json or display.is_for_people():
            _list("dispute", rows, dispute_card, ["id", "kind", "who says what"], as_json=as_json, options=options)
        else:
            shown = 0
            for row in islice(rows, options["limit"]):
                shown += 1
                for cells in version_cells(row):
                    display.plain(cells)
            _tell_rest("dispute", shown, rows, options)


def version_cells(row: Dispute) -> Iterator[tuple[str, ...]]:
    """One plain row for each version."""
    for version in row.versions:
        yield (row.dispute_id, row.kind, row.about, *_cells(version))


def _cells(version: Version) -> tuple[str, ...]:
    return (
        version.stance, wording.chain(version.voices), version.outlet or "-", wording.date(version.date),
        version.row_id, version.evidence.quote,
    )  # fmt: skip


def dispute_card(row: Dispute) -> Card:
    """One dispute: what it is about, then each version with who gives it, then who is silent."""
    body = [Line(row.about, "bold")]
    for version in row.versions:
        who = wording.chain(version.voices)
        body += [Line(version.evidence.quote, is_quote=True), Line(f"{version.stance}: {who}{_where(version)}", "dim")]
    body += [Line(f"no version from {side} in this record", "dim") for side in row.silent]
    return Card(cells=(), lead=(display.short(row.dispute_id), row.kind), body=tuple(body))


def _where(version: Version) -> str:
    outlet = ", ".join(part for part in (version.outlet, wording.date(version.date) if version.date else None) if part)
    return f" ({outlet})" if outlet else ""


def _asked(store: Store, options: dict[str, Any]) -> dict[str, Any]:
    from detente.relating.index import bounds
    from detente.relating.sides import two_sides

    dyad, document_id = tuple(party_code(one) for one in options["dyad"] or ()), options["document_id"]
    if dyad:
        two_sides(store, *dyad)
    bounds(options["since"], options["until"])
    limit = options["limit"] or (SHOWN if display.is_for_people() else None)
    return {
        "dyad": dyad or None,
        "since": options["since"],
        "until": options["until"],
        "document_id": None if document_id is None else _document_id(store, document_id),
        "limit": None if limit is None else limit + 1,
        "offset": options["offset"],
    }


def _document_id(store: Store, text: str) -> str:
    row = found(store, text)
    if not isinstance(row, Document):
        raise UsageError(
            "--document names no document", value=f"{text}, a {kind_of(row)}", expected="an id such as doc-01234567",
            todo="list ids with `detente documents`; other rows: detente show ID",
        )  # fmt: skip
    return row.document_id


def _list(
    kind: str, rows: Iterator[Any], card: Any, columns: list[str], *, as_json: bool, options: dict[str, Any]
) -> None:
    limit = options["limit"] or (SHOWN if display.is_for_people() else None)
    if as_json:
        from detente import registry

        registry.find("exports", "jsonl")(as_given=True).write(islice(rows, options["limit"]), sys.stdout.buffer)
        return
    _tell_rest(kind, display.cards(columns, (card(row) for row in islice(rows, limit))), rows, options)


def _tell_rest(kind: str, shown: int, rows: Iterator[Any], options: dict[str, Any]) -> None:
    """What was not shown, beside the list and not in it."""
    if not shown:
        display.note(f"no {kind} fits. Leave out a filter; what single articles tell: detente events")
    elif next(rows, None) is not None:
        display.note(f"the first {shown}; more with --limit or --offset {options['offset'] + shown}")
    elif display.is_for_people():
        display.note(f"{shown} {kind}{'s' * (shown != 1)}. One with its rows: detente show ID")
