"""Periods as records name them, checked."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from router.arrays import Ids
from router.difference.failure import DifferenceError
from router.plan.document import Plan


def period_numbers(plan: Plan, field: str, numbers: Iterable[int], count: int) -> Ids:
    """Periods of records as an array. Raises DifferenceError for one that is not in the plan."""
    found = np.fromiter(numbers, np.int64, count)
    for number in found[(found < 0) | (found >= len(plan.periods))][:1]:
        raise DifferenceError(
            f"plan {plan.scenario.name!r}: {field}: found period {number}, expected one from 0 to "
            f"{len(plan.periods) - 1}"
        )
    return found
