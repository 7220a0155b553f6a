"""Which rows and columns of a program belong to one period, and which tie periods together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Blocks:
    """Period of each row (m,) and of each column (n,), -1 for those that belong to no single period.

    A row of a period holds columns of its own and the previous period, and of no period.
    """

    row_period: NDArray[np.int64]
    column_period: NDArray[np.int64]

    @property
    def count(self) -> int:
        """Number of periods."""
        return int(max(self.row_period.max(initial=-1), self.column_period.max(initial=-1))) + 1
