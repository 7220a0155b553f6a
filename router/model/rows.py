"""Rows of the model: what every constraint function gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from router.arrays import BoolArray, FloatArray, Ids
from router.model.columns import number

Term = tuple[ArrayLike, ArrayLike, ArrayLike]
"""Row ids, column ids and coefficients, broadcast against each other; -1 in either id drops the term."""


@dataclass(frozen=True)
class Rows:
    """The rows of one constraint family: ``lower <= sum of terms <= upper``.

    lower, upper (r,); row, column, value (k,): the terms, rows numbered from 0 within the family;
    keys: for each axis name, the index of each row on it (r,), from which names and duals are read.
    """

    family: str
    keys: Mapping[str, NDArray[np.int64]]
    lower: FloatArray
    upper: FloatArray
    row: NDArray[np.int64]
    column: NDArray[np.int64]
    value: FloatArray

    @property
    def count(self) -> int:
        """Number of rows, r."""
        return len(self.lower)


def bounded(rows: Rows, lower: ArrayLike = -np.inf, upper: ArrayLike = np.inf) -> Rows:
    """The same rows with these bounds, which broadcast against (r,)."""
    shape = rows.lower.shape
    return replace(
        rows,
        lower=np.broadcast_to(np.asarray(lower, dtype=np.float64), shape),
        upper=np.broadcast_to(np.asarray(upper, dtype=np.float64), shape),
    )


def row_ids(present: BoolArray) -> Ids:
    """Row numbers of a family where ``present``, -1 elsewhere."""
    return number(present)


def make_rows(
    family: str,
    axes: tuple[str, ...],
    ids: Ids,
    terms: list[Term],
    lower: ArrayLike = -np.inf,
    upper: ArrayLike = np.inf,
) -> Rows:
    """Rows from ids over named axes, terms, and bounds that broadcast against the ids."""
    present = ids >= 0
    positions = np.nonzero(present)
    parts = [_flat(term) for term in terms]
    return Rows(
        family=family,
        keys={axis: position.astype(np.int64) for axis, position in zip(axes, positions, strict=True)},
        lower=np.broadcast_to(np.asarray(lower, dtype=np.float64), ids.shape)[present],
        upper=np.broadcast_to(np.asarray(upper, dtype=np.float64), ids.shape)[present],
        row=np.concatenate([part[0] for part in parts]) if parts else np.zeros(0, dtype=np.int64),
        column=np.concatenate([part[1] for part in parts]) if parts else np.zeros(0, dtype=np.int64),
        value=np.concatenate([part[2] for part in parts]) if parts else np.zeros(0),
    )


def _flat(term: Term) -> tuple[NDArray[np.int64], NDArray[np.int64], FloatArray]:
    row, column, value = np.broadcast_arrays(*(np.asarray(part) for part in term))
    keep = (row >= 0) & (column >= 0) & (value != 0)
    return row[keep].astype(np.int64), column[keep].astype(np.int64), value[keep].astype(np.float64)
