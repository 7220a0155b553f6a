"""Cases put in an order in which each is much like the one before: its linear program then has less to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from router.arrays import FloatArray
from router.whatif.case import Case, FactorValue

_BLOCK = 250
"""Cases put in order at once. What an interrupted run has answered are then whole blocks in the order drawn, and one in
part: nearly as fair a sample as the first draws. Of more, the nearest would be nearer still."""


def by_similarity(cases: Sequence[Case]) -> list[Case]:
    """The same cases; those of a sweep or of draws beside each other, each near the one before by its factors.

    What-ifs keep their place and order. Two draws of a few factors that follow each other as drawn are further apart
    than a draw is from the base.
    """
    groups: dict[str | None, list[Case]] = {}
    for case in cases:
        groups.setdefault(case.group, []).append(case)
    result: list[Case] = []
    for name, group in groups.items():
        result += group if name is None else _path(group)
    return result


def _path(cases: list[Case]) -> list[Case]:
    if len({len(case.factors) for case in cases}) > 1:
        # They do not vary the same factors: none is nearer than another.
        return cases
    points = _points(cases)
    if not points.size:
        return cases
    path: list[int] = []
    for start in range(0, len(cases), _BLOCK):
        block = np.arange(start, min(start + _BLOCK, len(cases)))
        path += block[_nearest_first(points[block])].tolist()
    return [cases[index] for index in path]


def _nearest_first(points: FloatArray) -> list[int]:
    """From an outermost point to the nearest that is left, and so on."""
    left = np.ones(len(points), dtype=np.bool_)
    here = int(np.lexsort(points.T[::-1])[0])
    path = [here]
    left[here] = False
    for _ in range(len(points) - 1):
        distance = np.where(left, ((points - points[here]) ** 2).sum(axis=1), np.inf)
        here = int(distance.argmin())
        left[here] = False
        path.append(here)
    return path


def _points(cases: Sequence[Case]) -> FloatArray:
    """Factors as numbers, each spread over about the same width; (cases, factors)."""
    columns = list(zip(*([value for _, value in case.factors] for case in cases), strict=True))
    numbers = [_numbers(column) for column in columns]
    return np.array([column / (column.std() or 1.0) for column in numbers]).T


def _numbers(values: Sequence[FactorValue]) -> FloatArray:
    """Days for dates; for texts their rank, so that the same ones come together."""
    if any(isinstance(value, str) for value in values):
        ranks = {value: rank for rank, value in enumerate(dict.fromkeys(values))}
        return np.array([ranks[value] for value in values], dtype=np.float64)
    return np.array([value.toordinal() if isinstance(value, date) else float(value) for value in values])
