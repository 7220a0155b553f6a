"""The shipped scenarios: what they promise to hold, and that their plans survive the audit and corruption."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from router.audit.audit import audit
from router.engine.settings import EngineSettings
from router.plan.document import Plan
from router.plan.pipeline import solve_scenario
from router.scenario.contract import CommitmentWindow
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path, shipped_names
from router.scenario.workload import Training
from tests.audit.corruptions import CORRUPTIONS

NAMES = ("frontier-lab", "scale-up", "tiny")


@cache
def scenario(name: str) -> Scenario:
    return load_scenario(scenario_path(name))


@cache
def plan(name: str) -> Plan:
    """A plan within 2 % (whole instances prove slowly) or what 45 seconds give."""
    return solve_scenario(scenario(name), EngineSettings(relative_gap=0.02, time_limit_seconds=45.0))


def test_these_are_all() -> None:
    assert tuple(shipped_names()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_audit_agrees(name: str) -> None:
    report = audit(scenario(name), plan(name))
    assert report.passed, "\n".join(map(str, report.findings[:20]))
    assert plan(name).solve.lower_bound_usd <= plan(name).solve.cost_usd


@pytest.mark.parametrize("name", NAMES)
def test_every_applicable_corruption_is_caught(name: str) -> None:
    caught = 0
    for corruption in CORRUPTIONS:
        corrupted = corruption.change(scenario(name), plan(name))
        if corrupted is None:
            continue
        rules = {finding.rule for finding in audit(scenario(name), corrupted).findings}
        assert corruption.rule in rules, corruption.name
        caught += 1
    assert caught >= 25


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_says_where_it_comes_from(name: str) -> None:
    made = scenario(name)
    for offer in made.offers:
        assert offer.assumption or (offer.source and offer.as_of)
    for key, part in {**made.contracts, **made.workloads, **made.pools}.items():
        assert part.assumption or part.source, key


def test_the_frontier_lab_carries_the_public_commitments() -> None:
    made = scenario("frontier-lab")
    promised: dict[str, float] = {}
    for contract in made.contracts.values():
        for commitment in contract.commitments.values():
            amounts = commitment.amount_usd
            windows: list[CommitmentWindow] = commitment.windows or []
            total = sum(amounts) if isinstance(amounts, list) else (amounts or 0.0)
            total += sum(window.amount_usd for window in windows)
            promised[contract.provider] = promised.get(contract.provider, 0.0) + total
    assert promised["azure"] == pytest.approx(250e9)
    assert promised["aws"] == pytest.approx(38e9)
    assert promised["oracle"] == pytest.approx(300e9)
    assert len(made.providers) >= 4
    assert len(made.workloads) >= 20
    assert {"GB200", "GB300", "H100", "H200"} <= set(made.accelerators)
    aws = next(contract for contract in made.contracts.values() if contract.provider == "aws")
    assert (aws.start, aws.end) == (date(2025, 11, 3), date(2032, 11, 3))


def test_trainium_is_there_but_draws_nothing_down_at_aws() -> None:
    made = scenario("frontier-lab")
    pools = [name for name, pool in made.pools.items() if "trn" in pool.instance_type.lower()]
    assert pools
    billed = [line for line in plan("frontier-lab").bill if line.item in pools]
    assert all(line.contract is None for line in billed)


def test_no_training_job_of_the_frontier_lab_is_left_out() -> None:
    jobs = {name for name, workload in scenario("frontier-lab").workloads.items() if isinstance(workload, Training)}
    assert {run.workload for run in plan("frontier-lab").runs} == jobs


def test_the_scale_up_rents_whole_machines_at_list_prices() -> None:
    made = scenario("scale-up")
    used = {(pool.provider, pool.region, pool.instance_type) for pool in made.pools.values()}
    offers = [offer for offer in made.offers if (offer.provider, offer.region, offer.instance_type) in used]
    assert len(offers) >= 40
    assert len({(provider, region) for provider, region, _ in used}) >= 8
    # Only the hours of a run that ends within a month are not whole machines.
    endings = {(run.pool, run.last_period) for run in plan("scale-up").runs}
    others = [rental for rental in plan("scale-up").rentals if (rental.pool, rental.period) not in endings]
    assert len(others) > 100
    assert all(rental.instances == int(rental.instances) for rental in others)
