"""The pool: order, errors, killed processes, and nothing left behind."""

from __future__ import annotations

from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path

import pytest

from detente.running.pool import ItemLost, WorkersLost, run
from pool_workers import MakeKiller, make_failing, make_square, make_unsendable


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_items(workers: int) -> None:
    assert list(run(range(30), make_square, workers=workers)) == [number * number for number in range(30)]


def test_items_are_taken_only_as_results_are_given() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = run(items(), make_square, workers=2)
    next(results)
    assert len(taken) <= 9
    results.close()


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_worker_raises_is_raised_here(workers: int) -> None:
    with pytest.raises(ValueError, match="no 1"):
        list(run([1, 2], make_failing, workers=workers))


def test_a_result_that_cannot_be_sent_is_told() -> None:
    with pytest.raises(TypeError, match="cannot be sent"):
        list(run([1], make_unsendable, workers=2))


def test_an_item_whose_process_was_killed_once_is_done_by_another(tmp_path: Path) -> None:
    assert list(run(range(4), MakeKiller(tmp_path, is_final=False), workers=2)) == [0, 1, 2, 3]


def test_an_item_that_kills_every_process_is_lost_alone(tmp_path: Path) -> None:
    results = run([0, 2, 1, 4, 6], MakeKiller(tmp_path, is_final=True), workers=2, lost=lambda number: -number)
    assert list(results) == [0, 2, -1, 4, 6]
    with pytest.raises(ItemLost):
        list(run([1], MakeKiller(tmp_path, is_final=True), workers=2))


def test_losing_everything_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(WorkersLost, match="--workers 1"):
        list(run([1, 3, 5, 7, 9], MakeKiller(tmp_path, is_final=True), workers=2, lost=lambda number: -number))


def test_no_process_is_left_behind() -> None:
    results = run(range(100), make_square, workers=2)
    next(results)
    processes = active_children()
    assert len(processes) == 2
    results.close()
    assert [process.exitcode is None for process in processes] == [False, False]
