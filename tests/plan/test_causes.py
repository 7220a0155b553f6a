"""Why demand is left out: each wording, reached by a scenario made for it."""

from __future__ import annotations

from typing import Any

import pytest

from router.plan.build import build_plan
from router.plan.document import ScenarioReference
from tests.scenarios import both, contract, horizon, job, offer, pool, providers, scenario, service
from tests.solving import answer


def causes(**parts: Any) -> list[str]:
    """The cause of each record of unserved demand of the first day (or of jobs)."""
    found = answer(scenario(**{"horizon": horizon(count=1), **parts}))
    return [record.because for record in found.plan.unserved]


def test_no_pool_is_eligible() -> None:
    assert causes(workloads={"chat": service(residency=["eu"])}) == [
        "no pool is eligible: selector, throughput, residency or latency leaves none"
    ]


def test_no_capacity_yet() -> None:
    late = {f"pool-{number}": pool(capacity={"2026-06-01": 5}) for number in range(5)}
    assert causes(pools={"north": late["pool-0"]}) == ["no capacity yet in the eligible pools (north)"]
    assert causes(pools=late) == ["no capacity yet in the eligible pools (pool-0, pool-1, pool-2 and 2 more)"]


def test_every_eligible_pool_is_full() -> None:
    assert causes(pools={"north": pool(capacity=1)}) == ["capacity: every eligible pool is full (north)"]


def test_a_pool_held_by_a_run_is_full_for_the_others() -> None:
    assert causes(pools={"north": pool(capacity=1)}, workloads={"chat": service(4), "tune": job(work=4)}) == [
        "capacity: every eligible pool is full (north)"
    ]


def test_no_firm_offer_in_the_pool_with_room() -> None:
    assert causes(offers=[offer(option="spot")]) == ["no firm offer in the pools with room (north)"]
    assert causes(offers=[offer(usd_per_hour={"2026-01-02": 1})]) == ["no firm offer in the pools with room (north)"]


@pytest.mark.parametrize("contracts", [{}, {"one": contract(), "other": contract()}])
def test_offers_that_cover_no_more(contracts: dict[str, Any]) -> None:
    assert causes(offers=[offer(max_instances=1)], contracts=contracts) == ["max_instances of the offers in north"]


def test_dearer_than_it_is_worth() -> None:
    cheap = {**service(), "value_of_unserved_usd_per_unit_hour": 2}
    assert causes(workloads={"chat": cheap}) == ["dearer than it is worth: 2.5 USD a unit-hour in north, value 2"]


@pytest.mark.parametrize(("capacity", "full"), [(3, ""), (2, " (full: north)")])
def test_served_today_but_not_after_a_loss(capacity: float, full: str) -> None:
    """A plan that serves all of the demand at its only provider; the best plan would save what is unserved anyway."""
    found = answer(
        scenario(
            horizon=horizon(count=1),
            pools={"north": pool(capacity=capacity)},
            workloads={"chat": service(8, survive_provider_loss=0.5)},
        )
    )
    values = found.values.copy()
    values[found.model.columns.ids("serve")] = 8
    values[found.model.columns.ids("rent")] = 2
    reference = ScenarioReference(name="test", sha256="0" * 64)
    (record,) = build_plan(found.model, values, reference, 0.0, 1e-4, "test", threads=1).unserved
    assert record.quantity == pytest.approx(4)
    assert record.because == f"served today, but not enough would outlive the loss of a provider{full}"


def test_with_one_provider_nothing_outlives_its_loss() -> None:
    assert causes(workloads={"chat": service(8, survive_provider_loss=0.5)}) == [
        "not enough would outlive the loss of a provider"
    ]


def test_a_ceiling_leaves_nothing_to_pay_with() -> None:
    limits = {"cash": [{"year": 2026, "usd": 100, "breach_penalty": 50}]}
    assert causes(limits=limits) == ["cash ceiling of 2026: nothing is left to pay with"]
    training = {"tune": {**job(work=96), "value_of_unserved_usd": 3000}}
    limits = {"cash": [{"year": 2026, "usd": 239, "breach_penalty": 5000}]}
    assert causes(limits=limits, workloads=training) == ["cash ceiling of 2026: too little is left to pay with"]


@pytest.mark.parametrize(
    ("limit", "bound"),
    [
        ({"provider": "north", "max_share": 0.5}, True),
        ({"provider": "south", "min_share": 0.5}, True),
        # South has nothing and no limit that holds north back.
        ({"provider": "south", "max_share": 0.5}, False),
        ({"provider": "north", "min_share": 0.1}, False),
    ],
)
def test_a_share_limit_binds_only_where_it_holds_the_provider_back(limit: dict[str, Any], bound: bool) -> None:
    made = {**limit, "breach_penalty_usd_per_hour": 1000}
    parts = both(south=0.5)
    parts["offers"][0]["max_instances"] = 1.5
    found = causes(
        **parts,
        workloads={
            "chat": service(8, eligible={"providers": ["north"]}),
            "far": service(1, eligible={"providers": ["south"]}),
        },
        limits={"provider_shares": {"limit": made}},
    )
    if bound:
        assert found == ["share limit limit: it binds in this period"]
    else:
        assert found == ["max_instances of the offers in north"]


def test_a_job_that_no_pool_can_hold_in_time() -> None:
    assert causes(workloads={"tune": job(work=97)}) == [
        "no pool holds any of its gangs long enough between earliest start and deadline"
    ]


def test_a_job_without_room() -> None:
    assert causes(pools={"north": pool(capacity=1)}, workloads={"a": job(), "b": job()}) == [
        "capacity: no eligible pool has room for a gang in time (north)"
    ]


def test_a_job_without_an_offer() -> None:
    assert causes(offers=[offer(usd_per_hour={"2026-01-02": 1})], workloads={"tune": job()}) == [
        "no firm offer in the pools with room (north)"
    ]


def test_a_job_that_the_offers_do_not_cover() -> None:
    assert causes(offers=[offer(max_instances=1.5)], workloads={"tune": job(work=192, gangs=(8,))}) == [
        "max_instances of the offers in north"
    ]


def test_a_job_dearer_than_it_is_worth() -> None:
    cheap = {**job(work=96), "value_of_unserved_usd": 100}
    assert causes(workloads={"tune": cheap}) == ["dearer than it is worth: about 240 USD in north, value 100 USD"]


def test_no_single_limit() -> None:
    """The price alone is below the value; with the traffic it is not."""
    near = {**service(8, egress_gb_per_unit_hour=1), "value_of_unserved_usd_per_unit_hour": 2.6}
    assert causes(providers=providers(north=0.2), workloads={"chat": near}) == [
        "the last units cost more than they are worth, with what they would displace at north"
    ]
