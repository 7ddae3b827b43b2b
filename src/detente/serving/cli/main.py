"""`detente`: the commands by name, each loaded only when it is called, and the one place that exits.

Exit status: 0 all read, 3 some set aside, 2 wrong use, 1 failed.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from importlib import import_module
from typing import Any

import click

from detente import __version__
from detente.errors import DetenteError

# command -> (module, one line for `detente --help`); the module's attribute `command` is the command itself
COMMANDS = {
    "read": ("reading", "Read articles into the record."),
    "show": ("showing", "Show one row, or one document with all its rows."),
    "events": ("listing", "List events: who did what to whom, with the words."),
    "claims": ("listing", "List claims: who says what."),
    "figures": ("listing", "List figures: which number, of what, by whom."),
    "happenings": ("telling", "List happenings: one event told by several articles, once."),
    "disputes": ("telling", "List disputes: versions that cannot all hold, side by side."),
    "decide": ("deciding", "Join or part happenings where the reader is wrong."),
    "dyad": ("dyads", "The page on two territories: where things go, and why."),
    "documents": ("listing", "List documents, or those set aside."),
    "search": ("searching", "Search the words of articles and rows."),
    "index": ("indexing", "Show how warm or cold two sides stand, with a band."),
    "forecast": ("forecasting", "How likely what is, soon, with the score card of past forecasts."),
    "explain": ("explaining", "Why was this coded, and why was that not?"),
    "export": ("exporting", "Take the record away as JSON Lines, CSV or Parquet."),
    "schema": ("exporting", "Print the JSON Schema of the record."),
    "score": ("scoring", "Score the reader against an annotated set."),
    "where": ("finding", "Print the file and line where a thing is defined."),
    "doctor": ("checking", "Check that everything Détente needs is here."),
    "backup": ("keeping", "Copy the record while it is in use."),
    "demo": ("demonstrating", "Read the sample articles and show their record."),
}

EPILOG = """\b
Start here:
  detente demo
  detente read article.txt --published 2024-07-01
  detente events --dyad AZE USA

Settings: DETENTE_DB names the record where --db does not; NO_COLOR turns colours off; DETENTE_DEBUG=1 shows where in
the program an error was.

\b
Tab completion, in bash (also zsh_source, fish_source):
  eval "$(_DETENTE_COMPLETE=bash_source detente)"
"""


class Commands(click.Group):
    """Lists all commands without loading any."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"detente.serving.cli.{COMMANDS[cmd_name][0]}")
        found: click.Command = getattr(module, cmd_name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # whoever read our output (head, less) has enough: that is no failure of ours
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS)
            hint = f" Did you mean {near[0]}?" if near else ""
            ctx.fail(f"No command {args[0]!r}.{hint} The commands are: {', '.join(COMMANDS)}.")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="detente")
def commands() -> None:
    """Détente reads articles on relations between states and keeps the record: events, claims, figures, dates,
    places and actors, each tied to its exact words and to the voices that vouch for it.

    It never says what is true; it says who holds it.
    """


def main() -> None:
    """Runs a command and exits with its status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # an old terminal must not cost the output
    try:
        status = commands.main(standalone_mode=False) or 0
        sys.stdout.flush()
    except click.exceptions.Exit as leaving:
        status = leaving.exit_code
    except click.ClickException as error:
        error.show()
        status = 2
    except DetenteError as error:
        status = _told(f"detente: {error}", error.exit_status)
    except (KeyboardInterrupt, click.Abort):
        status = _told("detente: stopped. Everything already recorded is kept.", 1)
    except OSError as error:
        status = _told(_refused(error), 1)
    except Exception as error:
        if os.environ.get("DETENTE_DEBUG"):
            raise
        status = _told(
            f"detente: an error of the program: {type(error).__name__}: {error}; run it again with DETENTE_DEBUG=1 and "
            "report what it prints; everything already recorded is kept",
            1,
        )
    sys.exit(status)


def _told(words: str, status: int) -> int:
    click.echo(words, err=True)
    return status


def _refused(error: OSError) -> str:
    """The words for what the system would not do: a full disk, a place that may not be written."""
    if error.errno == errno.ENOSPC:
        todo = "free some space and start again; everything already recorded is kept"
        if error.filename is None:  # what could not be written is our own output: leave none of it for the exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return f"detente: the disk is full: {error.filename or 'the output'}; {todo}"
    return f"detente: the system refused: {error}; check the name and the right to it"
