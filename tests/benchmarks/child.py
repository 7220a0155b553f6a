"""Runs a benchmark in a fresh process and measures it from outside."""

from __future__ import annotations

import json
import os
import platform
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Measured:
    """Wall and processor seconds from start to end of the process, and the JSON that it printed."""

    wall_seconds: float
    cpu_seconds: float
    answer: dict[str, Any]


def measured(module: str, *arguments: str, timeout_seconds: float | None = None) -> Measured:
    """Run ``python -m module arguments``. Raises RuntimeError with the last of stderr where it fails."""
    before = os.times()
    began = time.perf_counter()
    # A session of its own, so that a solver that the child started (CBC) is stopped with it.
    with subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as child:
        try:
            printed, errors = child.communicate(timeout=timeout_seconds)
        except subprocess.TimeoutExpired as error:
            os.killpg(child.pid, signal.SIGKILL)
            raise RuntimeError(f"{module}: no answer after {timeout_seconds:.0f} s") from error
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)
            raise
    wall = time.perf_counter() - began
    after = os.times()
    if child.returncode:
        last = errors.strip().splitlines()[-1:] or ["nothing on stderr"]
        raise RuntimeError(f"{module}: exit code {child.returncode}: {last[0]}")
    lines = [line for line in printed.splitlines() if line.startswith("{")]
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Measured(wall, cpu, json.loads(lines[-1]) if lines else {})


def machine() -> str:
    """Processor, cores, load and versions, for the head of a table."""
    names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    name = names[0].split(":")[1].strip() if names else platform.processor()
    load = os.getloadavg()[0]
    return f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f} at the start"


def print_line(text: str = "") -> None:
    """One line on stdout, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
