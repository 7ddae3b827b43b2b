"""Prints `docs/commands.md`: every command's help, as the command line shows it."""

from __future__ import annotations

from pathlib import Path

import click

from detente.serving.cli.main import COMMANDS, commands

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
    parts.append(
        "## Exit status\n\n0: all was read. 3: some documents were set aside. 2: wrong use. 1: failed or stopped.\n"
    )
    return "\n".join(parts)


def _help(command: click.Command, context: click.Context) -> str:
    lines = [line.rstrip() for line in command.get_help(context).splitlines()]
    return "```text\n" + "\n".join(lines) + "\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
