"""The house keeps its own rules: imports run one way, importing does nothing heavy, every command is documented."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/detente"
ORDER = ["model", "knowledge", "reading", "recording", "relating", "serving"]
FOOT = {"errors", "registry", "settings"}


def _imports(path: Path) -> set[str]:
    """Layers of detente that a file imports, imports for type checking included."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        found |= {name.split(".")[1] for name in names if name.startswith("detente.")}
    return found & {*ORDER, *FOOT, "running"}


def _files() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py") if len(path.relative_to(SOURCE).parts) > 1)


@pytest.mark.parametrize("path", _files(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_run_one_way(path: Path) -> None:
    layer = path.relative_to(SOURCE).parts[0]
    if layer == "running":
        allowed = {"running", "model", "errors"}
    else:
        allowed = {*ORDER[: ORDER.index(layer) + 1], *FOOT} | ({"running"} if layer == "serving" else set())
    assert _imports(path) <= allowed


@pytest.mark.parametrize("name", sorted(FOOT))
def test_the_files_at_the_foot_import_no_layer(name: str) -> None:
    assert _imports(SOURCE / f"{name}.py") <= FOOT


def test_importing_detente_loads_nothing_heavy() -> None:
    code = (
        "import sys, detente, detente.serving.cli.main as _;"
        "heavy = {'spacy', 'numpy', 'pyarrow', 'trafilatura', 'pandas', 'rich', 'yaml', 'sqlite3'} & set(sys.modules);"
        "print(*sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_every_command_stands_in_the_documentation() -> None:
    from detente.serving.cli.main import COMMANDS

    page = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"## detente {name}" not in page] == []


def test_every_source_step_export_and_score_can_be_found() -> None:
    from detente import registry

    for kind in registry.BUILT_IN:
        for name in registry.names(kind):
            assert registry.find(kind, name) is not None


def test_test_names_are_unique() -> None:
    seen: dict[str, Path] = {}
    twice = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                if node.name in seen:
                    twice.append(f"{node.name} in {seen[node.name].name} and {path.name}")
                seen[node.name] = path
    assert twice == []
