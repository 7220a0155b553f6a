"""Cash ceilings and provider shares: kept, or broken where keeping them costs more than the penalty."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenarios import both, contract, horizon, job, scenario, service
from tests.solving import answer

FEW = settings(max_examples=15, deadline=None)


@given(ceiling=st.floats(0, 2000))
@FEW
def test_a_ceiling_leaves_demand_out_where_a_breach_costs_more(ceiling: float) -> None:
    # A unit-hour costs 2.50 USD and is worth 100: above a penalty of 39 it is left out.
    found = answer(scenario(limits={"cash": [{"year": 2026, "usd": ceiling, "breach_penalty": 50}]}))
    paid = min(960.0, ceiling)
    assert found.plan.totals.cash_usd == pytest.approx(paid, rel=1e-6, abs=2e-2)
    assert found.cost_usd == pytest.approx(paid + 40 * (960 - paid), rel=1e-6)
    assert found.plan.breaches == []


@given(ceiling=st.floats(0, 2000), penalty=st.floats(0.1, 30))
@FEW
def test_a_ceiling_is_broken_where_leaving_out_costs_more(ceiling: float, penalty: float) -> None:
    found = answer(scenario(limits={"cash": [{"year": 2026, "usd": ceiling, "breach_penalty": penalty}]}))
    over = max(0.0, 960 - ceiling)
    assert found.plan.totals.cash_usd == pytest.approx(960)
    assert found.cost_usd == pytest.approx(960 + penalty * over, rel=1e-6)
    assert sum(breach.amount for breach in found.plan.breaches) == pytest.approx(over, abs=1e-2)


def test_a_ceiling_counts_the_years_part_of_each_period() -> None:
    # 16 of 31 days of the only period lie in 2026.
    spend = 2 * 7440
    for usd, over in ((spend * 16 / 31, 0.0), (spend * 16 / 31 - 1000, 1000.0)):
        found = answer(
            scenario(horizon=horizon("month", 1, start="2026-12-16"), limits={"cash": [{"year": 2026, "usd": usd}]})
        )
        assert sum(breach.amount for breach in found.plan.breaches) == pytest.approx(over, abs=1e-2)


def test_a_ceiling_moves_a_run_into_the_next_year() -> None:
    parts: dict[str, Any] = {
        "horizon": horizon("month", 2, start="2026-12-01"),
        "workloads": {"tune": job(work=4 * 500)},
    }
    offers = [{**both()["offers"][0], "usd_per_hour": {"2026-12-01": 10, "2027-01-01": 11}}]
    free = answer(scenario(**parts, offers=offers))
    assert [run.first_period for run in free.plan.runs] == [0]
    tight = answer(scenario(**parts, offers=offers, limits={"cash": [{"year": 2026, "usd": 4000}]}))
    assert [run.first_period for run in tight.plan.runs] == [1]
    assert tight.cost_usd == pytest.approx(5500)


def test_take_or_pay_breaks_a_ceiling_where_nothing_else_helps() -> None:
    commitments = {"spend": {"window": "term", "amount_usd": 3000}}
    found = answer(
        scenario(
            contracts={"deal": contract(end="2026-01-03", commitments=commitments)},
            limits={"cash": [{"year": 2026, "usd": 2000}]},
        )
    )
    assert found.plan.totals.cash_usd == pytest.approx(3000)
    assert [breach.amount for breach in found.plan.breaches] == pytest.approx([1000])
    assert found.cost_usd == pytest.approx(3000 + 10 * 1000)


def shared(limit: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {**both(), "limits": {"provider_shares": {"limit": limit}}, **parts}


@given(share=st.floats(0, 1), penalty=st.one_of(st.floats(0.01, 0.45), st.floats(0.55, 100)))
@FEW
def test_a_largest_share_is_kept_where_the_other_provider_costs_less_than_a_breach(
    share: float, penalty: float
) -> None:
    # A chip-hour at south costs 3 USD instead of 2.50.
    found = answer(
        scenario(**shared({"provider": "north", "max_share": share, "breach_penalty_usd_per_hour": penalty}))
    )
    north = 8 * share if penalty > 0.5 else 8.0
    assert found.plan.totals.by_provider_usd.get("north", 0.0) == pytest.approx(48 * 2.5 * north, rel=1e-6, abs=2e-2)
    over = north - 8 * share
    assert found.cost_usd == pytest.approx(48 * (2.5 * north + 3 * (8 - north) + penalty * over), rel=1e-6)
    assert sum(breach.amount for breach in found.plan.breaches) == pytest.approx(2 * over, abs=1e-6)


@given(share=st.floats(0, 1), penalty=st.one_of(st.floats(0.01, 0.45), st.floats(0.55, 100)))
@FEW
def test_a_smallest_share_brings_work_to_the_dearer_provider(share: float, penalty: float) -> None:
    found = answer(
        scenario(**shared({"provider": "south", "min_share": share, "breach_penalty_usd_per_hour": penalty}))
    )
    south = 8 * share if penalty > 0.5 else 0.0
    assert found.plan.totals.by_provider_usd.get("south", 0.0) == pytest.approx(48 * 3 * south, rel=1e-6, abs=2e-2)
    under = 8 * share - south
    assert found.cost_usd == pytest.approx(48 * (2.5 * (8 - south) + 3 * south + penalty * under), rel=1e-6)


def test_a_share_limit_applies_within_its_dates_only() -> None:
    found = answer(scenario(**shared({"provider": "north", "max_share": 0, "start": "2026-01-02"})))
    at = {(record.pool, record.period): record.quantity for record in found.plan.serving}
    assert at == {("north", 0): pytest.approx(8), ("south", 1): pytest.approx(8)}


def test_runs_count_in_a_providers_share() -> None:
    limit = {"provider": "north", "max_share": 0.5, "breach_penalty_usd_per_hour": 1}
    found = answer(scenario(**shared(limit, horizon=horizon(count=1), workloads={"tune": job(work=96)})))
    # 24 hours on a node cost 240 at north and 288 at south; half of 4 chips too many cost 2 USD an hour.
    assert found.cost_usd == pytest.approx(min(240 + 2 * 24, 288))
    cheap = {**limit, "breach_penalty_usd_per_hour": 0.5}
    found = answer(scenario(**shared(cheap, horizon=horizon(count=1), workloads={"tune": job(work=96)})))
    assert [run.pool for run in found.plan.runs] == ["north"]
    assert found.cost_usd == pytest.approx(240 + 0.5 * 2 * 24)


def test_what_stands_idle_is_not_in_a_providers_share() -> None:
    # One unit needs a whole node at either provider; the share counts what is in use.
    parts = both()
    for made in parts["pools"].values():
        made["whole_instances"] = True
    limit = {"provider": "north", "max_share": 0.5, "breach_penalty_usd_per_hour": 1000}
    found = answer(scenario(**{**shared(limit), **parts}, workloads={"chat": service(6)}))
    quantities = {record.pool: record.quantity for record in found.plan.serving if record.period == 0}
    assert quantities["north"] <= quantities["south"] + 1e-6
    assert sum(quantities.values()) >= 6 - 1e-6
