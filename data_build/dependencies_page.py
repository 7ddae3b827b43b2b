"""Prints the table of run-time dependencies for `docs/dependencies.md`: version, licence and installed size of each
package in the closure of `detente`, as installed where this runs (a virtual environment with nothing else in it)."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

NAME = re.compile(r"[A-Za-z0-9._-]+")


def closure(root: str) -> dict[str, Distribution]:
    """All packages that `root` needs, extras left out, by normalised name."""
    found: dict[str, Distribution] = {}
    waiting = [root]
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # needed only on another system or Python
        for line in found[name].requires or []:
            matched = NAME.match(line)
            if matched and "extra ==" not in line:
                waiting.append(matched.group())
    return found


def megabytes(package: Distribution) -> float:
    return sum(file.size or 0 for file in package.files or []) / 1e6


def licence(package: Distribution) -> str:
    facts = package.metadata
    stated = facts.get("License-Expression") or facts.get("License") or ""
    if not stated or len(stated) > 60 or "\n" in stated:
        classifiers = facts.get_all("Classifier") or []
        classes = [line.rsplit("::", 1)[-1].strip() for line in classifiers if "License ::" in line]
        stated = ", ".join(classes) or stated[:40].partition("\n")[0]
    return stated


if __name__ == "__main__":
    packages = closure("detente")
    print("| package | version | licence | MB |")
    print("|---|---|---|---:|")
    for name, package in sorted(packages.items()):
        print(f"| {name} | {package.version} | {licence(package)} | {megabytes(package):.1f} |")
    print(f"| **all {len(packages)}** | | | **{sum(map(megabytes, packages.values())):.0f}** |")
