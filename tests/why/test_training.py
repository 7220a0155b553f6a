"""Other runs of a job: estimates are lower bounds, exact differences are those of plans solved by another solver."""

from __future__ import annotations

from math import isfinite

import numpy as np
import pytest

from router.model.linear_program import ColumnKind
from router.model.model import build_model
from router.problem.problem import build_problem
from router.why.explainer import Explainer
from router.why.training import LEFT_OUT
from tests.audit.random_scenarios import random_scenario
from tests.scenarios import both, horizon, job, scenario, service
from tests.why.fixed import explained, fixed_cost_usd

SEEDS = (2, 11, 14, 18, 26, 27)
"""Random scenarios without price tiers and carry-forward, which estimates take as they are in the plan."""


def swapped_usd(asked: Explainer, old: int, new: int) -> float | None:
    """The discounted cost with one run for another, instances of all pools in fractions, tiers as they are."""
    book, program = asked.book, asked.book.model.program
    ids = book.model.columns.ids("run")
    whole = np.flatnonzero(program.kind == ColumnKind.WHOLE)
    columns = {int(c): (float(program.lower[c]), float(program.upper[c])) for c in whole}
    columns |= {int(ids[run]): (value, value) for run, value in ((old, 0.0), (new, 1.0)) if run != LEFT_OUT}
    return fixed_cost_usd(book.model, book.values, columns)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_estimate_is_above_the_difference_of_two_plans(seed: int) -> None:
    asked = explained(build_model(build_problem(random_scenario(seed))))
    assert not (asked.book.model.program.kind == ColumnKind.SWITCH).any()
    compared = 0
    for number in range(len(asked.book.problem.jobs.names)):
        for place in asked.trained(number, exact=10).others:
            if place.exact_usd is not None and isfinite(place.exact_usd):
                assert place.estimate_usd <= place.exact_usd + 1e-6 * max(1.0, place.cost.size_usd), place
                compared += 1
    assert compared


@pytest.mark.parametrize("every", ["day", "week"])
def test_exact_differences_are_those_of_another_solver(every: str) -> None:
    parts = both(north=3, south=3, north_usd={"2026-01-01": 10, "2026-01-02": 7}, south_usd=9)
    workloads = {
        "chat": service(8),
        "tune": job(work=96, gangs=(4, 8), deadline="2026-02-01"),
        "more": job(work=300, gangs=(8,), deadline="2026-02-01"),
    }
    asked = explained(build_model(build_problem(scenario(horizon=horizon(every, 4), workloads=workloads, **parts))))
    compared = 0
    for number in range(2):
        why = asked.trained(number, exact=50)
        before = swapped_usd(asked, why.here.run, why.here.run)
        assert before is not None
        for place in why.others:
            after = swapped_usd(asked, why.here.run, place.run)
            if place.exact_usd is None:
                assert not place.fits
                assert after is None
                continue
            assert after is not None
            assert place.exact_usd == pytest.approx(after - before, rel=1e-4, abs=1e-6)
            compared += 1
    assert compared >= 8


def test_a_run_that_other_runs_leave_no_room_for_says_so() -> None:
    workloads = {
        "big": job(work=96 * 2, gangs=(8,), deadline="2026-01-02", value_of_unserved_usd=1e9),
        "small": job(work=96, gangs=(4,), deadline="2026-01-03"),
    }
    asked = explained(build_model(build_problem(scenario(workloads=workloads, pools=both(north=2)["pools"]))))
    why = asked.trained(1)
    north_first = next(place for place in why.others if place.name == "north from 2026-01-01")
    assert not north_first.fits
    (block,) = north_first.blocks
    assert block.limit.name == "capacity of north in 2026-01-01"
    assert block.limit.left == pytest.approx(0)
    assert why.others[-1] == north_first


def test_a_job_left_out_is_compared_with_its_runs() -> None:
    workloads = {"tune": job(value_of_unserved_usd=100)}
    asked = explained(build_model(build_problem(scenario(workloads=workloads))))
    why = asked.trained(0, exact=1)
    assert why.here.name == "left out"
    assert why.here.cost.marginal_usd == pytest.approx(100)
    assert why.others[0].exact_usd == pytest.approx(240 - 100)
