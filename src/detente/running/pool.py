"""The same work on every item, on one core or many, results in the order of the items.

Knows nothing of articles: `make` builds a worker once in each process, and the worker turns one item into one
result. Items are taken only as fast as results are given, so that a long input never piles up in memory.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_worker: Callable[..., object] | None = None  # one a process, set by the pool's initializer


def run(items: Iterable[Item], make: Callable[[], Callable[[Item], Result]], *, workers: int = 1) -> Iterator[Result]:
    """Results of `make()(item)` for each item, in order. `make` and the items must pickle where workers > 1."""
    if workers <= 1:
        worker = make()
        yield from (worker(item) for item in items)
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_start, initargs=(make,)) as pool:
        waiting: deque[Future[Result]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(_work, item))
                if len(waiting) >= 4 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _start(make: Callable[[], Callable[..., object]]) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the main process's to answer
    _worker = make()


def _work(item: Any) -> Any:
    assert _worker is not None
    return _worker(item)
