"""Plans with runs, whole instances and tiers held fast, by scipy's HiGHS and not by the product's own engine."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from router.arrays import FloatArray
from router.model.model import Model
from router.why.explainer import Explainer
from tests.solving import optimum

Bound = tuple[float, float]


def explained(model: Model) -> Explainer:
    """Questions about a proven optimum of a model."""
    values, _ = optimum(model)
    return Explainer(model, values)


def fixed_cost_usd(
    model: Model,
    values: FloatArray,
    columns: Mapping[int, Bound] | None = None,
    rows: Mapping[int, Bound] | None = None,
) -> float | None:
    """The discounted cost of the best plan with the whole-number columns of ``values`` and some bounds replaced; None
    where there is none."""
    program = model.program
    whole = program.is_integer
    lower, upper = np.where(whole, np.round(values), program.lower), np.where(whole, np.round(values), program.upper)
    row_lower, row_upper = program.row_lower.copy(), program.row_upper.copy()
    for index, bound in (columns or {}).items():
        lower[index], upper[index] = bound
    for index, bound in (rows or {}).items():
        row_lower[index], row_upper[index] = bound
    matrix = csr_matrix((program.values, program.column_indices, program.row_starts), (program.rows, program.columns))
    result = milp(
        program.objective, bounds=Bounds(lower, upper), constraints=LinearConstraint(matrix, row_lower, row_upper)
    )
    if result.status == 2:
        return None
    assert result.status == 0, result.message
    return float(program.objective @ result.x + program.objective_offset) * program.usd_per_unit
