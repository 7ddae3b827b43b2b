"""Runs the commands shown in README.md and docs/ again and puts what they print below them.

In a block marked `console`, a line that opens with `$ ` is run by a shell as in a window of 96 columns; in one marked
`pycon`, what follows `>>> ` and `... ` is run by Python. All blocks of a page share one fresh folder, which holds
`examples/`. `<!-- first 12 lines -->` before a block keeps that many lines. With `--check`, nothing is written, and the
exit status tells whether a page would change.
"""

from __future__ import annotations

import code
import contextlib
import fcntl
import io
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "docs/index.md", "docs/tutorial.md", "docs/python_api.md")
COLUMNS = 96
HOME = "/home/you"  # what the fresh folder is called on the pages
BLOCK = re.compile(r"(?:<!-- first (\d+) lines -->\n)?^```(console|pycon)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def page(text: str) -> str:
    """The page with the output of its commands, made anew."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place).resolve()
        shutil.copytree(ROOT / "examples", folder / "examples")
        (folder / ".bin").mkdir()
        wrapper = folder / ".bin/detente"
        wrapper.write_text(f'#!/bin/sh\nexec {sys.executable} -m detente "$@"\n')
        wrapper.chmod(0o755)
        console = code.InteractiveConsole()

        def again(found: re.Match[str]) -> str:
            most, kind, body = found.groups()
            shown = _shell(body, folder, most) if kind == "console" else _python(body, console, folder)
            opening = found.group().split("```", 1)[0]
            return f"{opening}```{kind}\n{shown.replace(str(folder), HOME)}```"

        return BLOCK.sub(again, text)


def _shell(body: str, folder: Path, most: str | None) -> str:
    parts = []
    for line in body.splitlines():
        if line.startswith("$ "):
            lines = _run(line[2:], folder)
            kept = lines[: int(most)] if most else lines
            parts += [line, *kept, *(["…"] if len(kept) < len(lines) else [])]
    return "\n".join(parts) + "\n"


def _run(command: str, folder: Path) -> list[str]:
    """What a person sees in a window: standard output on a terminal, then what was said beside it."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    env = {
        "PATH": f"{folder / '.bin'}:{os.environ['PATH']}", "TERM": "xterm", "HOME": str(folder), "LC_ALL": "C.UTF-8",
    }  # fmt: skip
    process = subprocess.Popen(["bash", "-c", command], cwd=folder, env=env, stdout=slave, stderr=subprocess.PIPE)
    os.close(slave)
    output = b""
    with contextlib.suppress(OSError):  # how the end of a terminal shows
        while chunk := os.read(master, 65536):
            output += chunk
    os.close(master)
    _, beside = process.communicate()
    text = ESCAPE.sub("", (output + beside).decode().replace("\r\n", "\n"))
    return [line.rstrip() for line in text.rstrip().splitlines()]


def _python(body: str, console: code.InteractiveConsole, folder: Path) -> str:
    parts: list[str] = []
    chunks: list[list[str]] = []
    for line in body.splitlines():
        if line.startswith(">>> "):
            chunks.append([line])
        elif line.startswith("..."):
            chunks[-1].append(line)
    with contextlib.chdir(folder):
        for chunk in chunks:
            out = io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                for line in chunk:
                    console.push(line[4:])
                if len(chunk) > 1:
                    console.push("")
            parts += [*chunk, *out.getvalue().rstrip().splitlines()]
    return "\n".join(parts) + "\n"


def main() -> int:
    changed = []
    for name in PAGES:
        path = ROOT / name
        before = path.read_text(encoding="utf-8")
        after = page(before)
        if after != before:
            changed.append(name)
            if "--check" not in sys.argv:
                path.write_text(after, encoding="utf-8")
    print("changed: " + (", ".join(changed) or "nothing"))
    return 1 if changed and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
