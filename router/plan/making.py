"""Records by the thousand, from columns.

What the router makes itself has the right types by construction and is not validated value by value, which would take
most of the time that a plan takes. What is read from a file is: see router/plan/document.py.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from router.plan.document import Record

R = TypeVar("R", bound=Record)
Column = NDArray[Any] | Sequence[object]
"""An array of numbers, or a sequence of values of the field's type."""


def records_of(kind: type[R], count: int, **columns: Column | str | None) -> list[R]:
    """``count`` records of a kind, of one column for each field; a text or None is the same in every record.

    Raises ValueError where a field is missing or unknown, a column of another length, or a number not finite.
    """
    fields = tuple(kind.model_fields)
    if set(columns) != set(fields):
        raise ValueError(f"{kind.__name__}: fields {sorted(set(columns) ^ set(fields))} are missing or unknown")
    values = [_values(kind, name, columns[name], count) for name in fields]
    if any(len(column) != count for column in values):
        raise ValueError(f"{kind.__name__}: columns of {sorted(set(map(len, values)))} values for {count} records")
    made = list(map(kind.__new__, repeat(kind, count)))
    contents = map(dict, map(zip, repeat(fields), zip(*values, strict=True)))
    # What pydantic's model_construct does, one attribute of all records at a time and without a Python loop.
    _put(made, "__dict__", contents)
    _put(made, "__pydantic_fields_set__", repeat(set(fields)))
    _put(made, "__pydantic_extra__", repeat(None))
    _put(made, "__pydantic_private__", repeat(None))
    return made


def _put(records: Sequence[Record], name: str, values: Iterable[object]) -> None:
    # The attribute's own setter: a record's __setattr__ refuses, since records are frozen.
    deque(map(vars(BaseModel)[name].__set__, records, values), maxlen=0)


def _values(kind: type[Record], name: str, column: Column | str | None, count: int) -> Sequence[object]:
    if column is None or isinstance(column, str):
        return [column] * count
    if not isinstance(column, np.ndarray):
        return column
    if column.dtype.kind == "f" and not np.isfinite(column).all():
        raise ValueError(f"{kind.__name__}: {name} is not finite")
    values: list[object] = column.tolist()
    return values


def named(names: Sequence[str | None], index: NDArray[np.int64]) -> list[str | None]:
    """The name of each index; None for -1."""
    known = [*names, None]
    return [known[position] for position in index.tolist()]
