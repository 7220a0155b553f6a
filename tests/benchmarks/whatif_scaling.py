"""How what-ifs scale over workers: `python -m tests.benchmarks.whatif_scaling [--cases 200] [--end-to-end]`.

Draws of demand (one lognormal factor for each stream of one workload, `one_workload` of tests/outcome/cases.py) are
planned by one process, by joblib's and by a local Dask cluster, each way in a fresh process. `start` is from the call
to the first answers; the rate is that from there to the end. Memory is what is resident: of the process that was
called, and of its largest worker, at a quarter of the cases and at the end. Costs must be those of the first way.

`--end-to-end` runs `router whatif demand-uncertainty --out` instead: 1,000 draws from the command to the report on
disk; then the same command again, which finds all of it done.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from router.engine.settings import EngineSettings
from router.outcome.effort import QUICK
from router.outcome.prepare import prepare
from router.scenario.load import load_scenario
from router.scenario.shipped import scenario_path
from router.sweep.header import ResultsHeader
from router.sweep.how import How
from router.sweep.json_lines import JsonLines
from router.sweep.planned_base import PlannedBase
from router.sweep.progress import RunProgress
from router.sweep.run import run_cases
from router.whatif.case import Case
from tests.benchmarks.child import ROOT, machine, measured, print_line
from tests.outcome.cases import KINDS, demand_cases

WAYS = {
    "this process": How(workers=1),
    "joblib, 2": How(workers=2),
    "dask local:1": How(cluster="local:1"),
    "dask local:2": How(cluster="local:2"),
}
PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20
SAMPLE_SECONDS = 0.25
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Memory:
    """MB resident: of this process and of its largest descendant, when so many cases were done."""

    done: int
    parent_mb: float
    worker_mb: float


class MemoryWatch(threading.Thread):
    """Looks at the memory of this process and of those below it, from time to time."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.samples: list[Memory] = []
        self.done = 0
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(SAMPLE_SECONDS):
            workers = [resident_mb(pid) for pid in descendants(os.getpid())]
            self.samples.append(Memory(self.done, resident_mb(os.getpid()), max(workers, default=0.0)))

    def at(self, done: int) -> Memory:
        """The first sample from there on."""
        return next((sample for sample in self.samples if sample.done >= done), self.samples[-1])

    def last(self) -> Memory:
        """The last sample before the workers ended."""
        most = max(sample.worker_mb for sample in self.samples)
        return [sample for sample in self.samples if sample.worker_mb >= 0.7 * most][-1]


def resident_mb(pid: int) -> float:
    """Memory of a process that is in use, 0 where it has ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_MB
    except (OSError, IndexError):
        return 0.0


def descendants(pid: int) -> Iterator[int]:
    """Processes that a process started, and those that these did."""
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found = [int(child) for child in children.read_text().split()]
        except OSError:
            continue
        for child in found:
            yield child
            yield from descendants(child)


def run_way(way: str, scenario: str, kind: str, count: int, costs: Path) -> None:
    """One way in this process; what was measured goes to stdout."""
    settings = EngineSettings()
    loaded = load_scenario(scenario_path(scenario))
    base = PlannedBase(loaded, prepare(loaded, None, settings), settings)
    cases = demand_cases(loaded, next(each for each in KINDS if each.__name__ == kind), count, seed=1)
    with TemporaryDirectory() as folder:
        answer = timed(base, cases, WAYS[way], Path(folder) / "results.jsonl", costs)
    print_line(json.dumps(answer))


def timed(base: PlannedBase, cases: list[Case], how: How, results: Path, costs: Path) -> dict[str, float]:
    """Seconds and MB of one run, results on disk."""
    watch, first = MemoryWatch(), list[tuple[float, int]]()

    def tell(progress: RunProgress) -> None:
        watch.done = progress.done
        if progress.done and not first:
            first.append((time.perf_counter(), progress.done))

    header = ResultsHeader("0" * 64, "benchmark", QUICK.search_seconds, QUICK.gap, "now")
    store = JsonLines(results, header, {case.name: case for case in cases})
    began = time.perf_counter()
    watch.start()
    last = run_cases(base, cases, QUICK, how, store, on_progress=tell)
    ended = time.perf_counter()
    time.sleep(2 * SAMPLE_SECONDS)
    watch.ended.set()
    watch.join()
    costs.write_text(json.dumps(store.costs))
    store.close()
    at, done = first[0]
    early, late = watch.at(len(cases) // 4), watch.last()
    return {
        "start": at - began,
        "wall": ended - began,
        "rate": (len(cases) - done) / max(1e-9, ended - at),
        "failed": last.failed,
        "parent_early": early.parent_mb,
        "parent_late": late.parent_mb,
        "worker_early": early.worker_mb,
        "worker_late": late.worker_mb,
    }


def scaling(scenario: str, kind: str, count: int, ways: list[str]) -> bool:
    """Print the table; whether all ways agree."""
    print_line(f"{count} cases `{kind}` of {scenario}; {machine()}")
    print_line(
        f"{'way':<14}{'start s':>9}{'all s':>8}{'a second':>10}{'speed-up':>10}{'failed':>8}"
        f"{'parent MB':>16}{'worker MB':>16}{'differ':>8}"
    )
    reference: dict[str, float | None] = {}
    rate = math.nan
    agree = True
    with TemporaryDirectory() as folder:
        for way in ways:
            costs = Path(folder) / "costs.json"
            arguments = ["--way", way, "--scenario", scenario, "--kind", kind, "--cases", str(count)]
            figures = measured("tests.benchmarks.whatif_scaling", *arguments, "--costs", str(costs)).answer
            found = json.loads(costs.read_text())
            reference = reference or found
            rate = figures["rate"] if math.isnan(rate) else rate
            differ = sum(not same(reference[name], cost) for name, cost in found.items())
            agree = agree and not differ and len(found) == count
            print_line(
                f"{way:<14}{figures['start']:>9.2f}{figures['wall']:>8.1f}{figures['rate']:>10.1f}"
                f"{figures['rate'] / rate:>10.2f}{figures['failed']:>8.0f}"
                f"{figures['parent_early']:>8.0f}{figures['parent_late']:>8.0f}"
                f"{figures['worker_early']:>8.0f}{figures['worker_late']:>8.0f}{differ:>8}"
            )
    return agree


def same(one: float | None, other: float | None) -> bool:
    """Whether two costs are one, to the solver's tolerance."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= TOLERANCE * max(abs(one), abs(other))


