"""Prints `docs/commands.md`: every command's help, as the command line shows it."""

from __future__ import annotations

from pathlib import Path

import click

from detente.serving.cli.main import COMMANDS, commands

ENDING = """## Exit status

| status | when |
|---|---|
| 0 | all was read, or done |
| 3 | some documents were set aside, each with its reason |
| 2 | wrong use: nothing was done |
| 1 | failed, or stopped; what was recorded until then is kept |

## Messages

Each message bears a code, and says what happened, with which value, what was expected and what to do.

| code | what |
|---|---|
| D100 | wrong use |
| D110 | nothing of that name, or with that id |
| D201 to D299 | an input that was set aside: [sources](sources.md#why-an-input-was-set-aside) |
| D290 | the reader stumbled over an article: a bug, please report it; the others were read |
| D291 | the process that read an article was killed, twice; the others were read |
| D301 to D310 | the record: [the store](store.md#when-it-fails) |
| D400 | a data file of Détente breaks its own rules: a bug |
| D500 | a row's words are not at its offsets: a bug; nothing of that article was written |
| D600 | an export could not be written |
| D700 | reading processes are killed one after the other: too little memory, as a rule |
"""
PAGE = Path(__file__).parents[1] / "docs/commands.md"


def page() -> str:
    """The page as text; made from the commands, so that it cannot fall behind them."""
    parent = click.Context(commands, info_name="detente", **commands.context_settings)
    parts = [
        "# Commands\n",
        "This page is made by `python data_build/commands_page.py` from the commands themselves.\n",
    ]
    whole = click.Context(commands, info_name="detente", terminal_width=100, **commands.context_settings)
    parts.append(_help(commands, whole))
    for name in COMMANDS:
        command = commands.get_command(parent, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=parent, terminal_width=100)
        parts.append(f"## detente {name}\n\n{_help(command, context)}")
    parts.append(ENDING)
    return "\n".join(parts)


def _help(command: click.Command, context: click.Context) -> str:
    lines = [line.rstrip() for line in command.get_help(context).splitlines()]
    return "```text\n" + "\n".join(lines) + "\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
