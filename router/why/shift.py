"""What moves in the program when a limit moves: bounds of rows and columns, by how much a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from router.arrays import FloatArray, Ids
from router.engine.warm_linear_program import LinearAnswer


def _no_ids() -> Ids:
    return np.zeros(0, dtype=np.int64)


def _no_numbers() -> FloatArray:
    return np.zeros(0)


@dataclass(frozen=True)
class Shift:
    """A direction in the bounds of a program. rows, row_lower, row_upper (a,); columns, lower, upper (b,).

    The numbers are added to the bounds once per unit, in the program's own units; no row or column stands twice.
    """

    rows: Ids = field(default_factory=_no_ids)
    row_lower: FloatArray = field(default_factory=_no_numbers)
    row_upper: FloatArray = field(default_factory=_no_numbers)
    columns: Ids = field(default_factory=_no_ids)
    lower: FloatArray = field(default_factory=_no_numbers)
    upper: FloatArray = field(default_factory=_no_numbers)

    def slope(self, answer: LinearAnswer) -> float:
        """Change of the optimal objective per unit, read off the duals of an optimal answer: in a minimisation,
        a positive dual belongs to a lower bound and a negative one to an upper bound."""
        duals, costs = answer.row_duals[self.rows], answer.reduced_costs[self.columns]
        by_rows = np.where(duals > 0, self.row_lower, self.row_upper) @ duals
        by_columns = np.where(costs > 0, self.lower, self.upper) @ costs
        return float(by_rows + by_columns)


Change = tuple[int, float, float]
"""A row or column (-1 for none) and what is added to its lower and upper bound per unit."""


def shift_of(rows: Sequence[Change] = (), columns: Sequence[Change] = ()) -> Shift:
    """A shift from changes; those of the same row or column add up."""
    row_ids, row_lower, row_upper = _summed(rows)
    column_ids, lower, upper = _summed(columns)
    return Shift(row_ids, row_lower, row_upper, column_ids, lower, upper)


def _summed(changes: Sequence[Change]) -> tuple[Ids, FloatArray, FloatArray]:
    found: dict[int, tuple[float, float]] = {}
    for index, lower, upper in changes:
        if index >= 0:
            before = found.get(int(index), (0.0, 0.0))
            found[int(index)] = (before[0] + float(lower), before[1] + float(upper))
    ids = np.fromiter(found, dtype=np.int64, count=len(found))
    pairs = np.array(list(found.values()), dtype=np.float64).reshape(len(found), 2)
    return ids, pairs[:, 0], pairs[:, 1]
