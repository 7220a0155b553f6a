"""What a plan decided in whole numbers, to be held while all else is planned anew."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from router.arrays import BoolArray, FloatArray, Ids
from router.model.linear_program import LinearProgram


@dataclass(frozen=True)
class Decided:
    """What is held of a plan: the runs taken (n,); the side of each switch and the number of instances (n,), else nan.

    ``empty_promise``: what turning switches promised to save at that plan and did not.
    """

    chosen: BoolArray
    side: FloatArray
    count: FloatArray
    empty_promise: float

    def carried(self, program: LinearProgram, column_origin: Ids) -> Decided:
        """The same for a program whose columns stood at these positions (n,), -1 for new ones: nan where it is new."""
        known = column_origin >= 0
        origin = column_origin[known]
        chosen = np.zeros(program.columns, dtype=np.bool_)
        chosen[known] = self.chosen[origin]
        held = []
        for before in (self.side, self.count):
            after = np.full(program.columns, np.nan)
            after[known] = before[origin]
            after[(after < program.lower) | (after > program.upper)] = np.nan
            held.append(after)
        return Decided(chosen, held[0], held[1], self.empty_promise)
