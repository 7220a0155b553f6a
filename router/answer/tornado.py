"""Which factor moves the cost most: sweeps that go through each factor while the others stay at their base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from router.answer.answer import Answer
from router.answer.points import Point, Shape, in_order, point, shape_of
from router.outcome.outcome import Outcome
from router.whatif.case import Case
from router.whatif.question import Factor, Sweep


@dataclass(frozen=True)
class TornadoRow:
    """A factor with the points of its cases that have a plan, in order of value: at least one.

    ``lowest`` and ``highest`` are those with the lowest and the highest cost, wherever their values lie: a factor
    whose cost rises and falls (``shape`` mixed) may have them between the ends of its range.
    """

    factor: Factor
    points: tuple[Point, ...]
    shape: Shape

    @property
    def lowest(self) -> Point:
        """The point that costs least."""
        return min(self.points, key=lambda each: each.cost_usd)

    @property
    def highest(self) -> Point:
        """The point that costs most."""
        return max(self.points, key=lambda each: each.cost_usd)

    @property
    def swing_usd(self) -> float:
        """The highest cost minus the lowest, that of the reference (difference 0) included."""
        return max(0.0, self.highest.difference_usd) - min(0.0, self.lowest.difference_usd)


@dataclass(frozen=True)
class Tornado:
    """Factors by swing, the largest first. ``reference``: the case that differences are against.

    That is the case of the sweep with every factor at its base where there is one, else what the sweep starts from.
    ``failed``: cases without a plan, left out.
    """

    sweep: Sweep
    reference: str
    rows: tuple[TornadoRow, ...]
    failed: int


def tornado(answer: Answer, sweep: Sweep) -> Tornado | None:
    """The factors of a sweep by what they move; None where no plan is there to compare with.

    A case belongs to the factor whose value is not its base; one with all at their base to every factor.
    """
    name, reference = _centre(answer, sweep)
    if reference is None:
        return None
    rows, failed = [], 0
    for case in sweep.cases:
        answered = answer.answered.get(case.name)
        failed += answered is not None and answered.outcome is None
    for factor in sweep.factors:
        points = in_order(_points(answer, sweep, factor, reference))
        if points:
            rows.append(TornadoRow(factor, points, shape_of(points)))
    return Tornado(sweep, name, tuple(sorted(rows, key=lambda row: -row.swing_usd)), failed)


def _centre(answer: Answer, sweep: Sweep) -> tuple[str, Outcome | None]:
    for case in sweep.cases:
        outcome = answer.outcome(case.name)
        if outcome is not None and not _varied(case, sweep.factors):
            return case.name, outcome
    return answer.reference(sweep)


def _points(answer: Answer, sweep: Sweep, factor: Factor, reference: Outcome) -> list[Point]:
    points: dict[object, Point] = {}
    for case in sweep.cases:
        outcome, values = answer.outcome(case.name), dict(case.factors)
        if outcome is None or factor.name not in values or not set(_varied(case, sweep.factors)) <= {factor.name}:
            continue
        value = values[factor.name]
        # The case with all at their base may be there once for each factor.
        points.setdefault(value, point(value, case, outcome, reference))
    return list(points.values())


def _varied(case: Case, factors: Sequence[Factor]) -> list[str]:
    """Names of the factors that are not at their base; one without a base always counts as varied."""
    values = dict(case.factors)
    return [
        factor.name
        for factor in factors
        if factor.name in values and (factor.base is None or values[factor.name] != factor.base)
    ]
