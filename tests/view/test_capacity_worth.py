"""What capacity is worth, for all pools and periods at once, against plans solved again one by one."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from router.engine.settings import EngineSettings
from router.engine.solution import Solution, SolutionStatus
from router.model.model import Model, build_model
from router.problem.problem import build_problem
from router.view.capacity_worth import capacity_worth_usd
from router.why.explainer import Explainer
from router.why.solved import solve_problem
from tests.audit.random_scenarios import random_scenario
from tests.scenarios import both, horizon, job, offer, pool, scenario, service
from tests.solving import optimum


def solved(model: Model) -> tuple[Solution, Explainer]:
    """A proven optimum with the duals of its program, whole numbers held, and questions about it."""
    values, _ = optimum(model)
    asked = Explainer(model, values)
    base = asked.fixed.base
    solution = Solution(
        SolutionStatus.OPTIMAL, values=values, row_duals=base.row_duals, reduced_costs=base.reduced_costs
    )
    return solution, asked


@cache
def random_solved(seed: int) -> tuple[Model, Solution, Explainer]:
    """The same of a random scenario."""
    model = build_model(build_problem(random_scenario(seed)))
    return model, *solved(model)


def between(asked: Explainer, pool_index: int, period: int) -> tuple[float, float]:
    """What one more saves and one fewer costs, by two more solves."""
    found = asked.worth(asked.limits.capacity(pool_index, period), ranges=False)
    more = -found.more.cost_usd if found.more is not None else 0.0
    fewer = found.fewer.cost_usd if found.fewer is not None else np.inf
    return more, fewer


@pytest.mark.parametrize("seed", range(12))
def test_worth_lies_between_what_one_more_saves_and_one_fewer_costs(seed: int) -> None:
    model, solution, asked = random_solved(seed)
    worth = capacity_worth_usd(model, solution)
    capacity = model.problem.pools.capacity
    assert worth.shape == capacity.shape
    for p, t in np.argwhere(capacity >= 1):
        if model.problem.pools.whole[p]:
            continue
        slope = -asked.limits.capacity(int(p), int(t)).shift.slope(asked.fixed.base) * model.program.usd_per_unit
        assert worth[p, t] == pytest.approx(slope / model.problem.calendar.discount[t], rel=1e-9, abs=1e-9)
        more, fewer = between(asked, int(p), int(t))
        slack = 1e-6 * max(1.0, abs(worth[p, t]))
        assert more - slack <= worth[p, t] <= fewer + slack, (model.problem.pools.names[p], t)


def test_the_random_scenarios_have_scarce_capacity() -> None:
    scarce = 0
    for seed in range(12):
        model, solution, _ = random_solved(seed)
        worth = capacity_worth_usd(model, solution)
        scarce += int((worth[~model.problem.pools.whole] > 0.01).sum())
    assert scarce >= 10


def test_one_more_instance_spares_the_dearer_pool() -> None:
    """Two days of 24 hours: north costs 10 and has 1 of the 2 nodes that are wanted, south costs 12."""
    parts = both(north=1)
    model = build_model(build_problem(scenario(**parts, workloads={"chat": service(8)})))
    worth = capacity_worth_usd(model, solved(model)[0])
    assert worth == pytest.approx(np.array([[48.0, 48.0], [0.0, 0.0]]))


def test_worth_is_in_money_of_its_period() -> None:
    """At 100 % a year a dollar of the second year is worth less at the start, and is one dollar all the same."""
    parts = both(north=1)
    asked = horizon("year", 2, discount_rate=1.0)
    model = build_model(build_problem(scenario(**parts, horizon=asked, workloads={"chat": service(8)})))
    worth = capacity_worth_usd(model, solved(model)[0])
    assert worth[0] == pytest.approx([2.0 * 8760.0] * 2)


def test_capacity_that_reservations_are_bound_by_counts_where_it_is_the_least() -> None:
    """A two-month term of 10 000 hours' worth: capacity is 2, then 1; only the second month bounds the reservation."""
    model = build_model(
        build_problem(
            scenario(
                horizon=horizon("month", 2, discount_rate=0.0),
                pools={"north": pool(capacity={"2026-01-01": 2, "2026-02-01": 1})},
                offers=[offer(usd_per_hour=50), offer(usd_per_hour=1, option="reserved", term_months=2)],
                workloads={"chat": service(8)},
            )
        )
    )
    solution, asked = solved(model)
    worth = capacity_worth_usd(model, solution)
    for t in range(2):
        more, fewer = between(asked, 0, t)
        assert more - 1e-6 <= worth[0, t] <= fewer + 1e-6
    assert worth[0, 1] > 0


