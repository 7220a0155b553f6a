"""Migration: placements stay still where moving costs more than it saves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenarios import PEAK_AND_BASE, both, horizon, offer, pool, scenario, service
from tests.solving import Answer, answer

FEW = settings(max_examples=15, deadline=None)


def moved(found: Answer) -> float:
    return float(found.follows.moved.sum())


@given(cost=st.one_of(st.floats(0.1, 11.5), st.floats(12.5, 60)))
@FEW
def test_units_move_only_where_that_saves_more_than_it_costs(cost: float) -> None:
    # North costs 10, then 15 USD; south 12. All at south from the start costs 2 * 48 = 96 more than moving for free.
    parts = both(north_usd={"2026-01-01": 10, "2026-01-02": 15})
    found = answer(scenario(**parts, workloads={"chat": service(8, migration_usd_per_unit=cost)}))
    assert found.cost_usd == pytest.approx(480 + 576 + min(96, 8 * cost), rel=1e-6)
    assert moved(found) == pytest.approx(8 if cost < 12 else 0, abs=1e-6)


@given(first=st.floats(1, 20), then=st.floats(0, 20))
@FEW
def test_what_shrinks_or_grows_with_demand_is_no_migration(first: float, then: float) -> None:
    found = answer(scenario(workloads={"chat": service({"values": [first, then]}, migration_usd_per_unit=1000)}))
    assert moved(found) == 0
    assert found.by_category("migration") == 0


def test_a_delivery_that_ends_makes_units_move() -> None:
    found = answer(
        scenario(
            **both(north={"2026-01-01": 2, "2026-01-02": 0.5}),
            workloads={"chat": service({"values": [8, 6]}, migration_usd_per_unit=1)},
        )
    )
    # Three quarters of 8 would stay, two fit: four units leave.
    assert moved(found) == pytest.approx(4)
    assert found.by_category("migration") == pytest.approx(4)


def test_a_unit_counts_by_the_hours_it_is_there() -> None:
    parts = both(north={"2026-01-01": 10, "2026-01-02": 0})
    found = answer(
        scenario(
            **parts,
            horizon=horizon(slices=PEAK_AND_BASE),
            workloads={"chat": service(8, migration_usd_per_unit=0.01)},
        )
    )
    # A quarter of the hours with 16 units and the rest with 8.
    assert moved(found) == pytest.approx(10)


def test_firm_and_spot_in_a_pool_are_one_place() -> None:
    found = answer(
        scenario(
            pools={"north": pool(spot_capacity={"2026-01-01": 2, "2026-01-02": 0})},
            offers=[offer(), offer(usd_per_hour=4, option="spot")],
            workloads={"chat": service(8, spot={}, migration_usd_per_unit=1000)},
        )
    )
    assert moved(found) == 0
    assert {record.spot for record in found.plan.serving if record.period == 0} == {True}


def test_a_stream_that_pauses_does_not_migrate() -> None:
    found = answer(
        scenario(
            horizon=horizon(count=3),
            **both(north={"2026-01-01": 10, "2026-01-03": 0}),
            workloads={"chat": service({"values": [8, 0, 8]}, migration_usd_per_unit=1000)},
        )
    )
    assert moved(found) == 0
