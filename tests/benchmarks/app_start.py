"""From the command to the first paint with a plan's cost, in a pseudo-terminal, and where that time goes.

`python -m tests.benchmarks.app_start [SCENARIO] [--runs 5]`. Each run has a fresh ROUTER_HOME, so that the plan is the
one that is shipped. The first run is told apart: files are cold then.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.tui.pty.terminal import ROOT, terminal

_COST = re.compile(r"\$[\d.]+ [kMB]")
_STAGES = """
import time, sys
started = time.perf_counter()
def mark(name):
    global started
    now = time.perf_counter()
    print(f"{name}\\t{1000 * (now - started):.1f}")
    started = time.perf_counter()
import tui.command_line
mark("import: command line")
import router.scenario.scenario, router.reading.yaml_reader
mark("import: scenario, pydantic, YAML")
import tui.opening
mark("import: the rest of opening (journal, kept plans)")
import textual.app, textual.widgets, textual.screen, textual.command
mark("import: Textual")
import tui.app
mark("import: the app")
from tui.views.registry import view_entry
from router.workspace.settings import Settings
kind = view_entry(Settings().first_view)
import importlib
importlib.import_module(f"tui.views.{kind.name}")
mark(f"import: the first view ({kind.name})")
from router.scenario.shipped import scenario_path
from router.workspace.file_state import open_scenario
scenario, state = open_scenario(scenario_path(sys.argv[1]))
mark("scenario read and checked")
from router.plan.reference import scenario_reference
sha = scenario_reference(scenario).sha256
mark("scenario's SHA-256")
from router.kept.folder import find_kept
kept = find_kept(sha, None)
mark("kept plan read")
from tui.planning import load_engine
load_engine()
mark("(after the first paint: import of the engine)")
"""


@dataclass(frozen=True)
class Start:
    """Seconds from the command until the screen has a frame, the cost of a plan, and a plan of this session's own."""

    frame: float
    cost: float
    planned: float


def start(scenario: str, size: tuple[int, int]) -> Start:
    """Starts the app once."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with terminal("tui", scenario, home=home / "home", cwd=home, size=size) as screen:
            begun = screen.started
            screen.wait_for(lambda: b"\x1b[?1049h" in screen.raw, 60)
            frame = time.perf_counter() - begun
            screen.wait_for(lambda: _COST.search(screen.line(1)) is not None, 60)
            cost = time.perf_counter() - begun
            screen.wait_for(lambda: re.search("proved|ended|held", screen.line(1)) is not None, 120)
            return Start(frame, cost, time.perf_counter() - begun)


def stages(scenario: str, runs: int) -> dict[str, float]:
    """Milliseconds of each stage, each alone in one process after the other, the median of several."""
    found: dict[str, list[float]] = {}
    for _ in range(runs):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        found.setdefault("Python starts (and ends)", []).append(1000 * (time.perf_counter() - begun))
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, "-c", _STAGES, scenario],
                check=True,
                capture_output=True,
                text=True,
                cwd=ROOT,
                env={"PYTHONPATH": str(ROOT), "ROUTER_HOME": folder, "PATH": "", "LANG": "C.UTF-8"},
            )
        for line in done.stdout.splitlines():
            name, _, milliseconds = line.partition("\t")
            found.setdefault(name, []).append(float(milliseconds))
    return {name: statistics.median(each) for name, each in found.items()}


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="frontier-lab")
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    out = sys.stdout.write
    out("| run | screen taken s | cost on the screen s | planned by this session s |\n| --- | --- | --- | --- |\n")
    all_runs = []
    for run in range(given.runs):
        told = start(given.scenario, (120, 40))
        all_runs.append(told)
        out(f"| {run + 1} | {told.frame:.2f} | {told.cost:.2f} | {told.planned:.2f} |\n")
    median = statistics.median(run.cost for run in all_runs)
    out(f"\ncost on the screen: median {median:.2f} s, longest {max(run.cost for run in all_runs):.2f} s\n\n")
    out("| stage | ms |\n| --- | --- |\n")
    known = stages(given.scenario, given.runs)
    before = 0.0
    for name, milliseconds in known.items():
        out(f"| {name} | {milliseconds:.0f} |\n")
        before += 0.0 if name.startswith("(") else milliseconds
    rest = 1000 * median - before
    out(f"| the rest, to the cost on the screen: styles, first layout and paint, terminal | {rest:.0f} |\n")


if __name__ == "__main__":
    main()