def test_capacity_that_two_periods_bound_together_is_worth_nothing_in_one_of_them() -> None:
    """One node is there in both months and is reserved, ten times cheaper: more in one month alone is rented."""
    model = build_model(
        build_problem(
            scenario(
                horizon=horizon("month", 2),
                pools={"north": pool(capacity=1)},
                offers=[offer(usd_per_hour=50), offer(usd_per_hour=5, option="reserved", term_months=2)],
                workloads={"chat": service(8)},
            )
        )
    )
    solution, asked = solved(model)
    worth = capacity_worth_usd(model, solution)
    for t in range(2):
        rows = -asked.limits.capacity(0, t).shift.slope(asked.fixed.base) * model.program.usd_per_unit
        assert worth[0, t] == pytest.approx(rows)


def test_whole_instances_have_a_worth_where_the_last_one_is_rented() -> None:
    parts = both(north=1)
    for each in parts["pools"].values():
        each["whole_instances"] = True
    model = build_model(build_problem(scenario(**parts, workloads={"chat": service(6)})))
    solution, _ = solved(model)
    held = capacity_worth_usd(model, solution)
    # South's second node is held and not full: a whole node more at north would not be used at the margin.
    assert held.shape == (2, 2)
    assert (held[1] == 0).all()
    full = build_model(build_problem(scenario(pools={"north": {**pool(capacity=1), "whole_instances": True}})))
    # What is left out costs 100 a unit and hour, of which a node serves 4; a node costs 10 an hour.
    assert capacity_worth_usd(full, solved(full)[0])[0] == pytest.approx([24 * (400 - 10)] * 2)


def test_whole_instances_that_could_still_be_rented_make_capacity_worth_nothing() -> None:
    """A third node would cost 10 for one unit worth 5: two are held, and a part of one would be worth its while."""
    found = build_model(
        build_problem(
            scenario(
                pools={"north": {**pool(capacity=5), "whole_instances": True}},
                workloads={"chat": service(9, value_of_unserved_usd_per_unit_hour=5)},
            )
        )
    )
    solution, asked = solved(found)
    assert (asked.fixed.base.reduced_costs[found.columns.ids("rent")] < 0).any()
    assert (capacity_worth_usd(found, solution) == 0).all()


def test_the_engines_own_solution_has_the_prices() -> None:
    parts = both(north=1)
    problem = build_problem(scenario(**parts, workloads={"chat": service(8), "train": job()}))
    model, solution = solve_problem(problem, EngineSettings())
    worth = capacity_worth_usd(model, solution)
    asked = Explainer(model, solution.values)
    for p in range(2):
        for t in range(2):
            more, fewer = between(asked, p, t)
            assert more - 1e-6 <= worth[p, t] <= fewer + 1e-6


def test_a_solution_without_prices_is_refused() -> None:
    model = build_model(build_problem(scenario()))
    with pytest.raises(ValueError, match=f"found 0 prices of rows, expected {model.program.rows}"):
        capacity_worth_usd(model, Solution(SolutionStatus.NO_SOLUTION))
    solution, _ = solved(model)
    with pytest.raises(ValueError, match="a solution of this model"):
        capacity_worth_usd(model, replace(solution, reduced_costs=np.zeros(1)))
