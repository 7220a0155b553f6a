"""What a session starts from: what was decided, the bases of both linear programs and the prices of the relaxation."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from router.arrays import FloatArray
from router.engine.basis import Basis
from router.kept.kept_plan import KeptPlan
from router.kept.program_mark import is_marked
from router.model.linear_program import LinearProgram

_TOP_STATUS = 5
"""Basis statuses are numbered from 1 to this."""


@dataclass(frozen=True)
class KeptStart:
    """``values`` (n,): the integer columns as decided, 0 elsewhere. ``held``: the basis of the held program at them.

    ``relaxation``: the basis of the relaxation, ``prices`` (m,) its row duals. ``empty_promise`` as HeldProgram has it.
    """

    values: FloatArray
    held: Basis
    relaxation: Basis
    prices: FloatArray
    empty_promise: float


def packed(start: KeptStart) -> bytes:
    """All but the empty promise as an npz file."""
    decided, priced = np.flatnonzero(start.values), np.flatnonzero(start.prices)
    file = io.BytesIO()
    np.savez_compressed(
        file,
        decided=decided.astype(np.int32),
        decisions=start.values[decided],
        held_columns=start.held.columns,
        held_rows=start.held.rows,
        relaxation_columns=start.relaxation.columns,
        relaxation_rows=start.relaxation.rows,
        priced=priced.astype(np.int32),
        prices=start.prices[priced],
    )
    return file.getvalue()


def start_of(kept: KeptPlan, program: LinearProgram) -> KeptStart | None:
    """The start for a program; None where it is not of this program, or not whole."""
    if not is_marked(program, kept.header.program):
        return None
    n, m = program.columns, program.rows
    try:
        with np.load(io.BytesIO(kept.start), allow_pickle=False) as arrays:
            start = KeptStart(
                _spread(arrays["decided"], arrays["decisions"], n),
                _basis(arrays["held_columns"], arrays["held_rows"], n, m),
                _basis(arrays["relaxation_columns"], arrays["relaxation_rows"], n, m),
                _spread(arrays["priced"], arrays["prices"], m),
                kept.header.empty_promise,
            )
    except (ValueError, TypeError, KeyError, IndexError, OSError, EOFError, MemoryError, RuntimeError):
        return None
    except (zipfile.BadZipFile, zlib.error):
        return None
    return start


def _spread(places: NDArray[Any], values: NDArray[Any], count: int) -> FloatArray:
    """Values at their places, 0 elsewhere, (count,). Raises ValueError for what cannot be."""
    if places.dtype != np.int32 or values.dtype != np.float64 or not np.isfinite(values).all():
        raise ValueError("expected places (int32) and finite values (float64)")
    if len(places) and not (places.min() >= 0 and places.max() < count):
        raise ValueError(f"expected places from 0 to {count - 1}")
    spread = np.zeros(count)
    spread[places] = values
    return spread


def _basis(columns: NDArray[Any], rows: NDArray[Any], n: int, m: int) -> Basis:
    """Raises ValueError for what is no basis of n columns and m rows."""
    for statuses, count in ((columns, n), (rows, m)):
        if statuses.dtype != np.int8 or statuses.shape != (count,):
            raise ValueError(f"expected {count} basis statuses")
        if count and not (statuses.min() >= 1 and statuses.max() <= _TOP_STATUS):
            raise ValueError(f"expected basis statuses from 1 to {_TOP_STATUS}")
    return Basis(columns, rows)
