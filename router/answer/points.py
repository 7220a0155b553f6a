"""Cases of a sweep as points: the value of a factor, and what the case costs against the sweep's reference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from router.answer.proof import Proof, proof, tolerance_usd
from router.outcome.outcome import Outcome
from router.whatif.case import Case, FactorValue


class Shape(StrEnum):
    """How the cost goes as a factor goes up."""

    FLAT = "flat"
    RISING = "rising"
    """Never falls; may stay the same for a while."""
    FALLING = "falling"
    MIXED = "mixed"
    """Rises and falls, or the values have no order."""


@dataclass(frozen=True, slots=True)
class Point:
    """A case with a plan. ``value`` is that of the factor looked at."""

    value: FactorValue
    case: str
    cost_usd: float
    proof: Proof

    @property
    def difference_usd(self) -> float:
        """Cost minus that of the reference, discounted."""
        return self.proof.difference_usd


def point(value: FactorValue, case: Case, outcome: Outcome, reference: Outcome) -> Point:
    """A case as a point."""
    return Point(value, case.name, outcome.cost_usd, proof(reference, outcome))


def number_of(value: FactorValue) -> float | None:
    """The value as a number to order by, a day as its ordinal; None for a text."""
    if isinstance(value, date):
        return float(value.toordinal())
    return None if isinstance(value, str) else float(value)


def in_order(points: Iterable[Point]) -> tuple[Point, ...]:
    """By value where all are numbers or days, as they come where any is a text."""
    listed = list(points)
    numbers = [number_of(each.value) for each in listed]
    known = [number for number in numbers if number is not None]
    if len(known) < len(listed):
        return tuple(listed)
    return tuple(listed[at] for at in sorted(range(len(listed)), key=lambda at: known[at]))


def shape_of(points: Sequence[Point]) -> Shape:
    """The course of the cost found over points in order; changes within the solver's tolerance are none."""
    if any(number_of(each.value) is None for each in points):
        costs = [each.cost_usd for each in points]
        return Shape.FLAT if not costs or max(costs) - min(costs) <= tolerance_usd(*costs) else Shape.MIXED
    rises = falls = False
    for before, after in pairwise(points):
        change = after.cost_usd - before.cost_usd
        tolerance = tolerance_usd(before.cost_usd, after.cost_usd)
        rises |= change > tolerance
        falls |= change < -tolerance
    if rises and falls:
        return Shape.MIXED
    return Shape.RISING if rises else Shape.FALLING if falls else Shape.FLAT
