"""The cost over the values of a single factor."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from router.answer.answer import Answer
from router.answer.points import Point, Shape, in_order, point, shape_of
from router.whatif.question import Factor, Sweep


@dataclass(frozen=True)
class Curve:
    """Points in order of value, at least one. ``reference``: the what-if that differences are against.

    ``failed``: cases without a plan, left out.
    """

    sweep: Sweep
    factor: Factor
    reference: str
    points: tuple[Point, ...]
    shape: Shape
    failed: int

    @property
    def crossings(self) -> tuple[tuple[Point, Point], ...]:
        """Neighbours between which the difference changes its sign."""
        return tuple(
            (before, after)
            for before, after in pairwise(self.points)
            if before.difference_usd * after.difference_usd < 0
        )


def curve(answer: Answer, sweep: Sweep) -> Curve | None:
    """The curve of a sweep with one factor; None for more factors, or where no plan is there to compare."""
    reference, outcome = answer.reference(sweep)
    if len(sweep.factors) != 1 or outcome is None:
        return None
    factor = sweep.factors[0]
    points, failed = [], 0
    for case in sweep.cases:
        found = answer.answered.get(case.name)
        if found is None:
            continue
        if found.outcome is None:
            failed += 1
        else:
            points.append(point(dict(case.factors)[factor.name], case, found.outcome, outcome))
    ordered = in_order(points)
    return Curve(sweep, factor, reference, ordered, shape_of(ordered), failed) if ordered else None
