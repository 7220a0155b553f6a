"""A Dask cluster gives what one process gives, whichever worker is killed; nothing twice, nothing lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from router.outcome.effort import QUICK
from router.sweep.how import How
from router.sweep.json_lines import JsonLines
from router.sweep.progress import RunProgress
from router.sweep.run import run_cases
from router.sweep.store import MemoryStore
from router.sweep.workers import WorkersError
from tests.sweep.cheap import base, cases, pids
from tests.sweep.results import HEADER, by_name
from tests.sweep.test_processes import ROOT, SOON, costs, runs, wait_until

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a scheduler with two worker processes that knows nothing of us."""
    from distributed import LocalCluster

    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", silence_logs=60
    ) as cluster:
        yield cluster.scheduler_address


def serial(count: int) -> dict[str, float | None]:
    store = MemoryStore()
    run_cases(base(), cases(count), QUICK, How(workers=1), store)
    return costs(store)


def test_a_worker_that_is_killed_loses_nothing_and_nothing_is_there_twice(scheduler: str, tmp_path: Path) -> None:
    at_work, path = tmp_path / "at-work", tmp_path / "results.jsonl"
    asked = cases(40, {11: ("wait", at_work)})

    def kill() -> None:
        wait_until(lambda: bool(pids(at_work)))
        os.kill(pids(at_work)[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    store = JsonLines(path, HEADER, by_name(40))
    last = run_cases(base(), asked, QUICK, How(cluster=scheduler), store)
    killer.join()
    names = [answered.name for answered in store.answers()]
    store.close()
    assert len(set(pids(at_work))) == 2
    assert (last.done, last.failed, last.interrupted) == (40, 0, False)
    assert sorted(names) == sorted(case.name for case in asked)
    assert dict(sorted(store.costs.items())) == serial(40)


def test_the_interrupt_ends_what_is_at_work_and_the_next_run_goes_on(scheduler: str, tmp_path: Path) -> None:
    asked = cases(12, {4: ("wait", tmp_path / "pids")})
    path, interrupt = tmp_path / "results.jsonl", threading.Event()

    def stop() -> None:
        wait_until(lambda: bool(pids(tmp_path / "pids")))
        interrupt.set()

    stopper = threading.Thread(target=stop)
    stopper.start()
    store = JsonLines(path, HEADER, by_name(12))
    first = run_cases(base(), asked, QUICK, How(cluster=scheduler), store, interrupt)
    stopper.join()
    store.close()
    assert first.interrupted
    # The one before it in its chunk was answered; the cluster's worker lives on, as it is not ours.
    assert "draw/3" in store.costs
    assert "draw/4" not in store.costs
    assert all(runs(pid) for pid in pids(tmp_path / "pids"))
    store = JsonLines(path, HEADER, by_name(12))
    last = run_cases(base(), asked, QUICK, How(cluster=scheduler), store)
    names = [answered.name for answered in store.answers()]
    store.close()
    assert (last.done, last.resumed, last.interrupted) == (12, first.done, False)
    assert sorted(names) == sorted(case.name for case in asked)
    assert dict(sorted(store.costs.items())) == serial(12)


def test_a_worker_with_another_version_is_told_in_one_line(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from router.sweep import cluster_work

    monkeypatch.setattr(cluster_work, "__version__", "9.9")
    with pytest.raises(WorkersError) as told:
        run_cases(base(), cases(2), QUICK, How(cluster=scheduler), MemoryStore())
    here = f"on Python {sys.version_info.major}.{sys.version_info.minor}"
    assert f"has router 0.1.0 {here}, expected router 9.9 {here} as here" in str(told.value)
    assert "\n" not in str(told.value)


def test_a_cluster_of_our_own_marks_the_case_that_kills_its_workers_and_ends(tmp_path: Path) -> None:
    store, told = MemoryStore(), list[RunProgress]()
    asked = cases(25, {9: ("die", tmp_path / "pids"), 12: ("no plan", tmp_path), 20: ("sleep", tmp_path / "others")})
    threads = os.environ.get("OMP_NUM_THREADS")
    last = run_cases(base(), asked, QUICK, How(cluster="local:2"), store, on_progress=told.append)
    assert (last.done, last.failed) == (25, 2)
    assert last.deaths >= 1
    failures = {answered.name: answered.failure for answered in store.answers() if answered.outcome is None}
    assert failures == {
        "draw/9": "every process that planned it was killed: is there memory enough?",
        "draw/12": "no plan: nothing fits at all",
    }
    assert {name: cost for name, cost in costs(store).items() if name not in failures} == {
        name: cost for name, cost in serial(25).items() if name not in failures
    }
    assert 2 <= len(pids(tmp_path / "pids")) <= 3
    assert not any(runs(pid) for pid in (*pids(tmp_path / "pids"), *pids(tmp_path / "others")))
    # Dask sets these here for its processes.
    assert os.environ.get("OMP_NUM_THREADS") == threads
    assert "DASK_LOGGING__DISTRIBUTED" not in os.environ


SWEEP = """
import signal, sys, threading
from pathlib import Path
from router.outcome.effort import QUICK
from router.sweep.how import How
from router.sweep.run import run_cases
from router.sweep.store import MemoryStore
from tests.sweep.cheap import base, cases

if __name__ == "__main__":
    interrupt = threading.Event()
    signal.signal(signal.SIGINT, lambda *_: interrupt.set())
    asked = cases(6, {2: ("wait", Path(sys.argv[1]))})
    last = run_cases(base(), asked, QUICK, How(cluster="local:2"), MemoryStore(), interrupt)
    print("interrupted" if last.interrupted else "done")
"""


def test_ctrl_c_ends_a_cluster_of_our_own_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "sweep.py").write_text(SWEEP)
    run = subprocess.Popen(
        [sys.executable, str(tmp_path / "sweep.py"), str(tmp_path / "pids")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_until(lambda: bool(pids(tmp_path / "pids")) or run.poll() is not None)
        os.killpg(run.pid, signal.SIGINT)
        told, errors = run.communicate(timeout=SOON)
    finally:
        if run.poll() is None:
            run.kill()
    assert (told, errors, run.returncode) == ("interrupted\n", "", 0)
    wait_until(lambda: not any(runs(pid) for pid in pids(tmp_path / "pids")))


def test_a_scheduler_that_goes_away_is_told_and_what_was_answered_is_kept(tmp_path: Path) -> None:
    from distributed import LocalCluster

    store, begun = MemoryStore(), threading.Event()
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=1,
        threads_per_worker=1,
        processes=False,
        protocol="tcp",
        dashboard_address="127.0.0.1:0",
        silence_logs=60,
    ) as cluster:

        def close() -> None:
            assert begun.wait(SOON)
            cluster.close()

        def tell(progress: RunProgress) -> None:
            if progress.done:
                begun.set()

        closer = threading.Thread(target=close)
        closer.start()
        asked = cases(400, dict.fromkeys(range(3, 401), ("sleep", tmp_path / "pids")))
        with pytest.raises(WorkersError, match="went away; the same command goes on from here"):
            run_cases(base(), asked, QUICK, How(cluster=cluster.scheduler_address), store, on_progress=tell)
        closer.join()
    assert 0 < len(store.costs) < 400


@pytest.mark.parametrize(
    "address", ["", "local", "local:0", "local:two", "tcp://", "tcp://host", "ray://host:1", "x\ny"]
)
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(WorkersError) as told:
        run_cases(base(), cases(1), QUICK, How(cluster=address), MemoryStore())
    assert "expected tcp://HOST:PORT of a Dask scheduler, or local:N for N workers on this machine" in str(told.value)
    assert "\n" not in str(told.value)


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from router.sweep import connection

    monkeypatch.setattr(connection, "_CONNECT_SECONDS", 0.5)
    with pytest.raises(WorkersError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9: "):
        run_cases(base(), cases(1), QUICK, How(cluster="tcp://127.0.0.1:9"), MemoryStore())


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("router.sweep.c")]:
        if name.removeprefix("router.sweep.") in ("cluster", "cluster_work", "connection"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(WorkersError, match=r"pip install 'multicloud-router\[cluster\]'"):
        run_cases(base(), cases(1), QUICK, How(cluster="local:2"), MemoryStore())
