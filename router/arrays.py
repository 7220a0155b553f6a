"""Array types that every stage shares."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int32]
BoolArray = NDArray[np.bool_]
Ids = NDArray[np.int64]
"""Indices; -1 where there is nothing."""
