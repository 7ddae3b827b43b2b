"""Workers for the tests of the pool, in a module that processes started by it can import."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path


def make_square() -> Callable[[int], int]:
    return lambda number: number * number


class MakeKiller:
    """Workers that are killed over an odd number: over each for ever, or only the first time."""

    def __init__(self, marks: Path, *, is_final: bool) -> None:
        self.marks = marks
        self.is_final = is_final

    def __call__(self) -> Callable[[int], int]:
        return self.work

    def work(self, number: int) -> int:
        mark = self.marks / str(number)
        if number % 2 and (self.is_final or not mark.exists()):
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return number


def make_failing() -> Callable[[int], int]:
    def fail(number: int) -> int:
        raise ValueError(f"no {number}")

    return fail


def make_unsendable() -> Callable[[int], object]:
    return lambda number: lambda: number
