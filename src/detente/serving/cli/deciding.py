"""`detente decide`: a person joins or parts happenings, or takes that back, whatever is read later."""

from __future__ import annotations

from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from typing import Any

import click

from detente.errors import UsageError
from detente.knowledge import Knowledge
from detente.model import Event, Happening
from detente.recording.order import kind_of
from detente.recording.store import Store
from detente.relating.happenings import Decision, decisions_of, happening_of_event
from detente.relating.happenings import decide as take
from detente.relating.refresh import bring_up_to_date
from detente.serving.cli import display
from detente.serving.cli.options import as_json, database, opened
from detente.serving.cli.showing import found


@click.group(
    epilog="\b\nExamples:\n  detente decide merge hap-01234567 hap-89abcdef --why 'one raid, told on two days'\n"
    "  detente decide split evt-01234567 --why 'another ship'\n  detente decide list\n"
    "  detente decide undo dec-01234567 --why 'it was the same ship'"
)
def decide() -> None:
    """Join or part happenings where the reader is wrong.

    Nothing is rewritten: a decision is kept with who took it, when and why, holds whatever is read later, and can be
    taken back.
    """


def _said(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """A click callback: the reason, which must not be empty."""
    if not value.strip():
        raise UsageError(
            "a decision needs a reason", value=repr(value), expected="a few words", todo="--why 'one raid'"
        )
    return value.strip()


def _signed(command: Any) -> Any:
    why = "The reason, for whoever comes after you."
    command = click.option("--why", required=True, metavar="TEXT", callback=_said, help=why)(command)
    return click.option("--who", metavar="NAME", help="Who decides; the name you are logged in with.")(command)


@decide.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID ID...")
@_signed
@database
def merge(ids: tuple[str, ...], why: str, who: str | None, db: Path) -> None:
    """These happenings, or the events with these ids, are one and the same."""
    with _opened(db) as store:
        events = tuple(dict.fromkeys(one for row_id in ids for one in _events(store, row_id)))
        if len(events) < 2 or len(set(ids)) < 2:
            raise UsageError("there is nothing to join", value=" ".join(ids), expected="two ids or more")
        _take(store, Decision(kind="merge", who=_name(who), when=_now(), why=why, event_ids=events))


@decide.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@_signed
@database
def split(ids: tuple[str, ...], why: str, who: str | None, db: Path) -> None:
    """These events leave the happening they are in, and are one of their own."""
    with _opened(db) as store:
        events = tuple(dict.fromkeys(one for row_id in ids for one in _events(store, row_id)))
        _take(store, Decision(kind="split", who=_name(who), when=_now(), why=why, event_ids=events))


@decide.command()
@click.argument("decision_id", metavar="DECISION")
@_signed
@database
def undo(decision_id: str, why: str, who: str | None, db: Path) -> None:
    """Take a decision back; also one that took back another."""
    with _opened(db) as store:
        whole = [one.decision_id for one in decisions_of(store) if one.decision_id.startswith(decision_id)]
        if len(whole) != 1:
            raise UsageError(
                "no decision of that id" if not whole else "several decisions begin so",
                value=decision_id,
                todo="list them with `detente decide list`",
            )
        _take(store, Decision(kind="undo", who=_name(who), when=_now(), why=why, undoes=whole[0]))


@decide.command(name="list")
@database
@as_json
def listed(db: Path, as_json: bool) -> None:
    """All decisions, oldest first, those taken back included."""
    with opened(db, may_renew=True) as store:
        rows = decisions_of(store)
    if as_json:
        import msgspec

        for row in rows:
            click.echo(msgspec.json.encode({"decision_id": row.decision_id, **msgspec.to_builtins(row)}).decode())
        return
    undone = {row.undoes for row in rows}
    cells = [
        [display.short(row.decision_id), row.when, row.who, row.kind + " (taken back)" * (row.decision_id in undone),
         row.undoes or " ".join(display.short(one) for one in row.event_ids), row.why]
        for row in rows
    ]  # fmt: skip
    if not display.table(["id", "when", "who", "what", "of", "why"], cells):
        display.note("nothing was decided yet.")


def _opened(db: Path) -> Store:
    """The record, for writing; a plain word where there is none yet."""
    opened(db, may_renew=True).close()
    return Store.open(db)


def _events(store: Store, row_id: str) -> tuple[str, ...]:
    row = found(store, row_id)
    if isinstance(row, Happening):
        return row.event_ids
    if isinstance(row, Event):
        return (row.event_id,)
    raise UsageError(
        "only happenings and events are joined or parted",
        value=f"{row_id}, a {kind_of(row)}",
        expected="ids such as hap-01234567 or evt-01234567",
    )


def _take(store: Store, decision: Decision) -> None:
    bring_up_to_date(store, Knowledge())
    kept = take(store, decision)
    bring_up_to_date(store, Knowledge())
    click.echo(f"kept as {kept.decision_id}")
    for event_id in kept.event_ids[:1]:
        row = happening_of_event(store, event_id)
        if row is not None:
            click.echo(f"now told {len(row.event_ids)} times: detente show {display.short(row.happening_id)}")


def _name(who: str | None) -> str:
    try:
        return who or getuser()
    except (KeyError, OSError):
        raise UsageError("nobody is logged in here", expected="a name", todo="give one with --who") from None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
