"""The bare solver: HiGHS on our own matrix, handed over in bulk, with nothing of ours around it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from router.model.linear_program import LinearProgram
from tests.benchmarks.plain import RELATIVE_GAP, THREADS


@dataclass(frozen=True)
class BareAnswer:
    """Objective and bound in US dollars, seconds of handing over and of solving."""

    objective_usd: float
    bound_usd: float
    hand_over_seconds: float
    solver_seconds: float


def solve_bare(program: LinearProgram, gap: float = RELATIVE_GAP, *, relaxed: bool = False) -> BareAnswer:
    """The optimum of a linear program within a relative gap; ``relaxed`` drops integrality."""
    began = time.perf_counter()
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = program.columns, program.rows
    model.col_cost_, model.col_lower_, model.col_upper_ = program.objective, program.lower, program.upper
    model.row_lower_, model.row_upper_ = program.row_lower, program.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_ = program.row_starts, program.column_indices
    model.a_matrix_.value_ = program.values
    model.offset_ = program.objective_offset
    whole = program.is_integer & (not relaxed)
    if whole.any():
        kinds = np.array([highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger])
        model.integrality_ = list(kinds[whole.astype(int)])
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", THREADS)
    solver.setOptionValue("mip_rel_gap", gap)
    solver.passModel(model)
    handed = time.perf_counter()
    solver.run()
    ended = time.perf_counter()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"HiGHS: {solver.modelStatusToString(solver.getModelStatus())}")
    information = solver.getInfo()
    objective = float(information.objective_function_value)
    return BareAnswer(
        objective_usd=objective * program.usd_per_unit,
        bound_usd=(float(information.mip_dual_bound) if whole.any() else objective) * program.usd_per_unit,
        hand_over_seconds=handed - began,
        solver_seconds=ended - handed,
    )
