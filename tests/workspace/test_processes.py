"""Which processes still run: by number, host and start."""

from __future__ import annotations

import os
import time
from dataclasses import replace

import pytest

from router.workspace import processes
from router.workspace.processes import State, state_of, this_process
from tests.workspace.sessions import python


def test_this_process_runs() -> None:
    assert state_of(this_process()) is State.RUNNING


def test_a_number_given_again_is_another_process() -> None:
    assert state_of(replace(this_process(), started="earlier")) is State.ENDED


def test_of_another_machine_nothing_is_known() -> None:
    assert state_of(replace(this_process(), host="elsewhere")) is State.UNKNOWN
    assert state_of(replace(this_process(), started=None)) is State.UNKNOWN


@pytest.mark.parametrize("pid", [0, -1, 2**22 + 12345, 2**70])
def test_a_number_that_no_process_has(pid: int) -> None:
    assert state_of(replace(this_process(), pid=pid)) is State.ENDED


@pytest.mark.parametrize("by_ps", [False, True])
def test_a_process_that_was_killed_has_ended(monkeypatch: pytest.MonkeyPatch, by_ps: bool) -> None:
    """Also before its parent has asked how it ended."""
    if by_ps:
        monkeypatch.setattr(processes, "_start_in_proc", processes._start_by_ps)
    child = python("input()")
    try:
        other = replace(this_process(), pid=child.pid, started=processes._start_of(child.pid))
        assert state_of(other) is State.RUNNING
        child.kill()
        deadline = time.monotonic() + 5
        while state_of(other) is State.RUNNING and time.monotonic() < deadline:
            time.sleep(0.01)
        assert state_of(other) is State.ENDED
    finally:
        child.kill()
        child.communicate()
    assert state_of(other) is State.ENDED


def test_ps_and_proc_agree_on_what_runs() -> None:
    assert processes._start_by_ps(os.getpid()) == processes._start_by_ps(os.getpid())
    with pytest.raises(processes._Gone):
        processes._start_by_ps(2**22 + 12345)
