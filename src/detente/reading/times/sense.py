"""What a stretch of words means as a time, while the grammar is still putting it together."""

from __future__ import annotations

from dataclasses import dataclass

from detente.model.vocabulary import MomentKind

_CLOCK_UNITS = {"S": "S", "N": "M", "H": "H"}
_MULTIPLES = {"E": (10, "Y"), "C": (100, "Y"), "L": (1000, "Y"), "2W": (2, "W"), "6M": (6, "M")}
UNIT_ORDER = "SNHDWMQYECL"


@dataclass(slots=True)
class Sense:
    """A meaning under construction.

    `size` is the unit of what is named (D, W, M, Q, Y, E, C; T for a time of day). `slot` is a part of a greater
    stretch that still lacks it ("January", "Monday": M01, WD1). `anchor` is where it counts from, pub or ctx.
    `tail` is a time of day within it (T10:35, TMO). `weak` asks for support
    in the words around.
    """

    kind: MomentKind
    size: str
    value: str | None = None
    offset: str | None = None
    mod: str | None = None
    slot: str | None = None
    anchor: str = "pub"
    tail: str = ""
    weak: bool = False
    rule: str = ""


def period(count: float | None, unit: str) -> str:
    """A TIMEX3 length: P3D, PT2H, P2Y6M; X for a number left open."""
    if count is None:
        known = {"S": "PTXS", "N": "PTXM", "H": "PTXH", "2W": "PXW", "6M": "PXM"}
        return known.get(unit, f"PX{unit}")
    times, unit = _MULTIPLES.get(unit, (1, unit))
    count *= times
    whole = int(count)
    if unit in _CLOCK_UNITS:
        text = f"PT{whole}{_CLOCK_UNITS[unit]}"
        finer = {"H": "30M", "N": "30S"}.get(unit, "")
        return text if count == whole else f"PT{finer}" if whole == 0 else text + finer
    if count == whole:
        return f"P{whole}{unit}"
    if unit == "Y" and count * 2 == int(count * 2):
        return f"P{whole}Y6M" if whole else "P6M"
    return f"P{count:g}{unit}"


def step(count: float | None, unit: str) -> str:
    """The count and unit of an offset's step; X for a number left open."""
    times, unit = _MULTIPLES.get(unit, (1, unit)) if unit in ("2W", "6M") else (1, unit)
    if count is None:
        return f"X{unit}"
    return f"{count * times:g}{unit}"
