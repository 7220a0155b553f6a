"""What is told of a run: counts, rate, time left, the best and the worst."""

from __future__ import annotations

import pytest

from router.sweep.answered import Answered
from router.sweep.progress import Costed, RunProgress, Tally
from tests.sweep.cheap import outcome_at


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_counts_best_and_worst() -> None:
    clock = Clock()
    tally = Tally(10, clock)
    tally.resume({"a": 5.0, "b": None})
    tally.add(Answered("c", outcome_at(-3.0)))
    tally.add(Answered("d", outcome_at(7.0)))
    tally.add(Answered("e", None, "no plan"))
    clock.now += 4.0
    assert tally.progress(deaths=2, interrupted=True) == RunProgress(
        done=5,
        total=10,
        failed=2,
        resumed=2,
        seconds=4.0,
        per_second=0.5,
        best=Costed("c", -3.0),
        worst=Costed("d", 7.0),
        deaths=2,
        interrupted=True,
    )


def test_the_rate_is_that_of_now_and_not_that_of_the_start() -> None:
    clock = Clock()
    tally = Tally(1000, clock)
    assert tally.progress().per_second is None
    assert tally.progress().seconds_left is None
    for _ in range(60):
        clock.now += 1.0
        tally.add(Answered("slow", outcome_at(1.0)))
    assert tally.progress().per_second == pytest.approx(1.0)
    for _ in range(400):
        clock.now += 0.1
        tally.add(Answered("fast", outcome_at(1.0)))
    progress = tally.progress()
    assert progress.per_second == pytest.approx(10.0)
    assert progress.seconds_left == pytest.approx(54.0)


def test_a_run_that_stands_still_has_no_rate() -> None:
    clock = Clock()
    tally = Tally(3, clock)
    tally.add(Answered("a", outcome_at(1.0)))
    tally.add(Answered("b", outcome_at(1.0)))
    clock.now += 40.0
    assert tally.progress().per_second is None


def test_nothing_to_do_is_all_done() -> None:
    progress = Tally(0).progress()
    assert (progress.done, progress.total, progress.best, progress.worst) == (0, 0, None, None)
