"""Demand met, spot share, N-1, residency and latency: binding and not, against sums by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenarios import both, offer, pool, scenario, service
from tests.solving import Answer, answer

FEW = settings(max_examples=15, deadline=None)
HOURS = 48.0


def served(found: Answer, pool_name: str, spot: bool = False) -> float:
    """Units of the first day at a pool."""
    return sum(
        record.quantity
        for record in found.plan.serving
        if record.pool == pool_name and record.spot == spot and record.period == 0
    )


@given(demand=st.floats(0, 30), capacity=st.floats(0, 6))
@FEW
def test_demand_is_met_up_to_the_capacity(demand: float, capacity: float) -> None:
    found = answer(scenario(pools={"north": pool(capacity=capacity)}, workloads={"chat": service(demand)}))
    met = min(demand, 4 * capacity)
    assert served(found, "north") == pytest.approx(met, abs=1e-6)
    assert sum(record.quantity for record in found.plan.unserved) == pytest.approx(2 * (demand - met), abs=1e-6)
    assert found.cost_usd == pytest.approx(HOURS * (2.5 * met + 100 * (demand - met)), abs=1e-3)


@given(value=st.one_of(st.floats(0, 2.4), st.floats(2.6, 50)))
@FEW
def test_demand_worth_less_than_its_cost_is_left_out(value: float) -> None:
    found = answer(scenario(workloads={"chat": {**service(8), "value_of_unserved_usd_per_unit_hour": value}}))
    assert served(found, "north") == pytest.approx(8 if value > 2.5 else 0)
    assert found.cost_usd == pytest.approx(HOURS * 8 * min(2.5, value))


@given(share=st.floats(0, 1), spot_capacity=st.floats(0, 4))
@FEW
def test_spot_serves_at_most_its_share_and_its_capacity(share: float, spot_capacity: float) -> None:
    found = answer(
        scenario(
            pools={"north": pool(spot_capacity=spot_capacity)},
            offers=[offer(), offer(usd_per_hour=4, option="spot", interruption_rate=0.1)],
            workloads={"chat": service(8, spot={"max_share": share, "interruption_overhead_hours": 2})},
        )
    )
    # 4 USD for 3.2 units beat 10 USD for 4.
    on_spot = min(8 * share, 3.2 * spot_capacity)
    assert served(found, "north", spot=True) == pytest.approx(on_spot, abs=1e-6)
    assert served(found, "north") == pytest.approx(8 - on_spot, abs=1e-6)
    assert found.cost_usd == pytest.approx(HOURS * (1.25 * on_spot + 2.5 * (8 - on_spot)), abs=1e-3)


@given(share=st.floats(0.01, 1), capacity=st.floats(0, 3))
@FEW
def test_a_share_of_demand_outlives_the_loss_of_any_provider(share: float, capacity: float) -> None:
    found = answer(scenario(**both(south=capacity), workloads={"chat": service(8, survive_provider_loss=share)}))
    asked = 8 * share
    south = min(asked, 4 * capacity)
    unserved = asked - south if capacity > 0 else asked
    north = max(asked - unserved, 8 - south - unserved)
    assert served(found, "south") == pytest.approx(south, abs=1e-6)
    assert served(found, "north") == pytest.approx(north, abs=1e-6)
    missing = [record.quantity for record in found.plan.unserved if record.period == 0]
    assert sum(missing) == pytest.approx(unserved, abs=1e-6)
    for lost in ("north", "south"):
        left = served(found, "north") + served(found, "south") - served(found, lost)
        assert left + unserved >= asked - 1e-6
    # South's price is 12: what stands by is paid.
    assert found.cost_usd == pytest.approx(HOURS * (2.5 * north + 3 * south + 100 * unserved), rel=1e-6)


def test_without_a_second_provider_nothing_outlives_the_loss_of_the_first() -> None:
    found = answer(scenario(workloads={"chat": service(8, survive_provider_loss=0.5)}))
    assert [record.quantity for record in found.plan.unserved] == pytest.approx([4.0, 4.0])
    assert served(found, "north") == pytest.approx(4)


@pytest.mark.parametrize(
    ("keys", "pool_name"),
    [
        ({}, "north"),
        ({"residency": ["eu"]}, "south"),
        ({"max_latency_ms": 50}, "south"),
        ({"residency": ["us"]}, "north"),
    ],
)
def test_residency_and_latency_exclude_the_cheaper_pool(keys: dict[str, object], pool_name: str) -> None:
    parts = both()
    regions = {
        "north": {"regions": {"north-1": {"geography": "us", "latency_ms": {"us": 80}}}},
        "south": {"regions": {"south-1": {"geography": "eu", "latency_ms": {"us": 40}}}},
    }
    found = answer(scenario(**parts, providers=regions, workloads={"chat": service(8, **keys)}))
    assert served(found, pool_name) == pytest.approx(8)
    assert found.cost_usd == pytest.approx(HOURS * 2 * (10 if pool_name == "north" else 12))
