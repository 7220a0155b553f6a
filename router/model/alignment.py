"""Which columns and rows of a model are those of an earlier one, by what they stand for and not by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from router.arrays import Ids
from router.model.columns import Block
from router.model.model import Model
from router.model.names import axis_labels
from router.model.rows import Rows

NEW = -1


@dataclass(frozen=True)
class Alignment:
    """For each column (n,) and row (m,) of the later model its position in the earlier one, -1 where it is new.

    ``columns_before`` and ``rows_before`` count those of the earlier model.
    """

    columns: Ids
    rows: Ids
    columns_before: int
    rows_before: int

    @cached_property
    def is_identity(self) -> bool:
        """Whether every column and row stands where it stood."""
        return _is_identity(self.columns, self.columns_before) and _is_identity(self.rows, self.rows_before)


def _is_identity(origin: Ids, before: int) -> bool:
    return len(origin) == before and bool(np.array_equal(origin, np.arange(before)))


def align(before: Model, after: Model) -> Alignment:
    """Columns and rows of ``after`` that mean the same as some of ``before``: same decision or family, same labels."""
    origins = _origins(axis_labels(before.problem, before.columns), axis_labels(after.problem, after.columns))
    return Alignment(
        columns=_aligned_columns(before, after, origins),
        rows=_aligned_rows(before.rows, after.rows, origins),
        columns_before=before.columns.count,
        rows_before=before.program.rows,
    )


def _origins(before: Mapping[str, list[str]], after: Mapping[str, list[str]]) -> dict[str, Ids]:
    """For each axis the earlier index of each later one, -1 where there is none."""
    result = {}
    for axis, labels in after.items():
        if labels == before[axis]:
            result[axis] = np.arange(len(labels), dtype=np.int64)
            continue
        index: dict[str, int] = {}
        for position, label in enumerate(before[axis]):
            index.setdefault(label, position)
        # Taken out once found: where labels repeat, only the first is matched, and only once.
        result[axis] = np.array([index.pop(label, NEW) for label in labels], dtype=np.int64)
    return result


def _aligned_columns(before: Model, after: Model, origins: Mapping[str, Ids]) -> Ids:
    result = np.full(after.columns.count, NEW, dtype=np.int64)
    for name, block in after.columns.blocks.items():
        earlier = _earlier_ids(before.columns.blocks[name], block, origins)
        present = block.ids >= 0
        result[block.ids[present]] = earlier[present]
    return result


def _earlier_ids(before: Block, after: Block, origins: Mapping[str, Ids]) -> Ids:
    """Earlier column numbers in the shape of the later ids."""
    along = [origins[axis] for axis in after.axes]
    if before.ids.size == 0 or after.ids.size == 0:
        return np.full(after.ids.shape, NEW, dtype=np.int64)
    if all(_is_identity(origin, size) for origin, size in zip(along, before.ids.shape, strict=True)):
        return before.ids
    earlier = before.ids[np.ix_(*[np.maximum(origin, 0) for origin in along])]
    for position, origin in enumerate(along):
        gone = np.expand_dims(origin < 0, tuple(axis for axis in range(len(along)) if axis != position))
        earlier = np.where(gone, NEW, earlier)
    return earlier


def _aligned_rows(before: Sequence[Rows], after: Sequence[Rows], origins: Mapping[str, Ids]) -> Ids:
    starts, families = {}, {}
    start = 0
    for family in before:
        starts[family.family], families[family.family] = start, family
        start += family.count
    parts = [np.zeros(0, dtype=np.int64)]
    for family in after:
        earlier = families.get(family.family)
        if earlier is None:
            parts.append(np.full(family.count, NEW, dtype=np.int64))
            continue
        found = _earlier_rows(earlier, family, origins)
        parts.append(np.where(found >= 0, found + starts[family.family], NEW))
    return np.concatenate(parts)


def _earlier_rows(before: Rows, after: Rows, origins: Mapping[str, Ids]) -> Ids:
    """Earlier row numbers within the family."""
    sizes = [1 + int(max(before.keys[axis].max(initial=0), origins[axis].max(initial=0))) for axis in after.keys]
    mapped = [origins[axis][index] for axis, index in after.keys.items()]
    known = np.logical_and.reduce([part >= 0 for part in mapped])
    codes = _codes([np.maximum(part, 0) for part in mapped], sizes)
    codes_before = _codes(list(before.keys.values()), sizes)
    order = np.argsort(codes_before, kind="stable")
    place = np.minimum(np.searchsorted(codes_before, codes, sorter=order), len(order) - 1)
    candidate = order[place]
    return np.where(known & (codes_before[candidate] == codes), candidate, NEW)


def _codes(keys: Sequence[Ids], sizes: Sequence[int]) -> Ids:
    code = np.zeros(len(keys[0]), dtype=np.int64)
    for key, size in zip(keys, sizes, strict=True):
        code = code * size + key
    return code
