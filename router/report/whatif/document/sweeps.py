"""Sweeps in the document: points, tornado, curve, matrices."""

from __future__ import annotations

from pydantic import Field

from router.answer.answer import Answer
from router.answer.curve import curve
from router.answer.grid import Grid, grids
from router.answer.points import Point, Shape
from router.answer.tornado import tornado
from router.plan.document import Record
from router.report.whatif.document.parts import (
    FactorRecord,
    FactorRecordValue,
    ProofRecord,
    factor_record,
    plain,
    proof_record,
)
from router.whatif.question import Sweep, SweepMode


class PointRecord(Record):
    """A case of a sweep. `value`: of the factor looked at."""

    case: str
    value: FactorRecordValue
    cost_usd: float
    difference_usd: float
    proof: ProofRecord


class TornadoRowRecord(Record):
    """A factor while the others stay at their base."""

    factor: str
    swing_usd: float = Field(description="Highest cost minus lowest, the reference's among them.")
    shape: Shape
    lowest: PointRecord
    highest: PointRecord
    points: list[PointRecord]


class GridRecord(Record):
    """A matrix: rows are values of the first factor, columns of the second."""

    row_factor: str
    column_factor: str
    row_values: list[FactorRecordValue]
    column_values: list[FactorRecordValue]
    difference_usd: list[list[float | None]] = Field(description="None: no plan.")
    proved: list[list[bool | None]]
    fixed: dict[str, FactorRecordValue] = Field(description="Values of the other factors.")


class SweepRecord(Record):
    """A sweep; of `tornado`, `curve` and `grids` only what its mode and factors give."""

    name: str
    title: str
    mode: SweepMode
    extends: str
    factors: list[FactorRecord]
    reference: str = Field(description="The case that differences are against.")
    cases: int
    failed: int
    not_planned: int
    tornado: list[TornadoRowRecord] | None
    curve: list[PointRecord] | None
    curve_shape: Shape | None
    grids: list[GridRecord] | None


def sweep_record(answer: Answer, sweep: Sweep) -> SweepRecord:
    """A sweep."""
    swings = tornado(answer, sweep) if sweep.mode == SweepMode.ONE_AT_A_TIME else None
    course = curve(answer, sweep)
    matrices = grids(answer, sweep)
    tried = [case for case in sweep.cases if case.name in answer.answered]
    return SweepRecord(
        name=sweep.name,
        title=sweep.title,
        mode=sweep.mode,
        extends=sweep.extends,
        factors=[factor_record(factor) for factor in sweep.factors],
        reference=swings.reference if swings is not None else answer.reference(sweep)[0],
        cases=len(sweep.cases),
        failed=sum(answer.outcome(case.name) is None for case in tried),
        not_planned=len(sweep.cases) - len(tried),
        tornado=None
        if swings is None
        else [
            TornadoRowRecord(
                factor=row.factor.name,
                swing_usd=row.swing_usd,
                shape=row.shape,
                lowest=point_record(row.lowest),
                highest=point_record(row.highest),
                points=[point_record(point) for point in row.points],
            )
            for row in swings.rows
        ],
        curve=None if course is None else [point_record(point) for point in course.points],
        curve_shape=None if course is None else course.shape,
        grids=[_grid(grid) for grid in matrices] or None,
    )


def _grid(grid: Grid) -> GridRecord:
    return GridRecord(
        row_factor=grid.row_factor.name,
        column_factor=grid.column_factor.name,
        row_values=[plain(value) for value in grid.row_values],
        column_values=[plain(value) for value in grid.column_values],
        difference_usd=[[None if point is None else point.difference_usd for point in row] for row in grid.points],
        proved=[[None if point is None else point.proof.proved for point in row] for row in grid.points],
        fixed={factor.name: plain(value) for factor, value in grid.fixed},
    )


def point_record(point: Point) -> PointRecord:
    """A case of a sweep."""
    return PointRecord(
        case=point.case,
        value=plain(point.value),
        cost_usd=point.cost_usd,
        difference_usd=point.difference_usd,
        proof=proof_record(point.proof),
    )
