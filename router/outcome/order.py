"""Cases put in an order in which each is much like the one before: its linear program then has less to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from router.arrays import FloatArray
from router.whatif.case import Case, FactorValue

_MOST_AT_ONCE = 2_000
"""Finding the nearest takes time with the square of this."""


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
    points = _points(cases)
    if not points.size:
        return cases
    order = np.lexsort(points.T[::-1])
    parts = -(-len(cases) // _MOST_AT_ONCE)
    path: list[int] = []
    for part in np.array_split(order, parts):
        path += part[_nearest_first(points[part])].tolist()
    return [cases[index] for index in path]


def _nearest_first(points: FloatArray) -> list[int]:
    """From the first point to the nearest that is left, and so on."""
    left = np.ones(len(points), dtype=np.bool_)
    here, path = 0, [0]
    left[0] = False
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
