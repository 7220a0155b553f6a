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


def basis_message(column_status: NDArray[Any], row_status: NDArray[Any]) -> solution_pb2.BasisProto:
    """A basis from the status of each column (n,) and row (m,), numbered as in BasisStatusProto."""
    message = solution_pb2.BasisProto()
    _fill(message.variable_status, ids=np.arange(len(column_status)), values=column_status)
    _fill(message.constraint_status, ids=np.arange(len(row_status)), values=row_status)
    return message


def dense_values(message: Any, size: int) -> FloatArray:
    """A sparse vector message as an array of ``size``, absent ids being 0."""
    count = len(message.values)
    data = message.SerializeToString(deterministic=True)
    # ``values`` is the last field, so its bytes are the last of the message.
    values = np.frombuffer(data, dtype="<f8", count=count, offset=len(data) - 8 * count)
    if count == size:
        return values.astype(np.float64)
    result = np.zeros(size)
    result[np.array(message.ids, dtype=np.int64)] = values
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
