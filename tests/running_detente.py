"""Runs of the command line for tests: in this process, or in one of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from detente.serving.cli.main import commands

ARTICLE = """Title: Envoy sent home
Outlet: Harbour Gazette
Published: 2024-03-05

Chile expelled the Bolivian consul on Monday. Bolivia rejected the accusation of spying.
"""


def detente(*words: str, cwd: Path, standard_input: bytes = b"") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "detente", *words]
    done = subprocess.run(command, input=standard_input, capture_output=True, cwd=cwd, check=False, timeout=120)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


def in_process(*words: str) -> Result:
    return CliRunner().invoke(commands, list(words), standalone_mode=False)


def articles(folder: Path, count: int) -> list[str]:
    """So many articles, told apart by a number, long enough to take a while."""
    for number in range(count):
        text = ARTICLE + "".join(f"\nThe {number + 2}th envoy of Peru met Chile's minister.\n" for _ in range(20))
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return [str(folder / f"{number:02}.txt") for number in range(count)]
