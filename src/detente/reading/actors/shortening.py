"""Which full name of a document a short one stands for: "Aliyev" for "Ilham Aliyev", where only one fits."""

from __future__ import annotations

from collections.abc import Iterable


def full_names(names: Iterable[str]) -> dict[str, str]:
    """From each name to a better one of the same document, where there is one.

    A short name goes to the one full name that ends with it, or, if it is one word, begins with it. A name that begins
    with another full name ("Ted Cruz Refuses", from a headline) goes to that one.
    """
    said = list(dict.fromkeys(names))
    known = {name for name in said if " " in name}
    found = {name: prefix for name in said if (prefix := _prefix(name, known)) is not None}
    by_end: dict[str, list[str]] = {}
    by_first: dict[str, list[str]] = {}
    for name in said:
        if name not in known or name in found:
            continue
        parts = name.split()
        for size in range(1, len(parts)):
            by_end.setdefault(" ".join(parts[-size:]), []).append(name)
        by_first.setdefault(parts[0], []).append(name)
    for name in said:
        fits = by_end.get(name) or (by_first.get(name) if name not in known else None)
        if name not in found and fits and (full := _one(fits)) is not None:
            found[name] = full
    return found


def _prefix(name: str, known: set[str]) -> str | None:
    parts = name.split()
    prefixes = (" ".join(parts[:size]) for size in range(2, len(parts)))
    return next((prefix for prefix in prefixes if prefix in known), None)


def _one(fits: list[str]) -> str | None:
    """The longest, where all others end it."""
    longest = max(fits, key=lambda name: (len(name), name))
    return longest if all(longest.endswith(name) for name in fits) else None
