"""The installed `router` in a pseudo-terminal and in a pipe."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pytest

ROUTER = str(Path(sys.executable).parent / "router")


def spawn(*arguments: str, columns: int) -> pexpect.spawn[str]:
    environment = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    return pexpect.spawn(
        ROUTER, list(arguments), dimensions=(40, columns), encoding="utf-8", timeout=120, env=environment
    )


def test_solve_in_a_terminal_of_80_columns() -> None:
    child = spawn("solve", "tiny", columns=80)
    child.expect("Total cost")
    child.expect("every|passed")
    child.expect("Training runs")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_ctrl_c_gives_the_best_plan_so_far() -> None:
    child = spawn("solve", "scale-up", "--gap", "0", "--time-limit", "300", columns=120)
    child.expect("best plan")
    child.kill(signal.SIGINT)
    child.expect("Total cost")
    child.expect("interrupted")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_a_reader_that_goes_away_leaves_no_traceback() -> None:
    with subprocess.Popen([ROUTER, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.read(10)
        child.stdout.close()
        assert b"Traceback" not in child.stderr.read()


def test_python_dash_m() -> None:
    done = subprocess.run([sys.executable, "-m", "router", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("router, version")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are read from Linux' /proc")
def test_a_killed_router_leaves_no_solver_running() -> None:
    with subprocess.Popen(
        [ROUTER, "solve", "scale-up", "--gap", "0", "--quiet"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        workers: list[int] = []
        deadline = time.monotonic() + 60
        while not workers and time.monotonic() < deadline:
            time.sleep(0.1)
            workers = [
                int(worker)
                for task in Path(f"/proc/{child.pid}/task").iterdir()
                for worker in (task / "children").read_text().split()
            ]
        child.kill()
    assert workers
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{worker}").exists() for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is needed")
def test_output_that_cannot_be_written_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([ROUTER, "solve", "tiny", "--quiet"], stdout=full, stderr=subprocess.PIPE, text=True)
        assert (done.returncode, done.stderr) == (2, "cannot write the output: No space left on device\n")
        done = subprocess.run([ROUTER, "solve", "tiny"], stdout=subprocess.PIPE, stderr=full, text=True)
        assert done.returncode == 0
        assert "Total cost" in done.stdout


def test_a_reader_of_the_report_that_goes_away_is_not_unserved_demand() -> None:
    with subprocess.Popen(
        [ROUTER, "solve", "tiny", "--quiet"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 141