def end_to_end(question: str, workers: int | None) -> bool:
    """`router whatif QUESTION --out`, and again; whether every case is there once."""
    print_line(f"router whatif {question}; {machine()}")
    command = [sys.executable, "-m", "router", "whatif", question, "--quiet"]
    command += [] if workers is None else ["--workers", str(workers)]
    fine = True
    with TemporaryDirectory() as folder:
        for what in ("from nothing", "all done before"):
            began = time.perf_counter()
            with subprocess.Popen([*command, "--out", folder], cwd=ROOT, stdout=subprocess.DEVNULL) as run:
                most: dict[int, float] = {}
                while run.poll() is None:
                    for pid in (run.pid, *descendants(run.pid)):
                        most[pid] = max(most.get(pid, 0.0), resident_mb(pid))
                    time.sleep(SAMPLE_SECONDS)
            wall = time.perf_counter() - began
            lines = [json.loads(line) for line in (Path(folder) / "results.jsonl").read_text("utf-8").splitlines()[1:]]
            names = {line["name"] for line in lines}
            fine = fine and run.returncode == 0 and len(names) == len(lines)
            workers_mb = max((mb for pid, mb in most.items() if pid != run.pid), default=0.0)
            size = (Path(folder) / "results.jsonl").stat().st_size / 1e6
            print_line(
                f"{what:<16} {wall:7.1f} s, {len(lines):,} answers ({len(lines) / wall:.1f} a second over all), "
                f"{size:.1f} MB of results, at most {most.get(run.pid, 0.0):.0f} MB in the command and "
                f"{workers_mb:.0f} MB in a worker, exit code {run.returncode}"
            )
    return fine


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenario", default="frontier-lab")
    parser.add_argument("--kind", default="one_workload", choices=[kind.__name__ for kind in KINDS])
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--ways", nargs="+", default=list(WAYS), choices=list(WAYS))
    parser.add_argument("--way", choices=list(WAYS), help=argparse.SUPPRESS)
    parser.add_argument("--costs", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--end-to-end", nargs="?", const="demand-uncertainty", metavar="QUESTION")
    parser.add_argument("--workers", type=int, help="of --end-to-end; default all cores")
    given = parser.parse_args()
    if given.way is not None:
        run_way(given.way, given.scenario, given.kind, given.cases, given.costs)
    elif given.end_to_end is not None:
        sys.exit(not end_to_end(given.end_to_end, given.workers))
    else:
        sys.exit(not scaling(given.scenario, given.kind, given.cases, given.ways))


if __name__ == "__main__":
    main()
