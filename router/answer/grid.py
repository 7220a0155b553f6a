"""The cost over the values of two factors, as a matrix."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from router.answer.answer import Answer
from router.answer.points import Point, number_of, point
from router.whatif.case import FactorValue
from router.whatif.question import Factor, Sweep, SweepMode


@dataclass(frozen=True)
class Grid:
    """``points[row][column]``: rows are values of the first factor, columns of the second, both in order.

    None where the case has no plan (``failed`` counts those that were tried). ``fixed``: values of the other factors,
    where there are more than two. ``reference``: the what-if that differences are against.
    """

    sweep: Sweep
    reference: str
    row_factor: Factor
    column_factor: Factor
    row_values: tuple[FactorValue, ...]
    column_values: tuple[FactorValue, ...]
    points: tuple[tuple[Point | None, ...], ...]
    fixed: tuple[tuple[Factor, FactorValue], ...]
    failed: int

    @property
    def listed(self) -> tuple[Point, ...]:
        """Points that have a plan, row by row."""
        return tuple(each for row in self.points for each in row if each is not None)

    @property
    def lowest(self) -> Point | None:
        """The point that costs least; None where none has a plan."""
        return min(self.listed, key=lambda each: each.cost_usd, default=None)

    @property
    def highest(self) -> Point | None:
        """The point that costs most."""
        return max(self.listed, key=lambda each: each.cost_usd, default=None)


def grids(answer: Answer, sweep: Sweep) -> tuple[Grid, ...]:
    """The matrices of a grid: one for two factors, one for each combination of the others' values for more.

    Rows and columns are the two factors with the most values. None for other sweeps, or without a plan to compare.
    """
    reference, outcome = answer.reference(sweep)
    if sweep.mode != SweepMode.GRID or len(sweep.factors) < 2 or outcome is None:
        return ()
    values = {factor.name: _values(sweep, factor) for factor in sweep.factors}
    by_size = sorted(sweep.factors, key=lambda factor: -len(values[factor.name]))[:2]
    rows, columns = (factor for factor in sweep.factors if factor in by_size)
    others = [factor for factor in sweep.factors if factor not in by_size]
    cases = {tuple(dict(case.factors).get(factor.name) for factor in sweep.factors): case for case in sweep.cases}
    found = []
    for fixed in product(*(values[factor.name] for factor in others)):
        failed, matrix = 0, []
        for row in values[rows.name]:
            line: list[Point | None] = []
            for column in values[columns.name]:
                at = {rows.name: row, columns.name: column}
                at |= {factor.name: value for factor, value in zip(others, fixed, strict=True)}
                case = cases.get(tuple(at[factor.name] for factor in sweep.factors))
                answered = answer.answered.get(case.name) if case is not None else None
                if case is None or answered is None:
                    line.append(None)
                elif answered.outcome is None:
                    failed += 1
                    line.append(None)
                else:
                    line.append(point(row, case, answered.outcome, outcome))
            matrix.append(tuple(line))
        grid = Grid(
            sweep=sweep,
            reference=reference,
            row_factor=rows,
            column_factor=columns,
            row_values=values[rows.name],
            column_values=values[columns.name],
            points=tuple(matrix),
            fixed=tuple(zip(others, fixed, strict=True)),
            failed=failed,
        )
        if grid.listed:
            found.append(grid)
    return tuple(found)


def _values(sweep: Sweep, factor: Factor) -> tuple[FactorValue, ...]:
    """Values of a factor, each once: in order where all are numbers or days, else as they come."""
    values = list(dict.fromkeys(value for case in sweep.cases for name, value in case.factors if name == factor.name))
    numbers = {value: number_of(value) for value in values}
    if any(number is None for number in numbers.values()):
        return tuple(values)
    return tuple(sorted(values, key=lambda value: numbers[value] or 0.0))
