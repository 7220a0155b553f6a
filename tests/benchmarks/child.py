"""Runs a benchmark in a fresh process and measures it from outside."""

from __future__ import annotations

import json
import os
import platform
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
    try:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=timeout_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RuntimeError(f"{module}: no answer after {timeout_seconds} s") from error
    wall = time.perf_counter() - began
    after = os.times()
    if done.returncode:
        raise RuntimeError(f"{module}: exit code {done.returncode}: {done.stderr[-400:]}")
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
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
