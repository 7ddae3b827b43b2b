"""The same work on every item, on one core or many, results in the order of the items.

Knows nothing of articles: `make` builds a worker once in each process, and the worker turns one item into one
result. Items are taken only as fast as results are given, so that a long input never piles up in memory.

One thread here goes with each process there: it hands over an item, waits, and so always knows which item a process
that was killed had in its hands. Threads and processes leave Ctrl-C to the main thread.
"""

from __future__ import annotations

import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, Generic, NamedTuple, TypeVar

from detente.errors import DetenteError

Item = TypeVar("Item")
Result = TypeVar("Result")

ATTEMPTS = 2  # an item whose process was killed is given to a second one, in case the item was not the reason
LOST_IN_A_ROW = 3  # after which more of the same would be no use
_HAS_MASKS = hasattr(signal, "pthread_sigmask")


class WorkersLost(DetenteError):
    """Process after process is killed: this machine does not let them work."""

    code = "D700"


class ItemLost(Exception):
    """The process at work on an item was killed, at every attempt."""


def run(
    items: Iterable[Item],
    make: Callable[[], Callable[[Item], Result]],
    *,
    workers: int = 1,
    lost: Callable[[Item], Result] | None = None,
) -> Generator[Result, None, None]:
    """Results of `make()(item)` for each item, in order. `make`, items and results must pickle where workers > 1.

    `lost(item)` stands in for the result of an item whose process was killed twice; without it ItemLost is raised.
    Raises WorkersLost when that happens to several items in a row, and what a worker raises. However it ends, no
    process is left behind; close it where it is not read to its end.
    """
    if workers <= 1:
        worker = make()
        yield from (worker(item) for item in items)
        return
    crew = _Crew(make, workers)
    waiting: deque[tuple[Item, Future[Result]]] = deque()
    tally = _Tally(lost)
    try:
        for item in items:
            waiting.append((item, crew.submit(item)))
            if len(waiting) >= 4 * workers:
                yield tally.result(*waiting.popleft())
        while waiting:
            yield tally.result(*waiting.popleft())
    finally:
        crew.close()


class _Tally(Generic[Item, Result]):
    """Counts items lost in a row."""

    def __init__(self, lost: Callable[[Item], Result] | None) -> None:
        self._lost = lost
        self._in_a_row = 0

    def result(self, item: Item, future: Future[Result]) -> Result:
        try:
            result = future.result()
        except ItemLost:
            self._in_a_row += 1
            if self._lost is None:
                raise
            if self._in_a_row >= LOST_IN_A_ROW:
                raise WorkersLost(
                    "the processes are killed, one after the other",
                    value=f"{self._in_a_row} in a row",
                    expected="about 1 GB of memory for each",
                    todo="free some memory, or go on with --workers 1; everything before is kept",
                ) from None
            return self._lost(item)
        self._in_a_row = 0
        return result


class _Member(NamedTuple):
    process: SpawnProcess
    pipe: Connection


class _Crew(Generic[Item, Result]):
    """The threads, and the process of each."""

    def __init__(self, make: Callable[[], Callable[[Item], Result]], size: int) -> None:
        if _HAS_MASKS:
            # it unblocks signals in the thread that starts it: let that be this one
            resource_tracker.ensure_running()
        self._make = make
        self._context = get_context("spawn")
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="detente-worker", initializer=_leave_ctrl_c)
        self._own = threading.local()
        self._members: list[_Member] = []
        self._lock = threading.Lock()
        self._is_closed = False

    def submit(self, item: Item) -> Future[Result]:
        return self._threads.submit(self._work, item)

    def close(self) -> None:
        """End all processes, at work or not."""
        with self._lock:
            self._is_closed = True
            members = list(self._members)
        for member in members:
            member.process.terminate()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for member in members:
            member.process.join()
            member.pipe.close()

    def _work(self, item: Item) -> Result:
        for _ in range(ATTEMPTS):
            member = self._member()
            try:
                member.pipe.send(item)
                is_done, outcome = member.pipe.recv()
            except (EOFError, OSError):
                self._own.member = None
                continue
            if is_done:
                return outcome  # type: ignore[no-any-return]
            raise outcome
        raise ItemLost

    def _member(self) -> _Member:
        """The process of this thread; a new one where it has none, or lost it."""
        member: _Member | None = getattr(self._own, "member", None)
        if member is not None and member.process.is_alive():
            return member
        with self._lock:
            if self._is_closed:
                raise CancelledError
            here, there = self._context.Pipe()
            process = self._context.Process(target=_serve, args=(there, self._make), daemon=True)
            process.start()
            there.close()
            member = self._own.member = _Member(process, here)
            self._members.append(member)
        return member


def _leave_ctrl_c() -> None:
    """Signals blocked in a thread are blocked in the processes it starts, from their first instant; and the system
    gives them to the main thread, which wakes."""
    if _HAS_MASKS:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _serve(pipe: Connection, make: Callable[[], Callable[[Any], object]]) -> None:
    """A process's life: items in, results out, until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    worker: Callable[[Any], object] | None = None
    while True:
        try:
            item = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            worker = worker or make()
            outcome: tuple[bool, object] = (True, worker(item))
        except Exception as error:  # noqa: BLE001  raised again where the result is asked for
            outcome = (False, error)
        try:
            pipe.send(outcome)
        except OSError:
            return
        except Exception as error:  # noqa: BLE001  what cannot be sent says so instead
            pipe.send((False, TypeError(f"a result cannot be sent to another process: {error}")))
