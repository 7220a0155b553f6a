"""Whether the process that wrote something still runs.

A process is known by its host, number and start: numbers are given again, to other processes, soon after a restart.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_ENDED = "ZX"
"""States of a process that has ended and whose parent has not asked for its end yet."""


_BOOT = Path("/proc/sys/kernel/random/boot_id")


class State(StrEnum):
    """What can be said of a process."""

    RUNNING = "running"
    ENDED = "ended"
    UNKNOWN = "unknown"
    """It ran on another machine, or its start is not known here."""


@dataclass(frozen=True, slots=True)
class Process:
    """A process. ``started``: what tells it from others of that number, None where the system does not say."""

    pid: int
    host: str
    started: str | None


class _Gone(Exception):  # noqa: N818  (a signal: no such process)
    pass


def this_process() -> Process:
    """The process that runs this."""
    return Process(os.getpid(), platform.node(), _start_of(os.getpid()))


def state_of(process: Process) -> State:
    """Whether a process still runs."""
    if process.host != platform.node():
        return State.UNKNOWN
    try:
        started = _start_of(process.pid)
    except _Gone:
        return State.ENDED
    if started is None or process.started is None:
        return State.UNKNOWN
    return State.RUNNING if started == process.started else State.ENDED


def _start_of(pid: int) -> str | None:
    """When a process started, in the system's own terms; None where it does not say. Raises _Gone."""
    if sys.platform == "win32":
        return _start_on_windows(pid)
    if pid <= 0:
        raise _Gone
    try:
        # Sends nothing. Never on Windows: there it would end the process.
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        raise _Gone from None
    except PermissionError:
        # It runs, for another user.
        pass
    return _start_in_proc(pid) if Path("/proc/self/stat").exists() else _start_by_ps(pid)


def _start_in_proc(pid: int) -> str | None:
    """Clock ticks since the machine started, with which start of the machine that was."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        raise _Gone from None
    except OSError:
        return None
    try:
        boot = _BOOT.read_text(encoding="ascii").strip()
    except OSError:
        boot = ""
    # The name of the program stands in brackets and may hold anything, brackets too.
    state, *fields = status.rpartition(")")[2].split()
    if state in _ENDED:
        raise _Gone
    return f"{boot}/{fields[18]}"


def _start_by_ps(pid: int) -> str | None:
    command = ["ps", "-o", "state=,lstart=", "-p", str(pid)]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=5, env={**os.environ, "LC_ALL": "C"})
    except (OSError, subprocess.SubprocessError):
        return None
    state, _, started = answer.stdout.strip().partition(" ")
    if not started:
        raise _Gone
    if state[:1] in _ENDED:
        raise _Gone
    return " ".join(started.split())


def _start_on_windows(pid: int) -> str | None:
    if sys.platform != "win32":
        return None
    import ctypes
    from ctypes import wintypes

    query_limited_information, still_active, access_denied = 0x1000, 259, 5
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.OpenProcess.restype = wintypes.HANDLE
    handle = wintypes.HANDLE(kernel.OpenProcess(query_limited_information, False, pid))
    if not handle:
        if ctypes.get_last_error() == access_denied:
            return None
        raise _Gone
    try:
        code = wintypes.DWORD()
        times = [wintypes.FILETIME() for _ in range(4)]
        if kernel.GetExitCodeProcess(handle, ctypes.byref(code)) and code.value != still_active:
            raise _Gone
        if not kernel.GetProcessTimes(handle, *map(ctypes.byref, times)):
            return None
        return f"{times[0].dwHighDateTime}:{times[0].dwLowDateTime}"
    finally:
        kernel.CloseHandle(handle)
