"""Arrays to and from OR-Tools' MathOpt messages in bulk, without a Python step per element.

A packed repeated field of doubles is the array's own little-endian bytes; a packed field of ids is
a run of base-128 numbers, which protobuf's readers also accept padded to one fixed width
(https://protobuf.dev/programming-guides/encoding/). Both can therefore be made by numpy.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2, model_update_pb2, solution_pb2

from router.arrays import FloatArray
from router.model.linear_program import LinearProgram

_LENGTH_DELIMITED = 2


def program_message(program: LinearProgram, *, with_integers: bool = True) -> model_pb2.ModelProto:
    """The program as a MathOpt model, ids being positions. ``with_integers=False`` gives the relaxation."""
    message = model_pb2.ModelProto()
    integers = program.is_integer if with_integers else np.zeros(program.columns, dtype=np.bool_)
    _fill(
        message.variables,
        ids=np.arange(program.columns),
        lower_bounds=program.lower,
        upper_bounds=program.upper,
        integers=integers,
    )
    message.objective.offset = program.objective_offset
    priced = np.flatnonzero(program.objective)
    _fill(message.objective.linear_coefficients, ids=priced, values=program.objective[priced])
    _fill(
        message.linear_constraints,
        ids=np.arange(program.rows),
        lower_bounds=program.row_lower,
        upper_bounds=program.row_upper,
    )
    _fill(
        message.linear_constraint_matrix,
        row_ids=program.row_of_entry,
        column_ids=program.column_indices,
        coefficients=program.values,
    )
    return message


def fill_sparse_vector(message: Any, ids: NDArray[Any], values: NDArray[Any]) -> None:
    """Append values at strictly increasing ids to an empty sparse vector message."""
    _fill(message, ids=ids, values=values)


def fill_matrix_update(
    update: model_update_pb2.ModelUpdateProto, rows: NDArray[Any], columns: NDArray[Any], values: FloatArray
) -> None:
    """New coefficients; (row, column) pairs must be in row-major order and distinct."""
    _fill(update.linear_constraint_matrix_updates, row_ids=rows, column_ids=columns, coefficients=values)


def fill_columns(message: Any, ids: NDArray[Any], lower: FloatArray, upper: FloatArray) -> None:
    """Append continuous columns with increasing ids to an empty message of variables."""
    if len(ids):
        _fill(message, ids=ids, lower_bounds=lower, upper_bounds=upper, integers=np.zeros(len(ids), dtype=np.bool_))


def fill_rows(message: Any, ids: NDArray[Any], lower: FloatArray, upper: FloatArray) -> None:
    """Append rows with increasing ids to an empty message of linear constraints."""
    if len(ids):
        _fill(message, ids=ids, lower_bounds=lower, upper_bounds=upper)


def basis_message(
    column_status: NDArray[Any],
    row_status: NDArray[Any],
    column_ids: NDArray[Any] | None = None,
    row_ids: NDArray[Any] | None = None,
) -> solution_pb2.BasisProto:
    """A basis from the status of each column (n,) and row (m,), numbered as in BasisStatusProto.

    Ids must increase; left out, they are positions.
    """
    message = solution_pb2.BasisProto()
    columns = np.arange(len(column_status)) if column_ids is None else column_ids
    rows = np.arange(len(row_status)) if row_ids is None else row_ids
    _fill(message.variable_status, ids=columns, values=column_status)
    _fill(message.constraint_status, ids=rows, values=row_status)
    return message


def dense_values(
    message: Any, numbers: NDArray[np.int64], places: NDArray[np.int64] | None = None, count: int = -1
) -> FloatArray:
    """A sparse vector message as an array in the order of ``numbers``, its ids; absent ones are 0.

    ``places``: where each number stands among all ``count`` ids in rising order. A message that has them all, as a
    simplex method's has, need not be asked for its ids, which takes longer than all the rest.
    """
    length = len(message.values)
    data = message.SerializeToString(deterministic=True)
    # ``values`` is the last field, so its bytes are the last of the message.
    values = np.frombuffer(data, dtype="<f8", count=length, offset=len(data) - 8 * length)
    if places is not None and length == count:
        return values[places].astype(np.float64)
    return _in_order(values.astype(np.float64), message.ids, numbers)


def dense_statuses(message: Any, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Basis statuses as an array in the order of ``numbers``, the message's ids."""
    return _in_order(np.array(message.values, dtype=np.int64), message.ids, numbers)


def _in_order(values: NDArray[Any], ids: Any, numbers: NDArray[np.int64]) -> NDArray[Any]:
    """The values at ``numbers``; ids increase, those that are not asked for are left out, absent ones are 0."""
    if len(values) == len(numbers) and np.array_equal(numbers, np.arange(len(numbers))):
        # Nothing came or went: numbers are positions.
        return values
    given = np.array(ids, dtype=np.int64)
    result = np.zeros(len(numbers), dtype=values.dtype)
    if len(given):
        place = np.minimum(np.searchsorted(given, numbers), len(given) - 1)
        found = given[place] == numbers
        result[found] = values[place[found]]
    return result


def _fill(message: Any, **arrays: NDArray[Any]) -> None:
    """Set packed repeated fields of an empty message from arrays of float64, bool or whole numbers."""
    fields = message.DESCRIPTOR.fields_by_name
    parts: list[bytes] = []
    for name, array in sorted(arrays.items(), key=lambda item: fields[item[0]].number):
        payload = _packed(array)
        parts += [_varint(fields[name].number << 3 | _LENGTH_DELIMITED), _varint(len(payload)), payload]
    message.MergeFromString(b"".join(parts))


def _packed(array: NDArray[Any]) -> bytes:
    if array.dtype == np.bool_:
        return array.tobytes()
    if array.dtype.kind == "f":
        return np.ascontiguousarray(array, dtype="<f8").tobytes()
    if not len(array):
        return b""
    width = max(1, -(-int(array.max()).bit_length() // 7))
    digits = (array.astype(np.int64)[:, None] >> (7 * np.arange(width))) & 0x7F
    digits[:, :-1] |= 0x80
    return digits.astype(np.uint8).tobytes()


def _varint(number: int) -> bytes:
    digits = bytearray()
    while number > 0x7F:
        digits.append(number & 0x7F | 0x80)
        number >>= 7
    digits.append(number)
    return bytes(digits)
