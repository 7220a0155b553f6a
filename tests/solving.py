"""Exact answers for tiny models, by scipy's HiGHS and not by the product's own engine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from router.arrays import FloatArray
from router.model.linear_program import LinearProgram
from router.model.model import Model, build_model
from router.plan.build import build_plan
from router.plan.consequences import Consequences, consequences
from router.plan.decisions import Decisions, read_decisions
from router.plan.document import Plan, ScenarioReference
from router.problem.problem import Problem, build_problem
from router.scenario.scenario import Scenario

ASKED_GAP = 1e-6


@dataclass(frozen=True)
class Answer:
    """A proven optimum: values (n,) of the columns, objective in USD, and the plan made of it."""

    model: Model
    values: FloatArray
    cost_usd: float
    decisions: Decisions
    follows: Consequences
    plan: Plan

    @property
    def problem(self) -> Problem:
        """The problem that was solved."""
        return self.model.problem

    def value(self, block: str) -> FloatArray:
        """Values of a block's columns in the block's shape, 0 where there is no column."""
        return np.append(self.values, 0.0)[self.model.columns.ids(block)]

    def by_category(self, category: str) -> float:
        """Undiscounted USD of a category of the bill."""
        return self.plan.totals.by_category_usd.get(category, 0.0)


def optimum(model: Model) -> tuple[FloatArray, float]:
    """Values and objective (USD) of a proven optimum. Fails where there is none."""
    program = model.program
    if not program.columns:
        return np.zeros(0), 0.0
    values = _best(program, program.lower, program.upper)
    whole = program.is_integer
    if whole.any():
        # A switch of 1e-7 opens a level by 1e-7 of all spend: whole numbers are made whole, and the rest follows.
        fixed = np.round(values)
        values = _best(program, np.where(whole, fixed, program.lower), np.where(whole, fixed, program.upper))
    return values, float(program.objective @ values + program.objective_offset) * program.usd_per_unit


def _best(program: LinearProgram, lower: FloatArray, upper: FloatArray) -> FloatArray:
    rows = csr_matrix((program.values, program.column_indices, program.row_starts), (program.rows, program.columns))
    # Simplifying first loses the optimum of some plans in the HiGHS that scipy brings; not doing so finds no way to
    # meet thresholds that whole numbers leave a millionth for.
    for presolve in (False, True):
        result = milp(
            program.objective,
            integrality=program.is_integer.astype(int),
            bounds=Bounds(lower, upper),
            constraints=LinearConstraint(rows, program.row_lower, program.row_upper) if program.rows else None,
            options={"mip_rel_gap": 0.0, "presolve": presolve},
        )
        if result.status == 0:
            break
    assert result.status == 0, result.message
    return np.asarray(result.x)


def answer(scenario: Scenario) -> Answer:
    """The best plan of a scenario."""
    model = build_model(build_problem(scenario))
    values, cost = optimum(model)
    decisions = read_decisions(model, values)
    plan = build_plan(
        model, values, ScenarioReference(name=scenario.name, sha256="0" * 64), cost, ASKED_GAP, "test", threads=1
    )
    return Answer(model, values, cost, decisions, consequences(model.problem, decisions), plan)
