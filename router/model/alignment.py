"""Which columns and rows of a model are those of an earlier one, by what they stand for and not by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from router.arrays import Ids, is_identity
from router.model.columns import Block
from router.model.model import Model
from router.model.names import Parts, axis_parts, labels_of
from router.model.rows import Rows
from router.problem.reuse import same

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
        return is_identity(self.columns, self.columns_before) and is_identity(self.rows, self.rows_before)


Origins = Mapping[str, Ids | None]
"""For each axis the earlier index of each later one, -1 where there is none; None where all stand where they stood."""


def align(before: Model, after: Model) -> Alignment:
    """Columns and rows of ``after`` that mean the same as some of ``before``: same decision or family, same labels.

    What a model took over from the other (the same objects, see Reuse) is known to be aligned without a look at it.
    """
    origins = _origins(axis_parts(before.problem), axis_parts(after.problem))
    return Alignment(
        columns=_aligned_columns(before, after, origins),
        rows=_aligned_rows(before.rows, after.rows, origins),
        columns_before=before.columns.count,
        rows_before=before.program.rows,
    )


def _origins(before: Mapping[str, Parts], after: Mapping[str, Parts]) -> Origins:
    return {
        axis: None if same(parts, before[axis]) else _origin(axis, before[axis], parts) for axis, parts in after.items()
    }


def _origin(axis: str, before: Parts, after: Parts) -> Ids | None:
    labels_before, labels = labels_of(axis, before), labels_of(axis, after)
    if labels == labels_before:
        return None
    index: dict[str, int] = {}
    for position, label in enumerate(labels_before):
        index.setdefault(label, position)
    # Taken out once found: where labels repeat, only the first is matched, and only once.
    return np.array([index.pop(label, NEW) for label in labels], dtype=np.int64)


def _aligned_columns(before: Model, after: Model, origins: Origins) -> Ids:
    parts = [np.zeros(0, dtype=np.int64)]
    # A block's columns are numbered one after the other, and so are the blocks.
    for name, block in after.columns.blocks.items():
        earlier = _earlier_ids(before.columns.blocks[name], block, origins)
        parts.append(earlier[block.ids >= 0])
    return np.concatenate(parts)


def _earlier_ids(before: Block, after: Block, origins: Origins) -> Ids:
    """Earlier column numbers in the shape of the later ids."""
    if before.ids.size == 0 or after.ids.size == 0:
        return np.full(after.ids.shape, NEW, dtype=np.int64)
    earlier = before.ids
    for position, axis in enumerate(after.axes):
        origin = origins[axis]
        if origin is not None:
            earlier = np.take(earlier, np.maximum(origin, 0), axis=position)
            gone = np.expand_dims(origin < 0, tuple(other for other in range(earlier.ndim) if other != position))
            earlier = np.where(gone, NEW, earlier)
    return earlier


def _aligned_rows(before: Sequence[Rows], after: Sequence[Rows], origins: Origins) -> Ids:
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


def _earlier_rows(before: Rows, after: Rows, origins: Origins) -> Ids:
    """Earlier row numbers within the family."""
    along = [origins[axis] for axis in after.keys]
    if all(origin is None for origin in along) and same(tuple(before.keys.values()), tuple(after.keys.values())):
        return np.arange(after.count, dtype=np.int64)
    mapped = [
        index if origin is None else origin[index] for origin, index in zip(along, after.keys.values(), strict=True)
    ]
    known = np.logical_and.reduce([part >= 0 for part in mapped])
    sizes = [
        1 + int(max(index.max(initial=0), part.max(initial=0)))
        for index, part in zip(before.keys.values(), mapped, strict=True)
    ]
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
