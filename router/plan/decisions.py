"""The decisions of a solution, cleaned of the solver's rounding noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from router.arrays import BoolArray, FloatArray, Ids
from router.model.model import Model

NOISE = 1e-9
"""Values below this share of the largest value of their kind are the solver's rounding."""


@dataclass(frozen=True)
class Decisions:
    """What the plan does; all else follows from it by definition.

    serve (N, T, H) units; rent (L, T, H) and reserve (R,) instances; run (C,) bool; local (A, K, T, H) units.
    """

    serve: FloatArray
    rent: FloatArray
    reserve: FloatArray
    run: BoolArray
    local: FloatArray


def read_decisions(model: Model, values: FloatArray) -> Decisions:
    """Decisions from the solver's values of all columns, shape (n,)."""

    def of(name: str) -> FloatArray:
        return _clean(_pick(values, model.columns.ids(name)))

    whole = model.problem.pools.whole
    lines, cohorts = model.problem.lines, model.problem.cohorts
    rent, reserve = of("rent"), of("reserve")
    # Hours of runs are rented beside whole instances and billed with them.
    rent = np.where(whole[lines.pool][:, None, None], np.round(rent), rent) + of("rent_run")
    reserve = np.where(whole[cohorts.pool], np.round(reserve), reserve)
    return Decisions(
        serve=of("serve"),
        rent=rent,
        reserve=reserve,
        run=np.asarray(_pick(values, model.columns.ids("run")) > 0.5),
        local=of("local"),
    )


def _pick(values: FloatArray, ids: Ids) -> FloatArray:
    padded = np.append(values, 0.0)
    return padded[ids]


def _clean(values: NDArray[np.float64]) -> FloatArray:
    threshold = NOISE * max(1.0, float(np.max(np.abs(values), initial=0.0)))
    return np.where(values > threshold, values, 0.0)
