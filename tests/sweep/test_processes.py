"""Several processes give what one gives, whichever of them is killed, and none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from router.outcome.effort import QUICK
from router.sweep.how import How
from router.sweep.json_lines import JsonLines
from router.sweep.progress import RunProgress
from router.sweep.run import run_cases
from router.sweep.store import MemoryStore
from router.sweep.workers import WorkersError
from tests.sweep.cheap import DeadPlanner, base, cases, pids
from tests.sweep.results import HEADER, by_name

ROOT = Path(__file__).parents[2]
SOON = 60.0
TWO = How(workers=2)


def wait_until(is_so: Callable[[], bool], seconds: float = SOON) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.02)


def runs(pid: int) -> bool:
    """Whether a process runs; one that has ended and is not waited for yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def costs(store: MemoryStore) -> dict[str, float | None]:
    return dict(sorted(store.costs.items()))


def test_two_processes_answer_what_one_does() -> None:
    asked, one, two = cases(40), MemoryStore(), MemoryStore()
    told: list[RunProgress] = []
    run_cases(base(), asked, QUICK, How(workers=1), one)
    last = run_cases(base(), asked, QUICK, TWO, two, on_progress=told.append)
    assert costs(two) == costs(one)
    assert list(one.costs) == [case.name for case in asked]
    assert (last.done, last.total, last.failed, last.deaths, last.interrupted) == (40, 40, 0, 0, False)
    assert last.best is not None
    assert last.worst is not None
    assert (last.best.name, last.worst.name) == ("draw/1", "draw/40")
    assert (told[0].done, told[-1]) == (0, last)
    # One thread for each process, whatever was asked of the engine: CheapPlanner has no bound with more.
    assert all(answered.outcome and answered.outcome.lower_bound_usd > 0 for answered in two.answers())


