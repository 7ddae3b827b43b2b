"""`detente where`: the file and line of a code, a word of a lexicon, an actor, a part, a record field or a command."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path

import click

from detente.errors import LookupFailed
from detente.serving.cli.options import as_json

SHOWN = 40  # lines shown at most
WORD = re.compile(r"[^\W\d_][\w'’.-]*")


@click.command(
    epilog='\b\nExamples:\n  detente where 0311\n  detente where "turn a blind eye"\n  detente where polarity'
)
@click.argument("thing")
@as_json
def where(thing: str, as_json: bool) -> None:
    """Print the file and line where THING is defined: a code, a lexicon word, an actor, a field, a command."""
    root = Path(str(files("detente")))
    found = list(_definitions(root, thing))
    if not found:
        raise LookupFailed("nothing of that name", value=thing, expected=_near(root, thing), todo="try a shorter word")
    if as_json:
        import msgspec

        for path, number, line in found:
            place = {"file": str(path.relative_to(root.parent)), "line": number, "text": line.strip()}
            click.echo(msgspec.json.encode(place).decode())
        return
    for path, number, line in found[:SHOWN]:
        click.echo(f"{path.relative_to(root.parent)}:{number}: {line.strip()[:160]}")
    if len(found) > SHOWN:
        click.echo(f"… and {len(found) - SHOWN} more lines", err=True)


def _definitions(root: Path, thing: str) -> Iterator[tuple[Path, int, str]]:
    """Lines of knowledge files that hold the words whole; lines of code that define the name."""
    words = re.compile(rf"(?<!\w){re.escape(thing)}(?!\w)", re.IGNORECASE)
    name = re.escape(thing)
    defines = re.compile(rf"^\s*(?:def|class) {name}\b|^\s*{name}\s*[:=]|^\s*\"{name}\": ")
    for path in _files(root):
        pattern = defines if path.suffix == ".py" else words
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if pattern.search(line):
                yield path, number, line


def _files(root: Path) -> list[Path]:
    kept = (".py", ".csv", ".yaml", ".sql")
    return sorted(path for path in root.rglob("*") if path.suffix in kept and "gazetteer" not in path.parts)


def _near(root: Path, thing: str) -> str | None:
    known = {word for path in _files(root) for word in WORD.findall(path.read_text(encoding="utf-8"))}
    near = get_close_matches(thing, sorted(known), n=5)
    return "perhaps one of " + ", ".join(near) if near else None
