"""Options that several commands share: which record, and which rows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args

import click

from detente.errors import UsageError
from detente.model.vocabulary import Act, EventType, Modality, Polarity
from detente.recording.store import Filter, Store
from detente.recording.store.failures import StoreTooOld
from detente.serving.cli import display
from detente.settings import default_database

Command = TypeVar("Command", bound=Callable[..., Any])

PARTIES = ("dyad", "source", "target", "speaker")
TYPES = {"event": get_args(EventType), "document": get_args(EventType), "claim": get_args(Act)}
SHOWN = 200  # rows for a person; a pipe gets all


def database(command: Command) -> Command:
    return click.option(
        "--db",
        type=click.Path(path_type=Path),
        default=default_database,
        show_default="$DETENTE_DB or detente.db",
        help="The record.",
    )(command)


def as_json(command: Command) -> Command:
    return click.option("--json", "as_json", is_flag=True, help="JSON instead of a table.")(command)


def row_filter(kind: str) -> Callable[[Command], Command]:
    """The filters of a listing; the command gets them as keyword arguments for `chosen`."""

    def decorate(command: Command) -> Command:
        for name, option in reversed(_FILTERS.items()):
            if not (kind == "claim" and name == "modality"):
                command = option(command)
        return command

    return decorate


_FILTERS: dict[str, Callable[[Any], Any]] = {
    "dyad": click.option(
        "--dyad", nargs=2, metavar="A B", help="Between two territories, either way: AZE USA, or names."
    ),
    "source": click.option("--source", metavar="WHO", help="Who acts: a territory's code or name, an actor's name."),
    "target": click.option("--target", metavar="WHO", help="Who undergoes it, or of whom it is said."),
    "speaker": click.option("--speaker", metavar="WHO", help="Who says it."),
    "type": click.option("--type", help="PLOVER type (ACCUSE), claim act (deny) or figure measure (killed)."),
    "polarity": click.option("--polarity", type=click.Choice(get_args(Polarity))),
    "modality": click.option("--modality", type=click.Choice(get_args(Modality))),
    "since": click.option("--since", metavar="DATE", help="From this day, month or year on: 2024-01-31, 2024."),
    "until": click.option("--until", metavar="DATE", help="Up to this day, month or year."),
    "outlet": click.option("--outlet", help="Published by this outlet."),
    "document_id": click.option("--document", "document_id", metavar="ID", help="In this document."),
    "text": click.option("--text", metavar="WORDS", help="With all these words."),
    "superseded": click.option("--superseded", is_flag=True, help="Also rows of articles that were corrected since."),
    "limit": click.option(
        "--limit", type=click.IntRange(1), show_default=f"{SHOWN} on a terminal, else all", help="At most so many."
    ),
    "offset": click.option("--offset", type=click.IntRange(0), default=0, help="Leave out the first so many."),
}


def chosen(kind: str, **options: Any) -> Filter:
    """The options as a Filter: names and codes of territories in any case become codes. One row more than the limit
    is asked for, so that a listing knows whether it is whole."""
    for name in ("since", "until"):
        _check_date(name, options.get(name))
    options["type"] = _type(kind, options.get("type"))
    options["dyad"] = options.get("dyad") or None
    if any(options.get(name) for name in PARTIES):
        options.update(_parties(options))
    limit = options.get("limit") or (SHOWN if display.is_for_people() and not options.pop("whole", False) else None)
    options.pop("whole", None)
    return Filter(**{**options, "limit": None if limit is None else limit + 1})


def _parties(options: dict[str, Any]) -> dict[str, Any]:
    from detente.knowledge.territory import Territories

    known = Territories.load()
    return {
        name: tuple(_code(known, one) for one in value) if name == "dyad" else _code(known, value)
        for name in PARTIES
        if (value := options.get(name))
    }


def _code(known: Any, party: str) -> str:
    """The code of a territory, where it is one; an actor's name stays."""
    party = party.strip()
    if party.upper() in known.by_code:
        return party.upper()
    found = known.by_name(party) or known.by_name(party.upper()) or known.by_name(party.title())
    return party if found is None else str(found.code)


def party_code(party: str) -> str:
    """The code of a territory given by code or name in any case. Raises UsageError where there is none so called."""
    from detente.knowledge.territory import Territories

    code = _code(known := Territories.load(), party)
    if code not in known.by_code:
        near = near_territories(party)
        raise UsageError(
            "no territory is called so",
            value=party,
            expected="an ISO alpha-3 code or a name: AZE, Azerbaijan",
            todo=f"perhaps {', '.join(near)}" if near else "see the codes in the documentation: Event ontologies",
        )
    return code


def near_territories(party: str) -> list[str]:
    """Names of territories that look like `party`, with their codes; empty where it is one."""
    from detente.knowledge.territory import Territories

    known = Territories.load()
    if _code(known, party) in known.by_code:
        return []
    names = {form.form.casefold(): form for form in known.surface_forms() if form.kind == "name"}
    near = get_close_matches(party.casefold(), names, n=3)
    return [f"{names[one].form} ({names[one].territory})" for one in near]


def _type(kind: str, value: str | None) -> str | None:
    known = TYPES.get(kind)
    if value is None or known is None:
        return value
    found: str | None = next((one for one in known if one.lower() == value.lower()), None)
    if found is None:
        raise UsageError(f"--type is no type of {kind}", value=value, expected="one of " + ", ".join(known))
    return found


def dated(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A click callback: the value of `--since` or `--until`, once it is sure that it is a date."""
    _check_date(str(parameter.name), value)
    return value


def _check_date(name: str, value: str | None) -> None:
    from datetime import date

    if value is None:
        return
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) in (4, 7) else value)
    except ValueError:
        raise UsageError(
            f"--{name} is no date", value=value, expected="a day, month or year", todo="write it as 2024-01-31"
        ) from None


def opened(path: Path, *, may_renew: bool = False) -> Store:
    """The record, read only; a plain word where there is none yet. With `may_renew`, one of an earlier version is first
    brought up to this one."""
    if not path.exists():
        raise UsageError(
            "there is no record here yet", value=str(path), todo="make one with `detente read` or `detente demo`"
        )
    try:
        return Store.open(path, read_only=True)
    except StoreTooOld:
        if not may_renew:
            raise
    Store.open(path).close()
    return Store.open(path, read_only=True)


@contextmanager
def related(path: Path) -> Iterator[Store]:
    """The record, read only, once its happenings and disputes are up to date.

    That needs the right to write where articles came since; without it a note says how many are left out.
    """
    from detente.errors import StoreError
    from detente.relating.refresh import NotRelated, bring_up_to_date, require_related

    store = opened(path, may_renew=True)
    try:
        require_related(store)
    except NotRelated as stale:
        from detente.knowledge import Knowledge

        store.close()
        try:
            with Store.open(path) as writer:
                bring_up_to_date(writer, Knowledge())
        except StoreError as error:
            display.note(f"not up to date: {stale} ({error})")
        store = opened(path)
    with store:
        yield store