def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    at_work, store = tmp_path / "at-work", MemoryStore()
    asked = cases(30, {11: ("wait", at_work)})

    def kill() -> None:
        wait_until(lambda: bool(pids(at_work)))
        os.kill(pids(at_work)[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    last = run_cases(base(), asked, QUICK, TWO, store)
    killer.join()
    assert (last.done, last.failed, last.deaths) == (30, 0, 1)
    assert len(set(pids(at_work))) == 2
    whole = MemoryStore()
    run_cases(base(), cases(30), QUICK, How(workers=1), whole)
    assert costs(store) == costs(whole)
    assert len(list(store.answers())) == 30


def test_a_case_that_kills_its_workers_is_told_and_all_others_are_answered(tmp_path: Path) -> None:
    store = MemoryStore()
    last = run_cases(base(), cases(25, {9: ("die", tmp_path / "pids")}), QUICK, TWO, store)
    assert (last.done, last.failed, last.deaths) == (25, 1, 3)
    failed = [answered for answered in store.answers() if answered.outcome is None]
    assert [answered.name for answered in failed] == ["draw/9"]
    assert failed[0].failure == "every process that planned it was killed: is there memory enough?"
    assert len(pids(tmp_path / "pids")) == 3


def test_workers_that_die_before_they_plan_are_told_in_one_line() -> None:
    store = MemoryStore()
    with pytest.raises(WorkersError) as told:
        run_cases(base(DeadPlanner), cases(9), QUICK, TWO, store)
    assert "the workers die one after another and plan nothing" in str(told.value)
    assert "\n" not in str(told.value)
    assert not store.costs


@pytest.mark.parametrize("workers", [1, 2])
def test_a_case_without_a_plan_stops_no_other(tmp_path: Path, workers: int) -> None:
    store = MemoryStore()
    asked = cases(12, {2: ("no plan", tmp_path), 5: ("fault", tmp_path)})
    last = run_cases(base(), asked, QUICK, How(workers), store)
    assert (last.done, last.failed, last.deaths) == (12, 2, 0)
    failures = {answered.name: answered.failure for answered in store.answers() if answered.failure}
    assert failures == {
        "draw/2": "no plan: nothing fits at all",
        "draw/5": "the router failed: RuntimeError: an index is out of range",
    }


@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupted_run_goes_on_where_it_was(tmp_path: Path, workers: int) -> None:
    slow = dict.fromkeys(range(1, 61), ("sleep", tmp_path / "pids"))
    asked, path, interrupt = cases(60, slow), tmp_path / "results.jsonl", threading.Event()

    def stop_soon(progress: RunProgress) -> None:
        if progress.done >= 3:
            interrupt.set()

    store = JsonLines(path, HEADER, by_name(60))
    first = run_cases(base(), asked, QUICK, How(workers), store, interrupt, stop_soon)
    store.close()
    assert first.interrupted
    assert 3 <= first.done < 60
    assert not any(runs(pid) for pid in pids(tmp_path / "pids") if pid != os.getpid())
    store = JsonLines(path, HEADER, by_name(60))
    last = run_cases(base(), asked, QUICK, How(workers), store)
    assert (last.done, last.resumed, last.interrupted) == (60, first.done, False)
    names = [answered.name for answered in store.answers()]
    assert sorted(names) == sorted(case.name for case in asked)
    whole = MemoryStore()
    run_cases(base(), cases(60), QUICK, How(workers=1), whole)
    assert dict(sorted(store.costs.items())) == costs(whole)
    store.close()


def test_what_was_answered_of_a_chunk_that_the_interrupt_ends_is_kept(tmp_path: Path) -> None:
    asked = cases(8, {2: ("wait", tmp_path / "pids"), 4: ("wait", tmp_path / "more")})
    interrupt, store = threading.Event(), MemoryStore()

    def stop() -> None:
        wait_until(lambda: bool(pids(tmp_path / "pids")) and bool(pids(tmp_path / "more")))
        interrupt.set()

    stopper = threading.Thread(target=stop)
    stopper.start()
    last = run_cases(base(), asked, QUICK, TWO, store, interrupt)
    stopper.join()
    # The first chunks are of two cases each: 1 and 3 were answered, 2 and 4 were at work.
    assert set(store.costs) == {"draw/1", "draw/3"}
    assert last.interrupted
    assert not any(runs(pid) for pid in (*pids(tmp_path / "pids"), *pids(tmp_path / "more")))


SWEEP = """
import signal, sys, threading
from pathlib import Path
from router.outcome.effort import QUICK
from router.sweep.how import How
from router.sweep.run import run_cases
from router.sweep.store import MemoryStore
from tests.sweep.cheap import base, cases

interrupt = threading.Event()
if sys.argv[2] == "SIGINT":
    signal.signal(signal.SIGINT, lambda *_: interrupt.set())
asked = cases(6, {2: ("wait", Path(sys.argv[1]))})
last = run_cases(base(), asked, QUICK, How(workers=2), MemoryStore(), interrupt)
print("interrupted" if last.interrupted else "done")
"""


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_workers_end_with_the_run_and_say_nothing(tmp_path: Path, sent: signal.Signals) -> None:
    command = [sys.executable, "-c", SWEEP, str(tmp_path / "pids"), sent.name]
    folder = tmp_path / "temporary"
    folder.mkdir()
    run = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder)},
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_until(lambda: bool(pids(tmp_path / "pids")))
        # As a terminal does: to all processes of the command.
        if sent is signal.SIGINT:
            os.killpg(run.pid, sent)
        else:
            os.kill(run.pid, sent)
        told, errors = run.communicate(timeout=SOON)
    finally:
        if run.poll() is None:
            run.kill()
    if sent is signal.SIGINT:
        assert (told, errors, run.returncode) == ("interrupted\n", "", 0)
    wait_until(lambda: not any(runs(pid) for pid in pids(tmp_path / "pids")))
    wait_until(lambda: not list(folder.glob("router-sweep-*")))
