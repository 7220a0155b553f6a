"""The figures of an outcome are those of the plan's document."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings

from router.engine.settings import EngineSettings
from router.engine.solution import Solution, SolutionStatus
from router.engine.stop_signal import StopSignal
from router.kept.folder import find_kept
from router.kept.kept_start import start_of
from router.model.alignment import align
from router.outcome.figures import outcome_of
from router.outcome.held_base import HeldBase
from router.plan.pipeline import plan_from
from router.plan.reference import scenario_reference
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path
from router.session.models import model_after
from tests.outcome.from_plan import assert_same_figures
from tests.plan.random_scenarios import Part, documents
from tests.scenarios import contract, fleet, horizon, offer, pool, scenario, service
from tests.solving import answer


@pytest.mark.parametrize("name", ["tiny", "frontier-lab", "scale-up"])
def test_figures_of_the_shipped_scenarios(name: str) -> None:
    base = load_scenario(scenario_path(name))
    model = model_after(base, None)
    kept = find_kept(scenario_reference(base).sha256, None)
    assert kept is not None
    start = start_of(kept, model.program)
    assert start is not None
    held = HeldBase(base, model, start, EngineSettings()).plan(base, model, align(model, model), StopSignal())
    assert held is not None
    bound = kept.plan.solve.lower_bound_usd
    assert_same_figures(outcome_of(model, held.values, bound, "held"), kept.plan)


@settings(max_examples=60, deadline=None)
@given(documents())
def test_figures_of_random_scenarios(parts: Part) -> None:
    check(scenario(**parts))


def check(made: Scenario) -> None:
    found = answer(made)
    assert_same_figures(outcome_of(found.model, found.values, found.cost_usd, "held"), found.plan)


def test_broken_limits_and_migrations_are_told() -> None:
    made = scenario(
        horizon=horizon("month", 3),
        pools={"north": pool("north", {"2026-01-01": 3, "2026-02-01": 1, "2026-03-01": 3}), "south": pool("south")},
        offers=[offer(), offer("south", 12)],
        workloads={"chat": service(migration_usd_per_unit=0.5), "bots": fleet(2)},
        limits={"cash": [{"year": 2026, "usd": 100, "breach_penalty": 0.5}]},
        contracts={"deal": contract(commitments={"first": {"window": "contract_year", "amount_usd": 900_000}})},
    )
    found = answer(made)
    outcome = outcome_of(found.model, found.values, found.cost_usd, "searched")
    assert_same_figures(outcome, found.plan)
    assert outcome.broken_limits == ("limits.cash[0]",)
    assert outcome.cost_by_cause_usd["breach", "-"] > 0
    # A node's worth to the south in February and back in March.
    assert outcome.moved_units["chat"] == pytest.approx(8.0)
    assert outcome.unserved_units["bots"] == pytest.approx(2 * 24 * 90)
    assert outcome.shortfall_usd["deal/first"] > 0
    assert outcome.found_by == "searched"


def test_nothing_proven_is_a_bound_of_zero_as_in_the_plan() -> None:
    found = answer(scenario())
    outcome = outcome_of(found.model, found.values, -math.inf, "held")
    solution = Solution(SolutionStatus.FEASIBLE, values=found.values, row_duals=np.zeros(0))
    plan = plan_from(scenario(), found.model, solution, EngineSettings())
    assert (outcome.lower_bound_usd, outcome.gap) == (plan.solve.lower_bound_usd, plan.solve.gap) == (0.0, 1.0)
