"""One solve of a scenario file by the router, stage by stage, as one line of JSON.

Run in a fresh process by the other benchmarks: `python -m tests.benchmarks.run_router FILE --gap 1e-4`.
"""

from __future__ import annotations

import time

START = time.perf_counter()

import argparse  # noqa: E402
import json  # noqa: E402
import resource  # noqa: E402
import sys  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import numpy as np  # noqa: E402

from router.engine.settings import EngineSettings  # noqa: E402
from router.engine.solve import solve  # noqa: E402
from router.model.linear_program import ColumnKind, LinearProgram  # noqa: E402
from router.model.model import build_model  # noqa: E402
from router.plan.pipeline import plan_from  # noqa: E402
from router.problem.problem import build_problem  # noqa: E402
from router.scenario.load import load_scenario  # noqa: E402


def peak_memory_bytes() -> int:
    """Largest resident size of this process and of its largest child together."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1024 * (own.ru_maxrss + children.ru_maxrss)


def run(path: Path, settings: EngineSettings) -> dict[str, Any]:
    """Seconds by stage (wall), size, objective, bound, gap and peak memory of one solve."""
    imported, baseline = time.perf_counter(), peak_memory_bytes()
    scenario = load_scenario(path)
    loaded = time.perf_counter()
    problem = build_problem(scenario)
    model = build_model(problem)
    built = time.perf_counter()
    program = model.program
    solution = solve(program, settings, blocks=model.blocks)
    solved = time.perf_counter()
    plan = plan_from(scenario, model, solution, settings)
    ended = time.perf_counter()
    return {
        "objective_usd": plan.totals.cost_usd,
        "bound_usd": plan.solve.lower_bound_usd,
        "gap": plan.solve.gap,
        "closed_by": plan.solve.closed_by,
        "columns": program.columns,
        "rows": program.rows,
        "nonzeros": len(program.values),
        "runs": int(np.count_nonzero(program.kind == ColumnKind.RUN)),
        "seconds": {
            "imports": imported - START,
            "reading": loaded - imported,
            "building": built - loaded,
            "engine": solved - built,
            "plan": ended - solved,
            "total": ended - START,
        },
        "engine_stages": dict(solution.stage_seconds),
        "linear_iterations": solution.linear_iterations,
        "peak_bytes": peak_memory_bytes(),
        "baseline_bytes": baseline,
    }


def save_program(path: Path, out: Path) -> None:
    """The matrix of a scenario file, for the bare solvers."""
    program = build_model(build_problem(load_scenario(path))).program
    np.savez(out, **{name: getattr(program, name) for name in LinearProgram.__dataclass_fields__})


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", type=Path)
    parser.add_argument("--gap", type=float, default=1e-4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--time-limit", type=float, default=600.0)
    parser.add_argument("--save-program", type=Path, help="write the matrix there and do not solve")
    given = parser.parse_args()
    if given.save_program:
        save_program(given.scenario, given.save_program)
        return
    settings = EngineSettings(relative_gap=given.gap, threads=given.threads, time_limit_seconds=given.time_limit)
    sys.stdout.write(json.dumps(run(given.scenario, settings)) + "\n")


if __name__ == "__main__":
    main()
