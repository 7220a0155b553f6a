"""The engine's answers: right, proven, the same every time, and honest about what it could not do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from router.engine.check import largest_violation, row_activity
from router.engine.progress import Progress
from router.engine.settings import EngineSettings, IntegerBackend, LinearBackend
from router.engine.solution import SolutionStatus, relative_gap
from router.engine.solve import solve
from router.model.linear_program import ColumnKind, LinearProgram
from tests.engine.instances import InstanceShape, random_plan
from tests.engine.small import best_by_trial, program_of, random_program

C, RUN, WHOLE, SWITCH = ColumnKind
EXACT = EngineSettings(relative_gap=1e-6, time_limit_seconds=30.0)


def knapsack_cover() -> LinearProgram:
    """Rent whole instances of two sizes (3 for 5, 2 for 4) to cover 7: one large and two small, 13, is best."""
    return program_of([[3.0, 2.0]], [7.0], [np.inf], [5.0, 4.0], [9.0, 9.0], [WHOLE, WHOLE])


def test_whole_instances_by_hand() -> None:
    solution = solve(knapsack_cover(), EXACT)
    assert solution.status is SolutionStatus.OPTIMAL
    assert solution.objective == pytest.approx(13.0)
    assert solution.values == pytest.approx([1.0, 2.0])
    assert solution.lower_bound == pytest.approx(13.0, rel=1e-6)


def test_linear_program_with_duals_and_reduced_costs() -> None:
    program = program_of([[1.0, 1.0]], [4.0], [np.inf], [2.0, 3.0], [3.0, 9.0], [C, C], offset=1.0)
    solution = solve(program, EXACT)
    assert solution.objective == pytest.approx(1.0 + 2.0 * 3.0 + 3.0)
    assert solution.values == pytest.approx([3.0, 1.0])
    assert solution.row_duals == pytest.approx([3.0])
    assert solution.reduced_costs == pytest.approx([-1.0, 0.0])
    assert solution.closed_by == "linear program"


def test_duals_of_a_whole_plan_price_one_more_unit_of_demand() -> None:
    # One instance serves 10 units; serving costs 0.5 a unit, giving up costs 9. The instance is fixed at 1,
    # so the eleventh unit is given up: its price is 9.
    program = program_of(
        [[1.0, 1.0, 0.0], [-1.0, 0.0, 10.0]],
        [10.5, 0.0],
        [10.5, np.inf],
        [0.5, 9.0, 40.0],
        [np.inf, np.inf, 5.0],
        [C, C, WHOLE],
    )
    solution = solve(program, EXACT)
    assert solution.values == pytest.approx([10.0, 0.5, 1.0])
    assert solution.row_duals[0] == pytest.approx(9.0)


@pytest.mark.parametrize("seed", range(12))
def test_random_programs_against_trying_everything(seed: int) -> None:
    check_against_trial(random_program(seed))


@settings(max_examples=15, deadline=None)
@given(st.integers(min_value=1000, max_value=10**6))
def test_more_random_programs_against_trying_everything(seed: int) -> None:
    check_against_trial(random_program(seed))


def check_against_trial(program: LinearProgram) -> None:
    expected = best_by_trial(program)
    solution = solve(program, EXACT)
    if not np.isfinite(expected):
        assert solution.status is SolutionStatus.INFEASIBLE
        return
    assert solution.status is SolutionStatus.OPTIMAL, solution.message
    assert solution.objective == pytest.approx(expected, rel=1e-6, abs=1e-6)
    assert solution.lower_bound <= expected + 1e-6 * (1 + abs(expected))
    assert largest_violation(program, solution.values) <= 1e-6


SMALL_PLAN = InstanceShape(pools=4, streams=3, pools_per_stream=3, periods=3, jobs=3, rent_scale=200.0)


@pytest.mark.parametrize("backend", LinearBackend)
def test_linear_backends_agree(backend: LinearBackend) -> None:
    relaxed = replace(random_plan(SMALL_PLAN), kind=np.zeros(random_plan(SMALL_PLAN).columns, dtype=np.int8))
    reference = solve(relaxed, EXACT)
    solution = solve(relaxed, replace(EXACT, linear_backend=backend))
    assert solution.status is SolutionStatus.OPTIMAL, solution.message
    assert solution.objective == pytest.approx(reference.objective, rel=1e-6)


@pytest.mark.parametrize("backend", [IntegerBackend.HIGHS, IntegerBackend.SCIP])
@pytest.mark.parametrize("dive", [True, False])
def test_integer_backends_agree_on_a_plan(backend: IntegerBackend, dive: bool) -> None:
    program = random_plan(replace(SMALL_PLAN, pools=3, streams=2, slices=1))
    chosen = EngineSettings(relative_gap=1e-5, integer_backend=backend, dive=dive)
    solution = solve(program, chosen)
    assert solution.status is SolutionStatus.OPTIMAL, solution.message
    assert solution.gap <= 1e-5
    assert solution.objective == pytest.approx(solve(program, EXACT).objective, rel=2e-5)


@pytest.mark.parametrize("backend", IntegerBackend)
def test_all_integer_backends_agree_on_a_pure_integer_program(backend: IntegerBackend) -> None:
    rng = np.random.default_rng(4)
    matrix = rng.integers(1, 9, (3, 8)).astype(float)
    program = program_of(matrix, [40.0, 55.0, 47.0], [np.inf] * 3, rng.integers(3, 20, 8), np.full(8, 9.0), [WHOLE] * 8)
    solution = solve(program, replace(EXACT, integer_backend=backend, dive=False))
    assert solution.status is SolutionStatus.OPTIMAL, solution.message
    assert solution.objective == pytest.approx(solve(program, EXACT).objective)


def test_plan_with_tiers_and_runs_closes() -> None:
    program = random_plan(InstanceShape(rent_scale=500.0, periods=8, jobs=6))
    solution = solve(program, EngineSettings(relative_gap=1e-3))
    assert solution.status is SolutionStatus.OPTIMAL
    assert solution.gap <= 1e-3
    whole = solution.values[program.is_integer]
    assert np.abs(whole - np.round(whole)).max() <= 1e-6
    assert solution.violation == largest_violation(program, solution.values) <= 1e-6


def test_reported_objective_gap_and_bound_fit_together() -> None:
    program = random_plan(replace(SMALL_PLAN, whole=True, rent_scale=20.0))
    solution = solve(program, EngineSettings(relative_gap=0.02))
    assert solution.objective == pytest.approx(program.objective @ solution.values, rel=1e-9)
    assert solution.gap == relative_gap(solution.objective, solution.lower_bound) <= 0.02
    assert (row_activity(program, solution.values) >= program.row_lower - 1e-4).all()


def test_same_answer_twice() -> None:
    program = random_plan(replace(SMALL_PLAN, whole=True, rent_scale=20.0))
    chosen = EngineSettings(relative_gap=0.01)
    first, second = solve(program, chosen), solve(program, chosen)
    assert np.array_equal(first.values, second.values)
    assert np.array_equal(first.row_duals, second.row_duals)
    assert (first.objective, first.lower_bound) == (second.objective, second.lower_bound)


def test_progress_rises_and_falls() -> None:
    events: list[Progress] = []
    solution = solve(random_plan(SMALL_PLAN), EngineSettings(relative_gap=1e-3), events.append)
    bounds, plans = [e.lower_bound for e in events], [e.incumbent for e in events]
    assert bounds == sorted(bounds)
    assert plans == sorted(plans, reverse=True)
    assert plans[-1] == solution.objective
    assert events[0].stage == "linear program"


def test_infeasible_rows() -> None:
    program = program_of([[1.0], [1.0]], [3.0, -np.inf], [np.inf, 2.0], [1.0], [9.0], [C])
    assert solve(program).status is SolutionStatus.INFEASIBLE


def test_infeasible_only_in_whole_numbers() -> None:
    program = program_of([[2.0, 2.0]], [3.0], [3.0], [1.0, 1.0], [5.0, 5.0], [WHOLE, WHOLE])
    assert solve(program).status is SolutionStatus.INFEASIBLE


def test_crossed_bounds_are_infeasible_and_named() -> None:
    program = program_of([[1.0]], [5.0], [4.0], [1.0], [9.0], [C])
    solution = solve(program)
    assert solution.status is SolutionStatus.INFEASIBLE
    assert solution.message == "row 0: its lower bound 5.0 is above its upper bound 4.0"


def test_unbounded() -> None:
    program = program_of([[1.0, -1.0]], [0.0], [np.inf], [-1.0, 0.0], [np.inf, np.inf], [C, C])
    assert solve(program).status is SolutionStatus.UNBOUNDED


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("objective", np.nan, "objective[1]: expected a finite number, found nan"),
        ("values", np.inf, "values[1]: expected a finite number, found inf"),
        ("upper", np.nan, "upper[1]: expected a number or inf, found nan"),
        ("lower", np.inf, "lower[1]: expected a number or -inf, found inf"),
        ("kind", 7, "kind[1]: expected 0 to 3, found 7"),
        ("column_indices", 5, "column_indices: expected columns 0 to 1, found 0 to 5"),
    ],
)
def test_bad_arrays_are_named(name: str, value: float, message: str) -> None:
    program = knapsack_cover()
    array = np.array(getattr(program, name))
    array[1] = value
    solution = solve(replace(program, **{name: array}))  # type: ignore[arg-type]
    assert solution.status is SolutionStatus.FAILED
    assert solution.message == message
    assert not solution.has_plan


def test_arrays_of_unlike_length_are_named() -> None:
    solution = solve(replace(knapsack_cover(), upper=np.ones(3)))
    assert solution.message == "upper: expected 2 entries, found 3"


def test_no_rows() -> None:
    solution = solve(program_of(np.zeros((0, 2)), [], [], [1.0, -1.0], [3.0, 4.0], [C, WHOLE]))
    assert solution.status is SolutionStatus.OPTIMAL
    assert solution.values == pytest.approx([0.0, 4.0])


def test_no_columns() -> None:
    solution = solve(program_of(np.zeros((1, 0)), [0.0], [1.0], [], [], [], offset=3.0))
    assert solution.status is SolutionStatus.OPTIMAL
    assert solution.objective == 3.0


@pytest.mark.parametrize(
    ("name", "value"), [("relative_gap", -0.1), ("relative_gap", np.nan), ("time_limit_seconds", -1.0), ("threads", 0)]
)
def test_settings_out_of_range_are_refused(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=name):
        EngineSettings(**{name: value})  # type: ignore[arg-type]
