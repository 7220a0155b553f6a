"""A lower bound without a solve: row prices of an earlier relaxation prove one for the program that follows it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from router.arrays import FloatArray
from router.engine.dual_bound import quick_dual_bound
from router.model.alignment import align
from router.model.model import Model


@dataclass(frozen=True)
class RowPrices:
    """Duals (m,) of a relaxation that was solved to the end, and the model whose rows they are of."""

    model: Model
    duals: FloatArray


def bound_at(prices: RowPrices | None, model: Model) -> float:
    """A lower bound (money units) of a model from the prices of an earlier one; -inf where they prove none.

    Any prices prove a bound (dual_bound.py). Those of a program edited a little prove nearly the best: on frontier-lab
    the gap at them was 0.01 to 0.18 % where that at the new relaxation's was 0.01 to 0.02 %.
    """
    if prices is None:
        return -np.inf
    if prices.model is model:
        return quick_dual_bound(model.program, prices.duals)
    origin = align(prices.model, model).rows
    return quick_dual_bound(model.program, np.where(origin >= 0, prices.duals[origin], 0.0))
