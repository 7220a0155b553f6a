"""The bare solvers on a saved matrix: `python -m tests.benchmarks.run_bare MATRIX.npz --solver highs|glop-relaxed`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from ortools.linear_solver.python import model_builder_helper
from scipy.sparse import csr_matrix

from router.model.linear_program import LinearProgram
from tests.benchmarks.bare_solver import BareAnswer, solve_bare


def read_program(path: Path) -> LinearProgram:
    """A matrix that ``run_router --save-program`` wrote."""
    arrays = np.load(path)
    parts: dict[str, Any] = {name: arrays[name] if arrays[name].ndim else float(arrays[name]) for name in arrays}
    return LinearProgram(**parts)


def relaxation_by_glop(program: LinearProgram) -> BareAnswer:
    """The linear relaxation by GLOP at its defaults."""
    began = time.perf_counter()
    helper: Any = model_builder_helper.ModelBuilderHelper()
    matrix = csr_matrix(
        (program.values, program.column_indices, program.row_starts), shape=(program.rows, program.columns)
    )
    helper.fill_model_from_sparse_data(
        program.lower, program.upper, program.objective, program.row_lower, program.row_upper, matrix
    )
    handed = time.perf_counter()
    solver = model_builder_helper.ModelSolverHelper("GLOP")
    solver.solve(helper)
    ended = time.perf_counter()
    objective = (solver.objective_value() + program.objective_offset) * program.usd_per_unit
    return BareAnswer(objective, objective, handed - began, ended - handed)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("matrix", type=Path)
    parser.add_argument("--solver", choices=["highs", "highs-relaxed", "glop-relaxed"], default="highs")
    given = parser.parse_args()
    program = read_program(given.matrix)
    if given.solver == "glop-relaxed":
        answer = relaxation_by_glop(program)
    else:
        answer = solve_bare(program, relaxed=given.solver == "highs-relaxed")
    sys.stdout.write(json.dumps(asdict(answer)) + "\n")


if __name__ == "__main__":
    main()
