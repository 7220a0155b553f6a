"""From a scenario file on disk to a plan's objective: the router, two rivals and the bare solver.

`python -m tests.benchmarks.end_to_end --columns 25000 --pairs 5` runs each way once per pair, each in a fresh
process (interpreter start and imports count), and prints medians of wall seconds and of the ratios within pairs.
All stop at a relative gap of 1e-4 with 2 threads. Fails where two ways do not agree on the objective.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from tests.benchmarks.child import Measured, machine, measured, print_line
from tests.benchmarks.generate import generate, write
from tests.benchmarks.plain import RELATIVE_GAP, THREADS

AGREES_WITHIN = 1e-6
"""Tolerance on bounds beyond the solvers' gaps: what feasibility tolerances of 1e-7 leave."""


class DisagreementError(Exception):
    """Two ways found objectives that cannot be the same optimum's."""


def check_agreement(answers: dict[str, Measured]) -> None:
    """Each objective must be at least every way's lower bound: else one model allows what another forbids."""
    for name, one in answers.items():
        for other_name, other in answers.items():
            objective, bound = one.answer["objective_usd"], other.answer["bound_usd"]
            if objective < bound - AGREES_WITHIN * abs(bound):
                raise DisagreementError(
                    f"{name} found {objective:.2f} USD, below the lower bound {bound:.2f} USD of {other_name}"
                )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--columns", type=int, default=25_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--timeout", type=float, default=900.0, help="seconds for each run")
    parser.add_argument("--without", nargs="*", default=[], help="ways to leave out: pulp, linopy, highs, glop")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scenario, matrix = Path(folder) / "scenario.yaml", Path(folder) / "matrix.npz"
        write(generate(given.columns, given.seed), scenario)
        measured("tests.benchmarks.run_router", str(scenario), "--save-program", str(matrix))
        file, bare, limit = str(scenario), "tests.benchmarks.run_bare", given.timeout
        ways: dict[str, Callable[[], Measured]] = {
            "router": lambda: measured(
                "tests.benchmarks.run_router",
                file,
                "--gap",
                str(RELATIVE_GAP),
                "--threads",
                str(THREADS),
                "--time-limit",
                str(limit),
            ),
            "PuLP + CBC": lambda: measured("tests.benchmarks.rival_pulp", file, timeout_seconds=limit),
            "linopy + HiGHS": lambda: measured("tests.benchmarks.rival_linopy", file, timeout_seconds=limit),
            "bare HiGHS": lambda: measured(bare, str(matrix), timeout_seconds=limit),
            "bare GLOP, relaxation": lambda: measured(
                bare, str(matrix), "--solver", "glop-relaxed", timeout_seconds=limit
            ),
        }
        ways = {name: run for name, run in ways.items() if not any(word in name.lower() for word in given.without)}
        print_line(machine())
        runs: dict[str, list[Measured]] = {name: [] for name in ways}
        failed: set[str] = set()
        for pair in range(given.pairs):
            for name, run in ways.items():
                if name in failed:
                    continue
                try:
                    runs[name].append(run())
                except RuntimeError as error:
                    print_line(f"pair {pair + 1}: {name}: {error}")
                    failed.add(name)
                    continue
                last = runs[name][-1]
                print_line(f"pair {pair + 1}: {name}: {last.wall_seconds:.2f} s, {last.cpu_seconds:.2f} s of processor")
            whole = {name: taken[-1] for name, taken in runs.items() if len(taken) == pair + 1 and "relax" not in name}
            check_agreement(whole)
        _print_table(runs, limit)


def _print_table(runs: dict[str, list[Measured]], limit: float) -> None:
    ours = runs["router"]
    size = ours[0].answer
    print_line(
        f"{size['columns']} columns, {size['rows']} rows, {size['nonzeros']} nonzeros, {size['runs']} runs; "
        f"medians of {len(ours)} pairs; objectives agree"
    )
    print_line()
    print_line("| way | runs | wall s | processor s | router is faster by | objective USD | gap |")
    print_line("| --- | --- | --- | --- | --- | --- | --- |")
    for name, taken in runs.items():
        if not taken:
            least = limit / median(run.wall_seconds for run in ours)
            print_line(f"| {name} | 0 | no answer in {limit:.0f} s | | more than {least:.1f}x | | |")
            continue
        ratio = median(other.wall_seconds / own.wall_seconds for other, own in zip(taken, ours, strict=False))
        last = taken[-1].answer
        gap = (last["objective_usd"] - last["bound_usd"]) / abs(last["objective_usd"])
        print_line(
            f"| {name} | {len(taken)} | {median(run.wall_seconds for run in taken):.2f} "
            f"| {median(run.cpu_seconds for run in taken):.2f} | {ratio:.1f}x "
            f"| {last['objective_usd']:.0f} | {max(0.0, gap):.1e} |"
        )
    print_line()
    seconds = [run.answer["seconds"] for run in ours]
    outside = median(1 - part["engine"] / part["total"] for part in seconds)
    stages = ", ".join(f"{name} {median(part[name] for part in seconds):.2f} s" for name in seconds[0])
    print_line(f"router: {stages}; outside the engine {100 * outside:.0f} % of the time")


if __name__ == "__main__":
    main()
